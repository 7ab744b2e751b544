"""The search index, made of a card of every page. The only module that knows Pagefind.

A card has the page's own words, without its frame and its lists of other pages' titles: to read
these would be three quarters of Pagefind's work. What a page is, where it stands and its marks are
words of the index, and no Pagefind filters: those come out in another order on every run, and a
site built twice must come out the same.
"""

import gzip
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from generator.publication.marks import Entry
from generator.publication.pages import Page

BUNDLE = "pagefind"
"""The folder of the site that Pagefind writes to."""

CARDS = ".cards/"
"""Where in the site's folder cards lie until they are indexed."""

_LISTS = '<div class="pp-record__lists"'
"""Where on a record's page its lists of other records begin."""

_OTHERS_WORDS = (
    ".pp-chip, .pp-group, .pp-grid, .pp-outline, .pp-scroll, .pp-counts",  # other pages' titles
    ".pp-crumbs, .pp-kind, .pp-badges, .pp-facts small, .pp-facts dt, .pp-evidence figcaption",
    ".pp-filters, .pp-files, .pp-downloads, .pp-source, .pp-imprint, .pp-overview .pp-remark",
)
"""What stands on a page and does not speak of its own matter."""

_SMALL_CHUNKS = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "1200"}
"""Places of words in one file of the index: far fewer than Pagefind's own. A query asks for few."""

_SIGNATURE = "pagefind_dcd"
_UNUSED = (
    "pagefind-ui.*",
    "pagefind-modular-ui.*",
    "pagefind-component-ui.*",
    "pagefind-highlight.js",
)
_NO_WORD = re.compile(r"[^\w%]+|_")


class IndexFailed(Exception):
    """Pagefind did not make its index; the message is what it said."""


# ------------------------------------------------------------------------------------------ cards


def card_path(path: str) -> str:
    """Where the card of the page at an address lies: tasks/one.html for tasks/one/.

    A folder for each would cost as much as the file in it.
    """
    return f"{CARDS}{path.removesuffix('/') or 'index'}.html"


def address_of(url: str) -> str:
    """The address of the page whose card has this one; search/engine.js does the same."""
    return f"{url.removesuffix('.html').rstrip('/')}/"


def card(page: Page, entry: Entry) -> bytes:
    """A page as Pagefind reads it."""
    own, _, _ = page.content.partition(_LISTS)
    values = {"id": entry.entry_id, "where": entry.where, "marks": entry.marks}
    data = " ".join(f'data-{name}="{escape(value)}"' for name, value in values.items())
    meta = ", ".join(f"{name}[data-{name}]" for name in values)
    carried = f'<span {data} data-pagefind-meta="{meta}"></span>'
    return f"<html><body data-pagefind-body>{carried}{own}</body></html>".encode()


# ------------------------------------------------------------------------------------------ index


def run_pagefind(site: Path, language: str) -> None:
    """Index the cards in the folder of a site into its `BUNDLE`; the cards are gone then.

    Raises IndexFailed.
    """
    from pagefind.service import get_executable

    executable = get_executable()
    if executable is None:
        raise IndexFailed("没有找到 Pagefind 程序，请安装 pagefind[extended]")
    command = [str(executable), "--silent", "--force-language", language.split("-", 1)[0]]
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
    """What Pagefind keeps of each page: its url, content cut into words by U+200B, meta."""
    for path in sorted((site / BUNDLE / "fragment").glob("*.pf_fragment")):
        text = gzip.decompress(path.read_bytes()).decode().removeprefix(_SIGNATURE)
        fragment = json.loads(text)
        yield {**fragment, "url": address_of(fragment["url"])}


def word_runs(content: str) -> Iterator[list[str]]:
    """The words of a fragment's content as the index has them, in runs without marks or spaces."""
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
