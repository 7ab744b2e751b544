"""What search engines read in a page's head: schema.org, said only where the page says it too."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.publication.downloads.formats import size_in_words
from generator.publication.downloads.release import DataFile, DataRelease
from generator.publication.views.datasets import DatasetView
from generator.publication.views.edition import Edition
from generator.publication.views.parts import OverviewView, RecordView

Node = dict[str, Any]

_GRANTS = {"grant", "award", "subsidy"}
"""Instruments that are money given; the others, as lower taxes or a fund, are services."""


def _context(node: Node) -> Node:
    return {"@context": "https://schema.org", **_said(node)}


def _said(node: Mapping[str, Any]) -> Node:
    """A node without what is not known."""
    return {key: value for key, value in node.items() if value not in (None, "", [], ())}


def dataset_node(
    release: DataRelease,
    view: OverviewView | DatasetView,
    name: str,
    files: Iterable[DataFile],
    **more: Any,
) -> Node:
    """A table or the whole package as schema.org/Dataset, as dataset searches ask."""
    about, url, path = release.edition.plan.about, release.site_url, view.path
    licence = next((str(each["path"]) for each in about.licenses if each.get("path")), "")
    return _context(
        {
            "@type": "Dataset",
            "@id": url + path,
            "url": url + path,
            "name": name,
            "description": view.lead,
            "identifier": url + path,
            "keywords": list(about.keywords),
            "license": licence,
            "version": about.version,
            "datePublished": release.first_day,
            "dateModified": release.day,
            "inLanguage": about.language,
            "isAccessibleForFree": True,
            "creator": [{"@type": "Organization", "name": each} for each in release.work().authors],
            "spatialCoverage": {"@type": "Place", "name": about.jurisdiction},
            "temporalCoverage": f"{about.period_start}/{about.period_end}",
            "citation": release.source,
            "measurementTechnique": release.method,
            "includedInDataCatalog": _catalog(release),
            "distribution": [_distribution(release, file) for file in files],
            **more,
        }
    )


def _distribution(release: DataRelease, file: DataFile) -> Node:
    return {
        "@type": "DataDownload",
        "name": file.name,
        "contentUrl": f"{release.site_url}{release.folder}{file.name}",
        "encodingFormat": file.format.media_type,
        "contentSize": size_in_words(file.size),
        "sha256": file.sha256,
    }


def _catalog(release: DataRelease) -> Node:
    """A plan's front page, where its tables are listed."""
    url = release.site_url + release.edition.root
    about = release.edition.plan.about
    return {"@type": "DataCatalog", "@id": url, "url": url, "name": about.title}


def catalog_node(release: DataRelease, description: str) -> Node:
    """A plan's front page as the catalogue of its tables."""
    paths = (release.folder, *(release.page(each) for each in release.datasets))
    return _context(
        {
            **_catalog(release),
            "description": description,
            "inLanguage": release.edition.plan.about.language,
            "dataset": [{"@id": release.site_url + path} for path in paths],
        }
    )


def site_catalog_node(releases: Sequence[DataRelease], name: str, description: str) -> Node:
    """The front page of several plans as the catalogue of their packages."""
    url = releases[0].site_url
    return _context(
        {
            "@type": "DataCatalog",
            "@id": url,
            "url": url,
            "name": name,
            "description": description,
            "dataset": [{"@id": url + release.folder} for release in releases],
            "hasPart": [{"@id": _catalog(release)["@id"]} for release in releases],
        }
    )


def record_node(edition: Edition, view: RecordView, site_url: str) -> Node | None:
    """What a record is to the world at large: a unit, or a benefit that can be applied for."""
    if view.kind == "unit":
        return _unit(view, site_url)
    if view.kind == "term":
        return _term(edition, view, site_url)
    return None


def _unit(view: RecordView, site_url: str) -> Node:
    # An enterprise that the plan gives duties is no part of the government for it.
    enterprise = view.data.get("kind") == "state-enterprise"
    return _context(
        {
            "@type": "Organization" if enterprise else "GovernmentOrganization",
            "@id": site_url + view.path,
            "url": site_url + view.path,
            "name": view.title,
            "alternateName": list(view.data.get("aliases") or ()),
            "description": view.lead,
        }
    )


def _term(edition: Edition, view: RecordView, site_url: str) -> Node:
    cells = view.data
    said = {
        "@id": site_url + view.path,
        "url": site_url + view.path,
        "name": view.title,
        "description": view.lead,
        "identifier": view.record_id,
    }
    units = [
        {"@type": "GovernmentOrganization", "name": unit.name, "@id": site_url + path}
        for unit, path in (
            (unit, edition.unit_link(unit).path)
            for unit in edition.plan.units_of(cells["section_id"])
            if unit.kind != "state-enterprise"
        )
    ]
    if cells["instrument"] in _GRANTS:
        return _context({"@type": "MonetaryGrant", **said, "amount": _amount(cells)})
    return _context(
        {
            "@type": "GovernmentService",
            **said,
            "serviceType": edition.label("subsidy_terms", "instrument", cells["instrument"]),
            "audience": {"@type": "Audience", "audienceType": cells["beneficiary"]},
            "provider": units,
        }
    )


def _amount(cells: Mapping[str, Any]) -> Node | None:
    """The sum that a term prints, in yuan; a ceiling is the most that it can be."""
    low, high, cap = cells["amount_yuan"], cells["amount_max_yuan"], cells["cap_yuan"]
    if low is not None and high is not None:
        sums = {"minValue": low, "maxValue": high}
    elif low is not None:
        sums = {"value": low}
    elif cap is not None:
        sums = {"maxValue": cap}
    else:
        return None
    return {"@type": "MonetaryAmount", "currency": "CNY", **sums}
