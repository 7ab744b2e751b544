"""Cells on their way out: how they are written, and that none of them runs when it is opened."""

import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

Cell = str | bool | int | Decimal | date | None
"""What a cell of a published table can be."""

_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
_FORMULA = re.compile(f"[\\s\"'\\0\ufeff]*[{_SIGNS}]|[\\t\\r\\n\\0]")
"""What a spreadsheet may take for the start of a formula, full-width forms too, after blanks or
quotes as well, and the characters that make it look for one in the next cell (OWASP)."""
_HARMLESS = re.compile(r"[+-]?\d[\d,]*(\.\d+)?(e[+-]?\d+)?%?|[-\u2212]+", re.ASCII | re.IGNORECASE)
"""A plain number, or the dash that some tables have for nothing."""

_SAFE_INTEGER = 10**15
"""Below this, integers are the same in a spreadsheet, in JavaScript and here."""


class Kind(StrEnum):
    """How a column is stored where a format has types."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"


_KINDS = {
    "integer": Kind.INTEGER,
    "year": Kind.INTEGER,
    "number": Kind.NUMBER,
    "boolean": Kind.BOOLEAN,
    "date": Kind.DATE,
}


def kind_of(declared: str, cells: Iterable[Any]) -> Kind:
    """How a column of a declared type is stored, so that no digit of its cells is lost.

    Figures that a spreadsheet would round, and types that not every tool has, are kept as text.
    """
    kind = _KINDS.get(declared, Kind.TEXT)
    return kind if all(cell is None or _fits(kind, cell) for cell in cells) else Kind.TEXT


def _fits(kind: Kind, cell: Any) -> bool:
    if kind is Kind.BOOLEAN:
        return isinstance(cell, bool)
    if kind is Kind.INTEGER:
        return type(cell) is int and abs(cell) < _SAFE_INTEGER
    if kind is Kind.NUMBER:
        return isinstance(cell, Decimal) and cell.is_finite() and Decimal(repr(float(cell))) == cell
    return kind is Kind.TEXT or type(cell) is date


def as_text(cell: Any) -> str:
    """A cell as CSV has it: nothing for a missing one, no exponent, ISO dates, true and false."""
    if type(cell) is str:  # first, for most cells are texts
        return cell
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, (date, datetime)):
        return cell.isoformat()
    if isinstance(cell, (dict, list, tuple)):
        return json.dumps(cell, ensure_ascii=False, default=str)
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet that opens this text as a cell may run it."""
    if text[:1].isalnum():
        return False
    return bool(_FORMULA.match(text)) and not _HARMLESS.fullmatch(text)


def defused(text: str) -> str:
    """The text as it may stand in a file that spreadsheets open: never the start of a formula.

    An apostrophe is what spreadsheets themselves put before such a text; plain numbers keep their
    sign.
    """
    return f"'{text}" if is_formula(text) else text
