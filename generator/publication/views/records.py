"""The pages of single records, one function a kind."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import compress
from urllib.parse import quote

from generator.plan.records import Section, Target, Task, Term, Tier
from generator.publication.views.benefits import segments
from generator.publication.views.calculator import TERM_SCRIPT, estimate_view
from generator.publication.views.curve_drawing import curve_view
from generator.publication.views.edition import Edition, slug
from generator.publication.views.lists import (
    certainty,
    filled,
    inferred,
    section_group,
    target_group,
    target_marks,
    task_group,
    term_group,
    unit_group,
)
from generator.publication.views.parts import (
    FIGURES_STYLE,
    Badge,
    Fact,
    Figure,
    Grid,
    Group,
    Item,
    Link,
    RecordView,
)
from generator.publication.views.reading import reading
from generator.publication.views.sentences import (
    payer,
    target_figure,
    target_sentence,
    task_sentence,
    term_sentence,
    term_support,
)
from generator.publication.views.units import unit_view


def record_views(edition: Edition, kind: str) -> Iterator[RecordView]:
    """The pages of all records of a kind, in the order of their table."""
    plan = edition.plan
    if kind == "theme":
        yield from (theme_view(edition, theme) for theme in edition.themes)
        return
    view, records = {
        "section": (section_view, plan.sections),
        "unit": (unit_view, plan.units),
        "target": (target_view, plan.targets),
        "task": (task_view, plan.tasks),
        "term": (term_view, plan.subsidy_terms),
    }[kind]
    yield from (view(edition, record) for record in records)  # type: ignore[operator]


def section_view(edition: Edition, section: Section) -> RecordView:
    """A section: what it says, what hangs under it, who answers."""
    text, link = edition.words.text, edition.section_link(section)
    below = edition.plan.below(section.section_id)
    ids = [each.section_id for each in below]
    children = edition.plan.children.get(section.section_id, ())
    scope = edition.part_scope(section.section_id)
    groups = (
        section_group(edition, children, text("Under this heading")),
        target_group(edition, (t for i in ids for t in edition.targets_in.get(i, ())), scope),
        term_group(edition, (t for i in ids for t in edition.terms_in.get(i, ())), scope),
        task_group(edition, (t for i in ids for t in edition.tasks_in.get(i, ())), scope),
        *_units_below(edition, section),
    )
    readings = tuple(
        (each.printed, each.reading, edition.label("readings", "confidence", each.confidence))
        for each in edition.readings_in.get(section.section_id, ())
    )
    columns = (text("Printed"), text("Our reading"), text("Confidence"))
    grid = Grid("readings", text("Damaged or doubtful spots"), columns, readings)
    kind = edition.label("sections", "kind", section.kind)
    return RecordView(
        kind="section",
        kind_label=kind,
        record_id=section.section_id,
        path=link.path,
        title=link.text,
        lead=section.summary or text("%(kind)s of the plan.", kind=kind),
        crumbs=edition.section_crumbs(section.section_id)[:-1],
        facts=(
            edition.unit_fact(section.section_id),
            *edition.extra_facts("sections", section),
            *edition.changed("sections", section.section_id),
        ),
        grids=(grid,) if readings else (),
        groups=filled(groups),
        reading=reading(edition, section),
        before=edition.beside(section, -1),
        after=edition.beside(section, 1),
        citation=edition.citation(link.text),
        source=edition.source_row("sections", section),
        data=edition.data("sections", section, link.path),
    )


def _units_below(edition: Edition, section: Section) -> Iterator[Group]:
    """The units named anywhere under a section that has no list of its own."""
    if edition.plan.units_of(section.section_id):
        return
    below = edition.plan.below(section.section_id)
    named = (unit for each in below for unit in edition.plan.units_listed.get(each.section_id, ()))
    units = tuple(dict.fromkeys(unit.unit_id for unit in named))
    title = edition.words.text("Units named under this heading")
    yield unit_group(edition, (edition.plan.unit[each] for each in units), title)


def target_view(edition: Edition, target: Target) -> RecordView:
    """A target: the figure, its words, its date and where that comes from."""
    text, link = edition.words.text, edition.target_link(target)
    siblings = (t for t in edition.targets_in[target.section_id] if t is not target)
    scope = edition.part_scope(target.section_id)
    groups = (
        target_group(edition, siblings, scope),
        task_group(edition, edition.tasks_in.get(target.section_id, ()), scope),
    )
    return RecordView(
        kind="target",
        kind_label=text("Target"),
        record_id=target.target_id,
        path=link.path,
        title=target.indicator,
        lead=target_sentence(edition, target),
        crumbs=edition.crumbs(Link(text("Targets"), edition.page("targets"))),
        figure=_target_figure(edition, target),
        badges=(_kind(edition, target), *target_marks(edition, target)),
        evidence=edition.evidence(target.section_id, target.evidence, target.reading),
        remarks=edition.remarks(target, target.target_id),
        facts=(
            edition.section_fact(target.section_id),
            edition.unit_fact(target.section_id),
            *_target_facts(edition, target),
            *edition.extra_facts("targets", target),
            *edition.changed("targets", target.target_id),
        ),
        grids=_progress_grid(edition, target),
        groups=filled(groups),
        citation=edition.citation(target.indicator),
        source=edition.source_row("targets", target),
        data=edition.data("targets", target, link.path),
    )


def _target_figure(edition: Edition, target: Target) -> Figure | None:
    if target.value is None:
        return None
    words = edition.words
    when = words.text("by %(date)s", date=words.date(target.due)) if target.due else ""
    return Figure(target_figure(edition, target), when)


def _kind(edition: Edition, target: Target) -> Badge:
    return Badge(edition.label("targets", "kind", target.kind), target.kind)


def _target_facts(edition: Edition, target: Target) -> Iterator[Fact]:
    words = edition.words
    due = words.date(target.due) if target.due else words.text("no date printed")
    basis = edition.label("targets", "due_basis", target.due_basis)
    yield Fact(edition.column("targets", "due"), due)
    yield Fact(edition.column("targets", "due_basis"), basis)
    recurrence = edition.label("targets", "recurrence", target.recurrence)
    yield Fact(edition.column("targets", "recurrence"), recurrence)
    if target.scope:
        yield Fact(edition.column("targets", "scope"), target.scope)


def _progress_grid(edition: Edition, target: Target) -> tuple[Grid, ...]:
    """What was reached, period by period, where the package has observations."""
    words, unit = edition.words, target.measure or ""
    observed = edition.observations_of.get(target.target_id, ())
    rows = tuple(
        (each.period, words.figure(each.value, unit), each.source, words.date(each.source_date))
        for each in sorted(observed, key=lambda each: each.period)
    )
    columns = ("period", "value", "source", "source_date")
    titles = tuple(edition.column("observations", name) for name in columns) if rows else ()
    return (Grid("progress", words.text("Progress"), titles, rows),) if rows else ()


def task_view(edition: Edition, task: Task) -> RecordView:
    """A task: what is to be done, where that stands, who answers."""
    text, link = edition.words.text, edition.task_link(task)
    siblings = (t for t in edition.tasks_in[task.section_id] if t is not task)
    scope = edition.part_scope(task.section_id)
    groups = (
        target_group(edition, edition.targets_in.get(task.section_id, ()), scope),
        term_group(edition, edition.terms_in.get(task.section_id, ()), scope),
        task_group(edition, siblings, scope),
    )
    due = edition.words.date(task.due) if task.due else text("no date printed")
    return RecordView(
        kind="task",
        kind_label=text("Task"),
        record_id=task.task_id,
        path=link.path,
        title=task.title,
        lead=task_sentence(edition, task),
        crumbs=edition.crumbs(Link(text("Tasks"), edition.page("tasks"))),
        evidence=edition.evidence(task.section_id, task.evidence + ("…" if _cut(task) else "")),
        remarks=edition.remarks(task, task.task_id),
        facts=(
            *((Fact(edition.column("tasks", "summary"), task.summary),) if task.summary else ()),
            edition.section_fact(task.section_id),
            edition.unit_fact(task.section_id),
            Fact(
                edition.column("tasks", "theme"),
                links=(edition.theme_link(task.theme),),
            ),
            Fact(edition.column("tasks", "due"), due),
            *edition.extra_facts("tasks", task),
            *edition.changed("tasks", task.task_id),
        ),
        groups=filled(groups),
        citation=edition.citation(task.title),
        source=edition.source_row("tasks", task),
        data=edition.data("tasks", task, link.path),
    )


def _cut(task: Task) -> bool:
    """Whether the evidence is but the first words of its sentence."""
    return not task.evidence.endswith(("\u3002", ".", "!", "?"))


def term_view(edition: Edition, term: Term) -> RecordView:
    """A subsidy term: who may get what, from whom, on which words."""
    text, link = edition.words.text, edition.term_link(term)
    siblings = (t for t in edition.terms_in[term.section_id] if t is not term)
    scope = edition.part_scope(term.section_id)
    groups = (
        term_group(edition, siblings, scope),
        task_group(edition, edition.tasks_in.get(term.section_id, ()), scope),
    )
    tiers = edition.plan.tiers.get(term.term_id, ())
    curve, estimate = curve_view(edition, term), estimate_view(edition, term)
    return RecordView(
        kind="term",
        kind_label=text("Subsidy term"),
        record_id=term.term_id,
        path=link.path,
        title=term.title,
        lead=term_sentence(edition, term),
        crumbs=edition.crumbs(Link(text("Subsidies"), edition.page("subsidies"))),
        figure=(
            Figure(term_support(edition, term), payer(edition, term)) if term.quantified else None
        ),
        badges=(
            certainty(edition, term),
            *((inferred(edition, "subsidy_terms"),) if term.reading == "inferred" else ()),
        ),
        evidence=edition.evidence(term.section_id, term.evidence, term.reading),
        remarks=edition.remarks(term, term.term_id),
        facts=(
            *_term_facts(edition, term),
            edition.section_fact(term.section_id),
            edition.unit_fact(term.section_id),
            *edition.extra_facts("subsidy_terms", term),
            *edition.changed("subsidy_terms", term.term_id),
        ),
        grids=(_tier_grid(edition, tiers),) if tiers else (),
        groups=filled(groups),
        citation=edition.citation(term.title),
        source=edition.source_row("subsidy_terms", term),
        data={
            **edition.data("subsidy_terms", term, link.path),
            "tiers": [edition.data("subsidy_tiers", tier, link.path) for tier in tiers],
            "segments": [piece.as_json() for piece in segments(edition, term)],
        },
        curve=curve,
        estimate=estimate,
        assets=(
            *((FIGURES_STYLE,) if curve or estimate else ()),
            *((TERM_SCRIPT,) if estimate else ()),
        ),
    )


def _term_facts(edition: Edition, term: Term) -> Iterator[Fact]:
    yield Fact(edition.column("subsidy_terms", "eligibility"), term.eligibility)
    yield Fact(edition.column("subsidy_terms", "beneficiary"), term.beneficiary)
    for name in ("instrument", "payer_level", "basis", "per", "frequency", "tiers_apply"):
        value = edition.label("subsidy_terms", name, getattr(term, name))
        if value:
            yield Fact(edition.column("subsidy_terms", name), value)
    if term.duration:
        lasting = edition.words.duration(term.duration)
        yield Fact(edition.column("subsidy_terms", "duration"), lasting)
    if term.starts:
        yield Fact(edition.column("subsidy_terms", "starts"), edition.words.date(term.starts))


def _tier_grid(edition: Edition, tiers: tuple[Tier, ...]) -> Grid:
    """The tiers in words: condition, threshold, and what each gives; no column that is empty."""
    columns = (
        "tier",
        "condition",
        "threshold_min",
        "threshold_max",
        "rate_pct",
        "amount_yuan",
        "cap_yuan",
    )
    rows = [_tier_row(edition, tier) for tier in tiers]
    titles = tuple(edition.column("subsidy_tiers", name) for name in columns)
    used = [any(cells) for cells in zip(*rows, strict=True)]
    return Grid(
        "tiers",
        edition.words.text("Tiers"),
        tuple(compress(titles, used)),
        tuple(tuple(compress(row, used)) for row in rows),
    )


def _tier_row(edition: Edition, tier: Tier) -> tuple[str, ...]:
    words, unit = edition.words, tier.threshold_measure or ""
    thresholds = (tier.threshold_min, tier.threshold_max)
    return (
        str(tier.tier),
        tier.condition,
        *("" if each is None else words.figure(each, unit) for each in thresholds),
        "" if tier.rate_pct is None else words.figure(tier.rate_pct, "%"),
        "" if tier.amount_yuan is None else words.yuan(tier.amount_yuan),
        "" if tier.cap_yuan is None else words.yuan(tier.cap_yuan),
    )


def theme_view(edition: Edition, theme: str) -> RecordView:
    """A theme: its tasks across the whole plan, and the sections they stand in."""
    words, link = edition.words, edition.theme_link(theme)
    tasks = edition.tasks_of_theme[theme]
    section_ids = dict.fromkeys(task.section_id for task in tasks)
    sections = (edition.plan.section[each] for each in section_ids)
    lead = words.text(
        "%(tasks)s tasks across %(sections)s sections of the plan.",
        tasks=len(tasks),
        sections=len(section_ids),
    )
    listed = task_group(edition, tasks, f"theme={quote(theme)}")
    groups = (
        replace(listed, items=tuple(map(partial(_placed, edition), listed.items, tasks))),
        section_group(edition, sections, words.text("Sections with these tasks")),
    )
    return RecordView(
        kind="theme",
        kind_label=words.text("Theme"),
        record_id=slug(theme),
        path=link.path,
        title=link.text,
        lead=lead,
        crumbs=edition.crumbs(Link(words.text("Tasks"), edition.page("tasks"))),
        groups=filled(groups),
        citation=edition.citation(link.text),
        source=edition.source_row("tasks", tasks[0]),
        data={
            "package": edition.plan.about.name,
            "version": edition.plan.about.version,
            "theme": theme,
            "title": link.text,
            "tasks": [task.task_id for task in tasks],
        },
    )


def _placed(edition: Edition, item: Item, task: Task) -> Item:
    """A task on the page of its theme: where it stands instead of what its theme is."""
    return replace(item, detail=edition.section_name(edition.plan.section[task.section_id]))
