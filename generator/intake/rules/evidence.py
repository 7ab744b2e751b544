"""Figures against the words they were read from, and the words against the official text."""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from generator.intake.problems import Problem
from generator.intake.rules.places import at
from generator.intake.source_text import SourceText, fragments
from generator.plan.figures import carries_date, carries_measure, carries_percent, carries_yuan
from generator.plan.model import Plan
from generator.plan.records import Record, Target, Task, Term, Tier

_YUAN = ("cap_yuan", "amount_yuan", "amount_max_yuan")
_PARTS_OF_DURATION = {"Y": "年", "M": "个月", "W": "周", "D": "日"}

Checks = dict[str, Callable[[str], bool]]
"""By column: whether a text carries what the column says."""


class Claim(NamedTuple):
    """That `words` carry the figure in a record's column."""

    record: Record
    column: str
    words: str | None
    carries: Callable[[str], bool]


def target_figures(plan: Plan) -> Iterator[Problem]:
    """A target's values stand in its evidence, in its measure; a printed date too.

    A date carried from the same sentence or list may stand in the evidence beside it.
    """
    nearby = _evidence_by_section(plan)
    claims: list[Claim] = []
    for target in plan.targets:
        if target.reading == "inferred":
            continue
        for column in ("value", "value_max"):
            value = getattr(target, column)
            if value is not None:
                carries = partial(_in_measure, value=value, measure=target.measure)
                claims.append(Claim(target, column, target.evidence, carries))
        if target.due and target.due_basis in {"printed", "carried"}:
            carried = target.due_basis == "carried"
            words = nearby[target.section_id] if carried else target.evidence
            claims.append(Claim(target, "due", words, partial(_carries_date, due=target.due)))
    yield from _unsupported(plan, "targets", claims)


def period_dates(plan: Plan) -> Iterator[Problem]:
    """A date taken from the plan's period is in the year in which that ends."""
    end = plan.about.period_end
    for target in plan.targets:
        if target.due and target.due_basis == "period" and end[:4] != target.due[:4]:
            yield at("due-not-period-end", plan, "targets", target, "due", end=end)


def task_dates(plan: Plan) -> Iterator[Problem]:
    """A task's date stands in its evidence or, that being only the first words, beside it."""
    nearby = _evidence_by_section(plan)
    claims = [
        Claim(task, "due", nearby[task.section_id], partial(_carries_date, due=task.due))
        for task in plan.tasks
        if task.due
    ]
    yield from _unsupported(plan, "tasks", claims)


def term_figures(plan: Plan) -> Iterator[Problem]:
    """A term's rate, sums, start and duration stand in its evidence."""
    claims = [
        Claim(term, column, term.evidence, carries)
        for term in plan.subsidy_terms
        if term.reading != "inferred"
        for column, carries in {**_money_checks(term), **_time_checks(term)}.items()
    ]
    yield from _unsupported(plan, "subsidy_terms", claims)


def tier_figures(plan: Plan) -> Iterator[Problem]:
    """A tier's figures stand in its own evidence, or in its term's where it has none."""
    terms = {term.term_id: term for term in plan.subsidy_terms}
    claims: list[Claim] = []
    for tier in plan.subsidy_tiers:
        term = terms.get(tier.term_id)
        if term and term.reading != "inferred":
            words = tier.evidence or term.evidence
            checks = {**_money_checks(tier), **_threshold_checks(tier)}
            claims += [Claim(tier, column, words, carries) for column, carries in checks.items()]
    yield from _unsupported(plan, "subsidy_tiers", claims)


def _unsupported(plan: Plan, table: str, claims: Iterable[Claim]) -> Iterator[Problem]:
    for claim in claims:
        if claim.words and not claim.carries(claim.words):
            shown = getattr(claim.record, "evidence", None) or claim.words
            yield at(
                "figure-not-in-evidence", plan, table, claim.record, claim.column, evidence=shown
            )


def _money_checks(record: Term | Tier) -> Checks:
    given = {column: getattr(record, column, None) for column in _YUAN}
    checks: Checks = {
        column: partial(carries_yuan, amount=amount)
        for column, amount in given.items()
        if amount is not None
    }
    if record.rate_pct is not None:
        checks["rate_pct"] = partial(carries_percent, percent=record.rate_pct)
    return checks


def _time_checks(term: Term) -> Checks:
    checks: Checks = {}
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


def _threshold_checks(tier: Tier) -> Checks:
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


def _evidence_by_section(plan: Plan) -> dict[str, str]:
    """All evidence of a section as one text, a line each, so that no figure spans two."""
    words: dict[str, list[str]] = {}
    records: tuple[Target | Task, ...] = (*plan.targets, *plan.tasks)
    for record in records:
        words.setdefault(record.section_id, []).append(record.evidence or "")
    return {section_id: "\n".join(lines) for section_id, lines in words.items()}


def in_source_text(plan: Plan) -> Iterator[Problem]:
    """With the official text at hand, evidence stands verbatim inside its own section."""
    if plan.source_text is None:
        return
    source = SourceText(plan.source_text, plan)
    terms = {term.term_id: term.section_id for term in plan.subsidy_terms}
    cited: list[tuple[str, Target | Task | Term | Tier, str | None]] = [
        *(("targets", each, each.section_id) for each in plan.targets),
        *(("tasks", each, each.section_id) for each in plan.tasks),
        *(("subsidy_terms", each, each.section_id) for each in plan.subsidy_terms),
        *(("subsidy_tiers", each, terms.get(each.term_id)) for each in plan.subsidy_tiers),
    ]
    for table, record, section_id in cited:
        if record.evidence and not source.holds(section_id, fragments(record.evidence)):
            yield at("evidence-not-in-source", plan, table, record, "evidence")
