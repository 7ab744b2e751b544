"""Charts of what the plan orders."""

from collections import Counter

from generator.publication.charts.chart import Chart, Column, Cross, crossed_rows, distinct
from generator.publication.charts.places import part_name, part_names
from generator.publication.charts.shapes import grid
from generator.publication.views.edition import Edition


def tasks_themes(edition: Edition) -> Chart | None:
    """What the tasks are about, and in which part of the plan they stand."""
    words, tasks = edition.words, edition.plan.tasks
    if not tasks:
        return None
    themes = {theme: edition.label("tasks", "theme", theme) for theme in edition.themes}
    counts = Counter((themes[each.theme], part_name(edition, each.section_id)) for each in tasks)
    sums = Counter(each.theme for each in tasks)
    theme, most = max(sums.items(), key=lambda pair: pair[1])
    cross = Cross(row="theme", column="part", number="tasks")
    order = sorted(themes, key=lambda each: -sums[each])
    rows = crossed_rows(
        counts, cross, ([themes[each] for each in order], part_names(edition)), words.text("other")
    )
    links = {themes[each]: edition.theme_link(each) for each in order}
    return Chart(
        name="tasks-themes",
        page="tasks",
        question=words.text("What are the tasks about, and where do they stand?"),
        finding=words.text(
            "No theme has more tasks than %(theme)s: %(most)s of %(number)s.",
            most=most,
            number=len(tasks),
            theme=themes[theme],
        ),
        columns=(
            Column(name="theme", title=edition.column("tasks", "theme")),
            Column(name="part", title=words.text("Part")),
            Column(name="tasks", title=words.text("Tasks"), kind="count"),
        ),
        rows=rows,
        shape=grid,
        options={"row": "theme", "column": "part", "number": "tasks"},
        cross=cross,
        links=tuple(
            links[each] for each in distinct(row["theme"] for row in rows) if each in links
        ),
    )
