"""Which figures a record says: in its typed columns, or in words of its own.

The evidence does not count: that a figure stands in it is what is being asked.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import partial

from generator.plan.figures import (
    Figure,
    carries_measure,
    carries_percent,
    carries_yuan,
    print_figure,
    read_figures,
)
from generator.plan.numerals import unit_kind
from generator.plan.records import Reading, Record, Target, Task, Term, Tier

Checks = dict[str, Callable[[str], bool]]
"""By column: whether a text carries what the column says."""

_YUAN = ("cap_yuan", "amount_yuan", "amount_max_yuan")
_PARTS_OF_DURATION = {"Y": "年", "M": "个月", "W": "周", "D": "日"}
_WORDED: Mapping[type[Record], tuple[str, ...]] = {
    Target: ("indicator", "scope"),
    Task: ("title", "summary"),
    Term: ("title", "beneficiary", "eligibility"),
    Tier: ("condition",),
}
"""Columns in which a record says in our own words what is meant; a note says something about it."""


def typed_checks(record: Record) -> Checks:
    """For each typed figure of a record that is no date: whether a text prints it."""
    checks: Checks = {}
    if isinstance(record, Target):
        for column in ("value", "value_max"):
            value = getattr(record, column)
            if value is not None:
                checks[column] = partial(_in_measure, value=value, measure=record.measure)
    if isinstance(record, (Term, Tier)):
        checks |= _money_checks(record)
    if isinstance(record, Term) and record.duration:
        checks["duration"] = partial(_carries_duration, duration=record.duration)
    if isinstance(record, Tier):
        checks |= _threshold_checks(record)
    return checks


def _money_checks(record: Term | Tier) -> Checks:
    given = {column: getattr(record, column, None) for column in _YUAN}
    checks: Checks = {
        column: partial(carries_yuan, amount=amount)
        for column, amount in given.items()
        if amount is not None
    }
    if record.rate_pct is not None:
        checks["rate_pct"] = partial(carries_percent, percent=record.rate_pct)
    if isinstance(record, Tier) and record.growth_min_pct is not None:
        checks["growth_min_pct"] = partial(carries_percent, percent=record.growth_min_pct)
    return checks


def _carries_duration(text: str, *, duration: str) -> bool:
    return all(
        carries_measure(text, Decimal(count), unit) for count, unit in duration_parts(duration)
    )


def duration_parts(duration: str) -> list[tuple[str, str]]:
    """Count and unit of each part of an ISO 8601 duration: P3Y is [("3", "年")]."""
    parts = re.findall(r"(\d+)([YMWD])", duration)
    return [(count, _PARTS_OF_DURATION[letter]) for count, letter in parts]


def _threshold_checks(tier: Tier) -> Checks:
    given = {column: getattr(tier, column) for column in ("threshold_min", "threshold_max")}
    return {
        column: partial(_in_measure, value=value, measure=tier.threshold_measure)
        for column, value in given.items()
        if value is not None
    }


def _in_measure(text: str, *, value: Decimal, measure: str | None) -> bool:
    return carries_measure(text, value, measure or "")


def says(record: Record, figure: Figure) -> bool:
    """Whether a record says a figure, both ends of it where it is a range."""
    return all(_says(record, end, figure.unit) for end in {figure.low, figure.high})


def _says(record: Record, amount: Decimal, unit: str) -> bool:
    if _is_dated(record, amount, unit_kind(unit)[0]):
        return True
    printed = print_figure(Figure(amount, amount, unit))
    checks = typed_checks(record)
    checks.pop("duration", None)  # a duration of two parts is no one figure
    typed = any(carries(printed) for carries in checks.values())
    duration = duration_parts(getattr(record, "duration", None) or "")
    if typed or any(carries_measure(printed, Decimal(count), part) for count, part in duration):
        return True
    # A number in a task's title has a target of its own, or is none that can be checked.
    words = () if isinstance(record, Task) else own_words(record)
    return any(carries_measure(text, amount, unit) for text in words)


def own_words(record: Record) -> tuple[str, ...]:
    """What a record says in our own words: its title, condition, scope.

    The condition of a term that has tiers is said by the tiers: it may sum up one that is missing.
    """
    tiered = isinstance(record, Term) and record.tiers_apply
    columns = [each for each in _WORDED[type(record)] if not (tiered and each == "eligibility")]
    words = (getattr(record, column) for column in columns)
    return tuple(text for text in words if text)


def _is_dated(record: Record, amount: Decimal, kind: str) -> bool:
    """Whether an amount is the year, month or day of a record's date; in English these are bare."""
    due = getattr(record, "due", None) or getattr(record, "starts", None)
    parts = zip("年月日", str(due or "").split("-"), strict=False)
    return any(
        part.isdecimal() and amount == int(part) for word, part in parts if kind in {word, ""}
    )


def mended(evidence: str, readings: Iterable[Reading]) -> str:
    """Evidence with its damaged figures as the readings give them, empty if none are damaged."""
    whole = evidence
    for each in readings:
        if each.printed and each.reading and is_about_figures(each):
            whole = whole.replace(each.printed, each.reading)
    return whole if whole != evidence else ""


def is_about_figures(reading: Reading) -> bool:
    """Whether a reading mends a figure, and not only the words about it."""
    printed, read = (
        {(figure.low, figure.high) for figure in read_figures(text or "")}
        for text in (reading.printed, reading.reading)
    )
    return printed != read
