"""The pages that stand in the navigation, one function each."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from generator.plan.model import Plan
from generator.plan.records import Section, Target, Task, Term, Unit
from generator.publication.views.edition import Edition
from generator.publication.views.lists import MOST, certainty, target_cautions
from generator.publication.views.parts import (
    Badge,
    Cell,
    Column,
    Download,
    Fact,
    Filter,
    Group,
    Item,
    Link,
    Listing,
    Option,
    OverviewView,
    Row,
)
from generator.publication.views.sentences import payer, target_figure, term_support

LISTING_SCRIPTS = ("assets/planpub/listing.js", "assets/planpub/export.js")
"""What a page with a table of records needs to sort, filter and hand out its rows."""

Terms = dict[str, tuple[str, ...]]


def overview_views(edition: Edition) -> Iterator[OverviewView]:
    """All of them, in the order of the navigation."""
    yield outline_view(edition)
    yield targets_view(edition)
    yield tasks_view(edition)
    yield subsidies_view(edition)
    yield units_view(edition)


def outline_view(edition: Edition) -> OverviewView:
    """The document's own table of contents, with what hangs under each heading."""
    words, plan = edition.words, edition.plan
    depths = {each.section_id: len(plan.path(each.section_id)) for each in plan.sections}
    shown = _depth_that_fits(depths.values())
    items = tuple(
        Item(
            edition.section_link(section),
            section.summary or "",
            tuple(_hanging(edition, section)),
            depth=depths[section.section_id],
        )
        for section in plan.sections
        if depths[section.section_id] <= shown
    )
    lead = words.text(
        "The plan's own table of contents, heading by heading, with what hangs under each."
    )
    if len(items) < len(plan.sections):
        lead += words.text(" Only the upper levels stand here; their pages lead further down.")
    return OverviewView(
        name="outline",
        template="outline.html",
        path=edition.page("outline"),
        title=words.text("Outline"),
        lead=lead,
        crumbs=edition.crumbs(),
        groups=(Group("outline", words.text("Outline"), items),),
        downloads=_csv(edition, "sections"),
        dataset=_dataset(edition, "sections"),
    )


def _depth_that_fits(depths: Collection[int]) -> int:
    """The deepest level down to which the outline is not too long for a page."""
    levels = range(max(depths), 1, -1)
    fits = (level for level in levels if sum(depth <= level for depth in depths) <= MOST)
    return next(fits, 1)


def _hanging(edition: Edition, section: Section) -> Iterator[Badge]:
    text, section_id = edition.words.text, section.section_id
    counts = (
        (text("targets"), edition.targets_in),
        (text("subsidy terms"), edition.terms_in),
        (text("tasks"), edition.tasks_in),
        (text("units"), edition.plan.units_listed),
    )
    for label, records in counts:
        number = len(records.get(section_id, ()))
        if number:
            yield Badge(f"{number} {label}", "count")


def targets_view(edition: Edition) -> OverviewView:
    """Every goal that can be checked later."""
    words, plan = edition.words, edition.plan
    rows = tuple(_target_row(edition, each) for each in plan.targets)
    columns = (
        Column(edition.column("targets", "indicator")),
        Column(edition.column("targets", "value"), "number"),
        Column(edition.column("targets", "due")),
        Column(edition.column("targets", "kind")),
        Column(words.text("Part")),
        Column(words.text("Responsible units"), ""),
    )
    filters = (
        _filter(edition, rows, "due", edition.column("targets", "due")),
        _filter(edition, rows, "kind", edition.column("targets", "kind"), "targets"),
        _filter(edition, rows, "part", words.text("Part")),
        _filter(edition, rows, "unit", words.text("Responsible units")),
        _filter(edition, rows, "reading", edition.column("targets", "reading"), "targets"),
    )
    quantified = sum(target.value is not None for target in plan.targets)
    lead = words.text(
        "%(number)s goals, %(quantified)s of them with a figure, each beside the words it "
        "was read from.",
        number=len(rows),
        quantified=quantified,
    )
    title = words.text("Targets")
    listing = Listing(title, columns, filters, rows, len(rows))
    return _listing(edition, "targets", (title, lead), listing, "targets")


def _target_row(edition: Edition, target: Target) -> Row:
    due = edition.words.date(target.due) if target.due else "—"
    value = target.value if target.value is not None else ""
    cautions = target_cautions(edition, target)
    return Row(
        target.target_id,
        (
            Cell(target.indicator, edition.target_link(target)),
            Cell(target_figure(edition, target), badges=cautions, sort=str(value), number=True),
            Cell(due, sort=target.due or "9999"),
            Cell(edition.label("targets", "kind", target.kind)),
            _part_cell(edition, target.section_id),
            _units_cell(edition, target.section_id),
        ),
        {
            "due": (target.due[:4],) if target.due else (),
            "kind": (target.kind,),
            "reading": (target.reading,),
            **_place_terms(edition, target.section_id),
        },
    )


