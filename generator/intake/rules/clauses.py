"""Clauses that say several figures, and the rows that divide them among themselves."""

import re
from collections.abc import Iterator, Sequence

from generator.intake.figures_said import says
from generator.intake.problems import Problem
from generator.intake.rules.places import at
from generator.plan.figures import Figure, carries_measure, carries_percent, read_figures
from generator.plan.model import Plan
from generator.plan.numerals import split_measure, unit_kind
from generator.plan.records import Term, Tier

_RESPECTIVELY = re.compile(r"分别|respectively", re.IGNORECASE)


def respectively(plan: Plan) -> Iterator[Problem]:
    """Of the figures that a clause lists 分别, each is said by a row that rests on the clause.

    Asked only where there are as many rows as figures: two of them then say the same one.
    """
    clauses: dict[tuple[str, str, str], list[Term | Tier]] = {}
    for term in plan.subsidy_terms:
        clauses.setdefault(("term", term.section_id, term.evidence or ""), []).append(term)
        shared = [tier for tier in plan.tiers.get(term.term_id, ()) if not tier.evidence]
        clauses["tier", term.term_id, term.evidence or ""] = list(shared)
    for (_, _, evidence), rows in clauses.items():
        if len(rows) > 1:
            yield from _unsaid(plan, evidence, rows)


def _unsaid(plan: Plan, evidence: str, rows: Sequence[Term | Tier]) -> Iterator[Problem]:
    listed = _listed(evidence)
    if len(rows) < len(listed):
        return
    table = "subsidy_tiers" if isinstance(rows[0], Tier) else "subsidy_terms"
    for figure in listed:
        if not any(says(row, figure) for row in rows):
            where = "\u3001".join(str(row.row) for row in rows)
            yield at(
                "respectively-unsaid",
                plan,
                table,
                rows[0],
                "evidence",
                value=figure.text,
                rows=where,
            )


def _listed(evidence: str) -> list[Figure]:
    """The figures, each once, of the list that 分别 announces or "respectively" closes."""
    match = _RESPECTIVELY.search(evidence)
    if match is None:
        return []
    chinese = match[0] == "分别"
    part = evidence[match.end() :] if chinese else evidence[: match.start()]
    figures = list(dict.fromkeys(read_figures(part)))
    kinds = [unit_kind(figure.unit)[0] for figure in figures]
    edge = kinds[0 if chinese else -1] if kinds else ""
    return [figure for figure, kind in zip(figures, kinds, strict=True) if kind == edge]


def conditions(plan: Plan) -> Iterator[Problem]:
    """Where a tier's condition names figures of the threshold's kind, the threshold is among them.

    The same for the growth that is asked for besides.
    """
    for tier in plan.subsidy_tiers:
        for column in _contradicted(tier):
            yield at("threshold-not-in-condition", plan, "subsidy_tiers", tier, column)


def _contradicted(tier: Tier) -> Iterator[str]:
    """Columns of a tier that say another figure than its condition."""
    condition, measure = tier.condition or "", tier.threshold_measure or ""
    kind = unit_kind(split_measure(measure)[1])[0]
    given = {column: getattr(tier, column) for column in ("threshold_min", "threshold_max")}
    values = {column: value for column, value in given.items() if value}
    said = (carries_measure(condition, value, measure) for value in values.values())
    if values and _names(condition, kind) and not any(said):
        yield next(iter(values))
    growth = tier.growth_min_pct
    if growth is not None and _names(condition, "%") and not carries_percent(condition, growth):
        yield "growth_min_pct"


def _names(condition: str, kind: str) -> bool:
    """Whether a condition prints a figure of a kind; one that may be of any kind does not count."""
    kinds = {unit_kind(figure.unit)[0] for figure in read_figures(condition)}
    return bool(kind) and kind in kinds
