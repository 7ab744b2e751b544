"""One table a subject with everything in place, for readers who do not join tables.

The package's own columns, vocabulary terms as words; after the record's name come the figure as the
site prints it, the section, the part and the responsible units; last the address of its page.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urljoin

from generator.plan.model import Column, Table
from generator.plan.records import Record, Target, Term
from generator.publication.views.edition import Edition
from generator.publication.views.overviews import largest_sum
from generator.publication.views.sentences import target_figure, term_support

_SEPARATOR = ";"
"""What stands between the values of a cell that holds several, as in the package's own cells."""


@dataclass(frozen=True)
class _Subject:
    """A kind of record with a joined table: its table, what it is called, the name column."""

    table: str
    name: str
    title_column: str


_SUBJECTS = (
    _Subject("targets", "targets-wide", "indicator"),
    _Subject("tasks", "tasks-wide", "title"),
    _Subject("subsidy_terms", "subsidies-wide", "title"),
)


@dataclass(frozen=True)
class _Made:
    """A column that is made here: what it is, and its cell for a record."""

    column: Column
    cell: Callable[[Any], Any]


def wide_tables(edition: Edition, site_url: str) -> Iterator[Table]:
    """The joined table of every subject, in the shape of the package's own tables."""
    for subject in _SUBJECTS:
        yield _wide_table(edition, subject, site_url)


def _wide_table(edition: Edition, subject: _Subject, site_url: str) -> Table:
    own = edition.plan.tables[subject.table]
    text = edition.words.text
    columns = [_own(edition, own, column) for column in own.columns]
    names = {each.column.name for each in columns}
    after = 1 + [each.column.name for each in columns].index(subject.title_column)
    made = [*_figures(edition, subject.table), *_place(edition)]
    columns[after:after] = [each for each in made if each.column.name not in names]
    if "page" not in names:
        columns.append(_page(edition, subject.table, site_url))
    rows = zip(own.rows, getattr(edition.plan, subject.table), strict=True)
    return Table(
        name=subject.name,
        title=text("%(table)s, joined", table=own.title),
        description=text(
            "One row for each row of “%(table)s”, with its section, its responsible units and the "
            "address of its page in place and terms in words: for reading without joining tables.",
            table=own.title,
        ),
        path="",
        columns=tuple(each.column for each in columns),
        primary_key=own.primary_key,
        foreign_keys=own.foreign_keys,
        rows=tuple(
            {each.column.name: each.cell((cells, record)) for each in columns}
            for cells, record in rows
        ),
    )


Row = tuple[Mapping[str, Any], Any]
"""A row of the package's table and the record made of it."""


def _own(edition: Edition, table: Table, column: Column) -> _Made:
    """A column of the package; a vocabulary's terms become words."""
    name = column.name
    if not column.labels or column.type != "string":
        return _Made(column, lambda row: row[0].get(name))
    words = {term: edition.label(table.name, name, term) for term in column.labels}
    in_words = replace(column, type="string", labels={word: word for word in words.values()})
    return _Made(in_words, lambda row: words.get(row[0].get(name), row[0].get(name)))


def _made(name: str, title: str, description: str, cell: Callable[[Any], Any]) -> _Made:
    """A column of text made from the record alone."""
    return _typed(Column(name=name, title=title, description=description, type="string"), cell)


def _typed(column: Column, cell: Callable[[Any], Any]) -> _Made:
    return _Made(column, lambda row: cell(row[1]))


def _place(edition: Edition) -> Iterator[_Made]:
    """Where a record stands, and who answers."""
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
        "units",
        text("Responsible units"),
        text("In the order printed, separated by semicolons; the plan names no lead."),
        lambda record: _list(unit.name for unit in plan.units_of(record.section_id)),
    )


def _figures(edition: Edition, table: str) -> Iterator[_Made]:
    if table == "targets":
        yield from _target_figures(edition)
    if table == "subsidy_terms":
        yield from _term_figures(edition)


def _target_figures(edition: Edition) -> Iterator[_Made]:
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


def _term_figures(edition: Edition) -> Iterator[_Made]:
    plan, text = edition.plan, edition.words.text
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


def _page(edition: Edition, table: str, site_url: str) -> _Made:
    text, links = edition.words.text, edition.links
    key = edition.plan.tables[table].primary_key[0]

    def address(record: Record) -> str:
        return urljoin(site_url, links[table, getattr(record, key)].path)

    return _made("page", text("Page"), text("The address of its page"), address)


def _list(values: Any) -> str | None:
    return _SEPARATOR.join(values) or None