def tasks_view(edition: Edition) -> OverviewView:
    """Every action that the plan orders."""
    words, plan = edition.words, edition.plan
    rows = tuple(_task_row(edition, each) for each in plan.tasks)
    columns = (
        Column(edition.column("tasks", "title")),
        Column(edition.column("tasks", "theme")),
        Column(edition.column("tasks", "due")),
        Column(words.text("Section")),
        Column(words.text("Responsible units"), ""),
    )
    filters = (
        _filter(edition, rows, "theme", edition.column("tasks", "theme"), "tasks"),
        _filter(edition, rows, "part", words.text("Part")),
        _filter(edition, rows, "unit", words.text("Responsible units")),
        _filter(edition, rows, "due", edition.column("tasks", "due")),
    )
    lead = words.text("%(number)s actions that the plan orders.", number=len(rows))
    title = words.text("Tasks")
    listing = Listing(title, columns, filters, rows, len(rows))
    return _listing(edition, "tasks", (title, lead), listing, "tasks")


def _task_row(edition: Edition, task: Task) -> Row:
    due = edition.words.date(task.due) if task.due else "—"
    section = edition.plan.section[task.section_id]
    theme = edition.theme_link(task.theme)
    return Row(
        task.task_id,
        (
            Cell(task.title, edition.task_link(task)),
            Cell(theme.text, theme),
            Cell(due, sort=task.due or "9999"),
            _section_cell(edition, section),
            _units_cell(edition, task.section_id),
        ),
        {
            "theme": (task.theme,),
            "due": (task.due[:4],) if task.due else (),
            **_place_terms(edition, task.section_id),
        },
    )


def subsidies_view(edition: Edition) -> OverviewView:
    """Every benefit, quantified or not."""
    words, plan = edition.words, edition.plan
    rows = tuple(_term_row(edition, each) for each in plan.subsidy_terms)
    columns = (
        Column(edition.column("subsidy_terms", "title")),
        Column(words.text("Support"), ""),
        Column(words.text("Largest sum"), "number"),
        Column(edition.column("subsidy_terms", "beneficiary_kind")),
        Column(edition.column("subsidy_terms", "payer_level")),
        Column(edition.column("subsidy_terms", "certainty")),
        Column(words.text("Section")),
    )
    names = ("beneficiary_kind", "instrument", "payer_level", "certainty", "basis")
    filters = (
        *(
            _filter(edition, rows, name, edition.column("subsidy_terms", name), "subsidy_terms")
            for name in names
        ),
        _filter(edition, rows, "part", words.text("Part")),
        _filter(edition, rows, "unit", words.text("Responsible units")),
    )
    lead = words.text(
        "%(number)s terms of support, %(quantified)s of them with figures. Sums are what the plan "
        "prints; what may be applied for is not promised.",
        number=len(rows),
        quantified=sum(term.quantified for term in plan.subsidy_terms),
    )
    title = words.text("Subsidies")
    listing = Listing(title, columns, filters, rows, len(rows))
    return _listing(edition, "subsidies", (title, lead), listing, "subsidy_terms")


def _term_row(edition: Edition, term: Term) -> Row:
    words, section = edition.words, edition.plan.section[term.section_id]
    largest = largest_sum(edition.plan, term)
    badge = certainty(edition, term)
    names = ("beneficiary_kind", "instrument", "payer_level", "certainty", "basis")
    return Row(
        term.term_id,
        (
            Cell(term.title, edition.term_link(term)),
            Cell(term_support(edition, term)),
            Cell(words.yuan(largest) if largest else "—", sort=str(largest or ""), number=True),
            Cell(edition.label("subsidy_terms", "beneficiary_kind", term.beneficiary_kind)),
            Cell(payer(edition, term)),
            Cell("", badges=(badge,), sort=badge.text),
            _section_cell(edition, section),
        ),
        {
            **{name: (getattr(term, name),) if getattr(term, name) else () for name in names},
            **_place_terms(edition, term.section_id),
        },
    )


def largest_sum(plan: Plan, term: Term) -> int | None:
    """The largest sum in yuan that a term or one of its tiers prints, or None."""
    tiers = plan.tiers.get(term.term_id, ())
    sums = (
        term.cap_yuan,
        term.amount_yuan,
        term.amount_max_yuan,
        *(tier.amount_yuan for tier in tiers),
        *(tier.cap_yuan for tier in tiers),
    )
    return max((each for each in sums if each is not None), default=None)


