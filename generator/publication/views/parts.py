"""What pages are made of. Templates get these, frozen and formatted, with nothing left to compute.

A path is relative to the root of the site and ends in / for a page: plan/targets/some-id/.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

FIGURES_STYLE: Final = "assets/planpub/figures.css"
"""How charts, curves and the calculator look; most pages have none of them."""


@dataclass(frozen=True)
class Link:
    """Words that lead to a page of the site, or to an address elsewhere."""

    text: str
    path: str
    external: bool = False


@dataclass(frozen=True)
class Badge:
    """A short mark beside a title; `tone` names its colour, `help` says what the word means."""

    text: str
    tone: str = "plain"
    help: str = ""


@dataclass(frozen=True)
class Fact:
    """A line of the list of facts: a label and either words or links."""

    label: str
    text: str = ""
    links: tuple[Link, ...] = ()
    help: str = ""


@dataclass(frozen=True)
class Evidence:
    """The clause of the plan that a record rests on, and where it stands."""

    fragments: tuple[str, ...]
    where: Link
    inferred: bool = False


@dataclass(frozen=True)
class Passage:
    """A piece of the official text: marked where a record cites it; `notes` lead to these."""

    text: str
    marked: bool
    notes: tuple[Link, ...]


@dataclass(frozen=True)
class Remark:
    """A warning or a note that belongs to a record: a damaged spot, an open question."""

    title: str
    text: str
    lines: tuple[str, ...] = ()
    tone: str = "note"


@dataclass(frozen=True)
class Download:
    """A file to take away."""

    label: str
    path: str
    detail: str


@dataclass(frozen=True)
class Revision:
    """What a cell said before and says now, as it stands in the table; empty for an empty cell."""

    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Item:
    """An entry of a list of related records.

    `kind` says what it is where a list holds several kinds; `share` is the length of its bar, in
    per cent of the longest of the list, or 0 where there are none; `revision` is there where it
    tells of a changed cell.
    """

    link: Link
    detail: str = ""
    badges: tuple[Badge, ...] = ()
    depth: int = 0
    kind: str = ""
    share: int = 0
    revision: Revision | None = None


@dataclass(frozen=True)
class Group:
    """Related records under a heading of their own; `anchor` is the heading's id.

    `omitted` is how many more there are than `items` shows; `more` leads to them. `look` is how the
    list is laid out where it is no plain list: questions, cards, bars. A list of examples is not
    `counted`. `download` is a file with what the group is about.
    """

    anchor: str
    title: str
    items: tuple[Item, ...]
    more: Link | None = None
    omitted: int = 0
    look: str = "list"
    counted: bool = True
    download: Download | None = None

    @property
    def count(self) -> int:
        """How many there are, shown or not."""
        return len(self.items) + self.omitted


@dataclass(frozen=True)
class Duty:
    """What a unit answers for under one heading: where that stands, with whom, and the records."""

    where: Link
    path: str
    shared: Fact
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Grid:
    """A small table under a heading of its own; `lead` says what it shows."""

    anchor: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lead: str = ""


@dataclass(frozen=True)
class Figure:
    """The number that a page is about, large."""

    value: str
    caption: str


@dataclass(frozen=True)
class InputField:
    """A figure that an applicant may give; `name` stands in the address."""

    name: str
    title: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A label on an axis of a curve, at a place in pixels; `anchor` is SVG's text-anchor."""

    place: str
    label: str
    anchor: str = "middle"


@dataclass(frozen=True, kw_only=True)
class CurveLine:
    """One line of a curve: an SVG path, its name, and which of the series' looks it has."""

    path: str
    name: str
    series: int


