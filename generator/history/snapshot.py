"""A package as it is compared: the text of its cells, whatever rules they may break."""

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from generator.history.sources import Source
from generator.intake.descriptor import parse_descriptor
from generator.intake.files import PackageFile, check_content
from generator.intake.problems import PackageRefused, Problem, problem
from generator.intake.shapes import names
from generator.intake.sheet import NotCsvError, split_rows
from generator.plan.records import RECORD_TYPES
from generator.plan.schemas import profile_schema

Row = Mapping[str, str | None]
Keyed = Mapping[str, Row]

# With one of these the tables of the package cannot be told apart; others leave them readable.
_FATAL = {"resource-error", "schema-error", "duplicate-resource"}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table: what the descriptor declares of it, and its rows as text, None for an empty cell.

    `columns` are those of the file's header, by name, each with its declaration; `declared` is the
    resource as the descriptor has it, `profile` the schema that the profile gives such a table.
    """

    name: str
    declared: Mapping[str, Any]
    profile: Mapping[str, Any]
    columns: Mapping[str, Mapping[str, Any]]
    rows: tuple[Row, ...] = field(repr=False)

    @cached_property
    def schema(self) -> Mapping[str, Any]:
        """The declared schema, completed from the profile."""
        return {**self.profile, **self.declared.get("schema", {})}

    @cached_property
    def primary_key(self) -> tuple[str, ...]:
        """The key's columns; none where the file lacks one of them."""
        key = names(self.schema.get("primaryKey"))
        return key if set(key) <= set(self.columns) else ()

    @cached_property
    def foreign_keys(self) -> Mapping[str, tuple[str, str]]:
        """Columns that point to one column of a table: (table, column)."""
        keys = [*self.profile.get("foreignKeys", []), *self.schema.get("foreignKeys", [])]
        found = {}
        for each in keys:
            here, there = names(each.get("fields")), names(each["reference"].get("fields"))
            if len(here) == len(there) == 1:
                found[here[0]] = (each["reference"].get("resource") or self.name, there[0])
        return found

    @cached_property
    def by_key(self) -> Keyed:
        """Rows by the text of their primary key."""
        return keyed(self.rows, self.primary_key)


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """One version of a package; `texts` are digests of its other resources by name."""

    descriptor: Mapping[str, Any]
    sheets: Mapping[str, Sheet]
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def version(self) -> str:
        """The version that the descriptor states, or an empty string."""
        return str(self.descriptor.get("version") or "")


EMPTY = Snapshot(descriptor=MappingProxyType({}), sheets=MappingProxyType({}))
"""What there was before the first version."""


def keyed(rows: Sequence[Row], key: Sequence[str]) -> dict[str, Row]:
    """Rows by their key's text, by all their cells where there is no key.

    The second row of the same key goes under `key#2`: a double entry is shown, not lost.
    """
    seen: Counter[str] = Counter()
    found: dict[str, Row] = {}
    for row in rows:
        text = key_text([row.get(column) or "" for column in key or row])
        seen[text] += 1
        found[text if seen[text] == 1 else f"{text}#{seen[text]}"] = row
    return found


def key_text(parts: Sequence[str]) -> str:
    """A key as one text: itself, or a line of CSV where it has several parts."""
    if len(parts) == 1:
        return parts[0]
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(parts)
    return line.getvalue()


Parse = Callable[[str, bytes], Sheet]
"""What makes a table of its resource, as JSON, and its file; see `parse_sheet`."""


def read_snapshot(source: Source, parse: Parse | None = None) -> Snapshot:
    """Read one side. Raises PackageRefused where its tables cannot be read.

    `parse` may be a caching `parse_sheet`, for many versions of the same tables.
    """
    declared, problems = parse_descriptor(source.descriptor, source.file)
    if declared is None or not _is_whole(declared, source.descriptor):
        raise PackageRefused([each for each in problems if _is_fatal(each)] or problems)
    sheets: dict[str, Sheet] = {}
    texts: dict[str, str] = {}
    refused: list[Problem] = []
    for resource in declared["resources"]:
        name = resource["name"]
        found = source.read(resource.get("path"))
        if isinstance(found, PackageFile) and not _is_table(name, found):
            texts[name] = hashlib.sha256(found.content).hexdigest()
            continue
        sheet = _sheet(resource, found, parse or parse_sheet)
        if isinstance(sheet, Problem):
            refused.append(sheet)
        else:
            sheets[name] = sheet
    if refused:
        raise PackageRefused(refused)
    return Snapshot(descriptor=declared, sheets=sheets, texts=texts)


def _is_whole(declared: Mapping[str, Any], content: bytes) -> bool:
    """Whether every resource of the descriptor is sound: a table left out is none removed."""
    written = json.loads(content.decode("utf-8-sig")).get("resources")
    return bool(declared["resources"]) and len(declared["resources"]) == len(written)


def _is_fatal(each: Problem) -> bool:
    return each.code in _FATAL or each.value == "resources"


def _is_table(name: str, found: PackageFile) -> bool:
    return name in RECORD_TYPES or found.path.endswith(".csv")


def _sheet(
    resource: Mapping[str, Any], found: PackageFile | Problem, parse: Parse
) -> Sheet | Problem:
    """A table, if its file can be cut into cells; a byte-order mark does not hinder that."""
    checked = found if isinstance(found, Problem) else check_content(found.path, found.content)
    if isinstance(checked, Problem):
        return checked
    try:
        return parse(json.dumps(resource), checked.content)
    except NotCsvError as error:
        return problem("source-error", checked.path, row=error.row, reason=str(error))


def parse_sheet(resource: str, content: bytes) -> Sheet:
    """A table from its resource, as JSON, and its file. Raises NotCsvError where that is no CSV."""
    declared: dict[str, Any] = json.loads(resource)
    name = declared["name"]
    profile = profile_schema(name) if name in RECORD_TYPES else {}
    fields = {
        each["name"]: each
        for each in declared.get("schema", {}).get("fields") or profile.get("fields", [])
    }
    header, *lines = split_rows(PackageFile("", content).text) or [[]]
    labels = header or list(fields)
    return Sheet(
        name=name,
        declared=declared,
        profile=profile,
        columns={column: fields.get(column, {"name": column}) for column in labels},
        rows=tuple(_row(labels, line) for line in lines if line),
    )


def _row(labels: Sequence[str], line: Sequence[str]) -> Row:
    """Cells by column; those beyond the header under the number of their column."""
    beyond = [f"#{number}" for number in range(len(labels) + 1, len(line) + 1)]
    cells = dict(zip([*labels, *beyond], line, strict=False))
    return {column: cells.get(column) or None for column in [*labels, *beyond]}
