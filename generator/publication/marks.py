"""How pages are found: what kind they are, where they stand, and their marks.

A mark is a word of the index that nobody types and only the search script asks for. It stands for
the page itself, for a value of a facet, for a figure in whole yuan, per cent or pieces, or for the
number of an article.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from zlib import crc32

from generator.plan.figures import read_figures
from generator.plan.numerals import read_chinese, unit_kind
from generator.publication.views.datasets import DatasetView
from generator.publication.views.edition import Edition
from generator.publication.views.parts import OverviewView, RecordView

KIND_NAMES: Mapping[str, str] = {
    "term": "Subsidy term",
    "target": "Target",
    "task": "Task",
    "unit": "Unit",
    "section": "Section",
    "page": "Page",
}
"""The kinds of result, as readers are shown them, in the order of the facet."""


_COUNTED = ("unit", "theme")
"""Kinds whose figures are ours: how many records belong to them."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """How a page is found. `where` is shown with a result; `marks` are words, parted by spaces."""

    kind: str
    entry_id: str
    where: str
    marks: str


def facet_mark(facet: str, label: str) -> str:
    """The word that all pages with this value of a facet carry; none begins another."""
    return f"ppf{_number(f'{facet}:{label}')}"


def page_mark(path: str) -> str:
    """The word that one page alone carries."""
    return f"pps{_number(path)}"


def _number(text: str) -> str:
    """A number of ten digits that stands for a text: where words are stemmed, digits are not."""
    return f"{crc32(text.encode()):010d}"


def figure_marks(text: str) -> Iterator[str]:
    """A word for each figure of a text but years: yuan, per cent, anything else by its number.

    Its ending is to be added: q, that the page says it; r, that it is the record's own.
    """
    for figure in read_figures(text):
        kind, _ = unit_kind(figure.unit)
        if kind == "年":
            continue
        letter = "p" if figure.unit == "%" else "y" if kind.startswith("$") else "n"
        yield from (f"pp{letter}{_digits(each)}" for each in {figure.low, figure.high})


def _digits(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", "d").replace("-", "m")


def number_mark(kind: str, number: str) -> str:
    """The word that the 12th policy carries, be it printed 12 or 十二."""
    value = _ordinal(number)
    return f"ppo{kind}{_digits(value)}q" if value is not None else ""


def place_mark(numbers: Sequence[str]) -> str:
    """The word of a heading by its number and those above it: 四, 五, 31 for 四(五)31."""
    values = [value for value in map(_ordinal, numbers) if value is not None]
    return f"ppow{'n'.join(map(_digits, values))}q"


def _ordinal(number: str) -> Decimal | None:
    return Decimal(number) if number.isdecimal() else read_chinese(number)


# ---------------------------------------------------------------------------------------- entries


def record_entry(edition: Edition, view: RecordView) -> Entry:
    """How the page of a record is found; a theme's page is a page among others."""
    kind = view.kind if view.kind in KIND_NAMES else "page"
    marks = (
        *_common_marks(edition, kind, view.path),
        *(facet_mark(facet, label) for facet, label in _facets(edition, view)),
        *_numbered(edition, view),
        *sorted(set(_figures(view))),
    )
    entry_id = view.record_id if kind == view.kind else f"{view.kind}-{view.record_id}"
    return Entry(kind=kind, entry_id=entry_id, where=_where(view), marks=" ".join(marks))


def overview_entry(edition: Edition, view: OverviewView) -> Entry:
    """How an overview is found."""
    marks = " ".join(_common_marks(edition, "page", view.path))
    return Entry(kind="page", entry_id=view.name, where=edition.plan.about.title, marks=marks)


def dataset_entry(edition: Edition, view: DatasetView) -> Entry:
    """How the page of a table of the data is found."""
    marks = " ".join(_common_marks(edition, "page", view.path))
    where = edition.words.text("Data")
    return Entry(kind="page", entry_id=f"dataset-{view.stem}", where=where, marks=marks)


def _common_marks(edition: Edition, kind: str, path: str) -> Iterator[str]:
    yield page_mark(path)
    yield facet_mark("kind", kind)
    yield facet_mark("plan", edition.plan.about.title)


def _facets(edition: Edition, view: RecordView) -> Iterator[tuple[str, str]]:
    plan, data = edition.plan, view.data
    if view.kind == "unit":
        yield "unit", view.title
    elif view.kind == "theme":
        yield "theme", view.title
    else:
        yield from (("unit", unit.name) for unit in plan.units_of(data["section_id"]))
        if data.get("theme"):
            yield "theme", edition.label("tasks", "theme", data["theme"])
        if data.get("due"):
            yield "year", data["due"][:4]


def _numbered(edition: Edition, view: RecordView) -> Iterator[str]:
    if view.kind != "section" or not view.data.get("number"):
        return
    yield number_mark(str(view.data["kind"]), str(view.data["number"]))
    way = edition.plan.path(view.record_id)
    numbers = [section.number for section in way if section.number]
    if len(numbers) > 1:
        yield place_mark(numbers)


def _figures(view: RecordView) -> Iterator[str]:
    """The figures of a record: its own, and those of the clause, where its siblings' stand too."""
    if view.kind in _COUNTED:
        return
    title = () if view.kind == "section" else (view.title,)  # its number counts nothing
    own = [*title, view.lead, *(fact.text for fact in view.facts)]
    if view.kind == "term":
        own += [cell for grid in view.grids for row in grid.rows for cell in row]
    clause = view.evidence.fragments if view.evidence else ()
    # Text by text: what several records say is read once.
    for mark in chain.from_iterable(map(figure_marks, own)):
        yield from (f"{mark}q", f"{mark}r")
    yield from (f"{mark}q" for mark in chain.from_iterable(map(figure_marks, clause)))


def _where(view: RecordView) -> str:
    if view.evidence:
        return view.evidence.where.text
    return view.crumbs[-1].text if view.kind == "section" else view.kind_label
