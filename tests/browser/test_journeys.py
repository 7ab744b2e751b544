"""What readers come for, done as they would do it."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

PLAN = "shuozhou-digital-economy"
DATA = Path(__file__).parents[2] / "data"

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser, address):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
    yield context.new_page()
    context.close()


def rows(table):
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shown(page):
    return page.locator("table[data-listing] tbody tr:visible").evaluate_all(
        "rows => rows.map(row => row.id)"
    )


def test_a_business_owner_finds_what_to_apply_for_and_sends_it_on(page, browser):
    """From the front page to the rent subsidy, to the sums for 8 million, to a colleague."""
    page.goto("")
    page.get_by_role("search", name="搜索本方案").get_by_role("searchbox").fill("房租补贴")
    page.keyboard.press("Enter")
    page.locator(".pp-search__results a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("初创大数据企业房租补贴")
    page.get_by_role("link", name="测算", exact=True).first.click()
    page.get_by_label("我是").select_option("enterprise")
    page.get_by_label("项目投资额").fill("800万")
    sums = page.locator(".pp-result__sum")
    expect(sums.first).to_contain_text("240万元")
    shown = sums.all_inner_texts()
    assert "investment=" in page.url
    other = browser.new_context().new_page()
    other.goto(page.url)
    expect(other.locator(".pp-result__sum").first).to_contain_text("240万元")
    assert other.locator(".pp-result__sum").all_inner_texts() == shown
    other.context.close()


def test_three_questions_lead_to_their_answers(page):
    """Each question of the front page leads to the page that answers it, filtered as asked."""
    for question, heading in (
        ("我能申请什么补贴", "测算"),
        ("要做到什么", "目标"),
        ("归谁负责", "单位"),
    ):
        page.goto("")
        page.get_by_role("link", name=re.compile(question)).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        if heading == "目标":
            expected = [row["target_id"] for row in rows("targets") if row["due"][:4] == "2025"]
            assert shown(page) == expected


STOPS = """() => {
  const all = "a[href], button, input, select, summary, [tabindex='0']";
  return [...document.querySelectorAll(`#content :is(${all})`)]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }))
    .map((each, number) => (each.dataset.stop = String(number)));
}"""
FOCUSED = """() => {
  const { activeElement: at } = document;
  const box = at.getBoundingClientRect();
  const inView = box.bottom > 0 && box.top < innerHeight;
  return [at.dataset.stop, inView && getComputedStyle(at).outlineStyle !== "none"];
}"""


def test_the_keyboard_alone_reaches_everything(page):
    """The first stop skips to the content; then every control comes in order, and is seen."""
    page.goto(f"{PLAN}/subsidies/startup-premises-rent-subsidy/")
    stops = page.evaluate(STOPS)
    assert len(stops) > 15
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    reached = []
    for _ in stops:
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
    assert reached == [[stop, True] for stop in stops]


def test_a_filter_keeps_the_rows_it_names_and_stands_in_the_address(page):
    """A reader filters targets by year; sent to a colleague, the address shows the same rows."""
    page.goto(f"{PLAN}/targets/")
    page.get_by_label("期限").select_option("2030")
    expected = [row["target_id"] for row in rows("targets") if row["due"].startswith("2030")]
    assert shown(page) == expected
    assert "due=2030" in page.url
    page.goto(page.url)
    assert shown(page) == expected
    page.get_by_role("button", name="清除").click()
    expect(page.locator("table[data-listing] tbody tr:visible")).to_have_count(len(rows("targets")))


def test_a_table_sorts_by_number_up_and_down(page):
    """Largest sums first: numbers sort as numbers, and the column says which way it is sorted."""
    page.goto(f"{PLAN}/subsidies/")
    heading = page.get_by_role("columnheader", name="最高金额")
    sums = "cells => cells.map(cell => Number(cell.dataset.value))"
    column = page.locator("table[data-listing] tbody td:nth-child(3)")
    for direction in ("ascending", "descending"):
        heading.get_by_role("button").click()
        assert heading.get_attribute("aria-sort") == direction
        values = column.evaluate_all(sums)
        assert values == sorted(values, reverse=direction == "descending")


def test_a_table_is_whole_without_javascript(browser, address):
    """Without JavaScript every row is there, page by page, and no dead form is shown."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{PLAN}/tasks/")
    assert not page.locator(".pp-filters").is_visible()
    further = page.locator(".pp-steps a:not([aria-current])")
    steps = further.evaluate_all("links => links.map(link => link.href)")
    found = shown(page)
    for step in steps:
        page.goto(step)
        found += shown(page)
    assert found == [row["task_id"] for row in rows("tasks")]
    context.close()


def test_a_reader_follows_a_unit_to_a_task_to_its_clause_and_back(page):
    """From a unit to what it answers for, to the words of the plan, and back to the unit."""
    page.goto(f"{PLAN}/units/")
    page.get_by_role("link", name="市水利局", exact=True).click()
    page.locator(".pp-duty li").filter(has_text="任务").get_by_role("link").first.click()
    assert page.locator(".pp-evidence blockquote").inner_text().strip()
    page.locator(".pp-evidence figcaption a").click()
    page.locator(".pp-facts").get_by_role("link", name="市水利局", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "市水利局"


def test_a_figure_can_be_cited(page):
    """A target's page gives its clause, a citation with version, and an address that lasts."""
    page.goto(f"{PLAN}/targets/mobile-iot-users/")
    citation = page.locator(".pp-citation")
    assert re.search(r"朔政办发〔2023〕44号.*移动物联网.*1\.\d+\.\d+", citation.inner_text())
    link = citation.get_by_role("link").get_attribute("href")
    assert link.endswith("targets/mobile-iot-users/")


def test_an_error_is_reported_with_the_record_filled_in(page):
    """The report opens with the record's id and its row already written down."""
    page.goto(f"{PLAN}/subsidies/startup-premises-rent-subsidy/")
    link = page.get_by_role("link", name="报告错误").get_attribute("href")
    assert "startup-premises-rent-subsidy" in link
    assert "subsidy_terms.csv" in link


def test_a_table_downloads_as_the_repository_has_it(page):
    """The CSV behind an overview is byte for byte the table of the package."""
    page.goto(f"{PLAN}/targets/")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).first.click()
    assert Path(download.value.path()).read_bytes() == (DATA / "targets.csv").read_bytes()
