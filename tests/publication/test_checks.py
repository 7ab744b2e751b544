"""The checks that a built site must pass before it is shown."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from generator.publication.checks import CHECKS, BuiltSite, markup
from generator.publication.promises import Promises
from generator.publication.shelf import Shelf

HEAD = '<html lang="zh"><head><title>t</title><meta name="description" content="d"></head>'


def findings(folder: Path, pages: dict[str, str], check: str, **more: Any) -> list[str]:
    write(folder, pages)
    site = BuiltSite(folder, "https://example.org/sub/", **more)
    return [f"{each.page}: {each.message}" for each in CHECKS[check](site)]


def write(folder: Path, files: dict[str, str]) -> None:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")


@pytest.mark.parametrize(
    "link",
    [
        "a/",
        "./a/",
        "a/#there",
        "a/?q=1#there",
        "https://example.org/sub/a/",
        "/sub/a/",
        "#here",
        ".",
        "file.csv",
        "https://elsewhere.example/x",
        "mailto:a@example.org",
        "a/%E6%96%87.html",
    ],
)
def test_a_link_that_leads_somewhere_passes(tmp_path, link):
    """Relative, absolute, anchored, encoded and foreign links that work are no findings."""
    pages = {
        "index.html": f'{HEAD}<p id="here"><a href="{link}">x</a>',
        "a/index.html": f'{HEAD}<p id="there">',
        "a/文.html": HEAD,
        "file.csv": "x",
    }
    assert findings(tmp_path, pages, "links") == []


@pytest.mark.parametrize(
    "link", ["b/", "a/#nowhere", "#nowhere", "/other/a/", "../a/", "https://example.org/sub/b/"]
)
def test_a_link_that_leads_nowhere_is_found(tmp_path, link):
    """A missing page, a missing anchor and an address outside the site's base are found."""
    pages = {"index.html": f'{HEAD}<a href="{link}">x</a>', "a/index.html": HEAD}
    assert len(findings(tmp_path, pages, "links")) == 1


@pytest.mark.parametrize(
    "element",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//cdn.example/x.css">',
        '<img alt="" src="http://cdn.example/x.png">',
        '<iframe src="https://cdn.example/"></iframe>',
    ],
)
def test_a_request_to_another_host_is_found(tmp_path, element):
    """Scripts, styles, pictures and frames from elsewhere are found."""
    assert len(findings(tmp_path, {"index.html": HEAD + element}, "foreign-requests")) == 1


def test_a_style_sheet_that_asks_elsewhere_is_found(tmp_path):
    """A font or picture that a style sheet fetches from another host is found."""
    pages = {"a.css": "@import 'https://fonts.example/x.css'; p { background: url(x.png) }"}
    assert len(findings(tmp_path, pages, "foreign-requests")) == 1


def test_what_only_names_another_host_is_no_request(tmp_path):
    """Links to click, canonical addresses and the site's own files fetch nothing from elsewhere."""
    body = '<link rel="canonical" href="https://other.example/"><a href="https://x.example/">x</a>'
    pages = {"index.html": HEAD + body + '<script src="https://example.org/sub/x.js"></script>'}
    assert findings(tmp_path, pages, "foreign-requests") == []


@pytest.mark.parametrize(
    ("damaged", "missing"),
    [
        (HEAD.replace(' lang="zh"', ""), "语言"),
        (HEAD.replace("<title>t", "<title>"), "标题"),
        (HEAD.replace('content="d"', 'content=""'), "描述"),
    ],
)
def test_a_page_says_its_title_description_and_language(tmp_path, damaged, missing):
    """A page without one of the three is found, and the finding says which."""
    assert missing in findings(tmp_path, {"index.html": damaged}, "page-basics")[0]


PAGE = (
    '<!doctype html><html lang="zh"><head><title>{0} - s</title></head><body><header>{0}</header>'
    '<main><article><div id="content">{1}</div></article></main><footer id="foot"></footer></body>'
    "</html>"
)
GOOD = (
    '<p>x &amp; <a href="x">y</a><br>z<img src="x" alt=""></p><ul><li>1<li>2</ul><my-own></my-own>'
    '<svg role="img" aria-label="x"><linearGradient/></svg><label>n <input name="n"></label>'
    "<table><tr><th>x</th></tr></table>"
)


def third(folder: Path, content: str, check: str) -> list[str]:
    """What is found on the last of three pages that have one frame."""
    texts = {"a": GOOD, "b": "<p>x</p>", "c": content}
    pages = {f"p/{name}/index.html": PAGE.format(f"T{name}", t) for name, t in texts.items()}
    found = findings(folder, pages, check)
    assert [each for each in found if not each.startswith("p/c/")] == []
    return found


@pytest.mark.parametrize("check", ["html", "alternatives"])
def test_a_good_page_passes(tmp_path, check):
    """What HTML allows is no finding: closing tags left out, elements of one's own, drawings."""
    assert third(tmp_path, GOOD, check) == []


@pytest.mark.parametrize(
    "content",
    [
        "<div>never closed",
        "<p>closed twice</p></p>",
        "</span>",
        "<b><i>crossed</b></i>",
        "<p><div>block in a paragraph</div></p>",
        "<ul><div>no item</div></ul>",
        "<li>no list</li>",
        '<a href="x"><button>x</button></a>',
        '<p id="x">x</p><p id="x">x</p>',
        '<p id="foot">as in the frame</p>',
        '<p class="x" class="y">x</p>',
        "<blink>x</blink>",
        "<table><p>x</p></table>",
        "a &nosuch; b",
    ],
)
def test_invalid_html_is_found(tmp_path, content):
    """Unclosed, crossed, misplaced, unknown and doubled things are found, in content or frame."""
    assert third(tmp_path, content, "html")


