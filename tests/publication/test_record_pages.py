"""A record's page: whole, in the site's look, and the same whichever command makes it."""

import csv
import json
import re
import subprocess
import sys
from html import unescape

import pytest

from generator.intake.load import load
from generator.publication.site import KINDS, Host, PlanSite
from generator.publication.views.lists import MOST
from generator.publication.views.paging import ROWS
from generator.publication.views.records import record_views
from tests.bench.first_view import first_view, heaviest
from tests.bench.synthetic import write_plan

CONFIG = """\
site_name: Synthetic
site_description: A plan that nobody wrote.
site_url: https://example.org/plans/
repo_url: https://forge.example/plan
theme: {name: material, language: zh, font: false}
plugins: [planpub]
"""
FIRST_VIEW = 90_000
"""Bytes as sent that a first view may take: the budget of DESIGN.md."""


def run(project, *command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=project, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A small plan, built by both commands; one task's page is written by hand."""
    folder = tmp_path_factory.mktemp("records")
    write_plan(folder, 150)
    (folder / "mkdocs.yml").write_text(CONFIG)
    own = folder / "docs" / page_of(folder, "tasks", 1).replace("index.html", "index.md")
    own.parent.mkdir(parents=True)
    own.write_text("# 手写的页面\n\n这一页由人写成。\n", encoding="utf-8")
    run(folder, "generator", "build")
    run(folder, "mkdocs", "build", "--quiet", "--site-dir", "by-mkdocs")
    return folder


def row_of(project, table, number):
    with (project / f"data/{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))[number]


def page_of(project, table, number):
    return f"synthetic-plan/{table}/{row_of(project, table, number)[f'{table[:-1]}_id']}/index.html"


def ours(site):
    """Pages and JSON of records, by path."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in (site / "synthetic-plan").rglob("*")
        if path.suffix in {".html", ".json"}
    }


def test_mkdocs_and_planpub_make_the_same_pages(project):
    """`mkdocs build` by itself makes every page that `planpub build` makes, byte for byte."""
    assert ours(project / "by-mkdocs") == ours(project / "site")


def test_a_page_written_by_hand_wins(project):
    """Where the site has a page of its own at a record's address, that one is shown."""
    text = (project / "site" / page_of(project, "tasks", 1)).read_text("utf-8")
    assert "这一页由人写成" in text
    assert row_of(project, "tasks", 1)["evidence"] not in text


def test_a_record_page_says_all_that_a_page_must(project):
    """Title, description, canonical address, language, breadcrumbs, row, structured data, JSON."""
    row, path = row_of(project, "tasks", 4), page_of(project, "tasks", 4)
    text = (project / "site" / path).read_text("utf-8")
    folder = path.removesuffix("index.html")

    def one(pattern):
        (found,) = re.findall(pattern, text, re.DOTALL)
        return unescape(found)

    assert row["title"] in one(r"<title>(.*?)</title>")
    assert row["title"] in one(r'<meta name="description" content="(.*?)"')
    assert one(r'<link rel="canonical" href="(.*?)"') == f"https://example.org/plans/{folder}"
    assert one(r'<html lang="(.*?)"') == "zh"
    crumbs = re.findall(r"<li><a[^>]*>(.*?)</a>", one(r'class="pp-crumbs".*?<ol>(.*?)</ol>'))
    assert crumbs == ["未来市数字发展方案", "任务"]
    assert one(r'class="pp-edit" href="(.*?)"').endswith("/blob/main/data/tasks.csv?plain=1#L6")
    data = [json.loads(each) for each in re.findall(r"ld\+json\">(.*?)</script>", text)]
    assert "BreadcrumbList" in json.dumps(data)
    beside = json.loads((project / "site" / f"{folder[:-1]}.json").read_bytes())
    assert (beside["task_id"], beside["url"]) == (
        row["task_id"],
        f"https://example.org/plans/{folder}",
    )


def test_the_frame_is_no_page_of_the_site(project):
    """Nothing of the frame is left: no page of its own, no slot that was not filled."""
    pages = ours(project / "site")
    assert not [path for path in pages if "/frames/" in path]
    assert not [path for path, content in pages.items() if b"planpub:slot" in content]


def test_the_sitemap_lists_every_page_once(project):
    """Search engines find every record, and nothing that is not there."""
    sitemap = (project / "site/sitemap.xml").read_text("utf-8")
    listed = re.findall(r"<loc>https://example.org/plans/(.*?)</loc>", sitemap)
    pages = {path.removesuffix("index.html") for path in ours(project / "site") if "html" in path}
    assert len(listed) == len(set(listed))
    assert {unescape(each) for each in listed} - {""} == pages


def test_a_first_view_is_light_on_every_page(project, shipped_site):
    """No page, of the shipped plan or another, costs a reader more than the budget."""
    for site in (project / "site", shipped_site):
        page, _ = heaviest(site)
        assert sum(first_view(site, page).values()) <= FIRST_VIEW, first_view(site, page)


def test_no_page_grows_with_the_plan(tmp_path):
    """Among thousands of records every list and every table is cut, and leads to the rest."""
    site = PlanSite(load(write_plan(tmp_path, 2500)), Host("https://example.org/"))
    views = [
        view for kind in KINDS if kind != "dataset" for view in record_views(site.edition, kind)
    ]
    groups = [group for view in views for group in view.groups]
    cut = [group for group in groups if group.count > MOST]
    assert cut
    assert all(len(group.items) <= MOST for group in groups)
    assert all(group.more for group in cut)
    tables = [view for pages in site._pages.values() for view in pages if view.listing]
    assert max(len(view.listing.rows) for view in tables) == ROWS
    listed = [row.record_id for view in tables if view.name == "tasks" for row in view.listing.rows]
    assert listed == [task.task_id for task in site.plan.tasks]
    outline = next(view for view in site.overviews if view.name == "outline")
    assert 0 < len(outline.groups[0].items) <= MOST
