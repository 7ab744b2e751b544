"""A term's payoff as a curve: the drawing says what plan/payoff.py computes."""

import re
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor
from pathlib import Path

import pytest

from generator.intake.load import load
from generator.plan.payoff import Segment, Span, evaluate
from generator.publication.views.benefits import segments
from generator.publication.views.curve_drawing import curve_view
from generator.publication.views.curves import curve_of
from generator.publication.views.edition import Edition

ROOT = Path(__file__).parents[2]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@pytest.fixture(scope="module")
def edition():
    return Edition(load(ROOT / "datapackage.json"))


def curves(edition):
    """Every term that has a curve, with its segments."""
    for term in edition.plan.subsidy_terms:
        pieces = segments(edition, term)
        curve = curve_of(pieces)
        if curve:
            yield term, pieces, curve


def points(curve):
    """Places around every turn of a curve, in whole units."""
    for x in (Fraction(1), *curve.turns, curve.last):
        yield from (floor(x) - 1, floor(x), floor(x) + 1)


def test_a_curve_says_what_is_computed(edition):
    """Around every turn the height of each line is the sum of its reading, to the yuan."""
    checked = 0
    for term, pieces, curve in curves(edition):
        if curve.conditional or curve.share:
            continue
        for x in points(curve):
            for value in evaluate(pieces, {curve.variable: x}).readings:
                assert floor(curve.at(value.reading, Fraction(x))) == value.high, (term.term_id, x)
                checked += 1
    assert checked > 300


def test_milestones_are_drawn_as_for_a_newcomer(edition):
    """Where last year counts, the curve is that of an applicant who reached nothing then."""
    (found,) = [each for each in curves(edition) if each[0].term_id == "revenue-milestone-award"]
    _, pieces, curve = found
    for x in points(curve):
        for value in evaluate(pieces, {"revenue": x, "revenue_previous": 0}).readings:
            assert curve.at(value.reading, Fraction(x)) == value.high


def test_rent_is_drawn_as_the_floor_area_that_is_paid(edition):
    """500 square metres: half of all is paid in one reading, 300 and half the rest in the other."""
    (found,) = [each for each in curves(edition) if each[2].share]
    _, pieces, curve = found
    assert (curve.at("whole", Fraction(500)), curve.at("marginal", Fraction(500))) == (250, 400)
    for area in points(curve):
        for value in evaluate(pieces, {"area": area, "rent": 12 * area}).readings:
            assert floor(12 * curve.at(value.reading, Fraction(area))) == value.high


def test_every_number_of_a_drawing_stands_in_its_table(edition):
    """Labels on both axes are cells of the table under the curve."""
    drawn = 0
    for term, *_ in curves(edition):
        view = curve_view(edition, term)
        cells = {cell for row in view.rows for cell in row}
        words = " ".join((*cells, *view.columns))
        for tick in (*view.ticks_across, *view.ticks_up):
            assert tick.label in cells | {"0"}
        for number in NUMBER.findall(view.finding):
            assert number in words
        drawn += 1
    assert drawn > 20


def test_labels_of_a_curve_do_not_overlap(edition):
    """Labels along and up the axes keep their distance and stay inside the picture."""
    for term, *_ in curves(edition):
        view = curve_view(edition, term)
        heights = [float(tick.place) for tick in view.ticks_up]
        assert all(b - a >= 15 for a, b in pairwise(heights))
        assert float(view.left) < 180


def test_an_upper_limit_is_an_area_and_no_promise(edition):
    """Where only a ceiling is printed all below it is shaded, and the note says so."""
    term = next(
        each
        for each in edition.plan.subsidy_terms
        if each.term_id == "communication-infrastructure-grant"
    )
    view = curve_view(edition, term)
    assert view.band
    assert len(view.lines) == 1
    assert view.note


@pytest.mark.parametrize(
    "pieces",
    [
        (),
        (Segment(reading="stated", intercept=Decimal(5)),),
        (Segment(reading="stated", span=Span(variable="other", start=Decimal(5))),),
        (
            Segment(reading="a", span=Span(variable="rent"), slope_pct=Decimal(5)),
            Segment(reading="b", span=Span(variable="investment"), slope_pct=Decimal(5)),
        ),
    ],
    ids=["nothing", "a lump", "not asked", "two figures"],
)
def test_what_depends_on_no_single_figure_has_no_curve(pieces):
    """A lump, a threshold on something else and two variables are not drawn."""
    assert curve_of(pieces) is None
