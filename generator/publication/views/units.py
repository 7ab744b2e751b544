"""The page of a unit: everything that it answers for, heading by heading, as one would print it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.plan.records import Section, Target, Task, Term, Unit
from generator.publication.views.edition import Edition
from generator.publication.views.lists import (
    MOST,
    capped,
    filled,
    target_item,
    task_item,
    term_item,
)
from generator.publication.views.parts import Duty, Fact, Figure, Group, Item, Link, RecordView


@dataclass(frozen=True, kw_only=True)
class Held:
    """What a unit answers for; `sections` are those whose lists name it."""

    sections: tuple[Section, ...]
    targets: tuple[Target, ...]
    tasks: tuple[Task, ...]
    terms: tuple[Term, ...]

    @classmethod
    def by(cls, edition: Edition, unit: Unit) -> "Held":
        """What this unit answers for, in the order of the document."""
        ids = edition.answered(unit.unit_id)
        return cls(
            sections=edition.sections_of.get(unit.unit_id, ()),
            targets=tuple(each for i in ids for each in edition.targets_in.get(i, ())),
            tasks=tuple(each for i in ids for each in edition.tasks_in.get(i, ())),
            terms=tuple(each for i in ids for each in edition.terms_in.get(i, ())),
        )


def unit_view(edition: Edition, unit: Unit) -> RecordView:
    """A unit: how much it answers for, what of it is dated, and all of it under its headings."""
    words, link, held = edition.words, edition.unit_link(unit), Held.by(edition, unit)
    aliases = Fact(words.text("Also printed as"), words.join(unit.aliases))
    shared = words.text(
        "The plan names units without saying which one leads: others share these duties."
    )
    duties = tuple(_duties(edition, unit, held))
    return RecordView(
        kind="unit",
        kind_label=edition.label("units", "kind", unit.kind),
        record_id=unit.unit_id,
        path=link.path,
        title=unit.name,
        lead=_lead(edition, unit, held),
        crumbs=edition.crumbs(Link(words.text("Units"), edition.page("units"))),
        counts=_counts(edition, unit, held),
        facts=(
            *((aliases,) if unit.aliases else ()),
            Fact(words.text("How to read this"), shared),
            *edition.extra_facts("units", unit),
            *edition.changed("units", unit.unit_id),
        ),
        groups=filled((_dated(edition, unit, held),)),
        duties=duties,
        more=_more(edition, unit, held, duties),
        citation=edition.citation(unit.name),
        source=edition.source_row("units", unit),
        data=edition.data("units", unit, link.path),
    )


def _lead(edition: Edition, unit: Unit, held: Held) -> str:
    return edition.words.text(
        "%(unit)s is named in %(sections)s lists of responsible units; under them stand "
        "%(tasks)s tasks, %(targets)s targets and %(subsidies)s subsidy terms.",
        unit=unit.name,
        sections=len(held.sections),
        tasks=len(held.tasks),
        targets=len(held.targets),
        subsidies=len(held.terms),
    )


def _counts(edition: Edition, unit: Unit, held: Held) -> tuple[tuple[Figure, Link], ...]:
    """How many records of each kind; each leads to the overview that has just these."""
    text, scope = edition.words.text, f"?unit={unit.unit_id}"
    found = (
        (len(held.targets), text("targets"), "targets"),
        (len(held.tasks), text("tasks"), "tasks"),
        (len(held.terms), text("subsidy terms"), "subsidies"),
    )
    return tuple(
        (Figure(str(number), label), Link(label, edition.page(name) + scope))
        for number, label, name in found
        if number
    )


def _dated(edition: Edition, unit: Unit, held: Held) -> Group:
    """Whatever has a date, the earliest first."""
    text = edition.words.text
    records: tuple[Target | Task, ...] = (*held.targets, *held.tasks)
    dated = sorted((each for each in records if each.due), key=lambda each: each.due or "")
    items = tuple(_item(edition, each) for each in dated[:MOST])
    group = Group("dates", text("What is due when"), items)
    scope = f"unit={unit.unit_id}"
    return capped(edition, group, len(dated), edition.page("targets"), scope)


def _duties(edition: Edition, unit: Unit, held: Held) -> Iterator[Duty]:
    """The headings whose lists name the unit, until the page is full."""
    room = MOST
    for section in held.sections:
        items = tuple(_under(edition, unit, section))
        yield Duty(
            edition.section_link(section),
            " › ".join(map(edition.section_name, edition.plan.path(section.section_id)[:-1])),
            _shared(edition, unit, section),
            items[:room],
        )
        room -= len(items)
        if room <= 0:
            return


def _under(edition: Edition, unit: Unit, section: Section) -> Iterator[Item]:
    """What stands under a heading and has no list of units of its own."""
    for below in edition.plan.below(section.section_id):
        if unit in edition.plan.units_of(below.section_id):
            place = below.section_id
            yield from (_item(edition, each) for each in edition.targets_in.get(place, ()))
            yield from (_item(edition, each) for each in edition.terms_in.get(place, ()))
            yield from (_item(edition, each) for each in edition.tasks_in.get(place, ()))


def _item(edition: Edition, record: Target | Term | Task) -> Item:
    """A record with the word for what it is."""
    text = edition.words.text
    if isinstance(record, Target):
        return replace(target_item(edition, record), kind=text("Target"))
    if isinstance(record, Term):
        return replace(term_item(edition, record), kind=text("Subsidy"))
    return replace(task_item(edition, record), kind=text("Task"))


def _shared(edition: Edition, unit: Unit, section: Section) -> Fact:
    """Whom the list names beside the unit, and where in it the unit stands."""
    listed, text = edition.plan.units_of(section.section_id), edition.words.text
    if len(listed) == 1:
        return Fact(text("Named alone"))
    place = text("place %(place)s of %(number)s", place=listed.index(unit) + 1, number=len(listed))
    others = tuple(edition.unit_link(each) for each in listed if each is not unit)
    return Fact(text("Named with"), links=others, help=place)


def _more(edition: Edition, unit: Unit, held: Held, duties: tuple[Duty, ...]) -> Link | None:
    """Where the rest is, if the page has no room for all."""
    shown = sum(len(duty.items) for duty in duties)
    if shown == len(held.targets) + len(held.tasks) + len(held.terms):
        return None
    path = f"{edition.page('tasks')}?unit={unit.unit_id}"
    return Link(edition.words.text("All in the overview"), path)
