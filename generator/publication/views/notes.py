"""The page that says how far the data can be trusted: counted at build time, never typed."""

from collections import Counter
from collections.abc import Iterator

from generator.intake.quality import Quality, Rows, quality
from generator.publication.views.edition import Edition, split_readings
from generator.publication.views.lists import capped, filled
from generator.publication.views.parts import Badge, Grid, Group, Item, OverviewView, Remark


def notes_view(edition: Edition) -> OverviewView:
    """How the tables were read, what is damaged, what is open, what is missing."""
    text = edition.words.text
    measured = quality(edition.plan)
    return OverviewView(
        name="notes",
        template="notes.html",
        path=edition.page("notes"),
        title=text("Notes on the data and errata"),
        lead=text("How the tables were read, where the text is damaged, and what it leaves open."),
        crumbs=edition.crumbs(),
        facts=(),
        remarks=tuple(_open_questions(edition)),
        grids=(
            _checked(edition, measured),
            *_audited(edition, measured),
            _gaps(edition, measured),
            *_not_carried(edition),
        ),
        groups=filled((_damaged(edition),)),
    )


def _open_questions(edition: Edition) -> Iterator[Remark]:
    for each in edition.plan.ambiguities:
        lines = split_readings(each.readings)
        yield Remark(each.question, each.matters or "", lines, "question")


def _damaged(edition: Edition) -> Group:
    """Every damaged or doubtful spot: printed, read, how sure, why."""
    text, plan = edition.words.text, edition.plan
    pattern = text("printed “%(printed)s”, read as “%(reading)s”")
    items = tuple(
        Item(
            edition.section_link(plan.section[each.section_id]),
            " ".join(
                filter(
                    None, (pattern % {"printed": each.printed, "reading": each.reading}, each.note)
                )
            ),
            (Badge(edition.label("readings", "confidence", each.confidence), each.confidence),),
        )
        for each in plan.readings
    )
    group = Group("readings", text("Damaged or doubtful spots"), items)
    return capped(edition, group, len(items), edition.page("data"))


def _checked(edition: Edition, measured: Quality) -> Grid:
    """How many slips of one digit the rules catch, and each that they cannot."""
    text, slips = edition.words.text, measured.slips
    lead = text(
        "Of %(typed)s typed figures %(tried)s were tried: every digit changed to every other one, "
        "%(made)s slips in all. The rules caught %(caught)s of them.",
        typed=slips.typed,
        tried=slips.tried,
        made=slips.made,
        caught=slips.caught,
    )
    columns = (
        text("Table"),
        text("Row"),
        text("Column"),
        text("Right"),
        text("Slip that nobody notices"),
        text("Evidence"),
    )
    rows = tuple(
        (each.table, str(each.row), each.title, each.value, each.wrong, each.evidence)
        for each in slips.uncaught
    )
    return Grid("slips", text("Figures against words"), columns if rows else (), rows, lead)


def _audited(edition: Edition, measured: Quality) -> Iterator[Grid]:
    """What the last audit against the official text counted."""
    text = edition.words.text
    if measured.audit:
        columns = (text("Checked"), text("In all"), text("Carried"), text("Named"), text("Gaps"))
        rows = tuple(
            (each.title, *map(str, (each.total, each.covered, each.named, each.gaps)))
            for each in measured.audit
        )
        lead = text("Counted by the last audit of these tables against the official text.")
        yield Grid("audit", text("Nothing left out"), columns, rows, lead)


def _gaps(edition: Edition, measured: Quality) -> Grid:
    """How many rows have no number, no date, no unit."""
    text = edition.words.text
    columns = (
        text("Table"),
        text("Rows"),
        text("without a number"),
        text("without a date"),
        text("without a responsible unit"),
    )
    return Grid("gaps", text("What is missing"), columns, tuple(map(_gap_row, measured.tables)))


def _gap_row(rows: Rows) -> tuple[str, ...]:
    absent = (rows.without_number, rows.without_date, rows.without_unit)
    return (rows.title, str(rows.rows), *("—" if each is None else str(each) for each in absent))


def _not_carried(edition: Edition) -> Iterator[Grid]:
    """Figures of the text that no record carries, by the reason why."""
    text = edition.words.text
    reasons = Counter(each.why for each in edition.plan.not_carried)
    if reasons:
        rows = tuple(
            (edition.label("not_carried", "why", why), str(number), _examples(edition, why))
            for why, number in reasons.most_common()
        )
        columns = (text("Why"), text("Rows"), text("For instance"))
        yield Grid("not-carried", text("Figures that no record carries"), columns, rows)


def _examples(edition: Edition, why: str) -> str:
    printed = (each.printed for each in edition.plan.not_carried if each.why == why)
    return edition.words.join([each for each, _ in zip(printed, range(4), strict=False)])
