"""Figures against the words they were read from, and the words against the official text."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import NamedTuple

from generator.intake.figures_said import mended, typed_checks
from generator.intake.problems import Problem
from generator.intake.rules.places import at
from generator.intake.source_text import SourceText, fragments
from generator.plan.figures import carries_date, read_figures
from generator.plan.model import Plan, group_by
from generator.plan.numerals import split_measure, unit_kind
from generator.plan.records import Record, Target, Task, Term, Tier

_DEADLINE = re.compile(
    r"(?:到|至|截至|before|by|until)\s*(?:the\s+)?(?:end\s+of\s+)?\d{4}(?!\d)"
    r"|\d{4}\s*年(?:年?[底末]|之?前|以前)",
    re.IGNORECASE,
)

Words = Callable[[Target | Term | Tier], str]


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
    nearby, words = _evidence_by_section(plan), _words(plan)
    claims: list[Claim] = []
    for target in plan.targets:
        own = words(target)
        claims += [
            Claim(target, column, own, carries) for column, carries in typed_checks(target).items()
        ]
        if target.due and target.due_basis in {"printed", "carried"}:
            carried = own and target.due_basis == "carried"
            dated = _dated(own, nearby[target.section_id]) if carried else own
            claims.append(Claim(target, "due", dated, partial(_carries_date, due=target.due)))
    yield from _unsupported(plan, "targets", claims)


def period_dates(plan: Plan) -> Iterator[Problem]:
    """A date taken from the plan's period is in the year in which that ends."""
    end = plan.about.period_end
    for target in plan.targets:
        if end and target.due and target.due_basis == "period" and end[:4] != target.due[:4]:
            yield at("due-not-period-end", plan, "targets", target, "due", end=end)


def task_dates(plan: Plan) -> Iterator[Problem]:
    """A task's date stands in its evidence or, that being only the first words, beside it."""
    nearby = _evidence_by_section(plan)
    claims = [
        Claim(
            task,
            "due",
            _dated(task.evidence, nearby[task.section_id]),
            partial(_carries_date, due=task.due),
        )
        for task in plan.tasks
        if task.due and task.evidence
    ]
    yield from _unsupported(plan, "tasks", claims)


def _dated(evidence: str, nearby: str) -> str:
    """The evidence where it prints a deadline of its own, else all that of its section."""
    return evidence if _DEADLINE.search(evidence) else nearby


def term_figures(plan: Plan) -> Iterator[Problem]:
    """A term's rate, sums, start and duration stand in its evidence."""
    words = _words(plan)
    claims: list[Claim] = []
    for term in plan.subsidy_terms:
        checks = typed_checks(term)
        if term.starts is not None:
            checks["starts"] = partial(_carries_date, due=term.starts.isoformat())
        claims += [Claim(term, column, words(term), carries) for column, carries in checks.items()]
    yield from _unsupported(plan, "subsidy_terms", claims)


def tier_figures(plan: Plan) -> Iterator[Problem]:
    """A tier's figures stand in its own evidence, or in its term's where it has none."""
    words = _words(plan)
    claims: list[Claim] = []
    for tier in plan.subsidy_tiers:
        checks = typed_checks(tier)
        if _begins_at_zero(tier):
            del checks["threshold_min"]
        claims += [Claim(tier, column, words(tier), carries) for column, carries in checks.items()]
    yield from _unsupported(plan, "subsidy_tiers", claims)


def _begins_at_zero(tier: Tier) -> bool:
    """Whether a tier begins at a zero that need not be printed: where it names no other start."""
    if tier.threshold_min != 0:
        return False
    kind = unit_kind(split_measure(tier.threshold_measure or "")[1])[0]
    named = (unit_kind(figure.unit)[0] for figure in read_figures(tier.condition or ""))
    return tier.threshold_max is not None or kind not in named


def _words(plan: Plan) -> Words:
    """What a record's figures are held against; no words where they cannot be.

    An inferred figure is held against the evidence as the table of readings mends it. Where that
    mends no figure, there is nothing to hold it against.
    """
    readings = group_by(plan.readings, "section_id")
    terms = {term.term_id: term for term in plan.subsidy_terms}

    def words(record: Target | Term | Tier) -> str:
        owner = terms.get(record.term_id) if isinstance(record, Tier) else record
        if owner is None:
            return ""
        evidence = record.evidence or owner.evidence or ""
        inferred = owner.reading == "inferred"
        return mended(evidence, readings.get(owner.section_id, ())) if inferred else evidence

    return words


def _unsupported(plan: Plan, table: str, claims: Iterable[Claim]) -> Iterator[Problem]:
    for claim in claims:
        if claim.words and not claim.carries(claim.words):
            shown = getattr(claim.record, "evidence", None) or claim.words
            yield at(
                "figure-not-in-evidence", plan, table, claim.record, claim.column, evidence=shown
            )


@lru_cache(maxsize=1024)  # all the evidence of a section is asked about the same few dates
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
