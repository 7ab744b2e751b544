"""Charts of what the plan pays, on which base, up to how much, and how certainly."""

from collections import Counter
from decimal import Decimal

from generator.plan.records import Term
from generator.publication.charts.chart import Chart, Column, Cross, Row, crossed_rows
from generator.publication.charts.shapes import Bars, bars, grid
from generator.publication.views.edition import Edition
from generator.publication.views.overviews import largest_sum
from generator.publication.views.sentences import payer

_SHOWN = 12
_FEWEST_RATES = 2
"""Fewer make no picture."""

_CASH_RATES = frozenset({"ceiling", "fixed"})


def support_kinds(edition: Edition) -> Chart | None:
    """Which instruments the plan uses, and what their rates apply to."""
    words, terms = edition.words, edition.plan.subsidy_terms
    if not terms:
        return None
    unrated = words.text("no rate")

    def base(term: Term) -> str:
        return edition.label("subsidy_terms", "basis", term.basis) or unrated

    kinds = Counter(_label(edition, term, "instrument") for term in terms)
    bases = Counter(base(term) for term in terms)
    counts = Counter((base(term), _label(edition, term, "instrument")) for term in terms)
    by_size = sorted(bases, key=lambda each: (each == unrated, -bases[each]))
    cross = Cross(row="basis", column="instrument", number="terms")
    kind, most = kinds.most_common(1)[0]
    return Chart(
        name="support-kinds",
        page="subsidies",
        question=words.text("What kinds of support are there, and what are they a share of?"),
        finding=words.text(
            "No kind of support is more frequent than %(kind)s, %(most)s of %(number)s terms; "
            "%(unrated)s terms have no rate.",
            kind=kind,
            most=most,
            number=len(terms),
            unrated=bases[unrated],
        ),
        columns=(
            Column(name="basis", title=edition.column("subsidy_terms", "basis")),
            Column(name="instrument", title=edition.column("subsidy_terms", "instrument")),
            Column(name="terms", title=words.text("Subsidy terms"), kind="count"),
        ),
        rows=crossed_rows(
            counts, cross, (by_size, [each for each, _ in kinds.most_common()]), words.text("other")
        ),
        shape=grid,
        options={"row": "basis", "column": "instrument", "number": "terms"},
        cross=cross,
    )


def support_rates(edition: Edition) -> Chart | None:
    """Which rates go with which caps."""
    words = edition.words
    rated = [
        (term.rate_pct, term.cap_yuan)
        for term in edition.plan.subsidy_terms
        if term.rate_pct is not None and term.rate_kind in _CASH_RATES
    ]
    if len(rated) < _FEWEST_RATES:
        return None
    caps = {cap: words.yuan(cap) for _, cap in rated if cap is not None}
    uncapped = words.text("no cap")
    rates = {rate: words.figure(rate, "%") for rate, _ in rated}

    def printed(rate: Decimal, cap: int | None) -> tuple[str, str]:
        return (uncapped if cap is None else caps[cap], rates[rate])

    counts = Counter(printed(rate, cap) for rate, cap in rated)
    cross = Cross(row="cap", column="rate", number="terms")
    order = ([*(caps[cap] for cap in sorted(caps)), uncapped], [rates[r] for r in sorted(rates)])
    (cap, rate), most = counts.most_common(1)[0]
    return Chart(
        name="support-rates",
        page="subsidies",
        question=words.text("Which rates go with which caps?"),
        finding=words.text(
            "No form is more frequent than %(rate)s, %(cap)s: %(most)s of %(number)s terms with a "
            "rate.",
            number=len(rated),
            most=most,
            rate=rate,
            cap=cap if cap == uncapped else words.text("up to %(sum)s", sum=cap),
        ),
        columns=(
            Column(name="cap", title=edition.column("subsidy_terms", "cap_yuan")),
            Column(name="rate", title=edition.column("subsidy_terms", "rate_pct")),
            Column(name="terms", title=words.text("Subsidy terms"), kind="count"),
        ),
        rows=crossed_rows(counts, cross, order, words.text("other")),
        shape=grid,
        options={"row": "cap", "column": "rate", "number": "terms"},
        cross=cross,
        note=words.text("Without tax rates, deductions and rates that stand in tiers only."),
    )


