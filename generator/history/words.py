"""Changes in words: what an editor did, told to readers. The wording is in wording.toml."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.history.changes import PACKAGE, Change
from generator.history.compare import Comparison
from generator.history.identifiers import published_tables
from generator.history.naming import FIGURE, Names
from generator.history.refusals import wording
from generator.history.snapshot import Row
from generator.intake.problems import shorten

_LONG = 60
_UNIT = re.compile(r"[(\uff08](元|%)[)\uff09]$")  # told with the figure itself
_CONTEXT = 12
_MANY = 20
"""From so many rows on, a table that stands by itself (synonyms) is told in one sentence."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """One sentence and the changes that it tells.

    `table` and `key` are the record's address now (its last one where it was removed); `key` is
    None where the sentence is about no single record.
    """

    text: str
    table: str
    key: str | None
    changes: tuple[Change, ...] = field(repr=False)


def words(comparison: Comparison) -> tuple[Said, ...]:
    """Every change of a comparison in sentences, those that are one to a reader told as one."""
    rows = Counter(
        (each.table, each.change) for each in comparison.changes if each.subject == "row"
    )
    crowds = frozenset(each for each, number in rows.items() if number >= _MANY)
    teller = _Teller(comparison, Names(comparison.old), Names(comparison.new), crowds)
    bundles: dict[tuple[Any, ...], list[Change]] = {}
    for number, change in enumerate(comparison.changes):
        bundles.setdefault(teller.bundle(change) or (number,), []).append(change)
    return tuple(map(teller.tell, bundles.values()))


def title_of(comparison: Comparison, table: str) -> str:
    """What readers call a table, or the package itself."""
    if table == PACKAGE:
        return wording()["words"]["package"]
    side = comparison.new if _has(comparison.new.descriptor, table) else comparison.old
    return Names(side).table(table)


def in_words(value: Any) -> str:
    """A value of a descriptor in words: texts in quotes, objects as JSON."""
    if value is None:
        return wording()["words"]["none"]
    if isinstance(value, bool):
        return wording()["words"]["true" if value else "false"]
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = "、".join(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"“{text}”"


def _has(descriptor: Any, name: str) -> bool:
    return any(each["name"] == name for each in descriptor.get("resources", []))


@dataclass(frozen=True)
class _Teller:
    comparison: Comparison
    old: Names
    new: Names
    crowds: frozenset[tuple[str, str]]
    """Tables and kinds of change with many rows."""

    def bundle(self, change: Change) -> tuple[Any, ...] | None:
        """What a change is told together with; None where it is told by itself."""
        if change.table == PACKAGE:
            return None if self.old.snapshot.descriptor else (PACKAGE,)
        before = self.old.snapshot.sheets.get(change.table)
        after = self.new.snapshot.sheets.get(change.table)
        if before is None or after is None:
            return (change.table,) if before or after else None
        if self._is_one_of_many(change):
            return (change.table, change.change, "many")
        column = change.column
        if column and (column in before.columns) != (column in after.columns):
            return (change.table, column)
        aim = after.foreign_keys.get(column or "", ("", ""))[0]
        followed = self.comparison.renamed.get((aim, str(change.old)))
        if change.subject == "cell" and followed is not None and followed == change.new:
            return (change.table, "", "following")
        return None

    def tell(self, changes: Sequence[Change]) -> Said:
        first = changes[0]
        match first.subject:
            case "package":
                text = self._package(first)
            case "table":
                text = self._table(first, len(changes) - 1)
            case "row" if self._is_one_of_many(first):
                text = self._rows(first, len(changes))
            case "row":
                text = self._row(first)
            case "cell" if self._follows(first):
                text = self._say("table", "following", first, count=f" {len(changes)} ")
            case "cell":
                text = self._cell(first)
            case _:
                text = self._declared(first, len(changes) - 1)
        told_alone = not self._follows(first) and not self._is_one_of_many(first)
        single = first.subject in {"row", "cell"} and told_alone
        pair = self.comparison.pairs.get(first.table)
        now = pair.moved.get(first.key or "", first.key) if pair else first.key
        return Said(
            text=text.strip(),
            table=first.table,
            key=now if single else None,
            changes=tuple(changes),
        )

    def _is_one_of_many(self, change: Change) -> bool:
        """Whether a row is one of many in a table that neither has pages nor points to any."""
        sheets = (self.old.snapshot.sheets, self.new.snapshot.sheets)
        stands_alone = change.table not in published_tables() and not any(
            sheet[change.table].foreign_keys for sheet in sheets if change.table in sheet
        )
        return (
            change.subject == "row"
            and stands_alone
            and (change.table, change.change) in self.crowds
        )

    def _follows(self, change: Change) -> bool:
        bundle = self.bundle(change)
        return bundle is not None and bundle[-1] == "following"

    def _package(self, change: Change) -> str:
        if not self.old.snapshot.descriptor:
            return wording()["package"]["first"]
        old, new = _both(in_words(change.old), in_words(change.new))
        name = _property(str(change.column))
        return wording()["package"][change.change].format(property=name, old=old, new=new)

    def _table(self, change: Change, rows: int) -> str:
        if change.change != "changed":
            kind = "text-" if "sha256" in (change.new or change.old) else ""
            return self._say("table", kind + change.change, change, rows=str(rows))
        if "sha256" in change.new:
            return self._say("table", "text-changed", change)
        ((name, value),) = change.new.items()
        if name == "schema.fields":
            titles = "、".join(self.new.column(change.table, each) for each in value)
            return self._say("table", "reordered", change, new=titles)
        old, new = _both(in_words(change.old[name]), in_words(value))
        return self._say("table", "changed", change, property=_property(name), old=old, new=new)

    def _declared(self, change: Change, cells: int) -> str:
        told = {"column": self._column(change)}
        if change.subject == "term":
            shown = change.new or change.old
            old, new = _both(
                *(in_words(each and each["label"]) for each in (change.old, change.new))
            )
            told |= {"value": shown["value"], "label": shown["label"], "old": old, "new": new}
            return self._say("term", change.change, change, **told)
        if change.subject == "column":
            text = self._say("column", change.change, change, **told)
            filled = wording()["column"]["filled"].format(count=f" {cells} ")
            return text + filled if cells and change.change == "added" else text
        ((name, value),) = change.new.items()
        old, new = _both(in_words(change.old[name]), in_words(value))
        told |= {"property": _property(name), "old": old, "new": new}
        return self._say("column", "changed", change, **told)

    def _rows(self, change: Change, number: int) -> str:
        names, row = (self.old, change.old) if change.new is None else (self.new, change.new)
        label = names.row(change.table, row)
        form = f"rows-{change.change}"
        return self._say("table", form, change, count=f" {number} ", label=label)

    def _row(self, change: Change) -> str:
        names, row = (self.old, change.old) if change.new is None else (self.new, change.new)
        record = self._record(names, change, row)
        return wording()["row"][change.change].format(table=record)

    def _cell(self, change: Change) -> str:
        table, key, column = change.table, str(change.key), str(change.column)
        pair = self.comparison.pairs[table]
        was, now = pair.old[key], pair.new[pair.moved.get(key, key)]
        old, new = self.old.cell(table, was, column), self.new.cell(table, now, column)
        if old == new:
            old, new = in_words(change.old), in_words(change.new)
        form = "changed" if change.old and change.new else "filled" if change.new else "emptied"
        about = "figure" if column == FIGURE else "cell"
        record = self._record(self.new, change, now)
        if key == change.old and self.comparison.renamed.get((table, key)) == change.new:
            about, form, old, new = "row", "renamed", key, change.new
        old, new = _both(old or "", new or "")
        title = _UNIT.sub("", self._column(change))
        told = {"table": record, "column": title, "old": old, "new": new}
        return wording()[about][form].format(**told)

    def _record(self, names: Names, change: Change, row: Row) -> str:
        form = wording()["words"]["record"]
        return form.format(table=names.table(change.table), label=names.row(change.table, row))

    def _column(self, change: Change) -> str:
        column = str(change.column)
        after = self.new.snapshot.sheets[change.table].columns
        return (self.new if column in after else self.old).column(change.table, column)

    def _say(self, section: str, form: str, change: Change, **told: str) -> str:
        title = title_of(self.comparison, change.table)
        return wording()[section][form].format(title=title, **told)


def _property(name: str) -> str:
    """What a property of the descriptor is called; itself in quotes where nobody named it."""
    return wording()["properties"].get(name, f" {name} ")


def _both(old: str, new: str) -> tuple[str, str]:
    """Two values side by side: invisible characters spelt out, long texts cut to the difference."""
    old, new = (shorten(each, len(each) * 8 + 1) for each in (old, new))
    if old[:1] == new[:1] == "“":
        cut = _differing(old[1:-1], new[1:-1])
        old, new = (f"“{each}”" for each in cut)
    return _spaced(old), _spaced(new)


def _differing(old: str, new: str) -> tuple[str, str]:
    if max(len(old), len(new)) <= _LONG:
        return old, new
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    rest = shorter - start
    tail = next((at for at in range(rest) if old[-at - 1] != new[-at - 1]), rest)
    return _cut(old, start, len(old) - tail), _cut(new, start, len(new) - tail)


def _cut(text: str, start: int, end: int) -> str:
    start, end = max(0, start - _CONTEXT), min(len(text), end + _CONTEXT)
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _spaced(text: str) -> str:
    """The text with the blanks that Chinese typography sets around figures and Latin letters."""
    before = " " if text[:1].isascii() and text else ""
    return before + text + (" " if text[-1:].isascii() and text else "")
