"""What a first view of a page costs a reader: the page and all that it asks for before a click."""

import gzip
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

_ELEMENT = re.compile(r"<(?:link|script|img|source)\s[^>]*>")
_ADDRESS = re.compile(r'\s(?:href|src)="([^"#?]*)')
_REL = re.compile(r'\brel="([^"]*)"')
_FETCHED = {"stylesheet", "icon", "preload", "modulepreload"}
_IMPORT = re.compile(r'^\s*(?:import|export)\b[^"\'()]*["\'](\.[^"\']+)["\']', re.MULTILINE)
_STYLE_URL = re.compile(r"url\(\s*['\"]?(?!data:|#|https?:)([^'\")?#]+)")
_PACKED = {".png", ".jpg", ".webp", ".woff2", ".ico"}


def first_view(site: Path, page: str) -> dict[str, int]:
    """Bytes as a host sends them (text by gzip -6), by file: the page and what it fetches itself.

    Of style sheets all addresses are counted, used on this page or not, save what fonts they offer:
    the site brings none.
    """
    return {path: _sent(site / path) for path in sorted({page, *_fetched(site, page)})}


def heaviest(site: Path) -> tuple[str, float]:
    """The page whose first view is heaviest, and its kilobytes (of 1,000 bytes)."""
    pages = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    weighed = ((sum(first_view(site, page).values()), page) for page in pages)
    total, page = max(weighed)
    return page, total / 1000


def _fetched(site: Path, page: str) -> Iterator[str]:
    for element in _ELEMENT.findall((site / page).read_text("utf-8")):
        address, rel = _ADDRESS.search(element), _REL.search(element)
        if element.startswith("<link") and not (rel and _FETCHED & {*rel[1].split()}):
            continue
        if address and "//" not in address[1] and not address[1].startswith("data:"):
            yield from _with_what_it_asks_for(site, _place(site, page, address[1]))


@cache
def _with_what_it_asks_for(site: Path, path: str) -> frozenset[str]:
    pattern = {".js": _IMPORT, ".css": _STYLE_URL}.get(Path(path).suffix)
    asked = pattern.findall((site / path).read_text("utf-8")) if pattern else []
    return frozenset({path}).union(
        *(_with_what_it_asks_for(site, _place(site, path, address)) for address in asked)
    )


def _place(site: Path, page: str, address: str) -> str:
    """The file that an address means; the site may be meant to stand below the root of its host."""
    path = normpath(join(dirname(page), address)).lstrip("/")
    while not (site / path).is_file() and "/" in path:
        path = path.partition("/")[2]
    return path


@cache
def _sent(path: Path) -> int:
    content = path.read_bytes()
    return len(content if path.suffix in _PACKED else gzip.compress(content, 6))
