"""The columns that the joined tables have beside the package's own."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.plan.model import Column, Table
from generator.plan.records import Observation, Target, Term, Unit
from generator.publication.views.edition import Edition
from generator.publication.views.overviews import largest_sum
from generator.publication.views.sentences import target_figure, term_support

_SEPARATOR = ";"
"""What stands between the values of a cell that holds several, as in the package's own cells."""
_BELOW = " > "
"""What stands between a heading and one under it: in every old character set, too."""

Row = tuple[Mapping[str, Any], Any]
"""A row of the package's table and the record made of it."""


@dataclass(frozen=True)
class Made:
    """A column of a joined table: what it is, and its cell for a row."""

    column: Column
    cell: Callable[[Row], Any]


def _made(name: str, title: str, description: str, cell: Callable[[Any], Any]) -> Made:
    """A column of text made from the record alone."""
    return _typed(Column(name=name, title=title, description=description, type="string"), cell)


def _counted(name: str, title: str, description: str, cell: Callable[[Any], Any]) -> Made:
    """A column of whole numbers made from the record alone."""
    return _typed(Column(name=name, title=title, description=description, type="integer"), cell)


def _typed(column: Column, cell: Callable[[Any], Any]) -> Made:
    return Made(column, lambda row: cell(row[1]))


def _list(values: Iterable[str]) -> str | None:
    return _SEPARATOR.join(values) or None


# ---------------------------------------------------------------------------- what every table has


def place(edition: Edition, table: str) -> tuple[tuple[Made, ...], tuple[Made, ...]]:
    """Who answers and where a record stands, in words; and the ids of those who answer."""
    if table == "units":
        return (), ()
    text, units_of = edition.words.text, edition.plan.units_of
    units = _made(
        "units",
        text("Responsible units"),
        text("In the order printed, separated by semicolons; the plan names no lead."),
        lambda record: _list(unit.name for unit in units_of(record.section_id)),
    )
    ids = _made(
        "unit_ids",
        text("Ids of the responsible units"),
        text("In the same order, separated by semicolons"),
        lambda record: _list(unit.unit_id for unit in units_of(record.section_id)),
    )
    return (units, *_headings(edition)), (ids,)


def _headings(edition: Edition) -> Iterator[Made]:
    plan, text, name = edition.plan, edition.words.text, edition.section_name
    yield _made(
        "section",
        text("Stands in"),
        text("The heading that it stands under"),
        lambda record: name(plan.section[record.section_id]),
    )
    yield _made(
        "part",
        text("Part"),
        text("The part of the plan that it stands in"),
        lambda record: name(plan.path(record.section_id)[0]),
    )
    yield _made(
        "section_path",
        text("All headings"),
        text("From the part down to the heading that it stands under"),
        lambda record: _BELOW.join(map(name, plan.path(record.section_id))),
    )


def open_questions(edition: Edition, table: Table) -> Iterator[Made]:
    """What the plan leaves open about a record, where the package says so of any."""
    key, text = table.primary_key[0], edition.words.text
    asked = edition.ambiguities
    if any(row[key] in asked for row in table.rows):
        yield _made(
            "open_questions",
            text("The plan leaves open"),
            text("Questions that the plan's wording does not settle, separated by semicolons"),
            lambda record: _list(each.question for each in asked.get(getattr(record, key), ())),
        )


def address(edition: Edition, table: Table, site_url: str) -> Made:
    """Where a record's page is."""
    text, links, key = edition.words.text, edition.links, table.primary_key[0]
    return _made(
        "page",
        text("Page"),
        text("The address of its page"),
        lambda record: site_url + links[table.name, getattr(record, key)].path,
    )


# --------------------------------------------------------------------------- what one subject says


def figures(edition: Edition, table: str) -> Iterator[Made]:
    """What the records of a subject say, in words and in figures that can be compared."""
    if table == "targets":
        yield from _target_figures(edition)
        yield from _reached(edition)
    if table == "subsidy_terms":
        yield from _term_figures(edition)
    if table == "units":
        yield from _unit_figures(edition)


