"""Names, aliases and ids: each stands for one thing, and points at something that is there."""

import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches

from generator.intake.problems import Problem, suggestion
from generator.intake.rules.places import at
from generator.plan.model import Plan
from generator.plan.records import Unit

_NEAR = 0.75
"""How alike two names must be (difflib's ratio) for one to be taken for a slip of the other."""

ID_COLUMNS = {
    "sections": "section_id",
    "units": "unit_id",
    "tasks": "task_id",
    "targets": "target_id",
    "subsidy_terms": "term_id",
}


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def idle_units(plan: Plan) -> Iterator[Problem]:
    """A unit is listed because it answers for something."""
    busy = {assignment.unit_id for assignment in plan.assignments}
    for unit in plan.units:
        if unit.unit_id not in busy:
            yield at("idle-unit", plan, "units", unit, "unit_id", value=unit.name)


def collisions(plan: Plan) -> Iterator[Problem]:
    """A name or alias stands for one unit only."""
    owner: dict[str, Unit] = {}
    for unit in plan.units:
        for name in filter(None, unit.names):
            first = owner.setdefault(_folded(name), unit)
            if first is not unit:
                column = "name" if name == unit.name else "aliases"
                yield at(
                    "name-collision",
                    plan,
                    "units",
                    unit,
                    column,
                    value=name,
                    first=unit.name,
                    second=first.name,
                    other=first.row,
                )


def printed_names(plan: Plan) -> Iterator[Problem]:
    """What a list prints is a name of its unit, not of another, and no slip of a known name.

    A printed form that the table of readings records for the section is damaged in the original.
    """
    owners = {_folded(name): unit for unit in plan.units for name in filter(None, unit.names)}
    damaged: dict[str, str] = {}
    for reading in plan.readings:
        if reading.section_id and reading.printed:
            damaged[reading.section_id] = damaged.get(reading.section_id, "") + reading.printed
    for each in plan.assignments:
        owner = owners.get(_folded(each.printed or ""))
        if owner and owner.unit_id != each.unit_id:
            near = f";{owner.name}的编号是 {owner.unit_id}"
            yield at(
                "printed-other-unit",
                plan,
                "assignments",
                each,
                "printed",
                other=owner.unit_id,
                suggestion=near,
            )
        elif not owner and each.printed and each.printed not in damaged.get(each.section_id, ""):
            known = [name for unit in plan.units for name in filter(None, unit.names)]
            if get_close_matches(each.printed, known, n=1, cutoff=_NEAR):
                near = suggestion(each.printed, known)
                yield at(
                    "printed-near-miss", plan, "assignments", each, "printed", suggestion=near
                )


def record_references(plan: Plan) -> Iterator[Problem]:
    """An ambiguity names records that there are."""
    known = {
        *(term.term_id for term in plan.subsidy_terms),
        *(target.target_id for target in plan.targets),
        *(task.task_id for task in plan.tasks),
    }
    for ambiguity in plan.ambiguities:
        for record_id in ambiguity.records:
            if record_id not in known:
                near = suggestion(record_id, known)
                yield at(
                    "unknown-record",
                    plan,
                    "ambiguities",
                    ambiguity,
                    "records",
                    value=record_id,
                    suggestion=near,
                )


def redirects(plan: Plan) -> Iterator[Problem]:
    """An old id leads to a living one and is not alive itself."""
    for each in plan.redirects:
        if each.table not in ID_COLUMNS:
            continue
        column = ID_COLUMNS[each.table]
        alive = {getattr(record, column) for record in getattr(plan, each.table)}
        if each.old_id in alive:
            yield at("redirect-alive", plan, "redirects", each, "old_id")
        if each.new_id not in alive:
            near = suggestion(each.new_id or "", filter(None, alive))
            yield at("redirect-target", plan, "redirects", each, "new_id", suggestion=near)
