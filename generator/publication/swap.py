"""Puts a new site in the place of the old one: all of it at once, or nothing.

The new site is built beside the old one. Files that did not change are kept as they were, so that
mirrors and caches see what truly changed. Where the system can exchange two folders in one step
(Linux) there is no moment without a site; elsewhere there are two renames, and the next start
repairs what a kill between them leaves.
"""

import ctypes
import errno
import fcntl
import filecmp
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class BuildRunning(Exception):
    """Another build of the same site is under way."""

    def __init__(self, site: Path) -> None:
        """Say which."""
        super().__init__(f"另一个构建正在生成 {site}，等它结束再试")


@dataclass(frozen=True)
class Swapped:
    """How many files of the new site were written, kept as they were, and are gone."""

    written: int
    kept: int
    removed: int


@dataclass(frozen=True)
class Staged:
    """A folder that a site is built in; `served` is the site that it will take the place of."""

    folder: Path
    served: Path | None = None
    _made: set[str] = field(default_factory=set, repr=False)
    """Folders that are there already: to ask for each file again would cost as much as the file."""

    def put(self, path: str, content: bytes) -> None:
        """Write a file, or where the served site has the very same, take that one.

        Nothing may write to the file afterwards: it may be the one that is being served.
        """
        # Strings, and files without a buffer: thousands of paths would cost as much as the files.
        target = f"{self.folder}/{path}"
        parent, _, _ = target.rpartition("/")
        if parent not in self._made:
            Path(parent).mkdir(parents=True, exist_ok=True)
            self._made.add(parent)
        if self.served is None or not _take(f"{self.served}/{path}", target, content):
            with open(target, "wb", buffering=0) as file:  # noqa: PTH123 - see above
                file.write(content)


def _take(served: str, target: str, content: bytes) -> bool:
    try:
        with open(served, "rb", buffering=0) as file:  # noqa: PTH123 - as in Staged.put
            if file.readall() != content:
                return False
        os.link(served, target)
    except OSError:
        return False
    return True


def carry_over(site: Path, folder: Path, is_kept: Callable[[str], bool]) -> None:
    """Take over files of the old site that the new one has not made, of those that must stay."""
    for path in sorted(filter(is_kept, files_in(site) - files_in(folder))):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            target.hardlink_to(site / path)
        except OSError:
            shutil.copy2(site / path, target)


@contextmanager
def staging(site: Path) -> Iterator[Path]:
    """An empty folder beside the site to build in; what a killed build left is cleared first.

    Raises BuildRunning while another build holds the place.
    """
    site.parent.mkdir(parents=True, exist_ok=True)
    with _lock(site):
        _repair(site)
        folder = _beside(site, "next")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def swap_in(folder: Path, site: Path) -> Swapped:
    """Make `folder` the site. The old one is removed afterwards."""
    swapped = _keep_unchanged(folder, site)
    if not site.exists():
        folder.rename(site)
    elif not _exchange(folder, site):
        old = _beside(site, "old")
        site.rename(old)
        folder.rename(site)
        shutil.rmtree(old, ignore_errors=True)
    return swapped


def _beside(site: Path, what: str) -> Path:
    return site.with_name(f".{site.name}.{what}")


@contextmanager
def _lock(site: Path) -> Iterator[None]:
    with _beside(site, "lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildRunning(site) from error
        yield


def _repair(site: Path) -> None:
    """Put the old site back where a kill between two renames took it away."""
    old = _beside(site, "old")
    if old.exists() and not site.exists():
        old.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def _keep_unchanged(folder: Path, site: Path) -> Swapped:
    """Replace each new file that equals the old one by the old file itself."""
    new, old = _numbered(folder), _numbered(site)
    both = new.keys() & old.keys()
    kept = {path for path in both if new[path] == old[path]}
    for path in both - kept:
        fresh, stale = folder / path, site / path
        if filecmp.cmp(fresh, stale, shallow=False):
            _take_over(stale, fresh)
            kept.add(path)
    return Swapped(len(new) - len(kept), len(kept), len(old.keys() - new.keys()))


def files_in(folder: Path) -> set[str]:
    """Every file in a folder and below, by its path from there."""
    return set(_numbered(folder))


def _numbered(folder: Path, way: str = "") -> dict[str, int]:
    """Every file by its path with its number in the file system: files with the same are one."""
    found: dict[str, int] = {}
    if not folder.is_dir():
        return found
    with os.scandir(f"{folder}/{way}") as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                found |= _numbered(folder, f"{way}{entry.name}/")
            else:
                found[f"{way}{entry.name}"] = entry.inode()
    return found


def _take_over(stale: Path, fresh: Path) -> None:
    """The old file in the new one's place: the same file where links work, else its times."""
    link = fresh.with_name(f".{fresh.name}.kept")
    try:
        os.link(stale, link)
        link.replace(fresh)
    except OSError:
        shutil.copystat(stale, fresh)


def _exchange(folder: Path, site: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    first, second = os.fsencode(folder), os.fsencode(site)
    if renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
        return False
    raise OSError(number, os.strerror(number), str(site))
