"""What a chart is, before anything is drawn: a question, an answer in words, the data, a shape.

Knows nothing of Altair. A shape is called with the data and nothing else, so that a picture is
known by what it is drawn from, and need not be drawn again (see studio.py).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from generator.publication.views.parts import Link
from generator.publication.wording import Wording

_MOST_ROWS = 24
_MOST_COLUMNS = 7

Value = str | int | float | None
Row = Mapping[str, Value]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a chart's data.

    `name` is the field that the shape draws, `title` the reader's word for it in table and CSV;
    `kind` says how its values are printed: text, count, yuan; `unit` is that of the bare numbers.
    """

    name: str
    title: str
    kind: str = "text"
    unit: str = ""

    @property
    def heading(self) -> str:
        """Its title, with the unit of the bare numbers under it."""
        return f"{self.title} ({self.unit})" if self.unit else self.title


@dataclass(frozen=True, kw_only=True)
class Cross:
    """How a table of (row, column, number) is laid out for readers: names of three columns."""

    row: str
    column: str
    number: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One chart.

    `name` is its address and anchor, `page` the overview that its question arises on; `question` is
    what a reader asks, `finding` the answer in a sentence with its figures; `rows` are all the
    data, in order, of which the first `shown` are drawn. `shape` is a function of shapes.py, called
    with the rows, the columns and `options`. `cross` lays the table out in two directions; `links`
    lead from the rows of the table to pages; `note` says what must be known before quoting.
    """

    name: str
    page: str
    question: str
    finding: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    shape: Callable[..., Any]
    options: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    shown: int | None = None
    cross: Cross | None = None
    links: tuple[Link, ...] = ()
    note: str = ""

    @property
    def drawn(self) -> tuple[Row, ...]:
        """The rows that the picture shows."""
        return self.rows[: self.shown]


def printed(words: Wording, column: Column, value: Value) -> str:
    """A value as readers see it, in the table and in the picture alike."""
    if value is None:
        return ""
    if column.kind == "yuan":
        return words.yuan(int(value))
    return str(value)


def table_of(chart: Chart, words: Wording) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The chart's numbers for readers: headings, and rows of printed cells."""
    if chart.cross:
        return _crossed(chart, chart.cross)
    titles = tuple(column.title for column in chart.columns)
    rows = tuple(
        tuple(printed(words, column, row[column.name]) for column in chart.columns)
        for row in chart.rows
    )
    return titles, rows


def _crossed(chart: Chart, cross: Cross) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    numbers = {(row[cross.row], row[cross.column]): row[cross.number] for row in chart.rows}
    across = distinct(row[cross.column] for row in chart.rows)
    heading = next(column.title for column in chart.columns if column.name == cross.row)
    rows = tuple(
        (str(label), *(str(numbers.get((label, each), 0)) for each in across))
        for label in distinct(row[cross.row] for row in chart.rows)
    )
    return (heading, *(str(each) for each in across)), rows


def distinct(values: Iterable[Value]) -> tuple[Value, ...]:
    """Each value once, in the order in which they first come."""
    return tuple(dict.fromkeys(values))


def crossed_rows(
    counts: Mapping[tuple[str, str], int],
    cross: Cross,
    order: tuple[Sequence[str], Sequence[str]],
    other: str,
) -> tuple[Row, ...]:
    """Counts by (row, column) as rows of three columns, in `order`.

    Empty rows and columns are left out; where there are too many to be read on a phone, those with
    the least are counted together as `other`.
    """
    down = _fullest(counts, 0, order[0], _MOST_ROWS)
    across = _fullest(counts, 1, order[1], _MOST_COLUMNS)
    merged: dict[tuple[str, str], int] = {}
    for (row, column), number in counts.items():
        key = (row if row in down else other, column if column in across else other)
        merged[key] = merged.get(key, 0) + number
    rows = [each for each in (*down, other) if any(key[0] == each for key in merged)]
    columns = [each for each in (*across, other) if any(key[1] == each for key in merged)]
    return tuple(
        {cross.row: row, cross.column: column, cross.number: merged.get((row, column), 0)}
        for row in rows
        for column in columns
    )


def _fullest(
    counts: Mapping[tuple[str, str], int], side: int, order: Sequence[str], most: int
) -> list[str]:
    """The names on one side that count for something, the fullest if there are too many."""
    sums = dict.fromkeys(order, 0)
    for key, number in counts.items():
        sums[key[side]] = sums.get(key[side], 0) + number
    names = [each for each, number in sums.items() if number]
    if len(names) <= most:
        return names
    fullest = set(sorted(names, key=lambda each: -sums[each])[: most - 1])
    return [each for each in names if each in fullest]
