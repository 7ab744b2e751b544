"""Charts of what the plan promises."""

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from generator.plan.records import Target
from generator.publication.charts.chart import Chart, Column, Cross, Row, crossed_rows
from generator.publication.charts.places import part_name, part_names
from generator.publication.charts.shapes import Bars, bars, grid
from generator.publication.views.edition import Edition

FIRMNESS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "striven": ("力争", "努力", "力促", "争取", "strive", "aim", "seek", "endeavour"),
        "expected": ("预期", "预计", "expect", "project", "forecast"),
        "approximate": ("左右", "基本", "大约", "about", "around", "approximate", "roughly"),
        "moving": ("推动", "推进", "不断", "逐步", "continu", "gradual", "promote"),
    }
)
"""How firm a printed hedge is, by the words that say so; the first that fits counts."""


def targets_due(edition: Edition) -> Chart | None:
    """Which part of the plan promises how much, and by when."""
    words, targets = edition.words, edition.plan.targets
    if not targets:
        return None
    undated = words.text("no date")
    years = {each.due[:4] for each in targets if each.due}
    names = {year: words.date(year) for year in sorted(years)} | {"": undated}
    counts = Counter(
        (part_name(edition, each.section_id), names[(each.due or "")[:4]]) for each in targets
    )
    cross = Cross(row="part", column="due", number="targets")
    dated = Counter(each.due[:4] for each in targets if each.due)
    return Chart(
        name="targets-due",
        page="targets",
        question=words.text("When are the targets due, and in which part of the plan?"),
        finding=_due_finding(edition, dated),
        columns=(
            Column(name="part", title=words.text("Part")),
            Column(name="due", title=edition.column("targets", "due")),
            Column(name="targets", title=words.text("Targets"), kind="count"),
        ),
        rows=crossed_rows(
            counts, cross, (part_names(edition), [*names.values()]), words.text("other")
        ),
        shape=grid,
        options={"row": "part", "column": "due", "number": "targets"},
        cross=cross,
    )


def _due_finding(edition: Edition, dated: Counter[str]) -> str:
    words, number = edition.words, len(edition.plan.targets)
    undated = number - dated.total()
    if not dated:
        return words.text("None of the %(number)s targets has a date.", number=number)
    year, most = max(dated.items(), key=lambda pair: (pair[1], pair[0]))
    due = words.text(
        "%(most)s of %(number)s targets fall due in %(year)s.",
        most=most,
        number=number,
        year=words.date(year),
    )
    return words.prose(
        due, words.text("Without a date: %(number)s.", number=undated) if undated else ""
    )


def targets_wording(edition: Edition) -> Chart | None:
    """How firm the plan's own words are: stated, expected, striven for."""
    words, targets = edition.words, edition.plan.targets
    if not targets:
        return None
    counts = Counter(each.hedge or "" for each in targets)
    order = sorted(counts, key=lambda hedge: (_CLASSES.index(_firmness(hedge)), -counts[hedge]))
    labels = _class_labels(edition)
    rows: tuple[Row, ...] = tuple(
        {
            "wording": hedge or words.text("no hedge"),
            "firmness": labels[_firmness(hedge)],
            "targets": counts[hedge],
            "figures": sum(_has_figure(each) for each in targets if (each.hedge or "") == hedge),
        }
        for hedge in order
    )
    return Chart(
        name="targets-wording",
        page="targets",
        question=words.text("How firm are the targets worded?"),
        finding=_wording_finding(edition, counts),
        columns=(
            Column(name="wording", title=edition.column("targets", "hedge")),
            Column(name="firmness", title=words.text("Firmness")),
            Column(name="targets", title=words.text("Targets"), kind="count"),
            Column(name="figures", title=words.text("of them with a figure"), kind="count"),
        ),
        rows=rows,
        shape=bars,
        options={
            "look": Bars(
                labels=[str(row["wording"]) for row in rows],
                texts=[str(row["targets"]) for row in rows],
                parts={"targets": words.text("Targets")},
                colour="firmness",
            )
        },
        note=words.text("The words are the plan’s own; how firm each is, is our reading."),
    )


def _wording_finding(edition: Edition, counts: Counter[str]) -> str:
    text = edition.words.text
    striven = sum(n for hedge, n in counts.items() if _firmness(hedge) == "striven")
    firm = text(
        "%(firm)s of %(number)s targets are stated without a hedge.",
        firm=counts[""],
        number=counts.total(),
    )
    return edition.words.prose(
        firm, text("Only striven for: %(number)s.", number=striven) if striven else ""
    )


_CLASSES = ("stated", *FIRMNESS, "other")


def _class_labels(edition: Edition) -> dict[str, str]:
    text = edition.words.text
    return {
        "stated": text("stated"),
        "striven": text("striven for"),
        "expected": text("expected"),
        "approximate": text("approximate"),
        "moving": text("a direction"),
        "other": text("another word"),
    }


def _firmness(hedge: str) -> str:
    """The class of a printed hedge."""
    if not hedge:
        return "stated"
    for name, words in FIRMNESS.items():
        if any(word in hedge.casefold() for word in words):
            return name
    return "other"


def _has_figure(target: Target) -> bool:
    return target.value is not None
