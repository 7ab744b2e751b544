"""The files for Excel and WPS, opened by the office programs that this machine has."""

import csv
import io
import shutil
import subprocess

import openpyxl
import pytest
from test_round_trips import MADE, as_model, content, model, package_file, typed

from generator.publication.downloads.workbook import Leaf, package_xlsx
from generator.publication.views.datasets import dataset_views

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")

pytestmark = pytest.mark.skipif(
    OFFICE is None, reason="no LibreOffice on this machine: install it (.ci/run does)"
)


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    """The settings of a user of its own."""
    return tmp_path_factory.mktemp("profile")


@pytest.fixture
def office(profile, tmp_path):
    """Let LibreOffice write files in another form; where they lie then."""

    def convert(target, contents, *more):
        for name, made in contents.items():
            (tmp_path / name).write_bytes(made)
        user = f"-env:UserInstallation=file://{profile}"
        told = [OFFICE, user, "--headless", *more, "--convert-to", target, "--outdir", tmp_path]
        files = [tmp_path / name for name in contents]
        subprocess.run([*told, *files], check=True, capture_output=True, timeout=120)
        return [each.with_suffix(f".{target.partition(':')[0]}") for each in files]

    return convert


def test_libreoffice_shows_the_workbook_s_cells(shipped, office):
    """Every sheet of the workbook, written out by LibreOffice, holds the model's cells."""
    raw_values_of_all_sheets = (
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    )
    contents = {"book.xlsx": package_file(shipped, ".xlsx")}
    (book,) = office(raw_values_of_all_sheets, contents)
    for dataset in shipped.datasets:
        text = book.with_name(f"book-{dataset.table.title}.csv").read_text("utf-8")
        labels, *rows = csv.reader(text.splitlines())
        assert tuple(labels) == dataset.headings
        read = [
            [
                typed(cell.lower() if column.type == "boolean" else cell, column)
                for cell, column in zip(row, dataset.columns, strict=True)
            ]
            for row in rows
        ]
        assert read == model(dataset.table)


def test_the_page_s_words_for_excel_are_true(shipped, office):
    """The file that a table's page names opens in Chinese with all rows, as does the sheet."""
    view = next(each for each in dataset_views(shipped, "") if each.stem == "subsidies-wide")
    dataset = next(each for each in shipped.datasets if each.stem == view.stem)
    book = openpyxl.load_workbook(io.BytesIO(package_file(shipped, ".xlsx")))
    sheet = next(name for name in book.sheetnames if f"“{name}”" in view.by_hand)
    assert tuple(cell.value for cell in book[sheet][1]) == dataset.headings
    assert "subsidies-wide-excel.csv" in view.by_hand
    contents = {"subsidies-wide-excel.csv": content(shipped, dataset, "-excel.csv")}
    (made,) = office("xlsx", contents, "--infilter=Text - txt - csv (StarCalc):44,34,76")
    sheet = openpyxl.load_workbook(made).active
    labels, *rows = sheet.iter_rows(values_only=True)
    assert labels == dataset.headings
    title = [column.name for column in dataset.columns].index("title")
    assert [row[title] for row in rows] == [as_model(row["title"]) for row in dataset.table.rows]


def test_libreoffice_runs_nothing_that_is_in_a_file(hostile, office):
    """Hostile cells are texts when opened, even by a reader who wants formulas worked out."""
    files = {each.name: each.content for each in hostile.table_files["hostile"]}
    tables = {name: files[name] for name in ("hostile.csv", "hostile-excel.csv")}
    evaluating = "--infilter=Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,,,,,true"
    made = office("fods", {"bare.csv": b"=1+1\n", **tables}, evaluating)
    bare, *texts = (each.read_text("utf-8") for each in made)
    assert "table:formula" in bare
    for text in texts:
        assert "1+1" in text
        assert "table:formula" not in text
        assert "<text:a" not in text
    table = next(each for each in hostile.datasets if each.stem == "hostile")
    made = package_xlsx("=1+1", MADE, Leaf("=1+1", [["=1+1"]]), {"hostile": table}, [])
    (made,) = office("fods", {"book.xlsx": made})
    book = made.read_text("utf-8")
    assert "HYPERLINK" in book
    assert "table:formula" not in book
    assert "<text:a" not in book
