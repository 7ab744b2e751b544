"""The descriptor as it is published: every file with its size and sum, joined tables too."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from generator.plan.model import Column, Plan
from generator.publication.downloads.datasets import Dataset

_SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
_PACKAGE_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


@dataclass(frozen=True)
class Listed:
    """A file that the descriptor names; `name` is what it is called beside the descriptor."""

    name: str
    media_type: str
    content: bytes

    def as_json(self, folder: str = "") -> dict[str, Any]:
        """Where it lies, what it is, how large, and its sum."""
        return {
            "path": f"{folder}{self.name}",
            "format": self.name.rpartition(".")[2],
            "mediatype": self.media_type,
            "bytes": len(self.content),
            "hash": f"sha256:{sha256(self.content).hexdigest()}",
        }


Resource = dict[str, Any]


def descriptor(
    plan: Plan, homepage: str, resources: Iterable[Resource], others: Iterable[Listed] = ()
) -> bytes:
    """datapackage.json: the package's own, with what is published.

    `homepage` counts where the package names none; `others` are files of the whole package.
    """
    kept = {key: value for key, value in plan.descriptor.items() if key != "resources"}
    said = {"$schema": _PACKAGE_PROFILE, "homepage": homepage, **kept}
    said["resources"] = list(resources)
    said |= _alternates(others)
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def table_resource(
    plan: Plan, dataset: Dataset, files: Sequence[Listed], folder: str = ""
) -> Resource:
    """A table whose files, the CSV first, lie in `folder`, as seen from the descriptor."""
    main, *others = files
    return {
        **_resource(_declared(plan, dataset.table.name), dataset),
        **main.as_json(folder),
        "encoding": "utf-8",
        **_alternates(others, folder),
    }


def text_resource(plan: Plan, name: str, file: Listed, folder: str = "") -> Resource:
    """A resource that is no table, as the official text."""
    return {**_declared(plan, name), "name": name, **file.as_json(folder)}


def _declared(plan: Plan, name: str) -> Mapping[str, Any]:
    """What the package's own descriptor says of a resource; nothing of one that is made here."""
    resources: Iterable[Mapping[str, Any]] = plan.descriptor.get("resources", ())
    return next((each for each in resources if each["name"] == name), {})


def _alternates(files: Iterable[Listed], folder: str = "") -> dict[str, Any]:
    listed = [file.as_json(folder) for file in files]
    return {"alternates": listed} if listed else {}


def _resource(declared: Mapping[str, Any], dataset: Dataset) -> dict[str, Any]:
    """A table's resource: as the package declares it, its name that of its file."""
    table = dataset.table
    schema = declared.get("schema", {})
    fields = {each["name"]: each for each in schema.get("fields", ())}
    made = {
        "$schema": _SCHEMA_PROFILE,
        "primaryKey": list(table.primary_key),
        "foreignKeys": _foreign_keys(dataset),
        **schema,
        "fields": [{**_field(column), **fields.get(column.name, {})} for column in dataset.columns],
    }
    kept = {key: value for key, value in declared.items() if key not in {"schema", "bytes", "hash"}}
    return {
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "type": "table",
        **kept,
        "schema": {key: value for key, value in made.items() if value},
    }


def _field(column: Column) -> dict[str, Any]:
    said = {
        "name": column.name,
        "title": column.title,
        "description": column.description,
        "type": column.type,
        "unit": column.unit,
        "unitColumn": column.unit_column,
    }
    return {key: value for key, value in said.items() if value}


def _foreign_keys(dataset: Dataset) -> list[dict[str, Any]]:
    name = dataset.table.name
    return [
        {
            "fields": [column],
            "reference": {**({} if parent == name else {"resource": parent}), "fields": [key]},
        }
        for column, (parent, key) in dataset.table.foreign_keys.items()
    ]
