"""What the descriptor says of the package and of the plan: checked key by key.

Needs the standard library only.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from generator.intake.problems import Problem, problem, shorten
from generator.intake.shapes import is_list_of

_SLUG = re.compile(r"[a-z][a-z0-9._-]*")
_VERSION = re.compile(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?", re.ASCII)
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_CREATED = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_WEB = re.compile(r"https?://[^\s<>\"]+")
_LINK = re.compile(rf"{_WEB.pattern}|[^:\s\\<>\"]+")

Keys = Mapping[str, tuple[re.Pattern[str] | None, str]]
"""A key's form, if it has one, and what it means."""

_PACKAGE_KEYS: Keys = {
    "name": (_SLUG, "固定的英文名，小写字母开头，只含小写字母、数字和 . _ -；它是网址的一部分"),
    "title": (None, "数据包的标题"),
    "description": (None, "数据包是什么，一两句话"),
    "version": (_VERSION, "数据的版本，写作 1.0.0"),
    "created": (_CREATED, "数据包的建立时间，写作 2024-01-31T00:00:00Z"),
    "homepage": (_WEB, "网站的网址，以 https:// 或 http:// 开头"),
}
PLAN_KEYS: Keys = {
    "jurisdiction": (None, "计划适用的地方"),
    "issuer": (None, "印发机关"),
    "document_number": (None, "文号"),
    "issued": (_DATE, "成文日期，写作 2023-12-29"),
    "published": (_DATE, "公布日期，写作 2023-12-31"),
    "period_start": (_DATE, "计划期从何时起，写作 2023 或 2023-01-01"),
    "period_end": (_DATE, "计划期到何时止，写作 2025 或 2025-12-31"),
    "language": (_LANGUAGE, "数据的语言，如 zh-CN、en"),
}
_OPTIONAL = {"homepage", "document_number", "published", "keywords", "contributors"}
LISTS: Mapping[str, type] = {
    "licenses": dict,
    "sources": dict,
    "contributors": dict,
    "keywords": str,
}
"""Keys of the descriptor that hold lists, and of what."""
_LIST_MEANINGS = {
    "licenses": "一组对象，至少写明数据许可的 name 和 path",
    "sources": "一组对象，写明原文的 title、document_number、issuer、date 和 sha256",
    "contributors": "一组对象，写明 title 和 roles",
    "keywords": "一组词",
}


def check_metadata(descriptor: Mapping[str, Any], file: str) -> Iterator[Problem]:
    """Everything of a descriptor but its resources."""
    yield from _check_keys(descriptor, _PACKAGE_KEYS, "", file)
    plan = descriptor.get("plan")
    if isinstance(plan, dict):
        yield from _check_keys(plan, PLAN_KEYS, "plan.", file)
        yield from _check_period(plan, file)
    else:
        required = "、".join(key for key in PLAN_KEYS if key not in _OPTIONAL)
        meaning = f"一个对象，写明 {required}"
        yield problem("descriptor-incomplete", file, value="plan", meaning=meaning)
    yield from _check_lists(descriptor, file)
    yield from _check_links(descriptor, file)


def _check_keys(holder: Mapping[str, Any], keys: Keys, prefix: str, file: str) -> Iterator[Problem]:
    for key, (pattern, meaning) in keys.items():
        value = holder.get(key)
        where: dict[str, Any] = {"value": prefix + key, "meaning": meaning}
        if value is None or (isinstance(value, str) and not value.strip()):
            if key not in _OPTIONAL:
                yield problem("descriptor-incomplete", file, **where)
        elif not isinstance(value, str):
            yield problem("descriptor-invalid", file, reason="应是文字，用双引号括起", **where)
        elif pattern and not pattern.fullmatch(value):
            yield problem("descriptor-invalid", file, reason=f"现为“{shorten(value)}”", **where)
        elif pattern in {_DATE, _CREATED} and not _is_on_calendar(value):
            reason = f"日历上没有“{shorten(value)}”"
            yield problem("descriptor-invalid", file, reason=reason, **where)


def _is_on_calendar(moment: str) -> bool:
    """Whether YYYY, YYYY-MM, YYYY-MM-DD or a moment exists."""
    try:
        datetime.fromisoformat(moment + "-01-01"[len(moment) - 4 :])
    except ValueError:
        return False
    return True


def _check_period(plan: Mapping[str, Any], file: str) -> Iterator[Problem]:
    start, end = plan.get("period_start"), plan.get("period_end")
    if not isinstance(start, str) or not isinstance(end, str):
        return
    if _DATE.fullmatch(start) and _DATE.fullmatch(end) and end < start[: len(end)]:
        reason, meaning = f"早于 plan.period_start（{start}）", PLAN_KEYS["period_end"][1]
        key = "plan.period_end"
        yield problem("descriptor-invalid", file, value=key, reason=reason, meaning=meaning)


def _check_lists(descriptor: Mapping[str, Any], file: str) -> Iterator[Problem]:
    for key, kind in LISTS.items():
        value, meaning = descriptor.get(key), _LIST_MEANINGS[key]
        if value in (None, "", []):
            if key not in _OPTIONAL:
                yield problem("descriptor-incomplete", file, value=key, meaning=meaning)
        elif not is_list_of(kind, value):
            reason = "应是一组文字" if kind is str else "应是一组对象"
            yield problem("descriptor-invalid", file, value=key, reason=reason, meaning=meaning)


def _check_links(descriptor: Mapping[str, Any], file: str) -> Iterator[Problem]:
    """Addresses become links on the site: they lead to the web or to a file of the package."""
    for key, kind in LISTS.items():
        listed = descriptor.get(key)
        if kind is not dict or not is_list_of(dict, listed):
            continue
        for position, each in enumerate(listed or (), start=1):
            link = each.get("path")
            if link and not (isinstance(link, str) and _LINK.fullmatch(link)):
                value, reason = f"{key} 第 {position} 项的 path", f"现为“{shorten(str(link))}”"
                meaning = "以 https:// 或 http:// 开头的网址"
                yield problem(
                    "descriptor-invalid", file, value=value, reason=reason, meaning=meaning
                )
