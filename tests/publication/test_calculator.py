"""The data of the calculator: what its script, and anybody else's, computes with."""

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from generator.intake.load import load
from generator.plan.applicant import INPUTS, read_applicant
from generator.publication.pages import Forge, Setting, record_page
from generator.publication.views.calculator import (
    calculator_files,
    calculator_view,
    estimate_view,
)
from generator.publication.views.edition import Edition
from generator.publication.views.records import record_views

ROOT = Path(__file__).parents[2]
PACKAGES = [ROOT / "datapackage.json", *sorted(ROOT.glob("tests/packages/*/datapackage.json"))]


@pytest.fixture(scope="module", params=PACKAGES, ids=lambda path: path.parent.name)
def edition(request):
    return Edition(load(request.param))


@pytest.fixture
def data(edition):
    ((_, content),) = calculator_files(edition)
    return json.loads(content)


def test_every_term_is_there_with_its_clause_payer_and_doubts(edition, data):
    """No term is left out, and each carries what a reader must know of it."""
    assert [each["id"] for each in data["terms"]] == [
        term.term_id for term in edition.plan.subsidy_terms
    ]
    for each in data["terms"]:
        assert each["evidence"]
        assert each["eligibility"]
        assert each["payer"]
        assert each["certainty"]["label"]
        assert each["section"]["path"].startswith(edition.root)


def test_who_may_claim_is_what_the_command_says(edition, data):
    """Each choice of the form is a kind that `planpub estimate` knows, with the same terms."""
    labels = edition.plan.tables["subsidy_terms"].column["beneficiary_kind"].labels
    for choice in calculator_view(edition).calculator.kinds:
        applicant = read_applicant([f"kind={choice.value}"], labels)
        claimed = {term.term_id for term in edition.plan.subsidy_terms if applicant.may_claim(term)}
        assert claimed == {each["id"] for each in data["terms"] if choice.value in each["kinds"]}
        assert claimed


def test_every_purpose_leads_to_a_term(edition, data):
    """No choice of a section is a dead end."""
    within = {section for each in data["terms"] for section in each["within"]}
    for group in calculator_view(edition).calculator.purposes:
        assert group.value in within
        assert {choice.value for choice in group.choices} <= within


def test_every_reading_and_input_has_words(edition, data):
    """Whatever a segment names, the script can say it in the reader's language."""
    assert list(data["inputs"]) == list(INPUTS)
    for each in data["terms"]:
        assert {piece["reading"] for piece in each["segments"]} <= set(data["readings"])
        assert set(each["inputs"]) <= set(INPUTS)
    said = [data[part] for part in ("inputs", "readings", "words", "page", "money")]
    chinese = re.search("[\u4e00-\u9fff]", json.dumps(said, ensure_ascii=False))
    assert bool(chinese) == edition.words.chinese


def test_the_small_calculator_asks_only_for_what_its_term_needs(edition):
    """A term's own form has its inputs, and there is none where nothing is to be given."""
    for term in edition.plan.subsidy_terms:
        view = estimate_view(edition, term)
        if view is None:
            continue
        told = json.loads(view.data)
        assert [field.name for field in view.fields] == told["term"]["inputs"] != []
        assert f"?section={term.section_id}" in view.page


def test_no_cell_can_leave_the_data_of_a_form(edition):
    """What a term's page hands to its script comes out as it went in, whatever the cells hold."""
    hostile = "\"'></form><script>alert(1)</script><!--"
    terms = tuple(replace(term, eligibility=hostile) for term in edition.plan.subsidy_terms)
    attacked = Edition(replace(edition.plan, subsidy_terms=terms))
    views = [view for view in record_views(attacked, "term") if view.estimate]
    setting = Setting(attacked.words, attacked.imprint, "")
    for view in views:
        page = record_page(view, setting, "", Forge("", "")).content
        (data,) = re.findall(r'data-term="([^"]*)"', page)
        assert json.loads(unescape(data))["term"]["eligibility"] == hostile
        assert "<script>" not in page


def test_nothing_inline_runs():
    """No template has an event handler, a style attribute or a script with code in it.

    But for the one line of the frame that says that there are scripts: the policy has its hash.
    """
    known = '<script>document.documentElement.classList.add("pp-js")</script>'
    templates = ROOT.glob("generator/publication/templates/**/*.html")
    for path in templates:
        text = path.read_text("utf-8").replace(known, "")
        assert not re.search(r"\s(on[a-z]+|style)\s*=", text), path
        for script in re.findall(r"<script\b([^>]*)>", text):
            assert "src=" in script or 'type="application/' in script, path
