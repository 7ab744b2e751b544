"""What is published follows from the data: not from the day, the place or the run of a build."""

import csv
import os
import shutil
import subprocess
import sys

import pytest
from conftest import git

from tests.bench.synthetic import write_plan

CONFIG = """\
site_name: Synthetic
site_description: A plan that nobody wrote.
site_url: https://example.org/plans/
repo_url: https://forge.example/plan
theme: {name: material, language: zh, font: false}
plugins: [planpub]
"""
OTHER = {"PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai", "LC_ALL": "POSIX"}
BUILD = """
import datetime, sys, time
from generator.cli import main

real, shift = datetime.datetime, datetime.timedelta(days=int(sys.argv.pop(1)))

class Anywhen(type):
    def __instancecheck__(cls, instance):
        return isinstance(instance, real)

class Shifted(real, metaclass=Anywhen):
    @classmethod
    def now(cls, tz=None):
        return real.now(tz) + shift

    @classmethod
    def today(cls):
        return real.today() + shift

clock = time.time
time.time = lambda: clock() + shift.total_seconds()
datetime.datetime = Shifted
main(prog_name="planpub")
"""
"""planpub on another day: as many days from now as the first argument says."""


def building(project, days=0, **environment):
    """A build under way, so many days from now."""
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(days), "build"],
        cwd=project,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finished(*builds):
    for build in builds:
        said, _ = build.communicate()
        assert build.returncode == 0, said


def files(site):
    paths = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}


def marks(site):
    """By what a mirror sees that a file is the one it has."""
    paths = {path: path.stat() for path in site.rglob("*") if path.is_file()}
    return {
        path.relative_to(site).as_posix(): (seen.st_ino, seen.st_mtime_ns)
        for path, seen in paths.items()
    }


@pytest.fixture(scope="module")
def projects(tmp_path_factory):
    """One commit in two places, built on two days, in two zones and locales, with two hash seeds.

    The second is told a date for reproducible builds, which must not matter either.
    """
    first = tmp_path_factory.mktemp("here") / "plan"
    write_plan(first, 300)
    (first / "docs").mkdir()
    (first / "docs/help.md").write_text("# Help\n\nHow to read this.\n")
    (first / "mkdocs.yml").write_text(CONFIG + "nav: [help.md]\n")
    git(first, "init", "--quiet")
    git(first, "add", ".")
    git(first, "commit", "--quiet", "-m", "A plan")
    second = tmp_path_factory.mktemp("elsewhere") / "copy"
    git(first, "clone", "--quiet", str(first), str(second))
    os.utime(second / "docs/help.md", (0, 0))
    finished(
        building(first, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8"),
        building(second, days=40, SOURCE_DATE_EPOCH="1", **OTHER),
    )
    return first, second


def test_two_builds_of_one_commit_are_the_same_to_the_byte(projects):
    """On any day, in any time zone, with any hash seed, one commit makes one site."""
    here, elsewhere = (files(project / "site") for project in projects)
    assert sorted(here) == sorted(elsewhere)
    assert [path for path in here if here[path] != elsewhere[path]] == []


def test_one_changed_cell_rewrites_only_the_files_that_differ(projects):
    """Mirrors and caches see what truly changed: every other file stays the very file it was.

    What comes of it is what a build without the old site and without any cache makes.
    """
    project, elsewhere = projects
    before, marked = files(project / "site"), marks(project / "site")
    table = project / "data/tasks.csv"
    rows = list(csv.reader(table.read_text("utf-8").splitlines()))
    place = rows[0].index("summary")
    assert rows[9][place]
    text = table.read_text("utf-8")
    changed = text.replace(rows[9][place], "改过的说明")
    table.write_text(changed, "utf-8", newline="")
    (elsewhere / "data/tasks.csv").write_text(changed, "utf-8", newline="")
    for kept in ("site", ".planpub"):
        shutil.rmtree(elsewhere / kept)
    finished(building(project), building(elsewhere, days=-40, **OTHER))
    after, remarked = files(project / "site"), marks(project / "site")

    assert after == files(elsewhere / "site")
    differ = {path for path in after if before.get(path) != after[path]}
    assert {path for path in after if marked.get(path) != remarked[path]} == differ
    assert f"synthetic-plan/tasks/{rows[9][0]}/index.html" in differ
    others = {path for path in differ if path.startswith("synthetic-plan/tasks/")}
    assert others <= {
        f"synthetic-plan/tasks/{rows[9][0]}/index.html",
        f"synthetic-plan/tasks/{rows[9][0]}.json",
    }
