"""What a term is worth for given figures: pieces of straight lines, and their value.

A term is one function or, where the plan leaves its reading open, one function a reading. A
function is a set of pieces (`Segment`) of which at most one holds; where none holds the term gives
nothing. The pieces are made in `segments`; this module only evaluates them, and a page's script
does the same from `as_json`, so that both compute from the same numbers.

Arithmetic is exact. The value of a piece is slope_pct/100 x + intercept, where it has a `spread`
that share of x times the money paid for x; at most `cap_yuan`; less than a yuan is dropped.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import floor
from types import MappingProxyType
from typing import Any, Final, Literal

from generator.plan.applicant import INPUTS

UNASKED: Final = "other"
"""The variable of a threshold on something that no applicant is asked for."""

DERIVED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "revenue_increase": ("revenue", "revenue_previous"),
        "revenue_growth_pct": ("revenue", "revenue_previous"),
    }
)
"""Variables that are worked out from inputs, and the inputs that each needs."""

Verdict = Literal["yes", "no", "missing", "unknown"]


@dataclass(frozen=True, kw_only=True)
class Span:
    """The values of a variable between two ends, an end that is None being none.

    `absent` is the value that counts where the applicant gives none (no revenue the year before);
    where it is None the figure is asked for.
    """

    variable: str
    start: Decimal | None = None
    end: Decimal | None = None
    start_open: bool = False
    end_open: bool = False
    absent: int | None = None

    def verdict(self, figures: Mapping[str, int]) -> Verdict:
        """Whether the figures lie in it; "unknown" where no figure could say."""
        value = value_of(self.variable, figures)
        if value is None and self.absent is not None:
            value = Fraction(self.absent)
        if value is None:
            return "missing" if missing_for(self.variable, figures) else "unknown"
        return "yes" if self._holds(value) else "no"

    def _holds(self, value: Fraction) -> bool:
        start = None if self.start is None else Fraction(self.start)
        end = None if self.end is None else Fraction(self.end)
        begun = start is None or (value > start if self.start_open else value >= start)
        return begun and (end is None or (value < end if self.end_open else value <= end))

    def as_json(self) -> dict[str, Any]:
        """Its ends as numbers, under the names that a page's script reads."""
        ends = {
            "variable": self.variable,
            "from": number(self.start),
            "from_open": self.start_open,
            "to": number(self.end),
            "to_open": self.end_open,
        }
        return ends if self.absent is None else {**ends, "absent": self.absent}


@dataclass(frozen=True, kw_only=True)
class Segment:
    """One piece of one reading of a term.

    `span` is the stretch of the variable that it is a line over, None for a constant; `gates` are
    further stretches that other variables must lie in. `slope_pct` is yuan per hundred of the
    variable (per cent, of money), `intercept` yuan. With `spread` (rent, over an area) both are
    shares of the variable, to be multiplied by spread / variable. `limit` says what sets the value
    below the cap: rate, count (so much a head), amount (a lump), cap (only a ceiling is printed).
    """

    reading: str
    span: Span | None = None
    slope_pct: Decimal = Decimal(0)
    intercept: Decimal = Decimal(0)
    cap_yuan: int | None = None
    spread: str | None = None
    gates: tuple[Span, ...] = ()
    limit: str = "amount"

    @property
    def spans(self) -> tuple[Span, ...]:
        """All that must hold for this piece to hold."""
        own = () if self.span is None else (self.span,)
        spread = () if self.spread is None else (Span(variable=self.spread),)
        return (*self.gates, *own, *spread)

    def uncapped(self, figures: Mapping[str, int]) -> Fraction:
        """Yuan before the cap, for figures that have all it needs."""
        x = (value_of(self.span.variable, figures) if self.span else None) or Fraction(0)
        line = Fraction(self.slope_pct) * x / 100 + Fraction(self.intercept)
        if self.spread is None:
            return line
        return line * figures[self.spread] / x if x else Fraction(0)

    def as_json(self) -> dict[str, Any]:
        """What a page's script evaluates: numbers, names, and nothing left to look up."""
        return {
            "reading": self.reading,
            "span": self.span.as_json() if self.span else None,
            "slope_pct": number(self.slope_pct),
            "intercept": number(self.intercept),
            "cap_yuan": self.cap_yuan,
            "spread": self.spread,
            "gates": [gate.as_json() for gate in self.gates],
            "limit": self.limit,
        }


