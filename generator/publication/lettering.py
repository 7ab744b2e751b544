"""How much room words take in a drawing, and how they are broken, so that labels never overlap.

Widths are in ems of the label's size. A Chinese character is one em wide in every font; Latin
letters are taken as wide as the widest common fonts draw them on average.
"""

import unicodedata
from itertools import pairwise

_LATIN = 0.58
_WIDE = frozenset("WFA")


def ems(text: str) -> float:
    """The width of a line of text."""
    return sum(1 if _is_wide(each) else _LATIN for each in text)


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in _WIDE


def cut(text: str, room: float) -> str:
    """The text, or as much of it as there is room for and an ellipsis."""
    if ems(text) <= room:
        return text
    while text and ems(text) > room - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def wrap(text: str, room: float, lines: int) -> tuple[str, ...]:
    """The text in as few lines as it needs, of about the same length, but at most `lines`.

    What has no room ends in an ellipsis.
    """
    filled = _filled(text, room)
    if len(filled) > lines:
        kept = filled[: lines - 1]
        rest = text[sum(map(len, kept)) :]
        return (*(line.strip() for line in kept), cut(rest.strip(), room))
    while room > 2 and _as_good(narrower := _filled(text, room - 0.5), filled):
        room, filled = room - 0.5, narrower
    return tuple(line.strip() for line in filled)


def _as_good(lines: list[str], others: list[str]) -> bool:
    """Whether lines are no more than others, and break no more words."""
    return len(lines) == len(others) and _broken(lines) <= _broken(others)


def _broken(lines: list[str]) -> int:
    return sum(_is_within_word(one + other, len(one)) for one, other in pairwise(lines))


def _filled(text: str, room: float) -> list[str]:
    """Lines that are as full as can be."""
    lines: list[str] = []
    while text:
        line = text if ems(text.strip()) <= room else _first_line(text, room)
        lines.append(line)
        text = text[len(line) :]
    return lines


def _first_line(text: str, room: float) -> str:
    """As much as fits in one line; a word of Latin letters is broken only where it fills it."""
    end = 1
    while ems(text[: end + 1].strip()) <= room:
        end += 1
    start = end
    while start and _is_within_word(text, start):
        start -= 1
    return text[: start or end]


def _is_within_word(text: str, place: int) -> bool:
    """Whether a line that ends at this place would break a word or a number."""
    before, after = text[place - 1], text[place]
    return not any(each.isspace() or _is_wide(each) for each in (before, after))
