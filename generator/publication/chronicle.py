"""What happened to a plan's data, release by release, ready for pages and feeds.

A release is a commit that touched the package. The first one says nothing of single rows: it is
where everything came from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.history.departures import Departure, departures
from generator.history.identifiers import Id
from generator.history.releases import History, Release
from generator.history.touched import own_records, records_near
from generator.history.words import Said, words


@dataclass(frozen=True)
class Entry:
    """A release in words: `first` where it is the package's first; dates are YYYY-MM-DD."""

    release: Release
    first: bool
    said: tuple[Said, ...]

    @property
    def anchor(self) -> str:
        """Where it stands on the page of changes."""
        return anchor_of(self.release)

    @property
    def day(self) -> str:
        """The day it was committed."""
        return self.release.date[:10]

    @cached_property
    def near(self) -> tuple[frozenset[Id], ...]:
        """For each sentence the records that it is about or next to."""
        return tuple(frozenset(self._near(each)) for each in self.said)

    def _near(self, said: Said) -> Iterator[Id]:
        if said.key is not None:
            yield from records_near(self.release.comparison, said.changes[0])


def anchor_of(release: Release) -> str:
    """Where a release stands on the page of changes."""
    return f"r{release.commit[:10]}"


@dataclass(frozen=True)
class Chronicle:
    """All releases of a package, newest first; empty where no history is at hand."""

    history: History | None

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Releases that changed something."""
        return tuple(self._entries())

    def _entries(self) -> Iterator[Entry]:
        releases = self.history.releases if self.history else ()
        for release in releases:
            first = release is releases[-1]
            said = () if first else words(release.comparison)
            if first or said:
                yield Entry(release, first, said)

    @cached_property
    def departures(self) -> tuple[Departure, ...]:
        """Records that were published and are no more."""
        return departures(self.history) if self.history else ()

    @property
    def day(self) -> str:
        """The day of the newest release, or nothing."""
        return self.entries[0].day if self.entries else ""

    def changed(self, table: str, key: str) -> str:
        """The day on which a record last changed, or first came; nothing where none is known."""
        instant = self.history.last_changed(table, key) if self.history else None
        told = self._last.get((table, key))
        return max((instant or "")[:10], told[0].day if told else "")

    def last(self, table: str, key: str) -> tuple[Entry, tuple[str, ...]] | None:
        """The release in which a record last changed, and what changed in words."""
        return self._last.get((table, key))

    @cached_property
    def _last(self) -> Mapping[Id, tuple[Entry, tuple[str, ...]]]:
        last: dict[Id, tuple[Entry, tuple[str, ...]]] = {}
        for entry in self.entries:
            told: dict[Id, list[str]] = {}
            for said in entry.said:
                if said.key is not None:
                    for record in own_records(entry.release.comparison, said.changes[0]):
                        told.setdefault(record, []).append(said.text)
            for record, sentences in told.items():
                last.setdefault(record, (entry, tuple(sentences)))
        return last
