"""`planpub diff`: what it says of two packages, in four forms, and how it ends."""

import csv
import io
import json
import shutil
from collections import Counter

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.history.compare import compare
from generator.history.outlets import as_json, as_text
from generator.history.snapshot import key_text, read_snapshot
from generator.history.sources import Source, reader
from generator.history.words import words


def diff(*arguments):
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


@pytest.mark.parametrize(
    ("outlet", "file"),
    [("text", "diff.txt"), ("markdown", "diff.md"), ("html", "diff.html"), ("json", "diff.json")],
)
def test_every_kind_of_change_is_told(small, outlet, file):
    """Rows, cells, columns, terms, tables, metadata and ids are told in each of the four forms."""
    ran = diff(small / "old", small / "new", "--format", outlet)
    assert ran.exit_code == 0
    assert ran.stdout == (small / file).read_text("utf-8")


def test_json_has_exactly_the_promised_names(small):
    """Each object of the JSON has table, change, key, column, old and new, and nothing else."""
    changes = json.loads(diff(small / "old", small / "new", "--format", "json").stdout)
    assert {tuple(each) for each in changes} == {("table", "change", "key", "column", "old", "new")}
    assert {each["change"] for each in changes} == {"added", "removed", "changed"}


@pytest.mark.parametrize("outlet", ["text", "markdown", "html", "json"])
def test_a_package_does_not_differ_from_itself(small, outlet):
    """The same package on both sides has no differences and exit code 0, whatever is required."""
    ran = diff(small / "new", small / "new", "--format", outlet, "--require-version")
    assert ran.exit_code == 0
    assert json.loads(ran.stdout) == [] if outlet == "json" else "没有差别" in ran.stdout


def test_html_escapes_what_cells_hold(small):
    """Markup in a cell reaches the page as text."""
    page = diff(small / "old", small / "new", "--format", "html").stdout
    assert "<b>" not in page
    assert "&lt;b&gt;" in page


def test_a_withdrawn_id_fails_only_where_it_is_asked_for(small):
    """An id that is gone for good is told; under --strict it is an error."""
    sides = small / "old", small / "new"
    ran = diff(*sides, "--strict")
    assert ran.exit_code == 1
    assert "old-goal" in ran.stderr
    assert diff(*sides).exit_code == 0


def test_a_renamed_id_is_an_error(copy, small, edit):
    """An id that lives on under another one needs a redirect, whatever form is asked for."""
    edit(copy / "data/units.csv", "energy,", "energy-bureau,")
    edit(copy / "data/assignments.csv", ",energy,", ",energy-bureau,")
    for outlet in ("text", "markdown", "html", "json"):
        ran = diff(small / "old", copy, "--format", outlet)
        assert ran.exit_code == 1
        assert "old_id 为 energy，new_id 为 energy-bureau" in ran.stderr
        assert ran.stdout


