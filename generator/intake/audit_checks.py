"""The checks of an audit, one function each.

A check goes through one kind of thing, in the text or in the tables, and yields an outcome for
each: it is in order, it is named in `not_carried`, or it is a gap.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import Final, Literal

from generator.intake.numerals_carried import POSTSCRIPT, PREAMBLE, Carriers, Numeral, citations
from generator.intake.problems import Problem, problem, shorten
from generator.intake.rules.places import at
from generator.intake.source_text import SourceText, UnitList, fragments, names_in, squeeze
from generator.plan.model import Plan, group_by
from generator.plan.records import Assignment

FINE: Final = "fine"
NAMED: Final = "named"
_AROUND = 14
"""How many characters are shown on either side of a gap."""
_CHINESE_NUMERAL = "[零〇一二三四五六七八九十百]+"


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Something that is not where it belongs: the section it is in and the words around it."""

    kind: str
    problem: Problem
    section_id: str | None = None
    around: str = ""


Outcome = Gap | Literal["fine", "named"]


@dataclass(frozen=True, kw_only=True)
class Context:
    """One plan and one text; `file` is what the text is called."""

    plan: Plan
    source: SourceText
    carriers: Carriers
    carried: tuple[tuple[Numeral, str | None], ...]
    file: str
    sha256: str

    def gap_in_text(self, kind: str, found: Problem, start: int, end: int) -> Gap:
        """A gap at a place in the text."""
        text = self.source.text
        left, right = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        around = f"{left}\u3010{shorten(text[start:end])}\u3011{right}"
        section_id = self.source.section_at(start)
        return Gap(kind=kind, problem=found, section_id=section_id, around=around)


def _fingerprint(context: Context) -> Iterator[Outcome]:
    known = {str(each.get("sha256", "")).lower() for each in context.plan.about.sources}
    if context.sha256 in known:
        yield FINE
    else:
        found = problem("source-fingerprint", context.file, value=context.sha256)
        yield Gap(kind="fingerprint", problem=found)


def _headings(context: Context) -> Iterator[Outcome]:
    for section in context.plan.sections:
        if section.section_id in context.source.headings:
            yield FINE
        elif section.kind != "paragraph":
            found = at("heading-not-in-source", context.plan, "sections", section, "title")
            yield Gap(kind="headings", problem=found, section_id=section.section_id)


def _heading_lines(context: Context) -> Iterator[Outcome]:
    """Lines that begin with a number in a style of the outline."""
    source = context.source
    known, styles = set(source.headings.values()), sorted(set(_styles(source, context.plan)))
    patterns = [re.compile(style) for style in styles]
    for start, end in source.lines:
        matches = (pattern.match(source.text, start, end) for pattern in patterns)
        match = next(filter(None, matches), None)
        if match and start in known:
            yield FINE
        elif match and context.carriers.is_named(match.span()):
            yield NAMED
        elif match:
            line = source.text[start:end]
            found = problem("heading-not-in-sections", context.file, value=line)
            yield context.gap_in_text("heading_lines", found, start, min(end, start + 20))


def _styles(source: SourceText, plan: Plan) -> Iterator[str]:
    """How the outline numbers its headings, as patterns: 一、 (一) 1. and the like."""
    for section_id, (start, end) in source.heading_spans.items():
        section = plan.section[section_id]
        before, number, rest = source.text[start:end].partition(squeeze(section.number or ""))
        after = rest.removesuffix(squeeze(section.title))
        if number.isdecimal() and (before or after):
            yield rf"{re.escape(before)}\d+{re.escape(after)}(?!\d)"
        elif re.fullmatch(_CHINESE_NUMERAL, number) and (before or after):
            yield re.escape(before) + _CHINESE_NUMERAL + re.escape(after)


def _unit_lists(context: Context) -> Iterator[Outcome]:
    """Lists of units in the text: those of one section together are the section's own list."""
    assigned = group_by(context.plan.assignments, "section_id")
    for section_id, lists in _lists_by_section(context.source).items():
        printed = "".join(each.names for each in lists)
        ours = _in_order(assigned.get(section_id, ()))
        if names_in(printed) == names_in("".join(_names(ours))):
            for _ in lists:
                yield FINE
        else:
            found = _list_problem(context, ours, printed)
            for each in lists:
                yield context.gap_in_text("unit_lists", found, each.start, each.end)


