"""Instant navigation: the theme swaps pages without loading them, and all of ours still work."""

import functools
import threading
from http.server import ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from generator.plugin import build_site, load_site
from generator.steps import Steps
from tests.conftest import ROOT, QuietHandler

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def instant(tmp_path_factory):
    """Where the shipped site is served with the feature switched on, under its own address."""
    site = tmp_path_factory.mktemp("instant")
    handler = functools.partial(QuietHandler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        config = load_site(ROOT / "mkdocs.yml")
        config.site_url = f"http://127.0.0.1:{server.server_port}/"
        config.theme["features"].append("navigation.instant")
        build_site(config, site, site, Steps())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield config.site_url
        server.shutdown()


@pytest.fixture
def page(browser, instant):
    """The front page; what a test does from here loads no page and keeps the console quiet."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=instant)
    page = context.new_page()
    trouble, loaded = [], []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda each: each.is_navigation_request() and loaded.append(each.url))
    with page.expect_response("**/sitemap.xml"):  # by which the theme knows the pages to swap
        page.goto("")
    yield page
    assert loaded == [instant]
    assert trouble == []
    context.close()


def tab(page, name):
    page.locator(".md-tabs").get_by_role("link", name=name, exact=True).click()
    expect(page).to_have_title(f"{name} - 朔州数字经济方案开放数据")


def test_records_follow_each_other(page):
    """Overview, record, record and back: title, address and content go together."""
    tab(page, "单位")
    page.get_by_role("link", name="市水利局", exact=True).click()
    expect(page).to_have_title("市水利局 - 朔州数字经济方案开放数据")
    page.locator(".pp-duty li").filter(has_text="任务").get_by_role("link").first.click()
    expect(page.locator(".pp-record")).to_have_attribute("data-kind", "task")
    assert page.locator("link[rel=canonical]").get_attribute("href") == page.url
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("市水利局")


def test_a_filter_works_and_is_there_again_on_the_way_back(page):
    """A table filters and sorts, each control made once; back from a record it is as it was."""
    tab(page, "目标")
    page.get_by_label("期限").select_option("2030")
    kept = page.locator("table[data-listing] tbody tr:visible")
    number = kept.count()
    kept.locator("a").first.click()
    expect(page.locator(".pp-record")).to_have_attribute("data-kind", "target")
    page.go_back()
    expect(kept).to_have_count(number)
    assert "due=2030" in page.url
    heading = page.get_by_role("columnheader").first
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "ascending"


def test_calculators_charts_and_citations_run(page):
    """What a term comes to, what all come to, an interactive chart, a citation with its day."""
    tab(page, "补贴")
    page.locator("td a[href*=startup-premises-rent-subsidy]").click()
    page.locator("input[name=rent]").fill("12万")
    page.locator("input[name=area]").fill("500")
    expect(page.locator("[data-out=sum]")).to_have_text("6万元至9.6万元")
    tab(page, "测算")
    page.locator("input[name=investment]").fill("800万")
    page.locator(".pp-result").first.wait_for()
    tab(page, "图表")
    page.locator("button[data-spec*=units-sections]").click()
    page.locator(".pp-chart:has(#units-sections) svg.marks").wait_for()
    tab(page, "数据")
    expect(page.locator(".pp-copy").first).to_be_visible()
    assert "YYYY" not in page.locator("body").inner_text()


def test_search_gives_way_to_what_it_found_and_is_there_again_on_the_way_back(page):
    """A result takes the place of the dialog; the way back leads to the search."""
    tab(page, "单位")
    page.keyboard.press("/")
    page.keyboard.insert_text("数据中心")
    result = page.locator(".pp-search__results a").first
    result.click()
    expect(page.locator(".pp-record")).to_be_visible()
    expect(page.locator("dialog.pp-search")).to_be_hidden()
    page.go_back()
    expect(result).to_be_visible()
