"""A term and its tiers as pieces of straight lines: all readings that the plan leaves open.

Readings, joined by `-` where two questions are open:

- `stated`: the plan leaves nothing open;
- `floor`, `ceiling`: 不超过 and 最高 promise nothing below them, a printed range gives both ends;
- `amount`, `rate`, `together`: a lump and a rate, and nothing says how they combine;
- `highest`, `sum`, `difference`: lumps by threshold. Only the highest reached counts; all reached
  count; the highest, less what a threshold reached the year before has given already;
- `whole`, `marginal`: rates by threshold, on the whole sum or on each band's part of it. Bands of
  floor area or heads share the money evenly by size;
- `tier-1`, …: tiers without a threshold, or with thresholds on different things.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import floor
from typing import Final

from generator.plan.lines import NOTHING, Line, Lines, least, lines_of, piece
from generator.plan.payoff import UNASKED, Segment, Span
from generator.plan.records import Measure, Term, Tier
from generator.plan.thresholds import (
    NO_MEASURES,
    Cut,
    Region,
    Step,
    ends_by,
    is_money,
    regions_of,
    steps_of,
    stretch,
)

_SIZES: Final = frozenset({"area", "people"})
"""Variables over which money can be spread evenly: rent over floor area."""


def segments_of(
    term: Term, tiers: Sequence[Tier] = (), measures: Mapping[str, Measure] = NO_MEASURES
) -> tuple[Segment, ...]:
    """The pieces of a term, reading by reading; none where its figures make no function.

    That is so without a figure, for a break-even rate, and for a rate of something that no
    applicant is asked for. Values are yuan: of cash, of taxable income, or of tax due at a reduced
    rate, as `benefit_kind` says.
    """
    if term.rate_kind == "break-even":
        return ()
    if not tiers:
        return tuple(piece(key, line) for key, line in lines_of(term, None).items())
    ladder = _Ladder.of(term, tiers, measures)
    return tuple(ladder.pieces()) if ladder else ()


def benefit_kind(term: Term) -> str:
    """What a term's yuan are: cash, taxable-income (so much less of it), tax (due at its rate)."""
    if "tax-rate" in (term.instrument, term.rate_kind):
        return "tax"
    deducts = term.instrument == "tax-deduction" or term.rate_kind == "deduction"
    return "taxable-income" if deducts else "cash"


