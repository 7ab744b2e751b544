"""What every page keeps: its links lead somewhere, it asks nobody else, it says what it is."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from generator.publication.checks.built import BuiltSite, Finding

_STYLE_URL = re.compile(rb"url\(\s*['\"]?(?!data:|#)([^'\")]+)|@import\s+['\"]([^'\"]+)")


def links(site: BuiltSite) -> Iterator[Finding]:
    """Every link within the site leads to a file, and its anchor to a place on that page."""
    for path, page in site.pages.items():
        for element in page.elements:
            address = element.address
            if not site.is_own(address):
                continue
            target = site.resolve(path, address)
            if target is None:
                yield Finding("links", path, f"链接 {address} 没有对应的文件")
            elif not _has_anchor(site, target, address.partition("#")[2]):
                yield Finding("links", path, f"链接 {address} 指向的位置不存在")


def _has_anchor(site: BuiltSite, target: str, fragment: str) -> bool:
    if not fragment or target not in site.pages:
        return True
    ids = site.pages[target].ids
    return fragment.encode() in ids or unquote(fragment).encode() in ids


def foreign_requests(site: BuiltSite) -> Iterator[Finding]:
    """No page asks another host for anything before a reader clicks."""
    for path, page in site.pages.items():
        for element in page.elements:
            if site.is_foreign(element.address) and element.fetches:
                message = f"会向其他主机请求 {element.address}"
                yield Finding("foreign-requests", path, message)
    for path in site.paths:
        if path.endswith(".css"):
            for groups in _STYLE_URL.findall((site.folder / path).read_bytes()):
                address = b"".join(groups).decode()
                if site.is_foreign(address):
                    yield Finding("foreign-requests", path, f"会向其他主机请求 {address}")


def page_basics(site: BuiltSite) -> Iterator[Finding]:
    """Every page has a title, a description and a language."""
    for path, page in site.pages.items():
        for name in page.missing:
            yield Finding("page-basics", path, f"页面没有{name}")
