"""What a built site must keep before anybody sees it. Reads the files as they will be served."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

from generator.publication.swap import files_in

_ELEMENT = re.compile(
    rb"<(?:a|area|audio|embed|frame|iframe|image|img|input|link|script|source|track|use|video)\s[^>]*>"
)
"""The start of an element that leads to an address or fetches it."""
_ADDRESS = re.compile(rb'\s(?:href|src)="([^"]*)"')
_ID = re.compile(rb' id="([^"]+)"')
_REL = re.compile(rb'\brel="([^"]*)"')
_STYLE_URL = re.compile(rb"url\(\s*['\"]?(?!data:|#)([^'\")]+)|@import\s+['\"]([^'\"]+)")
_BASICS = {
    "语言": re.compile(rb'<html[^>]*\slang="[^"]+"'),
    "标题": re.compile(rb"<title>\s*[^<\s]"),
    "描述": re.compile(rb'<meta name="description" content="[^"]+"'),
}
_FETCHING_RELS = {b"stylesheet", b"icon", b"preload", b"prefetch", b"modulepreload", b"manifest"}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HOST = re.compile(r"(?:https?:)?//([^/?#]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """Something a check found wrong: on which page, and what."""

    check: str
    page: str
    message: str


@dataclass(frozen=True)
class Element:
    """An element that leads to an address or fetches it, as it stands on a page."""

    markup: bytes
    address: str

    @property
    def fetches(self) -> bool:
        """Whether a browser asks for the address before a reader clicks."""
        if self.markup.startswith((b"<a ", b"<a\n", b"<area")):
            return False
        if not self.markup.startswith(b"<link"):
            return True
        rel = _REL.search(self.markup)
        return bool(rel) and not _FETCHING_RELS.isdisjoint(rel[1].split()) if rel else False


@dataclass(frozen=True)
class BuiltPage:
    """What the checks need to know of a page.

    `elements` are those that no page before it had, where they mean the same on both; `ids` are
    what can be jumped to; `missing` is what every page has and this one has not.
    """

    elements: tuple[Element, ...]
    ids: frozenset[bytes]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class BuiltSite:
    """A folder of files that will be served at `site_url`."""

    folder: Path
    site_url: str

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every file of the site."""
        return frozenset(files_in(self.folder))

    @cached_property
    def pages(self) -> Mapping[str, BuiltPage]:
        """The pages, by their file; each is read once.

        Most elements of a page stand on every page beside it too. What leads out of its own folder
        leads to the same place from there, and is looked at once.
        """
        seen: dict[str, set[bytes]] = {}
        pages: dict[str, BuiltPage] = {}
        for path in sorted(path for path in self.paths if path.endswith(".html")):
            content = (self.folder / path).read_bytes()
            known = seen.setdefault(normpath(f"{path}/../.."), set())
            elements = tuple(_elements(set(_ELEMENT.findall(content)) - known))
            known.update(each.markup for each in elements if _leads_out(each.address))
            missing = tuple(name for name, each in _BASICS.items() if not each.search(content))
            pages[path] = BuiltPage(elements, frozenset(_ID.findall(content)), missing)
        return pages

    @cached_property
    def host(self) -> str:
        """The site's own host."""
        return urlsplit(self.site_url).netloc

    @cached_property
    def base(self) -> str:
        """The path that the site stands under, ending in /."""
        return urlsplit(self.site_url).path or "/"

    def is_foreign(self, address: str) -> bool:
        """Whether an address leads to another host."""
        host = _HOST.match(address)
        return bool(host) and host[1] != self.host if host else False

    def resolve(self, page: str, address: str) -> str | None:
        """Which file an address on a page leads to, or None; it is of this site."""
        path = unquote(_HOST.sub("", address, count=1).partition("#")[0].partition("?")[0])
        if not path and not _HOST.match(address):
            return page
        if path.startswith("/") or not path:
            if not path.startswith(self.base):
                return None
            target = path.removeprefix(self.base)
        else:
            target = f"{dirname(page) or '.'}/{path}"
        leads_to_folder = path.endswith(("/", "..", ".")) or not target
        target = normpath(f"{target}/index.html".lstrip("/") if leads_to_folder else target)
        return target if target in self.paths else None


def _elements(markups: set[bytes]) -> Iterator[Element]:
    for markup in sorted(markups):
        address = _ADDRESS.search(markup)
        if address:
            yield Element(markup, unescape(address[1].decode()))


def _leads_out(address: str) -> bool:
    """Whether an address means the same on every page whose folder lies beside this one's."""
    return address.startswith(("../", "/")) or bool(_SCHEME.match(address))


def links(site: BuiltSite) -> Iterator[Finding]:
    """Every link within the site leads to a file, and its anchor to a place on that page."""
    for path, page in site.pages.items():
        for element in page.elements:
            address = element.address
            if site.is_foreign(address) or _is_no_page(address):
                continue
            target = site.resolve(path, address)
            if target is None:
                yield Finding("links", path, f"链接 {address} 没有对应的文件")
            elif not _has_anchor(site, target, address.partition("#")[2]):
                yield Finding("links", path, f"链接 {address} 指向的位置不存在")


def _is_no_page(address: str) -> bool:
    return bool(_SCHEME.match(address)) and not _HOST.match(address)


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


CHECKS: Mapping[str, Callable[[BuiltSite], Iterator[Finding]]] = {
    "links": links,
    "foreign-requests": foreign_requests,
    "page-basics": page_basics,
}
"""Every check by its name, in the order in which they run."""
