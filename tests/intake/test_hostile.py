"""Whatever lies in a package, reading it ends with problems or a plan, never with a traceback.

PLANPUB_EXAMPLES=2000 looks longer.
"""

import json
import os

import pytest
from frictionless import Package
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from package_changes import DESCRIPTOR, PACKAGES, SOUND, read_rows, write_rows

from generator.intake.load import inspect, load
from generator.intake.problems import OUTLETS, PackageRefused, Suggester

# One folder is reused by all examples of a test: each writes anew what it changes.
FEW = settings(
    max_examples=int(os.environ.get("PLANPUB_EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
TABLES = sorted(path.stem for path in (SOUND / "data").iterdir())
ROWS = {table: read_rows(SOUND / "data" / f"{table}.csv") for table in TABLES}
SOUND_DESCRIPTOR = json.loads((SOUND / DESCRIPTOR).read_text("utf-8"))

HOSTILE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["", "NaN", "-Infinity", "1e999999", "-0", "0x10", "1_000", "true", "null"]),
    st.sampled_from(["2024-02-30", "9999-99-99", "P", "P0Y", "=1+1", '"', "'", ";", ";;", "<b>"]),
    st.sampled_from(["{value}", "{0}", "%s", "sections", "aims", "range", "…", "分别", "一百亿"]),
    st.sampled_from(["\x00", "\n", "\u202e", "\ud7ff", "\ufeff", "\uff1d1", "9" * 400, "a" * 5000]),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@pytest.fixture
def package(tmp_path):
    """A folder with the sound package in it."""
    (tmp_path / "data").mkdir()
    for path in SOUND.rglob("*"):
        if path.is_file():
            (tmp_path / path.relative_to(SOUND)).write_bytes(path.read_bytes())
    return tmp_path


def assert_told(folder):
    """Look at a package; every problem says where it is, what it is, and how to mend it."""
    intake = inspect(folder)
    for each in intake.problems:
        assert each.code
        assert each.file.startswith(str(folder))
        assert each.message.strip()
        assert each.hint.strip()
        assert each.row is None or each.row > 0
    for outlet in OUTLETS.values():
        outlet(intake.problems).encode()
    assert intake.problems or intake.plan is not None
    return intake


@FEW
@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes_as_descriptor(tmp_path, content):
    """A descriptor may be anything at all."""
    (tmp_path / DESCRIPTOR).write_bytes(content)
    assert assert_told(tmp_path).problems


@FEW
@given(st.data())
def test_any_value_in_the_descriptor(package, data):
    """Any entry of a sound descriptor may be replaced by any JSON, or be missing."""
    descriptor = json.loads(json.dumps(SOUND_DESCRIPTOR))
    holder = descriptor
    while True:
        keys = sorted(holder) if isinstance(holder, dict) else range(len(holder))
        key = data.draw(st.sampled_from(list(keys)))
        if not (isinstance(holder[key], (dict, list)) and holder[key] and data.draw(st.booleans())):
            break
        holder = holder[key]
    if data.draw(st.booleans()):
        holder[key] = data.draw(JSON)
    else:
        del holder[key]
    (package / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")
    assert_told(package)


@FEW
@given(table=st.sampled_from(TABLES), content=st.binary(max_size=300), keep=st.booleans())
def test_any_bytes_as_table(package, table, content, keep):
    """A table's file may hold anything at all, below its header or from the first byte on."""
    path = package / "data" / f"{table}.csv"
    header = (SOUND / "data" / f"{table}.csv").read_bytes().split(b"\n")[0] + b"\n"
    path.write_bytes(header * keep + content)
    try:
        assert_told(package)
    finally:
        write_rows(path, ROWS[table])


@FEW
@given(data=st.data())
def test_any_text_in_a_cell(package, data):
    """A hostile cell gives problems, or the text is allowed there, by Frictionless too."""
    table = data.draw(st.sampled_from(TABLES))
    rows = [list(row) for row in ROWS[table]]
    row = data.draw(st.integers(1, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[0]) - 1))
    rows[row][column] = data.draw(HOSTILE)
    path = package / "data" / f"{table}.csv"
    write_rows(path, rows)
    try:
        if not assert_told(package).problems:
            assert Package(str(package / DESCRIPTOR)).validate().valid
    finally:
        write_rows(path, ROWS[table])


def test_a_pipe_is_not_waited_for(package):
    """A file that never ends does not stop the check."""
    (package / "data" / "units.csv").unlink()
    os.mkfifo(package / "data" / "units.csv")
    assert [each.code for each in inspect(package).problems] == ["file-unreadable"]


def test_a_descriptor_nested_beyond_reason(tmp_path):
    """Depth that would exhaust Python's stack is told of."""
    (tmp_path / DESCRIPTOR).write_text("[" * 100_000 + "]" * 100_000)
    assert [each.code for each in inspect(tmp_path).problems] == ["descriptor-unusable"]


def test_a_number_longer_than_python_reads(tmp_path):
    """A number of thousands of digits is told of."""
    (tmp_path / DESCRIPTOR).write_text('{"version": ' + "9" * 10_000 + "}")
    assert [each.code for each in inspect(tmp_path).problems] == ["descriptor-unusable"]


def test_many_broken_references_are_told_in_good_time(package):
    """Looking for what was meant does not take longer the more there is to look through."""
    units = [ROWS["units"][0], *([f"unit-{n}", f"单位{n}", "", "party-organ"] for n in range(3000))]
    listed = [ROWS["assignments"][0]]
    listed += [["aims", f"unti-{n}", str(n + 1), f"单位{n}"] for n in range(3000)]
    write_rows(package / "data" / "units.csv", units)
    write_rows(package / "data" / "assignments.csv", listed)
    told = inspect(package).problems
    assert sum(each.code == "foreign-key" for each in told) == 3000
    assert "unit-0" in next(each.hint for each in told if each.value == "unti-0")


def test_suggestions_stop_when_they_cost_too_much():
    """A long table gets suggestions for its first wrong words, and for exact names always."""
    suggest = Suggester({f"unit-{n}": f"unit-{n}" for n in range(30_000)})
    assert "unit-17" in suggest("unit-17")
    assert suggest("unti-18")
    assert suggest("unti-19") == ""


def test_load_gives_a_plan_or_refuses_with_every_problem(package):
    """A plan that was loaded is without fault; else all faults come with the refusal."""
    assert load(package).about.name == "qinghe-reading"
    (package / "source.txt").unlink()
    (package / "data" / "units.csv").unlink()
    with pytest.raises(PackageRefused) as refused:
        load(package / DESCRIPTOR)
    assert refused.value.problems == inspect(package).problems
    assert len(refused.value.problems) == 2


def test_a_second_language_is_read_whole():
    """Nothing is wired to one plan: English words, other terms, columns and tables of its own."""
    plan = load(PACKAGES / "harbour-town")
    assert plan.tables["units"].label("kind", "trust") == "Trust"
    assert plan.targets[0].extras == {"baseline": 120}
    assert [row["amount_yuan"] for row in plan.tables["budget_lines"].rows] == [
        600000,
        450000,
        900000,
    ]
    assert [unit.name for unit in plan.units_of("port-data")] == [
        "Harbour Trust",
        "Transport Bureau",
    ]
    assert plan.observations[0].value == 165
