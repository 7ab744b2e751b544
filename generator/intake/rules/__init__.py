"""What a schema cannot say, one small function a rule.

A rule takes a plan, which may be incomplete where cells were wrong, and yields problems. To add
one, write it beside its kin, word it in wording.toml and list it here.
"""

from collections.abc import Callable, Iterator

from generator.intake.problems import Problem
from generator.intake.rules import cells, clauses, evidence, names, outline, targets, terms
from generator.plan.model import Plan

Rule = Callable[[Plan], Iterator[Problem]]

ROW_RULES: tuple[Rule, ...] = (
    cells.unsafe,
    evidence.target_figures,
    evidence.term_figures,
    evidence.tier_figures,
    evidence.period_dates,
    evidence.task_dates,
    targets.figures_by_kind,
    targets.ranges,
    targets.due_dates,
    terms.figures_as_declared,
    terms.rates,
    terms.amounts,
)
"""Rules that look at one row at a time."""

OUTLINE_RULES: tuple[Rule, ...] = (outline.tree, outline.depth)
"""Rules that the others which walk the outline rely on."""

PLAN_RULES: tuple[Rule, ...] = (
    outline.positions,
    outline.leaves,
    outline.tasks_in_leaves,
    outline.unit_lists,
    outline.assignment_positions,
    names.idle_units,
    names.collisions,
    names.printed_names,
    names.record_references,
    names.redirects,
    terms.tiers,
    terms.tier_order,
    clauses.respectively,
    clauses.conditions,
)
"""Rules that need the required tables whole: with one unread they would accuse the innocent."""

TEXT_RULES: tuple[Rule, ...] = (evidence.in_source_text,)
"""Rules that need the outline to be a tree, to know where in the text a section stands."""


def check_plan(plan: Plan, *, whole: bool) -> list[Problem]:
    """All that the rules find; `whole` says that every required table was read."""
    found = [each for rule in ROW_RULES for each in rule(plan)]
    if whole:
        knots = [each for rule in OUTLINE_RULES for each in rule(plan)]
        rules = (*PLAN_RULES, *(() if knots else TEXT_RULES))
        found += knots
        found += [each for rule in rules for each in rule(plan)]
    return found
