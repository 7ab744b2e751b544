"""A small package in two versions, and a git repository with fixed dates and identity."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SMALL = Path(__file__).parent / "small"


@pytest.fixture
def small():
    """The folder with the small package, `old` and `new`, and what is said of them."""
    return SMALL


@pytest.fixture
def copy(tmp_path):
    """A copy of the small package's old version, to be edited."""
    return Path(shutil.copytree(SMALL / "old", tmp_path / "package"))


@pytest.fixture
def edit():
    """Replace a text in a file, which must be there."""

    def replace(file, old, new):
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture
def git(monkeypatch):
    """Run git with fixed dates, a day apart, and without anybody's configuration."""
    day = iter(range(1, 29))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("GIT_AUTHOR", "GIT_COMMITTER"):
        monkeypatch.setenv(f"{name}_NAME", "Editor")
        monkeypatch.setenv(f"{name}_EMAIL", "editor@example.org")

    def run(folder, *arguments):
        if arguments[0] in {"commit", "merge"}:
            date = f"2024-03-{next(day):02}T08:00:00+08:00"
            monkeypatch.setenv("GIT_AUTHOR_DATE", date)
            monkeypatch.setenv("GIT_COMMITTER_DATE", date)
        subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True)

    return run
