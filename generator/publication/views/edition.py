"""A plan in the words of its readers: addresses, labels, figures and sentences for all views."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from generator.intake.source_text import SourceText
from generator.plan.model import Plan, group_by
from generator.plan.records import (
    Ambiguity,
    Observation,
    Reading,
    Record,
    Section,
    Target,
    Task,
    Term,
    Unit,
)
from generator.publication.chronicle import Chronicle
from generator.publication.views.parts import Evidence, Fact, Link, Remark, SourceRow
from generator.publication.wording import Wording, wording

P = TypeVar("P")

FOLDERS: Mapping[str, str] = MappingProxyType(
    {
        "sections": "sections",
        "units": "units",
        "targets": "targets",
        "tasks": "tasks",
        "subsidy_terms": "subsidies",
    }
)
"""Where the records of each table that has pages of its own lie, below the root of the plan."""


@dataclass(frozen=True)
class Edition:
    """One plan as it is published."""

    plan: Plan
    chronicle: Chronicle = field(default_factory=lambda: Chronicle(None))

    @cached_property
    def words(self) -> Wording:
        """The interface in the plan's language."""
        return wording(self.plan.about.language)

    @cached_property
    def tasks_in(self) -> Mapping[str, tuple[Task, ...]]:
        """Tasks by section."""
        return group_by(self.plan.tasks, "section_id")

    @cached_property
    def targets_in(self) -> Mapping[str, tuple[Target, ...]]:
        """Targets by section."""
        return group_by(self.plan.targets, "section_id")

    @cached_property
    def terms_in(self) -> Mapping[str, tuple[Term, ...]]:
        """Subsidy terms by section."""
        return group_by(self.plan.subsidy_terms, "section_id")

    @cached_property
    def tasks_of_theme(self) -> Mapping[str, tuple[Task, ...]]:
        """Tasks by theme."""
        return group_by(self.plan.tasks, "theme")

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes in use, in the order in which the package declares them."""
        declared = self.plan.tables["tasks"].column["theme"].labels
        return tuple(sorted(self.tasks_of_theme, key=[*declared, *self.tasks_of_theme].index))

    @cached_property
    def observations_of(self) -> Mapping[str, tuple[Observation, ...]]:
        """Observations by target."""
        return group_by(self.plan.observations, "target_id")

    @cached_property
    def readings_in(self) -> Mapping[str, tuple[Reading, ...]]:
        """Damaged or doubtful spots by section."""
        return group_by(self.plan.readings, "section_id")

    @cached_property
    def sections_of(self) -> Mapping[str, tuple[Section, ...]]:
        """Sections by the unit that their lists name, in the order of the document."""
        named: dict[str, list[Section]] = {}
        for section in self.plan.sections:
            for unit in self.plan.units_listed.get(section.section_id, ()):
                named.setdefault(unit.unit_id, []).append(section)
        return {unit_id: tuple(sections) for unit_id, sections in named.items()}

    def answered(self, unit_id: str) -> tuple[str, ...]:
        """Ids of the sections that a unit answers for, with those below that have no own list."""
        return tuple(
            below.section_id
            for section in self.sections_of.get(unit_id, ())
            for below in self.plan.below(section.section_id)
            if any(unit.unit_id == unit_id for unit in self.plan.units_of(below.section_id))
        )

    @cached_property
    def source(self) -> SourceText | None:
        """The official text, where the package brings it."""
        text = self.plan.source_text
        return None if text is None else SourceText(text, self.plan)

    @property
    def imprint(self) -> str:
        """Which version of the data a page shows, and of what day."""
        about, words = self.plan.about, self.words
        day = words.date(self.chronicle.day or about.created)
        return words.text("Data version %(version)s, %(date)s", version=about.version, date=day)

    def changed(self, table: str, record_id: str) -> tuple[Fact, ...]:
        """When a record last changed and what, or when it first came; nothing without a history."""
        last = self.chronicle.last(table, record_id)
        day = self.chronicle.changed(table, record_id)
        if not day:
            return ()
        label = self.words.text("Last changed on %(date)s", date=self.words.date(day))
        if last is None:
            return (Fact(label, self.words.text("First release")),)
        entry, sentences = last
        path = f"{self.page('changes')}#{entry.anchor}"
        # A help and no text: search must not find a record by what it no longer says.
        return (Fact(label, "", (Link(self.words.text("Changes"), path),), " ".join(sentences)),)

    @property
    def root(self) -> str:
        """Where everything of this plan lies."""
        return f"{self.plan.about.name}/"

    def page(self, name: str = "") -> str:
        """The address of an overview page."""
        return f"{self.root}{name}/" if name else self.root

    def record_page(self, table: str, record_id: str) -> str:
        """The address of a record's page."""
        return f"{self.root}{FOLDERS[table]}/{record_id}/"

    def label(self, table: str, column: str, term: str | None) -> str:
        """A vocabulary term in the reader's words."""
        if term is None or table not in self.plan.tables:
            return term or ""
        return self.words.term(self.plan.tables[table].label(column, term))

    def column(self, table: str, name: str) -> str:
        """A column's title."""
        declared = self.plan.tables[table].column.get(name)
        return declared.title if declared else name

    # ------------------------------------------------------------------------------------ links

    def section_link(self, section: Section) -> Link:
        """A section by its number and title."""
        return Link(self.section_name(section), self.record_page("sections", section.section_id))

    def section_name(self, section: Section) -> str:
        """A section's number, as the document punctuates it for its kind, and title."""
        return f"{self.numbered(section)}{section.title}"

    def numbered(self, section: Section) -> str:
        """A section's number with its punctuation, or nothing."""
        if not section.number:
            return ""
        if not self.words.chinese:
            return f"{section.number}. "
        if section.number.isdigit():
            return f"{section.number}."
        return f"{section.number}、" if section.parent_id is None else f"({section.number})"

    def target_link(self, target: Target) -> Link:
        """A target by its indicator."""
        return Link(target.indicator, self.record_page("targets", target.target_id))

    def task_link(self, task: Task) -> Link:
        """A task by its title."""
        return Link(task.title, self.record_page("tasks", task.task_id))

    def unit_link(self, unit: Unit) -> Link:
        """A unit by its name."""
        return Link(unit.name, self.record_page("units", unit.unit_id))

    def term_link(self, term: Term) -> Link:
        """A subsidy term by its title."""
        return Link(term.title, self.record_page("subsidy_terms", term.term_id))

    def theme_link(self, theme: str) -> Link:
        """A theme by its label."""
        return Link(self.label("tasks", "theme", theme), f"{self.root}themes/{slug(theme)}/")

    @cached_property
    def links(self) -> Mapping[tuple[str, str], Link]:
        """A link to every record that has a page, by table and id."""
        plan = self.plan
        return {
            **{("sections", each.section_id): self.section_link(each) for each in plan.sections},
            **{("units", each.unit_id): self.unit_link(each) for each in plan.units},
            **{("targets", each.target_id): self.target_link(each) for each in plan.targets},
            **{("tasks", each.task_id): self.task_link(each) for each in plan.tasks},
            **{
                ("subsidy_terms", each.term_id): self.term_link(each) for each in plan.subsidy_terms
            },
            **{("themes", theme): self.theme_link(theme) for theme in self.themes},
        }

    @cached_property
    def former(self) -> Mapping[tuple[str, str], Link]:
        """Where ids lead that were published and are no more: to a new page, or to a farewell."""
        gone = (each for each in self.chronicle.departures if each.problem is None)
        return {
            **{
                (each.table, each.key): Link(each.title, self.record_page(each.table, each.key))
                for each in gone
            },
            **{
                (each.table, each.old_id): self.links[each.table, each.new_id]
                for each in self.plan.redirects
            },
        }

    def moved(self) -> Iterator[tuple[str, Link]]:
        """Addresses that were published once, each with the record that took its place."""
        for redirect in self.plan.redirects:
            link = self.links[redirect.table, redirect.new_id]
            yield self.record_page(redirect.table, redirect.old_id), link

    def crumbs(self, *links: Link) -> tuple[Link, ...]:
        """The way from the plan's front page down to a page."""
        return (Link(self.plan.about.title, self.root), *links)

    def section_crumbs(self, section_id: str) -> tuple[Link, ...]:
        """The way down the outline to a section, that section included."""
        outline = Link(self.words.text("Outline"), self.page("outline"))
        path = (self.section_link(section) for section in self.plan.path(section_id))
        return self.crumbs(outline, *path)

    def part_scope(self, section_id: str) -> str:
        """The filter of an overview that keeps what stands in a section, or in the one above it.

        Overviews filter by the two upper levels of the outline only.
        """
        return f"part={self.plan.path(section_id)[:2][-1].section_id}"

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """Where each section stands in the order of the document."""
        return {each.section_id: place for place, each in enumerate(self.plan.sections)}

    def beside(self, section: Section, steps: int) -> Link | None:
        """The section some steps on, in the order of the document; None beyond its ends."""
        place = self._places[section.section_id] + steps
        inside = 0 <= place < len(self.plan.sections)
        return self.section_link(self.plan.sections[place]) if inside else None

    # ------------------------------------------------------------------------- parts of a record

    @cached_property
    def _made(self) -> dict[tuple[str, str], Any]:
        return {}

    def once(self, key: tuple[str, str], make: Callable[[], P]) -> P:
        """A part that many pages show, made for the first of them; `key` is its sort and id."""
        if key not in self._made:
            self._made[key] = make()
        part: P = self._made[key]
        return part

    def unit_fact(self, section_id: str) -> Fact:
        """Who answers for a section, in the order printed."""
        return self.once(("answers for", section_id), lambda: self._unit_fact(section_id))

    def _unit_fact(self, section_id: str) -> Fact:
        text, units = self.words.text, self.plan.units_of(section_id)
        if not units:
            return Fact(text("Responsible units"), text("none printed"))
        order = text("In the order printed; the plan names no lead.") if len(units) > 1 else ""
        return Fact(text("Responsible units"), links=tuple(map(self.unit_link, units)), help=order)

    def section_fact(self, section_id: str) -> Fact:
        """Where a record stands."""
        return self.once(("stands in", section_id), lambda: self._section_fact(section_id))

    def _section_fact(self, section_id: str) -> Fact:
        path = self.plan.path(section_id)
        return Fact(self.words.text("Stands in"), links=tuple(map(self.section_link, path)))

    def evidence(self, section_id: str, evidence: str, reading: str = "printed") -> Evidence:
        """The clause a record rests on."""
        parts = tuple(part.strip() for part in evidence.split("…") if part.strip())
        where = self.section_link(self.plan.section[section_id])
        return Evidence(parts, where, inferred=reading == "inferred")

    def remarks(self, record: Any, record_id: str) -> tuple[Remark, ...]:
        """What a reader must know before quoting a record: damage, notes, open questions."""
        text = self.words.text
        remarks: list[Remark] = []
        if getattr(record, "note", None):
            remarks.append(Remark(text("Note"), record.note))
        for ambiguity in self.ambiguities.get(record_id, ()):
            lines = split_readings(ambiguity.readings)
            title = text("The plan leaves open")
            remarks.append(Remark(title, ambiguity.question, lines, "question"))
        return tuple(remarks)

    @cached_property
    def ambiguities(self) -> dict[str, list[Ambiguity]]:
        """Open questions by the id of a record that they touch."""
        touched: dict[str, list[Ambiguity]] = {}
        for ambiguity in self.plan.ambiguities:
            for record_id in ambiguity.records:
                touched.setdefault(record_id, []).append(ambiguity)
        return touched

    def extra_facts(self, table: str, record: Record) -> tuple[Fact, ...]:
        """The columns that this package adds to the profile, as they are."""
        given = ((name, value) for name, value in record.extras.items() if value is not None)
        return tuple(Fact(self.column(table, name), plain_text(value)) for name, value in given)

    def source_row(self, table: str, record: Record) -> SourceRow:
        """The row of the package that a record is."""
        return SourceRow(self.plan.tables[table].path, record.row)

    def citation(self, title: str) -> str:
        """A ready-made citation, but for the address, which the page adds."""
        about = self.plan.about
        number = f"({about.document_number})" if about.document_number else ""
        if self.words.chinese:
            return (
                f"{about.issuer}：《{about.title}》{number}，「{title}」，数据版本 {about.version}"
            )
        return f"{about.issuer}: {about.title} {number}, “{title}”, data version {about.version}"

    def data(self, table: str, record: Any, path: str) -> dict[str, Any]:
        """A record as it goes out in JSON: its cells as typed, and where its page is."""
        cells = self.plan.tables[table]
        values = {name: getattr(record, name, None) for name in cells.column}
        return {
            "package": self.plan.about.name,
            "version": self.plan.about.version,
            "table": table,
            "path": path,
            "source": {"file": cells.path, "row": record.row},
            **{name: json_value(value) for name, value in values.items()},
            **{name: json_value(value) for name, value in record.extras.items()},
        }


def split_readings(readings: str) -> tuple[str, ...]:
    """The readings of an ambiguity, one each."""
    parts = readings.replace("\uff1b", ";").split(";")
    return tuple(part.strip() for part in parts if part.strip())


def slug(theme: str) -> str:
    """A theme as a part of an address; a term that is no slug keeps only its safe characters."""
    dashed = theme.lower().replace(" ", "-")
    return "".join(char for char in dashed if char.isalnum() or char == "-")


def plain_text(value: object) -> str:
    """A cell of any type as words."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def json_value(value: object) -> Any:
    """A cell as JSON has it: whole numbers as integers, others as numbers, dates as text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, (str, int, float, bool)) or value is None else str(value)
