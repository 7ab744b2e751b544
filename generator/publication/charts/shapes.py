"""The shapes that charts are drawn in. The only module that knows Altair.

Every shape is as wide as a phone's page and grows downwards, sets its own room for words (so that
neither fonts nor long labels move anything), and prints its numbers where they belong, so that it
needs no scale to be read off. Each takes the rows to draw and returns an Altair chart.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.publication.charts.chart import Column, Row, distinct
from generator.publication.charts.palette import HEAT, PAPER, QUIET, SERIES, TEXT
from generator.publication.lettering import cut, ems, wrap

WIDTH = 360
"""The width of every chart, in pixels of a phone."""

FONT = "Noto Sans CJK TC, Noto Sans CJK SC, sans-serif"
_SIZE = 12
_LINE = 15
_LEGEND_LINE = 20
_STEP_BESIDE, _STEP_ABOVE = 28, 42
_BESIDE = 7
"""Up to this many ems, labels of bars stand beside them; longer ones stand above."""


@dataclass(frozen=True, kw_only=True)
class Bars:
    """What bars are labelled with and made of, row by row.

    `labels` stand before or above them, `texts` at their ends; `parts` are the columns that a bar
    is stacked of, with their names in the legend; `colour` is a column whose values colour the bars
    instead.
    """

    labels: Sequence[str]
    texts: Sequence[str]
    parts: Mapping[str, str]
    colour: str = ""


def bars(rows: Sequence[Row], *, columns: Sequence[Column], look: Bars) -> Any:
    """Horizontal bars, one a row; labels that are short stand beside them."""
    import altair as alt

    look = replace(look, labels=look.labels[: len(rows)], texts=look.texts[: len(rows)])
    longest = max(map(ems, look.labels))
    beside = longest <= _BESIDE
    left = longest * _SIZE + 8 if beside else 0
    room = WIDTH - left - max(map(ems, look.texts)) * _SIZE - 8
    series = [*look.parts.values()]
    if look.colour:
        series = [str(each) for each in distinct(row[look.colour] for row in rows)]
    values = _bar_values(rows, look)
    base = _chart(values).encode(y=alt.Y("place:O", axis=None))
    scale = alt.Scale(domain=[0, max(each["end"] for each in values)], range=[0, room])
    drop = 0 if beside else 9
    picture = alt.layer(
        _stack(base, look, columns, _series_colour(series, left), _Along(scale, drop)),
        base.mark_text(align="left", baseline="middle", dx=6, dy=drop, color=TEXT).encode(
            x=alt.X("end:Q", axis=None, scale=scale), text="text:N"
        ),
        _bar_labels(base, beside=beside),
    )
    height = (_STEP_BESIDE if beside else _STEP_ABOVE) * len(rows)
    return _dressed(
        picture.properties(width=WIDTH - left, height=height),
        left=left,
        top=_legend_height(series),
    )


def _bar_values(rows: Sequence[Row], look: Bars) -> list[dict[str, Any]]:
    """The rows with what is written around each bar, and where it ends."""
    return [
        {
            **row,
            "place": place,
            "label": cut(look.labels[place], WIDTH / _SIZE),
            "text": look.texts[place],
            "end": sum(float(row[each] or 0) for each in look.parts),
        }
        for place, row in enumerate(rows)
    ]


def _stack(base: Any, look: Bars, columns: Sequence[Column], colour: Any, along: "_Along") -> Any:
    """The bars; in the interactive form a click in the legend picks a series out."""
    import altair as alt

    picked = alt.selection_point(name="picked", fields=["series"], bind="legend")
    names = f"({_json(dict(look.parts))})[datum.part]"
    return (
        base.transform_fold([*look.parts], as_=["part", "length"])
        .transform_calculate(
            series=f"datum[{_json(look.colour)}]" if look.colour else names,
            order=f"indexof({_json(list(look.parts))}, datum.part)",
        )
        .mark_bar(height=14, yOffset=along.drop, stroke=PAPER, strokeWidth=1)
        .encode(
            x=alt.X("length:Q", axis=None, scale=along.scale, stack="zero"),
            order="order:Q",
            color=colour,
            opacity=alt.when(picked).then(alt.value(1)).otherwise(alt.value(0.2)),
            tooltip=_tooltips(columns),
        )
        .add_params(picked)
    )


@dataclass(frozen=True)
class _Along:
    """The scale that bars lie along, and how far below the middle of their row they lie."""

    scale: Any
    drop: int


def _bar_labels(base: Any, *, beside: bool) -> Any:
    marks = (
        base.mark_text(align="right", baseline="middle", x=0, dx=-8, color=TEXT)
        if beside
        else base.mark_text(align="left", baseline="middle", x=0, dy=-10, color=TEXT)
    )
    return marks.encode(text="label:N")


def grid(
    rows: Sequence[Row], *, columns: Sequence[Column], row: str, column: str, number: str
) -> Any:
    """A table of counts as tinted cells, a word for each row and column, numbers in the cells."""
    import altair as alt

    down = list(map(str, distinct(each[row] for each in rows)))
    across = list(map(str, distinct(each[column] for each in rows)))
    left = min(max(map(ems, down)), 8.5) * _SIZE + 8
    cell = (WIDTH - left) / len(across)
    heads = [wrap(each, cell / _SIZE - 0.3, 4) for each in across]
    sides = [wrap(each, (left - 8) / _SIZE, 2) for each in down]
    top = max(map(len, heads)) * _LINE + 6
    height = 34 if max(map(len, sides)) > 1 else 28
    base = _chart(rows).encode(
        x=alt.X(f"{column}:N", sort=across, axis=None),
        y=alt.Y(f"{row}:N", sort=down, axis=None),
    )
    tint = alt.Scale(domainMin=0, range=[0.06, 0.62])
    tiles = base.mark_rect(color=HEAT, stroke=PAPER, strokeWidth=2).encode(
        fillOpacity=alt.FillOpacity(f"{number}:Q", scale=tint, legend=None),
        tooltip=_tooltips(columns),
    )
    filled = base.transform_filter(f"datum[{_json(number)}] > 0")
    numbers = filled.mark_text(baseline="middle", color=TEXT).encode(text=f"{number}:N")
    picture = alt.layer(
        tiles,
        numbers,
        _lettered(_column_heads(heads, cell), align="center", color=QUIET),
        _lettered(_row_heads(sides, height), align="right", color=TEXT),
    )
    return _dressed(
        picture.properties(width=WIDTH - left, height=height * len(down)), left=left, top=top
    )


def _column_heads(heads: Sequence[Sequence[str]], cell: float) -> Iterator[Row]:
    """Lines above the columns, the last line of each at the same height."""
    for place, lines in enumerate(heads):
        for line, text in enumerate(reversed(lines)):
            yield {"x": (place + 0.5) * cell, "y": -line * _LINE - _LINE / 2 - 2, "line": text}


def _row_heads(sides: Sequence[Sequence[str]], height: float) -> Iterator[Row]:
    """Lines before the rows, in the middle of each row."""
    for place, lines in enumerate(sides):
        first = (place + 0.5) * height - (len(lines) - 1) * _LINE / 2
        for line, text in enumerate(lines):
            yield {"x": -8, "y": first + line * _LINE, "line": text}


def _lettered(lines: Iterable[Row], **look: Any) -> Any:
    """Lines of words at places in pixels: an axis would not centre labels of several lines."""
    import altair as alt

    return (
        _chart(lines)
        .mark_text(baseline="middle", **look)
        .encode(x=alt.X("x:Q", scale=None), y=alt.Y("y:Q", scale=None), text="line:N")
    )


def _series_colour(series: Sequence[str], left: float) -> Any:
    import altair as alt

    scale = alt.Scale(
        domain=list(series), range=[SERIES[n % len(SERIES)] for n in range(len(series))]
    )
    legend = alt.Legend(
        title=None,
        orient="none",
        direction="horizontal",
        columns=_legend_columns(series),
        legendX=-left,
        legendY=-_legend_height(series),
        symbolType="square",
        labelColor=TEXT,
        labelLimit=WIDTH,
    )
    return alt.Color("series:N", scale=scale, legend=legend if len(series) > 1 else None)


def _legend_columns(series: Sequence[str]) -> int:
    widest = max(map(ems, series)) * _SIZE + 34
    return max(1, int(WIDTH // widest))


def _legend_height(series: Sequence[str]) -> int:
    if len(series) < 2:
        return 0
    lines = -(-len(series) // _legend_columns(series))
    return lines * _LEGEND_LINE + 6


def _tooltips(columns: Sequence[Column]) -> list[Any]:
    import altair as alt

    return [
        alt.Tooltip(f"{each.name}:Q", title=each.heading, format=",")
        if each.kind == "yuan"
        else alt.Tooltip(f"{each.name}:N", title=each.heading)
        for each in columns
    ]


def _chart(values: Iterable[Mapping[str, Any]]) -> Any:
    import altair as alt

    data: Any = {"values": [dict(each) for each in values]}
    return alt.Chart(alt.InlineData(**data))


def _dressed(picture: Any, *, left: float, top: float) -> Any:
    """The chart with its room fixed: nothing is measured, nothing moves."""
    import altair as alt

    return (
        picture.properties(
            autosize=alt.AutoSizeParams(type="none"),
            padding={"left": left, "top": top, "right": 0, "bottom": 2},
        )
        .configure(font=FONT, background="transparent", aria=False)
        .configure_view(stroke=None)
        .configure_legend(labelFontSize=_SIZE, symbolSize=110, rowPadding=4, columnPadding=14)
        .configure_text(fontSize=_SIZE)
    )


def _json(value: object) -> str:
    """A value as an expression of Vega's has it."""
    return json.dumps(value, ensure_ascii=False)
