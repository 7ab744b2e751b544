"""A plan: what its descriptor says of it, its tables, and its records linked to each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from generator.plan.coverage import Coverage
from generator.plan.records import (
    Ambiguity,
    Assignment,
    Measure,
    NotCarried,
    Observation,
    Reading,
    Record,
    Redirect,
    Section,
    Synonym,
    Target,
    Task,
    Term,
    Tier,
    Unit,
)

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column as the package declares it; `labels` name the terms of a vocabulary.

    `unit` is what its numbers count, CNY for yuan; where that differs from row to row it is empty
    and `unit_column` names the column that says it.
    """

    name: str
    title: str
    description: str
    type: str
    required: bool = False
    unit: str = ""
    unit_column: str = ""
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of the package.

    `path` is relative to the descriptor; `content` is the file as it is, byte for byte; `rows` are
    its typed cells by column name; `foreign_keys` maps a column to (table, column).
    """

    name: str
    title: str
    description: str
    path: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()
    foreign_keys: Mapping[str, tuple[str, str]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    rows: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    content: bytes = field(default=b"", repr=False)

    @cached_property
    def column(self) -> Mapping[str, Column]:
        """Columns by name."""
        return {column.name: column for column in self.columns}

    def label(self, column: str, term: str | None) -> str:
        """The reader's word for a vocabulary term, or the term itself."""
        if term is None:
            return ""
        declared = self.column.get(column)
        return declared.labels.get(term, term) if declared else term


@dataclass(frozen=True, kw_only=True)
class About:
    """What the descriptor says of the package and of the plan; dates as written there."""

    name: str
    title: str
    description: str
    version: str
    created: str
    language: str
    jurisdiction: str
    issuer: str
    issued: str
    period_start: str
    period_end: str
    document_number: str = ""
    published: str = ""
    homepage: str = ""
    keywords: tuple[str, ...] = ()
    licenses: tuple[Mapping[str, Any], ...] = ()
    sources: tuple[Mapping[str, Any], ...] = ()
    contributors: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One plan, its records in the order of their tables, sections in the order of the document."""

    about: About
    tables: Mapping[str, Table]
    sections: tuple[Section, ...]
    units: tuple[Unit, ...]
    assignments: tuple[Assignment, ...]
    tasks: tuple[Task, ...]
    targets: tuple[Target, ...]
    measures: tuple[Measure, ...]
    subsidy_terms: tuple[Term, ...]
    subsidy_tiers: tuple[Tier, ...] = ()
    readings: tuple[Reading, ...] = ()
    ambiguities: tuple[Ambiguity, ...] = ()
    synonyms: tuple[Synonym, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    not_carried: tuple[NotCarried, ...] = ()
    observations: tuple[Observation, ...] = ()
    source_text: str | None = field(default=None, repr=False)
    audit: tuple[Coverage, ...] = ()
    """What the last audit counted; empty if there was none, or the tables changed since."""
    descriptor: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}), repr=False)

    @cached_property
    def section(self) -> Mapping[str, Section]:
        """Sections by id."""
        return {section.section_id: section for section in self.sections}

    @cached_property
    def unit(self) -> Mapping[str, Unit]:
        """Units by id."""
        return {unit.unit_id: unit for unit in self.units}

    @cached_property
    def measure(self) -> Mapping[str, Measure]:
        """Measures by name."""
        return {measure.measure: measure for measure in self.measures}

    @cached_property
    def children(self) -> Mapping[str | None, tuple[Section, ...]]:
        """Sections by the id of the section above them; None for the parts."""
        return group_by(self.sections, "parent_id")

    @cached_property
    def tiers(self) -> Mapping[str, tuple[Tier, ...]]:
        """Tiers by term, the first tier first."""
        ordered = sorted(self.subsidy_tiers, key=lambda tier: tier.tier or 0)
        return group_by(ordered, "term_id")

    @cached_property
    def units_listed(self) -> Mapping[str, tuple[Unit, ...]]:
        """Units by section, in the order printed in that section's own list."""
        ordered = sorted(self.assignments, key=lambda assignment: assignment.position)
        return {
            section_id: tuple(self.unit[assignment.unit_id] for assignment in group)
            for section_id, group in group_by(ordered, "section_id").items()
        }

    def path(self, section_id: str) -> tuple[Section, ...]:
        """The sections from the part down to this one."""
        path: list[Section] = []
        above: str | None = section_id
        while above is not None:
            path.append(self.section[above])
            above = path[-1].parent_id
        return tuple(reversed(path))

    def units_of(self, section_id: str) -> tuple[Unit, ...]:
        """The units that answer for a section: its own list, or the nearest one above it."""
        for section in reversed(self.path(section_id)):
            if section.section_id in self.units_listed:
                return self.units_listed[section.section_id]
        return ()

    def below(self, section_id: str) -> tuple[Section, ...]:
        """This section and all under it, in the order of the document."""
        children = self.children.get(section_id, ())
        nested = (section for child in children for section in self.below(child.section_id))
        return (self.section[section_id], *nested)


def group_by(records: Iterable[R], key: str) -> Mapping[Any, tuple[R, ...]]:
    """Records by the value of one of their fields, in the order in which they come."""
    groups: dict[Any, list[R]] = {}
    for record in records:
        groups.setdefault(getattr(record, key), []).append(record)
    return {value: tuple(group) for value, group in groups.items()}
