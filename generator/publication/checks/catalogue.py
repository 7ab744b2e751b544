"""Whether what the catalogues say is so: of every file that they list, and of the sitemap."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from xml.etree import ElementTree as ET

from generator.publication.checks.built import BuiltSite, Finding

_LOCATION = "{*}url/{*}loc"


def catalogue(site: BuiltSite) -> Iterator[Finding]:
    """The catalogues can be read; what they list is there, of the size and sum that they say."""
    for path, listed in {
        "catalog.jsonld": _dcat,
        "data.json": _data_json,
        "sitemap.xml": _sitemap,
    }.items():
        if path not in site.paths:
            continue
        try:
            for fault in listed(site, (site.folder / path).read_bytes()):
                yield Finding("catalogue", path, fault)
        except (ValueError, KeyError, TypeError, ET.ParseError) as error:
            yield Finding("catalogue", path, f"读不出\uff1a{error!r}")


def _dcat(site: BuiltSite, content: bytes) -> Iterator[str]:
    graph: dict[str, dict[str, Any]] = {node["@id"]: node for node in json.loads(content)["@graph"]}
    for node in graph.values():
        if node["@type"] != "dcat:Distribution":
            continue
        address = node["dcat:downloadURL"]["@id"]
        found = _file(site, address)
        if found is None:
            yield f"{address} 没有对应的文件"
            continue
        checksum = graph[node["spdx:checksum"]["@id"]]["spdx:checksumValue"]["@value"]
        if node["dcat:byteSize"]["@value"] != str(len(found)):
            yield f"{address} 的大小不是目录所写的 {node['dcat:byteSize']['@value']} 字节"
        elif sha256(found).hexdigest() != checksum:
            yield f"{address} 的校验和不是目录所写的"


def _data_json(site: BuiltSite, content: bytes) -> Iterator[str]:
    for dataset in json.loads(content)["dataset"]:
        for each in (dataset["landingPage"], dataset["describedBy"], *_addresses(dataset)):
            if _file(site, each) is None:
                yield f"{each} 没有对应的文件"


def _addresses(dataset: dict[str, Any]) -> Iterator[str]:
    return (each["downloadURL"] for each in dataset["distribution"])


def _sitemap(site: BuiltSite, content: bytes) -> Iterator[str]:
    for location in ET.fromstring(content).iterfind(_LOCATION):  # noqa: S314 - our own
        if site.resolve("", location.text or "") is None:
            yield f"{location.text} 没有对应的网页"


def _file(site: BuiltSite, address: str) -> bytes | None:
    """The file that an address of this site leads to."""
    path = site.resolve("", address) if site.is_own(address) else None
    return (site.folder / path).read_bytes() if path else None
