"""From typed rows to records, and from records to a plan.

Cells that were found wrong come as None; a record made of them is never published, but it lets the
rules look at everything else, so that an editor sees all problems at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache
from types import MappingProxyType
from typing import Any

from generator.intake.descriptor import about
from generator.intake.tables import ROW, Tables
from generator.plan.model import Plan, Table
from generator.plan.records import RECORD_TYPES, Record

_LISTS = {("units", "aliases"), ("ambiguities", "records")}
"""Columns that hold several values, separated by semicolons."""


def assemble(descriptor: Mapping[str, Any], read: Tables) -> Plan:
    """The plan that the tables make; tables that were not read are empty."""
    records = {
        name: records_of(read.tables[name]) if name in read.tables else () for name in RECORD_TYPES
    }
    records["sections"] = tuple(sorted(records["sections"], key=lambda each: each.position or 0))
    return Plan(
        about=about(descriptor),
        tables=read.tables,
        source_text=read.texts.get("source_text"),
        descriptor=descriptor,
        **records,
    )


def records_of(table: Table) -> tuple[Any, ...]:
    """One record a row, in the order of the file."""
    kind = RECORD_TYPES[table.name]
    return tuple(_record(kind, table.name, cells) for cells in table.rows)


def _record(kind: type[Record], table: str, cells: Mapping[str, Any]) -> Record:
    known = _column_names(table)
    values = {name: cells.get(name) for name in known}
    for name in known:
        if (table, name) in _LISTS:
            values[name] = split_list(values[name])
    extras = {name: cell for name, cell in cells.items() if name not in known and name != ROW}
    return kind(row=cells[ROW], extras=MappingProxyType(extras), **values)


@cache
def _column_names(table: str) -> tuple[str, ...]:
    declared = fields(RECORD_TYPES[table])
    return tuple(each.name for each in declared if each.name not in {"row", "extras"})


def split_list(cell: str | None) -> tuple[str, ...]:
    """The values of a cell that holds several, separated by semicolons of either width."""
    parts: Iterable[str] = (cell or "").replace("\uff1b", ";").split(";")
    return tuple(part.strip() for part in parts if part.strip())
