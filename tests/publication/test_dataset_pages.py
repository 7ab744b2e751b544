"""The pages of the data: what they show, what their heads say, how to load what they offer."""

import csv
import functools
import json
import re
import shutil
import subprocess
import threading
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urljoin

import duckdb
import pytest
from conftest import PACKAGES, SITE, released
from pyshacl import validate
from rdflib import Graph
from test_round_trips import as_model, model, typed

from generator.intake.load import load
from generator.publication.downloads.snippets import snippets
from generator.publication.frame import Frame
from generator.publication.publication import Publication
from generator.publication.site import Host, PlanSite

# rdflib still parses JSON-LD into what it calls its old kind of data set.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")

SHAPES = Path(__file__).parent / "shapes/schema_org.ttl"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
SLOTS = "planpub:slot:title|planpub:slot:head|planpub:slot:content"
UNSHOWN = {"@context", "@type", "isAccessibleForFree", "encodingFormat"}
"""What says in a machine's words what the page says in others: free to reuse, the format's name."""


@pytest.fixture(scope="module", params=["shipped", "harbour-town"])
def site(request):
    plan = load(PACKAGES[request.param])
    return PlanSite(plan, Host(SITE, "https://git.example/plans"))


@pytest.fixture(scope="module")
def pages(site):
    """Head and content of every page that carries structured data, by address."""
    found = {page.path: (page.head, page.content) for page in site.overview_pages}
    for kind in ("dataset", "unit", "term"):
        for path, content in site.record_files(kind, Frame.cut(SLOTS)):
            if path.endswith("/index.html"):
                _, head, body = content.decode().split("|", 2)
                found[path.removesuffix("index.html")] = (head, body)
    return found


def structured(head):
    return [json.loads(text) for text in SCRIPT.findall(head)]


def of_type(pages, *kinds):
    return {
        path: node
        for path, (head, _) in pages.items()
        for node in structured(head)
        if node["@type"] in kinds
    }


def leaves(node, name=""):
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in UNSHOWN:
                yield from leaves(value, key)
    elif isinstance(node, list):
        for each in node:
            yield from leaves(each, name)
    else:
        yield name, str(node)


def test_heads_are_what_schema_org_and_google_ask(pages):
    """Every node passes the shapes: data sets, catalogue, grants, services, bodies."""
    nodes = [node for head, _ in pages.values() for node in structured(head)]
    graph = Graph()
    for node in nodes:
        node["@context"] = {"@vocab": "https://schema.org/"}
        graph.parse(data=json.dumps(node), format="json-ld")
    sound, _, words = validate(graph, shacl_graph=Graph().parse(SHAPES))
    assert sound, words
    found = {node["@type"] for node in nodes}
    assert found >= {
        "Dataset",
        "DataCatalog",
        "MonetaryGrant",
        "GovernmentService",
        "BreadcrumbList",
    }
    assert "GovernmentOrganization" in found


def test_the_front_page_of_several_plans_is_their_catalogue():
    """It lists each plan's package and leads to each plan's own catalogue."""
    host = Host(SITE)
    sites = tuple(PlanSite(load(PACKAGES[name]), host) for name in ("harbour-town", "qinghe"))
    node = structured(Publication(sites).overviews[""].head)[-1]
    assert (node["@type"], node["url"]) == ("DataCatalog", SITE)
    roots = [f"{SITE}{site.plan.about.name}/" for site in sites]
    assert [each["@id"] for each in node["dataset"]] == [f"{root}data/" for root in roots]
    assert [each["@id"] for each in node["hasPart"]] == roots


def test_every_table_unit_and_term_says_what_it_is(site, pages):
    """Each has a node of its own on its own page."""
    tables = {site.release.page(each) for each in site.release.datasets}
    assert set(of_type(pages, "Dataset")) == {*tables, site.release.folder}
    bodies = of_type(pages, "GovernmentOrganization", "Organization")
    assert len(bodies) == len(site.plan.units)
    assert len(of_type(pages, "MonetaryGrant", "GovernmentService")) == len(site.plan.subsidy_terms)
    enterprises = {u.name for u in site.plan.units if u.kind == "state-enterprise"}
    assert {n["name"] for n in of_type(pages, "Organization").values()} == enterprises


def test_a_data_set_s_head_says_nothing_that_its_page_does_not_show(pages):
    """Each value in the markup is in the page's text or is where one of its links leads."""
    for path, node in of_type(pages, "Dataset").items():
        content = pages[path][1]
        text = " ".join(unescape(re.sub(r"<[^>]+>", " ", content)).split())
        links = {
            urljoin(SITE + path, unescape(each)) for each in re.findall(r'href="([^"]*)"', content)
        }
        for name, value in leaves(node):
            parts = value.split("/") if name == "temporalCoverage" else [value]
            shown = all(part in text for part in parts) or value in links
            assert shown or value == SITE + path, (path, name, value)


