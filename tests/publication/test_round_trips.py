"""Every format, read back with the tool that its readers use, gives the model's cells."""

import csv
import io
import json
import math
import sqlite3
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal

import duckdb
import openpyxl
import pandas as pd
import pytest
from frictionless import Package
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.plan.model import Column, Table
from generator.publication.downloads.datasets import _dataset
from generator.publication.downloads.parquet import table_parquet
from generator.publication.downloads.workbook import Leaf, package_xlsx, sheet_names

MADE = datetime(2024, 1, 1)  # noqa: DTZ001 - files know no time zones


def as_model(cell):
    """A cell as any reader gives it, in the terms of the model: exact numbers, days, or None."""
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell)):
        return None
    if isinstance(cell, (datetime, pd.Timestamp)):
        return cell.date()
    if hasattr(cell, "item"):
        cell = cell.item()
    if isinstance(cell, bool) or not isinstance(cell, (int, float, Decimal)):
        return cell
    return Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)


def model(table):
    """The typed cells of one of the model's tables."""
    return [[as_model(row.get(column.name)) for column in table.columns] for row in table.rows]


def typed(text, column):
    """A cell of a CSV as its column's type; what csv cannot know the schema says."""
    if text == "":
        return None
    kinds = {"integer": Decimal, "year": Decimal, "number": Decimal, "date": date.fromisoformat}
    if column.type == "boolean":
        return {"true": True, "false": False}[text]
    return kinds.get(column.type, str)(text)


def content(release, dataset, ending):
    return next(
        file.content
        for file in release.table_files[dataset.stem]
        if file.name == f"{dataset.stem}{ending}"
    )


def package_file(release, ending):
    return next(file for file in release.package_files if file.name.endswith(ending)).content


def test_the_csv_is_the_package_s_own_file(release):
    """The machine CSV of a kept table equals the repository's bytes."""
    for dataset in release.datasets:
        if not dataset.joined:
            assert content(release, dataset, ".csv") == dataset.table.content


@pytest.mark.parametrize(("ending", "encoding"), [(".csv", "utf-8"), ("-excel.csv", "utf-8-sig")])
def test_csv(release, ending, encoding):
    """Both CSVs hold the same cells; that for Excel has a mark, titles and CRLF."""
    for dataset in release.datasets:
        text = content(release, dataset, ending).decode(encoding)
        labels, *rows = csv.reader(io.StringIO(text, newline=""))
        if ending == ".csv":
            assert not text.startswith("\ufeff")
            assert labels == [column.name for column in dataset.columns]
        else:
            assert labels == list(dataset.headings)
            assert text.count("\r\n") == text.count("\n")
            assert content(release, dataset, ending).startswith(b"\xef\xbb\xbf")
        read = [[typed(*pair) for pair in zip(row, dataset.columns, strict=True)] for row in rows]
        assert read == model(dataset.table)


def test_pandas_reads_the_parquet(release):
    """Pandas gets typed columns from Parquet, each with its title and meaning."""
    for dataset in release.datasets:
        frame = pd.read_parquet(io.BytesIO(content(release, dataset, ".parquet")))
        assert list(frame.columns) == [column.name for column in dataset.columns]
        rows = frame.astype(object).to_numpy().tolist()
        assert [[as_model(cell) for cell in row] for row in rows] == model(dataset.table)


def test_parquet_says_what_its_columns_mean(shipped):
    """A column's title, meaning and unit travel inside the Parquet file."""
    import pyarrow.parquet as pq

    dataset = next(each for each in shipped.datasets if each.stem == "subsidy_terms")
    schema = pq.read_schema(io.BytesIO(content(shipped, dataset, ".parquet")))
    said = {
        key.decode(): value.decode() for key, value in schema.field("cap_yuan").metadata.items()
    }
    column = dataset.table.column["cap_yuan"]
    assert said == {"title": column.title, "description": column.description, "unit": "CNY"}
    assert schema.metadata[b"version"].decode() == shipped.edition.plan.about.version
    assert str(schema.field("starts").type) == "date32[day]"


def test_duckdb_sees_what_the_columns_mean(shipped, folder):
    """A column's type is the table's own, and its meaning is one query away."""
    file = folder(shipped) / "subsidy_terms.parquet"
    types = {name: kind for name, kind, *_ in duckdb.sql(f"DESCRIBE FROM '{file}'").fetchall()}
    assert (types["cap_yuan"], types["rate_pct"]) == ("BIGINT", "DOUBLE")
    assert (types["starts"], types["quantified"]) == ("DATE", "BOOLEAN")
    kept = duckdb.sql(f"SELECT decode(key), decode(value) FROM parquet_kv_metadata('{file}')")  # noqa: S608 - a path
    meaning = {each["name"]: each for each in json.loads(dict(kept.fetchall())["columns"])}
    assert meaning["cap_yuan"]["unit"] == "CNY"
    assert meaning["payer_level"]["terms"]["city"] == "市级"


