"""What was read of a package: its tables, its texts, and what was found wrong on the way."""

from dataclasses import dataclass, field

from generator.intake.problems import Problem
from generator.plan.model import Table

ROW = "#row"
"""Under this name a row of cells carries its number, as a spreadsheet counts."""


_FRAMES = {"section_id", "measure", "threshold_measure"}
"""Columns that say where, and in what, a record's figures are to be found."""


@dataclass
class Tables:
    """What was read: tables by name, the texts of other resources, and every problem met.

    `lacking` names the declared columns that a table's file does not have; `uneven` are rows, by
    file, whose cells may stand under the wrong columns.
    """

    tables: dict[str, Table] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lacking: dict[str, frozenset[str]] = field(default_factory=dict)
    uneven: set[tuple[str, int | None]] = field(default_factory=set)

    def whole(self) -> set[str]:
        """Tables whose file has every declared column."""
        return {name for name in self.tables if not self.lacking[name]}

    def without_echoes(self, found: list[Problem]) -> list[Problem]:
        """Those of the problems that rules found which are no mere consequence of earlier ones.

        A cell that holds no number is not also missing; nothing is said of an uneven row's cells;
        a figure is not looked for in words that belong to a measure or a section that is not there.
        """
        told = {(each.file, each.row, each.column) for each in self.problems}
        absent = {
            (table.path, table.column[name].title)
            for key, table in self.tables.items()
            for name in self.lacking[key]
        }
        frames = {
            (table.path, table.column[name].title)
            for table in self.tables.values()
            for name in _FRAMES & table.column.keys()
        }
        adrift = {(file, row) for file, row, column in told if (file, column) in frames}
        return [
            each
            for each in found
            if (each.file, each.row, each.column) not in told
            and not (each.code == "figure-not-in-evidence" and (each.file, each.row) in adrift)
            and (each.file, each.column) not in absent
            and (each.file, each.row) not in self.uneven
        ]
