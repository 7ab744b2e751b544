"""The descriptor: reads datapackage.json, checks it, and keeps the resources that can be read.

Needs the standard library only, so that a broken descriptor is reported at once.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from generator.intake.files import guess, why
from generator.intake.metadata import LISTS, PLAN_KEYS, check_metadata
from generator.intake.problems import Problem, problem, suggestion
from generator.intake.shapes import is_list_of, names, resource_faults, schema_faults
from generator.plan.model import About
from generator.plan.records import REQUIRED_TABLES, TABLES

_DEEPEST = 40
"""Levels of nesting; a sound descriptor has about ten, and Python gives up at some hundreds."""


def read_descriptor(path: Path, file: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The descriptor as a dictionary, or None; and what is wrong with it. `file` is its name."""
    try:
        if path.exists() and not path.is_file():
            return None, [problem("descriptor-unreadable", file, reason="这不是普通文件")]
        content = path.read_bytes()
    except FileNotFoundError:
        return None, [problem("descriptor-missing", file, value=file)]
    except OSError as error:
        return None, [problem("descriptor-unreadable", file, reason=why(error))]
    except ValueError:  # a NUL in the path
        return None, [problem("descriptor-missing", file, value=file)]
    return parse_descriptor(content, file)


def parse_descriptor(content: bytes, file: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """What `read_descriptor` gives, from bytes that came from wherever."""
    try:
        text = content.decode("utf-8-sig")
        descriptor = json.loads(text, parse_constant=_refuse) if text.strip() else None
        fault = _fault(descriptor) if text.strip() else "文件是空的"
    except UnicodeDecodeError:
        where = guess(content)
        return None, [problem("descriptor-unreadable", file, reason=f"不是 UTF-8 编码{where}")]
    except json.JSONDecodeError as error:
        line, character = error.lineno, error.colno
        return None, [problem("descriptor-not-json", file, line=line, character=character)]
    except RecursionError:
        fault = "嵌套过深"
    except ValueError as error:
        fault = str(error) if isinstance(error, _NoNumberError) else "含有过长的数"
    if fault:
        return None, [problem("descriptor-unusable", file, reason=fault)]
    if not isinstance(descriptor, dict):
        return None, [problem("descriptor-not-object", file)]
    problems = [
        *check_metadata(descriptor, file),
        *_check_resources(descriptor.get("resources"), file),
    ]
    return _usable(descriptor), problems


class _NoNumberError(ValueError):
    """A number that Python's JSON knows and JSON does not."""


def _refuse(constant: str) -> NoReturn:
    raise _NoNumberError(f"含有 JSON 不允许的数 {constant}")


def _fault(descriptor: Any) -> str:
    """Why a descriptor cannot be handled, however well-formed its JSON is; or nothing."""
    level = [descriptor]
    for _ in range(_DEEPEST):
        inner = [each.values() if isinstance(each, dict) else each for each in level]
        level = [child for each in inner if not isinstance(each, _PLAIN) for child in each]
        if not level:
            break
    else:
        return "嵌套过深"
    try:
        json.dumps(descriptor, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return "含有不成对的代理字符（\\ud800 一类）"
    return ""


_PLAIN = (str, int, float, type(None))


def _usable(descriptor: dict[str, Any]) -> dict[str, Any]:
    """The descriptor with only those resources that can be read at all, each name once."""
    resources = descriptor.get("resources")
    named = [each for each in resources if _has_name(each)] if isinstance(resources, list) else []
    sound = {each["name"]: each for each in named if _is_sound(each)}
    return {**descriptor, "resources": list(sound.values())}


def about(descriptor: Mapping[str, Any]) -> About:
    """What a descriptor says of the package and its plan; what is missing or malformed is empty."""
    declared = descriptor.get("plan")
    plan = declared if isinstance(declared, dict) else {}
    texts = ("name", "title", "description", "version", "created", "homepage")
    lists: dict[str, Any] = {
        key: tuple(descriptor[key]) if is_list_of(kind, descriptor.get(key)) else ()
        for key, kind in LISTS.items()
    }
    said: dict[str, Any] = {key: _text(descriptor, key) for key in texts}
    said |= {key: _text(plan, key) for key in PLAN_KEYS}
    return About(**said, **lists)


def _text(holder: Mapping[str, Any], key: str) -> str:
    value = holder.get(key)
    return value if isinstance(value, str) else ""


def _check_resources(resources: object, file: str) -> Iterator[Problem]:
    if not isinstance(resources, list) or not resources:
        meaning = "一组资源，每张表一个"
        yield problem("descriptor-incomplete", file, value="resources", meaning=meaning)
        return
    named = [each for each in resources if _has_name(each)]
    for position, each in enumerate(resources, start=1):
        if not _has_name(each):
            reason = "应是一个写明 name 和 path 的对象"
            yield problem("resource-error", file, value=f"第 {position} 个", reason=reason)
        else:
            yield from _check_resource(each, file)
    names = Counter(each["name"] for each in named)
    for name, count in names.items():
        if count > 1:
            yield problem("duplicate-resource", file, value=name)
    yield from _check_references(named, file)
    for table in TABLES:
        if table in REQUIRED_TABLES and table not in names:
            yield problem("missing-table", file, value=table)


def _check_resource(resource: Mapping[str, Any], file: str) -> Iterator[Problem]:
    name = resource["name"]
    for reason in resource_faults(resource):
        yield problem("resource-error", file, value=name, reason=reason)
    schema = resource.get("schema")
    if isinstance(schema, dict):
        for reason in schema_faults(schema):
            yield problem("schema-error", file, value=name, reason=reason)


def _check_references(named: list[dict[str, Any]], file: str) -> Iterator[Problem]:
    """A foreign key points at a column that some table of the package declares."""
    columns = {each["name"]: _columns(each) for each in named}
    for each in filter(_is_sound, named):
        for key in each.get("schema", {}).get("foreignKeys", []):
            table = key["reference"].get("resource") or each["name"]
            reason = ""
            if table not in columns and table not in REQUIRED_TABLES:
                reason = f"外键指向的表 {table} 不存在" + suggestion(table, list(columns))
            for column in names(key["reference"]["fields"]):
                if columns.get(table) and column not in columns[table]:
                    reason = f"外键指向的列 {table}.{column} 不存在"
                    reason += suggestion(column, columns[table])
            if reason:
                yield problem("schema-error", file, value=each["name"], reason=reason)


def _columns(resource: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the columns that a resource declares; empty where they cannot be known."""
    schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    listed = fields if isinstance(fields, list) else []
    return tuple(each["name"] for each in listed if _has_name(each))


def _has_name(each: object) -> bool:
    return isinstance(each, dict) and isinstance(each.get("name"), str) and bool(each["name"])


def _is_sound(resource: Mapping[str, Any]) -> bool:
    """Whether a named resource can be read at all; a wrong title alone does not hinder that."""
    schema = resource.get("schema", {})
    return isinstance(schema, dict) and not any(schema_faults(schema))
