"""Cells that could execute, mislead or break where the tables are opened."""

import re
import unicodedata
from collections.abc import Iterator
from html.entities import html5

from generator.intake.problems import Problem, problem
from generator.intake.tables import ROW
from generator.plan.model import Plan

_FORMULA = re.compile("[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]")
"""What spreadsheets take for the start of a formula, and the full-width and small forms of it."""
_MARKUP = re.compile(r"<[a-zA-Z!/?]|\b(?:javascript|vbscript):|\bdata:\w+/", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#\d+|#x[0-9a-f]+|(?P<name>\w+));", re.IGNORECASE)
_HIDDEN = {"Cc", "Cf", "Zl", "Zp"}
_NAMED = {"\n": "换行", "\r": "回车", "\t": "制表符"}


def unsafe(plan: Plan) -> Iterator[Problem]:
    """A text cell must be plain, visible text that no spreadsheet takes for a formula."""
    for table in plan.tables.values():
        texts = [column for column in table.columns if column.type in {"string", "any"}]
        for cells in table.rows:
            for column in texts:
                value = cells.get(column.name)
                fault = _fault(value) if isinstance(value, str) else None
                if fault:
                    reason, expected = fault
                    yield problem(
                        "unsafe-cell",
                        table.path,
                        row=cells[ROW],
                        column=column.title,
                        value=value,
                        reason=reason,
                        expected=expected,
                    )


def _fault(text: str) -> tuple[str, str] | None:
    """What is wrong with a text, and what to do about it."""
    if _FORMULA.match(text):
        first = _NAMED.get(text[0], f"“{text[0]}”")
        return f"以{first}开头，表格软件会当作公式", "换一种写法，不要以 = + - @ 或制表符开头"
    if text != text.strip():
        return "开头或结尾有空格", "删去首尾的空格"
    hidden = _hidden(text)
    if hidden:
        name = _NAMED.get(hidden, f"看不见的字符 U+{ord(hidden):04X}")
        return f"含有{name}", "删去它，一格之内只写一行看得见的文字"
    markup = _MARKUP.search(text) or _reference(text)
    if markup:
        return f"含有标记“{markup[0]}”", "只写纯文字，不写 HTML 标记、字符实体和脚本"
    return None


def _hidden(text: str) -> str:
    """The first character that does not show or that turns the text round, or nothing."""
    if text.isprintable():  # nearly always, and a hundred times quicker than looking at each
        return ""
    return next((char for char in text if unicodedata.category(char) in _HIDDEN), "")


def _reference(text: str) -> re.Match[str] | None:
    """A character reference that HTML knows: &lt; is one, R&D; is none."""
    found = _REFERENCE.finditer(text)
    return next((each for each in found if not each["name"] or f"{each['name']};" in html5), None)