def test_a_fault_of_the_frame_is_told_once(tmp_path):
    """What is wrong with what all pages share is one finding and not hundreds, with its line."""
    broken = PAGE.replace("<header>", "<header>\n</span>")
    pages = {f"p/{name}/index.html": broken.format(f"T{name}", "<p>x</p>") for name in "abcd"}
    (found,) = findings(tmp_path, pages, "html")
    assert "p/a/index.html: HTML 不合规范：第 2 行" in found


def test_a_page_that_passed_is_not_read_again(tmp_path, monkeypatch):
    """Of a site that passed only new bytes are read; what failed is read until it passes."""
    shelf, pages = Shelf(tmp_path / "shelf"), {"p/index.html": PAGE.format("T", "</span>")}
    for _ in range(2):
        assert findings(tmp_path / "site", pages, "html", shelf=shelf)
    good = {"p/index.html": PAGE.format("T", GOOD)}
    assert findings(tmp_path / "site", good, "html", shelf=shelf) == []
    monkeypatch.setattr(markup, "_errors", lambda _: ["read"])
    assert findings(tmp_path / "site", good, "html", shelf=shelf) == []
    assert findings(tmp_path / "site", pages, "html", shelf=shelf)


@pytest.mark.parametrize(
    "content",
    [
        '<img src="x">',
        '<svg role="img"><path/></svg>',
        "<table><tr><td>x</td></tr></table>",
        '<a href="x"></a>',
        "<button><svg><path/></svg></button>",
        '<input name="x">',
        '<select name="x"><option>x</option></select>',
        '<iframe src="x"></iframe>',
    ],
)
def test_what_has_no_words_is_found(tmp_path, content):
    """Pictures, tables, links, buttons and fields without words are found."""
    assert len(third(tmp_path, content, "alternatives")) == 1


RECORD = {"plan/targets/a/index.html": "x", "plan/targets/a.json": "{}"}


def test_an_address_that_was_promised_must_be_answered(tmp_path):
    """A record without a page is found, with what was promised of it."""
    promises = Promises({"plan/targets/a": "missed a", "plan/targets/b": "missed b"})
    assert findings(tmp_path, RECORD, "addresses", promises=promises) == [
        "plan/targets/b/: missed b"
    ]


def test_what_is_served_must_be_answered_by_the_new_site(tmp_path):
    """Records and files of versions that the old site has are missed, other pages are not."""
    old = {
        **RECORD,
        "plan/targets/b/index.html": "x",
        "plan/targets/b.json": "{}",
        "plan/targets/2/index.html": "a page of the table",
        "plan/data/v1.0.0/plan.zip": "x",
        "plan/data/visits/index.html": "a table",
        "other/targets/c.json": "another plan",
    }
    write(tmp_path / "old", old)
    promises = Promises(folders=("plan/targets/",), data=("plan/data/",))
    more = {"served": tmp_path / "old", "promises": promises}
    found = findings(tmp_path / "new", RECORD, "addresses", **more)
    assert [each.partition(": ")[0] for each in found] == [
        "plan/data/v1.0.0/plan.zip",
        "plan/targets/b/",
    ]


def catalogue(size: int, digest: str) -> str:
    base = "https://example.org/sub/"
    graph = [
        {
            "@id": f"{base}#file",
            "@type": "dcat:Distribution",
            "dcat:downloadURL": {"@id": f"{base}file.csv"},
            "dcat:byteSize": {"@value": str(size)},
            "spdx:checksum": {"@id": f"{base}#sum"},
        },
        {"@id": f"{base}#sum", "@type": "spdx:Checksum", "spdx:checksumValue": {"@value": digest}},
    ]
    return json.dumps({"@graph": graph})


SITEMAP = "<urlset><url><loc>https://example.org/sub/{}</loc></url></urlset>"
SUM = sha256(b"x").hexdigest()


@pytest.mark.parametrize(
    ("file", "content", "finding"),
    [
        ("catalog.jsonld", catalogue(1, SUM), None),
        ("catalog.jsonld", catalogue(2, SUM), "大小"),
        ("catalog.jsonld", catalogue(1, SUM[::-1]), "校验和"),
        ("catalog.jsonld", catalogue(1, SUM).replace("file.csv", "no.csv"), "没有对应的文件"),
        ("catalog.jsonld", "{", "读不出"),
        ("sitemap.xml", "<urlset><url><loc>https://example.org/sub/</loc></url></urlset>", None),
        (
            "sitemap.xml",
            "<urlset><url><loc>https://example.org/sub/b/</loc></url></urlset>",
            "网页",
        ),
        ("sitemap.xml", "<urlset>", "读不出"),
    ],
)
def test_what_the_catalogues_say_is_so(tmp_path, file, content, finding):
    """A file that is missing, or of another size or sum, and an unreadable catalogue are found."""
    files = {file: content, "file.csv": "x", "index.html": HEAD}
    found = findings(tmp_path, files, "catalogue")
    assert [finding in each for each in found] == ([True] if finding else [])