@dataclass(frozen=True, kw_only=True)
class ReadingValue:
    """What one reading gives: yuan from `low` to `high`, the same unless a gate cannot be judged.

    `segment` is the piece that gives `high`, None below every threshold; `uncapped` what it would
    give without its cap; `binding` is rate, count, amount, cap or threshold.
    """

    reading: str
    low: int = 0
    high: int = 0
    uncapped: int = 0
    binding: str = "threshold"
    segment: Segment | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a term gives: `low` to `high` over all readings, or None where it cannot be computed.

    `binding` is that of the reading that gives `high`; `missing` names the inputs to ask for.
    """

    low: int | None = None
    high: int | None = None
    binding: str | None = None
    readings: tuple[ReadingValue, ...] = ()
    missing: tuple[str, ...] = ()


def evaluate(segments: Sequence[Segment], figures: Mapping[str, int]) -> Outcome:
    """The value of a term's pieces; no pieces and missing inputs give no value."""
    groups = [
        (reading, list(pieces)) for reading, pieces in groupby(segments, key=lambda s: s.reading)
    ]
    missing = [name for _, pieces in groups for name in _missing(pieces, figures)]
    if missing or not groups:
        return Outcome(missing=tuple(name for name in INPUTS if name in missing))
    values = tuple(_value(reading, pieces, figures) for reading, pieces in groups)
    # Of equals the last: a floor comes first, and what it says of nothing is no limit.
    best = max(reversed(values), key=lambda value: value.high)
    return Outcome(
        low=min(value.low for value in values),
        high=best.high,
        binding=best.binding,
        readings=values,
    )


def _verdict(segment: Segment, figures: Mapping[str, int]) -> Verdict:
    verdicts = {span.verdict(figures) for span in segment.spans}
    ordered: tuple[Verdict, ...] = ("no", "missing", "unknown")
    return next((each for each in ordered if each in verdicts), "yes")


def _missing(pieces: Iterable[Segment], figures: Mapping[str, int]) -> set[str]:
    """Inputs without which it cannot be said which piece holds, or what it gives."""
    verdicts = [(piece, _verdict(piece, figures)) for piece in pieces]
    if any(verdict == "yes" for _, verdict in verdicts):
        return set()
    return {
        name
        for piece, verdict in verdicts
        if verdict == "missing"
        for span in piece.spans
        if span.absent is None
        for name in missing_for(span.variable, figures)
    }


def _value(reading: str, pieces: list[Segment], figures: Mapping[str, int]) -> ReadingValue:
    verdicts = [(piece, _verdict(piece, figures)) for piece in pieces]
    certain = [_piece_value(piece, figures) for piece, verdict in verdicts if verdict == "yes"]
    if certain:
        return certain[0]
    possible = [
        _piece_value(piece, figures, certain=False)
        for piece, verdict in verdicts
        if verdict == "unknown"
    ]
    return max(possible, key=lambda value: value.high, default=ReadingValue(reading=reading))


def _piece_value(
    segment: Segment, figures: Mapping[str, int], *, certain: bool = True
) -> ReadingValue:
    uncapped = segment.uncapped(figures)
    capped = segment.cap_yuan is not None and uncapped > segment.cap_yuan
    value = segment.cap_yuan if capped and segment.cap_yuan is not None else floor(uncapped)
    return ReadingValue(
        reading=segment.reading,
        low=value if certain else 0,
        high=value,
        uncapped=floor(uncapped),
        binding="cap" if capped else segment.limit,
        segment=segment,
    )


def value_of(variable: str, figures: Mapping[str, int]) -> Fraction | None:
    """A variable's value, or None where it is not given or not defined."""
    if variable not in DERIVED:
        given = figures.get(variable)
        return None if given is None else Fraction(given)
    if missing_for(variable, figures):
        return None
    now, before = figures["revenue"], figures["revenue_previous"]
    if variable == "revenue_increase":
        return Fraction(max(0, now - before))
    # From nothing there is no growth in per cent.
    return Fraction((now - before) * 100, before) if before else None


def missing_for(variable: str, figures: Mapping[str, int]) -> tuple[str, ...]:
    """The inputs that an applicant could give and has not; none for what is not asked."""
    needed = DERIVED.get(variable, (variable,))
    return tuple(name for name in needed if name in INPUTS and name not in figures)


def number(value: Decimal | None) -> int | float | None:
    """A decimal as JSON has it: whole numbers whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
