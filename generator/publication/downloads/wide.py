"""One table a subject with everything in place, for readers who do not join tables.

What a record is called comes first; then what it says in words, who answers and where it stands;
the package's own columns, a vocabulary's terms as words; the address of its page. Ids and codes
come last, under the names that they have in every other table.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from generator.plan.model import Column, Table
from generator.publication.downloads.wide_columns import (
    Made,
    Row,
    address,
    figures,
    open_questions,
    place,
)
from generator.publication.views.edition import Edition


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
    _Subject("units", "units-wide", "name"),
)


def wide_tables(edition: Edition, site_url: str) -> Iterator[Table]:
    """The joined table of every subject, in the shape of the package's own tables."""
    for subject in _SUBJECTS:
        yield _wide_table(edition, subject, site_url)


def _wide_table(edition: Edition, subject: _Subject, site_url: str) -> Table:
    own, text = edition.plan.tables[subject.table], edition.words.text
    columns = tuple(_columns(edition, subject, site_url))
    rows = zip(own.rows, getattr(edition.plan, subject.table), strict=True)
    return Table(
        name=subject.name,
        title=text("%(table)s, joined", table=own.title),
        description=text(
            "One row for each row of “%(table)s”, complete by itself: names, figures and terms in "
            "words come first, the address of its page, ids and codes last.",
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


def _columns(edition: Edition, subject: _Subject, site_url: str) -> Iterator[Made]:
    """The columns in their order; one of the package's is never displaced by one made here."""
    own = edition.plan.tables[subject.table]
    keys = [each for each in own.columns if _is_key(own, each)]
    shown = [each for each in own.columns if each not in keys]
    shown.remove(own.column[subject.title_column])
    in_words = {each.name: _in_words(edition, own, each) for each in shown}
    answer, ids = place(edition, subject.table)
    before = (*figures(edition, subject.table), *answer)
    after = (*open_questions(edition, own), address(edition, own, site_url))
    yield _as_kept(own.column[subject.title_column])
    yield from _new(own, before)
    yield from (in_words[each.name] or _as_kept(each) for each in shown)
    yield from _new(own, after)
    yield from map(_as_kept, keys)
    yield from _new(own, ids)
    yield from (_code(edition, each) for each in shown if in_words[each.name])


def _is_key(table: Table, column: Column) -> bool:
    """Whether a column only holds ids; what leads to a measure holds its name."""
    leads_to = table.foreign_keys.get(column.name, ("", ""))[0]
    return column.name in table.primary_key or leads_to == "sections"


def _new(table: Table, made: Iterable[Made]) -> Iterator[Made]:
    return (each for each in made if each.column.name not in table.column)


def _as_kept(column: Column) -> Made:
    """A column of the package as it is."""
    return Made(column, lambda row: row[0].get(column.name))


def _in_words(edition: Edition, table: Table, column: Column) -> Made | None:
    """A vocabulary's terms as words beside the column; None where they are words, or no terms."""
    name = f"{column.name}_label"
    if not column.labels or column.type != "string" or name in table.column:
        return None
    words = {term: edition.label(table.name, column.name, term) for term in column.labels}
    if all(term == word for term, word in words.items()):
        return None
    labels = {word: word for word in words.values()}
    said = replace(column, name=name, labels=labels)

    def word(row: Row) -> Any:
        term = row[0].get(column.name)
        return words.get(term, term) if term else None

    return Made(said, word)


def _code(edition: Edition, column: Column) -> Made:
    """The terms themselves, for programs."""
    title = edition.words.text("%(column)s (code)", column=column.title)
    return _as_kept(replace(column, title=title))
