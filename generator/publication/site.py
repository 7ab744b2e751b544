"""A plan's site as pages and files: the way from a plan to (path, bytes)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from posixpath import splitext
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlencode

from generator.history.past import Committed
from generator.history.releases import History
from generator.plan.model import Plan
from generator.publication.charts.gallery import Gallery
from generator.publication.charts.studio import Studio
from generator.publication.chronicle import Chronicle
from generator.publication.downloads.formats import ZIP, size_in_words
from generator.publication.downloads.past import PastRelease, past_releases
from generator.publication.downloads.release import DataRelease
from generator.publication.feed import change_files
from generator.publication.former import Former, promises
from generator.publication.frame import Frame
from generator.publication.heads import Heads
from generator.publication.marks import dataset_entry, overview_entry, record_entry
from generator.publication.pages import (
    Forge,
    Page,
    Setting,
    dataset_page,
    overview_page,
    record_json,
    record_page,
)
from generator.publication.picture import picture
from generator.publication.promises import Promises
from generator.publication.search import card, card_path
from generator.publication.shelf import Shelf
from generator.publication.views.calculator import (
    calculator_files,
    calculator_link,
    calculator_view,
)
from generator.publication.views.changes import changes_view
from generator.publication.views.datasets import DatasetView, data_view, dataset_views
from generator.publication.views.edition import Edition
from generator.publication.views.front import about_view
from generator.publication.views.home import home_view
from generator.publication.views.notes import notes_view
from generator.publication.views.overviews import overview_views
from generator.publication.views.paging import pages_of
from generator.publication.views.parts import Download, OverviewView, RecordView
from generator.publication.views.records import record_views

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "section": "outline",
        "target": "targets",
        "task": "tasks",
        "unit": "units",
        "term": "subsidies",
        "theme": "tasks",
        "dataset": "data",
    }
)
"""Each kind of record, and the overview that it belongs under."""

_TABLES = {
    "section": "sections",
    "target": "targets",
    "task": "tasks",
    "unit": "units",
    "term": "subsidy_terms",
}
"""The table that each kind of record stands in, of those whose ids are addresses."""


OF_THE_DATA = frozenset({"data", "changes", "notes", "about"})
"""The overviews that speak of the data and not of the plan."""


@dataclass(frozen=True)
class Host:
    """Where the site will stand, and where its data can be edited.

    `site_url` ends in /; `repository` is a forge's address or empty; `branch` is the branch that
    is published; `folder` is where the descriptor lies in the repository, ending in / or empty.
    """

    site_url: str
    repository: str = ""
    branch: str = "main"
    folder: str = ""

    def forge(self, view: RecordView) -> Forge:
        """A record's row in the repository, and a new issue with its id and address filled in."""
        if not self.repository:
            return Forge("", "")
        base, source = self.repository.rstrip("/"), view.source
        row_url = f"{base}/blob/{self.branch}/{quote(self.folder + source.path)}?plain=1"
        body = f"{self.site_url}{view.path}\n{source.path}:{source.row}\n\n"
        fields = urlencode({"title": f"[{view.kind}/{view.record_id}] ", "body": body})
        return Forge(f"{row_url}#L{source.row}", f"{base}/issues/new?{fields}")

    def questions(self) -> str:
        """Where readers report errors and ask, or nothing."""
        return f"{self.repository.rstrip('/')}/issues" if self.repository else ""

    def folder_url(self) -> str:
        """Where the package lies in the repository, ending in /, or nothing."""
        if not self.repository:
            return ""
        return f"{self.repository.rstrip('/')}/blob/{self.branch}/{quote(self.folder)}"


