"""What a crawler finds on the built site: each page once, under one address, in the sitemap."""

import re
from urllib.parse import urljoin

import pytest

SITE = "https://planpub.github.io/planpub/"


def said(pattern, page):
    found = re.search(pattern, page)
    return found and found[1]


@pytest.fixture(scope="module")
def heads(shipped_site):
    """The head of every page, by its address."""
    return {
        urljoin(SITE, path.relative_to(shipped_site).as_posix().removesuffix("index.html")): (
            path.read_text("utf-8").partition("</head>")[0]
        )
        for path in shipped_site.rglob("index.html")
    }


@pytest.fixture(scope="module")
def listed(shipped_site):
    """The sitemap: addresses with the day on which their data last changed, or None."""
    text = (shipped_site / "sitemap.xml").read_text("utf-8")
    entries = re.findall(r"<loc>(.*?)</loc>(?:<lastmod>([\d-]+)</lastmod>)?", text)
    assert len(dict(entries)) == len(entries)
    return dict(entries)


def test_every_page_is_listed_under_the_address_it_gives_itself(heads, listed):
    """Canonical addresses are those of the sitemap; the front page is the plan's own page."""
    canonical = {said(r'<link rel="canonical" href="(.*?)"', head) for head in heads.values()}
    assert canonical == set(listed)
    assert set(heads) - canonical == {SITE}
    assert 'href="https://planpub.github.io/planpub/shuozhou-digital-economy/"' in heads[SITE]


def test_what_is_shared_is_what_is_listed(heads):
    """OpenGraph, on hand-written pages too, and search engines are told one address."""
    for address, head in heads.items():
        shared = said(r'<meta property="og:url" content="(.*?)"', head)
        assert shared == said(r'<link rel="canonical" href="(.*?)"', head), address
        assert head.count('property="og:image" content="https://') == 1


def test_pages_made_of_data_are_dated(listed):
    """Records, tables and overviews say when their data last changed; prose claims no date."""
    assert {address for address, day in listed.items() if not day} == {
        f"{SITE}help/",
        f"{SITE}publishing/",
    }
