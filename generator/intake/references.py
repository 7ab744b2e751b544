"""Foreign keys: what a row points to is there.

Frictionless checks them too, but reads the table pointed to again for every key and, where that
one cannot be read whole, blames every row that points to it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.intake.assemble import split_list
from generator.intake.problems import Problem, Suggester, problem
from generator.intake.shapes import names
from generator.intake.tables import ROW, Tables
from generator.plan.model import Table


@dataclass(frozen=True, kw_only=True)
class ForeignKey:
    """Columns of a table whose cells together stand in those columns of another."""

    columns: tuple[str, ...]
    reference: str
    reference_columns: tuple[str, ...]


def declared_keys(table: str, schema: Mapping[str, Any]) -> tuple[ForeignKey, ...]:
    """The foreign keys of a schema whose shape was found sound."""
    return tuple(
        ForeignKey(
            columns=names(key["fields"]),
            reference=key["reference"].get("resource") or table,
            reference_columns=names(key["reference"]["fields"]),
        )
        for key in schema.get("foreignKeys", [])
    )


def broken_references(
    read: Tables, keys: Mapping[str, tuple[ForeignKey, ...]]
) -> Iterator[Problem]:
    """Rows that point to nothing, as far as the tables that they point to could be read."""
    for name, table in read.tables.items():
        for key in keys[name]:
            target = read.tables.get(key.reference)
            there = target.column.keys() - read.lacking[key.reference] if target else set()
            if target and there >= {*key.reference_columns}:
                yield from _broken(table, key, target)


def _broken(table: Table, key: ForeignKey, target: Table) -> Iterator[Problem]:
    known = {_cells(row, key.reference_columns) for row in target.rows}
    suggest = Suggester(_spoken_names(target, key.reference_columns[0]))
    titles = "、".join(table.column[name].title for name in key.columns)
    for row in table.rows:
        cells = _cells(row, key.columns)
        if cells in known or set(cells) == {None}:
            continue
        value = "、".join(str(cell) for cell in cells)
        yield problem(
            "foreign-key",
            table.path,
            row=row[ROW],
            column=titles,
            value=value,
            reference=target.title,
            suggestion=suggest(value) if len(cells) == 1 else "",
        )


def _cells(row: Mapping[str, Any], columns: tuple[str, ...]) -> tuple[Any, ...]:
    cells = (row.get(name) for name in columns)
    return tuple(str(cell) if isinstance(cell, (dict, list)) else cell for cell in cells)


def _spoken_names(table: Table, column: str) -> dict[str, str]:
    """What an editor may write for a record, and what should stand there: its id."""
    known: dict[str, str] = {}
    for row in table.rows:
        if row.get(column) is not None:
            key = str(row[column])
            spoken = (row.get("name"), row.get("title"), *split_list(_text(row.get("aliases"))))
            known[key] = key
            for name in spoken:
                known.setdefault(str(name), key)
    known.pop("None", None)
    return known


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) else None
