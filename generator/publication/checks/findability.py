"""Whether search finds what it must: every record by its title, every unit by its name.

Nothing but Python is asked for, so the search script is not run; what it leans on is checked. It
asks the index for the words of a title, compares the texts of the first `CANDIDATES` pages with the
query, and puts an equal title first. So a title finds its page if the page is in the index, under
its own address, with its title; if the index holds the page's mark; and if not too many other
titles have all of its words, or the lexicon leads from the title to the mark. A unit's name must.
"""

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.publication.checks.built import BuiltSite, Finding
from generator.publication.search import BUNDLE, fragments, word_runs

CANDIDATES = 20
"""As in assets/search/rank.js."""

_PAGE_MARK = re.compile(r"\bpps\d{10}\b")
_INDEXED_MARK = re.compile(rb"pps\d{10}")


@dataclass(frozen=True)
class Found:
    """A page as the index has it."""

    path: str
    title: str
    marks: frozenset[str]
    words: frozenset[str]
    """The words of its title."""

    @property
    def mark(self) -> str:
        """The page's own mark, or nothing."""
        return next((mark for mark in self.marks if _PAGE_MARK.fullmatch(mark)), "")


def findable(site: BuiltSite) -> Iterator[Finding]:
    """Every page of a record is found by its title, and every unit by its name."""
    listed = (path for path, page in site.pages.items() if page.is_listed)
    wanted = [path for path in listed if _is_record(path, site.paths)]
    if not wanted:
        return
    index = _Index(site.folder)
    languages = index.languages
    if len(languages) != 1:
        yield Finding("search", BUNDLE, f"索引应当只有一种语言，现有 {len(languages)} 种")
        return
    for path in wanted:
        page = index.pages.get(path)
        for message in _faults(page, index) if page else ["搜索索引里没有这一页"]:
            yield Finding("search", path, message)


def _is_record(path: str, paths: frozenset[str]) -> bool:
    """A page with its JSON beside it."""
    return path.endswith("/index.html") and f"{path.removesuffix('/index.html')}.json" in paths


def _faults(page: Found, index: "_Index") -> Iterator[str]:
    named = page.mark in index.named(page.title)
    if page.mark not in index.marks:
        yield "搜索索引里没有这一页的标记"
    if not page.words:
        yield f"标题“{page.title}”没有可以搜索的字词"
    elif len(index.namesakes(page)) > CANDIDATES and not named:
        yield f"标题“{page.title}”与太多页面重复，搜标题找不到这一页"
    if index.unit_mark in page.marks and not named:
        yield f"搜单位名称“{page.title}”找不到这一页"


@dataclass(frozen=True)
class _Index:
    """The search index of a built site."""

    folder: Path

    @cached_property
    def languages(self) -> Mapping[str, Any]:
        entry = self.folder / BUNDLE / "pagefind-entry.json"
        found: Mapping[str, Any] = (
            json.loads(entry.read_bytes())["languages"] if entry.exists() else {}
        )
        return found

    @cached_property
    def pages(self) -> Mapping[str, Found]:
        """Pages by the file that they are served from."""
        return {page.path: page for page in map(_found, fragments(self.folder))}

    @cached_property
    def marks(self) -> frozenset[str]:
        """The marks of pages that are words of the index."""
        chunks = sorted((self.folder / BUNDLE / "index").glob("*.pf_index"))
        unpacked = (zlib.decompress(chunk.read_bytes(), wbits=31) for chunk in chunks)
        return frozenset(mark.decode() for each in unpacked for mark in _INDEXED_MARK.findall(each))

    @cached_property
    def _lexicon(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = json.loads((self.folder / BUNDLE / "lexicon.json").read_bytes())
        return found

    @cached_property
    def unit_mark(self) -> str:
        """The mark of all units."""
        kinds = self._lexicon["facets"][0]["values"]
        return str(next(mark for _, mark, kind in kinds if kind == "unit"))

    def named(self, name: str) -> Iterable[str]:
        """The marks of the pages that a name leads to."""
        return (page for page, _ in self._lexicon["names"].get(name.lower(), ()))

    @cached_property
    def _by_word(self) -> Mapping[str, set[str]]:
        places: dict[str, set[str]] = {}
        for page in self.pages.values():
            for word in page.words:
                places.setdefault(word, set()).add(page.path)
        return places

    def namesakes(self, page: Found) -> set[str]:
        """The pages whose titles have all words of this one's, itself among them."""
        return set.intersection(*(self._by_word[word] for word in page.words))


def _found(fragment: Mapping[str, Any]) -> Found:
    """A page as Pagefind keeps it; its text begins with its title, cut into words."""
    title = str(fragment["meta"].get("title", ""))
    words: list[str] = []
    for run in word_runs(fragment["content"]):
        words += run
        if sum(map(len, words)) >= sum(map(str.isalnum, title)):
            break
    folder = str(fragment["url"]).strip("/")
    return Found(
        path=f"{folder}/index.html" if folder else "index.html",
        title=title,
        marks=frozenset(str(fragment["meta"].get("marks", "")).split()),
        words=frozenset(words) if title else frozenset(),
    )
