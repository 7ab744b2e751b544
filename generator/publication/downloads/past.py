"""Past versions of the data: every file that went out then, made anew from git, kept once made.

A version is the newest of its commits that may be published; where today's rules refuse them all,
its descriptor and tables still go out as they were committed, in a zip.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.history.past import Committed
from generator.intake.load import inspect
from generator.publication.chronicle import Chronicle
from generator.publication.downloads.bundle import bundle
from generator.publication.downloads.release import DataRelease
from generator.publication.shelf import Shelf, digest_of
from generator.publication.views.edition import Edition

_CODE = (
    "generator.plan",
    "generator.intake",
    "generator.intake.rules",
    "generator.publication.downloads",
    "generator.publication.views",
)
_LIBRARIES = ("pyarrow", "xlsxwriter")
_ENDING = ".zip"
_COMMIT = "commit"
"""The file of a kept version that says which commit it is; the others are its files."""


@dataclass(frozen=True)
class PastRelease:
    """A version that has been followed by another: the commit that it is, and its files by name."""

    version: str
    commit: str
    files: Mapping[str, bytes]


def past_releases(
    versions: Mapping[str, Sequence[Committed]], site_url: str, shelf: Shelf
) -> Iterator[PastRelease]:
    """Every past version, each made from the commits that bore it or taken from the shelf."""
    for version, commits in versions.items():
        name = str(commits[0].release.snapshot.descriptor["name"])
        stem, digest = f"{name}-v{version}", _digest(commits, site_url)
        kept = shelf.take(stem, digest, [_ENDING])
        if kept is None:
            made = _made(version, commits, site_url)
            kept = (_packed(made),)
            shelf.put(stem, digest, {_ENDING: kept[0]})
        yield _unpacked(version, kept[0])


def _made(version: str, commits: Sequence[Committed], site_url: str) -> PastRelease:
    for each in commits:
        files = _files(each, site_url)
        if files is not None:
            return PastRelease(version, each.release.commit, files)
    newest = commits[0]
    name = f"{newest.release.snapshot.descriptor['name']}.zip"
    moment = datetime.fromisoformat(newest.release.date)
    return PastRelease(version, newest.release.commit, {name: bundle(newest.contents(), moment)})


def _files(committed: Committed, site_url: str) -> Mapping[str, bytes] | None:
    """What went out of a commit; None where it may not be published."""
    with TemporaryDirectory() as folder:
        for path, content in committed.contents().items():
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        intake = inspect(Path(folder, next(iter(committed.ids))))
    if intake.plan is None or intake.problems:
        return None
    edition = Edition(intake.plan, Chronicle(committed.history))
    return DataRelease(edition, site_url).contents


def _digest(commits: Sequence[Committed], site_url: str) -> str:
    """A name for all that a version is made from: files, dates, address, code and libraries."""
    made_of = [site_url]
    for each in commits:
        made_of += [each.release.commit, each.release.date, Chronicle(each.history).day]
        made_of += (f"{path} {blob}" for path, blob in each.ids.items())
    return digest_of(made_of, packages=_CODE, libraries=_LIBRARIES)


def _packed(release: PastRelease) -> bytes:
    """As it is kept: not compressed, for most of it is already."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in {_COMMIT: release.commit.encode(), **release.files}.items():
            archive.writestr(name, data)
    return content.getvalue()


def _unpacked(version: str, content: bytes) -> PastRelease:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    commit = files.pop(_COMMIT).decode()
    return PastRelease(version, commit, files)
