"""How many wrong digits the rules catch, and that the measurement tells the truth."""

import csv
import io
import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.intake.load import inspect, load
from generator.intake.quality import quality
from generator.intake.slips import cell_text, figures, measure_slips, wrong_digits
from generator.plan.figures import carries_date, carries_yuan

ROOT = Path(__file__).parents[2]
SMALL = ROOT / "tests" / "packages" / "audited"


@pytest.fixture(scope="module")
def shipped():
    return load(ROOT)


def validate_with(folder, table, row, column, wrong):
    """What `planpub validate` finds with one cell wrong."""
    path = folder / "data" / f"{table}.csv"
    right = path.read_text("utf-8")
    rows = list(csv.reader(io.StringIO(right, newline="")))
    rows[row - 1][rows[0].index(column)] = wrong
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    problems = inspect(folder).problems
    path.write_text(right, encoding="utf-8")
    return problems


@given(st.one_of(st.integers(0, 10**12), st.dates(), st.decimals(0, 1000, places=2)))
def test_every_digit_is_changed_to_every_other(value):
    """Each digit of a cell becomes each of the nine others, and nothing else changes."""
    text = cell_text(value)
    wrong = list(wrong_digits(text))
    assert len(set(wrong)) == len(wrong) == 9 * sum(char.isdecimal() for char in text)
    assert all(sum(a != b for a, b in zip(text, w, strict=True)) == 1 for w in wrong)


def test_only_what_evidence_cannot_decide_is_missed():
    """In the small plan only one slip passes: a date whose section prints two deadlines."""
    slips = measure_slips(load(SMALL))
    missed = [(each.record_id, each.column, each.value, each.wrong) for each in slips.uncaught]
    assert missed == [("build-data-centres", "due", "2025", "2026")]
    assert (slips.typed, slips.tried, slips.caught) == (23, 23, slips.made - 1)


def test_measure_says_what_validate_says(tmp_path):
    """Slips made in real files are caught by `planpub validate` exactly where the measure says."""
    folder = Path(shutil.copytree(SMALL, tmp_path / "audited"))
    plan = load(folder)
    missed = {(s.table, s.row, s.column, s.wrong) for s in measure_slips(plan).uncaught}
    made = [
        (table, record.row, column, wrong)
        for table, record, column in figures(plan)
        for wrong in wrong_digits(cell_text(getattr(record, column)))
    ]
    for slip in {*made[::23], *missed}:
        assert bool(validate_with(folder, *slip)) == (slip not in missed), slip


def test_shipped_figures_are_guarded(shipped):
    """In the shipped plan every slip is caught, save where the evidence prints the wrong figure."""
    slips = measure_slips(shipped)
    assert slips.tried == slips.typed
    assert slips.share > 0.999
    for slip in slips.uncaught:
        carries = carries_date if slip.column == "due" else carries_yuan
        wrong = slip.wrong if slip.column == "due" else Decimal(slip.wrong)
        assert carries(slip.evidence, wrong), slip


def test_large_packages_are_sampled(shipped):
    """A build never tries more figures than it has time for, and says so."""
    slips = measure_slips(shipped, most=20)
    assert slips.tried <= 20 < slips.typed


def test_quality_counts_what_is_missing(shipped):
    """Rows without a number, a date or a responsible unit are counted from the tables."""
    targets = next(each for each in quality(shipped).tables if each.table == "targets")
    assert targets.rows == len(shipped.targets)
    assert targets.without_number == sum(each.value is None for each in shipped.targets)
    assert targets.without_date == sum(not each.due for each in shipped.targets)
    assert targets.without_unit == sum(not shipped.units_of(t.section_id) for t in shipped.targets)


def test_command_prints_the_numbers():
    """The command gives the same numbers as text, as Markdown for the docs, and as JSON."""
    outputs = {
        form: CliRunner().invoke(main, ["quality", str(SMALL), "--format", form]).stdout
        for form in ("text", "markdown", "json")
    }
    slips = json.loads(outputs["json"])["slips"]
    for form in ("text", "markdown"):
        assert f" {slips['made']} " in outputs[form]
        assert f" {slips['caught']} " in outputs[form]
