"""Charts in a real browser: without scripts, and interactive under a strict policy."""

import pytest

PAGE = "shuozhou-digital-economy/charts/"
POLICY = "script-src 'self'; style-src 'self'; connect-src 'self'"

pytestmark = pytest.mark.browser


def test_charts_are_whole_without_scripts(browser, address):
    """Pictures, tables and downloads need no script; what needs one is not shown."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address + PAGE)
    charts = page.locator(".pp-chart")
    assert charts.count() > 5
    assert charts.locator("svg[role=img]").count() == charts.count()
    assert charts.locator("table").count() == charts.count()
    assert page.locator("button[data-spec]:visible").count() == 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_interactive_form_asks_only_us_and_evaluates_no_text(browser, address, scheme):
    """A click loads Vega from this site; it runs where the policy forbids eval and inline style."""
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    trouble = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on(
        "request",
        lambda request: request.url.startswith((address, "data:")) or trouble.append(request.url),
    )
    page.goto(address + PAGE)
    assert not page.evaluate("performance.getEntriesByName(new URL('vega.js', location).href)")
    page.evaluate(
        """(policy) => {
            const meta = document.createElement("meta");
            meta.httpEquiv = "Content-Security-Policy";
            meta.content = policy;
            document.head.append(meta);
        }""",
        POLICY,
    )
    page.locator("button[data-spec*=units-sections]").click()
    chart = page.locator(".pp-chart:has(#units-sections) svg.marks")
    chart.wait_for()
    colour = page.evaluate(
        "getComputedStyle(document.body).getPropertyValue('--pp-chart-1').trim()"
    )
    assert chart.locator(".mark-rect path").first.get_attribute("fill") == colour
    chart.locator(".mark-rect path[d*='h']").first.hover()
    page.locator("#vg-tooltip-element.visible").wait_for()
    assert trouble == []
    context.close()
