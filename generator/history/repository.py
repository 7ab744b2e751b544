"""Git: the only module that runs it. Reads commits and files, changes nothing."""

import io
import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

_NOT_OURS = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"}
"""Set where git runs us as a hook; they would send us to that repository instead."""


class GitError(Exception):
    """Git was asked something that it could not answer; the message is its own first line."""


@dataclass(frozen=True, kw_only=True)
class Commit:
    """A commit: its full id, and when it was committed, ISO 8601 with the offset."""

    id: str
    date: str


@dataclass(frozen=True)
class Repository:
    """A repository with a work tree at `root`; questions are asked from `folder`."""

    root: Path
    folder: Path

    @classmethod
    def around(cls, folder: Path) -> "Repository | None":
        """The repository that a folder lies in; None where there is none, or no git."""
        try:
            root = _git(folder, "rev-parse", "--show-toplevel").decode().strip()
        except (GitError, UnicodeDecodeError):
            return None
        return cls(Path(root), folder)

    def is_shallow(self) -> bool:
        """Whether older commits were left out when the repository was cloned."""
        return _git(self.folder, "rev-parse", "--is-shallow-repository").strip() == b"true"

    def commits(self, paths: Sequence[str]) -> list[Commit]:
        """Commits on the way to HEAD that touched one of the paths from `root`, newest first.

        Of a merge only the first parent is followed: that line is what was published. Raises
        GitError where there is no commit yet.
        """
        asked = ("rev-list", "--first-parent", "--format=%H %cI", "HEAD")
        lines = _git(self.root, "--literal-pathspecs", *asked, "--", *paths).decode().splitlines()
        pairs = (line.split(" ") for line in lines if not line.startswith("commit "))
        return [Commit(id=commit, date=date) for commit, date in pairs]

    def folder_at(self, revision: str, inside: str, descriptor: str) -> tuple[str, str]:
        """The tree of a revision's folder, and the name of the descriptor in it.

        `inside` is that folder or the descriptor itself, from the root, or from here with `./`.
        Raises GitError where there is nothing.
        """
        asked = ("rev-parse", "--verify", "--quiet")
        found = _git(self.folder, *asked, f"{revision}:{inside}").decode().strip()
        kind = _git(self.folder, "cat-file", "-t", found).strip()
        if kind == b"tree":
            return found, descriptor
        above, slash, name = inside.rpartition("/")
        tree = _git(self.folder, *asked, f"{revision}:{above}{slash}")
        return tree.decode().strip(), name

    def blob_ids(self, names: Iterable[str]) -> dict[str, str]:
        """Ids of the files that `<commit or tree>:<path>` name; without those that are none."""
        asked = [name for name in names if "\n" not in name]
        answer = self._cat_file("--batch-check=%(objecttype) %(objectname)", asked)
        answers = (line.split() for line in answer.decode("utf-8", "replace").splitlines())
        return {
            name: words[1] for name, words in zip(asked, answers, strict=True) if words[0] == "blob"
        }

    def blobs(self, names: Iterable[str]) -> dict[str, bytes]:
        """Contents of the files that the names name, those of one content read only once."""
        ids = self.blob_ids(names)
        wanted = list(dict.fromkeys(ids.values()))
        answer, contents = io.BytesIO(self._cat_file("--batch=%(objectsize)", wanted)), {}
        for each in wanted:
            contents[each] = answer.read(int(answer.readline()))
            answer.readline()
        return {name: contents[found] for name, found in ids.items()}

    def _cat_file(self, option: str, names: Sequence[str]) -> bytes:
        lines = "".join(f"{name}\n" for name in names)
        return _git(self.folder, "cat-file", option, asked=lines.encode()) if names else b""


def _git(folder: Path, *arguments: str, asked: bytes = b"") -> bytes:
    git = shutil.which("git")
    if git is None:
        raise GitError("没有安装 git")
    environment = {key: value for key, value in os.environ.items() if key not in _NOT_OURS}
    try:
        ran = subprocess.run(  # noqa: S603 - no shell, and nothing here begins with a dash
            [git, *arguments],
            cwd=folder,
            env=environment,
            input=asked,
            capture_output=True,
            check=False,
        )
    except (OSError, ValueError) as error:
        raise GitError(str(error)) from error
    if ran.returncode:
        said = ran.stderr.decode("utf-8", "replace").strip()
        raise GitError(said.split("\n")[0] or "git 没有找到它")
    return ran.stdout
