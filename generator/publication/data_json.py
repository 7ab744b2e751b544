"""The catalogue as data.json, the form of DCAT-US (Project Open Data 1.1)."""

import json
from collections.abc import Iterable
from typing import Any

from generator.publication.contact import contact_of
from generator.publication.downloads.datasets import Dataset
from generator.publication.downloads.release import DataFile, DataRelease

_SCHEMA = "https://project-open-data.cio.gov/v1.1/schema"

Node = dict[str, Any]


def data_json(releases: Iterable[DataRelease]) -> bytes:
    """/data.json: each package and each of its tables."""
    datasets = (
        _dataset(release, each) for release in releases for each in (None, *release.datasets)
    )
    catalogue = {
        "@context": f"{_SCHEMA}/catalog.jsonld",
        "@type": "dcat:Catalog",
        "conformsTo": _SCHEMA,
        "describedBy": f"{_SCHEMA}/catalog.json",
        "dataset": list(datasets),
    }
    return (json.dumps(catalogue, ensure_ascii=False, indent=1) + "\n").encode()


def _dataset(release: DataRelease, dataset: Dataset | None) -> Node:
    about = release.edition.plan.about
    path = release.page(dataset) if dataset else release.folder
    page = release.site_url + path
    whole = release.site_url + release.folder
    files = release.table_files[dataset.stem] if dataset else release.package_files
    keepers = release.edition.words.join(release.work().authors)
    licence = next((str(each["path"]) for each in about.licenses if each.get("path")), "")
    said = {
        "@type": "dcat:Dataset",
        "title": release.work(dataset).title,
        "description": dataset.table.description if dataset else about.description,
        "keyword": list(about.keywords) or [about.title],
        "modified": release.day,
        "publisher": {"@type": "org:Organization", "name": keepers},
        "contactPoint": _contact(release),
        "identifier": page,
        "accessLevel": "public",
        "license": licence,
        "spatial": about.jurisdiction,
        "temporal": _period(release),
        "issued": release.first_day,
        "language": [about.language],
        "landingPage": page,
        "describedBy": f"{release.site_url}{release.folder}datapackage.json",
        "describedByType": "application/json",
        "isPartOf": whole if dataset else "",
        "distribution": [_distribution(release, file) for file in files],
    }
    return {key: value for key, value in said.items() if value}


def _contact(release: DataRelease) -> Node:
    """Whom to ask; the schema wants an e-mail address, which only the descriptor can give."""
    contact = contact_of(release)
    email = {"hasEmail": f"mailto:{contact.email}"} if contact.email else {}
    return {"@type": "vcard:Contact", "fn": contact.name, **email, "hasURL": contact.url}


def _period(release: DataRelease) -> str:
    about = release.edition.plan.about
    return f"{about.period_start}/{about.period_end}"


def _distribution(release: DataRelease, file: DataFile) -> Node:
    return {
        "@type": "dcat:Distribution",
        "title": file.name,
        "downloadURL": f"{release.site_url}{release.folder}{file.name}",
        "mediaType": file.format.media_type,
        "format": file.format.label,
    }
