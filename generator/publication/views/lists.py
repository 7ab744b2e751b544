"""Lists of related records, the same on every page that shows them."""

from collections.abc import Iterable

from generator.plan.records import Section, Target, Task, Term, Unit
from generator.publication.views.edition import Edition
from generator.publication.views.parts import Badge, Group, Item, Link
from generator.publication.views.sentences import target_figure, term_support


def target_group(edition: Edition, targets: Iterable[Target], more: Link | None = None) -> Group:
    """Targets with their figures and dates."""
    items = tuple(
        Item(edition.target_link(each), target_figure(edition, each), target_marks(edition, each))
        for each in targets
    )
    return Group("targets", edition.words.text("Targets"), items, more)


def term_group(edition: Edition, terms: Iterable[Term], more: Link | None = None) -> Group:
    """Subsidy terms with what they pay and how certain that is."""
    items = tuple(
        Item(edition.term_link(each), term_support(edition, each), (certainty(edition, each),))
        for each in terms
    )
    return Group("subsidies", edition.words.text("Subsidy terms"), items, more)


def task_group(edition: Edition, tasks: Iterable[Task], more: Link | None = None) -> Group:
    """Tasks with their themes and dates."""
    items = tuple(
        Item(
            edition.task_link(each),
            edition.label("tasks", "theme", each.theme),
            date_badges(edition, each),
        )
        for each in tasks
    )
    return Group("tasks", edition.words.text("Tasks"), items, more)


def section_group(
    edition: Edition, sections: Iterable[Section], title: str, anchor: str = "sections"
) -> Group:
    """Sections with what they are."""
    items = tuple(
        Item(edition.section_link(each), edition.label("sections", "kind", each.kind))
        for each in sections
    )
    return Group(anchor, title, items)


def unit_group(edition: Edition, units: Iterable[Unit], title: str) -> Group:
    """Units with what they are."""
    items = tuple(
        Item(edition.unit_link(each), edition.label("units", "kind", each.kind)) for each in units
    )
    return Group("units", title, items)


def date_badges(edition: Edition, record: Target | Task) -> tuple[Badge, ...]:
    """When it is due, where the plan says so."""
    if not record.due:
        return ()
    words = edition.words.text("by %(date)s", date=edition.words.date(record.due))
    return (Badge(words, "date"),)


def target_marks(edition: Edition, target: Target) -> tuple[Badge, ...]:
    """What must stand beside a target's figure wherever it is shown: date, hedge, damage."""
    return (*date_badges(edition, target), *target_cautions(edition, target))


def target_cautions(edition: Edition, target: Target) -> tuple[Badge, ...]:
    """What keeps a target's figure from being quoted bare: recurrence, hedge, damage."""
    badges: list[Badge] = []
    if target.recurrence != "once":
        badges.append(Badge(edition.label("targets", "recurrence", target.recurrence), "date"))
    if target.hedge:
        help_text = edition.words.text("The plan's own word for how firm the goal is.")
        badges.append(Badge(target.hedge, "hedge", help_text))
    if target.reading == "inferred":
        badges.append(Badge(edition.label("targets", "reading", "inferred"), "inferred"))
    return tuple(badges)


def certainty(edition: Edition, term: Term) -> Badge:
    """How certain the wording is."""
    label = edition.label("subsidy_terms", "certainty", term.certainty)
    return Badge(label, term.certainty, certainty_help(edition, term.certainty))


def certainty_help(edition: Edition, term: str) -> str:
    """What the wording means to an applicant."""
    text = edition.words.text
    return {
        "may-apply": text("One may apply for it; the plan promises nothing."),
        "recommended": text("The city recommends the application; others decide."),
        "granted": text("The plan says that it is given where the conditions are met."),
        "encouraged": text("The plan encourages it and names no claim."),
    }.get(term, "")


def filled(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Only the lists that hold something."""
    return tuple(group for group in groups if group.items)
