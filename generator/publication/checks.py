"""What a built site must keep before anybody sees it. Reads the files as they will be served."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from html import unescape
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

_LINK = re.compile(rb'<(\w+)\b[^>]*?\s(?:href|src)="([^"]*)"[^>]*>')
_ID = re.compile(rb'\sid="([^"]+)"')
_REL = re.compile(rb'\brel="([^"]*)"')
_STYLE_URL = re.compile(rb"url\(\s*['\"]?(?!data:|#)([^'\")]+)|@import\s+['\"]([^'\"]+)")
_LANGUAGE = re.compile(rb'<html[^>]*\slang="[^"]+"')
_TITLE = re.compile(rb"<title>\s*[^<\s]")
_DESCRIPTION = re.compile(rb'<meta name="description" content="[^"]+"')
_FETCHING_RELS = {b"stylesheet", b"icon", b"preload", b"prefetch", b"modulepreload", b"manifest"}
_NO_PAGES = {"mailto", "tel", "javascript", "data"}


@dataclass(frozen=True)
class Finding:
    """Something a check found wrong: on which page, and what."""

    check: str
    page: str
    message: str


@dataclass(frozen=True)
class BuiltSite:
    """A folder of files that will be served at `site_url`."""

    folder: Path
    site_url: str

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every file of the site."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return frozenset(path.relative_to(self.folder).as_posix() for path in files)

    @cached_property
    def pages(self) -> Mapping[str, bytes]:
        """The pages, by their file."""
        html = sorted(path for path in self.paths if path.endswith(".html"))
        return {path: (self.folder / path).read_bytes() for path in html}

    @cached_property
    def anchors(self) -> Mapping[str, frozenset[bytes]]:
        """What can be jumped to, by page."""
        return {path: frozenset(_ID.findall(content)) for path, content in self.pages.items()}

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
        netloc = urlsplit(address).netloc
        return bool(netloc) and netloc != self.host

    @cached_property
    def resolve(self) -> Callable[[str, str], str | None]:
        """Which file a link on a page leads to, or None: (folder of the page, link)."""

        @cache
        def resolve(folder: str, link: str) -> str | None:
            path = unquote(urlsplit(link).path)
            if urlsplit(link).netloc or path.startswith("/"):
                if not path.startswith(self.base):
                    return None
                target = path.removeprefix(self.base)
            else:
                target = f"{folder or '.'}/{path}"
            leads_to_folder = path.endswith(("/", "..", ".")) or not target
            target = normpath(f"{target}/index.html".lstrip("/") if leads_to_folder else target)
            return target if target in self.paths else None

        return resolve


def links(site: BuiltSite) -> Iterator[Finding]:
    """Every link within the site leads to a file, and its anchor to a place on that page."""
    for page, content in site.pages.items():
        folder = dirname(page)
        for _, raw in set(_LINK.findall(content)):
            link = unescape(raw.decode())
            parts = urlsplit(link)
            if parts.scheme in _NO_PAGES or site.is_foreign(link):
                continue
            target = page if not parts.path and not parts.netloc else site.resolve(folder, link)
            if target is None:
                yield Finding("links", page, f"链接 {link} 没有对应的文件")
            elif parts.fragment and not _has_anchor(site, target, parts.fragment):
                yield Finding("links", page, f"链接 {link} 指向的位置不存在")


def _has_anchor(site: BuiltSite, target: str, fragment: str) -> bool:
    if target not in site.anchors:
        return True
    names = site.anchors[target]
    return fragment.encode() in names or unquote(fragment).encode() in names


def foreign_requests(site: BuiltSite) -> Iterator[Finding]:
    """No page asks another host for anything before a reader clicks."""
    for page, content in site.pages.items():
        for match in _LINK.finditer(content):
            tag, address = match[1], unescape(match[2].decode())
            if site.is_foreign(address) and _fetches(tag, match[0]):
                yield Finding("foreign-requests", page, f"会向其他主机请求 {address}")
    for path in site.paths:
        if path.endswith(".css"):
            for groups in _STYLE_URL.findall((site.folder / path).read_bytes()):
                address = b"".join(groups).decode()
                if site.is_foreign(address):
                    yield Finding("foreign-requests", path, f"会向其他主机请求 {address}")


def _fetches(tag: bytes, element: bytes) -> bool:
    if tag == b"a":
        return False
    if tag != b"link":
        return True
    rel = _REL.search(element)
    return bool(rel) and not _FETCHING_RELS.isdisjoint(rel[1].split()) if rel else False


def page_basics(site: BuiltSite) -> Iterator[Finding]:
    """Every page has a title, a description and a language."""
    wanted = ((_LANGUAGE, "语言"), (_TITLE, "标题"), (_DESCRIPTION, "描述"))
    for page, content in site.pages.items():
        for pattern, name in wanted:
            if not pattern.search(content):
                yield Finding("page-basics", page, f"页面没有{name}")


CHECKS: Mapping[str, Callable[[BuiltSite], Iterator[Finding]]] = {
    "links": links,
    "foreign-requests": foreign_requests,
    "page-basics": page_basics,
}
"""Every check by its name, in the order in which they run."""
