"""Tables from a data package. The only module that knows Frictionless.

Each file is read once. Its header and the evenness of its rows are checked before Frictionless sees
them, under the declared names, so that one wrong comma or label does not hide everything else.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.intake.files import PackageFile, check_content, check_sums, read_file
from generator.intake.problems import Problem, problem
from generator.intake.profile import column, effective_schema, missing_columns
from generator.intake.references import ForeignKey, broken_references, declared_keys
from generator.intake.rows import CellReader, RowReader
from generator.intake.shapes import names
from generator.intake.sheet import Header, NotCsvError, ragged, read_header, split_rows
from generator.intake.tables import Tables
from generator.plan.model import Table
from generator.plan.records import RECORD_TYPES
from generator.plan.schemas import profile_schema

SOURCE_TEXT = "source_text"
"""The name of the resource that holds the official text."""

_STANDARD = "https://datapackage.org/profiles/2."
_SCHEMA_PROFILE = f"{_STANDARD}0/tableschema.json"
_ELSEWHERE = {"profile", "profiles", "extrapaths"}
_READ_BY = (
    "name",
    "type",
    "format",
    "constraints",
    "missingValues",
    "trueValues",
    "falseValues",
    "decimalChar",
    "groupChar",
    "bareNumber",
    "delimiter",
    "itemType",
    "arrayItem",
)
"""What of a field decides how a cell is read; the rest is for people."""

_GIVES_UP = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, re.error)
"""What Frictionless raises where a schema asks for the impossible, as a text for a minimum."""


class _ImpossibleSchemaError(ValueError):
    """A schema that is well-formed and cannot be used."""


def read_tables(descriptor: Mapping[str, Any], folder: Path, file: str) -> Tables:
    """Read and check every resource of a well-formed descriptor that lies in `folder`."""
    read = Tables()
    keys: dict[str, tuple[ForeignKey, ...]] = {}
    for resource in descriptor["resources"]:
        if "path" not in resource:
            continue
        found = read_file(folder, resource["path"], file)
        if isinstance(found, Problem):
            read.problems.append(found)
            continue
        read.problems += check_sums(resource, found)
        if _is_table(resource):
            keys[resource["name"]] = _read_table(resource, found, file, read)
        elif resource["name"] == SOURCE_TEXT:
            _read_text(found, read)
    read.problems += broken_references(read, keys)
    return read


def _is_table(resource: Mapping[str, Any]) -> bool:
    """Whether a resource is read as a table; others, such as a PDF of the plan, need only exist."""
    is_csv = str(resource.get("path")).endswith(".csv") and resource["name"] != SOURCE_TEXT
    return is_csv or resource["name"] in RECORD_TYPES


def _read_text(found: PackageFile, read: Tables) -> None:
    checked = check_content(found.path, found.content)
    if isinstance(checked, Problem):
        read.problems.append(checked)
    else:
        read.texts[SOURCE_TEXT] = checked.text


def _read_table(
    resource: Mapping[str, Any], found: PackageFile, file: str, read: Tables
) -> tuple[ForeignKey, ...]:
    """Read one table into `read`; return the keys by which it points to others."""
    name = resource["name"]
    sheet = _sheet(found, read)
    schema = effective_schema(resource, sheet[0] if sheet else ())
    if name in RECORD_TYPES:
        for missing in missing_columns(name, schema["fields"]):
            read.problems.append(problem("missing-column", file, value=missing, table=name))
    if sheet:
        try:
            _read_sheet(sheet, _table(resource, found, schema), schema, read)
        except _ImpossibleSchemaError as error:
            read.problems.append(problem("schema-error", file, value=name, reason=str(error)))
    return declared_keys(name, schema)


def _read_sheet(
    sheet: list[list[str]], table: Table, schema: Mapping[str, Any], read: Tables
) -> None:
    """Read a table's rows as far as its header allows."""
    columns = [each.name for each in table.columns]
    header = read_header(sheet[0], columns, table.path)
    read.problems += header.problems
    if header.is_readable:
        rows = tuple(_typed_rows(sheet[1:], header, table, schema, read))
        read.tables[table.name] = replace(table, rows=rows)
        read.lacking[table.name] = frozenset(columns) - header.places.keys()


