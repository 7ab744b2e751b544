"""The calculator: who asks, what for, with which figures; and the data for its script."""

import json
from collections.abc import Iterator
from typing import Any, Final

from generator.plan.applicant import INPUTS, Applicant
from generator.plan.records import Section, Term
from generator.publication.views.benefits import (
    input_field,
    inputs_of,
    script_data,
    segments,
    term_data,
)
from generator.publication.views.edition import Edition, split_readings
from generator.publication.views.parts import (
    FIGURES_STYLE,
    CalculatorView,
    Choice,
    ChoiceGroup,
    EstimateView,
    Link,
    OverviewView,
)

SCRIPT: Final = "assets/planpub/calculator.js"
TERM_SCRIPT: Final = "assets/planpub/term.js"
MODULES: Final = ("assets/planpub/payoff.js", "assets/planpub/estimate.js")
"""What both scripts import."""


_MOST_PURPOSES: Final = 150
"""Of more sections only the groups are offered: the form stays short, however long the plan."""


def calculator_view(edition: Edition) -> OverviewView:
    """The page on which one asks what the plan may be worth to oneself."""
    words, terms = edition.words, edition.plan.subsidy_terms
    asked = {name for term in terms for name in inputs_of(segments(edition, term))}
    return OverviewView(
        name="calculator",
        template="calculator.html",
        path=edition.page("calculator"),
        title=words.text("Calculator"),
        lead=words.text(
            "What the plan may be worth to you: every term that may apply, with its amount, the "
            "limit that binds, the condition and the clause. Nothing you enter leaves your browser."
        ),
        crumbs=edition.crumbs(),
        calculator=CalculatorView(
            kinds=tuple(Choice(value, label) for value, label, _ in _applicants(edition)),
            purposes=tuple(_purposes(edition)),
            fields=tuple(input_field(words, name) for name in INPUTS if name in asked),
            data=_data_path(edition),
        ),
        assets=(FIGURES_STYLE, SCRIPT),
    )


def calculator_link(edition: Edition) -> Link:
    """To the calculator, from where somebody may ask for it."""
    return Link(edition.words.text("Work out what you may apply for"), edition.page("calculator"))


def estimate_view(edition: Edition, term: Term) -> EstimateView | None:
    """The small calculator of one term, or None where it depends on no figure."""
    names = inputs_of(segments(edition, term))
    if not names:
        return None
    data = {**script_data(edition, (term,)), "term": term_data(edition, term)}
    fields = tuple(input_field(edition.words, name) for name in names)
    query = f"?section={term.section_id}"
    page = edition.page("calculator") + query
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return EstimateView(fields=fields, data=written, page=page)


def calculator_files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """The data of the calculator, for its script and for anybody else's."""
    terms = edition.plan.subsidy_terms
    if not terms:
        return
    about = edition.plan.about
    content = {
        "package": about.name,
        "version": about.version,
        **script_data(edition, terms),
        "page": _page_words(edition),
        "questions": list(_questions(edition)),
        "terms": [_placed(edition, term) for term in terms],
    }
    yield _data_path(edition), (json.dumps(content, ensure_ascii=False) + "\n").encode()


def _data_path(edition: Edition) -> str:
    return f"{edition.page('calculator')}terms.json"


def _placed(edition: Edition, term: Term) -> dict[str, Any]:
    """A term's data, with who may claim it and the sections that it stands in."""
    applicants = _applicants(edition)
    return {
        **term_data(edition, term),
        "kinds": [value for value, _, applicant in applicants if applicant.may_claim(term)],
        "within": [section.section_id for section in edition.plan.path(term.section_id)],
    }


def _applicants(edition: Edition) -> tuple[tuple[str, str, Applicant], ...]:
    """Whom one may be: the word in the address (as `planpub estimate` knows it), label, applicant.

    A project is no applicant where somebody else of the plan may carry one.
    """
    terms = edition.plan.subsidy_terms
    found = {term.beneficiary_kind for term in terms}
    labels = edition.plan.tables["subsidy_terms"].column["beneficiary_kind"].labels
    kinds = [kind for kind in dict.fromkeys((*labels, *sorted(found))) if kind in found]
    if kinds != ["project"]:
        kinds = [kind for kind in kinds if kind != "project"]
    text = edition.words.text
    levels = {"county": text("county"), "township": text("township"), "village": text("village")}
    per = {term.per for term in terms}
    places = {place: label for place, label in levels.items() if place in per}
    chosen = []
    for kind in kinds:
        if kind == "locality" and places:
            chosen += [
                (place, label, Applicant(kind=kind, place=place)) for place, label in places.items()
            ]
        else:
            label = edition.label("subsidy_terms", "beneficiary_kind", kind)
            chosen.append((kind, label, Applicant(kind=kind)))
    return tuple(chosen)


def _purposes(edition: Edition) -> Iterator[ChoiceGroup]:
    """The sections with terms, in groups by the section above them; of very many the groups."""
    groups: dict[str, list[Section]] = {}
    for section in edition.plan.sections:
        if section.section_id in edition.terms_in:
            groups.setdefault(section.parent_id or section.section_id, []).append(section)
    single = sum(map(len, groups.values())) <= _MOST_PURPOSES
    for above, sections in groups.items():
        choices = [Choice(each.section_id, each.title) for each in sections if single]
        yield ChoiceGroup(edition.plan.section[above].title, above, tuple(choices))


def _questions(edition: Edition) -> Iterator[dict[str, Any]]:
    """What the plan leaves open between several terms."""
    known = {term.term_id for term in edition.plan.subsidy_terms}
    for each in edition.plan.ambiguities:
        terms = [record for record in each.records if record in known]
        if len(terms) > 1:
            readings = list(split_readings(each.readings))
            yield {"question": each.question, "readings": readings, "terms": terms}


def _page_words(edition: Edition) -> dict[str, str]:
    """What the page's script says around the results."""
    text = edition.words.text
    return {
        "computed": text("From your figures, the largest first"),
        "fixed": text("Sums that need no figures, the largest first"),
        "tax": text("Tax relief, which is no cash"),
        "missing": text("Needs more figures"),
        "none": text("Gives nothing for these figures"),
        "unknown": text("Without a sum in the plan, or none that can be worked out"),
        "condition": text("Condition"),
        "payer": text("Paid by"),
        "clause": text("Clause"),
        "open": text("Not known"),
        "more": text("Clause, and what is not known"),
        "results": text("See {number} results"),
        "between": text("Between several of these the plan leaves open"),
        "same_base": text(
            "{number} of these are counted from the same {input}; "
            "whether they may be combined is not printed."
        ),
        "caution": text(
            "Nothing here is added up: whether one may have several at once is often not printed. "
            "Sums follow from your figures alone, parts of a yuan are dropped, and every condition "
            "is taken as met. This is no decision."
        ),
        "anybody": text("any applicant"),
        "separator": text("; "),
        "nobody": text("No term of the plan fits this choice."),
        "command": text("The same in a terminal:"),
    }
