"""The package's files: plain files inside its folder, read once and kept, as bytes and as text."""

import errno
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.intake.problems import Problem, problem, shorten

_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_OF_ANY_LENGTH = {"shake_128", "shake_256"}
_REASONS = {
    errno.EISDIR: "这是一个文件夹",
    errno.EACCES: "没有读取权限",
    errno.EPERM: "没有读取权限",
    errno.ENAMETOOLONG: "路径过长",
    errno.ELOOP: "链接绕成了圈",
    errno.ENOTDIR: "路径中间的一段不是文件夹",
}


@dataclass(frozen=True)
class PackageFile:
    """A file of the package; `path` as the descriptor writes it, relative to the descriptor."""

    path: str
    content: bytes

    @property
    def has_mark(self) -> bool:
        """Whether the file begins with a byte-order mark, as Excel writes it."""
        return self.content.startswith(_BOM)

    @property
    def text(self) -> str:
        """The text without the mark. Raises UnicodeDecodeError; see `check_content`."""
        return self.content.removeprefix(_BOM).decode("utf-8")


def read_file(folder: Path, path: object, descriptor: str) -> PackageFile | Problem:
    """Read one file that a descriptor names, or say why it cannot be used.

    `descriptor` is the descriptor's own name: what is wrong with a path is wrong there.
    """
    if not isinstance(path, str) or not path or not is_safe(folder, path):
        return problem("unsafe-path", descriptor, value=path)
    place = folder / path
    try:
        # A pipe or a device would keep us waiting for ever.
        if place.exists() and not place.is_file():
            reason = _REASONS[errno.EISDIR] if place.is_dir() else "这不是普通文件"
            return problem("file-unreadable", descriptor, value=path, reason=reason)
        return PackageFile(path, place.read_bytes())
    except FileNotFoundError:
        return problem("file-missing", descriptor, value=path)
    except OSError as error:
        return problem("file-unreadable", descriptor, value=path, reason=why(error))


def why(error: OSError) -> str:
    """Why the operating system would not do something, for an editor."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def check_sums(resource: Mapping[str, Any], found: PackageFile) -> Iterator[Problem]:
    """A size or a digest that the descriptor states of a file is the file's own."""
    size = len(found.content)
    if resource.get("bytes") not in (None, 0, size):
        yield _changed("bytes", resource["bytes"], size, found)
    algorithm, _, declared = str(resource.get("hash") or "").rpartition(":")
    if declared and (algorithm or "md5") in hashlib.algorithms_guaranteed - _OF_ANY_LENGTH:
        digest = hashlib.new(algorithm or "md5", found.content).hexdigest()
        if digest != declared.lower():
            yield _changed("hash", declared, digest, found)


def _changed(key: str, declared: object, value: object, found: PackageFile) -> Problem:
    stated, actual = shorten(str(declared), 20), shorten(str(value), 20)
    return problem("file-changed", found.path, value=value, key=key, declared=stated, actual=actual)


def check_content(path: str, content: bytes) -> PackageFile | Problem:
    """Bytes that came from wherever as a text file of the package, or what is wrong with them."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return problem("encoding-error", path, row=line, guess=guess(content))
    return PackageFile(path, content)


def guess(content: bytes) -> str:
    """A clause that names the encoding that the bytes look like, or nothing."""
    if content.startswith(_UTF_16):
        return "，看来是 UTF-16"
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    foreign = [char for char in text if not char.isascii()]
    chinese = sum("\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" for char in foreign)
    return "，看来是 GBK" if chinese > 0.8 * len(foreign) else ""


def is_safe(folder: Path, path: str) -> bool:
    """Whether a path is relative, in POSIX form, and stays in the folder even through links."""
    try:
        return is_local(path) and (folder / path).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # links that lead in a circle
        return False


def is_local(path: str) -> bool:
    """Whether a path, as it is written, is relative, in POSIX form and without a step upwards."""
    foreign = "\\" in path or ":" in path or path.startswith("/") or not path.isprintable()
    return not foreign and ".." not in path.split("/")
