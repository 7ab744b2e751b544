"""Targets: a figure where there is one, a range the right way round, a date that exists."""

import re
from collections.abc import Iterator
from datetime import date

from generator.intake.problems import Problem
from generator.intake.rules.places import at
from generator.plan.model import Plan
from generator.plan.records import Record


def figures_by_kind(plan: Plan) -> Iterator[Problem]:
    """A quantitative target has comparator, value and measure; a qualitative one has none."""
    for target in plan.targets:
        for column in ("comparator", "value", "measure"):
            given = getattr(target, column) is not None
            title = plan.tables["targets"].column[column].title if _declared(plan, column) else ""
            if target.kind == "quantitative" and not given:
                yield at("target-without-value", plan, "targets", target, column, title=title)
            elif target.kind == "qualitative" and given:
                yield at("qualitative-with-value", plan, "targets", target, column, title=title)


def _declared(plan: Plan, column: str) -> bool:
    return column in plan.tables["targets"].column


def ranges(plan: Plan) -> Iterator[Problem]:
    """A range has two ends, the lower first; nothing else has an upper end."""
    for target in plan.targets:
        if target.comparator == "range" and target.value_max is None:
            yield at("range-without-end", plan, "targets", target, "value_max")
        elif target.value_max is not None and target.comparator != "range":
            yield at("end-without-range", plan, "targets", target, "value_max")
        else:
            yield from upwards(plan, "targets", target, ("value", "value_max"))


def upwards(plan: Plan, table: str, record: Record, ends: tuple[str, str]) -> Iterator[Problem]:
    """What is in the columns of a range runs from a lower to a higher end, if both are there."""
    low, high = (getattr(record, column) for column in ends)
    if low is None or high is None:
        return
    if high < low:
        yield at("range-backwards", plan, table, record, ends[1], other=low)
    elif high == low:
        yield at("range-without-width", plan, table, record, ends[1])


def due_dates(plan: Plan) -> Iterator[Problem]:
    """A date is on the calendar, and says where it comes from."""
    for table in ("targets", "tasks"):
        for record in getattr(plan, table):
            if record.due and not is_calendar_date(record.due):
                yield at("due-out-of-calendar", plan, table, record, "due")
    for target in plan.targets:
        if target.due and target.due_basis == "none":
            yield at("due-without-basis", plan, "targets", target, "due")
        elif not target.due and target.due_basis in {"printed", "carried"}:
            yield at("basis-without-due", plan, "targets", target, "due_basis")


def is_calendar_date(due: str) -> bool:
    """Whether a due date in the profile's form is a year or a day that exists."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", due):
        return True
    try:
        date.fromisoformat(due)
    except ValueError:
        return False
    return True
