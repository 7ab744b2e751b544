"""All plans of a site together: their pages, frames, navigation and shared files."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from generator.publication.catalogue import robots, sitemap
from generator.publication.charts.gallery import SCRIPT as CHARTS_SCRIPT
from generator.publication.charts.gallery import VEGA
from generator.publication.data_json import data_json
from generator.publication.dcat import Catalogue
from generator.publication.frame import Frame
from generator.publication.lexicon import lexicon, lexicon_files
from generator.publication.pages import Page, missing_page, search_dialog
from generator.publication.promises import Promises
from generator.publication.search import BUNDLE, card_path, fragments, run_pagefind
from generator.publication.site import KINDS, OF_THE_DATA, PlanSite
from generator.publication.swap import Staged
from generator.publication.views import calculator
from generator.publication.views.datasets import COPY_SCRIPT
from generator.publication.views.front import front_view
from generator.publication.views.overviews import LISTING_SCRIPTS
from generator.publication.views.parts import FIGURES_STYLE, Link
from generator.publication.vocabulary import count_words

STYLESHEETS = ("assets/planpub/planpub.css", "assets/planpub/search.css")
SCRIPTS = ("assets/planpub/mount.js", "assets/planpub/search.js")
ICON = "assets/planpub/icon.svg"
"""The site's icon, where it brings none of its own."""
SOME_PAGES_ASSETS = (
    FIGURES_STYLE,
    *LISTING_SCRIPTS,
    COPY_SCRIPT,
    CHARTS_SCRIPT,
    calculator.SCRIPT,
    calculator.TERM_SCRIPT,
    *calculator.MODULES,
)
"""What only the pages ask for that need it."""
_SEARCH = ("compare", "dialog", "engine", "lexicon", "numbers", "query", "rank", "results")
SEARCH_SCRIPTS = tuple(f"assets/planpub/search/{name}.js" for name in _SEARCH)
"""Scripts that are asked for when search is opened."""


@dataclass(frozen=True)
class FramePlace:
    """Which records hang in a frame, and the address of the overview that they belong under."""

    site: PlanSite
    kind: str
    overview: str


