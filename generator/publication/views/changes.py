"""The page of releases: when, which version, what changed in words."""

from collections import Counter

from generator.history.releases import Release
from generator.publication.chronicle import Entry
from generator.publication.views.edition import Edition
from generator.publication.views.lists import capped
from generator.publication.views.parts import Badge, Download, Group, Item, Link, OverviewView


def changes_view(edition: Edition) -> OverviewView:
    """Every release, newest first, with links to the records that changed."""
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
        groups=tuple(_release(edition, entry) for entry in chronicle.entries),
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
    return tuple(
        Item(
            edition.links.get((said.table, said.key or ""), _table_link(edition, said.table)),
            said.text,
            (Badge(_kind(edition, said.changes[0].change), said.changes[0].change),),
        )
        for said in entry.said
    )


def _table_link(edition: Edition, table: str) -> Link:
    declared = edition.plan.tables.get(table)
    return Link(declared.title if declared else edition.words.text("Data"), edition.page("data"))


def _kind(edition: Edition, change: str) -> str:
    text = edition.words.text
    return {"added": text("added"), "removed": text("removed")}.get(change, text("changed"))
