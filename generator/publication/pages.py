"""From views to HTML. The only module that knows Jinja2; templates print and compute nothing."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemBytecodeCache,
    PackageLoader,
    StrictUndefined,
    Template,
)
from markupsafe import Markup

from generator.publication.views.datasets import DatasetView
from generator.publication.views.parts import Grid, Group, Link, OverviewView, RecordView
from generator.publication.wording import Wording

_DESCRIPTION_LENGTH = 150

_SHARED = ("entry", "fact")
"""Macros whose output is remembered: records list each other, and share their facts."""
_REMEMBERED = 1 << 16


# Made once: json.dumps makes an encoder for each of thousands of pages.
_json = json.JSONEncoder(ensure_ascii=False).encode
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page without its frame. `head` is markup for <head>; `path` ends in /.

    `source` is the file and row that the page was made from, `headings` are (anchor, words),
    `canonical` is the address that search engines are to know the page by, where not its own.
    """

    path: str
    title: str
    description: str
    content: str
    head: str = ""
    headings: tuple[tuple[str, str], ...] = ()
    source: tuple[str, int] | None = None
    canonical: str | None = None


@dataclass(frozen=True)
class Setting:
    """What all pages of a plan share: the words of the interface, version and date, the host."""

    words: Wording
    imprint: str
    site_url: str


@dataclass(frozen=True)
class Forge:
    """Where a record's row can be edited and an error reported; empty without a repository."""

    row_url: str
    report_url: str


def record_page(view: RecordView, setting: Setting, head: str, forge: Forge) -> Page:
    """The page of one record."""
    return Page(
        path=view.path,
        title=view.title,
        description=describe(view.lead),
        content=_render("pages/record.html", view, setting, view.path, forge=forge),
        head=head,
        source=(view.source.path, view.source.row),
    )


def overview_page(view: OverviewView, setting: Setting, head: str, path: str | None = None) -> Page:
    """An overview; `path` where it stands at another address than its own."""
    address = view.path if path is None else path
    parts: tuple[Group | Grid, ...] = (*view.grids, *view.groups) if view.listed else ()
    return Page(
        path=address,
        title=view.title,
        description=describe(view.lead),
        content=_render(f"pages/{view.template}", view, setting, address),
        head=head,
        headings=tuple((part.anchor, part.title) for part in parts),
        canonical=None if view.path == address else view.path,
    )


def dataset_page(view: DatasetView, setting: Setting, head: str) -> Page:
    """The page of one table of the data."""
    return Page(
        path=view.path,
        title=view.name,
        description=describe(view.lead),
        content=_render("pages/dataset.html", view, setting, view.path),
        head=head,
    )


@dataclass(frozen=True, kw_only=True)
class Share:
    """What is shown where a page's address is shared (OpenGraph); addresses are absolute."""

    type: str
    site_name: str
    title: str
    description: str
    url: str
    locale: str
    picture: str
    width: int
    height: int


def page_head(
    share: Share,
    words: Wording,
    structured: Iterable[Mapping[str, Any]],
    described: Iterable[Link] = (),
) -> str:
    """Markup for a page's head; `described` say what it is: media type, address."""
    scripts = [Markup(script_json(data)) for data in structured]  # noqa: S704 - it is escaped
    template = _template("partials/head.html", words)
    return template.render(card=share, structured=scripts, described=described)


def card_svg(card: object, words: Wording) -> str:
    """The picture of a plan, as a drawing."""
    return _template("card.svg", words).render(card=card)


def redirect_page(link: Link, path: str, setting: Setting) -> bytes:
    """A page at an address that has moved, leading to the one that took its place."""
    return _render("pages/redirect.html", link, setting, path).encode()


def describe(text: str) -> str:
    """A description for search engines: the text, cut where it would be cut anyway."""
    return text if len(text) <= _DESCRIPTION_LENGTH else text[: _DESCRIPTION_LENGTH - 1] + "…"


def record_json(view: RecordView, site_url: str) -> bytes:
    """What the JSON beside a record's page says."""
    data = {**view.data, "url": site_url + view.path, "title": view.title, "summary": view.lead}
    return json_by_line(data)


def json_by_line(data: Mapping[str, Any]) -> bytes:
    """JSON that people read too, a line for each key; to indent all of it would take far longer."""
    pairs = (f" {_json(key)}: {_json(value)}" for key, value in data.items())
    return "{{\n{}\n}}\n".format(",\n".join(pairs)).encode()


def script_json(data: Mapping[str, Any]) -> str:
    """JSON that may stand inside a script element: no </ can end the element early."""
    return _compact(data).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def search_dialog(words: Wording) -> str:
    """The button and the dialog of search, the same on every page."""
    return _template("partials/search.html", words).render()


def missing_page(words: Wording, links: Iterable[Link]) -> str:
    """What stands at an address without a page; `planpub:root` stands for the site's root."""
    return _template("partials/missing.html", words).render(links=links)


def _render(template: str, view: object, setting: Setting, path: str, **more: object) -> str:
    root = "../" * path.count("/") or "./"
    body = _template(template, setting.words)
    address = setting.site_url + path
    return body.render(view=view, root=root, imprint=setting.imprint, address=address, **more)


def kept_bytecode(folder: Path) -> BytecodeCache:
    """Compiled templates kept in a folder, each known by its name and source."""
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@lru_cache
def _template(name: str, words: Wording) -> Template:
    return _environment(words).get_template(name)


@lru_cache
def _environment(words: Wording) -> Environment:
    environment = Environment(
        loader=PackageLoader("generator.publication"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(  # type: ignore[attr-defined]
        words.translations, newstyle=True
    )
    environment.globals["lang"] = words.language
    environment.globals["once"] = once = SimpleNamespace()
    macros = environment.get_template("partials/macros.html").module
    for name in _SHARED:
        setattr(once, name, lru_cache(maxsize=_REMEMBERED)(getattr(macros, name)))
    return environment
