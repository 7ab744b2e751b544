"""A curve on paper: places in pixels, labels, and a table of every number that is drawn.

Drawn by a template and not by Altair: a hundred small curves cost next to nothing this way.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final

from generator.plan.records import Term
from generator.plan.segments import benefit_kind
from generator.publication.lettering import ems
from generator.publication.views.benefits import input_field, reading_label, segments
from generator.publication.views.curves import Curve, curve_of
from generator.publication.views.edition import Edition
from generator.publication.views.parts import CurveLine, CurveView, InputField, Tick
from generator.publication.wording import Wording

RIGHT: Final = 346
TOP: Final = 24
HEIGHT: Final = 130
"""Where the plotting area ends, begins and how high it is, in pixels; as in the template."""

_LETTER: Final = 12
_GAP: Final = 10
_ABOVE: Final = 17
_DIGITS: Final = 4
_ENDS: Final = ("floor", "ceiling")

Corner = tuple[Fraction, Fraction]


def curve_view(edition: Edition, term: Term) -> CurveView | None:
    """The curve of a term with its words, or None where there is nothing to draw."""
    curve = curve_of(segments(edition, term))
    return _Drawing(edition.words, term, curve).view() if curve else None


@dataclass(frozen=True)
class _Drawing:
    """A curve of a term, and the words that belong to it."""

    words: Wording
    term: Term
    curve: Curve

    def view(self) -> CurveView:
        """The drawing, ready to be printed."""
        return CurveView(
            finding=self._finding(),
            across=self._field.title,
            up=self._up(),
            lines=tuple(self._lines()),
            band=self._band() if set(self.curve.readings) == set(_ENDS) else "",
            left=f"{self._left:g}",
            right=f"{RIGHT}",
            ticks_across=tuple(self._ticks_across()),
            ticks_up=self._ticks_up,
            columns=(self._field.title, *(self._name(each) for each in self._alike)),
            rows=tuple(self._rows()),
            note=self._note(),
        )

    def _note(self) -> str:
        text = self.words.text
        open_sum = text("Only an upper limit is printed: what is given lies in the shaded area.")
        met = text("Other conditions are taken as met, and the year before as without any.")
        return self.words.prose(
            open_sum if self._is_upper_limit else "", met if self.curve.conditional else ""
        )

    @cached_property
    def _is_upper_limit(self) -> bool:
        """Whether the lower reading promises nothing at all, and is not worth a line."""
        if set(self.curve.readings) != set(_ENDS):
            return False
        return not any(y for _, y in self.curve.corners("floor"))

    @cached_property
    def _field(self) -> InputField:
        return input_field(self.words, self.curve.variable)

    def _up(self) -> str:
        text = self.words.text
        if self.curve.share:
            return text("Floor area whose rent is paid")
        kind = benefit_kind(self.term)
        labels = {"tax": text("Tax due"), "taxable-income": text("Less taxable income")}
        return labels.get(kind, text("Sum of support"))

    # ------------------------------------------------------------------------------------- lines

    @cached_property
    def _alike(self) -> tuple[tuple[str, ...], ...]:
        """Readings in groups that draw the same line."""
        groups: dict[tuple[Corner, ...], tuple[str, ...]] = {}
        for reading in ("ceiling",) if self._is_upper_limit else self.curve.readings:
            corners = tuple(self.curve.corners(reading))
            groups[corners] = (*groups.get(corners, ()), reading)
        return tuple(groups.values())

    def _name(self, readings: tuple[str, ...]) -> str:
        return self.words.join(tuple(reading_label(self.words, each) for each in readings))

    def _lines(self) -> Iterator[CurveLine]:
        for series, readings in enumerate(self._alike, start=1):
            path = self._path(self.curve.corners(readings[0]))
            yield CurveLine(path=path, name=self._name(readings), series=series)

    def _band(self) -> str:
        low, high = (list(self.curve.corners(each)) for each in _ENDS)
        return self._path([*high, *reversed(low)]) + "Z"

    def _path(self, corners: Iterable[Corner]) -> str:
        return "M" + "L".join(dict.fromkeys(f"{self._x(x):g} {self._y(y):g}" for x, y in corners))

    def _x(self, x: Fraction) -> float:
        return round(self._left + float(x / self.curve.last) * (RIGHT - self._left), 1)

    @cached_property
    def _left(self) -> float:
        """Where the plotting area begins: after the longest label of a height."""
        return round(max(ems(tick.label) for tick in self._ticks_up) * _LETTER + _GAP, 1)

    def _y(self, y: Fraction) -> float:
        return round(TOP + HEIGHT - float(y / self.curve.top) * HEIGHT, 1)

    # ------------------------------------------------------------------------------------- labels

    def _ticks_across(self) -> Iterator[Tick]:
        """Labels at the turns, the last first, none upon another."""
        yield Tick(place=f"{self._left:g}", label="0")
        taken = [(self._left - _GAP, self._left + _GAP)]
        for x in reversed(self.curve.turns or (self.curve.last,)):
            place, label = self._x(x), self._amount(x)
            half = ems(label) * _LETTER / 2
            at_end = place + half > RIGHT + _GAP
            room = (place - 2 * half, place) if at_end else (place - half, place + half)
            if all(room[0] - _GAP > end or room[1] + _GAP < start for start, end in taken):
                taken.append(room)
                yield Tick(place=f"{place:g}", label=label, anchor="end" if at_end else "middle")

    @cached_property
    def _ticks_up(self) -> tuple[Tick, ...]:
        """Labels at the heights of corners, the highest first."""
        heights = {y for each in self.curve.readings for _, y in self.curve.corners(each) if y}
        ticks: list[Tick] = []
        lowest = float(TOP)
        for y in sorted(heights, reverse=True):
            place = self._y(y)
            if not ticks or lowest + _ABOVE <= place <= TOP + HEIGHT - _ABOVE:
                ticks.append(Tick(place=f"{place:g}", label=self._worth(y)))
                lowest = place
        return tuple(ticks)

    def _rows(self) -> Iterator[tuple[str, ...]]:
        """Values at every turn; where a line jumps there, just below and above it too."""
        readings = [group[0] for group in self._alike]
        corners = [list(self.curve.corners(each)) for each in readings]
        places = (Fraction(0), *self.curve.turns, self.curve.last)
        for place, x in enumerate(places):
            here = [self.curve.at(each, x) for each in readings]
            before = [line[2 * place - 1][1] for line in corners] if place else here
            after = [line[2 * place][1] for line in corners] if x < places[-1] else here
            said = self._amount(x)
            if before != here:
                yield self._row(self.words.text("below %(figure)s", figure=said), before)
            yield self._row(said, here)
            if after != here:
                yield self._row(self.words.text("above %(figure)s", figure=said), after)

    def _row(self, label: str, values: Sequence[Fraction]) -> tuple[str, ...]:
        return (label, *map(self._worth, values))

    def _finding(self) -> str:
        """Where it begins and where its cap binds, in a sentence or two."""
        text, name = self.words.text, self._field.title
        pieces = [piece for each in self.curve.readings.values() for piece in each]
        starts = [piece.start for piece in pieces if piece.slope or piece.constant]
        said = []
        if least := min((each or Fraction(0) for each in starts), default=None):
            figure = self._amount(least)
            said.append(text("%(name)s below %(figure)s gives nothing.", name=name, figure=figure))
        for x, cap in [(piece.reaches_cap, piece.cap) for piece in pieces][-1:]:
            if x and cap:
                gaps = {"name": name, "figure": self._amount(x), "cap": self._worth(cap)}
                said.append(text("From %(figure)s of %(name)s the cap of %(cap)s binds.", **gaps))
        return self.words.prose(*said)

    def _amount(self, x: Fraction) -> str:
        return self._figure(x, self._field.unit)

    def _worth(self, y: Fraction) -> str:
        return self._figure(y, self._field.unit if self.curve.share else self.words.currency)

    def _figure(self, value: Fraction, unit: str) -> str:
        """A value in words, to four digits where it is no whole number."""
        rounded = _rounded(value)
        said = self.words.figure(rounded, unit)
        return said if rounded == value else self.words.text("about %(figure)s", figure=said)


def _rounded(value: Fraction) -> int:
    whole = round(value)
    if whole == value:
        return whole
    size = int(10 ** max(0, len(str(whole)) - _DIGITS))
    return round(value / size) * size