@dataclass(frozen=True, kw_only=True)
class _Ladder:
    """The tiers of a term: where each holds and, by reading, what each gives."""

    term: Term
    tiers: Sequence[Tier]
    steps: tuple[Step, ...]
    lines: tuple[Lines, ...]

    @classmethod
    def of(
        cls, term: Term, tiers: Sequence[Tier], measures: Mapping[str, Measure]
    ) -> "_Ladder | None":
        """The ladder, or None where what one of its tiers gives cannot be said."""
        lines = tuple(lines_of(term, tier) for tier in tiers)
        steps = steps_of(term, tiers, measures)
        return cls(term=term, tiers=tiers, steps=steps, lines=lines) if all(lines) else None

    def pieces(self) -> Iterator[Segment]:
        """Every piece, reading by reading."""
        keys = dict.fromkeys(key for lines in self.lines for key in lines)
        for key in [key for key in keys if key != "stated"] or ["stated"]:
            lines = tuple(_like(each, key) for each in self.lines)
            if all(line == NOTHING for line in lines):
                yield piece(key, NOTHING)
                continue
            prefix = "" if key == "stated" else key
            if self._is_one_scale():
                yield from self._shaped(prefix, lines)
            else:
                yield from self._apart(prefix, lines)

    def _is_one_scale(self) -> bool:
        """Whether all tiers are steps of one variable, so that they can be compared."""
        if len(self.steps) == 1:
            return True
        placed = all(step.begin or step.finish or step.growth is not None for step in self.steps)
        return placed and len({step.variable for step in self.steps}) == 1

    def _apart(self, prefix: str, lines: Sequence[Line]) -> Iterator[Segment]:
        """Each tier by itself: nothing says which of them is the higher one."""
        for tier, step, line in zip(self.tiers, self.steps, lines, strict=True):
            reading = _joined(prefix, f"tier-{tier.tier}")
            for region in regions_of((step,)):
                yield from _highest(reading, region, (step,), (line,))
        unplaced = not any(step.begin or step.finish or step.growth for step in self.steps)
        if self.term.tiers_apply != "highest" and unplaced and _are_constant(lines):
            total = sum((line.constant for line in lines), Decimal(0))
            yield piece(_joined(prefix, "sum"), Line(constant=total, cap=self.term.cap_yuan))

    def _shaped(self, prefix: str, lines: Sequence[Line]) -> Iterator[Segment]:
        lumps = all(line.limit != "rate" for line in lines)
        top, all_of = ("highest", "sum") if lumps else ("whole", "marginal")
        apply = self.term.tiers_apply
        stacks = apply != "highest" and self._can_stack(lines)
        if apply != "marginal" or not stacks:
            reading = _joined(prefix, top if stacks else "") or "stated"
            for region in regions_of(self.steps):
                yield from _highest(reading, region, self.steps, lines)
        if stacks and any(step.first_time for step in self.steps):
            yield from self._first_times(prefix, lines)
        elif stacks:
            for region in regions_of(self.steps):
                yield self._stacked(_joined(prefix, all_of), region, lines)

    def _can_stack(self, lines: Sequence[Line]) -> bool:
        """Whether a sum over bands can be computed: money is what is banded, or spread over it."""
        if any(step.growth is not None for step in self.steps):
            return False
        if _are_constant(lines):
            return len(lines) > 1
        if any(step.first_time for step in self.steps):
            return False
        over = {line.variable for line in lines if line.variable}
        if over == {self.steps[0].variable}:
            return True
        alike = all(not line.constant and line.cap == self.term.cap_yuan for line in lines)
        spreads = self.steps[0].variable in _SIZES and all(is_money(name) for name in over)
        return alike and spreads and len(over) == 1

    def _stacked(self, reading: str, region: Region, lines: Sequence[Line]) -> Segment:
        """Full bands below, and the part of the band that the region lies in."""
        variable = region.span.variable
        spread = next(
            (line.variable for line in lines if line.variable not in {None, variable}), None
        )
        below, current = Decimal(0), None
        for place in region.reached:
            line, end = lines[place], self._band_end(place)
            if line.variable is None:
                below += line.constant
            elif end is None or ends_by(region.end, end):
                current = place
            else:
                full = line.constant + line.slope * (end[0] - self.steps[place].floor) / 100
                below += full if spread or line.cap is None else min(full, Decimal(line.cap))
        total = Line(
            variable=variable,
            constant=below,
            cap=self.term.cap_yuan,
            limit="rate" if any(line.limit == "rate" for line in lines) else "amount",
        )
        if current is not None:
            total = self._climbing(total, lines[current], self.steps[current].floor)
        return piece(reading, total, region.span, spread=spread)

    def _climbing(self, total: Line, line: Line, begin: Decimal) -> Line:
        """What the bands below give, and on top of it the band that begins at `begin`."""
        own_cap = line.cap if line.cap != self.term.cap_yuan else None
        return replace(
            total,
            slope=line.slope,
            constant=total.constant + line.constant - line.slope * begin / 100,
            cap=least(total.cap, None if own_cap is None else floor(total.constant + own_cap)),
        )

    def _band_end(self, place: int) -> Cut | None:
        """Where a tier's own band ends: where it says, or where the next one begins."""
        step = self.steps[place]
        later = [
            s.begin for s in self.steps if s.begin and (not step.begin or s.begin > step.begin)
        ]
        return step.finish or min(later, default=None)

    def _first_times(self, prefix: str, lines: Sequence[Line]) -> Iterator[Segment]:
        """Sum and difference where only tiers not reached the year before count."""
        regions = regions_of(self.steps)
        for reading, worth in (("sum", _sum_of_new), ("difference", _top_less_old)):
            for region in regions:
                for old, gate in self._years_before(regions):
                    if value := worth(lines, region.reached, old):
                        line = Line(constant=value, cap=self.term.cap_yuan)
                        yield piece(_joined(prefix, reading), line, region.span, (gate,))

    def _years_before(self, regions: Sequence[Region]) -> Iterator[tuple[tuple[int, ...], Span]]:
        """What may have been reached the year before: the tiers, and the stretch that says so."""
        begins = [step.begin for step in self.steps if step.begin]
        if len(begins) == len(self.steps):
            yield (), stretch("revenue_previous", None, min(begins), absent=0)
        for region in regions:
            old = tuple(place for place in region.reached if self.steps[place].first_time)
            yield old, replace(region.span, variable="revenue_previous", absent=0)


def _like(lines: Lines, key: str) -> Line:
    """The line of a reading; a tier for which that question is not open has one for all."""
    first, *_, last = (*lines.values(), *lines.values())
    return lines.get(key) or lines.get("stated") or (first if key == "floor" else last)


def _joined(*codes: str) -> str:
    return "-".join(code for code in codes if code)


def _are_constant(lines: Sequence[Line]) -> bool:
    return all(line.variable is None for line in lines)


def _highest(
    reading: str, region: Region, steps: Sequence[Step], lines: Sequence[Line]
) -> Iterator[Segment]:
    """The highest tier that holds in the region, lower ones where its growth is not reached."""
    covered: Decimal | None = None
    for place in reversed(region.active):
        step = steps[place]
        if covered is not None and step.growth is not None and step.growth >= covered:
            continue
        yield piece(reading, lines[place], region.span, _gates(step, covered))
        if step.growth is None:
            return
        covered = step.growth


def _gates(step: Step, covered: Decimal | None) -> Iterator[Span]:
    if step.growth is not None or covered is not None:
        grows = step.variable in {"revenue", "revenue_increase"}
        variable = "revenue_growth_pct" if grows else UNASKED
        yield Span(variable=variable, start=step.growth, end=covered, end_open=covered is not None)
    if step.first_time and step.begin:
        yield stretch("revenue_previous", None, step.begin, absent=0)


def _sum_of_new(lines: Sequence[Line], reached: tuple[int, ...], old: tuple[int, ...]) -> Decimal:
    return sum((lines[place].constant for place in reached if place not in old), Decimal(0))


def _top_less_old(lines: Sequence[Line], reached: tuple[int, ...], old: tuple[int, ...]) -> Decimal:
    given = max((lines[place].constant for place in old), default=Decimal(0))
    top = max(lines[place].constant for place in reached)
    return max(top - given, Decimal(0))
