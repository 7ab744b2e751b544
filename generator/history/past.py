"""Versions of a package that are no longer the newest, as git has them."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.history.releases import History, Release, locate
from generator.history.repository import Repository
from generator.history.versions import is_version


@dataclass(frozen=True, kw_only=True)
class Committed:
    """A package at a release whose version is not the present one.

    `history` ends with that release; `ids` are what git knows the files by, by their path from the
    folder of the descriptor, which is the first of them.
    """

    history: History
    ids: Mapping[str, str]
    repository: Repository = field(repr=False)

    @property
    def release(self) -> Release:
        """The release itself."""
        return self.history.releases[0]

    def contents(self) -> dict[str, bytes]:
        """The files by path, the descriptor first."""
        found = self.repository.blobs(self.ids.values())
        return {path: found[each] for path, each in self.ids.items()}


def past_versions(descriptor: Path, history: History) -> dict[str, tuple[Committed, ...]]:
    """For every version but the present one the releases that bore it; both newest first.

    Only releases of the name that the package has now: under another it had other addresses.
    """
    now = history.pending.new
    past = [
        replace(history, releases=history.releases[place:])
        for place, release in enumerate(history.releases)
        if is_version(release.version)
        and release.version != now.version
        and release.snapshot.descriptor.get("name") == now.descriptor.get("name")
    ]
    located = locate(descriptor) if past else None
    if located is None:
        return {}
    found: dict[str, tuple[Committed, ...]] = {}
    for each in _committed(past, *located):
        version = each.release.version
        found[version] = (*found.get(version, ()), each)
    return found


def _committed(past: list[History], repository: Repository, name: str) -> Iterator[Committed]:
    """Each release with the ids of its files; git is asked once for all of them."""
    folder, file = posixpath.split(name)
    wanted = {history.releases[0].commit: _paths(history.releases[0], file) for history in past}
    ids = repository.blob_ids(
        f"{commit}:{posixpath.join(folder, path)}"
        for commit, paths in wanted.items()
        for path in paths
    )
    for history in past:
        commit = history.releases[0].commit
        named = {path: f"{commit}:{posixpath.join(folder, path)}" for path in wanted[commit]}
        yield Committed(
            history=history,
            ids={path: ids[asked] for path, asked in named.items() if asked in ids},
            repository=repository,
        )


def _paths(release: Release, descriptor: str) -> list[str]:
    resources = release.snapshot.descriptor["resources"]
    return list(
        dict.fromkeys([descriptor, *(each["path"] for each in resources if "path" in each)])
    )
