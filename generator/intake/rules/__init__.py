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
    terms.rates,
    terms.amounts,
)
"""Rules that look at one row at a time."""

OUTLINE_RULES: tuple[Rule, ...] = (outline.tree, outline.depth)
"""Rules that the others which walk the outline rely on."""

PLAN_RULES: tuple[Rule, ...] = (
    terms.figures_as_declared,
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
"""Rules that need the tables whole that they lean on: else they would accuse the innocent."""

TREE_RULES: tuple[Rule, ...] = (outline.positions, evidence.in_source_text)
"""Rules that need the outline to be a tree, to know where in the text a section stands."""


def check_plan(plan: Plan, *, whole: bool) -> list[Problem]:
    """All that the rules find; `whole` says that the tables that they lean on were read."""
    found = [each for rule in ROW_RULES for each in rule(plan)]
    if whole:
        knots = [each for rule in OUTLINE_RULES for each in rule(plan)]
        ids = {section.section_id for section in plan.sections} - {None}
        is_tree = not knots and len(ids) == len(plan.sections)
        rules = (*PLAN_RULES, *(TREE_RULES if is_tree else ()))
        found += knots
        found += [each for rule in rules for each in rule(plan)]
    return _without_echoes(found)


def _without_echoes(found: list[Problem]) -> list[Problem]:
    """Without evidence that is missed for a figure of which another rule says what is wrong."""
    echo = "figure-not-in-evidence"
    told = {(each.file, each.row, each.column) for each in found if each.code != echo}
    return [
        each
        for each in found
        if each.code != echo or (each.file, each.row, each.column) not in told
    ]
