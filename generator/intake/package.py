"""Tables from a data package. The only module that knows Frictionless.

Each resource is read once: its rows and what Frictionless finds wrong with them come from the same
pass. The profile's schema is laid under the schema that the descriptor declares, so that a package
need not repeat the profile's constraints to be held to them.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from generator.intake.files import PackageFile, read_file
from generator.intake.findings import Known, header_problems, row_problems
from generator.intake.problems import Problem, problem
from generator.plan.model import Column, Table
from generator.plan.records import RECORD_TYPES
from generator.plan.schemas import profile_schema

_RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"

ROW = "#row"
"""Under this name a row of cells carries its number, as a spreadsheet counts."""


@dataclass
class Tables:
    """What was read: tables by name, the texts of other resources, and every problem met."""

    tables: dict[str, Table] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_tables(descriptor: Mapping[str, Any], folder: Path, file: str) -> Tables:
    """Read and check every resource of a well-formed descriptor that lies in `folder`."""
    read = Tables()
    usable: list[tuple[dict[str, Any], PackageFile]] = []
    for resource in descriptor["resources"]:
        found = read_file(folder, resource.get("path"), file)
        if isinstance(found, Problem):
            read.problems.append(found)
        elif _is_table(resource):
            usable.append((resource, found))
        else:
            read.texts[resource["name"]] = found.content.decode("utf-8")
    _read_with_frictionless(usable, folder, file, read)
    return read


def _is_table(resource: Mapping[str, Any]) -> bool:
    return resource.get("name") in RECORD_TYPES or str(resource.get("path", "")).endswith(".csv")


def _read_with_frictionless(
    usable: list[tuple[dict[str, Any], PackageFile]], folder: Path, file: str, read: Tables
) -> None:
    from frictionless import FrictionlessException, Package, Resource

    found = {resource["name"]: content for resource, content in usable}
    schemas: dict[str, Mapping[str, Any]] = {}
    package = Package(basepath=str(folder))
    for resource, _ in usable:
        effective = _effective(resource)
        schemas[resource["name"]] = effective["schema"]
        read.problems.extend(_missing_columns(effective, file))
        try:
            package.add_resource(Resource.from_descriptor(effective, basepath=str(folder)))
        except FrictionlessException as error:
            read.problems.extend(_metadata_problems(error, resource["name"], file))
    for each in package.resources:
        each.schema.foreign_keys = [
            key
            for key in each.schema.foreign_keys
            if key["reference"].get("resource", "") in {"", *package.resource_names}
        ]
    known = _known_values(found)
    for each in package.resources:
        name = str(each.name)
        _read_resource(each, _table(name, found[name], schemas[name], each), known, read)


def _effective(resource: Mapping[str, Any]) -> dict[str, Any]:
    """The resource as it is read: UTF-8, commas, and the profile's schema under its own."""
    schema = resource.get("schema", {"fields": []})
    if resource["name"] in RECORD_TYPES:
        schema = _merge_schema(profile_schema(resource["name"]), schema)
    dialect = resource.get("dialect") or {"csv": {"delimiter": ","}}
    kept = {key: value for key, value in resource.items() if key not in ("schema", "dialect")}
    return {
        **kept,
        "$schema": _RESOURCE_PROFILE,
        "type": "table",
        "format": "csv",
        "encoding": "utf-8",
        "dialect": dialect,
        "schema": schema,
    }


def _merge_schema(profile: Mapping[str, Any], declared: Mapping[str, Any]) -> dict[str, Any]:
    known = {each["name"]: each for each in profile["fields"]}
    fields = [
        _merge_field(known.get(each["name"], {}), each)
        for each in declared.get("fields") or profile["fields"]
    ]
    keys = [*declared.get("foreignKeys", [])]
    keyed = [_key_fields(key) for key in keys]
    keys += [key for key in profile.get("foreignKeys", []) if _key_fields(key) not in keyed]
    return {**declared, "fields": fields, "primaryKey": profile["primaryKey"], "foreignKeys": keys}


