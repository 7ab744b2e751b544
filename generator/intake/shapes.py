"""The shape of a resource: what must hold of its description before anything in it is used.

Needs the standard library only. What passes here can be merged, read and linked without asking
again whether a list is a list; what a value means is checked later.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Check = tuple[Callable[[Any], bool], str]
"""A test, and what should have been there where it fails."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
_TYPES = re.compile(
    "any|array|boolean|date|datetime|duration|geojson|geopoint|integer|list|number|object|string"
    "|time|year|yearmonth"
)
_PLAIN_CSV: Mapping[str, tuple[object, ...]] = {
    "delimiter": (",",),
    "quoteChar": ('"',),
    "doubleQuote": (True,),
    "escapeChar": (None,),
    "nullSequence": (None,),
    "skipInitialSpace": (False,),
    "header": (True,),
    "headerRows": ([1],),
    "commentChar": (None,),
    "commentRows": (None, []),
    "skipBlankRows": (False,),
}


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_filled(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_bound(value: object) -> bool:
    return isinstance(value, (int, float, str)) and not isinstance(value, bool)


def is_list_of(kind: type, value: object) -> bool:
    """Whether `value` is a list of nothing but `kind`."""
    return isinstance(value, list) and all(isinstance(each, kind) for each in value)


def _is_names(value: object) -> bool:
    return bool(names(value)) and all(names(value))


def _is_terms(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_bound, value))


def _is_categories(value: object) -> bool:
    return isinstance(value, list) and all(
        _is_bound(each.get("value")) and _is_text(each.get("label", ""))
        if isinstance(each, dict)
        else _is_bound(each)
        for each in value
    )


def _is_pattern(value: object) -> bool:
    try:
        re.compile(value)  # type: ignore[call-overload]
    except (re.error, TypeError, RecursionError, OverflowError):
        return False
    return True


def _is_plain_csv(dialect: object) -> bool:
    if not isinstance(dialect, dict) or not isinstance(dialect.get("csv", {}), dict):
        return False
    declared = {**dialect, **dialect.get("csv", {})}
    return all(declared.get(key, right[0]) in right for key, right in _PLAIN_CSV.items())


_TEXT: Check = (_is_text, "文字")
_OBJECTS: Check = (lambda value: is_list_of(dict, value), "一组对象")
_RESOURCE: Mapping[str, Check] = {
    "name": (
        lambda value: bool(_NAME.fullmatch(value)),
        "小写英文名，只含小写字母、数字和 . _ -；它是下载文件的名字",
    ),
    "title": _TEXT,
    "description": _TEXT,
    "encoding": (lambda value: str(value).lower() in {"utf-8", "utf8"}, " utf-8"),
    "dialect": (_is_plain_csv, "逗号分隔、双引号括起、首行为表头的 CSV"),
    "bytes": (_is_count, "字节数"),
    "hash": _TEXT,
    "schema": (_is_object, "一个对象"),
}
_SCHEMA: Mapping[str, Check] = {
    "fields": (lambda value: is_list_of(dict, value) and bool(value), "一组字段"),
    "primaryKey": (_is_names, "一个或一组列名"),
    "foreignKeys": _OBJECTS,
    "missingValues": (lambda value: isinstance(value, list), "一组文字"),
}
_FIELD: Mapping[str, Check] = {
    "type": (
        lambda value: _is_text(value) and bool(_TYPES.fullmatch(value)),
        "字段类型之一，如 string、number",
    ),
    "format": _TEXT,
    "title": _TEXT,
    "description": _TEXT,
    "constraints": (_is_object, "一个对象"),
    "categories": (_is_categories, "一组取值，或一组写明 value 和 label 的对象"),
    "missingValues": (lambda value: isinstance(value, list), "一组文字"),
}
_CONSTRAINTS: Mapping[str, Check] = {
    "required": (_is_flag, " true 或 false"),
    "unique": (_is_flag, " true 或 false"),
    "minLength": (_is_count, "非负整数"),
    "maxLength": (_is_count, "非负整数"),
    "pattern": (_is_pattern, "正则表达式"),
    "enum": (_is_terms, "一组取值"),
    "minimum": (_is_bound, "数或文字"),
    "maximum": (_is_bound, "数或文字"),
    "exclusiveMinimum": (_is_bound, "数或文字"),
    "exclusiveMaximum": (_is_bound, "数或文字"),
}


