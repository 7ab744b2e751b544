"""The calculator in a real browser: its script computes what Python computes."""

import json
import random
from pathlib import Path

import pytest
from playwright.sync_api import expect

from generator.intake.load import load
from generator.plan.applicant import INPUTS
from generator.plan.payoff import evaluate
from generator.publication.views.benefits import segments
from generator.publication.views.edition import Edition

ROOT = Path(__file__).parents[2]
PLAN = "shuozhou-digital-economy"
PAGE = f"{PLAN}/calculator/"

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser, address):
    context = browser.new_context(base_url=address)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def edition():
    return Edition(load(ROOT / "datapackage.json"))


def run(page, cases):
    """What the page's own script makes of (segments, figures) pairs, as vectors have it."""
    page.goto("")
    return page.evaluate(
        """async ([cases, inputs]) => {
            const { evaluate } = await import("./assets/planpub/payoff.js");
            const plain = (sum) => (sum === null ? null : Number(sum));
            return cases.map(([segments, figures]) => {
                const told = evaluate(segments, figures, inputs);
                const readings = told.readings.map((each) => [
                    each.reading, plain(each.low), plain(each.high), each.binding,
                ]);
                const { binding, missing } = told;
                return { low: plain(told.low), high: plain(told.high), binding, missing, readings };
            });
        }""",
        [cases, list(INPUTS)],
    )


def test_the_vectors(page):
    """The file of test vectors that pytest runs comes to the same in the browser."""
    vectors = json.loads((ROOT / "tests/plan/vectors.json").read_text("utf-8"))
    cases = [(v["segments"], case["figures"]) for v in vectors for case in v["cases"]]
    told = [{k: case[k] for k in case if k != "figures"} for v in vectors for case in v["cases"]]
    assert run(page, cases) == told


def test_every_term_comes_to_the_same_sum(page, edition):
    """For figures of all sizes, some missing, script and Python agree on every term."""
    chance = random.Random(6)
    terms = edition.plan.subsidy_terms
    pieces = [segments(edition, term) for term in terms]
    told = [[piece.as_json() for piece in each] for each in pieces]
    given = [
        {
            name: chance.randrange(10 ** chance.randrange(1, 13))
            for name in INPUTS
            if chance.random() < 0.8
        }
        for _ in range(25)
    ]
    expected = [evaluate(each, figures) for figures in given for each in pieces]
    found = run(page, [(each, figures) for figures in given for each in told])
    assert [(each["low"], each["high"], each["binding"]) for each in found] == [
        (each.low, each.high, each.binding) for each in expected
    ]
    assert [each["missing"] for each in found] == [list(each.missing) for each in expected]


def test_sums_are_printed_as_python_prints_them(page, edition):
    """500万元, 1.5亿元, 12345元: the script and the pages write money in one way."""
    chance = random.Random(1)
    sums = [0, 9999, 10**4, 12345, 150_000_000, 10**12, 123_450_000, 16_666_667]
    sums += [chance.randrange(10**14) // 10 ** chance.randrange(12) for _ in range(200)]
    page.goto("")
    printed = page.evaluate(
        """async ([sums, path]) => {
            const { estimator } = await import("./assets/planpub/estimate.js");
            const data = await (await fetch(path)).json();
            return sums.map((sum) => estimator(data).money(BigInt(sum)));
        }""",
        [sums, f"./{PAGE}terms.json"],
    )
    assert printed == [edition.words.yuan(each) for each in sums]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("8000000", "8000000"),
        ("8,000,000", "8000000"),
        (" 800万 ", "8000000"),
        ("800 万元", "8000000"),
        ("1.5亿", "150000000"),
        ("1.5 million", "1500000"),
        ("0.1", None),
        ("-5", None),
        ("八百万", None),
        ("1.23456万", None),
        ("1.2345万", "12345"),
    ],
)
def test_numbers_are_read_as_people_write_them(page, written, read):
    """Whole yuan in figures, in 万 or 亿; anything else is no number."""
    page.goto("")
    told = page.evaluate(
        """async (written) => {
            const { readNumber } = await import("./assets/planpub/estimate.js");
            const number = readNumber(written);
            return number === null ? null : String(number);
        }""",
        written,
    )
    assert told == read


