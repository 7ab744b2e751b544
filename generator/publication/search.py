"""What search needs from a page, and the index made of all pages. The only module that knows Pagefind.

Pagefind reads a card of every page: the page's own words, without frame and without lists of other
pages' titles, which would be three quarters of its work. A card carries an `Entry`: where the page
stands, and its marks, words that only the search script asks for. A mark stands for the page itself,
for a value of a facet, for a figure in whole yuan, per cent or pieces, or for the number of an
article. Marks are words of the index and no Pagefind filters because those come out in another order
on every run, and a site built twice must come out the same.
"""

import gzip
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any
from zlib import crc32

from generator.plan.figures import read_figures
from generator.plan.numerals import read_chinese, unit_kind
from generator.publication.pages import Page
from generator.publication.views.datasets import DatasetView
from generator.publication.views.edition import Edition
from generator.publication.views.parts import OverviewView, RecordView

BUNDLE = "pagefind"
"""The folder of the site that Pagefind writes to."""

CARDS = ".cards/"
"""Where in the site's folder cards lie until they are indexed."""

KIND_NAMES: Mapping[str, str] = {
    "term": "Subsidy term",
    "target": "Target",
    "task": "Task",
    "unit": "Unit",
    "section": "Section",
    "page": "Page",
}
"""The kinds of result, as readers are shown them, in the order of the facet."""

_LISTS = '<div class="pp-record__lists"'
"""Where on a record's page its lists of other records begin."""

_OTHERS_WORDS = (
    ".pp-chip, .pp-group, .pp-grid, .pp-outline, .pp-scroll, .pp-counts",  # other pages' titles
    ".pp-crumbs, .pp-kind, .pp-badges, .pp-facts small, .pp-evidence figcaption",
    ".pp-filters, .pp-files, .pp-downloads, .pp-source, .pp-imprint, .pp-overview .pp-remark",
)
"""What stands on a page and does not speak of its own matter."""

_SMALL_CHUNKS = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "4000"}
"""Places of words in one file of the index: a fifth of Pagefind's own, for who asks for three words."""

_UNUSED = (
    "pagefind-ui.*",
    "pagefind-modular-ui.*",
    "pagefind-component-ui.*",
    "pagefind-highlight.js",
)
_NO_WORD = re.compile(r"[^\w%]+|_")


class IndexFailed(Exception):
    """Pagefind did not make its index; the message is what it said."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """How a page is found. `where` is shown with a result; `marks` are words, parted by spaces."""

    kind: str
    entry_id: str
    where: str
    marks: str


# ------------------------------------------------------------------------------------------ marks


def facet_mark(facet: str, label: str) -> str:
    """The word that all pages with this value of a facet carry. Of one length: none begins another."""
    return f"ppf{crc32(f'{facet}:{label}'.encode()):08x}"


def page_mark(path: str) -> str:
    """The word that one page alone carries."""
    return f"pps{crc32(path.encode()):08x}"


def figure_marks(text: str) -> Iterator[str]:
    """A word for each figure of a text but years: money in yuan, per cent, anything else by number."""
    for figure in read_figures(text):
        kind, _ = unit_kind(figure.unit)
        if kind == "年":
            continue
        letter = "p" if figure.unit == "%" else "y" if kind.startswith("$") else "n"
        yield from (f"pp{letter}{_digits(each)}q" for each in {figure.low, figure.high})


def _digits(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", "d").replace("-", "m")


def number_mark(kind: str, number: str) -> str:
    """The word that the 12th policy carries, be it printed 12 or 十二."""
    value = Decimal(number) if number.isdecimal() else read_chinese(number)
    return f"ppo{kind}{_digits(value)}q" if value is not None else ""


# ---------------------------------------------------------------------------------------- entries


def record_entry(edition: Edition, view: RecordView) -> Entry:
    """How the page of a record is found; a theme's page is a page among others."""
    kind = view.kind if view.kind in KIND_NAMES else "page"
    marks = (
        *_common_marks(edition, kind, view.path),
        *(facet_mark(facet, label) for facet, label in _facets(edition, view)),
        *_numbered(view),
        *sorted(set(figure_marks(_text(view)))),
    )
    entry_id = view.record_id if kind == view.kind else f"{view.kind}-{view.record_id}"
    return Entry(kind=kind, entry_id=entry_id, where=_where(view), marks=" ".join(marks))


def overview_entry(edition: Edition, view: OverviewView) -> Entry:
    """How an overview is found."""
    marks = " ".join(_common_marks(edition, "page", view.path))
    return Entry(kind="page", entry_id=view.name, where=edition.plan.about.title, marks=marks)