def _list_problem(context: Context, ours: list[Assignment], printed: str) -> Problem:
    if not ours:
        return problem("unit-list-missing", context.file, value=printed)
    listed = "\u3001".join(_names(ours))
    return at(
        "unit-list-differs",
        context.plan,
        "assignments",
        ours[0],
        "printed",
        value=listed,
        printed=shorten(printed),
    )


def _names(ours: list[Assignment]) -> list[str]:
    """The names of a list; one that stands for several units (各县人民政府) is printed once."""
    return [name for name, _ in groupby(each.printed for each in ours)]


def _lists_by_section(source: SourceText) -> Mapping[str | None, list[UnitList]]:
    lists: dict[str | None, list[UnitList]] = {}
    for each in source.unit_lists:
        lists.setdefault(source.section_at(each.start), []).append(each)
    return lists


def _in_order(group: tuple[Assignment, ...]) -> list[Assignment]:
    return sorted((each for each in group if each.printed), key=lambda each: each.position or 0)


def _assigned(context: Context) -> Iterator[Outcome]:
    """Sections that have assignments have a list of units in the text."""
    lists = _lists_by_section(context.source)
    for section_id, group in group_by(context.plan.assignments, "section_id").items():
        if section_id in lists:
            yield FINE
        else:
            found = at(
                "unit-list-not-in-source", context.plan, "assignments", group[0], "section_id"
            )
            yield Gap(kind="assigned", problem=found, section_id=section_id)


def _evidence(context: Context, kind: str) -> Iterator[Outcome]:
    """Evidence stands verbatim in its own section."""
    for table, record, section_id, evidence in citations(context.plan):
        if table != kind:
            continue
        if evidence and context.source.holds(section_id, fragments(evidence)):
            yield FINE
        else:
            found = at(
                "evidence-not-in-source", context.plan, table, record, "evidence", value=evidence
            )
            yield Gap(kind=kind, problem=found, section_id=section_id)


def _readings(context: Context) -> Iterator[Outcome]:
    """Damaged places are printed as recorded, in their section or before the first heading."""
    for each in context.plan.readings:
        places = (each.section_id, PREAMBLE)
        if any(context.carriers.printed_at(place, each.printed) for place in places):
            yield FINE
        else:
            found = at("reading-not-in-source", context.plan, "readings", each, "printed")
            yield Gap(kind="readings", problem=found, section_id=each.section_id)


def _not_carried(context: Context) -> Iterator[Outcome]:
    """What is named as not carried stands where it is said to."""
    for each in context.plan.not_carried:
        if context.carriers.printed_at(each.locator, each.printed):
            yield FINE
            continue
        known = {*context.plan.section, PREAMBLE, POSTSCRIPT}
        code, column = "not-carried-not-in-source", "printed"
        if each.locator not in known:
            code, column = "unknown-locator", "locator"
        found = at(code, context.plan, "not_carried", each, column)
        yield Gap(kind="not_carried", problem=found, section_id=each.locator)


def _numerals(context: Context) -> Iterator[Outcome]:
    """Every numeral of the text is carried by a record or named."""
    for numeral, table in context.carried:
        if table is None:
            found = problem("figure-not-carried", context.file, value=numeral.name or numeral.text)
            yield context.gap_in_text("numerals", found, numeral.start, numeral.end)
        else:
            yield NAMED if table == "not_carried" else FINE


def _evidence_of(table: str) -> Callable[[Context], Iterator[Outcome]]:
    return lambda context: _evidence(context, table)


CHECKS: Mapping[str, tuple[str, Callable[[Context], Iterator[Outcome]]]] = MappingProxyType(
    {
        "fingerprint": ("原文的 SHA-256 与描述文件相同", _fingerprint),
        "headings": ("章节表的标题在原文中", _headings),
        "heading_lines": ("原文的标题在章节表中", _heading_lines),
        "unit_lists": ("原文的责任单位名单在责任分工表中", _unit_lists),
        "assigned": ("有责任单位的章节在原文中有名单", _assigned),
        "targets": ("目标的依据在所属章节中", _evidence_of("targets")),
        "tasks": ("任务的依据在所属章节中", _evidence_of("tasks")),
        "subsidy_terms": ("补贴条款的依据在所属章节中", _evidence_of("subsidy_terms")),
        "subsidy_tiers": ("补贴档次的依据在所属章节中", _evidence_of("subsidy_tiers")),
        "readings": ("存疑读法的印文在原文中", _readings),
        "not_carried": ("未入表的数字在所写位置", _not_carried),
        "numerals": ("原文的数字有记录或已说明", _numerals),
    }
)
"""By kind: what it is called, and its check."""
