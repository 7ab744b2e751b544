"""Ids that were published: which were renamed, and which are lost.

An id is part of an address that people cite: it lives on, or `redirects` says under which name.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from generator.history.snapshot import Keyed, Row, Sheet, Snapshot
from generator.plan.schemas import profile_schema

_REDIRECTS = "redirects"

Id = tuple[str, str]
"""A table and an id in it."""


def published_tables() -> tuple[str, ...]:
    """Tables whose records have an address of their own: those that a redirect may name."""
    fields: list[dict[str, Any]] = profile_schema(_REDIRECTS)["fields"]
    declared = next(each for each in fields if each["name"] == "table")
    return tuple(declared["constraints"]["enum"])


def published_ids(snapshot: Snapshot) -> dict[Id, Row]:
    """The records that have an address, by table and id."""
    found: dict[Id, Row] = {}
    for name in published_tables():
        sheet = snapshot.sheets.get(name)
        if sheet is None or len(sheet.primary_key) != 1:
            continue
        for row in sheet.rows:
            if key := row[sheet.primary_key[0]]:
                found.setdefault((name, key), row)
    return found


def redirects(snapshot: Snapshot) -> dict[Id, str]:
    """The new id of each renamed one, as the table `redirects` has it."""
    sheet = snapshot.sheets.get(_REDIRECTS)
    rows = sheet.rows if sheet else ()
    triples = ((row.get("table"), row.get("old_id"), row.get("new_id")) for row in rows)
    return {(table, old): new for table, old, new in triples if table and old and new}


def renamed_ids(old: Snapshot, new: Snapshot) -> dict[Id, str]:
    """Ids of the old package that the new one maps to a record of its own that was not there.

    Where two old records became one, the first is the one renamed, and the other was removed.
    """
    before, after, mapped = published_ids(old), published_ids(new), redirects(new)
    found: dict[Id, str] = {}
    for table, was in before:
        now = follow((table, was), mapped, after)
        taken = (table, now) in before or (table, now) in {(t, n) for (t, _), n in found.items()}
        if now is not None and now != was and not taken:
            found[table, was] = now
    return found


def lost_ids(old: Snapshot, new: Snapshot) -> Iterator[Id]:
    """Ids that were published, or redirected, and now lead nowhere."""
    after, mapped = published_ids(new), redirects(new)
    for each in dict.fromkeys([*published_ids(old), *redirects(old)]):
        if follow(each, mapped, after) is None:
            yield each


def likely_successor(row: Row, added: Keyed, sheet: Sheet) -> str | None:
    """The id of the added row that has most cells in common, if more than half are the same."""

    def same(other: Row) -> float:
        told = {key: cell for key, cell in row.items() if cell and key not in sheet.primary_key}
        return sum(other.get(key) == cell for key, cell in told.items()) / (len(told) or 1)

    best = max(added, key=lambda key: same(added[key]), default=None)
    return best if best is not None and same(added[best]) > 0.5 else None


def follow(start: Id, mapped: Mapping[Id, str], alive: Mapping[Id, Row]) -> str | None:
    """Where an id leads: itself, or the end of its redirects; None where that is nowhere."""
    table, current = start
    passed: set[str] = set()
    while (table, current) not in alive:
        passed.add(current)
        following = mapped.get((table, current))
        if following is None or following in passed:
            return None
        current = following
    return current
