"""What crawlers read: the way to a page, the sitemap, robots.txt."""

from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from generator.publication.views.parts import Link


def breadcrumb_list(site_url: str, crumbs: Iterable[Link], title: str, path: str) -> dict[str, Any]:
    """The way to a page as schema.org/BreadcrumbList."""
    places = [*((link.text, link.path) for link in crumbs), (title, path)]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": name, "item": site_url + each}
            for n, (name, each) in enumerate(places, start=1)
        ],
    }


def sitemap(site_url: str, pages: Iterable[tuple[str, str]]) -> str:
    """The sitemap of all pages: (path, date its content last changed, or nothing)."""
    entries = "".join(
        f"<url><loc>{escape(site_url + path)}</loc>"
        + (f"<lastmod>{date}</lastmod>" if date else "")
        + "</url>\n"
        for path, date in pages
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )


def robots(site_url: str) -> bytes:
    """robots.txt: everything may be read, and the sitemap says what there is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site_url}sitemap.xml\n".encode()
