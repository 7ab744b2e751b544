"""A new site takes the old one's place at once, or not at all."""

import os
from pathlib import Path

import pytest

from generator.publication import swap
from generator.publication.swap import BuildRunning, Swapped, staging, swap_in


def write(folder: Path, files: dict[str, str]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content)


def read(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    write(folder, {"index.html": "old", "same/index.html": "same", "gone.html": "gone"})
    return folder


NEW = {"index.html": "new!", "same/index.html": "same", "more.html": "more"}


def test_the_new_site_replaces_the_old_one_whole(site):
    """After the swap exactly the new files are served, and nothing lies beside them."""
    with staging(site) as folder:
        write(folder, NEW)
        swapped = swap_in(folder, site)
    assert read(site) == NEW
    assert swapped == Swapped(written=2, kept=1, removed=1)
    assert sorted(path.name for path in site.parent.iterdir()) == [".site.lock", "site"]


def test_a_file_that_did_not_change_is_the_same_file_as_before(site):
    """Mirrors and caches see what truly changed: an unchanged file keeps inode and times."""
    before = (site / "same/index.html").stat()
    with staging(site) as folder:
        write(folder, NEW)
        swap_in(folder, site)
    after = (site / "same/index.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_without_links_between_files_an_unchanged_one_keeps_its_times(site, monkeypatch):
    """Where the file system has no hard links, the times still tell what changed."""

    def refuse(*_):
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    before = (site / "same/index.html").stat().st_mtime_ns
    with staging(site) as folder:
        write(folder, NEW)
        swap_in(folder, site)
    assert (site / "same/index.html").stat().st_mtime_ns == before


def test_a_failure_while_building_leaves_the_old_site(site):
    """Whatever is raised before the swap, the old site stands as it was."""
    before = read(site)

    with pytest.raises(RuntimeError), staging(site) as folder:
        write(folder, NEW)
        raise RuntimeError
    assert read(site) == before


def test_two_renames_serve_where_folders_cannot_be_exchanged(site, monkeypatch):
    """On a system that cannot exchange folders the result is the same."""
    monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    with staging(site) as folder:
        write(folder, NEW)
        swap_in(folder, site)
    assert read(site) == NEW


def test_a_kill_between_two_renames_is_mended_at_the_next_start(site):
    """The old site comes back if the new one never arrived."""
    before = read(site)
    site.rename(site.with_name(".site.old"))
    with staging(site):
        assert read(site) == before


def test_what_a_killed_build_left_behind_does_no_harm(site):
    """Half-built files of a killed build never reach the next site."""
    write(site.with_name(".site.next"), {"half.html": "half"})
    with staging(site) as folder:
        write(folder, NEW)
        swap_in(folder, site)
    assert read(site) == NEW


def test_two_builds_of_one_site_do_not_mix(site):
    """The second build is told that another is under way, and changes nothing."""
    with staging(site), pytest.raises(BuildRunning, match="另一个构建"), staging(site):
        pass


def test_the_first_site_needs_no_old_one(tmp_path):
    """A site can be built where there was none, in a folder that does not exist yet."""
    site = tmp_path / "deep" / "site"
    with staging(site) as folder:
        write(folder, NEW)
        swap_in(folder, site)
    assert read(site) == NEW
