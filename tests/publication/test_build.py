"""`planpub build` from the outside: whatever happens, what is served is one whole version."""

import hashlib
import json
import os
import random
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from conftest import edit, write_project

import generator.build
from generator.build import Report, SiteNotBuilt, SiteRefused, build_and_swap
from generator.steps import Steps

ROOT = Path(__file__).parents[2]
KILLS = 12
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
LAUNCHER = """
import os, resource, sys
from pathlib import Path
import feedgen.feed, frictionless, markupever, pyarrow.csv, pyarrow.parquet, turbohtml, xlsxwriter
from generator.build import EXPECTED, Report, build_and_swap

for limit in map(int, sys.stdin):
    child = os.fork()
    if child == 0:
        os.setsid()
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            build_and_swap(Path("mkdocs.yml"), None, lambda _: None, Report())
        except EXPECTED:
            os._exit(1)
        os._exit(0)
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
"""
"""Starts a build for each line, as a process with everything loaded; no file may be larger than
the line says, if it says more than 0. Prints the process and, when it has ended, its status."""


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A small plan with its site, built once, and the names of the steps that it took."""
    project = write_project(tmp_path_factory.mktemp("published") / "project")
    report = Report()
    build(project, report)
    return project, [each.step for each in report.steps]


@pytest.fixture
def project(published, tmp_path):
    """A copy of it that a test may change."""
    return Path(shutil.copytree(published[0], tmp_path / "project"))


def build(project: Path, report: Report | None = None) -> list[str]:
    told: list[str] = []
    build_and_swap(project / "mkdocs.yml", None, told.append, report or Report())
    return told


def digest(site: Path) -> str:
    """One value for all names and bytes of a site."""
    total = hashlib.sha256()
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        total.update(path.relative_to(site).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def change(project: Path) -> None:
    """One cell of prose, there and back."""
    units = project / "data/units.csv"
    forms = ("县文旅局", "县文化旅游局")
    old, new = forms if f",{forms[0]}," in units.read_text("utf-8") else reversed(forms)
    edit(units, f",{old},", f",{new},")


def test_a_broken_cell_leaves_the_site_as_it_was(project):
    """Bad data is refused with file, row and rule, and not one served byte changes."""
    before = digest(project / "site")
    edit(project / "data/targets.csv", ",60,", ",61,")
    with pytest.raises(SiteNotBuilt, match=r"targets\.csv\s+第 2 行「数值」：61 .*60万册"):
        build(project)
    assert digest(project / "site") == before


def test_a_site_that_fails_a_check_is_not_shown(project):
    """A broken link in a hand-written page stops the swap, and the message names page and link."""
    before = digest(project / "site")
    with (project / "docs/help.md").open("a", encoding="utf-8") as page:
        page.write('\n<a href="nowhere/">x</a>\n')
    with pytest.raises(SiteRefused, match=r"help/index\.html: .*nowhere/"):
        build(project)
    assert digest(project / "site") == before


def test_a_site_whose_addresses_end_otherwise_is_refused(project):
    """Addresses of records end in a slash; a site that wants others is told which line to drop."""
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("use_directory_urls: false\n")
    with pytest.raises(SiteNotBuilt, match="use_directory_urls"):
        build(project)


class FailingSteps(Steps):
    """The steps of a build, of which one fails before anything is done."""

    failing = ""

    @contextmanager
    def step(self, name):
        """Fail where that is asked for, as a full disk does."""
        if name == self.failing:
            raise OSError(28, "No space left on device")
        with super().step(name) as done:
            yield done


def test_each_step_in_turn_may_fail(published, project, monkeypatch):
    """Whichever step of the report fails, the old site stands, and the next build works."""
    before, made, real = digest(project / "site"), [], generator.build.build_site
    change(project)

    def build_once(config, folder, *rest):
        """What is checked and swapped in may be the same each time."""
        if made:
            shutil.copytree(project / "made", folder, dirs_exist_ok=True)
        else:
            made.append(real(config, folder, *rest))
            shutil.copytree(folder, project / "made")
        return made[0]

    monkeypatch.setattr(generator.build, "build_site", build_once)
    monkeypatch.setattr(generator.build, "Steps", FailingSteps)
    _, names = published
    assert len(names) > 12
    for name in names:
        monkeypatch.setattr(FailingSteps, "failing", name)
        with pytest.raises(OSError, match="No space left"):
            build(project)
        assert digest(project / "site") == before, name
    monkeypatch.setattr(FailingSteps, "failing", "")
    build(project)
    assert digest(project / "site") != before


class Launcher:
    """Starts builds as processes of their own."""

    def __init__(self, project):
        """Load everything once."""
        self.running = subprocess.Popen(
            [sys.executable, "-c", LAUNCHER],
            cwd=project,
            env=ENVIRONMENT,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def build(self, limit=0, within=None):
        """Build, and kill it after so many seconds; return how the process ended."""
        self.running.stdin.write(b"%d\n" % limit)
        process = int(self.running.stdout.readline())
        ended, _, _ = select.select([self.running.stdout], [], [], within)
        if not ended:
            os.kill(process, signal.SIGKILL)
            with suppress(ProcessLookupError):  # before it has a group of its own
                os.killpg(process, signal.SIGKILL)
        return int(self.running.stdout.readline())


@pytest.fixture
def launcher(project):
    """A launcher of builds of the project."""
    launching = Launcher(project)
    yield launching
    launching.running.stdin.close()
    launching.running.wait()


def test_a_kill_at_any_moment_leaves_one_whole_version(project, launcher):
    """Killed at random moments, what is served is all old or all new, and the next build works."""
    before = digest(project / "site")
    change(project)
    start = time.perf_counter()
    assert launcher.build() == 0
    lasting = time.perf_counter() - start
    after = digest(project / "site")
    assert after != before
    moments = random.Random(44)
    killed = 0
    for _ in range(KILLS):
        change(project)
        killed += launcher.build(within=lasting * moments.uniform(0, 1.02)) == signal.SIGKILL
        assert digest(project / "site") in {before, after}
    assert killed
    assert launcher.build() == 0
    assert digest(project / "site") == (before if KILLS % 2 else after)


@pytest.mark.parametrize("limit", [2_000, 60_000])
def test_a_disk_that_takes_no_more_leaves_the_site_as_it_was(project, launcher, limit):
    """Where files cannot be written in full, the build fails and says so by its code."""
    before = digest(project / "site")
    change(project)
    assert os.waitstatus_to_exitcode(launcher.build(limit)) == 1
    assert digest(project / "site") == before


def test_of_two_builds_at_once_one_is_sent_away(project):
    """The second is told that another is under way, with code 1; the first makes a whole site."""
    before = digest(project / "site")
    change(project)
    command = [sys.executable, "-m", "generator", "build"]
    first = subprocess.Popen(
        command, cwd=project, env=ENVIRONMENT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    first.stderr.readline()  # its first step is done: it holds the place
    first.send_signal(signal.SIGSTOP)
    try:
        second = subprocess.run(
            command, cwd=project, env=ENVIRONMENT, capture_output=True, text=True, check=False
        )
    finally:
        first.send_signal(signal.SIGCONT)
    assert second.returncode == 1
    assert "另一个构建正在生成" in second.stderr
    first.communicate()
    assert first.returncode == 0
    assert digest(project / "site") != before
    assert sorted(path.name for path in project.glob(".site*")) == [".site.lock"]


def test_every_step_is_told_in_one_line_and_kept_in_the_report(project):
    """A person sees what was done, what was checked and how long each took; a program too."""
    report = project / "report.json"
    command = [sys.executable, "-m", "generator", "build", "--report", report]
    done = subprocess.run(
        command, cwd=project, env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    told, kept = done.stderr.splitlines(), json.loads(report.read_text("utf-8"))
    assert all(re.fullmatch(r".+：.+（\d+\.\d\d 秒）", line) for line in told)
    assert [line.partition("：")[0] for line in told] == [each["step"] for each in kept["steps"]]
    checks = [line.partition("：")[0].split()[1] for line in told if line.startswith("检查")]
    assert checks == [
        "links",
        "addresses",
        "foreign-requests",
        "page-basics",
        "html",
        "alternatives",
        "search",
        "catalogue",
    ]
    assert kept["findings"] == []
    assert "写入 0 个文件" in told[-1]
