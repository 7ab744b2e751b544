"""The descriptor: reads datapackage.json and checks what the profile asks of it beyond the tables.

Needs the standard library only, so that a broken descriptor is reported at once.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.intake.problems import Problem, problem
from generator.plan.model import About
from generator.plan.records import REQUIRED_TABLES

_SLUG = re.compile(r"[a-z][a-z0-9._-]*")
_VERSION = re.compile(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_CREATED = re.compile(r"\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2}))?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")

_PACKAGE_KEYS: Mapping[str, tuple[re.Pattern[str] | None, str]] = {
    "name": (_SLUG, "数据包的固定英文名,小写字母开头,只含小写字母、数字和 . _ -;它是网址的一部分"),
    "title": (None, "数据包的标题"),
    "description": (None, "数据包是什么,一两句话"),
    "version": (_VERSION, "数据的版本,写作 1.0.0"),
    "created": (_CREATED, "数据包的建立时间,写作 2024-01-31 或 2024-01-31T00:00:00Z"),
}
_PLAN_KEYS: Mapping[str, tuple[re.Pattern[str] | None, str]] = {
    "jurisdiction": (None, "计划适用的地方"),
    "issuer": (None, "印发机关"),
    "issued": (_DATE, "成文日期,写作 2023-12-29"),
    "period_start": (_DATE, "计划期从何时起,写作 2023 或 2023-01-01"),
    "period_end": (_DATE, "计划期到何时止,写作 2025 或 2025-12-31"),
    "language": (_LANGUAGE, "数据的语言,如 zh-CN、en"),
}


def read_descriptor(path: Path, file: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The descriptor as a dictionary, or None; and what is wrong with it. `file` is its name."""
    try:
        content = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None, [problem("descriptor-missing", file, value=file)]
    except IsADirectoryError:
        return None, [problem("descriptor-unreadable", file, reason="这是一个文件夹")]
    except UnicodeDecodeError:
        return None, [problem("descriptor-unreadable", file, reason="不是 UTF-8 编码")]
    except OSError as error:
        return None, [problem("descriptor-unreadable", file, reason=error.strerror or str(error))]
    try:
        descriptor = json.loads(content.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "character": error.colno}
        return None, [problem("descriptor-not-json", file, **where)]
    except RecursionError:
        return None, [problem("descriptor-unreadable", file, reason="嵌套过深")]
    if not isinstance(descriptor, dict):
        meaning = "描述文件应是一个 JSON 对象"
        return None, [
            problem("descriptor-invalid", file, value="顶层", reason="不是对象", meaning=meaning)
        ]
    problems = list(_check(descriptor, file))
    return _usable(descriptor), problems


def _usable(descriptor: dict[str, Any]) -> dict[str, Any]:
    """The descriptor with only those resources that can be read at all, each name once."""
    resources = descriptor.get("resources")
    named = [each for each in resources if _has_name(each)] if isinstance(resources, list) else []
    sound = {each["name"]: each for each in named if _is_schema(each.get("schema", {}))}
    return {**descriptor, "resources": list(sound.values())}


def about(descriptor: Mapping[str, Any]) -> About:
    """What a descriptor says of the package and its plan; what is missing or malformed is empty."""
    declared = descriptor.get("plan")
    plan = declared if isinstance(declared, dict) else {}
    texts = ("name", "title", "description", "version", "created", "homepage")
    lists = {"keywords": str, "licenses": dict, "sources": dict, "contributors": dict}
    return About(
        **{key: str(descriptor.get(key, "")) for key in texts},
        **{
            key: tuple(descriptor[key]) if _is_list_of(kind, descriptor.get(key)) else ()
            for key, kind in lists.items()
        },
        **{key: str(plan.get(key, "")) for key in _PLAN_KEYS},
        document_number=str(plan.get("document_number", "")),
        published=str(plan.get("published", "")),
    )


def _check(descriptor: Mapping[str, Any], file: str) -> Iterator[Problem]:
    yield from _check_keys(descriptor, _PACKAGE_KEYS, "", file)
    plan = descriptor.get("plan")
    if isinstance(plan, dict):
        yield from _check_keys(plan, _PLAN_KEYS, "plan.", file)
    else:
        meaning = "一个对象,写明 " + "、".join(_PLAN_KEYS)
        yield problem("descriptor-incomplete", file, value="plan", meaning=meaning)
    yield from _check_lists(descriptor, file)
    yield from _check_resources(descriptor.get("resources"), file)


def _check_keys(
    holder: Mapping[str, Any],
    keys: Mapping[str, tuple[re.Pattern[str] | None, str]],
    prefix: str,
    file: str,
) -> Iterator[Problem]:
    for key, (pattern, meaning) in keys.items():
        value = holder.get(key)
        if value in (None, ""):
            yield problem("descriptor-incomplete", file, value=prefix + key, meaning=meaning)
        elif isinstance(value, (dict, list)) or (
            pattern and not pattern.fullmatch(str(value))
        ):
            reason = f"写作 {str(value)[:60]}"
            yield problem(
                "descriptor-invalid", file, value=prefix + key, reason=reason, meaning=meaning
            )


def _check_lists(descriptor: Mapping[str, Any], file: str) -> Iterator[Problem]:
    required = {
        "licenses": "一组对象,至少写明数据许可的 name 和 path",
        "sources": "一组对象,写明原文的 title、document_number、issuer、date 和 sha256",
    }
    optional = {"contributors": "一组对象,写明 title 和 roles", "keywords": "一组词"}
    for key, meaning in {**required, **optional}.items():
        value = descriptor.get(key)
        if key in required and not value:
            yield problem("descriptor-incomplete", file, value=key, meaning=meaning)
        elif value and not _is_list_of(str if key == "keywords" else dict, value):
            reason = "应是一组对象" if key != "keywords" else "应是一组文字"
            yield problem("descriptor-invalid", file, value=key, reason=reason, meaning=meaning)


def _is_list_of(kind: type, value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, kind) for each in value)


def _check_resources(resources: object, file: str) -> Iterator[Problem]:
    if not isinstance(resources, list) or not resources:
        meaning = "一组资源,每张表一个"
        yield problem("descriptor-incomplete", file, value="resources", meaning=meaning)
        return
    named = [each for each in resources if _has_name(each)]
    for position, each in enumerate(resources, start=1):
        if not _has_name(each):
            reason = "应是一个写明 name 和 path 的对象"
            yield problem("resource-error", file, value=f"第 {position} 个", reason=reason)
        elif "schema" in each and not _is_schema(each["schema"]):
            reason = "schema 应是一个对象,fields 是一组写明 name 的字段,foreignKeys 写明 reference"
            yield problem("schema-error", file, value=each["name"], reason=reason)
    names = Counter(each["name"] for each in named)
    yield from (
        problem("duplicate-resource", file, value=name)
        for name, count in names.items()
        if count > 1
    )
    yield from (
        problem("missing-table", file, value=table) for table in sorted(REQUIRED_TABLES - set(names))
    )


def _has_name(each: object) -> bool:
    return isinstance(each, dict) and isinstance(each.get("name"), str)


def _is_schema(schema: object) -> bool:
    if not isinstance(schema, dict):
        return False
    fields, keys = schema.get("fields", []), schema.get("foreignKeys", [])
    return (
        _is_list_of(dict, fields)
        and all(map(_has_name, fields))
        and all(isinstance(each.get("constraints", {}), dict) for each in fields)
        and all(isinstance(each.get("categories", []), list) for each in fields)
        and _is_list_of(dict, keys)
        and all(isinstance(key.get("reference"), dict) for key in keys)
    )
