"""The whole package as one workbook: cover, a sheet a table, dictionary, sources.

The home of XlsxWriter. Cells are typed, texts are texts: nothing is a formula or a link.
"""

import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, count
from typing import Any

from generator.plan.model import Column
from generator.publication.downloads.cells import Kind, as_text, is_formula
from generator.publication.downloads.datasets import Dataset

_LONGEST_CELL = 32_767
_LONGEST_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_FIRST_DAY = date(1900, 3, 1)
"""Before it, spreadsheets count a day that never was."""
_NARROWEST, _WIDEST = 8, 48
"""In characters; what is wider wraps."""
_MEASURED_ROWS = 200
"""How many rows decide how wide a column is."""
_LINE_HEIGHT, _HEADING_HEIGHT = 15, 22
_MOST_LINES = 8
"""How tall a row is, in points; a program that is not Excel does not fit rows to wrapped text."""
_A4 = 9
_PRINTED_WIDTH = 230
"""What is wider than this many characters is printed on several pages side by side."""
_PRINTED_SCALE = 60
"""Per cent: about as many characters as _PRINTED_WIDTH across a page."""
_GROUPED = 10_000
"""From here on, numbers are shown with separators, but for years."""


@dataclass(frozen=True)
class Leaf:
    """A sheet beside the tables, of texts and counts; `heading` is the row that is one.

    Where that is the first, the sheet is a table; else it opens with a title and what it is.
    """

    name: str
    rows: Sequence[Sequence[str | int]]
    heading: int = 0


