"""What a schema cannot say, one small function a rule.

A rule takes a plan, which may be incomplete where cells were wrong, and yields problems. To add one,
write it beside its kin, word it in wording.toml and list it here.
"""

from collections.abc import Callable, Iterator

from generator.intake.problems import Problem
from generator.intake.rules import cells, evidence, names, outline, targets, terms
from generator.plan.model import Plan

Rule = Callable[[Plan], Iterator[Problem]]

ROW_RULES: tuple[Rule, ...] = (
    cells.unsafe,
    evidence.target_figures,
    evidence.term_figures,
    evidence.tier_figures,
    evidence.task_dates,
    targets.figures_by_kind,
    targets.ranges,
    targets.due_dates,
    terms.figures_as_declared,
    terms.rates,
    terms.amounts,
)
"""Rules that look at one row at a time."""

PLAN_RULES: tuple[Rule, ...] = (
    outline.tree,
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
    evidence.in_source_text,
)
"""Rules that need the required tables whole: with one unread they would accuse the innocent."""
