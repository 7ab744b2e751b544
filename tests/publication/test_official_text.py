"""The official text on the pages of its sections, annotated, where a package brings it."""

from pathlib import Path

import pytest

from generator.intake.load import load
from generator.intake.source_text import squeeze
from generator.publication.views.edition import Edition
from generator.publication.views.records import record_views

ROOT = Path(__file__).parents[2]
PACKAGES = ("qinghe", "harbour-town")


@pytest.fixture(scope="module", params=PACKAGES)
def edition(request):
    return Edition(load(ROOT / f"tests/packages/{request.param}/datapackage.json"))


@pytest.fixture(scope="module")
def pages(edition):
    return list(record_views(edition, "section"))


def test_every_word_under_a_heading_is_shown_once(edition, pages):
    """Read one after the other, the sections' pages are the text: nothing lost, nothing twice."""
    source = edition.source
    shown = "".join(squeeze(each.text) for page in pages for line in page.reading for each in line)
    headings = sorted(source.heading_spans.values())
    under = source.text[headings[0][0] :]
    for start, end in reversed(headings):
        under = under[: start - headings[0][0]] + under[end - headings[0][0] :]
    assert shown == under


def test_every_clause_leads_to_what_was_read_from_it(edition, pages):
    """The evidence of each record is marked on its section's page, with the way to the record."""
    plan = edition.plan
    records = [
        *((each, edition.target_link(each)) for each in plan.targets),
        *((each, edition.term_link(each)) for each in plan.subsidy_terms),
        *((each, edition.task_link(each)) for each in plan.tasks),
    ]
    reading = {page.record_id: [each for line in page.reading for each in line] for page in pages}
    for record, link in records:
        passages = reading[record.section_id]
        assert link.path in {note.path for each in passages for note in each.notes}
        marked = squeeze("".join(each.text for each in passages if each.marked))
        for part in record.evidence.split("…"):
            assert squeeze(part) in marked


def test_a_package_without_the_text_shows_none():
    """The shipped package brings no official text: its pages cite clauses and no more."""
    edition = Edition(load(ROOT / "datapackage.json"))
    assert all(page.reading == () for page in record_views(edition, "section"))
