"""Releases of real packages, and of one whose cells and titles are out to do harm."""

import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from generator.intake.load import load
from generator.plan.model import Column, Table
from generator.publication.chronicle import Chronicle
from generator.publication.downloads.release import DataRelease
from generator.publication.views.edition import Edition

ROOT = Path(__file__).parents[2]
SITE = "https://data.example.org/plans/"
PACKAGES = {
    "shipped": ROOT / "datapackage.json",
    "harbour-town": ROOT / "tests/packages/harbour-town/datapackage.json",
    "qinghe": ROOT / "tests/packages/qinghe/datapackage.json",
}
HOSTILE = json.loads((Path(__file__).parent / "hostile_cells.json").read_text("utf-8"))


def released(plan, site_url=SITE):
    """A release of a plan whose history is not at hand."""
    return DataRelease(Edition(plan, Chronicle(None)), site_url)


@pytest.fixture(scope="session", params=PACKAGES)
def release(request):
    """The shipped package, one in English with tables of its own, and one with a source text."""
    return released(load(PACKAGES[request.param]))


@pytest.fixture(scope="session")
def shipped():
    """The release of the shipped package."""
    return released(load(PACKAGES["shipped"]))


@pytest.fixture(scope="session")
def hostile():
    """A release with a table that intake would refuse: its cells and titles are formulas."""
    plan = load(PACKAGES["harbour-town"])
    columns = (
        Column(name="=id", title="=1+1", description="@SUM(A1)", type="string", required=True),
        Column(name="text", title="=cmd|' /C calc'!A0", description="-2+3", type="string"),
    )
    rows = tuple(
        {"=id": f"=id{number}", "text": cell, "#row": number}
        for number, cell in enumerate(HOSTILE, start=2)
    )
    table = Table(
        name="+hostile",
        title="='[a]b'!A1",
        description="=1+1",
        path="data/hostile.csv",
        columns=columns,
        primary_key=("=id",),
        rows=rows,
    )
    return released(replace(plan, tables={**plan.tables, table.name: table}))


@pytest.fixture
def folder(tmp_path):
    """Write a release's files into a folder and return where the newest lie."""

    def write(release):
        for path, content in release.files():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return tmp_path / release.folder

    return write


MKDOCS = """\
site_name: 青河
site_description: 青河县全民阅读行动方案
site_url: https://example.org/plans/
theme: {name: material, language: zh, font: false}
plugins: [planpub]
nav: [使用说明: help.md]
"""


def write_project(folder):
    """A site of the small package from Qinghe, with one page written by hand."""
    shutil.copytree(ROOT / "tests/packages/qinghe", folder)
    (folder / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    (folder / "docs").mkdir()
    (folder / "docs/help.md").write_text("# 使用说明\n\n怎样读这份数据。\n", encoding="utf-8")
    return folder


def edit(file, old, new):
    """Replace every place of a text in a file, which must be there."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8", newline="")


def git(folder, *arguments, day="2024-03-01"):
    """Run git as one and the same editor on that day, without anybody's configuration."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for role in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{role}_NAME": "Editor", f"GIT_{role}_EMAIL": "editor@example.org"}
        environment[f"GIT_{role}_DATE"] = f"{day}T08:00:00+08:00"
    subprocess.run(["git", "-C", folder, *arguments], check=True, env=environment)
