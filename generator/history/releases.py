"""The releases of a package, from the git history of its descriptor and tables."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from generator.history.changes import Change
from generator.history.compare import Comparison, compare
from generator.history.identifiers import Id
from generator.history.repository import Commit, GitError, Repository
from generator.history.snapshot import EMPTY, Parse, Snapshot, parse_sheet, read_snapshot
from generator.history.sources import Source, open_source, reader
from generator.intake.descriptor import parse_descriptor
from generator.intake.problems import PackageRefused


@dataclass(frozen=True, kw_only=True)
class Release:
    """A commit that touched the package, compared with the release before it.

    `commit` is the full id, `date` when it was committed (ISO 8601 with the offset), `version` what
    the descriptor says there. The first release of all is compared with nothing.
    """

    commit: str
    date: str
    version: str
    comparison: Comparison = field(repr=False)

    @property
    def snapshot(self) -> Snapshot:
        """The package as it was then."""
        return self.comparison.new

    @property
    def changes(self) -> tuple[Change, ...]:
        """What changed against the release before; none where only order or layout did."""
        return self.comparison.changes


@dataclass(frozen=True, kw_only=True)
class History:
    """The releases of a package, newest first.

    `is_whole` is False where the clone leaves older commits out: what the oldest release changed is
    then not known, and it is told as having changed nothing. `pending` is what the files at hand
    change against the newest release.
    """

    releases: tuple[Release, ...]
    pending: Comparison = field(repr=False)
    is_whole: bool = True

    def of(self, table: str, key: str) -> tuple[tuple[Release, tuple[Change, ...]], ...]:
        """What happened to a record, under whatever ids it had, newest first."""
        return tuple(reversed(self._records.get((table, key), ())))

    def last_changed(self, table: str, key: str) -> str | None:
        """When a record last changed (ISO 8601); None where that is not known."""
        happened = self._records.get((table, key))
        return happened[-1][0].date if happened else None

    @cached_property
    def _records(self) -> Mapping[Id, list[tuple[Release, tuple[Change, ...]]]]:
        """What happened to each record, oldest first, under the id that it has now."""
        records: dict[Id, list[tuple[Release, tuple[Change, ...]]]] = {}
        for release in reversed(self.releases):
            moved = {name: pair.moved for name, pair in release.comparison.pairs.items()}
            for table, keys in moved.items():
                for was, now in keys.items():
                    records[table, now] = records.pop((table, was), [])
            happened: dict[Id, list[Change]] = {}
            for change in release.changes:
                if change.key is not None:
                    now = moved.get(change.table, {}).get(change.key, change.key)
                    happened.setdefault((change.table, now), []).append(change)
            for each, changes in happened.items():
                records.setdefault(each, []).append((release, tuple(changes)))
        return records


def read_history(descriptor: Path | str) -> History | None:
    """The releases of the package whose descriptor, or folder, this is.

    None where no history is at hand: no git, no repository, nothing committed. A commit at which
    the package cannot be read was never published: it is passed over.
    """
    found = locate(descriptor)
    parse = cache(parse_sheet)
    try:
        versions = list(_versions(*found, parse)) if found else []
        whole = not found or not found[0].is_shallow()
        now = read_snapshot(open_source(str(descriptor)), parse) if versions else EMPTY
    except (GitError, PackageRefused):
        return None
    if not versions:
        return None
    releases = _releases(versions, whole=whole)
    return History(releases=releases, pending=compare(versions[-1][1], now), is_whole=whole)


def locate(descriptor: Path | str) -> tuple[Repository, str] | None:
    """The repository that a package lies in and its descriptor's path there; None without one."""
    path = Path(descriptor).resolve()
    path = path / "datapackage.json" if path.is_dir() else path
    repository = Repository.around(path.parent) if path.parent.is_dir() else None
    if repository is None or not path.is_relative_to(repository.root.resolve()):
        return None
    return repository, path.relative_to(repository.root.resolve()).as_posix()


def _releases(versions: Iterable[tuple[Commit, Snapshot]], *, whole: bool) -> tuple[Release, ...]:
    releases: list[Release] = []
    previous = EMPTY if whole else None
    for commit, snapshot in versions:
        comparison = compare(snapshot if previous is None else previous, snapshot)
        releases.append(
            Release(
                commit=commit.id,
                date=commit.date,
                version=snapshot.version,
                comparison=comparison,
            )
        )
        previous = snapshot
    return tuple(reversed(releases))


def _versions(repository: Repository, name: str, parse: Parse) -> Iterator[tuple[Commit, Snapshot]]:
    """The package at each commit that touched it, oldest first.

    Git is asked once for all descriptors and once for all tables; `parse` keeps what it has parsed,
    so that a table is parsed once for each content that it ever had.
    """
    touched = [f"{commit.id}:{name}" for commit in repository.commits([name])]
    tables = {
        path for content in repository.blobs(touched).values() for path in _paths(content, name)
    }
    commits = repository.commits([name, *sorted(tables)])
    asked = (f"{commit.id}:{path}" for commit in commits for path in (name, *tables))
    contents = repository.blobs(asked)
    for commit in reversed(commits):
        source = _source(commit, name, contents)
        try:
            if source is not None:
                yield commit, read_snapshot(source, parse)
        except PackageRefused:
            continue


def _source(commit: Commit, name: str, contents: Mapping[str, bytes]) -> Source | None:
    descriptor = contents.get(f"{commit.id}:{name}")
    folder = posixpath.dirname(name)

    def content(path: str) -> bytes:
        found = contents.get(f"{commit.id}:{posixpath.join(folder, path)}")
        if found is None:
            raise FileNotFoundError(path)
        return found

    if descriptor is None:
        return None
    file = posixpath.basename(name)
    return Source(file=file, descriptor=descriptor, read=reader(file, content))


def _paths(descriptor: bytes, name: str) -> Iterator[str]:
    """The files that a descriptor names, from the root of the repository."""
    declared, _ = parse_descriptor(descriptor, name)
    for resource in (declared or {}).get("resources", []):
        if isinstance(resource.get("path"), str):
            yield posixpath.join(posixpath.dirname(name), resource["path"])
