"""What two descriptors declare differently: of the package, of a table, of a column."""

from collections.abc import Iterator, Mapping
from typing import Any

from generator.history.changes import PACKAGE, Change, kind_of
from generator.history.snapshot import Sheet, Snapshot

_DERIVED = {"bytes", "hash"}
"""Properties that follow from a file's content, which is compared itself."""


def package_changes(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    """Changes of what the descriptor says of the package as a whole."""
    before, after = _of_package(old.descriptor), _of_package(new.descriptor)
    for name in {**after, **before}:
        was, now = before.get(name), after.get(name)
        if was != now:
            yield Change(
                table=PACKAGE, change=kind_of(was, now), key=None, column=name, old=was, new=now
            )


def table_changes(old: Sheet, new: Sheet) -> Iterator[Change]:
    """Changes of a table's own properties, and of its columns and their vocabularies."""
    yield from _properties(new.name, None, _of_table(old), _of_table(new))
    for name, field in old.columns.items():
        if name not in new.columns:
            yield _column(new.name, "removed", name, field)
    for name, field in new.columns.items():
        if name not in old.columns:
            yield _column(new.name, "added", name, field)
        else:
            yield from _column_changes(new.name, name, old.columns[name], field)
    before = [name for name in old.columns if name in new.columns]
    after = [name for name in new.columns if name in old.columns]
    yield from _properties(new.name, None, {"schema.fields": before}, {"schema.fields": after})


def vocabulary(field: Mapping[str, Any]) -> dict[str, str] | None:
    """The terms that a column may hold, with their labels; None where it may hold anything."""
    named = {}
    for each in field.get("categories", []):
        value = str(each.get("value")) if isinstance(each, dict) else str(each)
        label = each.get("label") if isinstance(each, dict) else None
        named[value] = str(label) if label else value
    listed = field.get("constraints", {}).get("enum")
    terms = [str(each) for each in listed] if isinstance(listed, list) else list(named)
    return {term: named.get(term, term) for term in terms} or None


def _column_changes(
    table: str, name: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    before, after = vocabulary(old), vocabulary(new)
    told, tells = _of_column(old), _of_column(new)
    if before is None or after is None:
        told["constraints.enum"] = before and list(before)
        tells["constraints.enum"] = after and list(after)
    yield from _properties(table, name, told, tells)
    if before is None or after is None:
        return
    for term in {**after, **before}:
        was, now = _term(term, before), _term(term, after)
        if was != now:
            kind = kind_of(was, now)
            yield Change(table=table, change=kind, key=None, column=name, old=was, new=now)


def _term(term: str, terms: Mapping[str, str]) -> dict[str, str] | None:
    return {"value": term, "label": terms[term]} if term in terms else None


def _properties(
    table: str, column: str | None, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    for name in {**new, **old}:
        was, now = old.get(name), new.get(name)
        if was != now:
            yield Change(
                table=table,
                change="changed",
                key=None,
                column=column,
                old={name: was},
                new={name: now},
            )


def _column(table: str, change: Any, name: str, field: Mapping[str, Any]) -> Change:
    old, new = (field, None) if change == "removed" else (None, field)
    return Change(table=table, change=change, key=None, column=name, old=old, new=new)


def _of_package(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    """Properties of the package; those of objects, such as `plan`, each for itself."""
    told = {}
    for name, value in descriptor.items():
        if isinstance(value, dict):
            told.update({f"{name}.{inner}": each for inner, each in value.items()})
        elif name != "resources":
            told[name] = value
    return told


def _of_table(sheet: Sheet) -> dict[str, Any]:
    left_out = {"name", "schema", "$schema", *_DERIVED}
    told = {name: value for name, value in sheet.declared.items() if name not in left_out}
    for name, value in sheet.declared.get("schema", {}).items():
        if name not in {"fields", "$schema"}:
            told[f"schema.{name}"] = (
                [value] if name == "primaryKey" and isinstance(value, str) else value
            )
    return told


def _of_column(field: Mapping[str, Any]) -> dict[str, Any]:
    told = {
        name: value
        for name, value in field.items()
        if name not in {"name", "constraints", "categories"}
    }
    for name, value in field.get("constraints", {}).items():
        if name != "enum" and value is not False:
            told[f"constraints.{name}"] = value
    return told
