"""What Frictionless finds wrong with a header or a row, said as problems.

Reads the attributes of its error objects and imports nothing of it; `package.py` hands them over.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
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
_LENGTHS = {"minLength", "maxLength"}
_TYPES = {
    "number": ("数", "写半角数字,不带单位、百分号和千位分隔符"),
    "integer": ("整数", "写半角整数,不带单位和千位分隔符"),
    "boolean": ("true 或 false", "写 true 或 false"),
    "date": ("日期", "写作 2022-01-31"),
}
_PATTERNS = {
    "^[a-z][a-z0-9-]*$": "编号以小写英文字母开头,只含小写字母、数字和 -",
    "^[0-9]{4}(-[0-9]{2}-[0-9]{2})?$": "写作 2025 或 2025-12-31",
    "^P([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?$": "写 ISO 8601 时长,三年写作 P3Y",
}

Known = Callable[[str, str], Iterable[str]]
"""The values of a column of a table: known("units", "unit_id")."""


def header_problems(errors: Iterable[Any], table: Table) -> Iterator[Problem]:
    """Problems with the first row of a file."""
    expected = ",".join(column.name for column in table.columns)
    for error in errors:
        if error.type == "missing-label":
            value = error.field_name
        else:
            value = getattr(error, "label", None)
        position = getattr(error, "field_number", 0)
        if error.type == "incorrect-label":
            expected = error.field_name
        yield problem(
            error.type, table.path, row=1, value=value, position=position, expected=expected
        )


def row_problems(row: Any, table: Table, known: Known) -> Iterator[Problem]:
    """Problems with one row; a row that is too short says so once, not once a cell."""
    kinds = {error.type for error in row.errors}
    if "blank-row" in kinds:
        yield problem("blank-row", table.path, row=row.row_number)
        return
    missing = {error.field_name for error in row.errors if error.type == "missing-cell"}
    for error in row.errors:
        told_already = getattr(error, "field_name", None) in missing
        if error.type == "foreign-key":
            yield _foreign_key(error, table, known)
        elif error.type == "primary-key":
            yield _primary_key(error, row, table)
        elif error.type == "missing-cell" or not told_already:
            yield _cell(error, table)


def _cell(error: Any, table: Table) -> Problem:
    column = table.column.get(error.field_name)
    where: dict[str, Any] = {
        "file": table.path,
        "row": error.row_number,
        "column": column.title if column else None,
        "value": error.cell,
    }
    if error.type == "constraint-error" and column:
        return _constraint(error, column, where)
    if error.type == "type-error":
        kind, expected = _TYPES.get(column.type if column else "", ("规定的类型", error.note))
        return problem("type-error", type=kind, expected=expected, **where)
    other = _OTHER_ROW.search(error.note)
    return problem(error.type, other=other[1] if other else "?", **where)


def _constraint(error: Any, column: Column, where: dict[str, Any]) -> Problem:
    match = _CONSTRAINT.search(error.note)
    name, limit = match.groups() if match else ("", error.note)
    meaning = column.description
    if name == "required":
        return problem("required", meaning=meaning, **{**where, "value": None})
    if name == "pattern":
        return problem("pattern", expected=_PATTERNS.get(limit, f"应符合 {limit}"), **where)
    if name == "enum":
        allowed = "、".join(f"{term}({label})" for term, label in column.labels.items())
        near = suggestion(error.cell, column.labels)
        return problem("enum", allowed=allowed or limit, suggestion=near, **where)
    if name in _LENGTHS:
        return problem("length", length=len(error.cell), limit=limit, meaning=meaning, **where)
    if name in _BOUNDS:
        return problem("bounds", expected=_BOUNDS[name].format(limit), meaning=meaning, **where)
    return problem("constraint-error", reason=error.note, meaning=meaning, **where)


def _foreign_key(error: Any, table: Table, known: Known) -> Problem:
    value = "、".join(error.field_cells)
    reference = error.reference_name or table.name
    near = suggestion(value, known(reference, error.reference_field_names[0]))
    return problem(
        "foreign-key",
        table.path,
        row=error.row_number,
        column=_titles(table, error.field_names),
        value=value,
        reference=reference,
        suggestion=near,
    )


def _primary_key(error: Any, row: Any, table: Table) -> Problem:
    other = _OTHER_ROW.search(error.note)
    value = "、".join(str(row[name]) for name in table.primary_key if row[name] is not None)
    return problem(
        "primary-key",
        table.path,
        row=error.row_number,
        column=_titles(table, table.primary_key),
        value=value,
        reason=f"与第 {other[1]} 行重复" if other else "是空的",
    )


def _titles(table: Table, names: Iterable[str]) -> str:
    columns: Mapping[str, Column] = table.column
    return "、".join(columns[name].title if name in columns else name for name in names)
