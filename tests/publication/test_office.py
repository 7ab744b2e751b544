"""The files for Excel and WPS, opened by the office programs that this machine has."""

import csv
import shutil
import subprocess

import pytest
from test_round_trips import as_model, content, model, package_file, typed

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")

pytestmark = pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this machine")


def convert(folder, target, file, *more):
    """Let LibreOffice write a file in another form, with a profile of its own."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        OFFICE,
        profile,
        "--headless",
        *more,
        "--convert-to",
        target,
        "--outdir",
        folder,
        file,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def test_libreoffice_shows_the_workbook_s_cells(shipped, tmp_path):
    """Every sheet of the workbook, written out by LibreOffice, holds the model's cells."""
    book = tmp_path / "book.xlsx"
    book.write_bytes(package_file(shipped, ".xlsx"))
    raw_values_of_all_sheets = (
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    )
    convert(tmp_path, raw_values_of_all_sheets, book)
    for dataset in shipped.datasets:
        text = (tmp_path / f"book-{dataset.table.title}.csv").read_text("utf-8")
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


def test_libreoffice_reads_the_csv_for_excel_in_chinese(shipped, tmp_path):
    """The CSV for Excel comes out of LibreOffice with its Chinese and all its rows."""
    dataset = next(each for each in shipped.datasets if each.stem == "subsidies-wide")
    file = tmp_path / "subsidies-wide-excel.csv"
    file.write_bytes(content(shipped, dataset, "-excel.csv"))
    convert(tmp_path, "xlsx", file, "--infilter=Text - txt - csv (StarCalc):44,34,76")
    import openpyxl

    sheet = openpyxl.load_workbook(tmp_path / "subsidies-wide-excel.xlsx").active
    labels, *rows = sheet.iter_rows(values_only=True)
    assert labels == dataset.headings
    title = [column.name for column in dataset.columns].index("title")
    assert [row[title] for row in rows] == [as_model(row["title"]) for row in dataset.table.rows]
