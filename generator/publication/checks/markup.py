"""Whether pages are valid HTML, and whether what is shown on them has words too.

The home of markupever, which parses as browsers do and tells of every error, and of turbohtml,
which finds elements.
"""

import posixpath
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from generator.publication.checks.built import BuiltSite, Finding
from generator.publication.shelf import digest_of

if TYPE_CHECKING:
    from turbohtml import Document, Element

_CONTENT = b'<div id="content"'
"""How the content of our pages begins."""
_AFTER_CONTENT = b"</article>"
"""What closes the element that every theme puts its content in."""
_TITLE = re.compile(rb"<title>(.+?)(?: - [^<]*)?</title>")
_CODE = ("generator.publication.checks",)
_LIBRARIES = ("markupever", "turbohtml")
_SUMS = ".sums"
"""The file of a check that keeps the sums of the pages that passed it."""
_SHOWN = 3
"""How many faults of one page are told."""
_LONGEST = 160

_INLINE = "p, h1, h2, h3, h4, h5, h6, span, em, strong, small, code, label, button"
_BLOCK = (
    "address, article, aside, blockquote, div, dl, fieldset, figure, footer, form, h1, h2, h3, h4, "
    "h5, h6, header, hr, main, nav, ol, p, pre, section, table, ul"
)
_MISPLACED = (
    ":is(ul, ol) > :not(li, script, template)",
    "dl > :not(dt, dd, div, script, template)",
    "table > :not(caption, colgroup, thead, tbody, tfoot, script, template)",
    "tr > :not(td, th, script, template)",
    ":is(dt, dd):not(dl > *, dl > div > *)",
    "li:not(ul > *, ol > *, menu > *)",
    f":is({_INLINE}) > :is({_BLOCK})",
    ":is(a, button) :is(a, button, input, select, textarea)",
    "label label, form form, main main",
)
"""Elements where they may not stand, though browsers would leave them there."""

_ELEMENTS = frozenset(
    """
    a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption
    cite code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input
    ins kbd label legend li link main map mark math menu meta meter nav noscript object ol optgroup
    option output p picture pre progress q rp rt ruby s samp script search section select slot small
    source span strong style sub summary sup svg table tbody td template textarea tfoot th thead
    time title tr track u ul var video wbr
    """.split()  # noqa: SIM905 - the standard's list as the standard has it
)
"""The elements of HTML (https://html.spec.whatwg.org/#elements-3)."""


def valid_html(site: BuiltSite) -> Iterator[Finding]:
    """Every page is valid HTML: elements closed and where they belong, each id once."""
    for path, fault in _found(site, _faults):
        yield Finding("html", path, f"HTML 不合规范\uff1a{fault}")
    for path, page in site.pages.items():
        for each in page.twice:
            yield Finding("html", path, f"HTML 不合规范\uff1aid {each.decode()} 不止一处")


def _found(site: BuiltSite, faults: Callable[[bytes], Iterator[str]]) -> Iterator[tuple[str, str]]:
    """The first faults of each page; one of a site that passed, byte for byte the same, has none.

    What a page has in common with its neighbours is read once; where the rest of it seems faulty,
    the page is read as a whole.
    """
    stem, made_with = faults.__name__, digest_of((), packages=_CODE, libraries=_LIBRARIES)
    passed = _passed(site.shelf.take(stem, made_with, (_SUMS,)))
    frames: dict[str, _Frame] = {}
    is_fit = True
    for path, built in site.pages.items():
        if built.digest in passed:
            continue
        page = (site.folder / path).read_bytes()
        row = posixpath.normpath(f"{path}/../..")
        part = frames[row].without(page) if row in frames else page
        if part is page:
            frames[row] = _Frame.of(page)
        if next(faults(part), None) is not None:
            is_fit = False
            yield from ((path, fault) for fault in islice(faults(page), _SHOWN))
    if is_fit:
        sums = " ".join(sorted({built.digest for built in site.pages.values()}))
        site.shelf.put(stem, made_with, {_SUMS: sums.encode()})


def _passed(kept: tuple[bytes, ...] | None) -> frozenset[str]:
    """The sums of the pages of the last site without faults, found so by the same code."""
    return frozenset(kept[0].decode().split()) if kept else frozenset()


