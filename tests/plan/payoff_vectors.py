"""Test vectors of the payoff, run by pytest and by the page's own script.

`vectors.json` holds terms, their segments, and what given figures come to. To add one, write its
term, tiers and figures there and run `python tests/plan/payoff_vectors.py`, which fills in the
rest; then check the sums by hand before committing them.
"""

import json
from dataclasses import MISSING, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.plan.payoff import Outcome, Segment, Span, evaluate
from generator.plan.records import Term, Tier
from generator.plan.segments import segments_of

VECTORS = Path(__file__).with_name("vectors.json")

_DECIMALS = ("rate_pct", "threshold_min", "threshold_max", "growth_min_pct")


def term_of(cells: dict[str, Any]) -> Term:
    """A term with these cells; whatever else must be there is filled with its own name."""
    blank = {f.name: f.name for f in fields(Term) if f.default is MISSING}
    return Term(**{**blank, "row": 2, "extras": {}, "quantified": True, **_typed(cells)})


def tiers_of(rows: list[dict[str, Any]]) -> tuple[Tier, ...]:
    """Tiers with these cells, numbered from 1."""
    return tuple(
        Tier(row=n + 1, term_id="term_id", tier=n, **{"condition": f"{n}", **_typed(cells)})
        for n, cells in enumerate(rows, 1)
    )


def _typed(cells: dict[str, Any]) -> dict[str, Any]:
    return {
        name: Decimal(str(cell)) if name in _DECIMALS and cell is not None else cell
        for name, cell in cells.items()
    }


def computed(vector: dict[str, Any]) -> dict[str, Any]:
    """The vector with its segments and results computed anew."""
    segments = segments_of(term_of(vector["term"]), tiers_of(vector.get("tiers", [])))
    cases = [
        {"figures": case["figures"], **outcome_json(evaluate(segments, case["figures"]))}
        for case in vector["cases"]
    ]
    told = {key: vector[key] for key in ("name", "term", "tiers") if key in vector}
    return {**told, "segments": [each.as_json() for each in segments], "cases": cases}


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """An outcome as the vectors have it: readings as [code, low, high, binding]."""
    return {
        "low": outcome.low,
        "high": outcome.high,
        "binding": outcome.binding,
        "missing": list(outcome.missing),
        "readings": [[v.reading, v.low, v.high, v.binding] for v in outcome.readings],
    }


def segment_from(told: dict[str, Any]) -> Segment:
    """A segment from what a page's script is given, and nothing else."""
    return Segment(
        **{
            **told,
            "span": _span_from(told["span"]) if told["span"] else None,
            "slope_pct": Decimal(str(told["slope_pct"])),
            "intercept": Decimal(str(told["intercept"])),
            "gates": tuple(map(_span_from, told["gates"])),
        }
    )


def _span_from(told: dict[str, Any]) -> Span:
    start, end = (None if told[k] is None else Decimal(str(told[k])) for k in ("from", "to"))
    return Span(
        variable=told["variable"],
        start=start,
        end=end,
        start_open=told["from_open"],
        end_open=told["to_open"],
        absent=told.get("absent"),
    )


def write(vectors: list[dict[str, Any]]) -> None:
    """Write the file, a line a segment and a case."""
    text = json.dumps([computed(each) for each in vectors], ensure_ascii=False)
    for mark in (
        '{"name"',
        '"term"',
        '"tiers"',
        '"segments"',
        '"cases"',
        '{"reading"',
        '{"figures"',
    ):
        text = text.replace(mark, f"\n{mark}")
    VECTORS.write_text(text.replace(", \n", ",\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(json.loads(VECTORS.read_text("utf-8")))