def package_xlsx(
    title: str, made: datetime, cover: Leaf, sheets: Mapping[str, Dataset], leaves: Sequence[Leaf]
) -> bytes:
    """The workbook's bytes; `sheets` are tables by name, `made` is when the release was."""
    import xlsxwriter

    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    names = sheet_names([cover.name, *sheets, *(leaf.name for leaf in leaves)])
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": title, "created": made})
        writer = _Writer(book)
        writer.leaf(names[0], cover)
        for name, dataset in sheets.items():
            writer.table(name, dataset)
        for name, leaf in zip(names[1 + len(sheets) :], leaves, strict=True):
            writer.leaf(name, leaf)
    return content.getvalue()


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Names that spreadsheets take: short, without their punctuation, no two alike."""
    names: list[str] = []
    taken = {"history"}  # Excel keeps this one for itself
    for title in titles:
        cleaned = title.translate(_FORBIDDEN).strip() or "-"
        numbered = (f"{cleaned[: _LONGEST_NAME - 5]} {number}" for number in count(2))
        candidates = chain([cleaned[:_LONGEST_NAME].strip()], numbered)
        free = next(each for each in candidates if each.lower() not in taken)
        taken.add(free.lower())
        names.append(free)
    return names


class _Writer:
    """Writes sheets into an open workbook."""

    def __init__(self, book: Any) -> None:
        self.book = book
        top = {"valign": "top"}
        self.heading = book.add_format(
            {
                "bold": True,
                "bg_color": "#E8EEF6",
                "bottom": 1,
                "text_wrap": True,
                "valign": "vcenter",
            }
        )
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.free = book.add_format({"align": "left"})
        self.label = book.add_format({"bold": True, "text_wrap": True, **top})
        self.text = book.add_format({"text_wrap": True, **top})
        # Keeps a text a text even when somebody edits the cell.
        self.guarded = book.add_format({"text_wrap": True, "quote_prefix": True, **top})
        self.plain = book.add_format(top)
        self.grouped = book.add_format({"num_format": "#,##0", **top})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", **top})

    def table(self, name: str, dataset: Dataset) -> None:
        """A table under its columns' titles, frozen and with filters."""
        sheet = self.book.add_worksheet(name)
        for place, heading in enumerate(dataset.headings):
            self._text(sheet, 0, place, heading, self.heading)
        widths = list(_widths(dataset))
        self._columns(sheet, widths)
        writers = [self._cell(*each) for each in zip(dataset.columns, dataset.kinds, strict=True)]
        for number, row in enumerate(dataset.rows, start=1):
            for place, (write, cell) in enumerate(zip(writers, row, strict=True)):
                if cell is not None:
                    write(sheet, number, place, cell)
            self._height(sheet, number, row, widths)
        self._print(sheet, widths)
        if dataset.columns:
            self._filters(sheet, len(dataset.rows), len(dataset.columns))

    def _columns(self, sheet: Any, widths: Sequence[float]) -> None:
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)

    def _height(self, sheet: Any, number: int, row: Sequence[Any], widths: Sequence[float]) -> None:
        """Make a row as tall as its longest text, where that takes more than a line."""
        pairs = zip(row, widths, strict=False)
        lines = max(
            (_lines(cell, width) for cell, width in pairs if isinstance(cell, str)), default=1
        )
        if lines > 1:
            sheet.set_row(number, _LINE_HEIGHT * min(lines, _MOST_LINES))

    def _filters(self, sheet: Any, rows: int, columns: int) -> None:
        """Keep headings and first column in sight, let them filter, print them on every page."""
        sheet.set_row(0, _HEADING_HEIGHT)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, rows, columns - 1)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0)
        # Years are texts on purpose: no green corner need say so.
        sheet.ignore_errors({"number_stored_as_text": _cells(rows, columns)})

    def _print(self, sheet: Any, widths: Sequence[float]) -> None:
        """Lay out for paper: as wide as a page where that can still be read."""
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_footer("&L&A&R&P / &N")
        if sum(widths) <= _PRINTED_WIDTH:
            sheet.fit_to_pages(1, 0)
        else:
            sheet.set_print_scale(_PRINTED_SCALE)
            sheet.print_across()

    def _cell(self, column: Column, kind: Kind) -> Any:
        """How the cells of a column are written."""
        if kind is Kind.TEXT:
            return self._text
        if kind is Kind.DATE:
            return self._date
        if kind is Kind.BOOLEAN:
            return self._truth
        return self._year if column.type == "year" else self._number

    def _truth(self, sheet: Any, row: int, place: int, cell: bool) -> None:
        sheet.write_boolean(row, place, cell, self.plain)

    def _year(self, sheet: Any, row: int, place: int, cell: int) -> None:
        sheet.write_number(row, place, cell, self.plain)

    def _number(self, sheet: Any, row: int, place: int, cell: int | Decimal) -> None:
        grouped = cell == int(cell) and not -_GROUPED < cell < _GROUPED
        sheet.write_number(row, place, cell, self.grouped if grouped else self.plain)

    def _text(self, sheet: Any, row: int, place: int, cell: str, style: Any = None) -> None:
        own = self.guarded if is_formula(cell) else style or self.text
        sheet.write_string(row, place, cell[:_LONGEST_CELL], own)

    def _date(self, sheet: Any, row: int, place: int, cell: date) -> None:
        if cell < _FIRST_DAY:
            self._text(sheet, row, place, cell.isoformat())
        else:
            sheet.write_datetime(row, place, datetime(cell.year, cell.month, cell.day), self.day)  # noqa: DTZ001 - a day

    def leaf(self, name: str, leaf: Leaf) -> None:
        """A sheet that is no table of the package."""
        sheet = self.book.add_worksheet(name)
        widths = list(_text_widths([row for row in leaf.rows if len(row) > 1]))
        self._columns(sheet, widths)
        for number, row in enumerate(leaf.rows):
            for place, cell in enumerate(row):
                if isinstance(cell, int):
                    self._number(sheet, number, place, cell)
                else:
                    self._text(sheet, number, place, cell, self._style(leaf, number, place))
            if len(row) > 1:
                self._height(sheet, number, row, widths)
        self._print(sheet, widths)
        if leaf.heading:
            sheet.set_row(0, 2 * _LINE_HEIGHT)
        else:
            self._filters(sheet, len(leaf.rows) - 1, max(len(leaf.rows[0]), 1))

    def _style(self, leaf: Leaf, row: int, place: int) -> Any:
        if row == leaf.heading:
            return self.heading
        if not leaf.heading:
            return self.text
        if len(leaf.rows[row]) == 1:
            return self.free if row else self.title
        return self.text if place else self.label


def _cells(rows: int, columns: int) -> str:
    """All cells from the first one on, as spreadsheets call them."""
    from xlsxwriter.utility import xl_range

    cells: str = xl_range(0, 0, rows, columns - 1)
    return cells


def _widths(dataset: Dataset) -> Iterator[float]:
    """Widths from the first rows; a heading may take two lines beside its filter's button."""
    sample = dataset.rows[:_MEASURED_ROWS]
    texts = ([as_text(cell) for cell in row] for row in sample)
    columns = list(zip(*texts, strict=True)) or [()] * len(dataset.columns)
    for heading, cells in zip(dataset.headings, columns, strict=True):
        yield _bounded(max(map(_width, cells), default=0), _width(heading) + 4)


def _text_widths(rows: Sequence[Sequence[str | int]]) -> Iterator[float]:
    for place in range(max(map(len, rows), default=0)):
        yield _bounded(max(_width(str(row[place])) for row in rows if len(row) > place))


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column."""
    return 1 if 2 * len(text) < width else -int(-_width(text) // (width - 1))


def _bounded(*widths: float) -> float:
    return min(_WIDEST, max(_NARROWEST, *widths) + 2)


def _width(text: str) -> int:
    """How wide a text is in characters: Chinese ones take two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
