"""Charts: what they show, in what words, and that drawing them again costs nothing."""

import csv
import io
import json
import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from generator.intake.load import load
from generator.publication.charts import gallery, vega
from generator.publication.charts.chart import Chart, Column, crossed_rows, table_of
from generator.publication.charts.chart import Cross as Crossing
from generator.publication.charts.gallery import CHARTS, Gallery
from generator.publication.charts.palette import ROLES
from generator.publication.charts.shapes import WIDTH, Bars, bars
from generator.publication.charts.studio import Studio
from generator.publication.charts.svg import tidy
from generator.publication.lettering import cut, ems, wrap
from generator.publication.shelf import Shelf
from generator.publication.views.edition import Edition

ROOT = Path(__file__).parents[2]
PACKAGES = {
    "shipped": ROOT / "datapackage.json",
    **{path.parent.name: path for path in sorted(ROOT.glob("tests/packages/*/datapackage.json"))},
}
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@pytest.fixture(scope="module")
def studio(tmp_path_factory):
    """A studio whose cache lasts for all tests here."""
    return Studio(Shelf(tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="module")
def galleries(studio):
    """The charts of every plan at hand."""
    return {name: Gallery(Edition(load(path)), studio) for name, path in PACKAGES.items()}


@pytest.fixture(params=PACKAGES)
def plan_gallery(request, galleries):
    return galleries[request.param]


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own pictures


def words_of(chart, plan_gallery) -> str:
    """All that the table under a chart says."""
    titles, rows = table_of(chart, plan_gallery.edition.words)
    return " ".join((*titles, *(cell for row in rows for cell in row)))


def texts_of(svg: str):
    """Every text of a picture: (x, y, anchor, words), in pixels from its corner."""

    def walk(element, x, y):
        moved = re.match(r"translate\(([-\d.]+),([-\d.]+)\)", element.get("transform", ""))
        if moved:
            x, y = x + float(moved[1]), y + float(moved[2])
        if element.tag == "text":
            yield x, y, element.get("text-anchor", "start"), "".join(element.itertext())
        for child in element:
            yield from walk(child, x, y)

    return list(walk(parsed(svg), 0, 0))


def box_of(text):
    """The room that a text takes: left, top, right, bottom."""
    x, y, anchor, words = text
    width = ems(words) * 12
    left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
    return left, y - 10, left + width, y + 2


def test_every_chart_builds_on_every_plan(plan_gallery):
    """Whatever a plan holds, each chart is drawn or has nothing to show; none fails."""
    assert len(plan_gallery.charts) >= 5
    for chart, drawn in zip(plan_gallery.charts, plan_gallery.drawn, strict=True):
        assert drawn.png.startswith(b"\x89PNG")
        assert json.loads(drawn.spec)["$schema"].startswith("https://vega.github.io/schema/")
        poster = parsed(drawn.poster)
        assert poster.findtext("{http://www.w3.org/2000/svg}title") == chart.question


def test_a_chart_shows_no_number_that_its_table_does_not(plan_gallery):
    """Every numeral written in a picture stands in the table under it."""
    for chart, drawn in zip(plan_gallery.charts, plan_gallery.drawn, strict=True):
        table = words_of(chart, plan_gallery)
        for *_, words in texts_of(drawn.svg):
            for number in NUMBER.findall(words):
                assert number in table, (chart.name, words)


def test_the_numbers_drawn_are_the_numbers_of_the_table(plan_gallery):
    """The data in the specification, the table and the CSV say the same."""
    for chart, drawn in zip(plan_gallery.charts, plan_gallery.drawn, strict=True):
        names = [column.name for column in chart.columns]
        found = [
            [row[name] for name in names]
            for row in values_in(json.loads(drawn.spec))
            if set(names) <= set(row)
        ]
        assert found == [[row[name] for name in names] for row in chart.drawn]
        _, rows = table_of(chart, plan_gallery.edition.words)
        if chart.cross:
            numbers = [cell for row in rows for cell in row[1:]]
            assert numbers == [str(row[chart.cross.number]) for row in chart.rows]
        else:
            assert len(rows) == len(chart.rows)


def values_in(spec):
    """All rows of inline data in a specification."""
    if isinstance(spec, dict):
        own = spec.get("values")
        if isinstance(own, list) and own and isinstance(own[0], dict):
            yield from own
        for value in spec.get("datasets", {}).values():
            yield from value
        for key, value in spec.items():
            if key != "datasets":
                yield from values_in(value)
    elif isinstance(spec, list):
        for each in spec:
            yield from values_in(each)


def test_labels_neither_overlap_nor_leave_the_picture(plan_gallery):
    """At a phone's width every word has room of its own."""
    for chart, drawn in zip(plan_gallery.charts, plan_gallery.drawn, strict=True):
        boxes = [(box_of(text), text[3]) for text in texts_of(drawn.svg)]
        for (left, top, right, _), words in boxes:
            assert left >= -1, (chart.name, words)
            assert right <= WIDTH + 1, (chart.name, words)
            assert top >= -1, (chart.name, words)
        for (one, words), (other, more) in combinations(boxes, 2):
            apart = one[2] <= other[0] or other[2] <= one[0]
            below = one[3] <= other[1] or other[3] <= one[1]
            assert apart or below, (chart.name, words, more)


def test_only_colours_that_have_a_role_are_used(plan_gallery):
    """Each colour of a picture can be exchanged for that of a dark page."""
    for drawn in plan_gallery.drawn:
        assert set(re.findall(r"#[0-9a-fA-F]{6}", drawn.svg)) <= set(ROLES)


def test_the_script_and_the_style_sheet_know_every_colour():
    """Palette, style sheet and the interactive form's script name the same roles and colours."""
    assets = ROOT / "generator/publication/assets"
    script = (assets / "charts.js").read_text("utf-8")
    style = (assets / "figures.css").read_text("utf-8")
    assert dict(re.findall(r'"(#[0-9a-f]{6})": "(\w+)"', script)) == dict(ROLES)
    for role in ROLES.values():
        assert style.count(f"--pp-chart-{role}:") == 2, role
        assert f".pp-fill-{role} {{" in style


def test_the_text_alternative_says_the_figures(galleries):
    """Who cannot see a chart hears its finding and the first rows with their numbers."""
    (page,) = galleries["shipped"].pages()
    for view in page.charts:
        picture = parsed(view.picture)
        description = picture.findtext("desc")
        assert picture.get("role") == "img"
        assert description.startswith(view.finding)
        for cell in view.rows[0]:
            assert cell.text in description


def test_the_csv_holds_every_row_for_people_and_programs(galleries):
    """The download has headings in words, bare numbers, and opens as UTF-8 in a spreadsheet."""
    shown = galleries["shipped"]
    files = dict(shown.files())
    chart = next(each for each in shown.charts if each.name == "support-caps")
    content = files[f"{shown.edition.page('charts')}support-caps.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == len(chart.rows) > len(chart.drawn)
    assert rows[0][next(c.heading for c in chart.columns if c.name == "largest")] == "30000000"


def test_a_chart_is_drawn_once_and_then_read_from_the_cache(tmp_path):
    """A second build draws nothing; other data is drawn anew and takes the old one's place."""
    calls = []

    def shape(rows, **options):
        calls.append(rows)
        return bars(rows, **options)

    chart = replace(example(), shape=shape)
    caption = gallery.Caption(title="t", lead="l", source="s")
    first = Studio(Shelf(tmp_path)).draw(chart, caption, "plan")
    assert Studio(Shelf(tmp_path)).draw(chart, caption, "plan") == first
    assert len(calls) == 1
    files = sorted(path.name for path in tmp_path.iterdir())
    changed = replace(chart, rows=({"what": "a", "n": 3}, {"what": "b", "n": 1}))
    assert Studio(Shelf(tmp_path)).draw(changed, caption, "plan") != first
    assert len(calls) == 2
    assert len(files) == len(list(tmp_path.iterdir())) == 4


def test_the_same_chart_is_the_same_to_the_byte():
    """What was drawn before leaves no trace in a drawing."""
    caption = gallery.Caption(title="t", lead="l", source="s")
    first = Studio().draw(example(), caption, "plan")
    Studio().draw(example(5), caption, "plan")
    assert Studio().draw(example(), caption, "plan") == first


def example(length: int = 2) -> Chart:
    """A chart as a newcomer writes one."""
    rows = tuple({"what": "甲乙丙"[place % 3] * 3, "n": place + 1} for place in range(length))
    return Chart(
        name="example",
        page="targets",
        question="How many?",
        finding="Two.",
        columns=(Column(name="what", title="What"), Column(name="n", title="Number", kind="count")),
        rows=rows,
        shape=bars,
        options={
            "look": Bars(
                labels=[row["what"] for row in rows],
                texts=[str(row["n"]) for row in rows],
                parts={"n": "Number"},
            )
        },
    )


def test_a_new_chart_is_one_function_and_one_line(galleries, monkeypatch):
    """Page, table, downloads, links and text alternative follow from the function alone."""
    monkeypatch.setattr(gallery, "CHARTS", (*CHARTS, lambda _: example()))
    shown = Gallery(galleries["shipped"].edition, Studio())
    monkeypatch.setattr(Gallery, "charts", (example(),))
    (page,) = shown.pages()
    assert [view.name for view in page.charts] == ["example"]
    assert {Path(path).suffix for path, _ in shown.files()} == {".svg", ".png", ".csv", ".json"}
    assert shown.links("targets")[0].path.endswith("charts/#example")


def test_a_plan_that_has_nothing_has_no_page(galleries):
    """Without targets, tasks, terms and assignments there is no empty page of charts."""
    plan = replace(
        galleries["shipped"].edition.plan, targets=(), tasks=(), subsidy_terms=(), assignments=()
    )
    assert list(Gallery(Edition(plan), Studio()).pages()) == []


def test_too_many_columns_are_counted_together():
    """A grid stays readable on a phone: the emptiest columns are merged, no count is lost."""
    counts = {("row", f"c{n:02}"): n + 1 for n in range(20)}
    order = (["row"], [f"c{n:02}" for n in range(20)])
    rows = crossed_rows(counts, Crossing(row="r", column="c", number="n"), order, "other")
    assert len(rows) == 7
    assert rows[-1]["c"] == "other"
    assert sum(row["n"] for row in rows) == sum(counts.values())


@pytest.mark.parametrize(
    ("text", "room", "lines", "broken"),
    [
        ("构建八大政策支撑体系", 8.5, 2, ("构建八大政", "策支撑体系")),
        ("总体要求", 8.5, 2, ("总体要求",)),
        ("Support for those who use data", 8, 3, ("Support for", "those who", "use data")),
        ("Development costs", 8.5, 2, ("Development", "costs")),
        ("最高 3000万元", 6, 2, ("最高", "3000万元")),
        ("一二三四五六七八九十", 4, 2, ("一二三四", "五六七…")),
    ],
)
def test_words_are_broken_evenly_and_between_words(text, room, lines, broken):
    """Lines are of about one length; words and numbers of Latin letters stay whole."""
    assert wrap(text, room, lines) == broken


def test_a_cut_text_fits():
    """What is cut ends in an ellipsis and has the room it was given."""
    assert cut("一二三四五", 5) == "一二三四五"
    assert cut("一二三四五六", 5) == "一二三四…"


def test_the_interactive_script_is_that_of_the_library_that_draws():
    """After an update of vl-convert `make vega` has to be run: one version draws everywhere."""
    assert vega.FILE.read_text("utf-8") == vega.bundle()


def test_every_specification_is_valid(galleries):
    """What is drawn interactively, and can be taken away, is Vega-Lite by its schema."""
    import altair as alt

    for chart in galleries["shipped"].charts:
        picture = chart.shape(chart.drawn, columns=chart.columns, **chart.options)
        alt.Chart.from_dict(picture.to_dict())


def test_words_do_not_matter_to_the_layout(galleries):
    """Stand-ins for Chinese words leave every mark where the words themselves would put it."""
    import vl_convert

    for chart, drawn in zip(galleries["shipped"].charts, galleries["shipped"].drawn, strict=True):
        direct = tidy(vl_convert.vegalite_to_svg(json.loads(drawn.spec)))
        legend = re.compile(r'<g transform="translate\([^"]*"><path transform="translate\(6.*?</g>')
        assert legend.sub("", drawn.svg) == legend.sub("", direct), chart.name
