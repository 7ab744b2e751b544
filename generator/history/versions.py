"""The version step that changes call for, by the Data Package Version recipe.

https://datapackage.org/recipes/data-package-version/: major where something incompatible changed
(names, fields, types, tighter constraints, data that other tables refer to), minor where data came
in or a constraint was loosened, patch for corrections and descriptive metadata.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from generator.history.changes import Change
from generator.history.compare import Comparison
from generator.history.identifiers import Id, published_tables
from generator.history.snapshot import Snapshot

Level = Literal["major", "minor", "patch"]
Judged = tuple[Level, str] | None
"""A step and its reason's code, or that a change calls for none."""

_LEVELS: tuple[Level, ...] = ("major", "minor", "patch")
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")

_NAMES = {"name", "id"}
_READING = {  # a reader who parses as before reads something else, or nothing
    "type",
    "format",
    "encoding",
    "dialect",
    "decimalChar",
    "groupChar",
    "bareNumber",
    "trueValues",
    "falseValues",
    "missingValues",
    "schema.missingValues",
    "schema.primaryKey",
}
_REFERENCES = {"schema.foreignKeys"}
_NO_STEP = {"version", "path"}
_LOOSER_WHEN_GREATER = {"maximum", "exclusiveMaximum", "maxLength"}
_LOOSER_WHEN_LESS = {"minimum", "exclusiveMinimum", "minLength"}


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a step is due: a code (see wording.toml) and the table that it is about."""

    level: Level
    code: str
    table: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """The step that a comparison calls for, and every reason for one of that size."""

    level: Level
    reasons: tuple[Reason, ...]


def required_step(comparison: Comparison) -> Step | None:
    """The largest step that any change calls for; None where none does."""
    found = dict.fromkeys(_reasons(comparison))
    level = next((each for each in _LEVELS if any(r.level == each for r in found)), None)
    if level is None:
        return None
    return Step(level=level, reasons=tuple(r for r in found if r.level == level))


def least_version(old: str, level: Level) -> str:
    """The lowest version that takes a step from `old`; 1.0.0 where that is no version.

    Before 1.0.0 nothing is promised yet (Semantic Versioning, 4): a minor step does for a major
    one. A pre-release promises nothing either (9): the release that it announces will do.
    """
    match = _VERSION.fullmatch(old)
    if match is None:
        return "1.0.0"
    major, minor, patch = map(int, match.group(1, 2, 3))
    if match[4]:
        return f"{major}.{minor}.{patch}"
    if level == "major" and major > 0:
        return f"{major + 1}.0.0"
    return f"{major}.{minor}.{patch + 1}" if level == "patch" else f"{major}.{minor + 1}.0"


def is_taken(comparison: Comparison, step: Step) -> bool:
    """Whether the new descriptor's version took at least that step from the old one's."""
    new = _VERSION.fullmatch(comparison.new.version)
    least = _VERSION.fullmatch(least_version(comparison.old.version, step.level))
    if new is None or least is None or comparison.new.version == comparison.old.version:
        return False
    return _numbers(new) >= _numbers(least)


def is_version(text: str) -> bool:
    """Whether a text is a semantic version."""
    return _VERSION.fullmatch(text) is not None


def _numbers(match: re.Match[str]) -> tuple[int, ...]:
    return tuple(map(int, match.group(1, 2, 3)))


def _reasons(comparison: Comparison) -> Iterator[Reason]:
    referenced = _referenced(comparison.old)
    for change in comparison.changes:
        if change.key is None:
            judged = _of_declaration(change)
        elif change.column is None:
            judged = _of_row(change, referenced)
        else:
            judged = _of_cell(change, comparison, referenced)
        if judged is not None:
            yield Reason(level=judged[0], code=judged[1], table=change.table)


def _of_declaration(change: Change) -> Judged:
    match change.subject:
        case "package":
            return _of_property(str(change.column), change.old, change.new, _NAMES)
        case "table":
            return _of_table(change)
        case "column":
            return "major", f"column-{change.change}"
        case "term":
            return _of_term(change)
    ((name, new),) = change.new.items()
    return _of_property(name, change.old[name], new, _READING)


def _of_table(change: Change) -> Judged:
    if change.change == "added":
        return "minor", "table-added"
    if change.change == "removed":
        return "major", "table-removed"
    if "sha256" in change.new:
        return "patch", "text-changed"
    ((name, new),) = change.new.items()
    if name == "schema.fields":
        return "major", "columns-reordered"
    return _of_property(name, change.old[name], new, _READING)


def _of_property(name: str, old: Any, new: Any, incompatible: set[str]) -> Judged:
    if name in _NO_STEP:
        return None
    if name.startswith("constraints."):
        looser = _is_looser(name.removeprefix("constraints."), old, new)
        return ("minor", "constraint-looser") if looser else ("major", "constraint-tighter")
    if name in incompatible:
        return "major", "name-changed" if name in _NAMES else "reading-changed"
    return ("minor", "reference-changed") if name in _REFERENCES else ("patch", "metadata-changed")


def _is_looser(name: str, old: Any, new: Any) -> bool:
    """Whether every value that the old constraint allowed still is; False where that is unclear."""
    if new is None:
        return True
    if not isinstance(old, (int, float)) or not isinstance(new, (int, float)):
        return False
    return (name in _LOOSER_WHEN_GREATER and new > old) or (name in _LOOSER_WHEN_LESS and new < old)


def _of_term(change: Change) -> tuple[Level, str]:
    if change.change == "added":
        return "minor", "term-added"
    return ("major", "term-removed") if change.change == "removed" else ("patch", "term-labelled")


def _of_row(change: Change, referenced: set[Id]) -> Judged:
    if change.change == "added":
        return "minor", "row-added"
    if (change.table, change.key) in referenced:
        return "major", "referenced-row-removed"
    if change.table in published_tables():
        return "major", "record-removed"
    return "patch", "row-removed"


def _of_cell(change: Change, comparison: Comparison, referenced: set[Id]) -> Judged:
    was = (change.table, str(change.key))
    if comparison.renamed.get(was) != change.new or change.old != change.key:
        return "patch", "cell-changed"
    return ("major", "referenced-row-renamed") if was in referenced else ("minor", "row-renamed")


def _referenced(snapshot: Snapshot) -> set[Id]:
    """Rows of tables with a key of one column that another table's cells point to."""
    found: set[Id] = set()
    for name, sheet in snapshot.sheets.items():
        for column, (table, there) in sheet.foreign_keys.items():
            aim = snapshot.sheets.get(table)
            if table != name and aim is not None and aim.primary_key == (there,):
                found |= {(table, cell) for row in sheet.rows if (cell := row.get(column))}
    return found
