"""Names, aliases and ids: each stands for one thing, and points at something that is there."""

import unicodedata
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import cache

from generator.intake.problems import Problem, Suggester
from generator.intake.rules.places import at
from generator.plan.model import Plan
from generator.plan.records import Unit

_NEAR = 0.75
"""How alike two names must be (difflib's ratio) for one to be taken for a slip of the other."""
_LONGEST = 60

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
    owners = _owners(plan)
    # Where an id leads nowhere the printed name says who was meant.
    meant = {
        _folded(each.printed or "") for each in plan.assignments if each.unit_id not in plan.unit
    }
    busy = {each.unit_id for each in plan.assignments}
    busy |= {owners[name].unit_id for name in meant & owners.keys()}
    for unit in plan.units:
        if unit.unit_id not in busy:
            yield at("idle-unit", plan, "units", unit, "unit_id", value=unit.name)


def _owners(plan: Plan) -> dict[str, Unit]:
    """The unit that a name stands for, by its folded form; the first one where several claim it."""
    owners: dict[str, Unit] = {}
    for unit in plan.units:
        for name in filter(None, unit.names):
            owners.setdefault(_folded(name), unit)
    return owners


def collisions(plan: Plan) -> Iterator[Problem]:
    """A name or alias stands for one unit only."""
    owners = _owners(plan)
    for unit in plan.units:
        for name in filter(None, unit.names):
            owner = owners[_folded(name)]
            if owner is not unit:
                column = "name" if name == unit.name else "aliases"
                details = {"value": name, "owner": owner.name, "other": owner.row}
                yield at("name-collision", plan, "units", unit, column, **details)


def printed_names(plan: Plan) -> Iterator[Problem]:
    """What a list prints is a name of its unit, not of another, and no slip of a known name.

    A printed form that the table of readings records for the section is damaged in the original.
    """
    owners = _owners(plan)
    damaged: dict[str, str] = {}
    for reading in plan.readings:
        if reading.section_id and reading.printed:
            damaged[reading.section_id] = damaged.get(reading.section_id, "") + reading.printed
    slip_of = _slips(plan)
    for each in plan.assignments:
        printed = each.printed or ""
        owner = owners.get(_folded(printed))
        if owner and owner.unit_id != each.unit_id and each.unit_id in plan.unit:
            ids = {"other": owner.unit_id, "unit": each.unit_id}
            yield at("printed-other-unit", plan, "assignments", each, "printed", **ids)
        elif not owner and slip_of(printed) and printed not in damaged.get(each.section_id, ""):
            meant = slip_of(printed)
            yield at("printed-near-miss", plan, "assignments", each, "printed", meant=meant)


def _slips(plan: Plan) -> Callable[[str], str]:
    """A function from what a list prints to the known name that it resembles, or nothing."""
    known = [name for unit in plan.units for name in filter(None, unit.names)]

    @cache
    def slip_of(printed: str) -> str:
        near = get_close_matches(printed[:_LONGEST], known, n=1, cutoff=_NEAR)
        return near[0] if near else ""

    return slip_of


def record_references(plan: Plan) -> Iterator[Problem]:
    """An ambiguity names records that there are."""
    known = {
        *(term.term_id for term in plan.subsidy_terms),
        *(target.target_id for target in plan.targets),
        *(task.task_id for task in plan.tasks),
    }
    suggest = Suggester(filter(None, known))
    for ambiguity in plan.ambiguities:
        for record_id in ambiguity.records:
            if record_id not in known:
                near = {"value": record_id, "suggestion": suggest(record_id)}
                yield at("unknown-record", plan, "ambiguities", ambiguity, "records", **near)


def redirects(plan: Plan) -> Iterator[Problem]:
    """An old id leads to a living one and is not alive itself."""
    alive = {
        table: {getattr(record, column) for record in getattr(plan, table)}
        for table, column in ID_COLUMNS.items()
    }
    suggest = {table: Suggester(filter(None, ids)) for table, ids in alive.items()}
    for each in plan.redirects:
        if each.table not in alive or None in alive[each.table]:
            continue
        if each.old_id in alive[each.table]:
            yield at("redirect-alive", plan, "redirects", each, "old_id")
        if each.new_id and each.new_id not in alive[each.table]:
            near = suggest[each.table](each.new_id)
            yield at("redirect-target", plan, "redirects", each, "new_id", suggestion=near)
