"""The tables as they go out: the package's own, then one joined table a subject."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.intake.sheet import split_rows
from generator.intake.tables import ROW
from generator.plan.model import Column, Table
from generator.plan.records import RECORD_TYPES
from generator.publication.downloads.cells import Cell, Kind, as_text, kind_of
from generator.publication.downloads.wide import wide_tables
from generator.publication.views.edition import Edition

_UNSAFE = re.compile(r"[^a-z0-9_.-]+")
_EXOTIC = {"time", "datetime", "duration", "geopoint", "geojson", "object", "array", "list"}
"""Types that not every tool has: their cells go out as the package writes them."""


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A table with a page and files of its own.

    `stem` is what its files are called by; `rows` are its cells in the order of `columns`, each of
    the column's kind or None; `content` is its CSV as the package has it, empty for a joined table.
    """

    stem: str
    table: Table
    kinds: tuple[Kind, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)
    joined: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns, in order."""
        return self.table.columns

    @property
    def headings(self) -> tuple[str, ...]:
        """The columns' titles; where two are alike, with their names."""
        count = Counter(column.title for column in self.columns)
        return tuple(
            column.title if count[column.title] == 1 else f"{column.title} ({column.name})"
            for column in self.columns
        )

    @property
    def meanings(self) -> list[dict[str, Any]]:
        """What each column means, for programs."""
        return [_meaning(column) for column in self.columns]


def _meaning(column: Column) -> dict[str, Any]:
    said = {
        "name": column.name,
        "title": column.title,
        "type": column.type,
        "unit": column.unit,
        "unitColumn": column.unit_column,
        "terms": dict(column.labels),
        "description": column.description,
    }
    return {key: value for key, value in said.items() if value}


def datasets(edition: Edition, site_url: str) -> tuple[Dataset, ...]:
    """Every table of a plan that goes out."""
    own = tuple(edition.plan.tables.values())
    joined = [
        each for each in wide_tables(edition, site_url) if each.name not in edition.plan.tables
    ]
    stems = _stems(table.name for table in (*own, *joined))
    return (
        *(_dataset(table, stems[table.name]) for table in own),
        *(_dataset(table, stems[table.name], joined=True) for table in joined),
    )


def _dataset(table: Table, stem: str, *, joined: bool = False) -> Dataset:
    written = _written(table)
    columns = [
        _cells(column, [row.get(column.name) for row in table.rows], written.get(column.name))
        for column in table.columns
    ]
    return Dataset(
        stem=stem,
        table=table,
        kinds=tuple(kind for kind, _ in columns),
        rows=tuple(zip(*(cells for _, cells in columns), strict=True)) if columns else (),
        joined=joined,
    )


def _cells(column: Column, typed: list[Any], written: list[str] | None) -> tuple[Kind, list[Cell]]:
    """A column's cells, all of the kind that they are stored as."""
    kind = kind_of(column.type, typed)
    if kind is not Kind.TEXT:
        return kind, typed
    texts = written or [as_text(cell) for cell in typed]
    pairs = zip(typed, texts, strict=True)
    return kind, [None if cell is None else text for cell, text in pairs]


def _written(table: Table) -> Mapping[str, list[str]]:
    """The cells of exotic columns as the package's file has them, by column."""
    exotic = [column.name for column in table.columns if column.type in _EXOTIC]
    if not exotic or not table.content:
        return {}
    labels, *lines = split_rows(table.content.decode("utf-8-sig"))
    rows = [lines[row[ROW] - 2] for row in table.rows]
    return {name: [row[labels.index(name)] for row in rows] for name in exotic if name in labels}


def _stems(names: Iterable[str]) -> Mapping[str, str]:
    """What each table's files are called by: safe in an address and on a disk, no two alike."""
    stems: dict[str, str] = {}
    taken = {"datapackage"}
    for name in sorted(names, key=lambda name: name not in RECORD_TYPES):
        stem = next(each for each in _candidates(name) if taken.isdisjoint(_files(each)))
        stems[name] = stem
        taken.update(_files(stem))
    return stems


def _candidates(name: str) -> Iterator[str]:
    stem = _UNSAFE.sub("-", name.lower()).strip("-.") or "table"
    yield stem
    for number in range(2, 10**6):
        yield f"{stem}-{number}"


def _files(stem: str) -> set[str]:
    return {stem, f"{stem}-excel"}
