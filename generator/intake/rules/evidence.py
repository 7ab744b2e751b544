"""Figures against the words they were read from, and the words against the official text."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

from generator.intake.problems import Problem
from generator.intake.rules.places import at
from generator.intake.source_text import SourceText, fragments
from generator.plan.figures import carries_date, carries_measure, carries_percent, carries_yuan
from generator.plan.model import Plan
from generator.plan.records import Record, Target, Term, Tier

_YUAN = ("cap_yuan", "amount_yuan", "amount_max_yuan")
_PARTS_OF_DURATION = {"Y": "年", "M": "个月", "W": "周", "D": "日"}

Carries = Callable[[str], bool]


def target_figures(plan: Plan) -> Iterator[Problem]:
    """A target's values stand in its evidence, in its measure; a printed date too.

    A date carried from the same sentence or list may stand in the evidence beside it.
    """
    nearby = _evidence_by_section(plan)
    for target in plan.targets:
        if target.reading == "inferred":
            continue
        for column in ("value", "value_max"):
            value = getattr(target, column)
            if value is not None:
                carries = partial(_in_measure, value=value, measure=target.measure)
                yield from _missing(plan, "targets", target, column, target.evidence, carries)
        yield from _target_date(plan, target, nearby)


def _target_date(plan: Plan, target: Target, nearby: dict[str, str]) -> Iterator[Problem]:
    if not target.due:
        return
    if target.due_basis == "period":
        end = plan.about.period_end
        if end and not end.startswith(target.due[:4]):
            yield at("due-not-period-end", plan, "targets", target, "due", end=end)
        return
    carried = target.due_basis == "carried"
    words = nearby[target.section_id] if carried else target.evidence
    carries = partial(_carries_date, due=target.due)
    yield from _missing(plan, "targets", target, "due", words, carries)


def task_dates(plan: Plan) -> Iterator[Problem]:
    """A task's date stands in its evidence or, that being only the first words, beside it."""
    nearby = _evidence_by_section(plan)
    for task in plan.tasks:
        if task.due:
            carries = partial(_carries_date, due=task.due)
            words = nearby[task.section_id]
            yield from _missing(plan, "tasks", task, "due", words, carries)


def term_figures(plan: Plan) -> Iterator[Problem]:
    """A term's rate, sums, start and duration stand in its evidence."""
    for term in plan.subsidy_terms:
        if term.reading != "inferred":
            checks = {**_money_checks(term), **_time_checks(term)}
            for column, carries in checks.items():
                yield from _missing(plan, "subsidy_terms", term, column, term.evidence, carries)


def tier_figures(plan: Plan) -> Iterator[Problem]:
    """A tier's figures stand in its own evidence, or in its term's where it has none."""
    terms = {term.term_id: term for term in plan.subsidy_terms}
    for tier in plan.subsidy_tiers:
        term = terms.get(tier.term_id)
        if term is None or term.reading == "inferred":
            continue
        words = tier.evidence or term.evidence
        checks = {**_money_checks(tier), **_threshold_checks(tier)}
        for column, carries in checks.items():
            yield from _missing(plan, "subsidy_tiers", tier, column, words, carries)


def _money_checks(record: Term | Tier) -> dict[str, Carries]:
    given = {column: getattr(record, column, None) for column in _YUAN}
    checks: dict[str, Carries] = {
        column: partial(carries_yuan, amount=amount)
        for column, amount in given.items()
        if amount is not None
    }
    if record.rate_pct is not None:
        checks["rate_pct"] = partial(carries_percent, percent=record.rate_pct)
    return checks


def _time_checks(term: Term) -> dict[str, Carries]:
    checks: dict[str, Carries] = {}
    if term.starts is not None:
        checks["starts"] = partial(_carries_date, due=term.starts.isoformat())
    if term.duration:
        checks["duration"] = partial(_carries_duration, duration=term.duration)
    return checks


def _carries_duration(text: str, *, duration: str) -> bool:
    parts = re.findall(r"(\d+)([YMWD])", duration)
    return all(
        carries_measure(text, Decimal(count), _PARTS_OF_DURATION[letter]) for count, letter in parts
    )


def _threshold_checks(tier: Tier) -> dict[str, Carries]:
    """Zero is where a first tier begins whether or not it is printed."""
    given = {column: getattr(tier, column) for column in ("threshold_min", "threshold_max")}
    return {
        column: partial(_in_measure, value=value, measure=tier.threshold_measure)
        for column, value in given.items()
        if value
    }


def _in_measure(text: str, *, value: Decimal, measure: str | None) -> bool:
    return carries_measure(text, value, measure or "")


def _carries_date(text: str, *, due: str) -> bool:
    """Whether the text prints the date; one that is not on the calendar is another rule's."""
    try:
        return carries_date(text, due)
    except ValueError:
        return True


def _missing(
    plan: Plan, table: str, record: Record, column: str, words: str | None, carries: Carries
) -> Iterator[Problem]:
    if words and not carries(words):
        shown = getattr(record, "evidence", None) or words
        yield at("figure-not-in-evidence", plan, table, record, column, evidence=shown)


def _evidence_by_section(plan: Plan) -> dict[str, str]:
    """All evidence of a section as one text, a line each, so that no figure spans two."""
    words: dict[str, list[str]] = {}
    for record in (*plan.targets, *plan.tasks):
        words.setdefault(record.section_id, []).append(record.evidence or "")
    return {section_id: "\n".join(lines) for section_id, lines in words.items()}


def in_source_text(plan: Plan) -> Iterator[Problem]:
    """With the official text at hand, evidence stands verbatim inside its own section."""
    if plan.source_text is None:
        return
    source = SourceText(plan.source_text, plan)
    sections = {term.term_id: term.section_id for term in plan.subsidy_terms}
    for table in ("targets", "tasks", "subsidy_terms", "subsidy_tiers"):
        for record in getattr(plan, table):
            section_id = getattr(record, "section_id", None) or sections.get(
                getattr(record, "term_id", "")
            )
            if record.evidence and not source.holds(section_id, fragments(record.evidence)):
                yield at("evidence-not-in-source", plan, table, record, "evidence")
