"""Addresses that were published never die: of records that are gone, and of past versions."""

import io
import json
import zipfile

import pytest
from conftest import edit, git, write_project

from generator.build import Report, SiteRefused, build_and_swap
from generator.history.departures import departures
from generator.history.past import past_versions
from generator.history.releases import read_history
from generator.publication.downloads.past import past_releases
from generator.publication.shelf import Shelf

PLAN = "qinghe-reading"
HOLD = "hold-festival,book-festival,组织全县读书节,,,events,组织全县读书节\n"
MOVED = "hold-reading-festival,book-festival,组织全县读书节,,,events,组织全县读书节\n"
OTHER = "lend-books,books-to-villages,在乡镇设借书点,,,places,开展送书下乡\n"


@pytest.fixture
def plan(tmp_path):
    """The small plan, committed once as version 1.0.0, with its site's folder empty."""
    folder = write_project(tmp_path / "plan")
    git(folder, "init", "--quiet")
    commit(folder, 1)
    return folder


def commit(folder, day, version=None):
    if version:
        before = json.loads((folder / "datapackage.json").read_text("utf-8"))["version"]
        edit(folder / "datapackage.json", f'"version": "{before}"', f'"version": "{version}"')
    git(folder, "add", "datapackage.json", "data", "source.txt", "docs", "mkdocs.yml")
    git(folder, "commit", "--quiet", "--message", version or "first", day=f"2024-03-{day:02}")


def build(folder):
    return build_and_swap(folder / "mkdocs.yml", None, lambda _: None, Report())


def test_a_withdrawn_record_leaves_a_page_that_says_so(plan):
    """Page and data say what it was, since when it is gone, and lead to the changes."""
    edit(plan / "data/tasks.csv", HOLD, OTHER)
    commit(plan, 2, "2.0.0")
    site = build(plan)
    page = (site / PLAN / "tasks/hold-festival/index.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in page
    assert "任务“组织全县读书节”自数据 2.0.0 版起已撤销，时间是2024年3月2日。" in page
    said = json.loads((site / PLAN / "tasks/hold-festival.json").read_bytes())
    assert said["withdrawn"]["version"] == "2.0.0"
    assert said["title"] == "组织全县读书节"
    changes = (site / PLAN / "changes/index.html").read_text("utf-8")
    assert 'href="../../qinghe-reading/tasks/hold-festival/"' in changes
    assert "hold-festival" not in (site / "sitemap.xml").read_text("utf-8")
    assert "撤" not in (site / PLAN / "units/trade-union/index.html").read_text("utf-8")
    assert "删去任务「组织全县读书节」" in (site / PLAN / "units/trade-union.xml").read_text(
        "utf-8"
    )


@pytest.mark.parametrize("committed", [True, False])
def test_a_renamed_id_without_a_redirect_is_refused(plan, committed):
    """The site is refused with file, id and the row to add; with that row it is built."""
    edit(plan / "data/tasks.csv", HOLD, MOVED)
    if committed:
        commit(plan, 2, "2.0.0")
    with pytest.raises(SiteRefused) as refused:
        build(plan)
    told = str(refused.value)
    assert "tasks/hold-festival/" in told
    assert "data/tasks.csv" in told
    row = "table 为 tasks，old_id 为 hold-festival，new_id 为 hold-reading-festival"
    assert row in told
    edit(
        plan / "data/redirects.csv",
        "targets,",
        "tasks,hold-festival,hold-reading-festival\ntargets,",
    )
    build(plan)


def test_without_git_the_served_site_is_the_memory(tmp_path, monkeypatch):
    """A record of the old site may not vanish, and its past versions stay to download."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    folder = write_project(tmp_path / "plan")
    site = build(folder)
    old = (site / PLAN / f"data/v1.0.0/{PLAN}.zip").read_bytes()
    edit(folder / "datapackage.json", '"version": "1.0.0"', '"version": "1.0.1"')
    build(folder)
    assert (site / PLAN / f"data/v1.0.0/{PLAN}.zip").read_bytes() == old
    assert (site / PLAN / f"data/v1.0.1/{PLAN}.zip").exists()
    edit(folder / "data/tasks.csv", HOLD, MOVED)
    with pytest.raises(SiteRefused, match=r"tasks/hold-festival/: 原站有这个网址"):
        build(folder)


def gone(folder):
    return [
        (each.key, each.version, each.release and each.release.date[:10], each.problem is not None)
        for each in departures(read_history(folder))
    ]


def test_a_departure_is_known_from_its_release_on(plan):
    """Removed, brought back under another id, renamed: an id is judged by where it leads now."""
    tasks = plan / "data/tasks.csv"
    edit(tasks, HOLD, "")
    assert gone(plan) == [("hold-festival", "1.0.0", None, False)]
    commit(plan, 2, "2.0.0")
    assert gone(plan) == [("hold-festival", "2.0.0", "2024-03-02", False)]
    edit(tasks, "carry-books,", f"{MOVED}carry-books,")
    commit(plan, 3, "2.1.0")
    assert gone(plan) == [("hold-festival", "2.0.0", "2024-03-02", False)]
    edit(tasks, MOVED, HOLD)
    assert gone(plan) == [("hold-reading-festival", "2.1.0", None, True)]
    edit(plan / "datapackage.json", f'"name": "{PLAN}"', '"name": "another-plan"')
    assert gone(plan) == []


def test_a_rename_that_was_refused_can_be_taken_back(plan):
    """What came with a commit that could not be published may go without a redirect."""
    tasks = plan / "data/tasks.csv"
    edit(tasks, HOLD, MOVED)
    commit(plan, 2, "2.0.0")
    edit(tasks, MOVED, HOLD)
    assert gone(plan) == []
    edit(tasks, HOLD, MOVED)
    assert gone(plan) == [("hold-festival", "2.0.0", "2024-03-02", True)]


def test_a_past_version_that_rules_refuse_goes_out_as_it_was_committed(plan):
    """Of a version's commits the newest that may be published counts; failing all, the tables."""
    targets = plan / "data/targets.csv"
    edit(targets, ",60,", ",61,")
    commit(plan, 2)
    edit(targets, ",61,", ",59,")
    commit(plan, 3, "1.0.1")
    edit(targets, ",59,", ",60,")
    commit(plan, 4, "1.0.2")
    history = read_history(plan)
    versions = past_versions(plan / "datapackage.json", history)
    assert list(versions) == ["1.0.1", "1.0.0"]
    refused, accepted = past_releases(versions, "https://example.org/", Shelf())
    assert list(refused.files) == [f"{PLAN}.zip"]
    with zipfile.ZipFile(io.BytesIO(refused.files[f"{PLAN}.zip"])) as opened:
        assert b",59," in opened.read("data/targets.csv")
        assert json.loads(opened.read("datapackage.json"))["version"] == "1.0.1"
    assert len(accepted.files) > 40
    assert b",60," in accepted.files["targets.csv"]
    assert accepted.commit == history.releases[-1].commit