def units_view(edition: Edition) -> OverviewView:
    """Every body that the plan makes responsible, and for how much."""
    words, plan = edition.words, edition.plan
    rows = tuple(_unit_row(edition, each) for each in plan.units)
    columns = (
        Column(edition.column("units", "name")),
        Column(edition.column("units", "kind")),
        Column(words.text("Sections"), "number"),
        Column(words.text("Targets"), "number"),
        Column(words.text("Tasks"), "number"),
        Column(words.text("Subsidies"), "number"),
    )
    filters = (_filter(edition, rows, "kind", edition.column("units", "kind"), "units"),)
    lead = words.text(
        "%(number)s bodies that the plan makes responsible. It names no lead among them.",
        number=len(rows),
    )
    title = words.text("Units")
    listing = Listing(title, columns, filters, rows, len(rows))
    return _listing(edition, "units", (title, lead), listing, "units")


def _unit_row(edition: Edition, unit: Unit) -> Row:
    ids = edition.answered(unit.unit_id)
    sections = len(edition.sections_of.get(unit.unit_id, ()))
    records = (edition.targets_in, edition.tasks_in, edition.terms_in)
    counts = (sections, *(sum(len(each.get(i, ())) for i in ids) for each in records))
    return Row(
        unit.unit_id,
        (
            Cell(unit.name, edition.unit_link(unit)),
            Cell(edition.label("units", "kind", unit.kind)),
            *(Cell(str(count), sort=str(count), number=True) for count in counts),
        ),
        {"kind": (unit.kind,)},
    )


# ------------------------------------------------------------------------------ parts of a listing


def _listing(
    edition: Edition, name: str, words: tuple[str, str], listing: Listing, table: str
) -> OverviewView:
    """An overview that is a table; `words` are its title and its lead."""
    title, lead = words
    return OverviewView(
        name=name,
        template="listing.html",
        path=edition.page(name),
        title=title,
        lead=lead,
        crumbs=edition.crumbs(),
        listing=replace(listing, filters=tuple(f for f in listing.filters if len(f.options) > 1)),
        downloads=_csv(edition, table),
        dataset=_dataset(edition, table),
        glossary=_glossary(listing),
        export=f"{edition.plan.about.name}-{name}-v{edition.plan.about.version}",
        assets=LISTING_SCRIPTS,
    )


def _glossary(listing: Listing) -> tuple[Fact, ...]:
    """The words that badges of the table use, each explained once."""
    badges = (badge for row in listing.rows for cell in row.cells for badge in cell.badges)
    helps = {badge.text: badge.help for badge in badges if badge.help}
    return tuple(Fact(word, meaning) for word, meaning in helps.items())


def _csv(edition: Edition, table: str) -> tuple[Download, ...]:
    """The table's files that most readers want; its own page has them all."""
    text, path = edition.words.text, f"{edition.page('data')}{table}"
    rows = edition.words.count("%(number)d row", "%(number)d rows", _rows(edition, table))
    return (
        Download(text("CSV for Excel and WPS"), f"{path}-excel.csv", ""),
        Download(text("CSV"), f"{path}.csv", ""),
        Download(text("JSON"), f"{path}.json", rows),
    )


def _dataset(edition: Edition, table: str) -> Link:
    """The page that says what the table's columns mean."""
    text = edition.words.text("All formats and what the columns mean")
    return Link(text, f"{edition.page('data')}{table}/")


def _rows(edition: Edition, table: str) -> int:
    return len(edition.plan.tables[table].rows)


def _filter(
    edition: Edition, rows: Iterable[Row], name: str, label: str, table: str = ""
) -> Filter:
    """A filter with the choices that occur, each with the number of rows it keeps."""
    counts: dict[str, int] = {}
    for row in rows:
        for value in row.terms.get(name, ()):
            counts[value] = counts.get(value, 0) + 1
    options = [
        Option(value, _option_label(edition, table, name, value), count)
        for value, count in counts.items()
    ]
    if name == "due":
        options.sort(key=lambda option: option.value)
    return Filter(name, label, tuple(options))


def _option_label(edition: Edition, table: str, name: str, value: str) -> str:
    if table:
        return edition.label(table, name, value)
    if name == "unit":
        return edition.plan.unit[value].name
    if name == "part":
        return edition.section_name(edition.plan.section[value])
    return edition.words.date(value)


def _place_terms(edition: Edition, section_id: str) -> Terms:
    path = edition.plan.path(section_id)
    return {
        "part": tuple(section.section_id for section in path[:2]),
        "unit": tuple(unit.unit_id for unit in edition.plan.units_of(section_id)),
    }


def _part_cell(edition: Edition, section_id: str) -> Cell:
    return _section_cell(edition, edition.plan.path(section_id)[0])


def _section_cell(edition: Edition, section: Section) -> Cell:
    """A section, sorted by its place in the document."""
    link = edition.section_link(section)
    return Cell(link.text, link, sort=f"{section.position:05d}")


def _units_cell(edition: Edition, section_id: str) -> Cell:
    links = tuple(map(edition.unit_link, edition.plan.units_of(section_id)))
    return Cell("", links=links)