_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_ORDERED = ("number", "integer", "date", "datetime", "time", "year", "yearmonth")
_LONG = ("string", "array", "list", "object")
_CONSTRAINED = {
    **dict.fromkeys(_BOUNDS, _ORDERED),
    **dict.fromkeys(("minLength", "maxLength"), _LONG),
    "pattern": ("string",),
}
"""Types of field that a constraint can be used for."""


def names(declared: object) -> tuple[Any, ...]:
    """Column names, which a descriptor may give as one text or as a list; () for anything else."""
    if isinstance(declared, list):
        return tuple(each if isinstance(each, str) else "" for each in declared)
    return (declared,) if isinstance(declared, str) else ()


def resource_faults(resource: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the description of a named resource, its schema left aside."""
    yield from _misshapen(resource, _RESOURCE, "")
    if "data" in resource:
        yield "数据应放在 CSV 文件中，用 path 指明，不能直接写在 data 里"
    elif "path" not in resource:
        yield "没有用 path 指明文件"


def schema_faults(schema: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a schema by itself; where it points is another question."""
    faults = list(_misshapen(schema, _SCHEMA, ""))
    yield from faults
    if faults:
        return
    fields = schema.get("fields", [])
    for position, field in enumerate(fields, start=1):
        yield from _field_faults(field, f"fields 第 {position} 个字段")
    named = [field.get("name") for field in fields]
    for name, count in Counter(filter(_is_filled, named)).items():
        if count > 1:
            yield f"有两个字段都叫 {name}"
    for name in names(schema.get("primaryKey")):
        if fields and name not in named:
            yield f"primaryKey 中的 {name} 不是这张表的列"
    for key in schema.get("foreignKeys", []):
        yield from _key_faults(key, named)


def _misshapen(holder: Mapping[str, Any], shape: Mapping[str, Check], where: str) -> Iterator[str]:
    for key, (is_right, wanted) in shape.items():
        if key in holder and not is_right(holder[key]):
            yield f"{where}{key} 应是{wanted}"


def _field_faults(field: Mapping[str, Any], where: str) -> Iterator[str]:
    if not _is_filled(field.get("name")):
        yield f"{where}没有 name"
        return
    where = f"字段 {field['name']} 的 "
    yield from _misshapen(field, _FIELD, where)
    constraints = field.get("constraints", {})
    if isinstance(constraints, dict):
        yield from _misshapen(constraints, _CONSTRAINTS, f"{where}constraints.")
        for name, kinds in _CONSTRAINED.items():
            if name in constraints and field.get("type", kinds[0]) not in kinds:
                yield f"{where}constraints.{name} 不能用于 {field['type']} 一类的字段"
        if str(field.get("type")) in {"number", "integer"}:
            for bound in _BOUNDS:
                if isinstance(constraints.get(bound), str):
                    yield f"{where}constraints.{bound} 应是数，不加引号"


def _key_faults(key: Mapping[str, Any], named: list[Any]) -> Iterator[str]:
    here, reference = names(key.get("fields")), key.get("reference")
    if not here or not isinstance(reference, dict) or not _is_names(reference.get("fields")):
        yield "foreignKeys 中的每一项都要写明 fields 和 reference，reference 又要写明 fields"
        return
    if not _is_text(reference.get("resource", "")):
        yield "foreignKeys 的 reference.resource 应是表名"
    if len(here) != len(names(reference["fields"])):
        yield f"外键 {'、'.join(here)} 与它所指的列数目不同"
    for name in here:
        if named and name not in named:
            yield f"外键中的 {name} 不是这张表的列"
