"""Every kind of page, and a page that is listened to."""

import pytest

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
