"""What Frictionless finds wrong with a row, said as problems.

Reads the attributes of its error objects and imports nothing of it; `package.py` hands them over.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from generator.intake.problems import Problem, problem, suggestion
from generator.plan.model import Column, Table

_CONSTRAINT = re.compile(r'constraint "(\w+)" is "(.*)"', re.DOTALL)
_OTHER_ROW = re.compile(r"position (\d+)")
_BOUNDS = {
    "minimum": "不小于 {}",
    "maximum": "不大于 {}",
    "exclusiveMinimum": "大于 {}",
    "exclusiveMaximum": "小于 {}",
}
_LENGTHS = {"minLength": "不足 {} 字", "maxLength": "超过 {} 字"}
_TYPES = {
    "number": ("数", "写半角数字，不带单位、百分号和千位分隔符"),
    "integer": ("整数", "写半角整数，不带单位和千位分隔符"),
    "boolean": ("真假值", "是写 true，否写 false"),
    "date": ("日期", "写作 2022-01-31"),
    "datetime": ("时间", "写作 2022-01-31T08:30:00Z"),
    "time": ("钟点", "写作 08:30:00"),
    "year": ("年份", "写作 2022"),
    "yearmonth": ("年月", "写作 2022-01"),
    "duration": ("时长", "写 ISO 8601 时长，三年写作 P3Y"),
    "geopoint": ("经纬度", "先经度、后纬度，写作 112.43, 39.33"),
    "object": ("JSON 对象", '写作 {"名": "值"}'),
    "array": ("JSON 数组", '写作 ["值", "值"]'),
    "geojson": ("GeoJSON", "写一个 GeoJSON 对象"),
}
_PATTERNS = {
    "^[a-z][a-z0-9-]*$": "编号以小写英文字母开头，只含小写字母、数字和 -",
    "^[0-9]{4}(-[0-9]{2}-[0-9]{2})?$": "写作 2025 或 2025-12-31",
    "^P([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?$": "写 ISO 8601 时长，三年写作 P3Y",
}

# Python takes more for a number or a date than spreadsheets and other readers of CSV do: ５, 1_000,
# 1e999, NaN, 2022-1-5. Beyond 15 digits they begin to round.
_PLAIN = {
    "number": re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII),
    "integer": re.compile(r"-?\d{1,15}", re.ASCII),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII),
}


def odd_cells(row: Any, table: Table, free: Collection[str]) -> dict[str, str]:
    """Cells that Frictionless takes for a number or a date though not in the plain form.

    `free` are columns whose declaration asks for another form.
    """
    odd: dict[str, str] = {}
    for name, cell in zip(row.field_names, row.cells, strict=True):
        form = None if name in free else _PLAIN.get(table.column[name].type)
        if form and row[name] is not None and not form.fullmatch(cell):
            odd[name] = cell
    return odd


def row_problems(row: Any, table: Table, odd: Mapping[str, str]) -> Iterator[Problem]:
    """Problems with one even row, `odd_cells` among them; a blank one says only that."""
    errors = {error.type: error for error in row.errors}
    if "blank-row" in errors:
        yield problem("blank-row", table.path, row=row.row_number)
        return
    key = table.primary_key
    doubled = len(key) == 1 and "primary-key" in errors and row[key[0]] is not None
    for error in row.errors:
        if error.type == "primary-key":
            yield from _primary_key(error, row, table)
        # An id that stands twice is told of once.
        elif not (doubled and error.type == "unique-error" and error.field_name in key):
            yield _cell(error, table)
    for name, cell in odd.items():
        where = {"file": table.path, "row": row.row_number, "value": cell}
        yield _type_error(table.column[name], where, "")


def _cell(error: Any, table: Table) -> Problem:
    column = table.column[error.field_name]
    where: dict[str, Any] = {"file": table.path, "row": error.row_number, "value": error.cell}
    if error.type == "constraint-error":
        return _constraint(error, column, {**where, "column": column.title})
    if error.type == "type-error":
        return _type_error(column, where, error.note)
    other = _OTHER_ROW.search(error.note)
    return problem(error.type, column=column.title, other=other[1] if other else "?", **where)


def _type_error(column: Column, where: dict[str, Any], note: str) -> Problem:
    kind, expected = _TYPES.get(column.type, ("规定的类型", note))
    return problem("type-error", column=column.title, type=kind, expected=expected, **where)


def _constraint(error: Any, column: Column, where: dict[str, Any]) -> Problem:
    match = _CONSTRAINT.search(error.note)
    name, limit = match.groups() if match else ("", error.note)
    meaning = f"\uff1a{column.description}" if column.description else ""
    if name == "required":
        return problem("required", meaning=meaning, **{**where, "value": None})
    if name == "pattern":
        return problem("pattern", expected=_PATTERNS.get(limit, f"应符合 {limit}"), **where)
    if name == "enum":
        labels = column.labels.items()
        allowed = "、".join(f"{t}\uff08{label}\uff09" if label != t else t for t, label in labels)
        spoken = {label: term for term, label in labels}
        near = suggestion(error.cell, {**spoken, **{term: term for term in column.labels}})
        return problem("enum", allowed=allowed, suggestion=near, **where)
    if name in _LENGTHS:
        excess = _LENGTHS[name].format(limit)
        return problem("length", length=len(error.cell), excess=excess, meaning=meaning, **where)
    if name in _BOUNDS:
        return problem("bounds", expected=_BOUNDS[name].format(limit), meaning=meaning, **where)
    return problem("pattern", expected=f"应符合 {error.note}", **where)


def _primary_key(error: Any, row: Any, table: Table) -> Iterator[Problem]:
    """A key that stands twice; one with nothing in it, where no column says that it is required."""
    other = _OTHER_ROW.search(error.note)
    titles = "、".join(table.column[name].title for name in table.primary_key)
    where: dict[str, Any] = {"file": table.path, "row": row.row_number, "column": titles}
    if other:
        value = "、".join(str(row[name]) for name in table.primary_key if row[name] is not None)
        yield problem("primary-key", value=value, other=other[1], **where)
    elif not any(table.column[name].required for name in table.primary_key):
        yield problem("required", meaning="：每一行都要有自己的编号", **where)
