"""Ids that were published and lead nowhere now: when they went, and under which id they live on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

from generator.history.changes import Kind
from generator.history.compare import Comparison
from generator.history.identifiers import Id, follow, published_ids, published_tables, redirects
from generator.history.naming import Names
from generator.history.releases import History, Release
from generator.history.snapshot import Row, Snapshot
from generator.history.verdict import heir, lost_id_problem
from generator.intake.problems import Problem


@dataclass(frozen=True, kw_only=True)
class Departure:
    """A record that was published and is no more.

    `title` is what it was called, `kind` the title of its table; `version` is the first without it,
    `release` the one in which it went, None where that is not committed yet. `problem` is why it
    must not go: it likely lives on under another id, to which nothing leads.
    """

    table: str
    key: str
    kind: str
    title: str
    version: str
    release: Release | None
    problem: Problem | None


def departures(history: History) -> tuple[Departure, ...]:
    """Every id that a release of this package published and that leads nowhere now.

    A package of another name had other addresses: what it published is not looked at. A release
    that lost an id to a likely successor was refused: what came with it was not published yet.
    """
    now = history.pending.new
    alive, mapped = published_ids(now), redirects(now)
    went: dict[Id, tuple[Comparison, Release | None]] = {}
    lost: set[Id] = set()
    unpublished: set[Id] = set()
    steps = [(each.comparison, each) for each in reversed(history.releases)]
    for comparison, release in (*steps, (history.pending, None)):
        if comparison.old.descriptor.get("name") != now.descriptor.get("name"):
            continue
        gone = set(_gone(comparison)) - unpublished
        went.update(dict.fromkeys(gone, (comparison, release)))
        lost = _still_lost(lost | {each for each in gone if heir(comparison, each)}, comparison.new)
        unpublished = unpublished | set(_come(comparison)) if lost else set()
    return tuple(
        _departure(each, *when, alive)
        for each, when in sorted(went.items(), key=itemgetter(0))
        if follow(each, mapped, alive) is None
    )


def _still_lost(lost: set[Id], snapshot: Snapshot) -> set[Id]:
    """Those of the ids that lead nowhere in a version."""
    if not lost:
        return lost
    alive, mapped = published_ids(snapshot), redirects(snapshot)
    return {each for each in lost if follow(each, mapped, alive) is None}


def _gone(comparison: Comparison) -> Iterator[Id]:
    """The ids that are no record's own any more after a comparison."""
    yield from _rows(comparison, "removed")
    yield from comparison.renamed


def _come(comparison: Comparison) -> Iterator[Id]:
    """The ids that became a record's own."""
    yield from _rows(comparison, "added")
    yield from ((table, new) for (table, _), new in comparison.renamed.items())


def _rows(comparison: Comparison, kind: Kind) -> Iterator[Id]:
    for change in comparison.changes:
        if change.subject == "row" and change.change == kind and change.table in published_tables():
            yield change.table, str(change.key)


def _departure(
    gone: Id, comparison: Comparison, release: Release | None, alive: Mapping[Id, Row]
) -> Departure:
    table, key = gone
    names, row = Names(comparison.old), comparison.pairs[table].old[key]
    successor = heir(comparison, gone)
    lives_on = successor is not None and (table, successor) in alive
    return Departure(
        table=table,
        key=key,
        kind=names.table(table),
        title=names.row(table, row),
        version=comparison.new.version,
        release=release,
        problem=lost_id_problem(comparison, gone, successor) if lives_on else None,
    )
