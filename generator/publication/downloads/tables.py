"""One table as text: CSV for programs, CSV for Excel and WPS, JSON."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from generator.intake.sheet import split_rows
from generator.publication.downloads.cells import as_text, defused, is_formula
from generator.publication.downloads.datasets import Dataset
from generator.publication.views.edition import json_value

_BYTE_ORDER_MARK = "\ufeff"


def machine_csv(dataset: Dataset) -> bytes:
    """UTF-8 without a mark, one header row of column names: the package's own file, byte for byte.

    Intake refuses a package with a cell that spreadsheets would run. Should one come another way,
    the file is written anew with that cell defused.
    """
    content = dataset.table.content
    if not content:
        names = [column.name for column in dataset.columns]
        return _csv([names, *map(_texts, dataset.rows)], "\n").encode()
    rows = split_rows(content.decode("utf-8-sig"))
    if any(is_formula(cell) for row in rows for cell in row):
        return _csv(rows, "\n").encode()
    return content


def excel_csv(dataset: Dataset) -> bytes:
    """The same rows under the columns' titles, with the mark by which Excel and WPS know UTF-8."""
    return sheet_csv([dataset.headings, *map(_texts, dataset.rows)])


def sheet_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of text as a CSV that opens with a double click."""
    return (_BYTE_ORDER_MARK + _csv(rows, "\r\n")).encode()


def _csv(rows: Iterable[Sequence[str]], end: str) -> str:
    text = io.StringIO()
    safe = [[defused(cell) for cell in row] for row in rows]
    # Python's csv quotes a carriage return only where it ends the lines, too.
    broken = any("\r" in cell for row in safe for cell in row)
    writer = csv.writer(
        text, lineterminator=end, quoting=csv.QUOTE_ALL if broken else csv.QUOTE_MINIMAL
    )
    writer.writerows(safe)
    return text.getvalue()


def _texts(cells: Iterable[Any]) -> list[str]:
    return [as_text(cell) for cell in cells]


def table_json(dataset: Dataset, about: dict[str, Any]) -> bytes:
    """A table with what it means: `about` it, its columns, and one object a row, a line each."""
    names = [column.name for column in dataset.columns]
    head = {**about, "columns": dataset.meanings}
    opened = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    objects = (
        _compact(dict(zip(names, map(json_value, row), strict=True))) for row in dataset.rows
    )
    rows = ",\n  ".join(objects)
    return f'{opened},\n "rows": [\n  {rows}\n ]\n}}\n'.encode()


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
