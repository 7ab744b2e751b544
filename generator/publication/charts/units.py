"""Charts of who answers for what."""

from collections import Counter
from itertools import combinations

from generator.publication.charts.chart import Chart, Column, Row
from generator.publication.charts.shapes import Bars, bars
from generator.publication.views.edition import Edition

_SHOWN = 15
_PAIRS_SHOWN = 12


def units_sections(edition: Edition) -> Chart | None:
    """In how many lists of responsible units each unit stands, alone and with others."""
    words, plan = edition.words, edition.plan
    lists = plan.units_listed.values()
    total = Counter(unit.unit_id for units in lists for unit in units)
    alone = Counter(units[0].unit_id for units in lists if len(units) == 1)
    if not total:
        return None
    ids = [unit_id for unit_id, _ in total.most_common()]
    rows: tuple[Row, ...] = tuple(
        {
            "unit": plan.unit[each].name,
            "lists": total[each],
            "shared": total[each] - alone[each],
            "alone": alone[each],
        }
        for each in ids
    )
    text = words.text
    return Chart(
        name="units-sections",
        page="units",
        question=text("Who answers for how much, and how much of it with others?"),
        finding=text(
            "No unit stands in more lists than %(unit)s: %(number)s of %(all)s, %(shared)s of them "
            "with others.",
            unit=rows[0]["unit"],
            number=rows[0]["lists"],
            all=len(lists),
            shared=rows[0]["shared"],
        ),
        columns=(
            Column(name="unit", title=edition.column("units", "name")),
            Column(name="lists", title=text("Lists"), kind="count"),
            Column(name="shared", title=text("shared with others"), kind="count"),
            Column(name="alone", title=text("alone"), kind="count"),
        ),
        rows=rows,
        shape=bars,
        options={
            "look": Bars(
                labels=[str(row["unit"]) for row in rows],
                texts=[str(row["lists"]) for row in rows],
                parts={"shared": text("shared with others"), "alone": text("alone")},
            )
        },
        shown=_SHOWN,
        links=tuple(edition.unit_link(plan.unit[each]) for each in ids),
        note=text("The plan names units without saying which one leads."),
    )


def units_together(edition: Edition) -> Chart | None:
    """Which units stand together in a list of responsible units most often."""
    words, plan = edition.words, edition.plan
    place = {unit.unit_id: number for number, unit in enumerate(plan.units)}
    pairs = Counter(
        pair
        for units in plan.units_listed.values()
        for pair in combinations(sorted((unit.unit_id for unit in units), key=place.__getitem__), 2)
    )
    often = [(pair, number) for pair, number in pairs.most_common() if number > 1]
    if not often:
        return None
    rows: tuple[Row, ...] = tuple(
        {"unit": plan.unit[one].name, "other": plan.unit[other].name, "lists": number}
        for (one, other), number in often
    )
    return Chart(
        name="units-together",
        page="units",
        question=words.text("Which units work together?"),
        finding=words.text(
            "No two units stand together more often than %(one)s and %(other)s: "
            "in %(number)s lists.",
            one=rows[0]["unit"],
            other=rows[0]["other"],
            number=rows[0]["lists"],
        ),
        columns=(
            Column(name="unit", title=words.text("Unit")),
            Column(name="other", title=words.text("Other unit")),
            Column(name="lists", title=words.text("Lists with both"), kind="count"),
        ),
        rows=rows,
        shape=bars,
        options={
            "look": Bars(
                labels=[words.join((str(row["unit"]), str(row["other"]))) for row in rows],
                texts=[str(row["lists"]) for row in rows],
                parts={"lists": words.text("Lists with both")},
            )
        },
        shown=_PAIRS_SHOWN,
        links=tuple(edition.unit_link(plan.unit[one]) for (one, _), _ in often),
        note=words.text("Only pairs that stand together more than once."),
    )
