"""What is wrong with a cell, said as problems.

`notes` are Frictionless's: by the name of a constraint, or under "type", a sentence in English.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator.intake.problems import Problem, problem, suggestion
from generator.plan.model import Column

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


Place = tuple[str, int]
"""A file and a row of it."""


def is_plain(column: Column, cell: str) -> bool:
    """Whether a cell is written as every reader of CSV would read it."""
    form = _PLAIN.get(column.type)
    return form is None or form.fullmatch(cell) is not None


def odd_cell(place: Place, column: Column, cell: str) -> Problem:
    """The problem with a number or a date that is not plainly written."""
    return _type_error(column, _where(place, column, cell), "")


def cell_problems(
    place: Place,
    column: Column,
    cell: str,
    notes: Mapping[str, str],
    constraints: Mapping[str, Any],
) -> Iterator[Problem]:
    """The problems with one cell; `constraints` are its column's."""
    where = _where(place, column, cell)
    for name, note in notes.items():
        if name == "type":
            yield _type_error(column, where, note)
        else:
            yield _constraint(name, constraints.get(name), column, where)


def _where(place: Place, column: Column, cell: str) -> dict[str, Any]:
    return {"file": place[0], "row": place[1], "column": column.title, "value": cell}


def _type_error(column: Column, where: dict[str, Any], note: str) -> Problem:
    kind, expected = _TYPES.get(column.type, ("规定的类型", note))
    return problem("type-error", type=kind, expected=expected, **where)


def _constraint(name: str, limit: Any, column: Column, where: dict[str, Any]) -> Problem:
    cell = where["value"]
    meaning = f"\uff1a{column.description}" if column.description else ""
    if name == "required":
        return problem("required", meaning=meaning, **{**where, "value": None})
    if name == "enum":
        return _outside_vocabulary(column, where)
    if name in _LENGTHS:
        excess = _LENGTHS[name].format(limit)
        return problem("length", length=len(cell), excess=excess, meaning=meaning, **where)
    if name in _BOUNDS:
        return problem("bounds", expected=_BOUNDS[name].format(limit), meaning=meaning, **where)
    return problem("pattern", expected=_PATTERNS.get(str(limit), f"应符合 {limit}"), **where)


def _outside_vocabulary(column: Column, where: dict[str, Any]) -> Problem:
    labels = column.labels.items()
    allowed = "、".join(f"{t}\uff08{label}\uff09" if label != t else t for t, label in labels)
    spoken = {label: term for term, label in labels}
    near = suggestion(where["value"], {**spoken, **{term: term for term in column.labels}})
    return problem("enum", allowed=allowed, suggestion=near, **where)
