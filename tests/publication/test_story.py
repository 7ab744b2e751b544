"""The life of a plan, from commit to site: what a reader, a feed reader and an editor see.

A package is published, corrected, gains a row, has a unit's id renamed, and is broken. Each step is
a commit, and each is built over the site that is there.
"""

import gc
import io
import json
import re
import shutil
import zipfile
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import edit, git, write_project

from generator.cli import main

PLAN = "qinghe-reading/"
OLD, NEW = f"{PLAN}units/education", f"{PLAN}units/education-bureau"


@dataclass
class Seen:
    """What there was after a step: the files that are served, and what the editor was told."""

    files: dict[str, bytes]
    code: int
    said: str

    def page(self, path):
        """The words of a page."""
        html = self.files[f"{path}/index.html"].decode()
        content = html.partition('<div id="content"')[2]
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", content or html)).split())

    def entries(self, path):
        """The entries of a feed, newest first."""
        return re.findall(r"<entry>.*?</entry>", self.files[path].decode(), re.DOTALL)

    def json(self, path):
        """What a program reads."""
        return json.loads(self.files[path])


def correct(plan):
    for file in (plan / "source.txt", plan / "data/targets.csv"):
        edit(file, "60万册", "62万册")
    edit(plan / "data/targets.csv", ",60,", ",62,")


def add_a_row(plan):
    row = "lend-books,books-to-villages,在乡镇设借书点,,,places,开展送书下乡\n"
    edit(plan / "data/tasks.csv", "carry-books,", f"{row}carry-books,")


def rename_a_unit(plan):
    edit(plan / "data/units.csv", "education,", "education-bureau,")
    edit(plan / "data/assignments.csv", ",education,", ",education-bureau,")
    redirects = plan / "data/redirects.csv"
    edit(redirects, "targets,", "units,education,education-bureau\ntargets,")


def break_a_cell(plan):
    edit(plan / "data/targets.csv", ",62,", ",63,")


STEPS = {
    "published": ("1.0.0", None),
    "corrected": ("1.0.1", correct),
    "added": ("1.1.0", add_a_row),
    "renamed": ("2.0.0", rename_a_unit),
    "broken": ("2.0.1", break_a_cell),
}


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """The repository."""
    folder = write_project(tmp_path_factory.mktemp("story") / "plan")
    (folder / ".gitignore").write_text("site/\n.site.*\n.planpub/\n")
    git(folder, "init", "--quiet")
    return folder


@pytest.fixture(scope="module")
def story(plan):
    """What was seen at each step."""
    seen, version = {}, "1.0.0"
    for day, (name, (now, change)) in enumerate(STEPS.items(), start=1):
        if change:
            change(plan)
            edit(plan / "datapackage.json", f'"version": "{version}"', f'"version": "{now}"')
        version = now
        git(plan, "add", ".")
        git(plan, "commit", "--quiet", "--message", name, day=f"2024-03-{day:02}")
        ran = CliRunner().invoke(main, ["build", "-f", str(plan / "mkdocs.yml")])
        gc.enable()
        seen[name] = Seen(files_of(plan / "site"), ran.exit_code, ran.output)
    return seen


def files_of(site: Path) -> dict[str, bytes]:
    paths = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}


def gained(before, after, feed, was=None):
    """How many entries a feed has more; all older ones are there as they were."""
    old, new = before.entries(was or feed), after.entries(feed)
    assert [summary(each) for each in new[len(new) - len(old) :]] == [summary(e) for e in old]
    return len(new) - len(old)


def summary(entry):
    return re.search(r"<summary[^>]*>(.*?)</summary>", entry, re.DOTALL)[1]


def test_the_first_release_says_so_everywhere(story):
    """A new plan: every page bears version and date, and the releases begin."""
    seen = story["published"]
    assert seen.code == 0, seen.said
    pages = [path for path in seen.files if path.endswith(".html")]
    assert [p for p in pages if "数据版本 1.0.0，2024年3月1日" not in seen.files[p].decode()] == []
    assert "首次发布" in seen.page(f"{PLAN}changes")
    assert "最近改动（2024年3月1日） 首次发布" in seen.page(f"{PLAN}tasks/carry-books")
    assert len(seen.entries(f"{PLAN}changes.xml")) == 1
    assert f"{PLAN}data/v1.0.0/qinghe-reading.zip" in seen.files


def test_a_correction_is_told_where_it_is_looked_for(story):
    """The record says both values and the day; the plan's feed gains one entry, no unit's."""
    before, after = story["published"], story["corrected"]
    assert after.code == 0, after.said
    told = "目标「公共图书馆藏书」由 60 万册改为 62 万册"
    record = after.page(f"{PLAN}targets/library-stock")
    assert "62万册" in record
    assert f"最近改动（2024年3月2日） 改动 {told}" in record
    changes = after.page(f"{PLAN}changes")
    assert "2024年3月2日，版本 1.0.1" in changes
    assert told in changes
    html = after.files[f"{PLAN}changes/index.html"].decode()
    assert re.search(r"<del>60</del>.*?<ins>62</ins>", html)
    assert gained(before, after, f"{PLAN}changes.xml") == 1
    assert told in summary(after.entries(f"{PLAN}changes.xml")[0])
    units = [path for path in after.files if path.startswith(f"{PLAN}units/") and ".xml" in path]
    assert len(units) == 6
    assert [path for path in units if gained(before, after, path)] == []


