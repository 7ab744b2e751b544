"""The frame around records: one page as the host renders it, cut at its slots.

The host is asked once for a page whose title, content and so on are slots; every record is then
hung in it by joining strings. Nothing in a frame grows with the number of pages.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from generator.publication.pages import Page

_SLOT = re.compile(r"planpub:slot:([a-z]+)")


def slot(name: str) -> str:
    """What stands in the frame where a record's `name` will be."""
    return f"planpub:slot:{name}"


FRAME_PAGE = Page(
    path="",
    title=slot("title"),
    description=slot("description"),
    content=slot("content"),
    head=slot("head"),
)
"""The page that the host is asked to render: every part of it a slot."""


@dataclass(frozen=True)
class Frame:
    """A rendered page, cut at its slots: text, slot, text, slot … text."""

    pieces: tuple[str, ...]

    @classmethod
    def cut(cls, rendered: str) -> "Frame":
        """Cut a rendered page. Raises ValueError where it has no slot for content."""
        frame = cls(tuple(_SLOT.split(rendered)))
        if "content" not in frame.pieces[1::2]:
            raise ValueError("the frame has no slot for content")
        return frame

    def hang(self, page: Page, site_url: str) -> bytes:
        """The page in this frame. Text is escaped here, markup is the page's own."""
        return self.fill(
            {
                "title": escape(page.title),
                "description": escape(page.description),
                "canonical": escape(site_url + page.path),
                "head": page.head,
                "content": page.content,
            }
        )

    def fill(self, values: Mapping[str, str]) -> bytes:
        """The frame with its slots filled. Raises KeyError for a slot without a value."""
        pieces = list(self.pieces)
        pieces[1::2] = [values[name] for name in pieces[1::2]]
        return "".join(pieces).encode()
