"""A built site as the checks see it: its files as they will be served, each page read once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from html import unescape
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

from generator.publication.promises import Promises
from generator.publication.shelf import Shelf
from generator.publication.swap import files_in

_ELEMENT = re.compile(
    rb"<(?:a|area|audio|embed|frame|iframe|image|img|input|link|script|source|track|use|video)\s[^>]*>"
)
"""The start of an element that leads to an address or fetches it."""
_ADDRESS = re.compile(rb'\s(?:href|src)="([^"]*)"')
_ID = re.compile(rb' id="([^"]+)"')
_REL = re.compile(rb'\brel="([^"]*)"')
_BASICS = {
    "语言": re.compile(rb'<html[^>]*\slang="[^"]+"'),
    "标题": re.compile(rb"<title>\s*[^<\s]"),
    "描述": re.compile(rb'<meta name="description" content="[^"]+"'),
}
_NOT_LISTED = b'<meta name="robots" content="noindex"'
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
    what can be jumped to, `twice` those that stand there more than once; `missing` is what every
    page has and this one has not; `is_listed` is False where it asks search engines to leave it
    out; `digest` is a sum of its bytes.
    """

    elements: tuple[Element, ...]
    ids: frozenset[bytes]
    twice: tuple[bytes, ...]
    missing: tuple[str, ...]
    is_listed: bool
    digest: str


@dataclass(frozen=True)
class BuiltSite:
    """A folder of files that will be served at `site_url`.

    It takes the place of the site in the folder `served`, if there is one, and must keep what was
    promised. Which pages have passed a check is kept on the `shelf`.
    """

    folder: Path
    site_url: str
    served: Path | None = None
    promises: Promises = field(default_factory=Promises)
    shelf: Shelf = field(default_factory=Shelf)

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
            named = _ID.findall(content)
            pages[path] = BuiltPage(
                elements=elements,
                ids=frozenset(named),
                twice=_twice(named),
                missing=missing,
                is_listed=_NOT_LISTED not in content,
                digest=blake2b(content, digest_size=12).hexdigest(),
            )
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

    def is_own(self, address: str) -> bool:
        """Whether an address leads to this site, and neither elsewhere nor to a mail."""
        host = _HOST.match(address)
        return host[1] == self.host if host else not _SCHEME.match(address)

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


def _twice(names: list[bytes]) -> tuple[bytes, ...]:
    unique = set(names)
    return (
        tuple(name for name in unique if names.count(name) > 1) if len(unique) < len(names) else ()
    )


def _elements(markups: set[bytes]) -> Iterator[Element]:
    for markup in sorted(markups):
        address = _ADDRESS.search(markup)
        if address:
            yield Element(markup, unescape(address[1].decode()))


def _leads_out(address: str) -> bool:
    """Whether an address means the same on every page whose folder lies beside this one's."""
    return address.startswith(("../", "/")) or bool(_SCHEME.match(address))
