"""Search as people use it, on the site of the shipped plan: answers, and the dialog."""

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from generator.publication.search import fragments

pytestmark = pytest.mark.browser

PLAN = "shuozhou-digital-economy"
QUERIES = list(csv.DictReader((Path(__file__).parent / "queries.csv").open(encoding="utf-8")))
FIND = """async (queries) => {
  const dialog = document.querySelector("dialog.pp-search");
  const found = [];
  for (const query of queries) {
    const { first } = await dialog.find(query);
    found.push(first.slice(0, 10).map(({ kind, entry, url }) => [`${kind}/${entry}`, url]));
  }
  return found;
}"""


@pytest.fixture(scope="module")
def ask(browser, address):
    """Asks the search of the site: for each query the first pages as (kind/id, address)."""
    page = browser.new_context().new_page()
    page.goto(f"{address}{PLAN}/")
    yield lambda queries: page.evaluate(FIND, queries)
    page.context.close()


# ----------------------------------------------------------------------------------------- answers


def figures(pairs):
    """Number of queries, hit@1, hit@5, mean reciprocal rank and share without a result."""
    ranks = [
        next((n for n, (page, _) in enumerate(found, 1) if page in query["pages"].split(";")), 0)
        for query, found in pairs
    ]
    size = len(pairs)
    return (
        size,
        sum(rank == 1 for rank in ranks) / size,
        sum(0 < rank <= 5 for rank in ranks) / size,
        sum(1 / rank for rank in ranks if rank) / size,
        sum(not found for _, found in pairs) / size,
    )


def table(groups):
    """The figures of named groups of queries, in lines."""
    head = f"{'':24}{'n':>4}{'hit@1':>8}{'hit@5':>8}{'MRR':>8}{'none':>8}"
    lines = [
        f"{name:24}{size:>4}" + "".join(f"{value:8.3f}" for value in values)
        for name, (size, *values) in ((name, figures(pairs)) for name, pairs in groups.items())
    ]
    return "\n".join(("", head, *lines, ""))


def test_people_find_what_they_ask_for(ask, capsys):
    """Of the queries that were set aside before any tuning, nearly all are answered at once."""
    answers = list(zip(QUERIES, ask([query["query"] for query in QUERIES]), strict=True))
    groups = defaultdict(list)
    for half in ("tune", "held"):
        for query, found in answers:
            if query["set"] == half:
                groups[f"{half}: all"].append((query, found))
        for column in ("kind", "asker"):
            for query, found in sorted(answers, key=lambda pair: pair[0][column]):
                if query["set"] == half:
                    groups[f"{half}: {column} {query[column]}"].append((query, found))
    with capsys.disabled():
        sys.stdout.write(table(groups))
    for half in ("tune", "held"):
        _, first, five, _, none = figures(groups[f"{half}: all"])
        # Floors a little below what was measured: a change that loses answers fails here.
        assert first >= 0.93
        assert five >= 0.97
        assert none <= 0.02


def test_the_queries_are_many_and_halved():
    """At least 120 queries by different people, half of them set aside."""
    held = [query for query in QUERIES if query["set"] == "held"]
    assert len(QUERIES) >= 120
    assert 0.4 < len(held) / len(QUERIES) < 0.6
    assert len({query["asker"] for query in QUERIES}) >= 6
    assert len({query["query"] for query in QUERIES}) == len(QUERIES)


def test_every_title_finds_its_page(ask, shipped_site):
    """Typed as it stands, the title of any page of ours brings that page among the first."""
    pages = [
        (found["meta"]["title"], found["url"])
        for found in fragments(shipped_site)
        if found["meta"].get("marks")
    ]
    answers = ask([title for title, _ in pages])
    missed = [
        title
        for (title, url), found in zip(pages, answers, strict=True)
        if url not in [f"/{address.split('/', 2)[2]}" for _, address in found[:5]]
    ]
    assert len(pages) > 600
    assert missed == []


# ------------------------------------------------------------------------------------------ dialog


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
    assert "q=" not in page.url
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
    assert "q=" not in page.url
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


def test_a_first_result_is_cheap(browser, shipped_site):
    """From a loaded page to the first result no more than 200 KB are loaded."""
    from first_result import first_result

    size, _ = first_result(browser, shipped_site)
    assert size <= 200_000