def _key_fields(key: Mapping[str, Any]) -> list[str]:
    fields = key.get("fields", [])
    return [fields] if isinstance(fields, str) else list(fields)


def _merge_field(profile: Mapping[str, Any], declared: Mapping[str, Any]) -> dict[str, Any]:
    """The declared field held to the profile; only a vocabulary may be the package's own."""
    constraints = {**declared.get("constraints", {}), **profile.get("constraints", {})}
    own = declared.get("constraints", {}).get("enum") or [
        each["value"] for each in declared.get("categories", []) if isinstance(each, dict)
    ]
    if own:
        constraints["enum"] = own
    kind = profile.get("type", declared.get("type", "any"))
    return {**profile, **declared, "type": kind, "constraints": constraints}


def _missing_columns(effective: Mapping[str, Any], file: str) -> Iterator[Problem]:
    if effective["name"] not in RECORD_TYPES:
        return
    declared = {each["name"] for each in effective["schema"]["fields"]}
    for each in profile_schema(effective["name"])["fields"]:
        if each.get("constraints", {}).get("required") and each["name"] not in declared:
            yield problem(
                "missing-column", file, value=each["name"], table=effective["name"]
            )


def _metadata_problems(error: Any, name: str, file: str) -> Iterator[Problem]:
    for reason in error.reasons or [error.error]:
        in_schema = reason.type in {"schema-error", "field-error"}
        kind = "schema-error" if in_schema else "resource-error"
        yield problem(kind, file, value=name, reason=reason.note)


def _read_resource(resource: Any, table: Table, known: Known, read: Tables) -> None:
    from frictionless import FrictionlessException

    rows: list[dict[str, Any]] = []
    try:
        with resource:
            header = list(header_problems(resource.header.errors, table))
            if not header:
                for row in resource.row_stream:
                    read.problems.extend(row_problems(row, table, known))
                    rows.append({**row.to_dict(), ROW: row.row_number})
    except FrictionlessException as error:
        kind = "resource-error" if error.error.type == "resource-error" else "source-error"
        read.problems.append(problem(kind, table.path, value=table.name, reason=error.error.note))
        return
    read.problems.extend(header)
    if not header:
        read.tables[table.name] = replace(table, rows=tuple(rows))


def _table(name: str, found: PackageFile, schema: Mapping[str, Any], resource: Any) -> Table:
    keys = (key for key in schema.get("foreignKeys", []) if len(_key_fields(key)) == 1)
    return Table(
        name=name,
        title=resource.title or schema.get("title", name),
        description=resource.description or schema.get("description", ""),
        path=found.path,
        columns=tuple(_column(each) for each in schema["fields"]),
        primary_key=tuple(resource.schema.primary_key),
        foreign_keys={
            _key_fields(key)[0]: (
                key["reference"].get("resource") or name,
                _key_fields(key["reference"])[0],
            )
            for key in keys
        },
        content=found.content,
    )


def _column(declared: Mapping[str, Any]) -> Column:
    constraints = declared.get("constraints", {})
    terms = {term: term for term in constraints.get("enum", [])}
    named = {
        each["value"]: each.get("label", each["value"])
        for each in declared.get("categories", [])
        if isinstance(each, dict)
    }
    return Column(
        name=declared["name"],
        title=declared.get("title", declared["name"]),
        description=declared.get("description", ""),
        type=declared.get("type", "any"),
        required=bool(constraints.get("required")),
        labels={**terms, **named},
    )


def _known_values(found: Mapping[str, PackageFile]) -> Known:
    """Look values up in the raw files: a table that comes later may be what a key points to."""

    @cache
    def values(table: str, column: str) -> frozenset[str]:
        lines = found[table].content.decode("utf-8").splitlines()
        return frozenset(row.get(column) or "" for row in csv.DictReader(lines))

    return values
