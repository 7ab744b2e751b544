"""What a term or one of its tiers gives where it holds: a lump, a rate, so much a head, by reading.

Owns the money columns (rate_pct, cap_yuan, amount_yuan, amount_max_yuan, basis, per); knows
nothing of thresholds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from generator.plan.payoff import Segment, Span
from generator.plan.records import Term, Tier
from generator.plan.thresholds import is_money, variable_named

COUNTED: Final = {"person-year": "people", "person": "people"}
"""What a lump is multiplied by, by the term's `per`; of whatever else it counts, one is meant."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """What a term or tier gives where it holds, as in Segment; a constant has no variable."""

    variable: str | None = None
    slope: Decimal = Decimal(0)
    constant: Decimal = Decimal(0)
    cap: int | None = None
    limit: str = "amount"


NOTHING: Final = Line()
Lines = Mapping[str, Line]


def lines_of(term: Term, tier: Tier | None) -> Lines:
    """What the term or one of its tiers gives, by reading; empty where it cannot be said.

    A tier that has neither rate nor amount takes the term's; its cap is the lower of the two.
    """
    given = tier is not None and (tier.rate_pct is not None or tier.amount_yuan is not None)
    own = tier if tier and given else term
    highest = None if given else term.amount_max_yuan
    cap = least(tier.cap_yuan if tier else None, term.cap_yuan)
    counted = COUNTED.get(term.per or "")
    if own.rate_pct is None:
        return _lump_lines(own.amount_yuan, highest, cap, counted)
    basis = variable_named(term.basis)
    if not is_money(basis):
        # Nobody is asked for what the rate is of; that it is at most the cap is known all the same.
        return {} if cap is None else _up_to(_lump(cap, None, "cap"))
    rate = Line(variable=basis, slope=own.rate_pct, cap=cap, limit="rate")
    if own.amount_yuan is not None:
        lump = Line(constant=Decimal(own.amount_yuan))
        both = Line(variable=basis, slope=rate.slope, constant=lump.constant, cap=cap, limit="rate")
        return {"amount": lump, "rate": rate, "together": both}
    return _up_to(rate) if term.rate_kind == "ceiling" else {"stated": rate}


def _lump_lines(low: int | None, high: int | None, cap: int | None, counted: str | None) -> Lines:
    if low is None:
        high = cap if high is None else high
        return {} if high is None else _up_to(_lump(high, counted, "cap"))
    low, high = _within(low, cap), None if high is None else _within(high, cap)
    if high is None:
        return {"stated": _lump(low, counted, "amount")}
    return {"floor": _lump(low, counted, "amount"), "ceiling": _lump(high, counted, "amount")}


def _within(amount: int, cap: int | None) -> int:
    return amount if cap is None else min(amount, cap)


def _lump(amount: int, counted: str | None, limit: str) -> Line:
    if counted is None:
        return Line(constant=Decimal(amount), limit=limit)
    return Line(variable=counted, slope=Decimal(amount) * 100, limit="count")


def _up_to(line: Line) -> Lines:
    return {"floor": NOTHING, "ceiling": line}


def least(*caps: int | None) -> int | None:
    """The lowest of the caps that there are."""
    return min((cap for cap in caps if cap is not None), default=None)


def piece(
    reading: str,
    line: Line,
    span: Span | None = None,
    gates: Iterable[Span] = (),
    spread: str | None = None,
) -> Segment:
    """The piece where `line` holds in `span`, which is a gate if it is of another variable."""
    bounded = span if span and (span.start is not None or span.end is not None) else None
    own: Span | None = bounded
    if line.variable is not None and spread is None and not (own and own.variable == line.variable):
        own = Span(variable=line.variable)
        gates = (*gates, *((bounded,) if bounded else ()))
    return Segment(
        reading=reading,
        span=own,
        slope_pct=line.slope,
        intercept=line.constant,
        cap_yuan=line.cap,
        spread=spread,
        gates=tuple(gates),
        limit=line.limit,
    )
