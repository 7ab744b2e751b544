"""The whole package as one SQLite database: keys, and views with names in place of ids."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, count
from typing import Any

from generator.plan.model import Column
from generator.publication.downloads.cells import Kind
from generator.publication.downloads.datasets import Dataset

_TYPES = {
    Kind.TEXT: "TEXT",
    Kind.INTEGER: "INTEGER",
    Kind.NUMBER: "REAL",
    Kind.BOOLEAN: "INTEGER",
    Kind.DATE: "TEXT",
}
_RESPONSIBILITIES = """\
CREATE VIEW responsibilities AS
WITH RECURSIVE listed(section_id, at) AS (
  SELECT section_id, section_id FROM sections
  UNION ALL
  SELECT listed.section_id, sections.parent_id
  FROM listed JOIN sections ON sections.section_id = listed.at
  WHERE sections.parent_id IS NOT NULL
    AND listed.at NOT IN (SELECT section_id FROM assignments)
)
SELECT
  listed.section_id, sections.title AS section,
  units.unit_id, units.name AS unit, assignments.position
FROM listed
JOIN sections ON sections.section_id = listed.section_id
JOIN assignments ON assignments.section_id = listed.at
JOIN units ON units.unit_id = assignments.unit_id
ORDER BY sections.position, assignments.position"""
"""Who answers for a section: its own list, or the nearest one above it."""
_NAMES = ("indicator", "name", "title", "label")
"""Columns that name a record, the first that a table has."""


@dataclass(frozen=True)
class Appendix:
    """A table that says something about the others: the dictionary, what the package is."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[str | int]]


def package_sqlite(datasets: Sequence[Dataset], appendices: Sequence[Appendix]) -> bytes:
    """The database's bytes."""
    tables = _Tables(datasets)
    with closing(sqlite3.connect(":memory:")) as database:
        for dataset in datasets:
            database.execute(tables.create(dataset))
            _fill(database, tables.name[dataset.table.name], dataset.rows)
        for each in appendices:
            columns = ", ".join(map(_quoted, each.columns))
            database.execute(f"CREATE TABLE {_quoted(each.name)} ({columns})")
            _fill(database, each.name, each.rows)
        for view in tables.views():
            database.execute(view)
        database.commit()
        database.execute("VACUUM")
        return database.serialize()


def _fill(database: sqlite3.Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    stored = [tuple(map(_stored, row)) for row in rows]
    if stored:
        places = ", ".join("?" * len(stored[0]))
        database.executemany(f"INSERT INTO {_quoted(table)} VALUES ({places})", stored)  # noqa: S608 - quoted


def _stored(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        return float(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


class _Tables:
    """The names that tables and columns have in the database, and the statements that make them."""

    def __init__(self, datasets: Sequence[Dataset]) -> None:
        self.datasets = {dataset.table.name: dataset for dataset in datasets}
        stems = [dataset.stem.replace("-", "_") for dataset in datasets]
        # SQLite keeps names that begin with sqlite_ for itself.
        named = _unlike(f"t_{stem}" if stem.startswith("sqlite_") else stem for stem in stems)
        self.name = dict(zip(self.datasets, named, strict=True))
        self.columns = {
            name: dict(
                zip(
                    (column.name for column in dataset.columns),
                    _unlike(column.name for column in dataset.columns),
                    strict=True,
                )
            )
            for name, dataset in self.datasets.items()
        }

    def create(self, dataset: Dataset) -> str:
        """The statement that makes a table."""
        name = dataset.table.name
        columns = self.columns[name]
        lines = [
            f"{_quoted(columns[column.name])} {_TYPES[kind]}" + " NOT NULL" * column.required
            for column, kind in zip(dataset.columns, dataset.kinds, strict=True)
        ]
        if dataset.table.primary_key:
            lines.append(f"PRIMARY KEY ({self._list(name, dataset.table.primary_key)})")
        lines.extend(self._foreign_keys(dataset))
        return f"CREATE TABLE {_quoted(self.name[name])} (\n  " + ",\n  ".join(lines) + "\n)"

    def _list(self, table: str, columns: Iterable[str]) -> str:
        return ", ".join(_quoted(self.columns[table][column]) for column in columns)

    def _foreign_keys(self, dataset: Dataset) -> Iterator[str]:
        name = dataset.table.name
        for column, (parent, key) in dataset.table.foreign_keys.items():
            # What a key points to must be unique, or SQLite refuses every later change.
            if parent in self.datasets and self.datasets[parent].table.primary_key == (key,):
                yield (
                    f"FOREIGN KEY ({self._list(name, [column])}) "
                    f"REFERENCES {_quoted(self.name[parent])} ({self._list(parent, [key])})"
                )

    def views(self) -> Iterator[str]:
        """For each of the package's tables a view with names for ids and words for terms.

        One more says who answers for what, which needs the outline walked upwards.
        """
        taken = {name.lower() for name in self.name.values()}
        if "responsibilities" not in taken and {"sections", "assignments", "units"} <= taken:
            yield _RESPONSIBILITIES
        for dataset in self.datasets.values():
            name = f"{self.name[dataset.table.name]}_named"
            if not dataset.joined and name.lower() not in taken:
                yield self._view(name, dataset)

    def _view(self, view: str, dataset: Dataset) -> str:
        name = dataset.table.name
        columns: list[str] = []
        joins: list[str] = []
        shown = set(self.columns[name].values())
        for column in dataset.columns:
            own = self.columns[name][column.name]
            parent = self._named_by(dataset, column)
            if parent is None:
                columns.append(f"{_in_words(own, column)} AS {_quoted(own)}")
                continue
            key, title = parent[1], parent[2]
            alias = f"p{len(joins)}"
            short = own.removesuffix("_id")
            label = own if short in shown else short
            columns.append(f"{alias}.{_quoted(title)} AS {_quoted(label)}")
            equal = f"{alias}.{_quoted(key)} = t.{_quoted(own)}"
            joins.append(f"LEFT JOIN {_quoted(parent[0])} {alias} ON {equal}")
        selected = ",\n  ".join(columns)
        source = " ".join((f"{_quoted(self.name[name])} t", *joins))
        return f"CREATE VIEW {_quoted(view)} AS SELECT\n  {selected}\nFROM {source}"

    def _named_by(self, dataset: Dataset, column: Column) -> tuple[str, str, str] | None:
        """The table, key and naming column that a foreign key leads to, where they say more."""
        if column.name not in dataset.table.foreign_keys:
            return None
        parent, key = dataset.table.foreign_keys[column.name]
        names = self.columns.get(parent, {})
        title = next((each for each in _NAMES if each in names), key)
        # A measure's key is its name as printed.
        if key not in names or title == key or parent == "measures":
            return None
        return self.name[parent], names[key], names[title]


def _in_words(name: str, column: Column) -> str:
    """A column's value, a vocabulary's terms in words."""
    value = f"t.{_quoted(name)}"
    named = {term: label for term, label in column.labels.items() if term != label}
    if not named:
        return value
    cases = " ".join(f"WHEN {_text(term)} THEN {_text(label)}" for term, label in named.items())
    return f"CASE {value} {cases} ELSE {value} END"


def _unlike(names: Iterable[str]) -> list[str]:
    """The names, with a number where SQLite would take one for another: it ignores case."""
    unlike: list[str] = []
    taken: set[str] = set()
    for name in names:
        numbered = (f"{name}_{number}" for number in count(2))
        free = next(each for each in chain([name], numbered) if each.lower() not in taken)
        taken.add(free.lower())
        unlike.append(free)
    return unlike


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
