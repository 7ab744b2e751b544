"""Search as people use it, on the site of the shipped plan: answers, and the dialog."""

import csv
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from generator.publication.search import fragments

pytestmark = pytest.mark.browser

PLAN = "shuozhou-digital-economy"
QUERIES = list(csv.DictReader((Path(__file__).parent / "queries.csv").open(encoding="utf-8")))
FLOORS = {"tune": (0.94, 0.985, 0.002), "held": (0.95, 0.98, 0.0)}
"""Least hit@1, least hit@5 and most without a result, a little below what was measured.

The aim for the queries that were set aside is 0.95, 0.99 and 0.01.
"""
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
    """Of the queries that nobody looked at, nineteen in twenty are answered at once."""
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
    for half, (least_first, least_five, most_none) in FLOORS.items():
        _, first, five, _, none = figures(groups[f"{half}: all"])
        assert first >= least_first, half
        assert five >= least_five, half
        assert none <= most_none, half


def test_the_queries_are_many():
    """At least 120 queries by different people, each once, for tuning or set aside from it."""
    assert len(QUERIES) >= 120
    assert {query["set"] for query in QUERIES} == set(FLOORS)
    assert sum(query["set"] == "held" for query in QUERIES) >= 120
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


# -------------------------------------------------------------------------------------------- cost


def test_a_first_result_is_cheap(browser, shipped_site):
    """From a loaded page to the first result no more than 200 KB are loaded."""
    from first_result import first_result

    size, _ = first_result(browser, shipped_site)
    assert size <= 200_000
