"""The catalogue of all data of a site as DCAT 3: one graph, written as JSON-LD and as Turtle.

Every node has an address of its own, so that both forms are flat lists and the publisher, the
contact and the period can be pointed to.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from generator.plan.model import About
from generator.publication.contact import contact_of
from generator.publication.downloads.datasets import Dataset
from generator.publication.downloads.release import DataFile, DataRelease
from generator.publication.linked_data import (
    Node,
    in_language,
    json_ld,
    language_code,
    link,
    moment,
    node,
    turtle,
    typed,
)

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"


@dataclass(frozen=True)
class Catalogue:
    """The catalogue's own title and description, and what it lists."""

    title: str
    description: str
    site_url: str
    releases: Sequence[DataRelease]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The graph at the addresses where harvesters look."""
        nodes = list(self._nodes())
        yield "catalog.jsonld", json_ld(nodes, PREFIXES)
        yield "catalog.ttl", turtle(nodes, PREFIXES)

    def _nodes(self) -> Iterator[Node]:
        first = self.releases[0]
        language = first.edition.plan.about.language
        yield node(
            f"{self.site_url}#catalog",
            "dcat:Catalog",
            {
                "dct:title": in_language(self.title, language),
                "dct:description": in_language(self.description, language),
                "dct:publisher": _Maker(first).reference,
                "dct:language": language_code(language),
                "dct:modified": moment(max(release.day for release in self.releases)),
                "foaf:homepage": link(self.site_url),
                "dcat:dataset": [
                    link(_DatasetNodes(release, each).address)
                    for release in self.releases
                    for each in (None, *release.datasets)
                ],
            },
        )
        for release in self.releases:
            yield from _Maker(release).nodes()
            for each in (None, *release.datasets):
                yield from _DatasetNodes(release, each).nodes()


@dataclass(frozen=True)
class _Maker:
    """What all tables of a package share: publisher, contact, place, period, official text."""

    release: DataRelease

    @property
    def about(self) -> About:
        return self.release.edition.plan.about

    def address(self, name: str) -> str:
        return f"{self.release.site_url}{self.release.folder}#{name}"

    @property
    def reference(self) -> Node:
        return link(self.address("publisher"))

    @property
    def sources(self) -> list[tuple[str, Mapping[str, Any]]]:
        named = enumerate(self.about.sources, start=1)
        return [(self.address(f"source-{number}"), source) for number, source in named]

    def nodes(self) -> Iterator[Node]:
        about, language = self.about, self.about.language
        keepers = self.release.edition.words.join(self.release.work().authors)
        publisher = {"foaf:name": in_language(keepers, language)}
        yield node(self.address("publisher"), "foaf:Agent", publisher)
        contact = contact_of(self.release)
        card = {
            "vcard:fn": contact.name,
            "vcard:hasEmail": link(f"mailto:{contact.email}") if contact.email else None,
            "vcard:hasURL": link(contact.url),
        }
        yield node(self.address("contact"), "vcard:Organization", card)
        place = {"dct:title": in_language(about.jurisdiction, language)}
        yield node(self.address("place"), "dct:Location", place)
        period = {
            "dcat:startDate": moment(about.period_start),
            "dcat:endDate": moment(about.period_end),
        }
        yield node(self.address("period"), "dct:PeriodOfTime", period)
        for address, source in self.sources:
            yield from _source(address, source, language)


def _source(address: str, source: Mapping[str, Any], language: str) -> Iterator[Node]:
    """The official text, and who issued it."""
    issuer = str(source.get("issuer") or "")
    said = {
        "dct:title": in_language(str(source.get("title") or ""), language),
        "dct:identifier": str(source.get("document_number") or ""),
        "dct:creator": link(f"{address}-issuer") if issuer else None,
        "dct:issued": moment(str(source.get("date") or "")),
    }
    yield node(address, "foaf:Document", said)
    if issuer:
        yield node(f"{address}-issuer", "foaf:Agent", {"foaf:name": in_language(issuer, language)})


@dataclass(frozen=True)
class _DatasetNodes:
    """A table, or with None the whole package, as a dcat:Dataset and its distributions."""

    release: DataRelease
    dataset: Dataset | None

    @property
    def path(self) -> str:
        return self.release.page(self.dataset) if self.dataset else self.release.folder

    @property
    def page(self) -> str:
        return self.release.site_url + self.path

    @property
    def address(self) -> str:
        return f"{self.page}#dataset"

    @property
    def files(self) -> Sequence[DataFile]:
        if self.dataset:
            return self.release.table_files[self.dataset.stem]
        return self.release.package_files

    def nodes(self) -> Iterator[Node]:
        yield node(self.address, "dcat:Dataset", {**self._said(), **self._parts()})
        for file in self.files:
            yield from self._distribution(file)

    def _said(self) -> Node:
        release, maker = self.release, _Maker(self.release)
        about = maker.about
        table = self.dataset.table if self.dataset else None
        return {
            "dct:title": in_language(release.work(self.dataset).title, about.language),
            "dct:description": in_language(
                table.description if table else about.description, about.language
            ),
            "dct:identifier": self.page,
            "dcat:keyword": [in_language(each, about.language) for each in about.keywords],
            "dct:publisher": maker.reference,
            "dct:creator": maker.reference,
            "dcat:contactPoint": link(maker.address("contact")),
            "dct:issued": moment(release.first_day),
            "dct:modified": moment(release.day),
            "dct:language": language_code(about.language),
            "dct:license": _licence(about),
            "dct:accessRights": link(_PUBLIC),
            "dct:spatial": link(maker.address("place")),
            "dct:temporal": link(maker.address("period")),
            "dct:source": [link(address) for address, _ in maker.sources],
            "dcat:version": about.version,
            "dcat:landingPage": link(self.page),
            "dcat:distribution": [link(self._address_of(file)) for file in self.files],
        }

    def _parts(self) -> Node:
        whole = _DatasetNodes(self.release, None)
        if self.dataset:
            return {"dct:isPartOf": link(whole.address)}
        parts = (_DatasetNodes(self.release, each) for each in self.release.datasets)
        return {"dct:hasPart": [link(each.address) for each in parts]}

    def _address_of(self, file: DataFile) -> str:
        return f"{self.page}#{quote(file.name)}"

    def _distribution(self, file: DataFile) -> Iterator[Node]:
        about = self.release.edition.plan.about
        address = self._address_of(file)
        location = link(f"{self.release.site_url}{self.release.folder}{quote(file.name)}")
        said = {
            "dct:title": file.name,
            "dcat:accessURL": location,
            "dcat:downloadURL": location,
            "dcat:mediaType": link(file.format.media_type_iri),
            "dct:format": link(file.format.file_type_iri),
            "dcat:byteSize": typed(str(file.size), "xsd:nonNegativeInteger"),
            "dct:license": _licence(about),
            "dct:issued": moment(self.release.day),
            "spdx:checksum": link(f"{address}-sum"),
        }
        yield node(address, "dcat:Distribution", said)
        checksum = {
            "spdx:algorithm": link(f"{PREFIXES['spdx']}checksumAlgorithm_sha256"),
            "spdx:checksumValue": typed(file.sha256, "xsd:hexBinary"),
        }
        yield node(f"{address}-sum", "spdx:Checksum", checksum)


def _licence(about: About) -> Node | None:
    address = next((str(each["path"]) for each in about.licenses if each.get("path")), "")
    return link(address) if address else None
