"""What happened to a plan's data, release by release, ready for pages and feeds.

A release is a commit that touched the package. The first one says nothing of single rows: it is
where everything came from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.history.releases import History, Release
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
        return f"r{self.release.commit[:10]}"

    @property
    def day(self) -> str:
        """The day it was committed."""
        return self.release.date[:10]


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

    @property
    def day(self) -> str:
        """The day of the newest release, or nothing."""
        return self.entries[0].day if self.entries else ""

    def changed(self, table: str, key: str) -> str:
        """The day on which a record last changed, or first came; nothing where none is known."""
        instant = self.history.last_changed(table, key) if self.history else None
        return (instant or "")[:10]

    def last(self, table: str, key: str) -> tuple[Entry, tuple[str, ...]] | None:
        """The release in which a record last changed, and what changed in words."""
        return self._last.get((table, key))

    @cached_property
    def _last(self) -> Mapping[tuple[str, str], tuple[Entry, tuple[str, ...]]]:
        last: dict[tuple[str, str], tuple[Entry, tuple[str, ...]]] = {}
        for entry in self.entries:
            told: dict[tuple[str, str], list[str]] = {}
            for said in entry.said:
                if said.key is not None:
                    told.setdefault((said.table, said.key), []).append(said.text)
            for record, sentences in told.items():
                last.setdefault(record, (entry, tuple(sentences)))
        return last
