"""All charts of a plan: the list of them, their page, their files."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Final

from generator.publication.charts.chart import Chart, table_of
from generator.publication.charts.studio import Drawn, Studio
from generator.publication.charts.support import (
    support_caps,
    support_certainty,
    support_kinds,
    support_rates,
)
from generator.publication.charts.svg import Caption, embedded
from generator.publication.charts.targets import targets_due, targets_wording
from generator.publication.charts.tasks import tasks_themes
from generator.publication.charts.units import units_sections, units_together
from generator.publication.views.edition import Edition
from generator.publication.views.lists import MOST
from generator.publication.views.parts import (
    FIGURES_STYLE,
    Cell,
    ChartView,
    Download,
    Link,
    OverviewView,
)

CHARTS: Final[tuple[Callable[[Edition], Chart | None], ...]] = (
    targets_due,
    targets_wording,
    tasks_themes,
    support_certainty,
    support_caps,
    support_rates,
    support_kinds,
    units_sections,
    units_together,
)
"""Every chart, in the order of the page. Each is None for a plan that has nothing to show in it."""

SCRIPT = "assets/planpub/charts.js"
VEGA = "assets/planpub/vega.js"

_DESCRIBED_ROWS = 12


@dataclass(frozen=True)
class Gallery:
    """The charts of one plan."""

    edition: Edition
    studio: Studio

    @cached_property
    def charts(self) -> tuple[Chart, ...]:
        """The charts that this plan has something for."""
        made = (make(self.edition) for make in CHARTS)
        return tuple(chart for chart in made if chart)

    @cached_property
    def drawn(self) -> tuple[Drawn, ...]:
        """Their pictures, in the same order."""
        package = self.edition.plan.about.name
        return tuple(
            self.studio.draw(chart, self._caption(chart), package) for chart in self.charts
        )

    def _caption(self, chart: Chart) -> Caption:
        about, words = self.edition.plan.about, self.edition.words
        source = words.text(
            "Data: %(title)s, version %(version)s", title=about.title, version=about.version
        )
        lead = words.prose(chart.finding, chart.note)
        return Caption(title=chart.question, lead=lead, source=source)

    def pages(self) -> Iterator[OverviewView]:
        """The page with all charts; none where the plan has nothing to draw."""
        words, edition = self.edition.words, self.edition
        if not self.charts:
            return
        yield OverviewView(
            name="charts",
            template="charts.html",
            path=edition.page("charts"),
            title=words.text("Charts"),
            lead=words.text(
                "Each chart answers a question. Its numbers stand in the table under it, and every "
                "one of them is counted from the data of this site."
            ),
            crumbs=edition.crumbs(),
            charts=tuple(map(self._view, self.charts, self.drawn)),
            assets=(FIGURES_STYLE, SCRIPT),
        )

    def links(self, page: str) -> tuple[Link, ...]:
        """The charts whose questions arise on an overview; all of them for the front page."""
        path = self.edition.page("charts")
        if page == "home":
            return (Link(self.edition.words.text("Charts"), path),) if self.charts else ()
        charts = (chart for chart in self.charts if chart.page == page)
        return tuple(Link(chart.question, f"{path}#{chart.name}") for chart in charts)

    def _view(self, chart: Chart, drawn: Drawn) -> ChartView:
        titles, rows = table_of(chart, self.edition.words)
        return ChartView(
            name=chart.name,
            question=chart.question,
            finding=chart.finding,
            note=self._note(chart, len(rows)),
            picture=embedded(
                drawn.svg, chart.name, chart.question, _described(chart, titles, rows)
            ),
            columns=titles,
            rows=tuple(_cells(rows[:MOST], chart)),
            downloads=tuple(self._downloads(chart)),
            spec=f"{self._stem(chart)}.vl.json",
        )

    def _note(self, chart: Chart, rows: int) -> str:
        if rows <= MOST:
            return chart.note
        cut = self.edition.words.text(
            "The table shows the first %(shown)s of %(rows)s rows; the CSV has all of them.",
            shown=MOST,
            rows=rows,
        )
        return self.edition.words.prose(chart.note, cut)

    def _downloads(self, chart: Chart) -> Iterator[Download]:
        for label, suffix in (("SVG", "svg"), ("PNG", "png"), ("CSV", "csv")):
            yield Download(label, f"{self._stem(chart)}.{suffix}", "")
        yield Download("Vega-Lite", f"{self._stem(chart)}.vl.json", "")

    def _stem(self, chart: Chart) -> str:
        return f"{self.edition.page('charts')}{chart.name}"

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The files to take away."""
        for chart, drawn in zip(self.charts, self.drawn, strict=True):
            stem = self._stem(chart)
            yield f"{stem}.svg", drawn.poster.encode()
            yield f"{stem}.png", drawn.png
            yield f"{stem}.vl.json", drawn.spec
            yield f"{stem}.csv", _csv(chart)


def _described(chart: Chart, titles: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> str:
    """The text alternative: the finding, then the table's first rows with their figures."""
    said = (
        f"{row[0]}: " + ", ".join(f"{t} {c}" for t, c in zip(titles[1:], row[1:], strict=True) if c)
        for row in rows[:_DESCRIBED_ROWS]
    )
    more = " …" if len(rows) > _DESCRIBED_ROWS else ""
    return f"{chart.finding} {'; '.join(said)}{more}"


def _cells(rows: tuple[tuple[str, ...], ...], chart: Chart) -> Iterator[tuple[Cell, ...]]:
    for (first, *others), link in zip_longest(rows, chart.links[: len(rows)]):
        yield (Cell(first, link), *(Cell(each) for each in others))


def _csv(chart: Chart) -> bytes:
    """All rows under the columns' titles, with a mark that makes spreadsheets read it as UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column.heading for column in chart.columns)
    writer.writerows([row[column.name] for column in chart.columns] for row in chart.rows)
    return text.getvalue().encode("utf-8-sig")
