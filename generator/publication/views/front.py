"""The front page of several plans, and the page that says where the data comes from."""

from collections.abc import Sequence

from generator.publication.views.edition import Edition
from generator.publication.views.home import counts, period
from generator.publication.views.parts import Badge, Fact, Grid, Group, Item, Link, OverviewView


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
    told = (f"{figure.value} {figure.caption}" for figure, _ in counts(edition))
    badges = tuple(Badge(each, "count") for each in told)
    return Item(Link(about.title, edition.root), about.description, badges)


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
            Fact(text("Period"), period(edition)),
            Fact(text("Data version"), about.version),
            Fact(text("Data licence"), links=licences),
            Fact(text("Kept by"), words.join(keepers)),
        ),
        grids=(Grid("sources", text("Official text"), columns, sources),),
    )