def test_duckdb_reads_the_parquet(release, folder):
    """DuckDB gets the same cells from Parquet."""
    files = folder(release)
    for dataset in release.datasets:
        rows = duckdb.sql(f"FROM '{files / dataset.stem}.parquet'").fetchall()
        assert [[as_model(cell) for cell in row] for row in rows] == model(dataset.table)


def test_json(release):
    """JSON has one object a row, typed, and says what each column means."""
    for dataset in release.datasets:
        read = json.loads(content(release, dataset, ".json"))
        names = [column.name for column in dataset.columns]
        assert [column["name"] for column in read["columns"]] == names
        dates = [column.type == "date" for column in dataset.columns]
        expected = [
            [
                cell and cell.isoformat() if day else cell
                for cell, day in zip(row, dates, strict=True)
            ]
            for row in model(dataset.table)
        ]
        assert [[as_model(row[name]) for name in names] for row in read["rows"]] == expected


def test_openpyxl_reads_the_workbook(release):
    """The workbook's cells are typed as the columns, its headings frozen and filterable."""
    book = openpyxl.load_workbook(io.BytesIO(package_file(release, ".xlsx")))
    joined_first = sorted(release.datasets, key=lambda dataset: not dataset.joined)
    cover, *sheets = book.worksheets[: 1 + len(joined_first)]
    for sheet, dataset in zip(sheets, joined_first, strict=True):
        labels, *rows = sheet.iter_rows(values_only=True)
        assert labels == dataset.headings
        assert [[as_model(cell) for cell in row] for row in rows] == model(dataset.table)
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
    counts = [row[2] for row in cover.iter_rows(values_only=True) if isinstance(row[2], int)]
    assert counts == [len(dataset.rows) for dataset in joined_first]


def from_sqlite(cell, column):
    """SQLite has no truth values and no days: they are 0 and 1, and ISO dates."""
    if cell is not None and column.type == "boolean":
        return bool(cell)
    return date.fromisoformat(cell) if cell and column.type == "date" else as_model(cell)


def test_sqlite(release, tmp_path):
    """SQLite's tables hold the cells, its keys hold, and its views have names in place of ids."""
    path = tmp_path / "package.sqlite"
    path.write_bytes(package_file(release, ".sqlite"))
    with closing(sqlite3.connect(path)) as database:
        for dataset in release.datasets:
            name = dataset.stem.replace("-", "_")
            rows = database.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608
            read = [
                [from_sqlite(*pair) for pair in zip(row, dataset.columns, strict=True)]
                for row in rows
            ]
            assert read == model(dataset.table)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute('PRAGMA foreign_key_list("tasks")').fetchall()
        assert database.execute('PRAGMA table_info("tasks")').fetchall()[0][5] == 1


def test_sqlite_views_speak_in_words(shipped, tmp_path):
    """A view gives a section's title for its id and a label for a term, row for row."""
    path = tmp_path / "package.sqlite"
    path.write_bytes(package_file(shipped, ".sqlite"))
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        rows = database.execute("SELECT * FROM targets_named").fetchall()
    target, plan = shipped.edition.plan.targets[0], shipped.edition.plan
    assert len(rows) == len(plan.targets)
    assert rows[0]["section"] == plan.section[target.section_id].title
    assert rows[0]["kind"] == "定量"
    assert rows[0]["measure"] == target.measure


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_frictionless_finds_the_published_package_sound(release, folder, tmp_path, packed):
    """The published descriptor and the zip are valid data packages, sizes and sums included."""
    if packed:
        path = tmp_path / "package.zip"
        path.write_bytes(package_file(release, ".zip"))
    else:
        path = folder(release) / "datapackage.json"
    package = Package(str(path))
    report = package.validate()
    assert report.valid, report.flatten(["title", "message"])
    read = {each.name: each for each in package.resources if each.type == "table"}
    assert set(read) == {dataset.table.name for dataset in release.datasets}
    for dataset in release.datasets:
        rows = [
            [as_model(c) for c in row.to_list()] for row in read[dataset.table.name].read_rows()
        ]
        assert rows == model(dataset.table)


def database(release):
    """The release's database, opened, its keys enforced."""
    opened = sqlite3.connect(":memory:")
    opened.deserialize(package_file(release, ".sqlite"))
    opened.execute("PRAGMA foreign_keys = ON")
    return closing(opened)


