"""What intake would refuse does no harm even if it got past: nothing runs when a file is opened."""

import csv
import io
import json
import sqlite3
import string
import zipfile
from contextlib import closing

import openpyxl
import pandas as pd
import pytest

from generator.intake.rules.cells import _fault
from generator.publication.downloads.cells import defused, is_formula

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@pytest.fixture(scope="module")
def table(hostile):
    return next(each for each in hostile.datasets if each.table.name == "+hostile")


@pytest.fixture(scope="module")
def files(hostile, table):
    return {file.name: file.content for file in hostile.table_files[table.stem]}


def texts(hostile):
    """Every cell of every CSV that goes out, the dictionary's in the zip too."""
    contents = [file.content for files in hostile.table_files.values() for file in files]
    archive = next(file for file in hostile.package_files if file.name.endswith(".zip"))
    with zipfile.ZipFile(io.BytesIO(archive.content)) as opened:
        contents += [opened.read(name) for name in opened.namelist() if name.endswith(".csv")]
    for content in contents:
        if content[:1] not in (b"P", b"{"):
            yield from csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))


def test_no_cell_of_any_csv_is_a_formula(hostile):
    """Cells and headings of every CSV start with nothing that a spreadsheet runs."""
    cells = [cell for row in texts(hostile) for cell in row]
    assert len(cells) > 500
    assert [
        cell for cell in cells if cell.lstrip(" \"'\ufeff").startswith(STARTS) and cell[0] != "'"
    ] == []


def test_the_file_s_name_is_harmless_too(table):
    """A table's name leads out of no folder and into no formula."""
    assert table.stem == "hostile"


def test_the_workbook_has_no_formula_and_no_link(hostile):
    """Every hostile text is a text in the workbook, guarded for when it is edited."""
    content = next(file for file in hostile.package_files if file.name.endswith(".xlsx")).content
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        xml = {name: opened.read(name) for name in opened.namelist()}
    assert not any(b"<f>" in part or b"<hyperlink" in part for part in xml.values())
    assert not any("externalLink" in name or "vba" in name.lower() for name in xml)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}
    running = [cell for cell in cells if isinstance(cell.value, str) and is_formula(cell.value)]
    assert running
    assert all(cell.quotePrefix for cell in running)


def test_typed_formats_keep_the_text(table, files, hostile):
    """Where nothing runs a text, it is handed on as it is."""
    expected = [row["text"] for row in table.table.rows]
    frame = pd.read_parquet(io.BytesIO(files["hostile.parquet"]))
    assert frame["text"].tolist() == expected
    rows = json.loads(files["hostile.json"])["rows"]
    assert [row["text"] for row in rows] == expected
    content = next(file for file in hostile.package_files if file.name.endswith(".sqlite")).content
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        assert [text for (text,) in database.execute("SELECT text FROM hostile")] == expected


@pytest.mark.parametrize("text", ["-5", "+3.5", "-1,000", "-", "\u2014", "12%", "-2.5%", "-1e3"])
def test_numbers_and_dashes_are_left_alone(text):
    """A negative number gets no apostrophe, and neither does the dash for nothing."""
    assert defused(text) == text


def test_what_intake_refuses_at_a_cell_s_start_is_defused_here():
    """Both ends agree on what starts a formula, so that neither becomes the weaker one."""
    refused = [chr(code) for code in range(0x3000) if _fault(chr(code) + "A1")]
    starts = [char for char in refused if "公式" in _fault(char + "A1")[0]]
    assert set(starts) >= set("=+-@\t\r")
    assert [char for char in starts if not is_formula(char + "A1")] == []
    assert not any(is_formula(char + "A1") for char in string.ascii_letters + string.digits)


def test_markup_in_cells_is_text_on_the_page(hostile):
    """A cell with a script in it is shown, and cannot end the head's own data."""
    from generator.publication.heads import Heads
    from generator.publication.pages import Setting, dataset_page
    from generator.publication.views.datasets import dataset_views

    setting, heads = Setting(hostile.edition.words, "", ""), Heads(hostile)
    view = next(each for each in dataset_views(hostile, "") if each.stem == "hostile")
    page = dataset_page(view, setting, heads.dataset(view))
    assert "<script>alert" not in page.content + page.head
    assert page.head.count("<script") == page.head.count("</script") == 2
