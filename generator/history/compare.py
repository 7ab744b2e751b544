"""Compare two versions of a package: rows by their primary key, cells as text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from generator.history.changes import Change, kind_of
from generator.history.declarations import package_changes, table_changes
from generator.history.identifiers import Id, renamed_ids
from generator.history.snapshot import Keyed, Row, Sheet, Snapshot, key_text, keyed, read_snapshot
from generator.history.sources import open_source


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A table in both versions: its rows by a key that both have, whatever that key is.

    `moved` maps the old key of a row to its new one where an id in it was renamed.
    """

    old: Keyed = field(repr=False)
    new: Keyed = field(repr=False)
    moved: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two versions and every change between them.

    `pairs` are the tables that differ; `renamed` maps (table, old id) to the new id.
    """

    old: Snapshot
    new: Snapshot
    changes: tuple[Change, ...]
    pairs: Mapping[str, Pair] = field(repr=False)
    renamed: Mapping[Id, str]


def compare_sides(old: str, new: str) -> Comparison:
    """Compare two sides as a command names them (see `sources.open_source`).

    Raises PackageRefused where one of them cannot be read.
    """
    return compare(read_snapshot(open_source(old)), read_snapshot(open_source(new)))


def compare(old: Snapshot, new: Snapshot) -> Comparison:
    """Every change from the old version to the new: the package, then table by table."""
    changes = [*package_changes(old, new), *_text_changes(old, new)]
    pairs: dict[str, Pair] = {}
    renamed = renamed_ids(old, new)
    for name in {**new.sheets, **old.sheets}:
        before, after = old.sheets.get(name), new.sheets.get(name)
        if before is after:
            continue
        pairs[name] = _pair(before, after, renamed)
        if before is None or after is None:
            changes.append(_whole_table(name, before, after))
        else:
            changes += table_changes(before, after)
        changes += _row_changes(name, pairs[name])
    return Comparison(old=old, new=new, changes=tuple(changes), pairs=pairs, renamed=renamed)


def _pair(old: Sheet | None, new: Sheet | None, renamed: Mapping[Id, str]) -> Pair:
    if old is None or new is None:
        return Pair(old=old.by_key if old else {}, new=new.by_key if new else {})
    common = tuple(name for name in new.columns if name in old.columns)
    keys = (new.primary_key, old.primary_key, common)
    key = next((each for each in keys if each and set(each) <= set(common)), ())
    before, after = keyed(old.rows, key), keyed(new.rows, key)
    moved = _moved(new, key, before, renamed)
    kept = {was: now for was, now in moved.items() if now in after and now not in before}
    return Pair(old=before, new=after, moved=kept)


def _moved(
    sheet: Sheet, key: Sequence[str], rows: Keyed, renamed: Mapping[Id, str]
) -> dict[str, str]:
    """The new key of each row in whose key a renamed id stands, its own or one it points to."""
    if not renamed or not set(key) <= set(sheet.primary_key):
        return {}
    tables = [sheet.foreign_keys.get(column, (sheet.name, column))[0] for column in key]
    found = {}
    for text, row in rows.items():
        parts = [row[column] or "" for column in key]
        now = [renamed.get(each, each[1]) for each in zip(tables, parts, strict=True)]
        if now != parts:
            found[text] = key_text(now)
    return found


def _row_changes(table: str, pair: Pair) -> Iterator[Change]:
    back = {now: was for was, now in pair.moved.items()}
    for key, row in pair.old.items():
        if key not in pair.new and key not in pair.moved:
            yield Change(
                table=table, change="removed", key=key, column=None, old=_told(row), new=None
            )
    for key, row in pair.new.items():
        was = back.get(key, key)
        if was in pair.old:
            yield from _cell_changes(table, was, pair.old[was], row)
        else:
            yield Change(
                table=table, change="added", key=key, column=None, old=None, new=_told(row)
            )


def _cell_changes(table: str, key: str, old: Row, new: Row) -> Iterator[Change]:
    if old == new:
        return
    for column in {**new, **old}:
        was, now = old.get(column), new.get(column)
        if was != now:
            yield Change(table=table, change="changed", key=key, column=column, old=was, new=now)


def _told(row: Row) -> dict[str, str]:
    return {column: cell for column, cell in row.items() if cell is not None}


def _whole_table(name: str, old: Sheet | None, new: Sheet | None) -> Change:
    return Change(
        table=name,
        change=kind_of(old, new),
        key=None,
        column=None,
        old=old and _named(name, old.declared),
        new=new and _named(name, new.declared),
    )


def _named(name: str, declared: Mapping[str, object]) -> dict[str, object]:
    return {"name": name, "title": declared.get("title") or name}


def _text_changes(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    """Changes of resources that are no tables: their content as a whole, by its digest."""
    for name in {**new.texts, **old.texts}:
        was, now = old.texts.get(name), new.texts.get(name)
        if was == now:
            continue
        yield Change(
            table=name,
            change=kind_of(was, now),
            key=None,
            column=None,
            old={"name": name, "sha256": was} if was else None,
            new={"name": name, "sha256": now} if now else None,
        )