def support_caps(edition: Edition) -> Chart | None:
    """The largest sums that a single term prints."""
    words, plan = edition.words, edition.plan
    sums = [(largest_sum(plan, term) or 0, term) for term in plan.subsidy_terms]
    ranked = sorted(((n, term) for n, term in sums if n), key=lambda pair: -pair[0])
    if not ranked:
        return None
    rows: tuple[Row, ...] = tuple(
        {
            "term": term.title,
            "largest": number,
            "certainty": _label(edition, term, "certainty"),
            "payer": payer(edition, term),
            "per": _label(edition, term, "per"),
        }
        for number, term in ranked
    )
    largest, first = ranked[0]
    return Chart(
        name="support-caps",
        page="subsidies",
        question=words.text("What are the largest sums?"),
        finding=words.text(
            "The largest sum is %(sum)s: %(title)s.", sum=words.yuan(largest), title=first.title
        ),
        columns=(
            Column(name="term", title=edition.column("subsidy_terms", "title")),
            Column(
                name="largest", title=words.text("Largest sum"), kind="yuan", unit=words.currency
            ),
            Column(name="certainty", title=edition.column("subsidy_terms", "certainty")),
            Column(name="payer", title=edition.column("subsidy_terms", "payer_level")),
            Column(name="per", title=edition.column("subsidy_terms", "per")),
        ),
        rows=rows,
        shape=bars,
        options={
            "look": Bars(
                labels=[term.title for _, term in ranked],
                texts=[words.yuan(number) for number, _ in ranked],
                parts={"largest": words.text("Largest sum")},
                colour="certainty",
            )
        },
        shown=_SHOWN,
        links=tuple(edition.term_link(term) for _, term in ranked),
        note=words.text("A cap is the most that can be had, not what is paid."),
    )


def support_certainty(edition: Edition) -> Chart | None:
    """How certain the wording of each benefit is, and who pays."""
    words, terms = edition.words, edition.plan.subsidy_terms
    if not terms:
        return None
    counts = Counter((_label(edition, term, "certainty"), payer(edition, term)) for term in terms)
    levels = Counter(term.certainty for term in terms)
    payers = Counter(payer(edition, term) for term in terms)
    labels = edition.plan.tables["subsidy_terms"].column["certainty"].labels
    order = [
        edition.label("subsidy_terms", "certainty", each)
        for each in dict.fromkeys(("granted", *labels, *levels))
    ]
    cross = Cross(row="certainty", column="payer", number="terms")
    return Chart(
        name="support-certainty",
        page="subsidies",
        question=words.text("How certain is the support, and who pays?"),
        finding=_certainty_finding(edition, levels),
        columns=(
            Column(name="certainty", title=edition.column("subsidy_terms", "certainty")),
            Column(name="payer", title=edition.column("subsidy_terms", "payer_level")),
            Column(name="terms", title=words.text("Subsidy terms"), kind="count"),
        ),
        rows=crossed_rows(
            counts, cross, (order, [each for each, _ in payers.most_common()]), words.text("other")
        ),
        shape=grid,
        options={"row": "certainty", "column": "payer", "number": "terms"},
        cross=cross,
    )


def _certainty_finding(edition: Edition, levels: Counter[str]) -> str:
    text, may = edition.words.text, levels["may-apply"]
    granted = text(
        "%(granted)s of %(number)s terms are worded as given.",
        granted=levels["granted"],
        number=levels.total(),
    )
    return edition.words.prose(
        granted, text("May only be applied for: %(number)s.", number=may) if may else ""
    )


def _label(edition: Edition, term: Term, column: str) -> str:
    return edition.label("subsidy_terms", column, getattr(term, column))
