"""A plan's site as pages and files: the way from a plan to (path, bytes)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from urllib.parse import quote, urlencode, urljoin

from generator.history.releases import History
from generator.plan.model import Plan
from generator.publication.catalogue import breadcrumb_list
from generator.publication.charts.gallery import Gallery
from generator.publication.charts.studio import Studio
from generator.publication.chronicle import Chronicle
from generator.publication.downloads import table_files
from generator.publication.feed import change_files
from generator.publication.frame import Frame
from generator.publication.pages import (
    Page,
    Setting,
    overview_page,
    record_json,
    record_page,
    redirect_page,
    script_json,
)
from generator.publication.views.calculator import (
    calculator_files,
    calculator_link,
    calculator_view,
)
from generator.publication.views.changes import changes_view
from generator.publication.views.edition import Edition
from generator.publication.views.front import about_view, data_view, home_view
from generator.publication.views.notes import notes_view
from generator.publication.views.overviews import overview_views
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
    studio: Studio = field(default_factory=Studio)

    @cached_property
    def edition(self) -> Edition:
        """The plan in its readers' words."""
        return Edition(self.plan, Chronicle(self.history))

    @cached_property
    def setting(self) -> Setting:
        """What all its pages share."""
        return Setting(self.edition.words, self.edition.imprint)

    @cached_property
    def gallery(self) -> Gallery:
        """The plan in pictures."""
        return Gallery(self.edition, self.studio)

    @cached_property
    def overviews(self) -> tuple[OverviewView, ...]:
        """The pages of the navigation; the plan's front page is the first."""
        edition = self.edition
        downloads = tuple(
            Download(f"{table.title} {table.name}.csv", f"{edition.root}data/{table.name}.csv", "")
            for table in self.plan.tables.values()
        )
        return (
            self._with_related(home_view(edition)),
            *map(self._with_related, overview_views(edition)),
            *((calculator_view(edition),) if self.plan.subsidy_terms else ()),
            *self.gallery.pages(),
            data_view(edition, downloads),
            changes_view(edition),
            notes_view(edition),
            about_view(edition),
        )

    def _with_related(self, view: OverviewView) -> OverviewView:
        """An overview with links to the calculator and to the charts that belong to it."""
        calculates = view.name in {"home", "subsidies"} and self.plan.subsidy_terms
        calculator = (calculator_link(self.edition),) if calculates else ()
        return replace(view, related=(*calculator, *self.gallery.links(view.name)))

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
        return overview_page(view, self.setting, self._head(view, path), path)

    def record_files(self, kind: str, frame: Frame) -> Iterator[tuple[str, bytes]]:
        """The page of every record of a kind, hung in its frame, and its JSON."""
        site_url = self.host.site_url
        for view in record_views(self.edition, kind):
            report_url = self.host.report_url(view)
            page = record_page(view, self.setting, self._head(view, view.path), report_url)
            edit_url = self.host.row_url(view.source.path, view.source.row)
            yield f"{view.path}index.html", frame.hang(page, site_url, edit_url)
            yield f"{view.path.rstrip('/')}.json", record_json(view, site_url)

    def _head(self, view: RecordView | OverviewView, path: str) -> str:
        data = breadcrumb_list(self.host.site_url, view.crumbs, view.title, view.path)
        root = "../" * path.count("/") or "./"
        scripts = (f'<script type="module" src="{root}{each}"></script>' for each in view.scripts)
        return f'<script type="application/ld+json">{script_json(data)}</script>{"".join(scripts)}'

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Files that need no frame: downloads, and pages at addresses that have moved."""
        yield from table_files(self.edition)
        yield from self.gallery.files()
        yield from calculator_files(self.edition)
        yield from change_files(self.edition, self.host.site_url)
        for old, new in self.edition.moved():
            yield f"{old}index.html", redirect_page(new, old, self.setting)

    def addresses(self) -> Iterator[str]:
        """The address of every page, for the sitemap."""
        yield from (view.path for view in self.overviews)
        yield from (link.path for link in self.edition.links.values())
