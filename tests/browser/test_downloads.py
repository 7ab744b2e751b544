"""What a reader takes away from a page: the rows shown, as shown, in both kinds of CSV."""

import csv
import io
from urllib.parse import quote

import pytest

PLAN = "shuozhou-digital-economy"

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    yield context.new_page()
    context.close()


def take(page, kind):
    """Press the button for a kind of CSV; the file's name and content."""
    with page.expect_download() as waited:
        page.click(f".pp-export [data-take={kind}]")
    download = waited.value
    return download.suggested_filename, download.path().read_bytes()


@pytest.mark.parametrize(
    ("kind", "encoding", "end"), [("csv", "utf-8", "\n"), ("excel", "utf-8-sig", "\r\n")]
)
def test_the_rows_shown_are_the_rows_taken(page, address, kind, encoding, end):
    """A filtered and sorted table downloads as it is seen, its file named after the filter."""
    page.goto(f"{address}{PLAN}/targets/?due=2025&unit=industry-it&sort=-1")
    shown = page.eval_on_selector_all(
        "tbody tr:not([hidden])", "rows => rows.map(row => [row.id, row.cells[0].innerText.trim()])"
    )
    name, content = take(page, kind)
    text = content.decode(encoding)
    labels, *rows = csv.reader(io.StringIO(text, newline=""))
    ending = "-excel.csv" if kind == "excel" else ".csv"
    assert name == f"{PLAN}-targets-v1.0.0_due-2025_unit-industry-it{ending}"
    assert content.startswith(b"\xef\xbb\xbf") == (kind == "excel")
    assert text.count(end) == len(rows) + 1
    assert labels == ["编号", "指标", "数值", "期限", "类别", "部分", "责任单位", "页面"]
    assert len(shown) > 1
    assert [row[:2] for row in rows] == shown
    assert all(row[3] == "2025年" for row in rows)
    assert all("市工信局" in row[6].split(";") for row in rows)
    assert rows[0][7] == f"{address}{PLAN}/targets/{rows[0][0]}/"


def test_a_search_names_the_file_and_marks_stand_in_brackets(page, address):
    """Words that were looked for are in the file's name; a badge does not run into its cell."""
    page.goto(f"{address}{PLAN}/targets/?find={quote('数字经济核心产业')}")
    name, content = take(page, "csv")
    assert name == f"{PLAN}-targets-v1.0.0_find-数字经济核心产业.csv"
    _, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    assert "约4% [左右]" in [row[2] for row in rows]


def test_nothing_that_is_taken_runs_in_a_spreadsheet(page, address):
    """A cell that starts like a formula gets an apostrophe; a negative number does not."""
    page.goto(f"{address}{PLAN}/units/")
    page.evaluate(
        """() => {
            const texts = ["=1+1", "\\uff1d1+1", "@SUM(A1)", "-5", "-5%", "-1+cmd"];
            document.querySelectorAll("tbody tr").forEach((row, n) => {
                if (n < texts.length) row.cells[1].textContent = texts[n];
            });
        }"""
    )
    _, content = take(page, "excel")
    _, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    taken = [row[2] for row in rows[:6]]
    assert taken == ["'=1+1", "'\uff1d1+1", "'@SUM(A1)", "-5", "-5%", "'-1+cmd"]


def test_a_citation_is_copied_with_the_day_it_was_seen(page, address):
    """GB/T 7714 asks for the day of access: the page fills it in and copies the whole."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}{PLAN}/data/targets/")
    quote_ = page.locator(".pp-quote", has_text="GB/T 7714")
    quote_.locator(".pp-copy").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    today = page.evaluate("new Date().toLocaleDateString('sv')")
    assert f"[{today}]. https://" in copied
    assert quote_.locator(".pp-copy").inner_text() == "已复制"
