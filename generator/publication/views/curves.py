"""A term's payoff as a curve over one variable: the segments themselves, nothing sampled.

Owns which terms have a curve, and its corners; what segments mean is plan/payoff.py's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Final

from generator.plan.applicant import INPUTS
from generator.plan.payoff import DERIVED, Segment

_WITHOUT_END: Final[Mapping[str, int]] = {"people": 10, "area": 1_000}
_MONEY_WITHOUT_END: Final = 10_000_000
"""How far a curve goes that has no turn: heads, square metres, yuan."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A straight line from `start` to `end` of the variable: slope x + constant, at most `cap`."""

    start: Fraction | None
    end: Fraction | None
    start_open: bool
    end_open: bool
    slope: Fraction
    constant: Fraction
    cap: Fraction | None

    @classmethod
    def of(cls, segment: Segment, variable: str, *, share: bool) -> "Piece | None":
        """The piece of a segment over `variable`, or None where it is not one over it.

        With `share` what is drawn is how much of the variable's own size is paid for.
        """
        spans = [span for span in segment.spans if span.variable == variable]
        span = spans[0] if spans else None
        over = segment.span is not None and segment.span.variable == variable
        constant = segment.span is None or not segment.slope_pct
        if not over and not constant and not share:
            return None
        return cls(
            start=_exact(span.start) if span else None,
            end=_exact(span.end) if span else None,
            start_open=bool(span and span.start_open),
            end_open=bool(span and span.end_open),
            slope=Fraction(segment.slope_pct) / 100,
            constant=Fraction(segment.intercept),
            cap=_exact(segment.cap_yuan),
        )

    def holds(self, x: Fraction) -> bool:
        """Whether the piece holds at x."""
        begun = self.start is None or (x > self.start if self.start_open else x >= self.start)
        ended = self.end is not None and (x >= self.end if self.end_open else x > self.end)
        return begun and not ended

    def value(self, x: Fraction) -> Fraction:
        """What it gives at x."""
        line = self.slope * x + self.constant
        return line if self.cap is None else min(line, self.cap)

    @property
    def reaches_cap(self) -> Fraction | None:
        """Where its cap begins to bind, if that lies within it."""
        if self.cap is None or self.slope <= 0:
            return None
        x = (self.cap - self.constant) / self.slope
        inside = (self.start is None or x > self.start) and (self.end is None or x < self.end)
        return x if inside and x > 0 else None


def _exact(value: Decimal | int | None) -> Fraction | None:
    return None if value is None else Fraction(value)


Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Curve:
    """All readings of a term over one variable.

    With `share` its values are in the variable's own unit: how many square metres of the rent are
    paid. `conditional` says that other figures have to meet conditions of their own.
    """

    variable: str
    share: bool
    conditional: bool
    readings: Mapping[str, Pieces]

    @cached_property
    def turns(self) -> tuple[Fraction, ...]:
        """Where a line of any reading bends, begins or ends, from nothing upwards."""
        pieces = [piece for each in self.readings.values() for piece in each]
        ends = {x for piece in pieces for x in (piece.start, piece.end, piece.reaches_cap) if x}
        return tuple(sorted(ends))

    @cached_property
    def last(self) -> Fraction:
        """How far the drawing goes: a quarter beyond the last turn."""
        if self.turns:
            return self.turns[-1] * 5 / 4
        return Fraction(_WITHOUT_END.get(self.variable, _MONEY_WITHOUT_END))

    def at(self, reading: str, x: Fraction) -> Fraction:
        """What a reading gives at x; nothing where no piece holds."""
        return next(
            (each.value(x) for each in self.readings[reading] if each.holds(x)), Fraction(0)
        )

    def corners(self, reading: str) -> tuple[tuple[Fraction, Fraction], ...]:
        """The line's corners from left to right, two at one place where it jumps."""
        return self._lines[reading]

    @cached_property
    def _lines(self) -> Mapping[str, tuple[tuple[Fraction, Fraction], ...]]:
        return {reading: tuple(self._line(reading)) for reading in self.readings}

    def _line(self, reading: str) -> Iterator[tuple[Fraction, Fraction]]:
        for start, end in pairwise((Fraction(0), *self.turns, self.last)):
            middle = (start + end) / 2
            piece = next((each for each in self.readings[reading] if each.holds(middle)), None)
            for x in (start, end):
                yield x, piece.value(x) if piece else Fraction(0)

    @cached_property
    def top(self) -> Fraction:
        """The largest value drawn."""
        return max(y for reading in self.readings for _, y in self.corners(reading))


def curve_of(pieces: Sequence[Segment]) -> Curve | None:
    """The curve of a term's segments, or None where no single figure makes it.

    Conditions on other figures are taken as met; the year before as without any.
    """
    spread = next((piece for piece in pieces if piece.spread), None)
    variable = spread.span.variable if spread and spread.span else _only_variable(pieces)
    if variable is None:
        return None
    readings: dict[str, Pieces] = {}
    for segment in pieces:
        if not _is_first(segment):
            continue
        piece = Piece.of(segment, variable, share=spread is not None)
        if piece is None:
            return None
        known = readings.setdefault(segment.reading, ())
        if piece not in known:
            readings[segment.reading] = (*known, piece)
    others = any(gate.variable != variable for piece in pieces for gate in piece.gates)
    curve = Curve(variable, spread is not None, others, readings)
    return curve if curve.top > 0 and not any(map(_overlap, readings.values())) else None


def _only_variable(pieces: Iterable[Segment]) -> str | None:
    named = {piece.span.variable for piece in pieces if piece.span}
    (variable,) = named if len(named) == 1 else (None,)
    return variable if variable in INPUTS or variable in DERIVED else None


def _is_first(segment: Segment) -> bool:
    """Whether the piece holds for an applicant who reached nothing the year before."""
    gates = [gate for gate in segment.gates if gate.absent is not None]
    return all(gate.verdict({}) == "yes" for gate in gates)


def _overlap(pieces: Pieces) -> bool:
    ordered = sorted(pieces, key=lambda each: each.start or 0)
    return any(a.end is None or b.start is None or a.end > b.start for a, b in pairwise(ordered))
