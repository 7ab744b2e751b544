"""Subsidy terms and their tiers: figures as declared, in bounds, in order."""

from collections.abc import Iterator
from itertools import pairwise

from generator.intake.problems import Problem
from generator.intake.rules.places import at
from generator.intake.rules.targets import upwards
from generator.plan.model import Plan
from generator.plan.records import Term, Tier

_FIGURES = ("rate_pct", "cap_yuan", "amount_yuan", "amount_max_yuan")


def figures_as_declared(plan: Plan) -> Iterator[Problem]:
    """A term is quantified exactly if it has a figure of its own or tiers with figures."""
    for term in plan.subsidy_terms:
        own = [column for column in _FIGURES if getattr(term, column) is not None]
        tiered = any(_has_figure(tier) for tier in plan.tiers.get(term.term_id, ()))
        if term.quantified is True and not own and not tiered:
            yield at("term-without-figure", plan, "subsidy_terms", term, "quantified")
        elif term.quantified is False:
            for column in own:
                yield _titled("figure-unquantified", plan, "subsidy_terms", term, column)


def _has_figure(tier: Tier) -> bool:
    return any(each is not None for each in (tier.rate_pct, tier.amount_yuan, tier.cap_yuan))


def rates(plan: Plan) -> Iterator[Problem]:
    """A rate says what it is a rate of, and of what kind."""
    for term in plan.subsidy_terms:
        if term.rate_pct is None:
            continue
        for column in ("basis", "rate_kind"):
            if not getattr(term, column):
                yield _titled("rate-without-basis", plan, "subsidy_terms", term, column)


def amounts(plan: Plan) -> Iterator[Problem]:
    """No amount exceeds its cap, nothing of a tier its term's; a range runs upwards."""
    caps = {term.term_id: term.cap_yuan for term in plan.subsidy_terms}
    for term in plan.subsidy_terms:
        for column in ("amount_yuan", "amount_max_yuan"):
            yield from _above_cap(plan, "subsidy_terms", term, column, term.cap_yuan)
        ends = ("amount_yuan", "amount_max_yuan")
        yield from upwards(plan, "subsidy_terms", term, ends)
    for tier in plan.subsidy_tiers:
        own, whole = tier.cap_yuan, caps.get(tier.term_id)
        yield from _above_cap(plan, "subsidy_tiers", tier, "amount_yuan", own or whole)
        yield from _above_cap(plan, "subsidy_tiers", tier, "cap_yuan", whole)


def _above_cap(
    plan: Plan, table: str, record: Term | Tier, column: str, cap: int | None
) -> Iterator[Problem]:
    amount = getattr(record, column)
    if amount is not None and cap is not None and amount > cap:
        yield at("amount-above-cap", plan, table, record, column, cap=cap)


def tiers(plan: Plan) -> Iterator[Problem]:
    """A term that has tiers says how they apply, and one that says so has tiers."""
    for term in plan.subsidy_terms:
        has_tiers = term.term_id in plan.tiers
        if has_tiers and not term.tiers_apply:
            yield at("tiers-undeclared", plan, "subsidy_terms", term, "tiers_apply")
        elif term.tiers_apply and not has_tiers:
            yield at("tiers-absent", plan, "subsidy_terms", term, "tiers_apply")


def tier_order(plan: Plan) -> Iterator[Problem]:
    """Thresholds in one measure rise from tier to tier and do not overlap."""
    for group in plan.tiers.values():
        for tier in group:
            low, high = tier.threshold_min, tier.threshold_max
            if low is not None and high is not None and high < low:
                yield at("range-backwards", plan, "subsidy_tiers", tier, "threshold_max", other=low)
        for previous, tier in pairwise(group):
            if previous.threshold_measure == tier.threshold_measure:
                yield from _in_order(plan, previous, tier)


def _in_order(plan: Plan, previous: Tier, tier: Tier) -> Iterator[Problem]:
    order = {"tier": tier.tier, "previous": previous.tier}
    for column in ("threshold_min", "threshold_max"):
        before, here = getattr(previous, column), getattr(tier, column)
        if before is not None and here is not None and here < before:
            yield at("tiers-fall", plan, "subsidy_tiers", tier, column, **order)
            return
    if _reaches_into(previous, tier):
        yield at("tiers-overlap", plan, "subsidy_tiers", tier, "threshold_min", **order)


def _reaches_into(previous: Tier, tier: Tier) -> bool:
    """Whether a tier begins before the one below it ends; open ends end where the next begins."""
    low, ceiling = tier.threshold_min, previous.threshold_max
    if low is None:
        return False
    return low < ceiling if ceiling is not None else low == previous.threshold_min


def _titled(code: str, plan: Plan, table: str, term: Term, column: str) -> Problem:
    declared = plan.tables[table].column.get(column)
    return at(code, plan, table, term, column, title=declared.title if declared else column)
