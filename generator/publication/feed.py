"""What programs read of the releases: changes.json, and Atom feeds. The home of feedgen."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from generator.publication.chronicle import Entry
from generator.publication.views.edition import Edition


def change_files(edition: Edition, site_url: str) -> Iterator[tuple[str, bytes]]:
    """changes.json, the feed of the plan, and one feed for every unit."""
    entries = edition.chronicle.entries
    yield f"{edition.root}changes.json", _json(entries)
    page = site_url + edition.page("changes")
    title = edition.words.text("%(plan)s: changes", plan=edition.plan.about.title)
    yield f"{edition.root}changes.xml", _atom(edition, f"{page[:-1]}.xml", title, page, entries)
    for unit_id, name in _units(edition):
        path = edition.record_page("units", unit_id)
        title = edition.words.text("%(plan)s: changes", plan=name)
        address, own = site_url + path, f"{path[:-1]}.xml"
        touched = _touching(edition, unit_id)
        content = _atom(edition, site_url + own, title, address, touched)
        yield own, content
        for each in edition.plan.redirects:
            if (each.table, each.new_id) == ("units", unit_id):
                yield f"{edition.record_page('units', each.old_id)[:-1]}.xml", content


def _units(edition: Edition) -> Iterator[tuple[str, str]]:
    """Ids and names of the units, those that were withdrawn too."""
    yield from ((unit.unit_id, unit.name) for unit in edition.plan.units)
    for gone in edition.chronicle.departures:
        if gone.table == "units" and gone.problem is None:
            yield gone.key, gone.title


def _json(entries: Iterable[Entry]) -> bytes:
    """The releases, one a line."""
    releases = (
        {
            "commit": entry.release.commit,
            "date": entry.release.date,
            "version": entry.release.version,
            "first": entry.first,
            # The first release is the whole package: it is downloaded, not read as changes.
            "changes": [] if entry.first else [asdict(each) for each in entry.release.changes],
        }
        for entry in entries
    )
    lines = (json.dumps(each, ensure_ascii=False) for each in releases)
    return "[\n{}\n]\n".format(",\n".join(lines)).encode()


def _touching(edition: Edition, unit_id: str) -> Iterator[Entry]:
    """The releases that changed the unit or something it answers for, with only that."""
    records = {("units", unit_id), *_answered(edition, unit_id)}
    renamed = edition.plan.redirects
    records |= {(r.table, r.old_id) for r in renamed if (r.table, r.new_id) in records}
    for entry in edition.chronicle.entries:
        pairs = zip(entry.said, entry.near, strict=True)
        said = tuple(each for each, near in pairs if not records.isdisjoint(near))
        if said or entry.first:
            yield Entry(entry.release, entry.first, said)


def _answered(edition: Edition, unit_id: str) -> Iterator[tuple[str, str]]:
    for each in edition.answered(unit_id):
        yield "sections", each
        yield from (("tasks", task.task_id) for task in edition.tasks_in.get(each, ()))
        yield from (("targets", target.target_id) for target in edition.targets_in.get(each, ()))
        yield from (("subsidy_terms", term.term_id) for term in edition.terms_in.get(each, ()))


def _atom(edition: Edition, address: str, title: str, page: str, entries: Iterable[Entry]) -> bytes:
    from feedgen.feed import FeedGenerator

    about = edition.plan.about
    entries = tuple(entries)
    feed = FeedGenerator()
    feed.id(address)
    feed.title(title)
    feed.link(href=address, rel="self")
    feed.link(href=page, rel="alternate")
    feed.author({"name": about.issuer})
    feed.language(about.language)
    feed.updated(entries[0].release.date if entries else _instant(about.created))
    for entry in entries:
        item = feed.add_entry(order="append")
        item.id(f"{address}#{entry.release.commit}")
        item.title(
            edition.words.text(
                "%(date)s, version %(version)s",
                date=edition.words.date(entry.day),
                version=entry.release.version,
            )
        )
        item.link(href=f"{page}#{entry.anchor}" if page.endswith("changes/") else page)
        item.updated(entry.release.date)
        first = edition.words.text("First release")
        item.summary(first if entry.first else "\n".join(each.text for each in entry.said))
    document: bytes = feed.atom_str(pretty=True)
    return document


def _instant(created: str) -> str:
    return created if "T" in created else f"{created}T00:00:00Z"