def dataset_entry(edition: Edition, view: DatasetView) -> Entry:
    """How the page of a table of the data is found."""
    marks = " ".join(_common_marks(edition, "page", view.path))
    where = edition.words.text("Data")
    return Entry(kind="page", entry_id=f"dataset-{view.stem}", where=where, marks=marks)


def _common_marks(edition: Edition, kind: str, path: str) -> Iterator[str]:
    yield page_mark(path)
    yield facet_mark("kind", edition.words.text(KIND_NAMES[kind]))
    yield facet_mark("plan", edition.plan.about.title)


def _facets(edition: Edition, view: RecordView) -> Iterator[tuple[str, str]]:
    plan, data = edition.plan, view.data
    if view.kind == "unit":
        yield "unit", view.title
    elif view.kind == "theme":
        yield "theme", view.title
    else:
        yield from (("unit", unit.name) for unit in plan.units_of(data["section_id"]))
        if data.get("theme"):
            yield "theme", edition.label("tasks", "theme", data["theme"])
        if data.get("due"):
            yield "year", data["due"][:4]


def _numbered(view: RecordView) -> Iterator[str]:
    number, kind = view.data.get("number"), view.data.get("kind")
    if view.kind == "section" and number:
        yield number_mark(str(kind), str(number))


def _text(view: RecordView) -> str:
    """All that a page of its own says: what figures are read from."""
    parts = [view.title, view.lead, *(fact.text for fact in view.facts)]
    parts += view.evidence.fragments if view.evidence else ()
    if view.kind == "term":
        parts += [cell for grid in view.grids for row in grid.rows for cell in row]
    return "\n".join(parts)


def _where(view: RecordView) -> str:
    if view.evidence:
        return view.evidence.where.text
    return view.crumbs[-1].text if view.kind == "section" else view.kind_label


# ------------------------------------------------------------------------------------------ cards


def card(page: Page, entry: Entry) -> bytes:
    """A page as Pagefind reads it. All cards of a site must be in one language, or it is cut in two."""
    own, _, _ = page.content.partition(_LISTS)
    values = {"id": entry.entry_id, "where": entry.where, "marks": entry.marks}
    data = " ".join(f'data-{name}="{escape(value)}"' for name, value in values.items())
    meta = ", ".join(f"{name}[data-{name}]" for name in values)
    carried = f'<span {data} data-pagefind-meta="{meta}"></span>'
    return f"<html><body data-pagefind-body>{carried}{own}</body></html>".encode()


def put(folder: Path, path: str, content: bytes) -> None:
    """Write a file in a folder and the folders above it."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


# ------------------------------------------------------------------------------------------ index


def run_pagefind(site: Path, language: str) -> None:
    """Index the cards in the folder of a site into its `BUNDLE`; the cards are gone then.

    Raises IndexFailed.
    """
    from pagefind.service import get_executable

    executable = get_executable()
    if executable is None:
        raise IndexFailed("没有找到 Pagefind 程序,请安装 pagefind[extended]")
    command = [str(executable), "--silent", "--force-language", language.split("-", maxsplit=1)[0]]
    command += ["--site", str(site / CARDS), "--output-path", str(site / BUNDLE)]
    # So that 30% is a word of its own and not the same as 30.
    command += ["--include-characters", "%", "--exclude-selectors", ", ".join(_OTHERS_WORDS)]
    done = subprocess.run(  # noqa: S603
        command, env=os.environ | _SMALL_CHUNKS, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise IndexFailed(done.stderr.strip() or done.stdout.strip() or str(done.returncode))
    for pattern in _UNUSED:
        for path in (site / BUNDLE).glob(pattern):
            path.unlink()
    shutil.rmtree(site / CARDS)


def fragments(site: Path) -> Iterator[dict[str, Any]]:
    """What Pagefind keeps of each page: url, content cut into words by U+200B, meta."""
    for path in sorted((site / BUNDLE / "fragment").glob("*.pf_fragment")):
        text = gzip.decompress(path.read_bytes()).decode().removeprefix("pagefind_dcd")
        yield json.loads(text)


def word_runs(content: str) -> Iterator[list[str]]:
    """The words of a fragment's content as the index has them, in runs that no mark or space parts."""
    run: list[str] = []
    for token in re.split(r"\u200b|(?<=\s)", content):
        word = _NO_WORD.sub("", token).lower()
        if word:
            run.append(word)
        if run and (not word or token[-1].isspace()):
            yield run
            run = []
    if run:
        yield run
