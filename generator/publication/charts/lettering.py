"""How much room words take, and how they are broken, so that labels never overlap.

Widths are in ems of the label's size. A Chinese character is one em wide in every font; Latin
letters are taken as wide as the widest common fonts draw them on average.
"""

import unicodedata

_LATIN = 0.58
_WIDE = frozenset("WFA")


def ems(text: str) -> float:
    """The width of a line of text."""
    return sum(1 if unicodedata.east_asian_width(each) in _WIDE else _LATIN for each in text)


def cut(text: str, room: float) -> str:
    """The text, or as much of it as there is room for and an ellipsis."""
    if ems(text) <= room:
        return text
    while text and ems(text) > room - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def wrap(text: str, room: float, lines: int) -> tuple[str, ...]:
    """The text in at most so many lines; what has no room ends in an ellipsis."""
    done: list[str] = []
    rest = text
    while ems(rest) > room and len(done) < lines - 1:
        line = _first_line(rest, room)
        done.append(line.rstrip())
        rest = rest[len(line) :].lstrip()
    return (*done, cut(rest, room)) if rest else tuple(done)


def _first_line(text: str, room: float) -> str:
    """As much as fits in one line, broken at a space where one is near."""
    end = 1
    while ems(text[: end + 1]) <= room:
        end += 1
    space = text.rfind(" ", 0, end + 1)
    return text[: space + 1] if space > end // 2 else text[:end]
