"""What a page's head says: the way to it, what it is, how it looks where its address is shared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from generator.publication.catalogue import breadcrumb_list
from generator.publication.downloads.release import DataRelease
from generator.publication.pages import Share, describe, page_head
from generator.publication.picture import HEIGHT, WIDTH
from generator.publication.structured import catalog_node, dataset_node, record_node
from generator.publication.views.datasets import DatasetView
from generator.publication.views.parts import Link, OverviewView, RecordView

CATALOGUE = (Link("application/ld+json", "catalog.jsonld"), Link("text/turtle", "catalog.ttl"))
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
            node = catalog_node(self.release, view.title, view.lead)
            return self._head(view, path, node, CATALOGUE)
        if view.name == "data":
            parts = [self._reference(self.release.page(each)) for each in self.release.datasets]
            name, files = self.release.work().title, self.release.package_files
            node = dataset_node(self.release, view, name, files, hasPart=parts)
            return self._head(view, path, node, CATALOGUE)
        return self._head(view, path)

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
            variableMeasured=[
                {"@type": "PropertyValue", "name": entry.name, "description": entry.title}
                for entry in view.dictionary
            ],
        )
        return self._head(view, view.path, node, CATALOGUE)

    def _reference(self, path: str) -> dict[str, str]:
        return {"@id": self._absolute(path)}

    def _absolute(self, path: str) -> str:
        return urljoin(self.release.site_url, path)

    def _head(
        self,
        view: RecordView | OverviewView | DatasetView,
        path: str,
        node: Mapping[str, Any] | None = None,
        described: Sequence[Link] = (),
    ) -> str:
        about = self.release.edition.plan.about
        share = Share(
            type="website" if isinstance(view, OverviewView) else "article",
            site_name=about.title,
            title=view.title,
            description=describe(view.lead),
            url=self._absolute(path),
            locale=about.language.replace("-", "_"),
            picture=self._absolute(self.picture),
            width=WIDTH,
            height=HEIGHT,
        )
        way = breadcrumb_list(self.release.site_url, view.crumbs, view.title, view.path)
        root = "../" * path.count("/")
        forms = [Link(each.text, root + each.path) for each in described]
        said = [way, *([node] if node else ())]
        return page_head(share, self.release.edition.words, said, forms)
