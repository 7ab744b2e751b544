"""A problem with a package, its wording for editors, and the four forms in which it goes out."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from itertools import groupby

# Comparing costs some ten microseconds: half a second at most is spent on helping with one column.
_COMPARISONS = 50_000
_LONGEST = 60
"""Characters of a word that is compared."""

_MARKDOWN = re.compile(r"[\\`*_~|<>\[\]]")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing wrong: where, what, and how to mend it.

    `row` counts as a spreadsheet does (the header is row 1), `column` is the column's title.
    """

    code: str
    file: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    message: str
    hint: str


class PackageRefused(Exception):
    """The package cannot be published; `problems` says all that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep every problem."""
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


@cache
def _wording() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("generator.intake").joinpath("wording.toml").read_text("utf-8"))


def problem(
    code: str,
    file: str,
    *,
    row: int | None = None,
    column: str | None = None,
    value: object = None,
    **details: object,
) -> Problem:
    """A problem worded from its code; `details` fill the gaps of the wording.

    Raises KeyError for a code that wording.toml does not know.
    """
    wording = _wording()[code]
    shown = None if value is None else str(value)
    gaps = {name: _visible(str(detail)) for name, detail in details.items()}
    gaps = {"value": shorten(shown or "空"), "title": _visible(column or ""), **gaps}
    return Problem(
        code=code,
        file=file,
        row=row,
        column=column,
        value=shown,
        message=wording["message"].format(**gaps),
        hint=wording["hint"].format(**gaps),
    )


def shorten(text: str, limit: int = 60) -> str:
    """The text on one line, its end cut off beyond `limit` characters, invisible ones spelt out."""
    visible = _visible(text[: limit + 1])
    return visible if len(visible) <= limit else visible[: limit - 1] + "…"


def _visible(text: str) -> str:
    """The text on one line; what does not show, or would do something, as its code point."""
    if text.isprintable():  # nearly always, and much quicker than looking at each
        return text
    return "".join(
        char if char.isprintable() or char == "\u3000" else f"\\u{ord(char):04x}" for char in text
    )


class Suggester:
    """Names the known word nearest to a wrong one, while that can be done in good time."""

    def __init__(self, known: Mapping[str, str] | Iterable[str]) -> None:
        """Keep the words to know a slip by, with what to suggest for each where that differs."""
        self._known = dict(known) if isinstance(known, Mapping) else {word: word for word in known}
        self._told: dict[str, str] = {}
        self._left = _COMPARISONS

    def __call__(self, wanted: str) -> str:
        """A clause that names the known word nearest to the wanted one, or nothing."""
        if wanted not in self._told:
            near = self._nearest(wanted)
            self._told[wanted] = f"；是否指 {near}？" if near else ""
        return self._told[wanted]

    def _nearest(self, wanted: str) -> str | None:
        if wanted in self._known:
            return self._known[wanted]
        self._left -= len(self._known)
        if self._left < 0 or len(wanted) > _LONGEST:
            return None
        near = get_close_matches(wanted, self._known, n=1, cutoff=0.6)
        return self._known[near[0]] if near else None


def suggestion(wanted: str, known: Mapping[str, str] | Iterable[str]) -> str:
    """A clause that names the known word nearest to a single wrong one, or nothing."""
    return Suggester(known)(wanted)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems once each, by file, row and column."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (p.file, p.row or 0)))


def as_text(problems: Sequence[Problem]) -> str:
    """Problems for a terminal, grouped by file."""
    if not problems:
        return "没有发现问题。\n"
    lines: list[str] = []
    for file, group in groupby(problems, key=lambda p: p.file):
        lines.append(_visible(file))
        for each in group:
            lines.append(f"  {_place(each)}{each.message}  [{each.code}]")
            lines.append(f"    → {each.hint}")
    lines.append(f"共 {len(problems)} 个问题。")
    return "\n".join(lines) + "\n"


def as_json(problems: Sequence[Problem]) -> str:
    """Problems as a list of objects: code, file, row, column, value, message, hint."""
    return json.dumps([asdict(each) for each in problems], ensure_ascii=False, indent=2) + "\n"


def as_markdown(problems: Sequence[Problem]) -> str:
    """Problems as a table for a pull request's comment."""
    if not problems:
        return "没有发现问题。\n"
    head = "| 文件 | 行 | 列 | 问题 | 改法 |\n|---|---:|---|---|---|\n"
    cells = (
        (each.file, str(each.row or ""), each.column or "", each.message, each.hint)
        for each in problems
    )
    rows = ("| " + " | ".join(map(_markdown_cell, row)) + " |\n" for row in cells)
    return f"共 {len(problems)} 个问题。\n\n{head}{''.join(rows)}"


def as_github(problems: Sequence[Problem]) -> str:
    """Problems as GitHub workflow annotations, one line each."""
    return "".join(
        f"::error file={_escape(each.file, ',:')},line={each.row or 1},"
        f"title={_escape(each.code, ',:')}::"
        f"{_escape(_place(each) + each.message + ' → ' + each.hint)}\n"
        for each in problems
    )


OUTLETS = {"text": as_text, "json": as_json, "markdown": as_markdown, "github": as_github}


def _place(each: Problem) -> str:
    row = f"第 {each.row} 行" if each.row else ""
    column = f"「{each.column}」" if each.column else ""
    return f"{row}{column}\uff1a" if row or column else ""


def _markdown_cell(text: str) -> str:
    """The text on one line, with nothing in it that Markdown would take for its own."""
    return _MARKDOWN.sub(r"\\\g<0>", _visible(text))


def _escape(text: str, also: str = "") -> str:
    """Escape as GitHub's workflow commands ask: % and line ends, and in a property also , and :."""
    for char in "%\r\n" + also:
        text = text.replace(char, f"%{ord(char):02X}")
    return text
