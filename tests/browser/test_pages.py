"""Every kind of page in a real browser, at phone and desktop width, in both schemes."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.bench.first_view import first_view

PLAN = "shuozhou-digital-economy"
PAGES = {
    "home": "",
    "outline": f"{PLAN}/outline/",
    "targets": f"{PLAN}/targets/",
    "tasks": f"{PLAN}/tasks/",
    "subsidies": f"{PLAN}/subsidies/",
    "units": f"{PLAN}/units/",
    "charts": f"{PLAN}/charts/",
    "calculator": f"{PLAN}/calculator/?kind=enterprise&investment=8000000",
    "data": f"{PLAN}/data/",
    "dataset": f"{PLAN}/data/subsidy_terms/",
    "changes": f"{PLAN}/changes/",
    "notes": f"{PLAN}/notes/",
    "about": f"{PLAN}/about/",
    "help": "help/",
    "section": f"{PLAN}/sections/digital-infrastructure/",
    "target": f"{PLAN}/targets/five-g-base-stations/",
    "task": f"{PLAN}/tasks/city-operation-platform/",
    "unit": f"{PLAN}/units/finance/",
    "term": f"{PLAN}/subsidies/startup-premises-rent-subsidy/",
    "theme": f"{PLAN}/themes/energy/",
}

pytestmark = pytest.mark.browser


@pytest.fixture(params=PAGES, ids=str)
def path(request):
    return PAGES[request.param]


@pytest.fixture
def heard(browser, address):
    """A page that keeps what it says on the console and asks of others."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.trouble = []
    page.on("console", lambda message: page.trouble.append(message.text))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("requestfailed", lambda request: page.trouble.append(f"failed {request.url}"))
    page.on(
        "request",
        lambda request: (
            request.url.startswith((address, "data:"))
            or page.trouble.append(f"foreign {request.url}")
        ),
    )
    page.on(
        "response",
        lambda response: (
            response.status < 400 or page.trouble.append(f"{response.status} {response.url}")
        ),
    )
    yield page
    context.close()


SHIFTS = """() => {
  window.shifted = 0;
  const add = ({ value, hadRecentInput }) => { window.shifted += hadRecentInput ? 0 : value; };
  const seen = (list) => list.getEntries().forEach(add);
  new PerformanceObserver(seen).observe({ type: "layout-shift", buffered: true });
}"""


def test_a_page_is_quiet_still_and_never_scrolls_sideways(heard, address, path):
    """No console message, no failed or foreign request, no overflow; nothing moves as it loads."""
    heard.add_init_script(f"({SHIFTS})()")
    for first, *others in ((390, 320), (1440, 768)):
        heard.set_viewport_size({"width": first, "height": 900})
        heard.goto(address + path)
        heard.wait_for_load_state("networkidle")
        # Cumulative Layout Shift: what needs a script has its place before the script is there.
        assert heard.evaluate("window.shifted") < 0.05, first
        for width in (first, *others):
            heard.set_viewport_size({"width": width, "height": 900})
            assert heard.evaluate("document.documentElement.scrollWidth") <= width, width
    assert heard.trouble == []


def test_every_fact_is_there_without_scripts(browser, address, path):
    """With JavaScript off a page has its words, figures, tables and pictures, and no dead form."""
    texts = []
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(address + path)
        texts.append(page.locator("#content, article").first.text_content())
        if not scripts:
            assert page.locator(".pp-live:visible").count() == 0
        context.close()
    with_scripts, without = (set(text.split()) for text in texts)
    if "calculator" in path:
        assert "测算需要浏览器运行脚本" in texts[1]
    else:
        assert len(without) >= 0.9 * len(with_scripts)


def test_on_paper_a_page_bears_its_address_and_version(heard, address):
    """Printed, a section, a unit and a calculation are their own matter, address and version."""
    for kind in ("section", "unit", "calculator"):
        heard.goto(address + PAGES[kind])
        heard.wait_for_load_state("networkidle")
        heard.emulate_media(media="print")
        heard.evaluate("dispatchEvent(new Event('beforeprint'))")
        for chrome in (".md-header", ".md-footer", ".md-sidebar", "form.pp-live"):
            assert heard.locator(f"{chrome}:visible").count() == 0, chrome
        said = heard.locator(".pp-imprint").inner_text()
        assert "数据版本" in said
        assert PAGES[kind].partition("?")[0] in said
        assert ("investment=8000000" in said) == (kind == "calculator")
        heard.emulate_media(media="screen")


def test_a_first_view_asks_for_nothing_that_was_not_counted(heard, address, shipped_site, path):
    """What the bench weighs as a first view is all that a browser fetches before a click."""
    asked = []
    heard.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page = path.partition("?")[0]
    heard.goto(address + page)
    heard.wait_for_load_state("networkidle")
    files = {f"{each}index.html" if each in {"", page} else each for each in asked}
    assert files <= first_view(shipped_site, f"{page}index.html").keys()


STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def test_axe_finds_nothing(heard, address, path):
    """WCAG 2.2 AA as far as axe can tell, at phone and desktop width and in both schemes."""
    heard.goto(address + path)
    found = {}
    for width in (1440, 390):
        heard.set_viewport_size({"width": width, "height": 900})
        for scheme, only in (("light", STANDARDS), ("dark", ["color-contrast"])):
            heard.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            response = Axe().run(heard, options={"runOnly": only}).response
            for each in response["violations"]:
                found[width, scheme, each["id"]] = each["nodes"][0]["html"][:200]
    assert found == {}
