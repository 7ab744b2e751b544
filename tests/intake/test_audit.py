"""The audit: nothing that a package cites is wrong, and nothing of the text is left out."""

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.intake.audit import audit
from generator.intake.load import load
from generator.intake.source_text import SourceText, fragments

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "packages" / "audited"
SHARED = sorted((ROOT.parent / "shared" / "source").glob("*.txt"))
needs_text = pytest.mark.skipif(
    not SHARED, reason="the official text is not in this repository: ../shared/source/*.txt"
)

# file, what stands there once, what to write instead (with `+` for after it), kind of gap, its code
SLIPS = {
    "another-text": ("source.txt", "全县数字", "全县的数字", "fingerprint", "source-fingerprint"),
    "new-figure": ("source.txt", "联席会议制度", "+,新增园区4个", "numerals", "figure-not-carried"),
    "new-name": ("source.txt", "联席会议制度", "+,推广6G", "numerals", "figure-not-carried"),
    "heading-lost": ("source.txt", "三、保障措施\n", "", "headings", "heading-not-in-source"),
    "heading-new": (
        "source.txt",
        "不少于2次。\n",
        "+\n四、附则\n",
        "heading_lines",
        "heading-not-in-sections",
    ),
    "unit-new": ("source.txt", "配合单位:", "+县商务局、", "unit_lists", "unit-list-differs"),
    "list-new": (
        "source.txt",
        "不少于2次。",
        "+(责任单位:县政府办)",
        "unit_lists",
        "unit-list-missing",
    ),
    "list-moved": (
        "data/assignments.csv",
        "industry,finance,1",
        "leadership,finance,1",
        "assigned",
        "unit-list-not-in-source",
    ),
    "unit-order": (
        "data/assignments.csv",
        "finance,2,县财政局\ndata",
        "finance,2,财政局\ndata",
        "unit_lists",
        "unit-list-differs",
    ),
    "evidence-changed": (
        "data/tasks.csv",
        "推动数据中心建设",
        "推进数据中心建设",
        "tasks",
        "evidence-not-in-source",
    ),
    "evidence-elsewhere": (
        "data/targets.csv",
        "rack-use,data-centres",
        "rack-use,base-stations",
        "targets",
        "evidence-not-in-source",
    ),
    "reading-changed": (
        "data/readings.csv",
        "完成2024300个基站,",
        "完成2024301个基站,",
        "readings",
        "reading-not-in-source",
    ),
    "locator-unknown": (
        "data/not_carried.csv",
        "industry,",
        "industries,",
        "not_carried",
        "unknown-locator",
    ),
    "name-changed": (
        "data/not_carried.csv",
        "三免三减",
        "三减三免",
        "not_carried",
        "not-carried-not-in-source",
    ),
}


@pytest.fixture
def package(tmp_path):
    return Path(shutil.copytree(SMALL, tmp_path / "audited"))


def run(package, *options):
    source = package / "source.txt"
    return CliRunner().invoke(main, ["audit", str(source), str(package), *options])


def test_whole_package_has_no_gap():
    """A package that carries its whole text is clean, and says what it counted."""
    result = run(SMALL, "--format", "json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["gaps"], found["problems"]) == (0, [], [])
    numerals = next(each for each in found["coverage"] if each["kind"] == "numerals")
    assert numerals["total"] == numerals["covered"] + numerals["named"] == 29
    assert sum(found["carriers"].values()) == numerals["total"]


@pytest.mark.parametrize("name", SLIPS)
def test_each_slip_is_a_gap(package, name):
    """Whatever is changed in the text or in a table comes out as a gap of its own kind."""
    file, old, new, kind, code = SLIPS[name]
    content = (package / file).read_text("utf-8")
    assert content.count(old) == 1
    written = old + new[1:] if new.startswith("+") else new
    (package / file).write_text(content.replace(old, written), encoding="utf-8")
    result = run(package, "--format", "json")
    gaps = json.loads(result.stdout)["gaps"]
    assert result.exit_code == 1
    assert (kind, code) in {(gap["kind"], gap["code"]) for gap in gaps}


def test_no_forgotten_figure_can_hide():
    """Taking out any row that has a number leaves a numeral of the text without a carrier."""
    plan = load(SMALL)
    text = (SMALL / "source.txt").read_bytes()
    for table in ("targets", "subsidy_terms", "subsidy_tiers", "not_carried"):
        rows = getattr(plan, table)
        for row in rows:
            kept = replace(plan, **{table: tuple(each for each in rows if each is not row)})
            assert "numerals" in {gap.kind for gap in audit(kept, text, "").gaps}, row


def test_gap_shows_its_place(package):
    """A gap is shown with its section, the words around it, and how to mend it."""
    source = package / "source.txt"
    source.write_text(source.read_text("utf-8") + "\n另设奖金90万元。\n", encoding="utf-8")
    result = run(package)
    assert "一 加强领导 leadership" in result.stdout
    assert "另设奖金\u301090万元\u3011" in result.stdout
    assert "未入表的数字并说明原因" in result.stdout


def test_wrong_use_is_told_from_gaps(package):
    """A text that is absent or no text is a wrong use, with its own exit code."""
    absent = CliRunner().invoke(main, ["audit", str(package / "none.txt"), str(package)])
    (package / "source.txt").write_bytes("原文".encode("gbk"))
    assert (absent.exit_code, run(package).exit_code) == (2, 2)


def test_recorded_audit_holds_until_a_table_changes(package):
    """What an audit counted is kept for the site, and not shown once a table has changed."""
    assert load(package).audit == ()
    assert run(package, "--record").exit_code == 0
    kept = load(package).audit
    assert [each.gaps for each in kept] == [0] * len(kept)
    tasks = package / "data" / "tasks.csv"
    tasks.write_text(tasks.read_text("utf-8").replace("推动建设", "加快建设"), encoding="utf-8")
    assert load(package).audit == ()
    (package / "data" / "audit.json").write_text("{", encoding="utf-8")
    assert load(package).audit == ()


def test_heading_leaves_the_list_before_it_alone():
    """A heading begins at its number: the bracket that closes the list above is not its own."""
    plan = load(SMALL)
    source = SourceText((SMALL / "source.txt").read_text("utf-8"), plan)
    assert [source.text[each.end - 1] for each in source.unit_lists] == [")", ")", ")"]
    assert source.text[source.headings["industry"] :].startswith("2.壮大数字产业")
    joined = SourceText("".join(source.raw.split()), plan)
    assert joined.spans == source.spans


def test_fragments_are_placed_together():
    """Two fragments of a citation stand as near each other as they can."""
    plan = load(SMALL)
    text = "二、重点任务\n1.夯实网络底座。到2026年甲。到2026年乙达到5%。"
    source = SourceText(text, plan)
    first, second = source.place("network", fragments("到2026年…达到5%"))
    assert source.text[first[0] : second[1]] == "到2026年乙达到5%"


@needs_text
def test_shipped_package_carries_the_whole_text():
    """The shipped package and its official text: no gap, and the recorded audit is this one."""
    (text,) = SHARED
    plan = load(ROOT)
    found = audit(plan, text.read_bytes(), text.name)
    assert found.gaps == ()
    assert plan.audit == found.coverage, "run `planpub audit … --record`"
    assert found.sha256 == hashlib.sha256(text.read_bytes()).hexdigest()
