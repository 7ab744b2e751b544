"""WCAG 2.2 AA on every kind of page, at phone and desktop width, in both schemes."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def test_axe_finds_nothing(heard, address, path):
    """WCAG 2.2 AA as far as axe can tell, at phone and desktop width and in both schemes."""
    heard.goto(address + path)
    found = {}
    for width in (1440, 390):
        heard.set_viewport_size({"width": width, "height": 900})
        for scheme, only in (("light", STANDARDS), ("dark", ["color-contrast"])):
            heard.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            response = (
                Axe().run(heard, options={"runOnly": only, "resultTypes": ["violations"]}).response
            )
            for each in response["violations"]:
                found[width, scheme, each["id"]] = each["nodes"][0]["html"][:200]
    assert found == {}