@dataclass(frozen=True, kw_only=True)
class CurveView:
    """What a term pays for how much, drawn: `band` is where the plan leaves the sum open.

    `left` and `right` are the ends of the plotting area in pixels, for a picture 360 wide.
    Every number that the drawing shows stands in `rows`.
    """

    finding: str
    across: str
    up: str
    lines: tuple[CurveLine, ...]
    band: str
    left: str
    right: str
    ticks_across: tuple[Tick, ...]
    ticks_up: tuple[Tick, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class EstimateView:
    """A small calculator of one term: its inputs, and `data` for the page's script as JSON.

    `page` is the address of the calculator with this term's section chosen.
    """

    fields: tuple[InputField, ...]
    data: str
    page: str


@dataclass(frozen=True)
class Choice:
    """A choice of a form; `value` stands in the address."""

    value: str
    label: str


@dataclass(frozen=True)
class ChoiceGroup:
    """Choices under a heading that can be chosen as a whole."""

    label: str
    value: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class CalculatorView:
    """The calculator's form; `data` is the path of what its script evaluates."""

    kinds: tuple[Choice, ...]
    purposes: tuple[ChoiceGroup, ...]
    fields: tuple[InputField, ...]
    data: str


@dataclass(frozen=True)
class SourceRow:
    """The row of the package that a page was made from, as a spreadsheet counts."""

    path: str
    row: int


@dataclass(frozen=True, kw_only=True)
class RecordView:
    """The page of one record.

    `kind` is section, target, task, unit, term or theme; `lead` is the fact in one sentence;
    `more` leads to the duties that the page has no room for; `reading` is the official text by
    paragraphs; `before` and `after` are the sections around it, in the order of the document;
    `data` is what the JSON beside the page says; `assets` are paths of the scripts and style sheets
    that this page needs beside those of every page.
    """

    kind: str
    kind_label: str
    record_id: str
    path: str
    title: str
    lead: str
    crumbs: tuple[Link, ...]
    figure: Figure | None = None
    counts: tuple[tuple[Figure, Link], ...] = ()
    badges: tuple[Badge, ...] = ()
    evidence: Evidence | None = None
    remarks: tuple[Remark, ...] = ()
    facts: tuple[Fact, ...] = ()
    grids: tuple[Grid, ...] = ()
    groups: tuple[Group, ...] = ()
    duties: tuple[Duty, ...] = ()
    reading: tuple[tuple[Passage, ...], ...] = ()
    before: Link | None = None
    after: Link | None = None
    more: Link | None = None
    citation: str = ""
    source: SourceRow
    data: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    curve: CurveView | None = None
    estimate: EstimateView | None = None
    assets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """A cell of an overview table; `sort` orders it, `terms` are what filters compare."""

    text: str
    link: Link | None = None
    links: tuple[Link, ...] = ()
    badges: tuple[Badge, ...] = ()
    sort: str = ""
    number: bool = False


@dataclass(frozen=True)
class Option:
    """A choice of a filter, with how many rows it keeps."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Filter:
    """A filter of an overview table; `name` stands in the address."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Row:
    """A row of an overview table; `terms` maps each filter to the values that keep the row."""

    record_id: str
    cells: tuple[Cell, ...]
    terms: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Column:
    """A column of an overview table; `sort` is text, number or empty where it does not sort."""

    title: str
    sort: str = "text"


@dataclass(frozen=True)
class Listing:
    """A table of records of a kind that can be sorted and filtered; `count` is all there are."""

    caption: str
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    rows: tuple[Row, ...]
    count: int


@dataclass(frozen=True)
class Step:
    """One of the pages over which a long table runs."""

    link: Link
    current: bool


@dataclass(frozen=True, kw_only=True)
class ChartView:
    """A chart on a page: `picture` is SVG, the table under it holds every number that it shows.

    `finding` is the answer to `question` in words; `spec` is the path of its specification, from
    which the interactive form is drawn.
    """

    name: str
    question: str
    finding: str
    picture: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    downloads: tuple[Download, ...] = ()
    spec: str = ""


@dataclass(frozen=True)
class FileLine:
    """A file of the data: what it is and for whom, and how to know that it arrived whole."""

    label: str
    name: str
    path: str
    size: str
    sha256: str
    help: str = ""


@dataclass(frozen=True)
class Quote:
    """A text to copy: a citation, or lines of code; `language` is the code's, or empty."""

    label: str
    text: str
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class OverviewView:
    """A page that stands in the navigation; `template` names the body that prints it.

    `kicker` stands above the title; headings are `listed` beside the page; `glossary` explains the
    words that badges use; `assets` are paths of the scripts and style sheets that this page needs
    beside those of every page.
    """

    name: str
    template: str
    path: str
    title: str
    lead: str
    kicker: str = ""
    listed: bool = True
    crumbs: tuple[Link, ...] = ()
    listing: Listing | None = None
    steps: tuple[Step, ...] = ()
    groups: tuple[Group, ...] = ()
    grids: tuple[Grid, ...] = ()
    facts: tuple[Fact, ...] = ()
    figures: tuple[tuple[Figure, Link], ...] = ()
    remarks: tuple[Remark, ...] = ()
    downloads: tuple[Download, ...] = ()
    charts: tuple[ChartView, ...] = ()
    calculator: CalculatorView | None = None
    related: tuple[Link, ...] = ()
    glossary: tuple[Fact, ...] = ()
    assets: tuple[str, ...] = ()
    files: tuple[FileLine, ...] = ()
    quotes: tuple[Quote, ...] = ()
    dataset: Link | None = None
    export: str = ""
