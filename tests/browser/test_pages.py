"""Every kind of page in a real browser: quiet, still, whole without scripts and on paper."""

import pytest

from tests.bench.first_view import first_view
from tests.browser.conftest import PAGES

pytestmark = pytest.mark.browser


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