@dataclass(frozen=True)
class PlanSite:
    """Everything of one plan on the site of one host; `history` where it is at hand.

    `past` are the commits of versions that are no longer the newest; what takes long to make is
    kept on the `shelf`.
    """

    plan: Plan
    host: Host
    history: History | None = None
    past: Mapping[str, Sequence[Committed]] = field(default_factory=lambda: MappingProxyType({}))
    shelf: Shelf = field(default_factory=Shelf)

    @cached_property
    def edition(self) -> Edition:
        """The plan in its readers' words."""
        return Edition(self.plan, Chronicle(self.history))

    @cached_property
    def setting(self) -> Setting:
        """What all its pages share."""
        return Setting(self.edition.words, self.edition.imprint, self.host.site_url)

    @cached_property
    def gallery(self) -> Gallery:
        """The plan in pictures."""
        return Gallery(self.edition, Studio(self.shelf))

    @cached_property
    def release(self) -> DataRelease:
        """The data that goes out."""
        return DataRelease(self.edition, self.host.site_url, self.host.questions())

    @cached_property
    def past_releases(self) -> tuple[PastRelease, ...]:
        """The data that went out before, newest first."""
        return tuple(past_releases(self.past, self.host.site_url, self.shelf))

    @property
    def promises(self) -> Promises:
        """What this plan's pages and files must go on answering."""
        return promises(self.edition)

    @property
    def _former(self) -> Former:
        return Former(self.edition, self.host.site_url)

    @cached_property
    def _heads(self) -> Heads:
        return Heads(self.release)

    @cached_property
    def overviews(self) -> tuple[OverviewView, ...]:
        """The pages of the navigation; the plan's front page is the first."""
        edition = self.edition
        return (
            self._with_related(home_view(edition)),
            *map(self._with_related, overview_views(edition)),
            *((calculator_view(edition),) if self.plan.subsidy_terms else ()),
            *self.gallery.pages(),
            data_view(self.release),
            changes_view(edition, self._archives()),
            notes_view(edition),
            about_view(edition),
        )

    def _archives(self) -> dict[str, Download]:
        """The zip of every version that is at hand, by the commit that is its last."""
        releases = self.history.releases if self.history else ()
        files = {file.name: file.content for file in self.release.package_files}
        about = self.plan.about
        now = [PastRelease(about.version, each.commit, files) for each in releases[:1]]
        name = f"{about.name}{ZIP.ending}"
        return {
            each.commit: Download(
                self.edition.words.text("Data of version %(version)s", version=each.version),
                f"{self.release.folder_of(each.version)}{name}",
                size_in_words(len(each.files[name])),
            )
            for each in (*now, *self.past_releases)
        }

    def _with_related(self, view: OverviewView) -> OverviewView:
        """An overview with links to the calculator and to the charts that belong to it."""
        calculates = view.name in {"home", "subsidies"} and self.plan.subsidy_terms
        calculator = (calculator_link(self.edition),) if calculates else ()
        return replace(view, related=(*calculator, *self.gallery.links(view.name)))

    def navigation(self, home: str | None = None) -> list[dict[str, Any]]:
        """Titles and sources of the overviews, those of the data under one heading.

        `home` is where the front page stands instead.
        """
        front, *others = self.overviews
        text = self.edition.words.text
        start = front.path if home is None else home
        plan = [view for view in others if view.name not in OF_THE_DATA]
        data = [view for view in others if view.name in OF_THE_DATA]
        return [
            {text("Home"): f"{start}index.md"},
            *({view.title: f"{view.path}index.md"} for view in plan),
            {text("Data"): [{_entry(view, text): f"{view.path}index.md"} for view in data]},
        ]

    @cached_property
    def overview_pages(self) -> tuple[Page, ...]:
        """The overviews as pages; of a table that runs over several, the first."""
        return tuple(self.overview_page(pages[0], pages[0].path) for pages in self._pages.values())

    @cached_property
    def _pages(self) -> Mapping[str, tuple[OverviewView, ...]]:
        """The pages of each overview by its name."""
        return {view.name: pages_of(view, self.edition.words) for view in self.overviews}

    def overview_page(self, view: OverviewView, path: str) -> Page:
        """A view in this plan's words, at any address."""
        head = self._heads.overview(view, path) + _assets(view, path)
        return overview_page(view, self.setting, head, path)

    def front_page(self, view: OverviewView, releases: Sequence[DataRelease]) -> Page:
        """The front page of several plans, in this one's words."""
        return overview_page(view, self.setting, self._heads.front(view, releases))

    def prose_head(self, title: str, description: str, path: str) -> str:
        """What the head of a page written by hand says to those who share it."""
        return self._heads.prose(title, description, path)

    def overview_cards(self) -> Iterator[tuple[str, bytes]]:
        """The overviews as search reads them."""
        for view, page in zip(self.overviews, self.overview_pages, strict=True):
            yield card_path(view.path), card(page, overview_entry(self.edition, view))

    def record_files(self, kind: str, frame: Frame) -> Iterator[tuple[str, bytes]]:
        """The page of every record of a kind, hung in its frame, its JSON, its card for search."""
        if kind == "dataset":
            yield from self._dataset_files(frame)
            return
        site_url = self.host.site_url
        for view in record_views(self.edition, kind):
            head = self._heads.record(view) + _assets(view, view.path)
            page = record_page(view, self.setting, head, self.host.forge(view))
            yield f"{view.path}index.html", frame.hang(page, site_url)
            yield f"{view.path.rstrip('/')}.json", record_json(view, site_url)
            yield card_path(view.path), card(page, record_entry(self.edition, view))
        for page, data in self._former.withdrawn(_TABLES.get(kind, ""), self.setting):
            yield f"{page.path}index.html", frame.hang(page, site_url)
            yield f"{page.path.rstrip('/')}.json", data
        for further in self._further_pages(kind):
            page = self.overview_page(further, further.path)
            yield f"{further.path}index.html", frame.hang(page, site_url)

    def _further_pages(self, kind: str) -> Iterator[OverviewView]:
        """Pages beyond the first of the overview that is a table of this kind of record."""
        if kind not in {"theme", "dataset"}:  # these have no table of their own
            yield from self._pages[KINDS[kind]][1:]

    def _dataset_files(self, frame: Frame) -> Iterator[tuple[str, bytes]]:
        """The page of every table; the JSON beside it is one of its downloads."""
        for view in dataset_views(self.release, self.host.folder_url()):
            head = self._heads.dataset(view) + _assets(view, view.path)
            page = dataset_page(view, self.setting, head)
            yield f"{view.path}index.html", frame.hang(page, self.host.site_url)
            yield card_path(view.path), card(page, dataset_entry(self.edition, view))

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Files that need no frame: downloads, and pages at addresses that have moved."""
        yield from self.release.files()
        yield from self.gallery.files()
        yield from calculator_files(self.edition)
        yield from change_files(self.edition, self.host.site_url)
        words, place = self.edition.words, self.plan.about.jurisdiction
        yield self._heads.picture, picture(self.overviews[0], place, words)
        yield from self._former.redirects(self.setting)

    def past_files(self) -> Iterator[tuple[str, bytes]]:
        """The files of past versions, each at the address that it has had since it came out."""
        for past in self.past_releases:
            folder = self.release.folder_of(past.version)
            yield from ((f"{folder}{name}", content) for name, content in past.files.items())

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Every page for the sitemap: its address and the day its data last changed, or nothing."""
        chronicle = self.edition.chronicle
        tables = [view.path for pages in self._pages.values() for view in pages]
        tables += [self.release.page(each) for each in self.release.datasets]
        yield from ((path, chronicle.day) for path in tables)
        for (table, record_id), link in self.edition.links.items():
            if table == "themes":
                tasks = self.edition.tasks_of_theme[record_id]
                yield link.path, max(chronicle.changed("tasks", each.task_id) for each in tasks)
            else:
                yield link.path, chronicle.changed(table, record_id)


def _entry(view: OverviewView, text: Callable[[str], str]) -> str:
    """What a page of the data is called in the navigation, under the heading of the data."""
    return text("Tables and files") if view.name == "data" else view.title


def _assets(view: RecordView | OverviewView | DatasetView, path: str) -> str:
    """The scripts and style sheets that only this page asks for; assets/mount.js runs scripts."""
    root = "../" * path.count("/") or "./"
    return "".join(_ASSET[splitext(each)[1]].format(root + each) for each in view.assets)


_ASSET = {
    ".css": '<link rel="stylesheet" href="{}">',
    ".js": '<link rel="modulepreload" href="{}" data-mount>',
}
