"""What a benefit's arithmetic is called: inputs, readings and limits in the reader's words.

Also what a page's script computes with: the segments of plan/payoff.py as data, and words with
{gaps}. The script in assets/estimate.js fills them in.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from generator.plan.applicant import INPUTS
from generator.plan.payoff import DERIVED, Segment, missing_for
from generator.plan.records import Term
from generator.plan.segments import benefit_kind, segments_of
from generator.publication.views.edition import Edition
from generator.publication.views.lists import certainty
from generator.publication.views.parts import InputField
from generator.publication.views.sentences import payer, term_support
from generator.publication.wording import Wording

_SUMMING = frozenset({"sum", "marginal", "tier"})
"""Readings in which tiers are added up."""


def input_field(words: Wording, name: str) -> InputField:
    """A figure that an applicant may give, or that is worked out from such, in words."""
    text = words.text
    labels = {
        "investment": text("Project investment"),
        "digital_investment": text("Investment in digital hardware and software"),
        "equipment_cost": text("Cost of equipment"),
        "construction_cost": text("Cost of construction"),
        "revenue": text("Revenue this year"),
        "revenue_previous": text("Revenue the year before"),
        "event_cost": text("Cost of the event"),
        "rent": text("Rent for a year"),
        "area": text("Floor area rented"),
        "people": text("Number of people"),
        "rd_expense": text("Spending on research and development"),
        "equity_investment": text("Equity invested"),
        "taxable_income": text("Taxable income"),
        "revenue_increase": text("Increase in revenue"),
    }
    units = {"area": text("square metres"), "people": text("people")}
    known = INPUTS.get(name)
    title = labels.get(name) or (known.title if known else name)
    return InputField(name=name, title=title, unit=units.get(name, words.currency))


def reading_label(words: Wording, code: str) -> str:
    """A reading that the plan leaves open, in words."""
    text = words.text
    labels = {
        "stated": text("as stated"),
        "floor": text("at the least"),
        "ceiling": text("at the most"),
        "amount": text("the lump only"),
        "rate": text("the rate only"),
        "together": text("lump and rate together"),
        "highest": text("the highest tier only"),
        "sum": text("all tiers added up"),
        "difference": text("the highest tier less what was reached the year before"),
        "whole": text("all of it at one tier’s rate"),
        "marginal": text("each part at its tier’s rate"),
    }
    parts = code.replace("tier-", "tier ").split("-")
    said = (labels.get(part) or text("tier %(number)s", number=part[5:]) for part in parts)
    return words.join(tuple(said))


def segments(edition: Edition, term: Term) -> tuple[Segment, ...]:
    """The pieces of a term (see plan/segments.py)."""
    plan = edition.plan
    return segments_of(term, plan.tiers.get(term.term_id, ()), plan.measure)


def inputs_of(pieces: Sequence[Segment]) -> tuple[str, ...]:
    """The inputs that a term's sum may depend on, in the order in which they are asked."""
    named = {
        name for piece in pieces for span in piece.spans for name in missing_for(span.variable, {})
    }
    return tuple(name for name in INPUTS if name in named)


def term_data(edition: Edition, term: Term) -> dict[str, Any]:
    """A term as a page's script computes with it; paths are relative to the site's root."""
    plan, badge = edition.plan, certainty(edition, term)
    section = edition.section_link(plan.section[term.section_id])
    link, pieces = edition.term_link(term), segments(edition, term)
    bases = [
        name for piece in pieces if piece.span and piece.slope_pct for name in [piece.span.variable]
    ]
    return {
        "id": term.term_id,
        "title": link.text,
        "path": link.path,
        "kind": benefit_kind(term),
        "support": term_support(edition, term),
        "beneficiary": term.beneficiary,
        "eligibility": term.eligibility,
        "payer": payer(edition, term),
        "certainty": {"term": badge.tone, "label": badge.text, "help": badge.help},
        "evidence": term.evidence,
        "section": {"title": section.text, "path": section.path},
        "base": bases[0] if bases else "",
        "ranged": term.amount_yuan is not None and term.amount_max_yuan is not None,
        "yearly": term.frequency == "annual",
        "per": edition.label("subsidy_terms", "per", term.per),
        "conditions": [tier.condition for tier in plan.tiers.get(term.term_id, ())],
        "inputs": list(inputs_of(pieces)),
        "open": list(_always_open(edition, term, pieces)),
        "segments": [piece.as_json() for piece in pieces],
    }


