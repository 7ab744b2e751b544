"""The dialog of search as people use it: by click and keys, on a phone, with a screen reader."""

import re
import shutil
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.conftest import ROOT, served

pytestmark = pytest.mark.browser

PLAN = "shuozhou-digital-economy"


@pytest.fixture
def page(browser, address):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
    page = context.new_page()
    page.faults = []
    page.asked = []
    page.on("console", lambda message: page.faults.append(message.text))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    yield page
    context.close()


def results(page):
    """The results that are shown, once the search is done."""
    page.wait_for_selector(".pp-search:not([aria-busy]) [role=status]:not(:empty)")
    return page.locator(".pp-search__results a").evaluate_all(
        "links => links.map(link => `${link.dataset.kind}/${link.dataset.id}`)"
    )


def is_open(page):
    return page.locator("dialog.pp-search").evaluate("dialog => dialog.open")


def focused(page):
    return page.evaluate("document.activeElement.dataset.id ?? document.activeElement.className")


def test_nothing_is_loaded_before_it_is_opened(page, address):
    """A visit costs nothing of search; opened, it asks nobody but the site itself."""
    page.goto(f"{PLAN}/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in page.asked if "pagefind" in url or "/search/" in url]
    page.keyboard.press("/")
    page.keyboard.insert_text("数据中心")
    assert results(page)
    assert all(url.startswith((address, "data:")) for url in page.asked)
    assert page.faults == []


@pytest.mark.parametrize("way", ["button", "/", "Control+k", "Meta+k"])
def test_it_opens_from_anywhere(page, way):
    """By its button, / or Ctrl-K, on any page; Esc closes it and the focus is where it was."""
    page.goto(f"{PLAN}/tasks/chief-data-officers/")
    opener = page.get_by_role("button", name="搜索")
    opener.focus()
    if way == "button":
        opener.click()
    else:
        page.keyboard.press(way)
    assert is_open(page)
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("Escape")
    assert not is_open(page)
    assert "pp-search-open" in focused(page)


def test_a_slash_in_a_field_is_a_slash(page):
    """Who types into a form is not interrupted."""
    page.goto(f"{PLAN}/targets/")
    page.locator(".pp-filters input").press("/")
    assert not is_open(page)


def test_results_say_what_they_are(page):
    """Kind, title, section and the clause, the words marked; the link carries kind and id."""
    page.goto(f"?q={quote('房租补贴')}")
    assert results(page)[0] == "term/startup-premises-rent-subsidy"
    first = page.locator(".pp-search__results li").first
    assert first.locator(".pp-search__kind").inner_text() == "补贴条款"
    assert "强化厂房和办公用房保障" in first.locator(".pp-search__where").inner_text()
    assert "场地租金" in "".join(first.locator(".pp-search__clause mark").all_inner_texts())
    assert "房租" in first.locator("a mark").first.inner_text()
    assert re.fullmatch(r"找到 \d+ 条", page.get_by_role("status").inner_text())


def test_the_keyboard_walks_through_results(page):
    """Arrows go through the results and back to the field; Enter follows a link."""
    page.goto(f"{PLAN}/")
    page.keyboard.press("/")
    page.keyboard.insert_text("数据中心")
    first, second = results(page)[:2]
    page.keyboard.press("ArrowDown")
    assert first.endswith(f"/{focused(page)}")
    page.keyboard.press("ArrowDown")
    assert second.endswith(f"/{focused(page)}")
    for _ in range(2):
        page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{first.split('/')[1]}/")
    assert page.faults == []


def test_an_input_method_is_left_alone(page):
    """While characters are being composed, nothing is searched and Enter follows no link."""
    page.goto(f"{PLAN}/")
    page.keyboard.press("/")
    page.wait_for_selector(".pp-search__examples button")
    page.locator(".pp-search input").evaluate(
        """field => {
          const composing = { isComposing: true, bubbles: true };
          field.value = "shuju";
          field.dispatchEvent(new InputEvent("input", composing));
          field.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", ...composing }));
        }"""
    )
    assert is_open(page)
    expect(page).not_to_have_url(re.compile("q="))
    page.locator(".pp-search input").evaluate(
        """field => {
          field.value = "数据中心";
          field.dispatchEvent(new CompositionEvent("compositionend"));
        }"""
    )
    assert results(page)
    assert parse_qs(urlsplit(page.url).query) == {"q": ["数据中心"]}


def test_facets_narrow_and_stand_in_the_address(page):
    """Kind and unit narrow a search; the address, sent on, shows the same results."""
    page.goto(f"?q={quote('数据中心')}")
    everything = results(page)
    page.get_by_role("button", name=re.compile("补贴条款")).click()
    page.wait_for_selector(".pp-search__kinds [aria-pressed=true]")
    terms = results(page)
    assert terms == [each for each in everything if each.startswith("term/")]
    page.get_by_label("单位").select_option(label="市能源局 (4)")
    page.wait_for_url("**q-unit=**")
    narrowed = results(page)
    assert parse_qs(urlsplit(page.url).query) == {
        "q": ["数据中心"],
        "q-kind": ["补贴条款"],
        "q-unit": ["市能源局"],
    }
    page.goto(page.url)
    assert results(page) == narrowed
    page.wait_for_selector(".pp-search__kinds [aria-pressed=true]")


def test_any_page_opens_with_a_query(page):
    """?q= on an overview is a search; the table's own filter has another name."""
    page.goto(f"{PLAN}/units/?q={quote('工信局')}")
    assert results(page)[0] == "unit/industry-it"
    assert page.locator("table[data-listing] tbody tr:not([hidden])").count() > 30
    page.get_by_role("button", name="关闭").click()
    expect(page).not_to_have_url(re.compile("q="))
    page.locator(".pp-filters input").fill("工信")
    assert page.locator("table[data-listing] tbody tr:not([hidden])").count() == 1
    assert "find=" in page.url


def test_nothing_found_says_what_to_try(page):
    """That nothing is found is told, with what to try and the nearest words, to be clicked."""
    page.goto(f"?q={quote('数剧种心')}")
    assert results(page)
    page.goto(f"?q={quote('恐龙')}")
    assert results(page) == []
    assert "没有找到" in page.get_by_role("status").inner_text()
    assert "拼音" in page.locator(".pp-search__none").inner_text()
    page.locator(".pp-search input").fill("虚拟店")
    page.wait_for_selector(".pp-search__none .pp-search__example")
    page.locator(".pp-search__none .pp-search__example").first.click()
    assert results(page)


def test_a_reading_is_told(page):
    """Who typed pinyin or a wrong character sees what was searched for instead."""
    page.goto("?q=sjzx")
    assert results(page)
    assert "已按“数据中心”查找" in page.get_by_role("status").inner_text()


def test_more_results_come_on_demand(page):
    """Ten at first, more with a click, none of them twice."""
    page.goto(f"?q={quote('补贴')}")
    assert len(results(page)) == 10
    for number in (11, 21):
        page.get_by_role("button", name="更多结果").click()
        page.locator(".pp-search__results a").nth(number).wait_for()
    shown = results(page)
    assert len(set(shown)) == len(shown) > 20


def test_it_fits_a_phone(browser, address):
    """On a phone the dialog fills the screen and nothing runs out of it."""
    context = browser.new_context(viewport={"width": 360, "height": 700}, has_touch=True)
    page = context.new_page()
    page.goto(f"{address}?q={quote('工信局负责什么')}")
    assert results(page)[0] == "unit/industry-it"
    box = page.locator("dialog.pp-search").bounding_box()
    assert (box["width"], box["height"]) == (360, 700)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_typing_on_a_result_goes_on_in_the_field(page):
    """Who has walked into the results need not walk back to ask for more."""
    page.goto(f"{PLAN}/?q={quote('数据中心')}")
    assert results(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("5")
    assert page.evaluate("document.activeElement.type") == "search"
    assert page.locator(".pp-search input").input_value().endswith("5")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(browser, address, scheme):
    """Axe finds nothing on the open dialog: at its start, with results and facets, with nothing."""
    context = browser.new_context(color_scheme=scheme, base_url=address)
    page = context.new_page()
    for query in ("", "数据中心补贴", "恐龙") if scheme == "light" else ("数据中心补贴",):
        page.goto(f"?q={quote(query)}")
        if query:
            results(page)
        else:
            page.keyboard.press("/")
            page.wait_for_selector(".pp-search__examples button")
        if query.endswith("补贴"):
            page.wait_for_selector(".pp-search__facets select")
            page.locator(".pp-search__kinds button").first.click()
            page.wait_for_selector(".pp-search__kinds [aria-pressed=true]")
        found = Axe().run(page, context=".pp-search")
        assert found.violations_count == 0, found.generate_report()
    context.close()


# ------------------------------------------------------------------------------------- other sites

_OTHER_SITE = """\
site_name: {name}
site_description: Another plan.
site_url: {address}
theme:
  name: material
  font: false
  language: {language}
  features: [navigation.instant]
plugins:
  - planpub:
      packages: [{name}/datapackage.json]
"""


@pytest.fixture
def another(page, tmp_path):
    """Opens the site of another package, on which pages change without being loaded."""
    from generator.build import Report, build_and_swap

    (tmp_path / "docs").mkdir()
    with served(tmp_path / "host") as host:

        def opened(name, language):
            shutil.copytree(ROOT / "tests/packages" / name, tmp_path / name)
            words = _OTHER_SITE.format(name=name, language=language, address=f"{host}sub/")
            config = tmp_path / "mkdocs.yml"
            config.write_text(words, encoding="utf-8")
            build_and_swap(config, tmp_path / "host" / "sub", lambda _: None, Report())
            page.goto(f"{host}sub/")
            return page

        yield opened


def test_it_outlives_pages_that_change_without_loading(another):
    """After instant navigation it opens once, follows a result, closes; Back shows the results."""
    page = another("qinghe", "zh")
    page.evaluate("window.first = true")
    page.locator("a[href*='qinghe-reading/tasks/']:visible").first.click()
    page.wait_for_url("**/qinghe-reading/**")
    page.keyboard.press("/")
    page.keyboard.insert_text("书屋")
    first = results(page)[0]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{first.split('/')[1]}/")
    assert not is_open(page)
    page.go_back()
    page.wait_for_selector("dialog.pp-search[open]")
    assert results(page)[0] == first
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "q=" not in url)
    page.wait_for_selector("dialog.pp-search:not([open])", state="attached")
    page.keyboard.press("Control+k")
    page.wait_for_selector("dialog.pp-search[open]")
    assert page.locator("dialog.pp-search").count() == 1
    assert page.evaluate("window.first")  # or else all of this was loaded anew
    assert page.faults == []


def test_it_answers_in_english(another):
    """A plan in English is searched in English: a unit by its other name, a term by its words."""
    page = another("harbour-town", "en")
    found = (
        "async (query) => (await document.querySelector('dialog.pp-search').find(query)).first[0]"
    )
    asked = {
        "port trust": "harbour-trust",
        "grants for young companies": "young-company-grant",
        "how many data sets": "published-data-sets",
        "bus positions": "publish-bus-positions",
    }
    answers = {query: page.evaluate(found, query) for query in asked}
    assert {query: page["entry"] for query, page in answers.items()} == asked