def test_a_redirect_saves_a_renamed_id(copy, small, edit):
    """An id that redirects maps is no error, and the record is told as one that changed its id."""
    edit(copy / "data/units.csv", "energy,", "energy-bureau,")
    edit(copy / "data/assignments.csv", ",energy,", ",energy-bureau,")
    lost = diff(small / "old", copy, "--strict")
    assert lost.exit_code == 1
    assert "energy-bureau" in lost.stderr, "the likely successor is named"

    shutil.copy(small / "new/data/redirects.csv", copy / "data")
    new = json.loads((small / "new/datapackage.json").read_text("utf-8"))["resources"]
    descriptor = json.loads((copy / "datapackage.json").read_text("utf-8"))
    descriptor["resources"] += [each for each in new if each["name"] == "redirects"]
    (copy / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    ran = diff(small / "old", copy, "--strict", "--format", "json")
    assert ran.exit_code == 0
    changed = [each for each in json.loads(ran.stdout) if each["table"] == "units"]
    assert [(each["key"], each["new"]) for each in changed] == [("energy", "energy-bureau")]


def test_a_redirect_may_not_be_dropped(copy, small):
    """An id that was redirected once still has to lead somewhere."""
    shutil.copytree(small / "new", copy, dirs_exist_ok=True)
    (copy / "data/redirects.csv").write_text("table,old_id,new_id\n", encoding="utf-8")
    ran = diff(small / "new", copy, "--strict")
    assert ran.exit_code == 1
    assert "energy" in ran.stderr


def test_a_broken_edit_is_still_told(copy, small, edit):
    """A wrong type, a doubled key, a cell too many, an empty row and a BOM hide nothing."""
    targets = copy / "data/targets.csv"
    edit(targets, ",120,", ",12O,")
    edit(targets, "含在建", "含在建,多")
    edit(targets, "speed,networks", "racks,networks")
    targets.write_bytes(b"\xef\xbb\xbf" + targets.read_bytes() + b",,,,,,\n")
    changes = json.loads(diff(small / "old", copy, "--format", "json").stdout)
    told = {(each["key"], each["column"], each["change"]) for each in changes}
    assert told == {
        ("iot-users", "value", "changed"),
        ("racks", "#8", "changed"),
        ("speed", None, "removed"),
        ("racks#2", None, "added"),
        ("", None, "added"),
    }
    assert "“12O”" in diff(small / "old", copy).stdout


def test_long_texts_are_told_where_they_differ(copy, edit):
    """Of two long cells the words show where they differ, not how they begin."""
    edit(copy / "data/targets.csv", "含在建", "甲" * 100 + "乙" + "丙" * 100)
    shutil.copytree(copy, copy.parent / "later")
    edit(copy.parent / "later/data/targets.csv", "乙", "丁")
    told = diff(copy, copy.parent / "later").stdout
    assert f"“…{'甲' * 12}乙{'丙' * 12}…”改为“…{'甲' * 12}丁{'丙' * 12}…”" in told


cells = st.text(alphabet='ab,"\n 数#1', max_size=3)
names = st.sampled_from(["first", "second"])


@st.composite
def tables(draw):
    """A table: its key, its columns, and its rows by key."""
    key = ("k1", "k2") if draw(st.booleans()) else ("k1",)
    columns = [*key, *draw(st.lists(st.sampled_from(["a", "b", "c"]), unique=True))]
    filled = cells.filter(bool)
    keys = draw(st.lists(st.tuples(*[filled] * len(key)), unique=True, max_size=4))
    rest = st.tuples(*[cells] * (len(columns) - len(key)))
    return key, columns, [(*each, *draw(rest)) for each in keys]


packages = st.dictionaries(names, tables(), min_size=1)


def snapshot(package):
    files, resources = {}, []
    for name, (key, columns, rows) in package.items():
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows([columns, *rows])
        files[f"{name}.csv"] = text.getvalue().encode()
        schema = {"fields": [{"name": each} for each in columns], "primaryKey": list(key)}
        resources.append({"name": name, "path": f"{name}.csv", "schema": schema})
    descriptor = json.dumps({"resources": resources}).encode()
    return read_snapshot(
        Source(file="datapackage.json", descriptor=descriptor, read=reader("", files.__getitem__))
    )


def plain(package):
    """Tables as columns and rows by key, without empty cells: what a comparison is about."""
    return {
        name: (
            set(columns),
            {
                key_text(row[: len(key)]): {c: v for c, v in zip(columns, row, strict=True) if v}
                for row in rows
            },
        )
        for name, (key, columns, rows) in package.items()
    }


def apply(changes, package):
    for each in changes:
        name, key, column, new = each["table"], each["key"], each["column"], each["new"]
        if key is None and column is None and each["change"] != "changed":
            package.pop(name, None) if new is None else package.setdefault(name, (set(), {}))
        elif key is None and column is not None and each["change"] == "added":
            package[name][0].add(column)
        elif key is None and column is not None and each["change"] == "removed":
            package[name][0].discard(column)
        elif key is not None and column is None and name in package:
            package[name][1].pop(key, None) if new is None else package[name][1].update({key: new})
        elif key is not None and name in package:
            row = package[name][1][key]
            row.pop(column, None) if new is None else row.update({column: new})
    return package


@given(packages)
def test_nothing_changes_between_a_package_and_itself(package):
    """diff(a, a) is empty for any package."""
    assert compare(snapshot(package), snapshot(package)).changes == ()


@given(packages, packages)
def test_changes_lead_from_the_old_package_to_the_new(old, new):
    """Applying the JSON of diff(a, b) to a gives b; the key of a table does not change."""
    for name in old.keys() & new.keys():
        if old[name][0] != new[name][0]:
            new = {each: table for each, table in new.items() if each != name}
    new = new or old
    changes = json.loads(as_json(compare(snapshot(old), snapshot(new))))
    applied = apply(changes, plain(old))
    expected = plain(new)
    assert {name: rows for name, (_, rows) in applied.items()} == {
        name: rows for name, (_, rows) in expected.items()
    }
    for name in old.keys() & new.keys():
        assert applied[name][0] == expected[name][0]


@given(packages, packages)
def test_every_change_is_told_once(old, new):
    """Every change has an address of its own, and stands behind exactly one sentence."""
    comparison = compare(snapshot(old), snapshot(new))
    changes = comparison.changes
    said = [id(change) for each in words(comparison) for change in each.changes]
    assert sorted(said) == sorted(map(id, changes))
    assert as_text(comparison).count("\n") >= len(words(comparison))
    where = Counter(
        (each.table, each.key, each.column, each.change, json.dumps(each.new)) for each in changes
    )
    assert set(where.values()) <= {1}


def test_many_rows_of_a_table_that_stands_alone_are_one_sentence(copy, small):
    """A long list of synonyms does not drown the rest; goals stay one sentence each."""
    with (copy / "data/hints.csv").open("a", encoding="utf-8") as hints:
        hints.writelines(f"词{number},义\n" for number in range(25))
    told = diff(small / "old", copy).stdout
    assert "新增 25 行，例如" in told
    assert told.count("词") == 1
    changes = json.loads(diff(small / "old", copy, "--format", "json").stdout)
    assert len(changes) == 25