def test_every_page_can_be_shared(pages):
    """OpenGraph names the page, its address and a picture by their whole addresses."""
    for path, (head, _) in pages.items():
        said = dict(re.findall(r'<meta property="(og:[a-z_:]+)" content="([^"]*)">', head))
        assert said["og:url"] == SITE + path
        assert said["og:image"].startswith(SITE)
        assert said["og:image"].endswith("/card.png")
        assert all(said[f"og:{name}"] for name in ("title", "description", "site_name", "locale"))


def test_the_picture_is_there_and_of_the_size_said(site):
    """The picture that pages name is a PNG of 1200 by 630."""
    picture = dict(site.files())[f"{site.edition.root}card.png"]
    assert picture.startswith(b"\x89PNG")
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (1200, 630)


def test_a_table_s_page_offers_files_that_exist(site, pages):
    """Every format is linked with its size and sum, and every link leads to a file."""
    files = dict(site.files())
    for dataset in site.release.datasets:
        path = site.release.page(dataset)
        content = pages[path][1]
        links = {
            urljoin("/" + path, each)[1:]
            for each in re.findall(r'href="([^"]*)" download', content)
        }
        assert links <= set(files)
        assert len(links) == 4
        for file in site.release.table_files[dataset.stem]:
            assert file.sha256 in content


def test_a_table_s_page_has_its_dictionary(site, pages):
    """Every column is explained, with each of its terms."""
    for dataset in site.release.datasets:
        content = pages[site.release.page(dataset)][1]
        for column in dataset.columns:
            assert f'<tr id="column-{column.name}">' in content
            for term in column.labels:
                assert f"<code>{term}</code>" in content.replace("&#39;", "'").replace("&amp;", "&")


def test_tables_are_in_the_sitemap(site):
    """Crawlers find the page of every table."""
    addresses = {path for path, _ in site.addresses()}
    assert {site.release.page(each) for each in site.release.datasets} <= addresses


# ------------------------------------------------------------------------------------- snippets


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing in the tests' output."""


@pytest.fixture(scope="module", params=["shipped", "harbour-town"])
def online(request, tmp_path_factory):
    """A release whose files are served at the address that its snippets name."""
    folder = tmp_path_factory.mktemp("online")
    handler = functools.partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        release = released(load(PACKAGES[request.param]), f"http://127.0.0.1:{server.server_port}/")
        for path, content in release.files():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        yield release, folder
        server.shutdown()


def lines(release, dataset, tool):
    shown = snippets(dataset, urljoin(release.site_url, release.folder))
    return next(each.code for each in shown if each.tool == tool)


def test_the_lines_for_pandas_run(online):
    """What the page says for pandas gives the table's cells, from Parquet and from CSV."""
    release, _ = online
    for dataset in release.datasets:
        code = lines(release, dataset, "pandas")
        for part in code.split("# CSV\n"):
            names = {}
            exec("import pandas as pd\n" + part, names)  # noqa: S102 - these lines are the promise
            frame = names[dataset.stem.replace("-", "_")]
            rows = frame.astype(object).to_numpy().tolist()
            read = [
                [
                    typed(cell, column) if isinstance(cell, str) else as_model(cell)
                    for cell, column in zip(row, dataset.columns, strict=True)
                ]
                for row in rows
            ]
            assert read == model(dataset.table)


def test_the_lines_for_duckdb_run(online):
    """What the page says for DuckDB gives the table's cells, here from the disk."""
    release, folder = online
    for dataset in release.datasets:
        code = lines(release, dataset, "DuckDB").replace(release.site_url, f"{folder}/")
        rows = duckdb.sql(code).fetchall()
        assert [[as_model(cell) for cell in row] for row in rows] == model(dataset.table)


@pytest.mark.skipif(
    not shutil.which("Rscript"), reason="no R on this machine: install it (.ci/run does)"
)
def test_the_lines_for_r_run(online, tmp_path):
    """What the page says for R gives the table's cells; written out again by R and compared."""
    release, _ = online
    script = ['options(encoding = "UTF-8")\n']
    for dataset in release.datasets:
        name = dataset.stem.replace("-", "_")
        script.append(lines(release, dataset, "R"))
        script.append(
            f'write.csv({name}, "{dataset.stem}.out", row.names = FALSE, na = "", '
            'fileEncoding = "UTF-8")\n'
        )
    (tmp_path / "all.R").write_text("".join(script), encoding="utf-8")
    run = ["Rscript", "--vanilla", "all.R"]
    environment = {
        "LC_ALL": "C.UTF-8",
        "PATH": "/usr/bin:/bin:/usr/local/bin",
        "HOME": str(tmp_path),
    }
    subprocess.run(run, cwd=tmp_path, check=True, capture_output=True, env=environment)
    for dataset in release.datasets:
        text = (tmp_path / f"{dataset.stem}.out").read_text("utf-8").splitlines()
        labels, *rows = csv.reader(text)
        assert labels == [column.name for column in dataset.columns]
        read = [
            [
                typed(cell.lower() if column.type == "boolean" else cell, column)
                for cell, column in zip(row, dataset.columns, strict=True)
            ]
            for row in rows
        ]
        assert read == model(dataset.table)
