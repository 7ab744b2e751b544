"""The profile's schema laid under the schema that a package declares.

A package need not repeat the profile to be held to it: where both say something of a column, the
stricter of the two counts. Only a vocabulary may be the package's own.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from generator.intake.shapes import names
from generator.plan.model import Column
from generator.plan.records import RECORD_TYPES
from generator.plan.schemas import profile_schema

_STRICTER = {
    "required": max,
    "unique": max,
    "minLength": max,
    "maxLength": min,
    "minimum": max,
    "maximum": min,
}
_OF_ANY_TYPE = {"required", "unique", "enum"}
_OF_ITS_TYPE = {"constraints", "format", "decimalChar", "groupChar", "bareNumber"}


def effective_schema(resource: Mapping[str, Any], labels: Sequence[str]) -> dict[str, Any]:
    """The schema that a table is held to; `labels` are its header, where nothing is declared."""
    declared = resource.get("schema", {})
    if resource["name"] in RECORD_TYPES:
        return _merge_schema(profile_schema(resource["name"]), declared)
    undeclared = [{"name": name, "type": "string"} for name in dict.fromkeys(filter(None, labels))]
    return {**declared, "fields": declared.get("fields") or undeclared}


def _merge_schema(profile: Mapping[str, Any], declared: Mapping[str, Any]) -> dict[str, Any]:
    known = {each["name"]: each for each in profile["fields"]}
    fields = [
        _merge_field(known.get(each["name"], {}), each)
        for each in declared.get("fields") or profile["fields"]
    ]
    keys = [*declared.get("foreignKeys", [])]
    keyed = [names(key["fields"]) for key in keys]
    keys += [key for key in profile.get("foreignKeys", []) if names(key["fields"]) not in keyed]
    return {**declared, "fields": fields, "primaryKey": profile["primaryKey"], "foreignKeys": keys}


def _merge_field(profile: Mapping[str, Any], declared: Mapping[str, Any]) -> dict[str, Any]:
    kind = profile.get("type", declared.get("type", "any"))
    own = dict(declared)
    if profile and declared.get("type", kind) != kind:
        kept = declared.get("constraints", {})
        own = {key: value for key, value in own.items() if key not in _OF_ITS_TYPE}
        own["constraints"] = {key: kept[key] for key in kept if key in _OF_ANY_TYPE}
    constraints = _merge_constraints(
        profile.get("constraints", {}), own.get("constraints", {}), _terms(own)
    )
    return {**profile, **own, "type": kind, "constraints": constraints}


def _merge_constraints(
    profile: Mapping[str, Any], declared: Mapping[str, Any], terms: list[Any]
) -> dict[str, Any]:
    merged = {**declared, **profile}
    for name, stricter in _STRICTER.items():
        # A bound may be a text, of a column whose type the package left to the profile.
        if name in profile and isinstance(declared.get(name), (int, float)):
            merged[name] = stricter(profile[name], declared[name])
    patterns = dict.fromkeys(each["pattern"] for each in (profile, declared) if "pattern" in each)
    if len(patterns) > 1:
        first, second = patterns
        merged["pattern"] = f"(?={first}$){second}"
    if terms:
        merged["enum"] = terms
    return merged


def _terms(field: Mapping[str, Any]) -> list[Any]:
    """The vocabulary that a field declares: as an enum, or else as categories."""
    declared = field.get("constraints", {}).get("enum")
    return declared or [
        each["value"] if isinstance(each, dict) else each for each in field.get("categories", [])
    ]


def column(field: Mapping[str, Any]) -> Column:
    """A column as the rest of the code knows it; every term of its vocabulary has a label."""
    constraints = field.get("constraints", {})
    named = {
        str(each["value"]): each.get("label", str(each["value"]))
        for each in field.get("categories", [])
        if isinstance(each, dict)
    }
    return Column(
        name=field["name"],
        title=field.get("title") or field["name"],
        description=field.get("description", ""),
        type=field.get("type", "any"),
        required=bool(constraints.get("required")),
        unit=str(field.get("unit") or ""),
        unit_column=str(field.get("unitColumn") or ""),
        labels={term: named.get(term, term) for term in map(str, _terms(field))},
    )


def missing_columns(table: str, fields: Sequence[Mapping[str, Any]]) -> list[str]:
    """Columns that the profile requires of one of its tables and the package does not declare."""
    declared = {each["name"] for each in fields}
    required = [
        each["name"]
        for each in profile_schema(table)["fields"]
        if each.get("constraints", {}).get("required")
    ]
    return [name for name in required if name not in declared]
