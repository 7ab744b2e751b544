"""The picture that stands beside a shared address: a plan's title and its counts, as a PNG."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from generator.publication.pages import card_svg
from generator.publication.views.parts import OverviewView
from generator.publication.wording import Wording

WIDTH, HEIGHT = 1200, 630
_LINE = 34
"""How much of a title stands on a line, in half widths."""
_MOST_LINES = 4
_FIRST_LINE, _LINE_HEIGHT = 200, 76
_FIRST_COUNT, _COUNT_WIDTH = 80, 270


@dataclass(frozen=True)
class Line:
    """A line of the title, and how far down it stands."""

    text: str
    top: int


@dataclass(frozen=True)
class Count:
    """How many of what, and how far to the right it stands."""

    value: str
    label: str
    left: int


@dataclass(frozen=True)
class Card:
    """What the picture shows."""

    place: str
    lines: tuple[Line, ...]
    counts: tuple[Count, ...]


def picture(home: OverviewView, place: str, words: Wording) -> bytes:
    """The picture for a plan's front page, which all its pages share."""
    import vl_convert

    texts = list(_wrap(home.title))[:_MOST_LINES]
    card = Card(
        place,
        tuple(Line(text, _FIRST_LINE + n * _LINE_HEIGHT) for n, text in enumerate(texts)),
        tuple(
            Count(figure.value, figure.caption, _FIRST_COUNT + n * _COUNT_WIDTH)
            for n, (figure, _) in enumerate(home.figures[:_MOST_LINES])
        ),
    )
    # Fonts that come with the installation, so that no machine draws boxes for Chinese.
    vl_convert.register_font_directory(str(files("cvttf_NotoSansCJK_Regular")))
    png: bytes = vl_convert.svg_to_png(card_svg(card, words))
    return png


def _wrap(title: str) -> Iterator[str]:
    """The title in lines; Chinese may break anywhere, other words only between them."""
    line, width = "", 0
    for part in _parts(title):
        wide = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in part)
        if line and width + wide > _LINE:
            yield line.strip()
            line, width = "", 0
        line, width = line + part, width + wide
    yield line.strip()


def _parts(title: str) -> Iterator[str]:
    word = ""
    for char in title:
        if unicodedata.east_asian_width(char) in "WF" or char.isspace():
            yield from filter(None, (word, char))
            word = ""
        else:
            word += char
    if word:
        yield word
