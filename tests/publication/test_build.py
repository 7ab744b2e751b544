"""`planpub build` from the outside: whatever happens, what is served is one whole version."""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import generator.build
from generator.build import Report, SiteNotBuilt, SiteRefused, build_and_swap

ROOT = Path(__file__).parents[2]
KILLS = 3


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The shipped plan with its site, built once."""
    project = tmp_path_factory.mktemp("published")
    for name in ("mkdocs.yml", "datapackage.json"):
        shutil.copy(ROOT / name, project)
    shutil.copytree(ROOT / "data", project / "data")
    shutil.copytree(ROOT / "docs", project / "docs")
    build(project)
    return project


@pytest.fixture
def project(published, tmp_path):
    """A copy of it that a test may change."""
    shutil.copytree(published, tmp_path / "project")
    return tmp_path / "project"


def build(project: Path) -> list[str]:
    told: list[str] = []
    build_and_swap(project / "mkdocs.yml", None, told.append, Report())
    return told


def digest(site: Path) -> str:
    """One value for all names and bytes of a site."""
    total = hashlib.sha256()
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        total.update(path.relative_to(site).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def edit(project: Path, old: str, new: str, table: str = "targets") -> None:
    path = project / f"data/{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def test_a_broken_cell_leaves_the_site_as_it_was(project):
    """Bad data is refused with file, row and rule, and not one served byte changes."""
    before = digest(project / "site")
    edit(project, ",410,", ",411,")
    with pytest.raises(SiteNotBuilt, match=r"targets\.csv\s+第 16 行「数值」：411 .*410万户"):
        build(project)
    assert digest(project / "site") == before


def test_a_site_that_fails_a_check_is_not_shown(project):
    """A broken link in a hand-written page stops the swap, and the message names page and link."""
    before = digest(project / "site")
    page = project / "docs/help.md"
    page.write_text(page.read_text(encoding="utf-8") + '\n<a href="nowhere/">x</a>\n', "utf-8")
    with pytest.raises(SiteRefused, match=r"help/index\.html: .*nowhere/"):
        build(project)
    assert digest(project / "site") == before


@pytest.mark.parametrize("step", ["build_site", "_check", "swap_in"])
def test_a_full_disk_at_any_step_leaves_the_site_as_it_was(project, monkeypatch, step):
    """When a step fails the old site stands, and the next build works without cleaning up."""
    before = digest(project / "site")
    edit(project, "千兆宽带", "千兆光纤宽带")

    def fail(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(generator.build, step, fail)
        with pytest.raises(OSError, match="No space left"):
            build(project)
    assert digest(project / "site") == before
    build(project)
    assert digest(project / "site") != before


def test_a_kill_at_any_moment_leaves_one_whole_version(project):
    """Killed at random moments, what is served is all old or all new, and the next build works."""
    before = digest(project / "site")
    edit(project, "千兆宽带", "千兆光纤宽带")
    start = time.perf_counter()
    run(project).wait()
    lasting = time.perf_counter() - start
    after = digest(project / "site")
    assert after != before
    moments = random.Random(44)
    for number in range(KILLS):
        old, new = ("千兆光纤宽带", "千兆宽带") if number % 2 == 0 else ("千兆宽带", "千兆光纤宽带")
        edit(project, old, new)
        process = run(project)
        try:
            process.wait(timeout=lasting * moments.uniform(0.3, 1.05))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        assert digest(project / "site") in {before, after}
    build(project)
    assert digest(project / "site") in {before, after}


def run(project: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "generator", "build"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command,
        cwd=project,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def test_every_step_is_told_in_one_line_with_its_time(project):
    """A person at a terminal sees what was done, what was checked and how long each took."""
    told = build(project)
    assert len(told) >= 5
    assert all("秒" in line for line in told)
    assert "0 个文件" in told[-1]
