"""The checks that a built site must pass before it is shown."""

from pathlib import Path

import pytest

from generator.publication.checks import CHECKS, BuiltSite

HEAD = '<html lang="zh"><head><title>t</title><meta name="description" content="d"></head>'


def findings(folder: Path, pages: dict[str, str], check: str) -> list[str]:
    for path, content in pages.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    site = BuiltSite(folder, "https://example.org/sub/")
    return [f"{each.page}: {each.message}" for each in CHECKS[check](site)]


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
