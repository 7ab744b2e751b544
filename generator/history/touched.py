"""Which records a change is about: the row's own, and those that the row points to."""

from collections.abc import Iterator

from generator.history.changes import Change
from generator.history.compare import Comparison
from generator.history.identifiers import Id
from generator.history.snapshot import Row, Sheet


def own_records(comparison: Comparison, change: Change) -> Iterator[Id]:
    """The record that a changed row is or is a part of: a tier of a term, an assignment of both."""
    sheet, row = _row(comparison, change)
    yield change.table, now_called(comparison, change)
    if len(sheet.primary_key) > 1:
        yield from _pointed(sheet, row, sheet.primary_key)


def records_near(comparison: Comparison, change: Change) -> Iterator[Id]:
    """The record itself, and every record of another table that its row points to."""
    sheet, row = _row(comparison, change)
    yield change.table, now_called(comparison, change)
    yield from _pointed(sheet, row, tuple(sheet.foreign_keys))


def now_called(comparison: Comparison, change: Change) -> str:
    """The key of a changed row after the change."""
    key, pair = str(change.key), comparison.pairs[change.table]
    return pair.moved.get(key, key)


def _row(comparison: Comparison, change: Change) -> tuple[Sheet, Row]:
    """A changed row as it is now, or as it was where it is no more."""
    pair, after = comparison.pairs[change.table], comparison.new.sheets.get(change.table)
    row = pair.new.get(now_called(comparison, change))
    if after is not None and row is not None:
        return after, row
    return comparison.old.sheets[change.table], pair.old[str(change.key)]


def _pointed(sheet: Sheet, row: Row, columns: tuple[str, ...]) -> Iterator[Id]:
    for column in columns:
        table, _ = sheet.foreign_keys.get(column, (sheet.name, ""))
        if table != sheet.name and (cell := row.get(column)):
            yield table, cell
