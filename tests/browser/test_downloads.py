"""What a reader takes away from a page: the rows shown, as shown, in both kinds of CSV."""

import csv
import io
import json
from pathlib import Path
from urllib.parse import quote

import pytest

PLAN = "shuozhou-digital-economy"
ROOT = Path(__file__).parents[2]
VERSION = json.loads((ROOT / "datapackage.json").read_text("utf-8"))["version"]

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
    assert name == f"{PLAN}-targets-v{VERSION}_due-2025_unit-industry-it{ending}"
    assert content.startswith(b"\xef\xbb\xbf") == (kind == "excel")
    assert text.count(end) == len(rows) + 1
    assert labels == [
        "编号",
        "指标",
        "数值",
        "期限",
        "类别",
        "部分",
        "责任单位",
        "页面",
        "筛选条件",
    ]
    assert {row[8] for row in rows} == {"期限: 2025年; 责任单位: 市工信局"}
    assert len(shown) > 1
    assert [row[:2] for row in rows] == shown
    assert all(row[3] == "2025年" for row in rows)
    assert all("市工信局" in row[6].split(";") for row in rows)
    assert rows[0][7] == f"{address}{PLAN}/targets/{rows[0][0]}/"


def test_a_search_names_the_file_and_marks_stand_in_brackets(page, address):
    """Words that were looked for are in the file's name; a badge does not run into its cell."""
    page.goto(f"{address}{PLAN}/targets/?find={quote('数字经济核心产业')}")
    name, content = take(page, "csv")
    assert name == f"{PLAN}-targets-v{VERSION}_find-数字经济核心产业.csv"
    _, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    assert "约4% [左右]" in [row[2] for row in rows]


ALL_TASKS = 329


def taken_rows(page, kind="csv"):
    """The rows of a file that the page hands out, without its headings."""
    name, content = take(page, kind)
    return name, list(csv.reader(io.StringIO(content.decode(), newline="")))[1:]


def test_a_filter_reaches_every_page_of_a_long_table(page, address):
    """Of a table over several pages the filter sees all rows, the first view only its own page."""
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(f"{address}{PLAN}/tasks/")
    assert page.locator("tbody tr:not([hidden])").count() == 100
    further = [f"{PLAN}/tasks/{number}/" for number in (2, 3, 4)]
    assert not set(further) & set(asked)
    option = page.locator("select[name=theme] option[value=energy]")
    expected = int(option.inner_text().rpartition("(")[2].rstrip(")"))
    page.select_option("select[name=theme]", "energy")
    page.locator("output", has_text=f"显示 {expected} 行，共 {ALL_TASKS} 行").wait_for()
    assert set(further) <= set(asked)
    name, rows = taken_rows(page)
    assert name == f"{PLAN}-tasks-v{VERSION}_theme-energy.csv"
    assert len(rows) == page.locator("tbody tr:not([hidden])").count() == expected
    assert {row[7] for row in rows} == {"主题: 能源电力"}
    assert all(row[6].startswith(f"{address}{PLAN}/tasks/") for row in rows)


def test_a_file_taken_at_once_has_all_that_the_filter_keeps(page, address):
    """Nobody gets a part for the whole: not before the other rows have come, nor unfiltered."""
    page.goto(f"{address}{PLAN}/tasks/")
    _, rows = taken_rows(page)
    assert len({row[0] for row in rows}) == len(rows) == ALL_TASKS
    assert {row[7] for row in rows} == {"全部"}
    assert page.locator("tbody tr:not([hidden])").count() == 100
    page.reload()
    page.evaluate("""() => { document.querySelector("input[name=find]").value = "数据"; }""")
    _, rows = taken_rows(page)
    assert len(rows) > page.locator("tbody tr:not([hidden])", has_text="数据").count()


def test_rows_that_cannot_be_had_are_not_left_out_in_silence(page, address):
    """Where a further page does not answer, the reader is told, and gets no part as the whole."""
    page.route(f"**/{PLAN}/tasks/3/", lambda route: route.fulfill(status=503, body=""))
    page.goto(f"{address}{PLAN}/tasks/?theme=energy")
    page.locator("output", has_text="没能载入").wait_for()
    page.unroute(f"**/{PLAN}/tasks/3/")
    page.select_option("select[name=theme]", "")
    page.select_option("select[name=theme]", "energy")
    page.locator("output", has_text=f"共 {ALL_TASKS} 行").wait_for()


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
