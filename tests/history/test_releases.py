"""The releases of a package, read from its git history."""

import json
import shutil
import subprocess

import pytest

from generator.history import releases
from generator.history.releases import read_history
from generator.history.words import words


@pytest.fixture
def story(tmp_path, copy, small, git, edit):
    """A package's life: a correction, a new row, a renamed id, an unreadable edit and its mend."""
    targets, units = copy / "data/targets.csv", copy / "data/units.csv"

    def commit(message):
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-qm", message)

    git(tmp_path, "init", "-q", "-b", "main")
    commit("first")
    edit(targets, ",120,", ",130,")
    commit("correct")
    (tmp_path / "README").write_text("no data", encoding="utf-8")
    commit("nothing of the package")
    edit(targets, "old-goal,", "bases,networks,基站数,quantitative,2,万个,\nold-goal,")
    commit("add")
    edit(units, "energy,", "energy-bureau,")
    edit(copy / "data/assignments.csv", ",energy,", ",energy-bureau,")
    shutil.copy(small / "new/data/redirects.csv", copy / "data")
    new = json.loads((small / "new/datapackage.json").read_text("utf-8"))["resources"]
    descriptor = json.loads((copy / "datapackage.json").read_text("utf-8"))
    descriptor["resources"] += [each for each in new if each["name"] == "redirects"]
    descriptor["version"] = "2.0.0"
    (copy / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    commit("rename")
    good = units.read_bytes()
    units.write_bytes(b'unit_id,name\n"')
    commit("break")
    units.write_bytes(good.replace("数据局".encode(), "大数据局".encode()))
    commit("mend")
    return copy


def test_releases_are_told_newest_first(story):
    """Each commit that touched the package is a release; what cannot be read never was one."""
    history = read_history(story)
    told = [(each.date, each.version) for each in history.releases]
    assert told == [
        ("2024-03-07T08:00:00+08:00", "2.0.0"),
        ("2024-03-05T08:00:00+08:00", "2.0.0"),
        ("2024-03-04T08:00:00+08:00", "1.2.0"),
        ("2024-03-02T08:00:00+08:00", "1.2.0"),
        ("2024-03-01T08:00:00+08:00", "1.2.0"),
    ]
    assert history.is_whole
    said = [[each.text for each in words(release.comparison)] for release in history.releases]
    assert said[0] == ["责任单位「大数据局」的全称由“数据局”改为“大数据局”"]
    assert said[2] == ["新增目标「基站数」"]
    assert said[3] == ["目标「移动物联网终端用户数」由 120 万户改为 130 万户"]
    assert said[4][0] == "首次公布"
    assert len(said[4]) == 1 + 8, "one sentence for each table of the first release"


def test_a_record_knows_when_it_last_changed(story):
    """The date is that of the last release that changed the record, under whatever id it had."""
    history = read_history(story / "datapackage.json")
    assert history.last_changed("targets", "iot-users") == "2024-03-02T08:00:00+08:00"
    assert history.last_changed("targets", "speed") == "2024-03-01T08:00:00+08:00"
    assert history.last_changed("units", "energy-bureau") == "2024-03-05T08:00:00+08:00"
    assert history.last_changed("units", "energy") is None
    assert history.last_changed("assignments", "networks,energy-bureau")
    happened = history.of("units", "energy-bureau")
    assert [changes[0].change for _, changes in happened] == ["changed", "added"]


def test_unchanged_tables_are_parsed_once(story, monkeypatch):
    """A table is parsed once for each content that it ever had, not once a commit."""
    parsed, parse = [], releases.parse_sheet
    monkeypatch.setattr(releases, "parse_sheet", lambda *a: parsed.append(a) or parse(*a))
    read_history(story)
    assert len(parsed) == len(set(parsed)) == 8 + 1 + 1 + 3 + 1 + 1


def test_a_merge_is_one_release(story, git, edit):
    """What a merge brought is told once, with the merge."""
    git(story, "checkout", "-qb", "side")
    edit(story / "data/targets.csv", ",130,", ",140,")
    git(story, "commit", "-qam", "one")
    edit(story / "data/targets.csv", ",140,", ",150,")
    git(story, "commit", "-qam", "two")
    git(story, "checkout", "-q", "main")
    before = len(read_history(story).releases)
    git(story, "merge", "-q", "--no-ff", "-m", "merge", "side")
    history = read_history(story)
    assert len(history.releases) == before + 1
    assert [each.new for each in history.releases[0].changes] == ["150"]


def test_a_shallow_clone_claims_no_beginning(story, tmp_path):
    """Where older commits were left out, a record that did not change since has no date."""
    clone = tmp_path / "clone"
    source = f"file://{story.parent}"
    subprocess.run(["git", "clone", "-q", "--depth", "1", source, clone], check=True)
    history = read_history(clone / "package")
    assert not history.is_whole
    assert [each.changes for each in history.releases] == [()]
    assert history.last_changed("targets", "speed") is None


def test_without_git_there_is_no_history(copy, tmp_path, git, monkeypatch):
    """Outside a repository, before the first commit and without git there is none, and no error."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert read_history(copy) is None
    assert read_history(tmp_path / "nowhere" / "datapackage.json") is None
    git(tmp_path, "init", "-q")
    assert read_history(copy) is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_history(copy) is None
