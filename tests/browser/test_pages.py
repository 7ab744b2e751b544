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
WIDTHS = (320, 390, 768, 1440)

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


def test_a_page_is_quiet_asks_nobody_else_and_never_scrolls_sideways(heard, address, path):
    """No console message, no failed or foreign request, no horizontal overflow at any width."""
    heard.goto(address + path)
    for width in WIDTHS:
        heard.set_viewport_size({"width": width, "height": 900})
        assert heard.evaluate("document.documentElement.scrollWidth") <= width, width
    heard.wait_for_load_state("networkidle")
    assert heard.trouble == []


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