def _sheet(found: PackageFile, read: Tables) -> list[list[str]]:
    """The rows of a file, the header first; empty where it cannot be cut into cells."""
    checked = check_content(found.path, found.content)
    if isinstance(checked, Problem):
        read.problems.append(checked)
        return []
    if found.has_mark:
        read.problems.append(problem("byte-order-mark", found.path, row=1))
    try:
        rows = split_rows(checked.text)
    except NotCsvError as error:
        read.problems.append(problem("source-error", found.path, row=error.row, reason=str(error)))
        return []
    if not rows:
        read.problems.append(problem("source-error", found.path, reason="文件是空的"))
    return rows


def _typed_rows(
    rows: list[list[str]], header: Header, table: Table, schema: Mapping[str, Any], read: Tables
) -> Iterator[Mapping[str, Any]]:
    """The rows that are not blank, read; what is wrong with them goes into `read`.

    Raises _ImpossibleSchemaError where Frictionless cannot use the schema.
    """
    reader = RowReader(table=table, readers=_readers(header, table, schema))
    for number, cells in enumerate(rows, start=2):
        if not any(cells):
            read.problems.append(problem("blank-row", table.path, row=number))
            continue
        even = [*cells, *[""] * header.width][: header.width]
        try:
            values, problems = reader.read(even, number)
        except _GIVES_UP as error:
            raise _ImpossibleSchemaError(str(error)) from error
        uneven = ragged(cells, header.width, number, table.path)
        if uneven:
            read.uneven.add((table.path, number))
        read.problems += [uneven] if uneven else problems
        yield values


def _readers(header: Header, table: Table, schema: Mapping[str, Any]) -> list[CellReader]:
    """A reader for every column that the file has."""
    from frictionless import FrictionlessException, Schema

    present = [each for each in schema["fields"] if each["name"] in header.places]
    fields = [{key: each[key] for key in _READ_BY if key in each} for each in present]
    missing = {key: schema[key] for key in ("missingValues",) if key in schema}
    try:
        parsed = Schema.from_descriptor({"$schema": _SCHEMA_PROFILE, "fields": fields, **missing})
        reads = [each.create_cell_reader() for each in parsed.fields]
    except FrictionlessException as error:
        reasons = "\uff1b".join(each.note for each in error.reasons or [error.error])
        raise _ImpossibleSchemaError(reasons) from error
    except _GIVES_UP as error:
        raise _ImpossibleSchemaError(str(error)) from error
    return [
        CellReader(
            column=table.column[each["name"]],
            place=header.places[each["name"]],
            read=read,
            constraints=each.get("constraints", {}),
            is_free=_is_formatted(each),
        )
        for each, read in zip(present, reads, strict=True)
    ]


def _is_formatted(field: Mapping[str, Any]) -> bool:
    """Whether a field declares that its numbers or dates are not written in the plain form."""
    own = {"decimalChar", "groupChar", "bareNumber"} & field.keys()
    return bool(own) or field.get("format", "default") != "default"


def _table(resource: Mapping[str, Any], found: PackageFile, schema: Mapping[str, Any]) -> Table:
    name = resource["name"]
    keys = declared_keys(name, schema)
    known = profile_schema(name) if name in RECORD_TYPES else {}
    return Table(
        name=name,
        title=resource.get("title") or known.get("title", name),
        description=resource.get("description") or known.get("description", ""),
        path=found.path,
        columns=tuple(column(each) for each in schema["fields"]),
        primary_key=names(schema.get("primaryKey")),
        foreign_keys={
            key.columns[0]: (key.reference, key.reference_columns[0])
            for key in keys
            if len(key.columns) == 1
        },
        content=found.content,
    )


def check_standard(descriptor: Mapping[str, Any], file: str) -> Iterator[Problem]:
    """What Frictionless finds wrong with a descriptor that passed our own checks.

    Nothing that a descriptor names is fetched or opened: what leads elsewhere is left out.
    """
    from frictionless import FrictionlessException, Package

    local = {key: value for key, value in descriptor.items() if key not in _ELSEWHERE}
    local["resources"] = [
        {key: value for key, value in resource.items() if key not in _ELSEWHERE}
        for resource in descriptor["resources"]
    ]
    if not str(local.get("$schema", "")).startswith(_STANDARD):
        local.pop("$schema", None)
    try:
        Package.from_descriptor(local)
    except FrictionlessException as error:
        for reason in error.reasons or [error.error]:
            yield problem("package-error", file, reason=reason.note)
    except _GIVES_UP as error:
        yield problem("package-error", file, reason=str(error))
