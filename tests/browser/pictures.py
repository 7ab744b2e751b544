"""`make screenshots`: the pictures that the README shows, taken from the site in site/.

python -m tests.browser.pictures
"""

from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import CHROMIUM, FLAGS, ROOT, served

PLAN = "shuozhou-digital-economy"
FOLDER = ROOT / ".github"
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
PICTURES = {
    "site.png": ("", DESKTOP),
    "term.png": (f"{PLAN}/subsidies/startup-premises-rent-subsidy/", DESKTOP),
    "search.png": (f"?q={quote('房租补贴')}", DESKTOP),
    "calculator.png": (f"{PLAN}/calculator/?kind=enterprise&investment=8000000", DESKTOP),
    "phone.png": (f"{PLAN}/targets/core-industry-share-stretch/", PHONE),
}


def take(browser: Browser, address: str, name: str) -> None:
    """Take one picture."""
    path, viewport = PICTURES[name]
    page: Page = browser.new_page(viewport=viewport, color_scheme="light")
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    if "?q=" in path:
        page.wait_for_selector(".pp-search:not([aria-busy]) .pp-search__results a")
    page.screenshot(path=FOLDER / name)
    page.close()


def main() -> None:
    """Take them all."""
    with served(ROOT / "site") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for name in PICTURES:
            take(browser, address, name)


if __name__ == "__main__":
    main()