def _always_open(edition: Edition, term: Term, pieces: Sequence[Segment]) -> Iterator[str]:
    """What is not known of a term, whatever the figures."""
    text = edition.words.text
    if term.rate_kind == "break-even":
        yield text("Only a break-even point is printed, not how a sum follows from it.")
    elif not pieces and term.quantified:
        yield text("The figure that its rate applies to is not among those that can be given.")
    readings = {part for piece in pieces for part in piece.reading.split("-")}
    if term.tiers_apply in {"unstated", "marginal"} and not readings & _SUMMING:
        yield text("Whether tiers add up cannot be told from these figures; one tier counts here.")
    if benefit_kind(term) == "tax":
        yield text("How much tax this saves depends on the rate that applies otherwise.")
    if term.certainty != "granted":
        word = certainty(edition, term).text
        yield text("The plan’s word is “%(word)s”, which is no promise.", word=word)
    if term.payer_level == "unstated":
        yield text("It is not printed who pays.")
    if term.reading == "inferred":
        yield text("The published text is damaged here; this is our reading of it.")
    for each in edition.ambiguities.get(term.term_id, ()):
        yield each.question


def script_data(edition: Edition, terms: Sequence[Term]) -> dict[str, Any]:
    """Inputs, readings and words that the script needs for these terms."""
    words = edition.words
    pieces = [piece for term in terms for piece in segments(edition, term)]
    fields = {name: input_field(words, name) for name in (*INPUTS, *DERIVED)}
    return {
        "language": words.language,
        "inputs": {
            name: {"title": fields[name].title, "unit": fields[name].unit, "limit": each.limit}
            for name, each in INPUTS.items()
        },
        "derived": {name: fields[name].title for name in DERIVED},
        "readings": {
            code: reading_label(words, code) for code in sorted({each.reading for each in pieces})
        },
        "money": words.money_scales,
        "words": _script_words(words),
    }


def _script_words(words: Wording) -> dict[str, str]:
    """What the script says, with {gaps} that it fills."""
    text = words.text
    return {
        "list": text(", "),
        "also": text("; "),
        "range": text("{low} to {high}"),
        "most": text("up to {sum}"),
        "less_income": text("{sum} less of taxable income"),
        "tax_due": text("{sum} of tax due"),
        "by_rate": text("{rate} comes to {sum}"),
        "computed": text("comes to {sum}"),
        "lump": text("a lump of {sum}"),
        "only_cap": text("only an upper limit is printed, {sum}"),
        "by_count": text("{each} times {number}, together {sum}"),
        "capped": text("{said}, limited by the cap of {cap}"),
        "uncapped": text("{said}, below the cap of {cap}"),
        "no_tier": text("below every tier"),
        "reading": text("{reading}: {said}"),
        "yearly": text("{said} (a year)"),
        "still_needed": text("still needed: {inputs}"),
        "no_sum": text("no sum can be worked out"),
        "reads": text("The plan can be read in several ways: {readings}"),
        "ceiling": text("Only an upper limit is printed; how much is given is open."),
        "between": text("How the sum is set within the range is not printed."),
        "unchecked": text("A threshold cannot be checked with these figures: {conditions}"),
        "first_time": text("Whether this is the first time was not checked: {input} is not given."),
        "income_short": text("Taxable income is only {sum}; see the clause on what is left over."),
        "no_number": text("Enter a number such as 8000000 or 8 million."),
        "too_large": text("This number is impossibly large."),
        "part_of_whole": text("{part} cannot exceed {whole}."),
        "rent_without_area": text("There is no rent for an area of 0."),
        "equals": text("= {sum}"),
    }