@dataclass(frozen=True)
class Publication:
    """A site of one or more plans."""

    sites: tuple[PlanSite, ...]

    @property
    def theme_folder(self) -> Path:
        """Templates that lie over the theme's own."""
        return Path(str(files(__package__).joinpath("templates/frame")))

    def draw(self) -> None:
        """Draw all charts; pages and files ask for them afterwards."""
        for site in self.sites:
            _ = site.gallery.drawn

    def pack(self) -> None:
        """Make all downloads; pages say their sizes afterwards."""
        for site in self.sites:
            _ = site.release.table_files, site.release.package_files, site.past_releases

    @cached_property
    def overviews(self) -> Mapping[str, Page]:
        """Overview pages by their address."""
        pages = [page for site in self.sites for page in site.overview_pages]
        return {page.path: page for page in (self._front, *pages)}

    @property
    def _front(self) -> Page:
        """The site's front page: that of its only plan, or one that leads to each of several."""
        first, *others = self.sites
        if not others:
            return first.overview_page(first.overviews[0], "")
        view = front_view([site.edition for site in self.sites])
        return first.front_page(view, [site.release for site in self.sites])

    @cached_property
    def frames(self) -> Mapping[str, FramePlace]:
        """Frames by address: as deep as the records, so that relative addresses hold for them."""
        places = (
            FramePlace(site, kind, site.edition.page(overview))
            for site in self.sites
            for kind, overview in KINDS.items()
        )
        return {f"{place.site.edition.root}frames/{place.kind}/": place for place in places}

    def navigation(self, hand_written: Sequence[Any]) -> list[Any]:
        """The navigation: one plan's pages at the top, several plans' under their titles."""
        if len(self.sites) == 1:
            (site,) = self.sites
            return [*site.navigation(home=""), *hand_written]
        home = {self.sites[0].edition.words.text("Home"): "index.md"}
        plans = [{site.plan.about.title: site.navigation()} for site in self.sites]
        return [home, *plans, *hand_written]

    def navigation_of(self, url: str) -> str:
        """The address in the navigation that a page or frame belongs under."""
        place = self.frames.get(url)
        return place.overview if place else url

    def has_siblings(self, url: str) -> bool:
        """Whether a page or frame stands in the navigation among others under one heading."""
        return len(self.sites) > 1 or any(
            self.navigation_of(url) == site.edition.page(name)
            for site in self.sites
            for name in OF_THE_DATA
        )

    def records(self, address: str, frame: Frame) -> Iterator[tuple[str, bytes]]:
        """The files of all records that hang in one frame."""
        place = self.frames[address]
        return place.site.record_files(place.kind, frame)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Styles, scripts and downloads."""
        for path in (ICON, *STYLESHEETS, *SCRIPTS, *SOME_PAGES_ASSETS, *SEARCH_SCRIPTS):
            yield path, _asset(path)
        if any(site.gallery.charts for site in self.sites):
            yield VEGA, _asset(VEGA)
        for site in self.sites:
            yield from site.files()
        yield from self._catalogue()

    def past_files(self) -> Iterator[tuple[str, bytes]]:
        """The files of all past versions of the data."""
        return (each for site in self.sites for each in site.past_files())

    @property
    def promises(self) -> Promises:
        """What the site must go on answering."""
        return Promises.of_all(site.promises for site in self.sites)

    def _catalogue(self) -> Iterator[tuple[str, bytes]]:
        """What harvesters and crawlers look for at the root of a site."""
        if not self.sites:
            return
        first, releases = self.sites[0], [site.release for site in self.sites]
        titles = first.edition.words.join([site.plan.about.title for site in self.sites])
        about = "\n".join(site.plan.about.description for site in self.sites)
        yield from Catalogue(titles, about, first.host.site_url, releases).files()
        yield "data.json", data_json(releases)
        yield "robots.txt", robots(first.host.site_url)

    def prose_head(self, title: str, description: str, path: str) -> str:
        """What the head of a page written by hand says to those who share it."""
        return self.sites[0].prose_head(title, description, path) if self.sites else ""

    @property
    def search_dialog(self) -> str:
        """The button and the dialog of search, in the language of the first plan."""
        return search_dialog(self.sites[0].edition.words) if self.sites else ""

    @property
    def colophon(self) -> str:
        """What the site was made with, as markup."""
        if not self.sites:
            return ""
        theme = '<a href="https://squidfunk.github.io/mkdocs-material/">Material for MkDocs</a>'
        return self.sites[0].edition.words.text("Made with planpub and %(theme)s", theme=theme)

    @property
    def missing_page(self) -> str:
        """What stands at an address that has no page, in the language of the first plan."""
        if not self.sites:
            return ""
        links = [Link(view.title, view.path) for view in self.sites[0].overviews]
        return missing_page(self.sites[0].edition.words, links)

    def index(
        self, folder: Path, records: Mapping[str, bytes], hand_written: Iterable[str]
    ) -> None:
        """Make the search index and its lexicon in the folder of a site whose pages are written.

        `records` are the cards of records, `hand_written` the files of pages that are not ours.
        Raises IndexFailed.
        """
        if not self.sites:
            return
        staged = Staged(folder)
        for path, content in records.items():
            staged.put(path, content)
        for path in hand_written:
            card = card_path(path.removesuffix("index.html"))
            staged.put(card, (folder / path).read_bytes())
        for path, content in (each for site in self.sites for each in site.overview_cards()):
            if not (folder / path).exists():
                staged.put(path, content)
        language = self.sites[0].plan.about.language
        run_pagefind(folder, language)
        indexed = count_words(fragments(folder), language)
        editions = [site.edition for site in self.sites]
        made = lexicon(editions, [site.overviews for site in self.sites], indexed)
        for name, part in lexicon_files(made):
            text = json.dumps(part, ensure_ascii=False, separators=(",", ":"))
            (folder / BUNDLE / f"{name}.json").write_text(text, encoding="utf-8")

    def sitemap(self, site_url: str, more: Sequence[str]) -> str:
        """The sitemap of all pages; `more` are addresses of hand-written ones, which win."""
        ours = {path: day for site in self.sites for path, day in site.addresses()}
        return sitemap(site_url, {**ours, **dict.fromkeys(more, "")}.items())

    @property
    def day(self) -> str:
        """The day of the newest data, YYYY-MM-DD: a build bears that and not its own."""
        return max((site.release.day for site in self.sites), default="1980-01-01")


def _asset(path: str) -> bytes:
    """One of our own files, scripts without their comments: what explains them need not travel.

    Vega's bundle comes without any.
    """
    from rjsmin import jsmin

    name = path.removeprefix("assets/planpub/")
    content = files(__package__).joinpath("assets", name).read_bytes()
    return jsmin(content) if path.endswith(".js") and path != VEGA else content
