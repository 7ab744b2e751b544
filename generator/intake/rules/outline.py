"""The outline: a tree in the order of the document, with tasks and units on its leaves."""

from collections.abc import Iterator

from generator.intake.problems import Problem
from generator.intake.rules.places import at
from generator.plan.model import Plan, group_by
from generator.plan.records import Section

_WITH_TASKS = {"project", "engine", "policy", "safeguard"}
_DEEPEST = 9
"""Levels of an outline, parts included."""


def tree(plan: Plan) -> Iterator[Problem]:
    """From every section the way up ends at a part."""
    for section in plan.sections:
        seen: set[str] = set()
        above: str | None = section.section_id
        while above and above in plan.section and above not in seen:
            seen.add(above)
            above = plan.section[above].parent_id
        # Those that only hang under a circle are not part of it.
        if above == section.section_id and above in seen:
            yield at("section-loop", plan, "sections", section, "parent_id")


def depth(plan: Plan) -> Iterator[Problem]:
    """No section lies deeper than an outline can be read, or a table of contents be built."""
    for section in plan.sections:
        above: str | None = section.section_id
        steps = 0
        while above and above in plan.section and steps <= _DEEPEST:
            above = plan.section[above].parent_id
            steps += 1
        # One deeper than that is told of, not all that hang under it.
        if steps == _DEEPEST + 1 and above not in plan.section:
            yield at("section-too-deep", plan, "sections", section, "parent_id", limit=_DEEPEST)


def positions(plan: Plan) -> Iterator[Problem]:
    """No section stands before the section above it; that no two collide the schema says."""
    for section in plan.sections:
        parent = plan.section.get(section.parent_id or "")
        if not parent or parent.position is None or section.position is None:
            continue
        if parent.position > section.position:
            yield at(
                "position-before-parent",
                plan,
                "sections",
                section,
                "position",
                parent=parent.section_id,
                other=parent.position,
            )


def _leaves(plan: Plan) -> Iterator[Section]:
    return (s for s in plan.sections if s.section_id and s.section_id not in plan.children)


def leaves(plan: Plan) -> Iterator[Problem]:
    """Every leaf says what it is about, and every leaf that orders something has a task."""
    with_tasks = {task.section_id for task in plan.tasks}
    for leaf in _leaves(plan):
        if not leaf.summary:
            yield at("leaf-without-summary", plan, "sections", leaf, "summary", value=leaf.title)
        if leaf.kind in _WITH_TASKS and leaf.section_id not in with_tasks:
            yield at("leaf-without-task", plan, "sections", leaf, "section_id", value=leaf.title)


def tasks_in_leaves(plan: Plan) -> Iterator[Problem]:
    """A task stands in a leaf: there its units answer for it."""
    for task in plan.tasks:
        if task.section_id and task.section_id in plan.children:
            below = "、".join(child.section_id for child in plan.children[task.section_id])
            yield at("task-not-in-leaf", plan, "tasks", task, "section_id", below=below)


def unit_lists(plan: Plan) -> Iterator[Problem]:
    """A paragraph is in the outline because it lists units, so its list must be there."""
    listed = {assignment.section_id for assignment in plan.assignments}
    for section in plan.sections:
        if section.kind == "paragraph" and section.section_id not in listed:
            yield at(
                "section-without-assignment",
                plan,
                "sections",
                section,
                "section_id",
                value=section.title,
            )


def assignment_positions(plan: Plan) -> Iterator[Problem]:
    """The units of one list are numbered 1, 2, 3 … in the order printed."""
    for group in group_by(plan.assignments, "section_id").values():
        numbered = [each for each in group if each.position is not None]
        ordered = sorted(numbered, key=lambda each: each.position)
        for expected, assignment in enumerate(ordered, start=1):
            if assignment.position != expected:
                yield at("assignment-position", plan, "assignments", assignment, "position")
                break