def _target_figures(edition: Edition) -> Iterator[Made]:
    text, measures = edition.words.text, edition.plan.measure
    yield _made(
        "figure",
        text("Figure in words"),
        text("The value with its comparison and unit, as the site prints it"),
        lambda target: target_figure(edition, target) or None,
    )

    def comparable(target: Target) -> Decimal | None:
        measure = measures.get(target.measure or "")
        return target.value * measure.factor if measure and target.value is not None else None

    base_value = Column(
        name="base_value",
        title=text("Value in the base unit"),
        description=text(
            "The value times the factor of its unit of measure, so that figures can be compared"
        ),
        type="number",
        unit_column="base_unit",
    )
    yield _typed(base_value, comparable)
    yield _made(
        "base_unit",
        text("Base unit"),
        text("What the value in the base unit counts"),
        lambda target: measures[target.measure].base_unit if comparable(target) else None,
    )


def _reached(edition: Edition) -> Iterator[Made]:
    """What a target's last observation says, where the package has any."""
    if not edition.plan.observations:
        return
    text = edition.words.text

    def last(target: Target) -> Observation | None:
        observed = edition.observations_of.get(target.target_id, ())
        return max(observed, key=lambda each: each.period, default=None)

    reached = Column(
        name="reached",
        title=text("Reached"),
        description=text("The value last observed, in the target's own unit"),
        type="number",
        unit_column="measure",
    )
    yield _typed(reached, lambda target: getattr(last(target), "value", None))
    yield _made(
        "reached_in",
        text("Reached in"),
        text("The period that the value last observed is of"),
        lambda target: getattr(last(target), "period", None),
    )


def _term_figures(edition: Edition) -> Iterator[Made]:
    plan, text, words = edition.plan, edition.words.text, edition.words
    yield _made(
        "support",
        text("Support in words"),
        text("What the term gives, as the site prints it"),
        lambda term: term_support(edition, term),
    )
    largest = Column(
        name="largest_sum_yuan",
        title=text("Largest sum"),
        description=text("The largest sum that the term or one of its tiers prints"),
        type="integer",
        unit="CNY",
    )
    yield _typed(largest, lambda term: largest_sum(plan, term))
    yield _made(
        "tiers",
        text("Tiers"),
        text("Each tier's condition and what it gives, separated by semicolons"),
        lambda term: _tiers(edition, term),
    )
    yield _made(
        "duration_label",
        text("Lasts"),
        text("How long it is given, in words"),
        lambda term: words.duration(term.duration or "") or None,
    )


def _tiers(edition: Edition, term: Term) -> str | None:
    words = edition.words
    lines = []
    for tier in edition.plan.tiers.get(term.term_id, ()):
        gives = (
            "" if tier.rate_pct is None else words.figure(tier.rate_pct, "%"),
            "" if tier.amount_yuan is None else words.yuan(tier.amount_yuan),
            ""
            if tier.cap_yuan is None
            else words.text("up to %(sum)s", sum=words.yuan(tier.cap_yuan)),
        )
        lines.append(f"{tier.condition}: {words.join([each for each in gives if each])}")
    return _list(lines)


def _unit_figures(edition: Edition) -> Iterator[Made]:
    """How much a unit answers for, and where it is named."""
    text = edition.words.text
    counts = (
        ("targets", text("Number of targets"), edition.targets_in),
        ("tasks", text("Number of tasks"), edition.tasks_in),
        ("subsidies", text("Number of subsidy terms"), edition.terms_in),
    )
    answered = {each.unit_id: edition.answered(each.unit_id) for each in edition.plan.units}

    def number(records: Mapping[str, Any]) -> Callable[[Unit], int]:
        return lambda unit: sum(len(records.get(each, ())) for each in answered[unit.unit_id])

    for name, title, records in counts:
        yield _counted(name, title, text("How many of them it answers for"), number(records))
    yield _made(
        "sections",
        text("Named in"),
        text("The headings whose lists name it, separated by semicolons"),
        lambda unit: _list(map(edition.section_name, edition.sections_of.get(unit.unit_id, ()))),
    )
