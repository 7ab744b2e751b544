"""Where a version of a package lies: a folder, a descriptor, a zip, or a revision in git.

Nothing is unpacked: files are read from where they lie, and only those that the descriptor names.
"""

import stat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.history.refusals import refusal
from generator.history.repository import GitError, Repository
from generator.intake.files import PackageFile, is_local, read_file, why
from generator.intake.problems import PackageRefused, Problem, problem

_DESCRIPTOR = "datapackage.json"
_LARGEST = 256 * 2**20
"""Bytes that one file of a zip may unpack to."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A package that can be read; `file` is its descriptor's name.

    `read` gives the file at a path that the descriptor names, or why it cannot be had.
    """

    file: str
    descriptor: bytes
    read: Callable[[object], PackageFile | Problem]


def reader(file: str, content: Callable[[str], bytes]) -> Callable[[object], PackageFile | Problem]:
    """A `Source.read` from what gives the bytes at a relative path, or raises OSError."""

    def read(path: object) -> PackageFile | Problem:
        if not isinstance(path, str) or not path or not is_local(path):
            return problem("unsafe-path", file, value=path)
        try:
            return PackageFile(path, content(path))
        except FileNotFoundError:
            return problem("file-missing", file, value=path)
        except OSError as error:
            return problem("file-unreadable", file, value=path, reason=why(error))

    return read


def open_source(side: str) -> Source:
    """The package that a side names: a path, or a git revision and a folder, as in `HEAD~1:sub`.

    Raises PackageRefused where there is none.
    """
    path = Path(side)
    try:
        if path.is_dir():
            return _from_folder(path / _DESCRIPTOR)
        if path.exists():
            return _from_zip(path) if path.suffix.lower() == ".zip" else _from_folder(path)
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError) as error:
        raise _refused(
            "side-unreadable", side, reason=why(error) if isinstance(error, OSError) else str(error)
        ) from error
    if ":" in side and not side.startswith("-"):
        return _from_git(side)
    raise _refused("side-missing", side)


def _from_folder(descriptor: Path) -> Source:
    folder, name = descriptor.parent, descriptor.name
    found = read_file(folder, name, name)
    if isinstance(found, Problem):
        raise _no_descriptor(descriptor.as_posix())
    return Source(
        file=name, descriptor=found.content, read=lambda path: read_file(folder, path, name)
    )


def _from_zip(path: Path) -> Source:
    with zipfile.ZipFile(path) as archive:
        members = {each.filename: each for each in archive.infolist()}
    for name, member in members.items():
        if not is_local(name) or stat.S_ISLNK(member.external_attr >> 16):
            raise _refused("zip-unsafe", path.as_posix(), member=name)
    found = sorted(
        (each for each in map(PurePosixPath, members) if each.name == _DESCRIPTOR),
        key=lambda each: (len(each.parts), each),
    )
    if not found:
        raise _no_descriptor(f"{path.as_posix()}/{_DESCRIPTOR}")

    def content(name: str) -> bytes:
        member = members.get((found[0].parent / name).as_posix())
        if member is None:
            raise FileNotFoundError(name)
        return _unpacked(path, member)

    return Source(
        file=_DESCRIPTOR, descriptor=content(_DESCRIPTOR), read=reader(_DESCRIPTOR, content)
    )


def _unpacked(path: Path, member: zipfile.ZipInfo) -> bytes:
    """A member's bytes. Raises OSError, whatever is wrong with it."""
    if member.file_size > _LARGEST:
        raise OSError(None, f"解压后有 {member.file_size} 字节")
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(member)
    except (RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error) as error:
        raise OSError(None, f"压缩包已损坏或有密码({error})") from error


def _from_git(side: str) -> Source:
    revision, _, inside = side.rpartition(":")
    repository = Repository.around(Path.cwd())
    if repository is None:
        raise _refused("side-no-repository", side)
    try:
        folder, name = repository.folder_at(revision, inside, _DESCRIPTOR)
        descriptor = repository.blobs([f"{folder}:{name}"])
    except GitError as error:
        raise _refused("side-no-revision", side, reason=str(error)) from error

    def content(path: str) -> bytes:
        try:
            found = repository.blobs([f"{folder}:{path}"])
        except GitError as error:
            raise OSError(None, str(error)) from error
        if not found:
            raise FileNotFoundError(path)
        return next(iter(found.values()))

    if not descriptor:
        raise _no_descriptor(side)
    return Source(file=name, descriptor=next(iter(descriptor.values())), read=reader(name, content))


def _refused(code: str, side: str, **details: str) -> PackageRefused:
    return PackageRefused([refusal(code, side, value=side, **details)])


def _no_descriptor(side: str) -> PackageRefused:
    return PackageRefused([problem("descriptor-missing", side, value=side)])