def test_a_new_row_reaches_those_who_answer_for_it(story):
    """The feeds of the responsible units gain exactly one entry, those of others none."""
    before, after = story["corrected"], story["added"]
    assert after.code == 0, after.said
    record = after.page(f"{PLAN}tasks/lend-books")
    assert "最近改动（2024年3月3日） 改动 新增任务「在乡镇设借书点」" in record
    assert gained(before, after, f"{PLAN}changes.xml") == 1
    concerned = {
        unit: gained(before, after, f"{PLAN}units/{unit}.xml")
        for unit in ("donghe", "xishan", "education", "trade-union")
    }
    assert concerned == {"donghe": 1, "xishan": 1, "education": 0, "trade-union": 0}
    newest = after.json(f"{PLAN}changes.json")[0]
    rows = [each for each in newest["changes"] if each["key"] == "lend-books"]
    assert [(each["table"], each["change"]) for each in rows] == [("tasks", "added")]


def test_a_renamed_id_keeps_its_old_address(story):
    """Page, JSON and feed answer at the old address and lead to the new one."""
    before, after = story["added"], story["renamed"]
    assert after.code == 0, after.said
    assert "县教育局" in after.page(NEW)
    assert (
        'url=../../../qinghe-reading/units/education-bureau/"'
        in after.files[f"{OLD}/index.html"].decode()
    )
    assert after.json(f"{OLD}.json")["moved_to"] == "education-bureau"
    assert after.files[f"{OLD}.xml"] == after.files[f"{NEW}.xml"]
    assert gained(before, after, f"{PLAN}changes.xml") == 1
    assert gained(before, after, f"{NEW}.xml", was=f"{OLD}.xml") == 1
    assert gained(before, after, f"{PLAN}units/trade-union.xml") == 0
    assert "换了编号" in after.page(f"{PLAN}changes")


def test_each_release_can_still_be_downloaded(story):
    """Every version's files are what they were when it came out, linked newest first."""
    seen = story["renamed"]
    for name, (version, _) in list(STEPS.items())[:-1]:
        folder = f"{PLAN}data/v{version}/"
        then = {path: f for path, f in story[name].files.items() if path.startswith(folder)}
        assert len(then) > 40
        assert {path: seen.files.get(path) for path in then} == then
        with zipfile.ZipFile(io.BytesIO(seen.files[f"{folder}qinghe-reading.zip"])) as opened:
            assert json.loads(opened.read("datapackage.json"))["version"] == version
    html = seen.files[f"{PLAN}changes/index.html"].decode()
    linked = re.findall(r'href="\S*/data/v(\S+?)/qinghe-reading\.zip"', html)
    assert linked == ["2.0.0", "1.1.0", "1.0.1", "1.0.0"]


def test_past_releases_are_made_anew_without_the_old_site(plan, story, tmp_path):
    """A build in an empty place, as in CI, has the same files of past versions to the byte."""
    git(plan, "clone", "--quiet", ".", tmp_path / "clone")
    git(tmp_path / "clone", "checkout", "--quiet", "HEAD~1")
    past = shutil.ignore_patterns("*.zip")  # charts may be taken from the cache, past files not
    shutil.copytree(plan / ".planpub", tmp_path / "clone/.planpub", ignore=past)
    ran = CliRunner().invoke(main, ["build", "-f", str(tmp_path / "clone/mkdocs.yml")])
    gc.enable()
    assert ran.exit_code == 0, ran.output
    assert files_of(tmp_path / "clone/site") == story["renamed"].files


def test_a_broken_cell_reaches_no_reader(story):
    """The editor is told file, row, column, value, rule and mend; what is served stays."""
    before, after = story["renamed"], story["broken"]
    assert after.code == 1
    for part in ("data/targets.csv", "第 2 行「数值」", "63", "62万册", "→"):
        assert part in after.said
    assert after.files == before.files


@pytest.mark.parametrize(
    ("commit", "version"), [("HEAD~3", "1.0.1"), ("HEAD~2", "1.1.0"), ("HEAD~1", "2.0.0")]
)
@pytest.mark.usefixtures("story")
def test_each_version_took_the_step_that_it_had_to(plan, monkeypatch, commit, version):
    """Planpub diff finds the version of every commit sufficient, and asks for the step before."""
    monkeypatch.chdir(plan)
    sides = [f"{commit}~1:", f"{commit}:"]
    ran = CliRunner().invoke(main, ["diff", *sides, "--require-version"])
    assert ran.exit_code == 0, ran.output
    assert f"现为 {version}，已经升够" in ran.stdout