def test_sqlite_keeps_its_keys(release):
    """No row that others point to can go, no row can point to nothing, no key comes twice."""
    with database(release) as opened:
        for statement in (
            "DELETE FROM sections WHERE section_id IN (SELECT section_id FROM tasks)",
            "UPDATE tasks SET section_id = 'nowhere'",
            "INSERT INTO units SELECT * FROM units",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                opened.execute(statement)


def test_sqlite_knows_who_answers_for_a_section(release):
    """The view of responsibilities has a section's own list, or else the nearest one above it."""
    plan = release.edition.plan
    with database(release) as opened:
        rows = opened.execute("SELECT section_id, unit, position FROM responsibilities").fetchall()
    assert len(rows) == len(set(rows))
    for section in plan.sections:
        expected = [unit.name for unit in plan.units_of(section.section_id)]
        assert [unit for each, unit, _ in rows if each == section.section_id] == expected


def test_sqlite_answers_what_a_newsroom_asks(shipped):
    """Plain questions are plain SQL, in the words that the site uses."""
    plan = shipped.edition.plan
    with database(shipped) as opened:

        def answer(question):
            return opened.execute(question).fetchall()

        unit, number = answer(
            "SELECT unit, count(*) FROM tasks JOIN responsibilities USING (section_id) "
            "GROUP BY unit ORDER BY 2 DESC LIMIT 1"
        )[0]
        busiest = next(each for each in plan.units if each.name == unit)
        assert number == sum(busiest in plan.units_of(each.section_id) for each in plan.tasks)
        due = answer(
            "SELECT indicator, figure FROM targets_wide JOIN responsibilities USING (section_id) "
            "WHERE unit = '市工信局' AND due = '2025'"
        )
        assert ("电子信息制造业营业收入", "超过20亿元") in due
        largest = answer(
            "SELECT title, payer_level_label, largest_sum_yuan FROM subsidies_wide "
            "ORDER BY largest_sum_yuan DESC LIMIT 1"
        )
        assert largest == [("省级新型智慧城市试点补助", "省级", 30_000_000)]
        promised = answer("SELECT count(*) FROM subsidy_terms_named WHERE certainty = '给予'")
        granted = sum(each.certainty == "granted" for each in plan.subsidy_terms)
        assert promised == [(granted,)]
        tiers = answer(
            "SELECT amount_yuan FROM subsidy_tiers_named WHERE term LIKE '主营业务收入%'"
        )
        assert max(tiers) == (10_000_000,)
        meaning = answer("SELECT title, unit FROM _columns WHERE column_name = 'cap_yuan'")
        assert set(meaning) == {("最高金额（元）", "元")}


NAMES = st.text("abcdefgh", min_size=1, max_size=6)
WORDS = (
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), min_size=1)
    .map(str.strip)
    .filter(bool)
)
CELLS = {
    "string": WORDS,
    "integer": st.integers(-(10**14), 10**14),
    "number": st.decimals(
        allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9
    ),
    "boolean": st.booleans(),
    "date": st.dates(date(1900, 3, 1), date(9999, 12, 31)),
}


@st.composite
def tables(draw):
    """Any table that could come out of intake."""
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    kinds = [draw(st.sampled_from(sorted(CELLS))) for _ in names]
    row = st.tuples(*(st.none() | CELLS[kind] for kind in kinds))
    rows = draw(st.lists(row, max_size=5))
    return Table(
        name="any",
        title="any",
        description="any",
        path="",
        columns=(
            Column(name="id", title="id", description="", type="integer"),
            *(
                Column(name=name, title=name, description="", type=kind)
                for name, kind in zip(names, kinds, strict=True)
            ),
        ),
        rows=tuple(
            {"id": number, **dict(zip(names, cells, strict=True))}
            for number, cells in enumerate(rows)
        ),
    )


@settings(max_examples=40, deadline=None)
@given(tables())
def test_any_table_survives_parquet_and_the_workbook(table):
    """Whatever cells a table has, the typed formats give them back unchanged."""
    dataset = _dataset(table, "any")
    frame = pd.read_parquet(io.BytesIO(table_parquet(dataset, {})))
    rows = frame.astype(object).to_numpy().tolist()
    assert [[as_model(cell) for cell in row] for row in rows] == model(table)
    made = package_xlsx("any", MADE, Leaf("cover", [["any"]]), {"any": dataset}, [])
    sheet = openpyxl.load_workbook(io.BytesIO(made)).worksheets[1]
    _, *rows = sheet.iter_rows(values_only=True)
    assert [[as_model(cell) for cell in row] for row in rows] == model(table)


@given(st.lists(st.text(max_size=40), max_size=8))
def test_sheets_have_names_that_spreadsheets_take(titles):
    """Sheet names are short, without forbidden characters, and no two are alike."""
    names = sheet_names(titles)
    assert len({name.lower() for name in names}) == len(titles)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert all(name.strip("'") == name for name in names)
