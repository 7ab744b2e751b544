"""Subsidy terms and their tiers: figures as declared, in bounds, in order."""

from collections.abc import Iterator
from itertools import pairwise

from generator.intake.problems import Problem
from generator.intake.rules.places import at
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
    """A rate lies between 0 and 100 per cent and says what it is a rate of, and of what kind."""
    for table in ("subsidy_terms", "subsidy_tiers"):
        for record in getattr(plan, table):
            if record.rate_pct is not None and not 0 <= record.rate_pct <= 100:
                yield at("rate-out-of-range", plan, table, record, "rate_pct")
    for term in plan.subsidy_terms:
        if term.rate_pct is None:
            continue
        for column in ("basis", "rate_kind"):
            if not getattr(term, column):
                yield _titled("rate-without-basis", plan, "subsidy_terms", term, column)


def amounts(plan: Plan) -> Iterator[Problem]:
    """No amount exceeds its cap, and a range of amounts runs upwards."""
    for table in ("subsidy_terms", "subsidy_tiers"):
        for record in getattr(plan, table):
            for column in ("amount_yuan", "amount_max_yuan"):
                amount = getattr(record, column, None)
                if amount is not None and record.cap_yuan is not None and amount > record.cap_yuan:
                    yield at("amount-above-cap", plan, table, record, column, cap=record.cap_yuan)
    for term in plan.subsidy_terms:
        low, high = term.amount_yuan, term.amount_max_yuan
        if low is not None and high is not None and high < low:
            yield at(
                "range-backwards", plan, "subsidy_terms", term, "amount_max_yuan", other=low
            )


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
            if _is_backwards(tier):
                other = tier.threshold_min
                yield at(
                    "range-backwards", plan, "subsidy_tiers", tier, "threshold_max", other=other
                )
        for previous, tier in pairwise(group):
            yield from _in_order(plan, previous, tier)


def _is_backwards(tier: Tier) -> bool:
    low, high = tier.threshold_min, tier.threshold_max
    return low is not None and high is not None and high < low


def _in_order(plan: Plan, previous: Tier, tier: Tier) -> Iterator[Problem]:
    if previous.threshold_measure != tier.threshold_measure or tier.threshold_min is None:
        return
    order = {"tier": tier.tier, "previous": previous.tier}
    if previous.threshold_min is not None and tier.threshold_min < previous.threshold_min:
        yield at("tiers-fall", plan, "subsidy_tiers", tier, "threshold_min", **order)
    elif _reaches_into(previous, tier):
        yield at("tiers-overlap", plan, "subsidy_tiers", tier, "threshold_min", **order)


def _reaches_into(previous: Tier, tier: Tier) -> bool:
    low, ceiling = tier.threshold_min, previous.threshold_max
    if low is None:
        return False
    return low < ceiling if ceiling is not None else low == previous.threshold_min


def _titled(code: str, plan: Plan, table: str, term: Term, column: str) -> Problem:
    declared = plan.tables[table].column.get(column)
    return at(code, plan, table, term, column, title=declared.title if declared else column)
