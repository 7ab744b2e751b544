"""Rows of text to rows of values: what each cell says, and that no key or unique cell stands twice.

How the text of a cell is read is Frictionless's business; `package.py` hands the readers over.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.intake.findings import cell_problems, is_plain, odd_cell
from generator.intake.problems import Problem, problem
from generator.intake.tables import ROW
from generator.plan.model import Column, Table

Values = dict[str, Any]
"""A row's values by column, None for an empty or unreadable cell; under ROW its number."""


@dataclass(frozen=True, kw_only=True)
class CellReader:
    """How the cells of one column are read.

    `read` gives the value and, by the name of a constraint or under "type", what is wrong with it.
    `place` is the cell's place in a row. Numbers and dates must be plainly written unless the
    column `is_free`, its declaration asking for another form.
    """

    column: Column
    place: int
    read: Callable[[str], tuple[Any, Mapping[str, str] | None]]
    constraints: Mapping[str, Any]
    is_free: bool


@dataclass(kw_only=True)
class RowReader:
    """Reads the rows of a table, each with what is wrong with it."""

    table: Table
    readers: Sequence[CellReader]
    _rows: dict[tuple[str, ...], dict[tuple[Any, ...], int]] = field(default_factory=dict)
    """Rows by the cells that must not stand twice, by the columns that they are in."""

    def read(self, cells: Sequence[str], number: int) -> tuple[Values, list[Problem]]:
        """Values and problems of an even row that is not blank."""
        values: Values = {**dict.fromkeys(self.table.column), ROW: number}
        problems: list[Problem] = []
        for reader in self.readers:
            cell = cells[reader.place]
            value, notes = reader.read(cell)
            if notes:
                where = (self.table.path, number)
                problems += cell_problems(where, reader.column, cell, notes, reader.constraints)
            elif value is not None and not reader.is_free and not is_plain(reader.column, cell):
                problems.append(odd_cell((self.table.path, number), reader.column, cell))
                value = None
            values[reader.column.name] = value
        problems += self._doubles(values, number)
        return values, problems

    def _doubles(self, values: Values, number: int) -> Iterator[Problem]:
        key = self.table.primary_key
        read = {reader.column.name for reader in self.readers}
        if key and read.issuperset(key):
            yield from self._key_problems(key, values, number)
        for reader in self.readers:
            name = reader.column.name
            # An id that stands twice is told of once.
            if reader.constraints.get("unique") and (name,) != key:
                other = self._seen((name,), values, number)
                if other:
                    yield self._double("unique-error", (name,), values, number, other)

    def _key_problems(self, key: tuple[str, ...], values: Values, number: int) -> Iterator[Problem]:
        """A key that stands twice; one with nothing in it, where no column says it is required."""
        if any(values[name] is not None for name in key):
            other = self._seen(key, values, number)
            if other:
                yield self._double("primary-key", key, values, number, other)
        elif not any(self.table.column[name].required for name in key):
            meaning = "\uff1a每一行都要有自己的编号"
            titles = self._titles(key)
            yield problem("required", self.table.path, row=number, column=titles, meaning=meaning)

    def _seen(self, names: tuple[str, ...], values: Values, number: int) -> int | None:
        """The row in which the same cells stood last; None for the first time."""
        cells = tuple(_hashable(values[name]) for name in names)
        if set(cells) == {None}:
            return None
        rows = self._rows.setdefault(names, {})
        other = rows.get(cells)
        rows[cells] = number
        return other

    def _double(
        self, code: str, names: tuple[str, ...], values: Values, number: int, other: int
    ) -> Problem:
        value = "、".join(str(values[name]) for name in names if values[name] is not None)
        titles = self._titles(names)
        return problem(code, self.table.path, row=number, column=titles, value=value, other=other)

    def _titles(self, names: tuple[str, ...]) -> str:
        return "、".join(self.table.column[name].title for name in names)


def _hashable(value: object) -> object:
    return str(value) if isinstance(value, (dict, list)) else value