def test_what_is_entered_early_counts(page):
    """A reader may fill the form before its script has come: then all of it is calculated."""
    held = []

    def hold(route):
        held.append(route)

    page.route("**/calculator.js", hold, times=1)
    with page.expect_request("**/calculator.js"):
        page.goto(PAGE, wait_until="commit")
    page.get_by_label("我是").select_option("enterprise")
    page.locator("input[name=investment]").fill("2000万")
    page.locator("input[name=investment]").blur()
    held.pop().continue_()
    expect(page.locator("[data-results]")).to_contain_text("受 500万元上限限制")


def test_a_result_can_be_sent_to_a_colleague(page):
    """The address holds what was entered, and brings the same result back."""
    page.goto(PAGE)
    page.get_by_label("我是").select_option("enterprise")
    page.locator("input[name=investment]").fill("2000万")
    results = page.locator("[data-results]")
    expect(results).to_contain_text("按 30% 为 600万元，受 500万元上限限制")
    first = results.inner_text()
    assert "kind=enterprise" in page.url
    page.goto(page.url)
    page.locator(".pp-result").first.wait_for()
    assert page.locator("[data-results]").inner_text() == first
    page.get_by_role("button", name="清除").click()
    page.wait_for_function("!location.search")


def test_results_are_ordered_and_nothing_is_added_up(page):
    """Within a block the larger sum comes first; the page says that nothing is added up."""
    page.goto(f"{PAGE}?kind=enterprise&investment=8000000")
    page.locator(".pp-result").first.wait_for()
    highs = page.evaluate(
        """async () => {
            const { estimator } = await import("../../assets/planpub/estimate.js");
            const data = await (await fetch("terms.json")).json();
            const { estimate } = estimator(data);
            const byTitle = new Map(data.terms.map((each) => [each.title, each]));
            const list = document.querySelector("ol.pp-results");
            return [...list.querySelectorAll("h3")].map((heading) => {
                const term = byTitle.get(heading.textContent);
                return Number(estimate(term, { investment: 8000000 }).high);
            });
        }"""
    )
    assert highs == sorted(highs, reverse=True)
    assert len(highs) > 5
    assert "没有相加" in page.locator(".pp-caution").inner_text()
    assert "能否同时享受，原文没有写明" in page.locator("[data-results]").inner_text()


def test_a_village_is_not_offered_a_township_s_support(page):
    """Who one is decides what is listed, by level too."""
    page.goto(f"{PAGE}?kind=village&investment=8000000")
    page.locator(".pp-result").first.wait_for()
    shown = page.locator("[data-results]").inner_text()
    assert "省级数字乡村示范项目补助" in shown
    assert "省级数字乡镇示范项目补助" not in shown


def test_what_cannot_be_is_marked_and_counts_as_not_given(page):
    """A number that is none, or more than the whole it is part of, is said beside its field."""
    page.goto(f"{PAGE}?investment=100&digital_investment=200&event_cost=abc")
    page.locator(".pp-result").first.wait_for()
    for name in ("digital_investment", "event_cost"):
        field = page.locator(f"input[name={name}]")
        assert field.get_attribute("aria-invalid") == "true"
        assert page.locator(f"#note-{name}").inner_text()
    assert "abc" not in page.locator(".pp-given").inner_text()


def test_a_term_s_own_page_works_it_out(page):
    """The small calculator beside a clause gives sum, limit and doubts as one types."""
    page.goto(f"{PLAN}/subsidies/startup-premises-rent-subsidy/")
    page.locator("input[name=rent]").fill("12万")
    page.locator("input[name=area]").fill("500")
    expect(page.locator("[data-out=sum]")).to_have_text("6万元至9.6万元")
    expect(page.locator("[data-out=how]")).to_contain_text("分档计算")


def test_it_prints_whole(page):
    """On paper the form is gone, and clauses and doubts are unfolded."""
    page.goto(f"{PAGE}?kind=enterprise&investment=8000000")
    page.locator(".pp-result").first.wait_for()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert not page.locator("form[data-calculator]").is_visible()
    assert page.locator(".pp-result q").first.is_visible()
    assert "项目投资额 800万元" in page.locator(".pp-given").inner_text()
