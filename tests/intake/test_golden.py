"""What an editor is told of each defect. A folder in `cases` is a case; see package_changes.py.

To add one, make a folder with a `change.toml`, then let the report be written and read it:

    PLANPUB_WRITE_EXPECTED=1 .venv/bin/pytest tests/intake/test_golden.py
    git diff tests/intake/cases
"""

import os
import tomllib
from pathlib import Path

import pytest
from package_changes import CASES, SOUND, changed_package

from generator.intake import problems as wording_home
from generator.intake.load import inspect
from generator.intake.problems import as_text

NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir())
WRITE = "PLANPUB_WRITE_EXPECTED" in os.environ


@pytest.mark.parametrize("name", NAMES)
def test_report(name, tmp_path, monkeypatch):
    """A defect is reported in exactly these words, and so is everything else that is wrong."""
    descriptor = changed_package(CASES / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    report = as_text(inspect(descriptor.name).problems)
    expected = CASES / name / "expected.txt"
    if WRITE:
        expected.write_text(report, encoding="utf-8", newline="")
    assert report == expected.read_text("utf-8")


def test_sound_package_has_no_problem():
    """What the cases change is itself without fault, so that a report is about the change."""
    assert inspect(SOUND).problems == ()


def test_every_code_has_a_case():
    """No problem can be reported whose words nobody has read in a real report."""
    text = Path(wording_home.__file__).with_name("wording.toml").read_text("utf-8")
    validated, _, _ = text.partition("# ---- the audit")
    told = "".join((CASES / name / "expected.txt").read_text("utf-8") for name in NAMES)
    assert [code for code in tomllib.loads(validated) if f"[{code}]" not in told] == []
