"""The records of a plan, one frozen type a table.

Owns what the rows of the profile's tables mean to the rest of the code; knows nothing of files.
A record's `row` is the row that a spreadsheet shows (the header is row 1), `extras` are the columns
that the package declares beyond the profile.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

TABLES = (
    "sections",
    "units",
    "assignments",
    "tasks",
    "targets",
    "measures",
    "subsidy_terms",
    "subsidy_tiers",
    "readings",
    "ambiguities",
    "synonyms",
    "redirects",
    "not_carried",
    "observations",
)
"""The tables that the profile gives a meaning, in the order in which they are listed."""

REQUIRED_TABLES = frozenset(
    {"sections", "units", "assignments", "tasks", "targets", "measures", "subsidy_terms"}
)


@dataclass(frozen=True, kw_only=True)
class Record:
    """What every row of every table has."""

    row: int
    extras: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, kw_only=True)
class Section(Record):
    """A heading of the document, or a paragraph that lists units of its own."""

    section_id: str
    parent_id: str | None = None
    kind: str
    number: str | None = None
    title: str
    position: int
    summary: str | None = None


@dataclass(frozen=True, kw_only=True)
class Unit(Record):
    """A body that the plan makes responsible."""

    unit_id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str

    @property
    def names(self) -> tuple[str, ...]:
        """The full name, then its aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, kw_only=True)
class Assignment(Record):
    """One unit named in one list of responsible units; the order claims no lead."""

    section_id: str
    unit_id: str
    position: int
    printed: str


@dataclass(frozen=True, kw_only=True)
class Task(Record):
    """One concrete action that the plan orders."""

    task_id: str
    section_id: str
    title: str
    summary: str | None = None
    due: str | None = None
    theme: str
    evidence: str


@dataclass(frozen=True, kw_only=True)
class Measure(Record):
    """A unit of measure; a value times `factor` is in `base_unit`."""

    measure: str
    title: str
    quantity: str
    base_unit: str
    factor: Decimal


@dataclass(frozen=True, kw_only=True)
class Target(Record):
    """A goal that can be checked later; `value` is as printed, in `measure`."""

    target_id: str
    section_id: str
    indicator: str
    kind: str
    comparator: str | None = None
    value: Decimal | None = None
    value_max: Decimal | None = None
    measure: str | None = None
    recurrence: str
    due: str | None = None
    due_basis: str
    hedge: str | None = None
    scope: str | None = None
    reading: str
    evidence: str
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Tier(Record):
    """One step of a term; thresholds in `threshold_measure`, money in yuan, rates in per cent.

    `threshold_of` says what the thresholds are about: a word of `basis`, or revenue,
    revenue-growth, area, people, other. Without `min_excluded` and `max_excluded` an end belongs to
    its tier, save where the next tier begins at it. `growth_min_pct` is the growth on the year
    before that is asked for besides, `first_time` whether a threshold that was reached before no
    longer counts.
    """

    term_id: str
    tier: int
    condition: str
    threshold_min: Decimal | None = None
    threshold_max: Decimal | None = None
    threshold_measure: str | None = None
    rate_pct: Decimal | None = None
    amount_yuan: int | None = None
    cap_yuan: int | None = None
    evidence: str | None = None
    threshold_of: str | None = None
    min_excluded: bool | None = None
    max_excluded: bool | None = None
    growth_min_pct: Decimal | None = None
    first_time: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Term(Record):
    """One distinct benefit; money in yuan, rates in per cent."""

    term_id: str
    section_id: str
    title: str
    beneficiary: str
    beneficiary_kind: str
    eligibility: str
    instrument: str
    payer_level: str
    basis: str | None = None
    rate_kind: str | None = None
    rate_pct: Decimal | None = None
    cap_yuan: int | None = None
    amount_yuan: int | None = None
    amount_max_yuan: int | None = None
    per: str | None = None
    frequency: str
    duration: str | None = None
    starts: date | None = None
    certainty: str
    tiers_apply: str | None = None
    quantified: bool
    reading: str
    evidence: str
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Reading(Record):
    """A place where the published text is damaged or in doubt, and how it was read."""

    reading_id: str
    section_id: str
    printed: str
    reading: str
    confidence: str
    affects: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Ambiguity(Record):
    """A question that an intact text leaves open; `records` are ids of terms, targets or tasks."""

    ambiguity_id: str
    section_id: str
    question: str
    readings: str
    matters: str | None = None
    records: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Synonym(Record):
    """A word that people say, and the plan's word for it."""

    term: str
    means: str
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Redirect(Record):
    """An id that was published once, and the one that took its place."""

    table: str
    old_id: str
    new_id: str


@dataclass(frozen=True, kw_only=True)
class NotCarried(Record):
    """A figure of the text that no record carries, and why (see `planpub audit`)."""

    locator: str
    printed: str
    why: str
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Observation(Record):
    """What was reached in a period, in the target's own measure."""

    target_id: str
    period: str
    value: Decimal
    source: str
    source_date: date | None = None


RECORD_TYPES: Mapping[str, type[Record]] = MappingProxyType(
    {
        "sections": Section,
        "units": Unit,
        "assignments": Assignment,
        "tasks": Task,
        "targets": Target,
        "measures": Measure,
        "subsidy_terms": Term,
        "subsidy_tiers": Tier,
        "readings": Reading,
        "ambiguities": Ambiguity,
        "synonyms": Synonym,
        "redirects": Redirect,
        "not_carried": NotCarried,
        "observations": Observation,
    }
)
