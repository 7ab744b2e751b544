"""How good a plan's data is, in numbers that a build can print and nobody types.

Three things: what is missing from the rows, how many wrong digits the rules would catch, and what
the last audit against the official text counted.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from generator.intake.slips import Slips, measure_slips
from generator.plan.coverage import Coverage
from generator.plan.model import Plan

_MOST = 200
"""How many typed figures are tried at most: a build cannot wait for ten thousand."""


@dataclass(frozen=True, kw_only=True)
class Rows:
    """How many rows a table has, and how many of them lack a number, a date, a responsible unit.

    None where rows of the table have no such thing; of sections only the innermost count.
    """

    table: str
    title: str
    rows: int
    without_number: int | None = None
    without_date: int | None = None
    without_unit: int | None = None


@dataclass(frozen=True, kw_only=True)
class Quality:
    """The numbers; `audit` is empty if there was none, or the tables changed since."""

    tables: tuple[Rows, ...]
    slips: Slips
    audit: tuple[Coverage, ...]


def quality(plan: Plan, most: int | None = _MOST) -> Quality:
    """Measure a plan that was accepted; slips in at most that many figures, evenly spread."""
    return Quality(
        tables=tuple(_rows(plan, name) for name in plan.tables),
        slips=measure_slips(plan, most),
        audit=plan.audit,
    )


def _rows(plan: Plan, name: str) -> Rows:
    table = plan.tables[name]
    checks = _ABSENT.get(name, {})
    records: Iterable[Any] = getattr(plan, name, ())
    absent = {
        kind: sum(is_absent(plan, record) for record in records)
        for kind, is_absent in checks.items()
    }
    return Rows(table=name, title=table.title, rows=len(table.rows), **absent)


def _without(column: str) -> Callable[[Plan, Any], bool]:
    return lambda _, record: getattr(record, column) is None


def _no_figure(_: Plan, term: Any) -> bool:
    return not term.quantified


def _no_unit(plan: Plan, record: Any) -> bool:
    return not plan.units_of(record.section_id)


def _no_unit_below(plan: Plan, section: Any) -> bool:
    return section.section_id not in plan.children and _no_unit(plan, section)


_ABSENT: dict[str, dict[str, Callable[[Plan, Any], bool]]] = {
    "sections": {"without_unit": _no_unit_below},
    "tasks": {"without_date": _without("due"), "without_unit": _no_unit},
    "targets": {
        "without_number": _without("value"),
        "without_date": _without("due"),
        "without_unit": _no_unit,
    },
    "subsidy_terms": {
        "without_number": _no_figure,
        "without_date": _without("starts"),
        "without_unit": _no_unit,
    },
}
