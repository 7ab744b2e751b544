"""The plan's front page, and the pages that say what the data is and where it comes from."""

from collections.abc import Sequence
from dataclasses import replace

from generator.plan.records import Target, Task, Term, Unit
from generator.publication.views.edition import Edition
from generator.publication.views.lists import filled, target_group
from generator.publication.views.overviews import largest_sum
from generator.publication.views.parts import (
    Badge,
    Fact,
    Figure,
    Grid,
    Group,
    Item,
    Link,
    OverviewView,
)
from generator.publication.views.sentences import term_support

Placed = Target | Task | Term

_HIGHLIGHTS = 8
"""How many targets and terms the front page shows."""


def home_view(edition: Edition) -> OverviewView:
    """What this plan is, what it promises by when, what it pays, who answers."""
    words, about = edition.words, edition.plan.about
    return OverviewView(
        name="home",
        template="home.html",
        path=edition.root,
        title=about.title,
        lead=about.description,
        facts=(
            Fact(words.text("Issued by"), about.issuer),
            Fact(words.text("Document number"), about.document_number),
            Fact(words.text("Issued on"), words.date(about.issued)),
            Fact(words.text("Period"), _period(edition)),
        ),
        figures=_counts(edition),
        groups=filled((_promises(edition), _largest(edition), _busiest(edition))),
    )


def front_view(editions: Sequence[Edition]) -> OverviewView:
    """The front page of a site of several plans, in the words of the first."""
    text = editions[0].words.text
    return OverviewView(
        name="front",
        template="front.html",
        path="",
        title=text("Plans"),
        lead=text("%(number)s plans as open data.", number=len(editions)),
        groups=(Group("plans", text("Plans"), tuple(map(_plan_item, editions))),),
    )


def _plan_item(edition: Edition) -> Item:
    about = edition.plan.about
    counts = (f"{figure.value} {figure.caption}" for figure, _ in _counts(edition))
    badges = tuple(Badge(count, "count") for count in counts)
    return Item(Link(about.title, edition.root), about.description, badges)


def _period(edition: Edition) -> str:
    about = edition.plan.about
    return f"{about.period_start[:4]}\u2014{about.period_end[:4]}"


def _counts(edition: Edition) -> tuple[tuple[Figure, Link], ...]:
    plan, text = edition.plan, edition.words.text
    counts = (
        (len(plan.targets), text("targets"), "targets"),
        (len(plan.tasks), text("tasks"), "tasks"),
        (len(plan.subsidy_terms), text("subsidy terms"), "subsidies"),
        (len(plan.units), text("responsible units"), "units"),
    )
    return tuple(
        (Figure(str(number), label), Link(label, edition.page(name)))
        for number, label, name in counts
    )


def _promises(edition: Edition) -> Group:
    """The first targets with a printed figure and a date, in the order of the document."""
    plan = edition.plan
    printed = (each for each in plan.targets if each.reading != "inferred")
    dated = [each for each in printed if each.value is not None and each.due]
    chosen = sorted(dated, key=lambda each: plan.section[each.section_id].position)
    more = Link(edition.words.text("All targets"), edition.page("targets"))
    group = target_group(edition, chosen[:_HIGHLIGHTS])
    title = edition.words.text("What it promises")
    return replace(group, anchor="promises", title=title, more=more)


def _largest(edition: Edition) -> Group:
    plan = edition.plan
    sums = [(largest_sum(plan, each) or 0, each) for each in plan.subsidy_terms]
    ranked = sorted(sums, key=lambda pair: -pair[0])[:_HIGHLIGHTS]
    terms = (term for amount, term in ranked if amount)
    items = tuple(Item(edition.term_link(each), term_support(edition, each)) for each in terms)
    more = Link(edition.words.text("All subsidies"), edition.page("subsidies"))
    return Group("pays", edition.words.text("What it pays"), items, more)


def _busiest(edition: Edition) -> Group:
    plan, text = edition.plan, edition.words.text
    ranked = sorted(plan.units, key=lambda unit: -_lists(edition, unit))
    items = tuple(
        Item(
            edition.unit_link(unit),
            text("named in %(number)s lists", number=_lists(edition, unit)),
        )
        for unit in ranked[:_HIGHLIGHTS]
    )
    more = Link(text("All units"), edition.page("units"))
    return Group("answers", text("Who answers"), items, more)


def _lists(edition: Edition, unit: Unit) -> int:
    return len(edition.sections_of.get(unit.unit_id, ()))


def about_view(edition: Edition) -> OverviewView:
    """Where the data comes from, under what licence, and how to report an error."""
    words, about = edition.words, edition.plan.about
    text = words.text
    sources = tuple(
        (
            str(source.get("title", "")),
            str(source.get("document_number", "")),
            str(source.get("issuer", "")),
            words.date(str(source.get("date", ""))),
            str(source.get("sha256", "")),
        )
        for source in about.sources
    )
    columns = (
        text("Title"),
        text("Document number"),
        text("Issued by"),
        text("Date"),
        text("SHA-256 of the text that was read"),
    )
    keepers = [str(each.get("title", "")) for each in about.contributors]
    licences = tuple(
        Link(str(each.get("title") or each.get("name")), str(each.get("path", "")), external=True)
        for each in about.licenses
    )
    return OverviewView(
        name="about",
        template="about.html",
        path=edition.page("about"),
        title=text("About this data"),
        lead=about.description,
        crumbs=edition.crumbs(),
        facts=(
            Fact(text("Plan"), about.title),
            Fact(text("Applies to"), about.jurisdiction),
            Fact(text("Issued by"), about.issuer),
            Fact(text("Document number"), about.document_number),
            Fact(text("Issued on"), words.date(about.issued)),
            Fact(text("Published on"), words.date(about.published)),
            Fact(text("Period"), _period(edition)),
            Fact(text("Data version"), about.version),
            Fact(text("Data licence"), links=licences),
            Fact(text("Kept by"), words.join(keepers)),
        ),
        grids=(Grid("sources", text("Official text"), columns, sources),),
    )
