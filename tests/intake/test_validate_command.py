"""`planpub validate` and `planpub new`, as people and workflows run them."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from frictionless import Package
from package_changes import CASES, PACKAGES, changed_package

from generator.cli import main
from generator.intake.load import inspect
from generator.intake.problems import Problem, as_github, as_markdown

PLANPUB = Path(sys.executable).with_name("planpub")


def run(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture
def broken(tmp_path, monkeypatch):
    """The package with many faults, in the working folder."""
    changed_package(CASES / "many-at-once", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_exit_code_says_whether_there_are_problems(broken):
    """A workflow can go by the exit code: 0 without problems, 1 with, 2 for wrong usage."""
    assert run("validate", PACKAGES / "qinghe").exit_code == 0
    assert run("validate").exit_code == 1
    assert run("validate", broken / "nowhere.json").exit_code == 1
    assert run("validate", "--format", "xml").exit_code == 2
    assert run("validate", "one", "two").exit_code == 2
    assert run("validat").exit_code == 2


@pytest.mark.parametrize("place", [".", "datapackage.json", "../{name}", "{absolute}"])
def test_files_are_named_as_seen_from_here(broken, place):
    """However the package is named, its files are named so that an editor can open them."""
    asked = place.format(name=broken.name, absolute=broken / "datapackage.json")
    found = json.loads(run("validate", asked, "--format", "json").stdout)
    assert all(Path(each["file"]).exists() for each in found)


@pytest.mark.usefixtures("broken")
def test_text_is_the_default():
    """Without an option the report is for people."""
    told = run("validate").stdout
    assert told == run("validate", "--format", "text").stdout
    assert told == (CASES / "many-at-once" / "expected.txt").read_text("utf-8")
    assert run("validate", PACKAGES / "qinghe").stdout == "没有发现问题。\n"


@pytest.mark.usefixtures("broken")
def test_json_has_exactly_the_promised_keys():
    """A program finds the same keys in every object, and an empty list where all is well."""
    found = json.loads(run("validate", "--format", "json").stdout)
    assert found
    for each in found:
        assert list(each) == ["code", "file", "row", "column", "value", "message", "hint"]
    cell = next(each for each in found if each["code"] == "figure-not-in-evidence")
    assert (cell["file"], cell["row"], cell["column"], cell["value"]) == (
        "data/targets.csv",
        2,
        "数值",
        "66",
    )
    assert json.loads(run("validate", PACKAGES / "qinghe", "--format", "json").stdout) == []


NASTY = Problem(
    code="unsafe-cell",
    file="data/a,b:c.csv",
    row=3,
    column="名|称",
    value="x",
    message="100%\n::error::别的 | `码` <b>\\",
    hint="第一行\r\n第二行",
)


@pytest.mark.usefixtures("broken")
def test_github_annotations_stay_on_one_line_each():
    """No cell can end an annotation, begin another, or move it to another file."""
    (line,) = as_github([NASTY]).splitlines()
    place, _, message = line.removeprefix("::error ").partition("::")
    assert place == "file=data/a%2Cb%3Ac.csv,line=3,title=unsafe-cell"
    assert "100%25%0A::error::别的" in message
    assert "第一行%0D%0A第二行" in message
    lines = run("validate", "--format", "github").stdout.splitlines()
    assert len(lines) == len(inspect("datapackage.json").problems)
    assert all(re.match(r"::error file=[^,:]+,line=\d+,title=[a-z-]+::\S", line) for line in lines)


@pytest.mark.usefixtures("broken")
def test_markdown_is_a_table_with_a_row_a_problem():
    """A comment on a pull request shows one table, whatever a cell holds."""
    *_, row = as_markdown([NASTY]).splitlines()
    assert len(re.findall(r"(?<!\\)\|", row)) == 6
    assert "<b>" not in row
    lines = run("validate", "--format", "markdown").stdout.splitlines()
    assert lines[0] == f"共 {len(lines) - 4} 个问题。"
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines[2:]} == {6}
    assert run("validate", PACKAGES / "qinghe", "--format", "markdown").stdout.strip()


@pytest.mark.usefixtures("broken")
def test_the_command_itself_says_the_same_in_every_run():
    """The installed command reports in UTF-8, byte for byte alike whatever the seed of hashes."""
    told = [
        subprocess.run(
            [PLANPUB, "validate", "--format", "json"],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "PYTHONIOENCODING": ""},
            capture_output=True,
            check=False,
        )
        for seed in ("1", "2")
    ]
    assert [each.returncode for each in told] == [1, 1]
    assert told[0].stdout == told[1].stdout
    assert json.loads(told[0].stdout) == json.loads(run("validate", "--format", "json").stdout)
    assert told[0].stderr == b""


HEAVY = {"frictionless", "pandas", "altair", "mkdocs", "vl_convert", "jinja2", "babel"}


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["validate", "broken.json"]])
def test_quick_answers_load_nothing_heavy(tmp_path, arguments):
    """The version, the help and the report on a broken descriptor come back at once."""
    (tmp_path / "broken.json").write_text('{"name": ', encoding="utf-8")
    code = (
        "import sys; from generator.cli import main; main(standalone_mode=False)"
        if arguments[0] == "--version"
        else "import sys; from generator.cli import main\ntry: main()\nexcept SystemExit: pass"
    )
    shown = subprocess.run(
        [sys.executable, "-c", f"{code}\nprint(*sys.modules, file=sys.stderr)", *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in shown.stderr.split()}
    assert "generator" in loaded
    assert loaded & HEAVY == set()


def test_new_package_passes_both_checks(tmp_path):
    """What `planpub new` writes is valid, by our own check and by Frictionless alone."""
    folder = tmp_path / "朔州 Plan_2"
    done = run("new", folder)
    assert done.exit_code == 0
    assert inspect(folder).problems == ()
    assert Package(str(folder / "datapackage.json")).validate().valid
    written = {line for line in done.stdout.splitlines() if line}
    assert written == {str(path) for path in folder.rglob("*") if path.is_file()}


def test_new_tables_have_the_columns_that_they_declare(tmp_path):
    """An editor can open an empty table and begin to fill it in."""
    run("new", tmp_path / "plan")
    descriptor = json.loads((tmp_path / "plan" / "datapackage.json").read_text("utf-8"))
    for resource in descriptor["resources"]:
        text = (tmp_path / "plan" / resource["path"]).read_text("utf-8")
        (header,) = csv.reader(io.StringIO(text))
        assert header == [field["name"] for field in resource["schema"]["fields"]]


@pytest.mark.parametrize("standing", ["file-in-it", "a-file", "under-a-file"])
def test_new_leaves_alone_what_is_there(tmp_path, standing):
    """A folder that holds something is refused, and nothing in it changes."""
    kept = tmp_path / "kept.txt"
    kept.write_text("mine", encoding="utf-8")
    folder = {"file-in-it": tmp_path, "a-file": kept, "under-a-file": kept / "plan"}[standing]
    done = run("new", folder)
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
    assert kept.read_text("utf-8") == "mine"
