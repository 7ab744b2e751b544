"""What stands at the address of a record that was withdrawn: that it was, when, and its name."""

from generator.history.departures import Departure
from generator.publication.chronicle import anchor_of
from generator.publication.views.edition import Edition
from generator.publication.views.parts import Link, OverviewView


def withdrawn_view(edition: Edition, gone: Departure) -> OverviewView:
    """A page in the place of a record's, so that links to it still say something."""
    changes = edition.page("changes")
    where = f"{changes}#{anchor_of(gone.release)}" if gone.release else changes
    return OverviewView(
        name="withdrawn",
        template="withdrawn.html",
        path=edition.record_page(gone.table, gone.key),
        title=gone.title,
        lead=farewell(edition, gone),
        crumbs=edition.crumbs(),
        related=(Link(edition.words.text("Changes"), where),),
    )


def farewell(edition: Edition, gone: Departure) -> str:
    """That a record was withdrawn, from which version on and when."""
    text = edition.words.text
    if gone.release is None:
        return text(
            "%(kind)s “%(title)s” was withdrawn with version %(version)s of the data.",
            kind=gone.kind,
            title=gone.title,
            version=gone.version,
        )
    return text(
        "%(kind)s “%(title)s” was withdrawn with version %(version)s of the data, on %(date)s.",
        kind=gone.kind,
        title=gone.title,
        version=gone.version,
        date=edition.words.date(gone.release.date),
    )
