"""The thresholds of a term's tiers: the variable they are about, the stretches they cut it into.

Owns the reading of `threshold_of`, `threshold_measure` and the ends of tiers, in yuan, square
metres, heads or per cent; knows nothing of what a tier gives.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from generator.plan.applicant import INPUTS
from generator.plan.numerals import split_measure, unit_kind
from generator.plan.payoff import DERIVED, UNASKED, Span
from generator.plan.records import Measure, Term, Tier

VARIABLES: Final = frozenset({*INPUTS, *DERIVED})

NO_MEASURES: Final[Mapping[str, Measure]] = MappingProxyType({})

Cut = tuple[Decimal, bool]
"""Where a stretch begins or ends: the value, and whether the value itself lies before the cut."""

_SIZE: Final = {
    "m2": ("area", 1),
    "ha": ("area", 10_000),
    "#人": ("people", 1),
    "#名": ("people", 1),
}
_WORDS: Final = {
    "revenue": ("收入", "营收", "revenue", "turnover"),
    "investment": ("投资", "investment"),
}
"""Words of a tier's condition that say what its sum of money is of, where no column does."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One tier on the number line: the cuts where it begins and ends, None where it does not.

    `growth` is the least growth that it asks for, in per cent; `first_time` whether only reaching
    it for the first time counts.
    """

    variable: str
    begin: Cut | None = None
    finish: Cut | None = None
    growth: Decimal | None = None
    first_time: bool = False

    @property
    def floor(self) -> Decimal:
        """Where it begins, in the variable's unit."""
        return self.begin[0] if self.begin else Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Region:
    """A stretch in which the same tiers hold, by their places in the list of tiers.

    `active` are the tiers that it lies within, `reached` those that begin at or below it.
    """

    span: Span
    end: Cut | None
    active: tuple[int, ...]
    reached: tuple[int, ...]


def variable_named(word: str | None) -> str:
    """The variable that a term of `basis` or `threshold_of` names; `other` where it is no input."""
    special = {"project-investment": "investment", "revenue-growth": "revenue_growth_pct"}
    name = special.get(word or "", (word or "").replace("-", "_"))
    return name if name in VARIABLES else UNASKED


def is_money(variable: str) -> bool:
    """Whether a variable is a sum of money, so that a rate may apply to it."""
    return variable == "revenue_increase" or (variable in INPUTS and INPUTS[variable].unit == "元")


def steps_of(
    term: Term, tiers: Sequence[Tier], measures: Mapping[str, Measure] = NO_MEASURES
) -> tuple[Step, ...]:
    """The tiers on the number line, in the order given."""
    scales = [_scale(term, tier, measures) for tier in tiers]
    begins = [_begin(tier, factor) for tier, (_, factor) in zip(tiers, scales, strict=True)]
    return tuple(
        Step(
            variable=variable,
            begin=begin,
            finish=_finish(tier, factor, begins),
            growth=tier.growth_min_pct,
            first_time=bool(tier.first_time) and variable == "revenue",
        )
        for tier, begin, (variable, factor) in zip(tiers, begins, scales, strict=True)
    )


def _scale(term: Term, tier: Tier, measures: Mapping[str, Measure]) -> tuple[str, Decimal]:
    """The variable of a tier's thresholds, and the factor that brings them to its unit."""
    kind, factor = _kind(tier.threshold_measure or "", measures)
    sized, size = _SIZE.get(kind, ("", 1))
    if tier.threshold_of:
        variable = variable_named(tier.threshold_of)
        fits = not kind or is_money(variable) == kind.startswith("$")
        return (variable if fits else UNASKED), factor * size
    if sized:
        return sized, factor * size
    return (_money_variable(term, tier) if kind.startswith("$") else UNASKED), factor


def _kind(measure: str, measures: Mapping[str, Measure]) -> tuple[str, Decimal]:
    declared = measures.get(measure)
    scale, unit = split_measure(measure)
    if declared is not None:
        scale, unit = declared.factor, declared.base_unit
    kind, factor = unit_kind(unit)
    return kind, scale * factor


def _money_variable(term: Term, tier: Tier) -> str:
    basis = variable_named(term.basis)
    said = [name for name, words in _WORDS.items() if any(w in tier.condition for w in words)]
    if said == ["investment"] and basis.endswith("investment"):
        return basis
    if len(said) == 1:
        return said[0]
    return basis if basis in INPUTS and not said else UNASKED


def _begin(tier: Tier, factor: Decimal) -> Cut | None:
    low = tier.threshold_min
    return None if low is None else (low * factor, bool(tier.min_excluded))


def _finish(tier: Tier, factor: Decimal, begins: Sequence[Cut | None]) -> Cut | None:
    """A printed end belongs to the tier, unless another begins right there."""
    if tier.threshold_max is None:
        return None
    high = tier.threshold_max * factor
    if tier.max_excluded is not None:
        return high, not tier.max_excluded
    return high, (high, False) not in begins


def regions_of(steps: Sequence[Step]) -> tuple[Region, ...]:
    """The stretches that the tiers of one variable cut it into, those with no tier left out."""
    variable = steps[0].variable
    ends = {cut for step in steps for cut in (step.begin, step.finish) if cut is not None}
    cuts: list[Cut | None] = [None, *sorted(ends), None]
    regions = (_region(variable, steps, start, end) for start, end in pairwise(cuts))
    return tuple(region for region in regions if region.reached)


def _region(variable: str, steps: Sequence[Step], start: Cut | None, end: Cut | None) -> Region:
    reached = tuple(
        place for place, step in enumerate(steps) if step.begin is None or _at_or_after(start, step)
    )
    active = tuple(place for place in reached if ends_by(end, steps[place].finish))
    return Region(span=stretch(variable, start, end), end=end, active=active, reached=reached)


def _at_or_after(start: Cut | None, step: Step) -> bool:
    return start is not None and step.begin is not None and start >= step.begin


def ends_by(end: Cut | None, finish: Cut | None) -> bool:
    """Whether a stretch that ends at `end` has ended by `finish`; None is infinity."""
    return finish is None or (end is not None and end <= finish)


def stretch(
    variable: str, start: Cut | None, end: Cut | None, *, absent: int | None = None
) -> Span:
    """The values between two cuts."""
    return Span(
        variable=variable,
        start=start[0] if start else None,
        end=end[0] if end else None,
        start_open=bool(start and start[1]),
        end_open=bool(end and not end[1]),
        absent=absent,
    )
