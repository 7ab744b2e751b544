"""How well the rules guard the figures: every typed figure with one digit wrong, and who notices.

A slip is one digit of one typed cell replaced by another, all nine in turn. It is caught if the
rules find a problem that was not there before. Only what a figure can touch is checked again, its
record, the records of the same section and the tiers of the same term, so that a whole package is
measured within a second; whatever the rules say of these they also say in `planpub validate`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

from generator.intake.problems import Problem
from generator.intake.rules import PLAN_RULES, ROW_RULES
from generator.plan.model import Plan, group_by
from generator.plan.records import TABLES, Term

FIGURES: Mapping[str, tuple[str, ...]] = {
    "targets": ("value", "value_max", "due"),
    "tasks": ("due",),
    "subsidy_terms": (
        "rate_pct",
        "cap_yuan",
        "amount_yuan",
        "amount_max_yuan",
        "starts",
        "duration",
    ),
    "subsidy_tiers": (
        "threshold_min",
        "threshold_max",
        "growth_min_pct",
        "rate_pct",
        "amount_yuan",
        "cap_yuan",
    ),
}
"""Typed figures by table."""


@dataclass(frozen=True, kw_only=True)
class Slip:
    """One cell with one digit wrong: where it is, what it says, and what it would say."""

    table: str
    row: int
    record_id: str
    column: str
    title: str
    value: str
    wrong: str
    evidence: str


@dataclass(frozen=True, kw_only=True)
class Slips:
    """How many typed figures there are and were tried, the slips made, and those not noticed."""

    typed: int
    tried: int
    made: int
    uncaught: tuple[Slip, ...]

    @property
    def caught(self) -> int:
        """How many slips the rules caught."""
        return self.made - len(self.uncaught)

    @property
    def share(self) -> float:
        """The share of the slips that the rules caught, 1 where there were none to make."""
        return self.caught / self.made if self.made else 1.0


def measure_slips(plan: Plan, most: int | None = None) -> Slips:
    """Make every slip of one digit in the typed figures of a plan, and see what the rules say.

    Of more than `most` figures that many are taken, evenly spread over the tables.
    """
    surroundings = _Surroundings(plan)
    typed = list(figures(plan))
    chosen = typed if most is None else typed[:: max(1, -(-len(typed) // most))]
    made = 0
    uncaught: list[Slip] = []
    for table, record, column in chosen:
        near = surroundings.of(table, record, column)
        before = frozenset(_problems(near))
        for wrong in wrong_digits(cell_text(getattr(record, column))):
            made += 1
            changed = _with_slip(near, table, record, column, wrong)
            if changed and all(each in before for each in _problems(changed)):
                uncaught.append(_slip(plan, table, record, column, wrong))
    return Slips(typed=len(typed), tried=len(chosen), made=made, uncaught=tuple(uncaught))


def _problems(plan: Plan) -> Iterator[Problem]:
    """What the rules find, one by one: a slip is caught with the first."""
    return (found for rule in (*ROW_RULES, *PLAN_RULES) for found in rule(plan))


def figures(plan: Plan) -> Iterator[tuple[str, Any, str]]:
    """Every typed figure of a plan: its table, its record, its column."""
    for table, columns in FIGURES.items():
        for record in getattr(plan, table):
            for column in columns:
                if getattr(record, column) is not None:
                    yield table, record, column


def cell_text(value: object) -> str:
    """A typed figure as its cell has it."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def wrong_digits(text: str) -> Iterator[str]:
    """Every text that differs from this one in a single digit."""
    for at, char in enumerate(text):
        if char.isdecimal():
            for digit in "0123456789":
                if digit != char:
                    yield f"{text[:at]}{digit}{text[at + 1 :]}"


def _with_slip(near: Plan, table: str, record: Any, column: str, wrong: str) -> Plan | None:
    """The plan with one cell wrong; None where the schema refuses it, being no date."""
    value = getattr(record, column)
    try:
        slipped = date.fromisoformat(wrong) if isinstance(value, date) else type(value)(wrong)
    except ValueError:
        return None
    changed = replace(record, **{column: slipped})
    records = tuple(changed if each is record else each for each in getattr(near, table))
    swapped: dict[str, Any] = {table: records}
    return replace(near, **swapped)


def _slip(plan: Plan, table: str, record: Any, column: str, wrong: str) -> Slip:
    terms = {term.term_id: term for term in plan.subsidy_terms}
    key = next(name for name in ("target_id", "task_id", "term_id") if hasattr(record, name))
    record_id = getattr(record, key)
    declared = plan.tables[table].column.get(column)
    return Slip(
        table=table,
        row=record.row,
        record_id=f"{record_id}/{record.tier}" if table == "subsidy_tiers" else record_id,
        column=column,
        title=declared.title if declared else column,
        value=cell_text(getattr(record, column)),
        wrong=wrong,
        evidence=record.evidence or terms[record_id].evidence,
    )


class _Surroundings:
    """What of a plan the rules look at together with one figure."""

    def __init__(self, plan: Plan) -> None:
        tables = [name for name in FIGURES if name in plan.tables]
        empty: dict[str, Any] = dict.fromkeys(TABLES, ())
        self._plan = replace(
            plan,
            **empty,
            tables={name: replace(plan.tables[name], rows=()) for name in tables},
            source_text=None,
        )
        self._tiers = plan.tiers
        self._targets = group_by(plan.targets, "section_id")
        self._tasks = group_by(plan.tasks, "section_id")
        self._readings = group_by(plan.readings, "section_id")
        self._clauses: dict[tuple[str, str], list[Term]] = {}
        for term in plan.subsidy_terms:
            self._clauses.setdefault((term.section_id, term.evidence), []).append(term)
        self._terms = {term.term_id: term for term in plan.subsidy_terms}

    def of(self, table: str, record: Any, column: str) -> Plan:
        """A plan of the record and what stands around it: a date may be carried from beside it."""
        owner = self._terms[record.term_id] if table == "subsidy_tiers" else record
        near: dict[str, Any] = {"readings": self._readings.get(owner.section_id, ())}
        if column == "due":
            near["targets"] = self._targets.get(owner.section_id, ())
            near["tasks"] = self._tasks.get(owner.section_id, ())
        elif table == "targets":
            near["targets"] = (record,)
        else:
            terms = self._clauses[owner.section_id, owner.evidence]
            tiers = (self._tiers.get(term.term_id, ()) for term in terms)
            near["subsidy_terms"] = tuple(terms)
            near["subsidy_tiers"] = tuple(chain.from_iterable(tiers))
        return replace(self._plan, **near)
