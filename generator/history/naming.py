"""What readers call a table, a column, a row, a cell: read from the descriptor, for any plan.

Of the profile it knows two conventions: `_yuan` and `_pct` columns are money and per cent, and
a number is counted in the unit that its row's measure column names.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from generator.history.declarations import vocabulary
from generator.history.snapshot import Row, Sheet, Snapshot
from generator.intake.problems import shorten
from generator.plan.numerals import print_number

FIGURE = "value"
"""The column of the figure that a record is about, in every table of the profile that has one."""

_CAPTIONS = ("title", "name", "indicator")
"""Columns that name a row, where a table has one."""

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_LONGEST = 60
_SLUG = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True)
class Names:
    """The names of everything in one version of a package."""

    snapshot: Snapshot
    _captions: dict[str, tuple[str | None, Counter[str | None]]] = field(default_factory=dict)

    def table(self, name: str) -> str:
        """The title of a table or another resource; its name where it has none."""
        sheet = self.snapshot.sheets.get(name)
        if sheet is not None:
            return _line(sheet.declared.get("title") or sheet.schema.get("title") or name)
        resources = self.snapshot.descriptor.get("resources", [])
        return _line(next((r.get("title") or name for r in resources if r["name"] == name), name))

    def column(self, table: str, column: str) -> str:
        """The title of a column, or its name."""
        return _line(self._field(self.snapshot.sheets[table], column).get("title") or column)

    def row(self, table: str, row: Row) -> str:
        """What names a row: its title and the like, its key where it has none.

        A key of several columns is told part by part, each by what it points to. Where two rows of
        a table have one name, the key stands after it.
        """
        return _line(self._row(self.snapshot.sheets[table], row))

    def _row(self, sheet: Sheet, row: Row) -> str:
        caption, count = self._caption(sheet)
        name = row.get(caption) if caption else None
        key = [row.get(column) or "" for column in sheet.primary_key]
        if name and len(key) < 2:
            return name if count[name] < 2 or not key else f"{name}\uff08{key[0]}\uff09"
        parts = (self._pointed(sheet, column, row.get(column)) for column in sheet.primary_key)
        return " · ".join(filter(None, parts)) or next((cell for cell in row.values() if cell), "")

    def cell(self, table: str, row: Row, column: str) -> str | None:
        """A cell as readers say it: 120 万户, 500 万元, a term's label; None where it is empty."""
        sheet, text = self.snapshot.sheets[table], row.get(column)
        if text is None:
            return None
        declared = self._field(sheet, column)
        if declared.get("type") in {"number", "integer"} and _NUMBER.fullmatch(text):
            return self._quantity(sheet, row, column, text)
        if declared.get("type") == "boolean" and text in {"true", "false"}:
            return {"true": "“是”", "false": "“否”"}[text]
        label = (vocabulary(declared) or {}).get(text, text)
        pointed = self._pointed(sheet, column, label)
        return f"「{pointed}」" if pointed != label else f"“{label}”"

    def _quantity(self, sheet: Sheet, row: Row, column: str, text: str) -> str:
        if column.endswith("_yuan"):
            money = print_number(Decimal(text)) + "元"
            return re.sub(r"(?<=\d)(?=[^\d.])", " ", money, count=1)
        unit = "%" if column.endswith("_pct") else self._measure(sheet, row, column)
        return f"{text} {unit}" if unit[:1].isalnum() else text + unit

    def _measure(self, sheet: Sheet, row: Row, column: str) -> str:
        """The unit of a number: from its row's measure column, or from the row it belongs to."""
        for each, (table, _) in sheet.foreign_keys.items():
            if table == "measures" and column.startswith(each.removesuffix("measure") or FIGURE):
                return row.get(each) or ""
        if column == FIGURE:
            above = (self._aim(sheet, each, row.get(each)) for each in sheet.foreign_keys)
            return next((str(found["measure"]) for found in above if found.get("measure")), "")
        return ""

    def _pointed(self, sheet: Sheet, column: str, text: str | None) -> str:
        """The name of the row that a cell points to, where the cell is an id; else the cell."""
        if not text or not _SLUG.fullmatch(text) or column not in sheet.foreign_keys:
            return text or ""
        aim = self.snapshot.sheets.get(sheet.foreign_keys[column][0])
        caption = self._caption(aim)[0] if aim else None
        return self._aim(sheet, column, text).get(caption or "") or text

    def _aim(self, sheet: Sheet, column: str, text: str | None) -> Row:
        """The row that a cell points to by its key; an empty one where there is none."""
        table, there = sheet.foreign_keys[column]
        aim = self.snapshot.sheets.get(table)
        if aim is None or text is None or aim.primary_key != (there,):
            return {}
        return aim.by_key.get(text, {})

    def _field(self, sheet: Sheet, column: str) -> Mapping[str, Any]:
        """The column's declaration, completed from the profile."""
        profile = (each for each in sheet.profile.get("fields", []) if each["name"] == column)
        return {**next(profile, {}), **sheet.columns.get(column, {})}

    def _caption(self, sheet: Sheet) -> tuple[str | None, Counter[str | None]]:
        """The column that names a row, one of the usual or the first free text; and its names."""
        if sheet.name not in self._captions:
            free = (
                name
                for name in sheet.columns
                if name not in {*sheet.primary_key, *sheet.foreign_keys}
                and self._field(sheet, name).get("type", "string") == "string"
                and vocabulary(self._field(sheet, name)) is None
            )
            usual = (name for name in _CAPTIONS if name in sheet.columns)
            caption = next(usual, None) or next(free, None)
            names = Counter(row.get(caption) for row in sheet.rows) if caption else Counter()
            self._captions[sheet.name] = caption, names
        return self._captions[sheet.name]


def _line(text: object) -> str:
    """A name as it goes into a sentence: on one line, invisible characters spelt out."""
    return shorten(str(text), _LONGEST)
