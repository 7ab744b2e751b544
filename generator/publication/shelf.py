"""What takes long to make and never changes: kept in a folder under what it was made from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True)
class Shelf:
    """A folder of things made, or with None no place to keep any.

    Each has a stem, the digest of what it was made from, and a file for each ending.
    """

    folder: Path | None = None

    def take(self, stem: str, digest: str, endings: Sequence[str]) -> tuple[bytes, ...] | None:
        """The files of something made before; None where one is missing."""
        if self.folder is None:
            return None
        paths = [self.folder / f"{stem}-{digest}{ending}" for ending in endings]
        if not all(path.exists() for path in paths):
            return None
        return tuple(path.read_bytes() for path in paths)

    def put(self, stem: str, digest: str, contents: Mapping[str, bytes]) -> None:
        """Keep something by its endings, in the place of older ones of the same stem."""
        if self.folder is None:
            return
        for old in self.folder.glob(f"{stem}-{'[0-9a-f]' * len(digest)}.*"):
            old.unlink(missing_ok=True)
        for ending, content in contents.items():
            _write(self.folder / f"{stem}-{digest}{ending}", content)


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: another build may be reading it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{id(content)}.half")
    half.write_bytes(content)
    half.replace(path)


def digest_of(
    matter: Iterable[str], *, packages: tuple[str, ...], libraries: tuple[str, ...]
) -> str:
    """A name for what a thing is made of: its matter, the code and the libraries that make it."""
    made_of = (*matter, *_made_with(packages, libraries))
    return sha256("\n".join(made_of).encode()).hexdigest()[:24]


@cache
def _made_with(packages: tuple[str, ...], libraries: tuple[str, ...]) -> tuple[str, ...]:
    """What changes with the code of packages and the versions of libraries."""
    code = (each for package in packages for each in _code_of(package))
    return (*code, *(f"{library} {version(library)}" for library in libraries))


def _code_of(package: str) -> tuple[str, ...]:
    """The sums of a package's modules."""
    modules = (each for each in files(package).iterdir() if each.name.endswith(".py"))
    ordered = sorted(modules, key=lambda module: module.name)
    return tuple(sha256(module.read_bytes()).hexdigest() for module in ordered)
