"""The version step that changes call for, after the Data Package Version recipe."""

import json

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.history.compare import compare_sides
from generator.history.versions import is_taken, least_version, required_step


def declare(**changed):
    """A change of the descriptor's own properties."""
    return lambda descriptor: descriptor.update(changed)


def resource(name, **changed):
    def change(descriptor):
        found = next(each for each in descriptor["resources"] if each["name"] == name)
        found.update(changed)

    return change


def field(table, name, **changed):
    def change(descriptor):
        found = next(each for each in descriptor["resources"] if each["name"] == table)
        next(each for each in found["schema"]["fields"] if each["name"] == name).update(changed)

    return change


def terms(*values):
    return {"categories": [{"value": v, "label": v} for v in values]}


MAXIMUM = {"constraints": {"maximum": 90}}
KINDS = {"constraints": {"enum": ["quantitative"]}}
MORE = {"constraints": {"enum": ["quantitative", "qualitative", "other"]}}

DECLARED = [
    ("major", declare(name="other")),
    ("major", lambda descriptor: descriptor["resources"].pop()),
    ("major", field("targets", "value", type="integer")),
    ("major", field("targets", "value", format="bare")),
    ("major", field("subsidy_terms", "rate_pct", **MAXIMUM)),
    ("minor", field("subsidy_terms", "rate_pct", constraints={"maximum": 110})),
    ("minor", field("subsidy_terms", "rate_pct", constraints={})),
    ("major", field("targets", "note", constraints={"required": True})),
    ("major", field("targets", "note", constraints={"pattern": "a"})),
    ("major", field("targets", "kind", **KINDS)),
    ("minor", field("targets", "kind", **MORE)),
    ("major", field("targets", "note", **terms("a"))),
    ("patch", field("targets", "note", title="说明")),
    ("patch", declare(title="别的标题")),
    ("patch", resource("targets", description="别的说明")),
    (None, declare(version="9.9.9")),
]


@pytest.mark.parametrize(("level", "change"), DECLARED, ids=range(len(DECLARED)))
def test_declarations_call_for_their_step(copy, small, level, change):
    """Each change of the descriptor calls for the step that the recipe names."""
    descriptor = json.loads((copy / "datapackage.json").read_text("utf-8"))
    change(descriptor)
    (copy / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    step = required_step(compare_sides(str(small / "old"), str(copy)))
    assert (step and step.level) == level


CELLS = [
    ("patch", "targets", ",120,", ",130,"),
    ("minor", "targets", "old-goal,", "new-goal,computing,新目标,qualitative,,,\nold-goal,"),
    ("major", "targets", "old-goal,computing,旧目标,qualitative,,,\n", ""),
    ("major", "measures", "万户,一万户\n", ""),
    ("patch", "hints", "宽带,网速\n", ""),
    ("patch", "assignments", "networks,data,2\n", ""),
    ("major", "hints", "word,means", "means,word"),
    ("major", "hints", "word,means\n宽带,网速", "word,means,note\n宽带,网速,注"),
    (None, "visits", "2024-01-02,甲县\n2024-01-03,乙县", "2024-01-03,乙县\n2024-01-02,甲县"),
]


@pytest.mark.parametrize(("level", "table", "old", "new"), CELLS)
def test_data_calls_for_its_step(  # noqa: PLR0913, PLR0917, fixtures and a case
    copy, small, edit, level, table, old, new
):
    """Each change of the data calls for the step that the recipe names; row order for none."""
    edit(copy / f"data/{table}.csv", old, new)
    step = required_step(compare_sides(str(small / "old"), str(copy)))
    assert (step and step.level) == level


@pytest.mark.parametrize(
    ("version", "passes"),
    [
        ("1.2.0", False),
        ("1.2.1", True),
        ("1.3.0", True),
        ("2.0.0", True),
        ("1.1.9", False),
        ("two", False),
        ("", False),
    ],
)
def test_require_version_asks_for_the_step(copy, small, edit, version, passes):
    """A correction passes --require-version with any version from the next patch on."""
    edit(copy / "data/targets.csv", ",120,", ",130,")
    edit(copy / "datapackage.json", '"version": "1.2.0"', f'"version": "{version}"')
    sides = [str(small / "old"), str(copy)]
    ran = CliRunner().invoke(main, ["diff", *sides, "--require-version"])
    assert ran.exit_code == (0 if passes else 1)
    assert passes or "1.2.1" in ran.stderr
    assert CliRunner().invoke(main, ["diff", *sides]).exit_code == 0


@pytest.mark.parametrize(
    ("old", "level", "least"),
    [
        ("1.2.3", "major", "2.0.0"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "patch", "1.2.4"),
        ("0.1.0", "major", "0.2.0"),
        ("2.0.0-rc.1", "major", "2.0.0"),
        ("", "patch", "1.0.0"),
    ],
)
def test_the_least_version_is_named(old, level, least):
    """The least version takes the step, before 1.0.0 a minor one for a major."""
    assert least_version(old, level) == least


def test_a_standing_version_never_takes_a_step(copy, small, edit):
    """A version that did not move has taken no step, not even a pre-release."""
    edit(copy / "data/targets.csv", ",120,", ",130,")
    comparison = compare_sides(str(small / "old"), str(copy))
    assert not is_taken(comparison, required_step(comparison))