@dataclass(frozen=True)
class _Frame:
    """What surrounds the content of a page, and of others beside it."""

    above: tuple[bytes, ...]
    below: bytes

    @classmethod
    def of(cls, page: bytes) -> "_Frame":
        """The frame of a page, cut where the page's title stands in it."""
        body, content, end = _around(page)
        return cls(tuple(page[body:content].split(_title(page))), page[end:])

    def without(self, page: bytes) -> bytes:
        """A page's own head and content, where it has this frame; else all of it."""
        body, content, end = _around(page)
        is_same = page[end:] == self.below and page[body:content] == _title(page).join(self.above)
        return b"%b<body>%b</body></html>" % (page[:body], page[content:end]) if is_same else page


def _around(page: bytes) -> tuple[int, int, int]:
    """Where a page's body begins, the content in it, and what comes after that."""
    body, content, end = page.find(b"<body"), page.find(_CONTENT), page.rfind(_AFTER_CONTENT)
    return (body, content, end) if 0 < body < content < end else (0, 0, 0)


def _title(page: bytes) -> bytes:
    """A page's title as its head and its header have it: without the name of the site."""
    found = _TITLE.search(page)
    return found[1] if found else b"<title>"


def _faults(content: bytes) -> Iterator[str]:
    from turbohtml import parse
    from turbohtml.conformance import check

    for error in _errors(content):
        yield f"第 {_line(content, error)} 行 {error[:_LONGEST]}"
    page = parse(content, encoding="utf-8")
    yield from (f"第 {each.line} 行 {each.message}" for each in check(page).errors)
    for each in page.select(", ".join(_MISPLACED)):
        yield f"{_place(each)} 不能放在 <{_name(each.parent)}> 里"
    for tag in {each.tag for each in page.iter_elements()} - _ELEMENTS:
        if "-" not in tag and page.select_one(f"{tag}:not(svg *, math *)"):
            yield f"<{tag}> 不是 HTML 的元素"


def _errors(content: bytes) -> list[str]:
    """What a browser's parser would have to mend."""
    from markupever import HtmlOptions, Parser

    return list(Parser(HtmlOptions()).process(content).finish().errors())


def _line(content: bytes, error: str) -> int:
    """The line at which the parser notices an error: the first up to which it tells of it."""
    lines = content.splitlines(keepends=True)

    def is_told(number: int) -> bool:
        return error in _errors(b"".join(lines[:number]))

    return bisect_left(range(len(lines)), x=True, key=is_told)


_NO_NAME = ":not([aria-label], [aria-labelledby], [title], [hidden] *)"
_WORDLESS = {
    "img:not([alt]), area[href]:not([alt]), input[type=image]:not([alt])": "图片没有替代文字 alt",
    "svg[role=img]:not([aria-label], [aria-labelledby], :has(> title, > desc))": "图形没有说明",
    "table:not([role=presentation], :has(th))": "表格没有表头",
    "iframe:not([title])": "嵌入的页面没有标题",
}
"""Elements that lack what is read out in their place, and what to say of it."""
_CONTROLS = f"a[href]{_NO_NAME}, button{_NO_NAME}, summary{_NO_NAME}"
_NO_FIELDS = "[type=hidden], [type=submit], [type=reset], [type=button], [type=image]"
_SWITCHES = "[type=checkbox]:not([name])"
"""What sends nothing is no field: the theme's style sheet has such switches, which nobody sees."""
_FIELDS = f"input:not({_NO_FIELDS}, {_SWITCHES}){_NO_NAME}, select{_NO_NAME}, textarea{_NO_NAME}"
_PICTURES = 'img[alt]:not([alt=""]), svg[aria-label], svg > title'


def alternatives(site: BuiltSite) -> Iterator[Finding]:
    """Pictures have words, controls and fields have names, tables have headings."""
    return (Finding("alternatives", path, fault) for path, fault in _found(site, _silent))


def _silent(content: bytes) -> Iterator[str]:
    from turbohtml import parse

    page = parse(content, encoding="utf-8")
    for selector, told in _WORDLESS.items():
        yield from (f"{_place(each)} {told}" for each in page.select(selector))
    for each in page.select(_CONTROLS):
        if not each.text.strip() and not each.select_one(_PICTURES):
            yield f"{_place(each)} 链接或按钮没有名称"
    for each in page.select(_FIELDS):
        if not each.closest("label") and not _is_labelled(page, each):
            yield f"{_place(each)} 输入框没有标签"


def _is_labelled(page: "Document", field: "Element") -> bool:
    labels = (label.attrs.get("for") for label in page.select("label[for]"))
    return field.attrs.get("id", "") in labels


def _place(element: "Element") -> str:
    """An element as an editor finds it: its line and its start."""
    start, _, _ = element.html.partition(">")
    return f"第 {element.source_line} 行 {start[:_LONGEST]}>"


def _name(element: Any) -> str:
    return str(getattr(element, "tag", "") or "")
