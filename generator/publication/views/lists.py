"""Lists of related records, the same on every page that shows them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from generator.plan.records import Record, Section, Target, Task, Term, Unit
from generator.publication.views.edition import Edition
from generator.publication.views.parts import Badge, Group, Item, Link
from generator.publication.views.sentences import target_figure, term_support

R = TypeVar("R", bound=Record)


MOST = 100
"""How many entries a list shows: a page must not grow with the plan. An overview has them all."""


def target_group(edition: Edition, targets: Iterable[Target], scope: str = "") -> Group:
    """Targets with their figures and dates; `scope` is the overview's filter for all of them."""
    title = edition.words.text("Targets")
    return _group(edition, Group("targets", title, ()), targets, target_item, scope)


def term_group(edition: Edition, terms: Iterable[Term], scope: str = "") -> Group:
    """Subsidy terms with what they pay and how certain that is."""
    title = edition.words.text("Subsidy terms")
    return _group(edition, Group("subsidies", title, ()), terms, term_item, scope)


def task_group(edition: Edition, tasks: Iterable[Task], scope: str = "") -> Group:
    """Tasks with their themes and dates."""
    title = edition.words.text("Tasks")
    return _group(edition, Group("tasks", title, ()), tasks, task_item, scope)


def section_group(edition: Edition, sections: Iterable[Section], title: str) -> Group:
    """Sections with what they are."""
    return _group(edition, Group("sections", title, ()), sections, _section_item)


def unit_group(edition: Edition, units: Iterable[Unit], title: str) -> Group:
    """Units with what they are."""
    return _group(edition, Group("units", title, ()), units, _unit_item)


def _group(
    edition: Edition,
    group: Group,
    records: Iterable[R],
    item: Callable[[Edition, R], Item],
    scope: str = "",
) -> Group:
    """The group with an item for each record."""
    shown = tuple(records)
    items = tuple(item(edition, each) for each in shown[:MOST])
    overview = edition.page("outline" if group.anchor == "sections" else group.anchor)
    return capped(edition, replace(group, items=items), len(shown), overview, scope)


def capped(edition: Edition, group: Group, count: int, path: str, scope: str = "") -> Group:
    """A group of `count` entries, cut to what a page may show, with a link to all of them."""
    if count <= MOST:
        return group
    everything = Link(edition.words.text("All in the overview"), path + (scope and f"?{scope}"))
    return replace(group, items=group.items[:MOST], omitted=count - MOST, more=everything)


def target_item(edition: Edition, target: Target) -> Item:
    """A target with its figure and its marks."""
    return edition.once(
        ("target", target.target_id),
        lambda: Item(
            edition.target_link(target),
            target_figure(edition, target),
            target_marks(edition, target),
        ),
    )


def term_item(edition: Edition, term: Term) -> Item:
    """A subsidy term with what it pays and how certain that is."""
    return edition.once(
        ("term", term.term_id),
        lambda: Item(
            edition.term_link(term), term_support(edition, term), (certainty(edition, term),)
        ),
    )


def task_item(edition: Edition, task: Task) -> Item:
    """A task with its theme and its date."""
    return edition.once(
        ("task", task.task_id),
        lambda: Item(
            edition.task_link(task),
            edition.label("tasks", "theme", task.theme),
            date_badges(edition, task),
        ),
    )


def _section_item(edition: Edition, section: Section) -> Item:
    return Item(edition.section_link(section), edition.label("sections", "kind", section.kind))


def _unit_item(edition: Edition, unit: Unit) -> Item:
    return Item(edition.unit_link(unit), edition.label("units", "kind", unit.kind))


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
    badges += (Badge(each, "hedge", _hedge_help(edition, each)) for each in _hedges(target))
    if target.reading == "inferred":
        badges.append(inferred(edition, "targets"))
    return tuple(badges)


def _hedges(target: Target) -> list[str]:
    """The plan's own words for how firm a goal is, one by one."""
    return [each for each in re.split("[、,;\\s]+", target.hedge or "") if each]


def _hedge_help(edition: Edition, hedge: str) -> str:
    """What such a word means to a reader."""
    known = edition.words.meaning(hedge)
    return known or edition.words.text("The plan's own word for how firm the goal is.")


def inferred(edition: Edition, table: str) -> Badge:
    """That a value is our reading of a damaged spot."""
    help_text = edition.words.text(
        "The published text is damaged here; the value is our reading of it, not a quotation."
    )
    return Badge(edition.label(table, "reading", "inferred"), "inferred", help_text)


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
