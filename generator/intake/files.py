"""The package's files: inside its folder, readable, UTF-8. Bytes are read once and kept."""

from dataclasses import dataclass
from pathlib import Path

from generator.intake.problems import Problem, problem

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class PackageFile:
    """A file of the package; `path` as the descriptor writes it, relative to the descriptor."""

    path: str
    content: bytes


def read_file(folder: Path, path: object, descriptor: str) -> PackageFile | Problem:
    """Read one file that a descriptor names, or say why it cannot be used.

    `descriptor` is the descriptor's own name: what is wrong with a path is wrong there.
    """
    if not isinstance(path, str) or not path or not is_safe(folder, path):
        return problem("unsafe-path", descriptor, value=path)
    try:
        content = (folder / path).read_bytes()
    except FileNotFoundError:
        return problem("file-missing", descriptor, value=path)
    except OSError as error:
        reason = error.strerror or str(error)
        return problem("file-unreadable", descriptor, value=path, reason=reason)
    if content.startswith(_BOM):
        return problem("byte-order-mark", path, row=1)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return problem("encoding-error", path, row=line, line=line)
    return PackageFile(path, content)


def is_safe(folder: Path, path: str) -> bool:
    """Whether a path is relative, in POSIX form, and stays in the folder even through links."""
    parts = path.split("/")
    if "\\" in path or ":" in path or "\0" in path or path.startswith("/") or ".." in parts:
        return False
    inside = folder.resolve()
    return (folder / path).resolve().is_relative_to(inside)
