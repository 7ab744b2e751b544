"""Long tables and outlines, cut so that no page grows with the plan."""

from dataclasses import replace

from generator.publication.views.parts import Link, OverviewView, Step
from generator.publication.wording import Wording

ROWS = 100
"""How many rows of a table a page has at most."""


def pages_of(view: OverviewView, words: Wording) -> tuple[OverviewView, ...]:
    """The pages of an overview: its table cut at ROWS, its further pages at 2/, 3/ … below it.

    No page below can be taken for a record's: ids begin with a letter.
    """
    table = view.listing
    if table is None or len(table.rows) <= ROWS:
        return (view,)
    starts = range(0, len(table.rows), ROWS)
    links = [_link(view, start, len(table.rows), words) for start in starts]
    return tuple(
        replace(
            view,
            path=link.path,
            title=view.title if not start else _title(view, start // ROWS + 1, words),
            listing=replace(table, rows=table.rows[start : start + ROWS]),
            steps=tuple(Step(each, current=each is link) for each in links),
        )
        for start, link in zip(starts, links, strict=True)
    )


def _link(view: OverviewView, start: int, rows: int, words: Wording) -> Link:
    end = min(start + ROWS, rows)
    path = f"{view.path}{start // ROWS + 1}/" if start else view.path
    return Link(words.text("%(first)s to %(last)s", first=start + 1, last=end), path)


def _title(view: OverviewView, number: int, words: Wording) -> str:
    return words.text("%(title)s, page %(number)s", title=view.title, number=number)
