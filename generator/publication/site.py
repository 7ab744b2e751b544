"""A plan's site as pages and files: the way from a plan to (path, bytes)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from urllib.parse import quote, urlencode, urljoin

from generator.history.releases import History
from generator.plan.model import Plan
from generator.publication.chronicle import Chronicle
from generator.publication.downloads.release import Release
from generator.publication.feed import change_files
from generator.publication.frame import Frame
from generator.publication.heads import Heads
from generator.publication.pages import (
    Page,
    Setting,
    dataset_page,
    overview_page,
    record_json,
    record_page,
    redirect_page,
)
from generator.publication.picture import picture
from generator.publication.views.changes import changes_view
from generator.publication.views.datasets import data_view, dataset_views
from generator.publication.views.edition import Edition
from generator.publication.views.front import about_view, home_view
from generator.publication.views.notes import notes_view
from generator.publication.views.overviews import overview_views
from generator.publication.views.parts import OverviewView, RecordView
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

    def row_url(self, path: str, row: int) -> str:
        """The row of a table in the repository, or nothing."""
        if not self.repository:
            return ""
        base = self.repository.rstrip("/")
        return f"{base}/blob/{self.branch}/{quote(self.folder + path)}?plain=1#L{row}"

    def folder_url(self) -> str:
        """Where the package lies in the repository, ending in /, or nothing."""
        if not self.repository:
            return ""
        return f"{self.repository.rstrip('/')}/blob/{self.branch}/{quote(self.folder)}"

    def report_url(self, view: RecordView) -> str:
        """A new issue with the record's id and address filled in, or nothing."""
        if not self.repository:
            return ""
        body = f"{urljoin(self.site_url, view.path)}\n{view.source.path}:{view.source.row}\n\n"
        fields = urlencode({"title": f"[{view.kind}/{view.record_id}] ", "body": body})
        return f"{self.repository.rstrip('/')}/issues/new?{fields}"


@dataclass(frozen=True)
class PlanSite:
    """Everything of one plan on the site of one host; `history` where it is at hand."""

    plan: Plan
    host: Host
    history: History | None = None

    @cached_property
    def edition(self) -> Edition:
        """The plan in its readers' words."""
        return Edition(self.plan, Chronicle(self.history))

    @cached_property
    def setting(self) -> Setting:
        """What all its pages share."""
        return Setting(self.edition.words, self.edition.imprint)

    @cached_property
    def release(self) -> Release:
        """The data that goes out."""
        return Release(self.edition, self.host.site_url)

    @cached_property
    def _heads(self) -> Heads:
        return Heads(self.release)

    @cached_property
    def overviews(self) -> tuple[OverviewView, ...]:
        """The pages of the navigation; the plan's front page is the first."""
        edition = self.edition
        return (
            home_view(edition),
            *overview_views(edition),
            data_view(self.release),
            changes_view(edition),
            notes_view(edition),
            about_view(edition),
        )

    def navigation(self, home: str | None = None) -> list[dict[str, str]]:
        """Titles and sources of the overviews; `home` is where the front page stands instead."""
        front, *others = self.overviews
        path = front.path if home is None else home
        entries = [(self.edition.words.text("Home"), path), *((v.title, v.path) for v in others)]
        return [{title: f"{path}index.md"} for title, path in entries]

    def overview_pages(self) -> Iterator[Page]:
        """The overviews as pages."""
        return (self.overview_page(view, view.path) for view in self.overviews)

    def overview_page(self, view: OverviewView, path: str) -> Page:
        """A view in this plan's words, at any address."""
        return overview_page(view, self.setting, self._heads.overview(view, path), path)

    def record_files(self, kind: str, frame: Frame) -> Iterator[tuple[str, bytes]]:
        """The page of every record of a kind, hung in its frame, and its JSON."""
        if kind == "dataset":
            yield from self._dataset_files(frame)
            return
        site_url = self.host.site_url
        for view in record_views(self.edition, kind):
            report_url = self.host.report_url(view)
            page = record_page(view, self.setting, self._heads.record(view), report_url)
            edit_url = self.host.row_url(view.source.path, view.source.row)
            yield f"{view.path}index.html", frame.hang(page, site_url, edit_url)
            yield f"{view.path.rstrip('/')}.json", record_json(view, site_url)

    def _dataset_files(self, frame: Frame) -> Iterator[tuple[str, bytes]]:
        """The page of every table; the JSON beside it is one of its downloads."""
        for view in dataset_views(self.release, self.host.folder_url()):
            page = dataset_page(view, self.setting, self._heads.dataset(view))
            content = frame.hang(page, self.host.site_url, view.same_as)
            yield f"{view.path}index.html", content

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Files that need no frame: downloads, and pages at addresses that have moved."""
        yield from self.release.files()
        yield from change_files(self.edition, self.host.site_url)
        words, place = self.edition.words, self.plan.about.jurisdiction
        yield self._heads.picture, picture(self.overviews[0], place, words)
        for old, new in self.edition.moved():
            yield f"{old}index.html", redirect_page(new, old, self.setting)

    def addresses(self) -> Iterator[str]:
        """The address of every page, for the sitemap."""
        yield from (view.path for view in self.overviews)
        yield from (link.path for link in self.edition.links.values())
        yield from (self.release.page(each) for each in self.release.datasets)
