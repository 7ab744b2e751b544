"""What the columns of the tables mean, made from the schema and counted in the rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.plan.model import Column
from generator.publication.downloads.cells import as_text
from generator.publication.downloads.datasets import Dataset
from generator.publication.wording import Wording

_LONGEST_EXAMPLE = 60


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One column: `filled` of `rows` have a cell, `example` is the first of them.

    `unit` is what its numbers count, in the reader's words; `terms` are its allowed values with
    their meaning, which is empty where they say it themselves.
    """

    name: str
    title: str
    description: str
    type: str
    unit: str
    required: bool
    terms: Mapping[str, str]
    filled: int
    rows: int
    example: str


def dictionary(dataset: Dataset, words: Wording) -> tuple[Entry, ...]:
    """An entry for every column of a table, in order."""
    columns = list(zip(*dataset.rows, strict=True)) or [()] * len(dataset.columns)
    return tuple(
        _entry(dataset, column, cells, words)
        for column, cells in zip(dataset.columns, columns, strict=True)
    )


def _entry(dataset: Dataset, column: Column, cells: Sequence[object], words: Wording) -> Entry:
    filled = [cell for cell in cells if cell is not None]
    return Entry(
        name=column.name,
        title=column.title,
        description=column.description,
        type=_type(column.type, words),
        unit=_unit(dataset, column, words),
        required=column.required,
        terms={term: "" if term == label else label for term, label in column.labels.items()},
        filled=len(filled),
        rows=len(cells),
        example=_short(as_text(filled[0])) if filled else "",
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_EXAMPLE else text[: _LONGEST_EXAMPLE - 1] + "…"


def _type(declared: str, words: Wording) -> str:
    text = words.text
    return {
        "string": text("text"),
        "integer": text("whole number"),
        "number": text("number"),
        "boolean": text("yes or no"),
        "date": text("date"),
        "year": text("year"),
    }.get(declared, declared)


def _unit(dataset: Dataset, column: Column, words: Wording) -> str:
    other = dataset.table.column.get(column.unit_column)
    if other:
        return words.text("see the column “%(column)s”", column=other.title)
    return words.text("yuan") if column.unit == "CNY" else column.unit


def terms_in_words(terms: Mapping[str, str]) -> str:
    """Allowed values on one line: term = meaning; term = meaning."""
    named = (f"{term} = {label}" if label else term for term, label in terms.items())
    return "; ".join(named)


DICTIONARY_COLUMNS = (
    "table_title",
    "file",
    "column_name",
    "title",
    "type",
    "unit",
    "required",
    "meaning",
    "allowed_values",
    "rows",
    "filled",
    "example",
)
"""What the columns of the dictionary are called where programs read it."""


def dictionary_rows(datasets: Iterable[Dataset], words: Wording) -> list[list[str | int]]:
    """The dictionary of all tables as rows of texts and counts, a heading first."""
    text = words.text
    heading: list[str | int] = [
        text("Table"),
        text("File"),
        text("Column"),
        text("Title"),
        text("Type"),
        text("Unit"),
        text("Required"),
        text("Meaning"),
        text("Allowed values"),
        text("Rows"),
        text("Filled"),
        text("Example"),
    ]
    rows = (
        _dictionary_row(dataset, entry, words)
        for dataset in datasets
        for entry in dictionary(dataset, words)
    )
    return [heading, *rows]


def _dictionary_row(dataset: Dataset, entry: Entry, words: Wording) -> list[str | int]:
    return [
        dataset.table.title,
        dataset.stem,
        entry.name,
        entry.title,
        entry.type,
        entry.unit,
        words.text("yes") if entry.required else "",
        entry.description,
        terms_in_words(entry.terms),
        entry.rows,
        entry.filled,
        entry.example,
    ]
