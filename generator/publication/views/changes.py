"""The page of releases: when, which version, what changed in words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from generator.history.changes import Change
from generator.history.naming import Names
from generator.history.releases import Release
from generator.history.words import Said
from generator.publication.chronicle import Entry
from generator.publication.views.edition import Edition
from generator.publication.views.lists import capped
from generator.publication.views.parts import (
    Badge,
    Download,
    Group,
    Item,
    Link,
    OverviewView,
    Revision,
)


def changes_view(edition: Edition, archives: Mapping[str, Download]) -> OverviewView:
    """Every release, newest first, with links to the records that changed.

    `archives` are the files of each version, by the commit that is its last.
    """
    text, chronicle = edition.words.text, edition.chronicle
    lead = text("What changed in the data, release by release, newest first.")
    if not chronicle.entries:
        lead = text("The history of the data is not at hand in this copy.")
    elif chronicle.history and not chronicle.history.is_whole:
        lead += text("Older releases are not at hand in this copy.")
    return OverviewView(
        name="changes",
        template="changes.html",
        path=edition.page("changes"),
        title=text("Changes"),
        lead=lead,
        crumbs=edition.crumbs(),
        groups=tuple(
            replace(_release(edition, entry), download=archives.get(entry.release.commit))
            for entry in chronicle.entries
        ),
        downloads=(
            Download("JSON", f"{edition.root}changes.json", text("every change, cell by cell")),
            Download("Atom", f"{edition.root}changes.xml", text("for a feed reader")),
        ),
    )


def _release(edition: Edition, entry: Entry) -> Group:
    words = edition.words
    title = words.text(
        "%(date)s, version %(version)s",
        date=words.date(entry.day),
        version=entry.release.version,
    )
    items = (_first(edition, entry.release),) if entry.first else _items(edition, entry)
    group = Group(entry.anchor, title, items)
    return capped(edition, group, len(items), f"{edition.root}changes.json")


def _first(edition: Edition, release: Release) -> Item:
    """The first release: how many rows it brought, table by table."""
    rows = Counter(each.table for each in release.changes if each.subject == "row")
    tables = edition.plan.tables
    counts = [f"{tables[name].title} {number}" for name, number in rows.items() if name in tables]
    here = Link(edition.words.text("First release"), edition.page("data"))
    return Item(here, edition.words.join(counts))


def _items(edition: Edition, entry: Entry) -> tuple[Item, ...]:
    return tuple(_item(edition, entry.release, said) for said in entry.said)


def _item(edition: Edition, release: Release, said: Said) -> Item:
    first, record = said.changes[0], (said.table, said.key or "")
    link = edition.links.get(record) or edition.former.get(record)
    return Item(
        link or _table_link(edition, said.table),
        said.text,
        (Badge(_kind(edition, first.change), first.change),),
        revision=_revision(release, first) if said.key is not None else None,
    )


def _revision(release: Release, change: Change) -> Revision | None:
    """A changed cell before and after, as the table has it."""
    if change.subject != "cell":
        return None
    title = Names(release.snapshot).column(change.table, str(change.column))
    return Revision(title, change.old or "", change.new or "")


def _table_link(edition: Edition, table: str) -> Link:
    declared = edition.plan.tables.get(table)
    return Link(declared.title if declared else edition.words.text("Data"), edition.page("data"))


def _kind(edition: Edition, change: str) -> str:
    text = edition.words.text
    return {"added": text("added"), "removed": text("removed")}.get(change, text("changed"))
