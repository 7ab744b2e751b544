"""What a page's head says: the way to it, what it is, how it looks where its address is shared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.publication.catalogue import breadcrumb_list
from generator.publication.downloads.dictionary import Entry
from generator.publication.downloads.release import DataRelease
from generator.publication.pages import Share, describe, page_head
from generator.publication.picture import HEIGHT, WIDTH
from generator.publication.structured import (
    catalog_node,
    dataset_node,
    record_node,
    site_catalog_node,
)
from generator.publication.views.datasets import DatasetView
from generator.publication.views.parts import Link, OverviewView, RecordView

CATALOGUE = (
    Link("application/ld+json", "catalog.jsonld"),
    Link("text/turtle", "catalog.ttl"),
    Link("application/json", "data.json"),
)
"""The catalogue of the whole site, for machines: media type and address."""


@dataclass(frozen=True)
class Heads:
    """The heads of all pages of a plan."""

    release: DataRelease

    @property
    def picture(self) -> str:
        """Where the picture lies that all pages share."""
        return f"{self.release.edition.root}card.png"

    def overview(self, view: OverviewView, path: str) -> str:
        """An overview's; `path` is where it stands."""
        if view.name == "home":
            return self._head(view, path, catalog_node(self.release, view.lead), CATALOGUE)
        if view.name == "data":
            parts = [self._reference(self.release.page(each)) for each in self.release.datasets]
            name, files = self.release.work().title, self.release.package_files
            node = dataset_node(self.release, view, name, files, hasPart=parts)
            return self._head(view, path, node, CATALOGUE)
        return self._head(view, path)

    def front(self, view: OverviewView, releases: Sequence[DataRelease]) -> str:
        """The head of the front page of several plans."""
        node = site_catalog_node(releases, view.title, view.lead)
        return self._head(view, view.path, node, CATALOGUE)

    def record(self, view: RecordView) -> str:
        """A record's."""
        node = record_node(self.release.edition, view, self.release.site_url)
        return self._head(view, view.path, node)

    def dataset(self, view: DatasetView) -> str:
        """A table's."""
        node = dataset_node(
            self.release,
            view,
            view.name,
            self.release.table_files[view.stem],
            alternateName=view.stem,
            sameAs=view.same_as,
            isPartOf=self._reference(self.release.folder),
            variableMeasured=[_variable(entry) for entry in view.dictionary],
        )
        return self._head(view, view.path, node, CATALOGUE)

    def prose(self, title: str, description: str, path: str) -> str:
        """That of a page written by hand."""
        share = self._share("article", title, description, path)
        return page_head(share, self.release.edition.words, ())

    def _reference(self, path: str) -> dict[str, str]:
        return {"@id": self._absolute(path)}

    def _absolute(self, path: str) -> str:
        return self.release.site_url + path

    def _head(
        self,
        view: RecordView | OverviewView | DatasetView,
        path: str,
        node: Mapping[str, Any] | None = None,
        described: Sequence[Link] = (),
    ) -> str:
        kind = "website" if isinstance(view, OverviewView) else "article"
        share = self._share(kind, view.title, view.lead, view.path)
        way = breadcrumb_list(self.release.site_url, view.crumbs, view.title, view.path)
        root = "../" * path.count("/")
        forms = [Link(each.text, root + each.path) for each in described]
        said = [way, *([node] if node else ())]
        return page_head(share, self.release.edition.words, said, forms)

    def _share(self, kind: str, title: str, description: str, path: str) -> Share:
        about = self.release.edition.plan.about
        return Share(
            type=kind,
            site_name=about.title,
            title=title,
            description=describe(description),
            url=self._absolute(path),
            locale=about.language.replace("-", "_"),
            picture=self._absolute(self.picture),
            width=WIDTH,
            height=HEIGHT,
        )


def _variable(entry: Entry) -> dict[str, str]:
    """A column, as the dictionary on the page has it."""
    said = {"@type": "PropertyValue", "name": entry.name, "description": entry.title}
    return {**said, "unitText": entry.unit} if entry.unit else said
