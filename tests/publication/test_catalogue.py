"""The catalogue for harvesters, against shapes written from the specifications."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import PACKAGES, SITE, released
from pyshacl import validate
from rdflib import Graph, Literal, namespace
from rdflib.compare import isomorphic

from generator.intake.load import load
from generator.publication.catalogue import robots
from generator.publication.chronicle import Chronicle
from generator.publication.contact import contact_of
from generator.publication.data_json import data_json
from generator.publication.dcat import Catalogue
from generator.publication.downloads.release import DataRelease
from generator.publication.views.edition import Edition

# rdflib still parses JSON-LD into what it calls its old kind of data set.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")

SHAPES = Path(__file__).parent / "shapes"


def faults(graph, shapes):
    """What SHACL finds wrong with a graph, or nothing."""
    sound, _, words = validate(graph, shacl_graph=Graph().parse(SHAPES / shapes))
    return "" if sound else words


def as_graph(document):
    """data.json as the graph that its context makes of it; the context is at hand here."""
    context = json.loads((SHAPES / "data_json_context.json").read_text("utf-8"))
    return Graph().parse(data=json.dumps({**document, "@context": context}), format="json-ld")


@pytest.fixture(scope="module", params=["harbour-town", "qinghe"])
def reachable(request):
    """A release whose descriptor names an e-mail address to ask."""
    plan = load(PACKAGES[request.param])
    contact = {"title": "甲 & “Office”", "roles": ["contact"], "email": "data@example.org"}
    return released(replace(plan, about=replace(plan.about, contributors=(contact,))))


@pytest.fixture(scope="module")
def catalogue(reachable):
    plan = reachable.edition.plan
    return Catalogue(plan.about.title, plan.about.description, SITE, [reachable])


def test_the_catalogue_is_dcat(catalogue):
    """DCAT's and DCAT-AP's requirements hold: what must be said is, as address, date or number."""
    files = dict(catalogue.files())
    assert faults(Graph().parse(data=files["catalog.ttl"], format="turtle"), "dcat.ttl") == ""


def test_both_forms_are_one_graph(catalogue):
    """JSON-LD and Turtle say exactly the same."""
    files = dict(catalogue.files())
    turtle = Graph().parse(data=files["catalog.ttl"], format="turtle")
    json_ld = Graph().parse(data=files["catalog.jsonld"], format="json-ld")
    assert len(turtle) > 500
    assert isomorphic(turtle, json_ld)


@pytest.mark.parametrize(("name", "worse"), [("publisher", None), ("format", Literal("CSV"))])
def test_the_shapes_see_what_is_wrong(catalogue, name, worse):
    """A catalogue without a publisher, or with a format that is no address, is found faulty."""
    graph = Graph().parse(data=dict(catalogue.files())["catalog.ttl"], format="turtle")
    for subject, value in list(graph.subject_objects(namespace.DCTERMS[name])):
        graph.remove((subject, namespace.DCTERMS[name], value))
        if worse is not None:
            graph.add((subject, namespace.DCTERMS[name], worse))
    assert name in faults(graph, "dcat.ttl")


def test_data_json_is_dcat_us(reachable):
    """data.json has every field that Project Open Data 1.1 always asks for."""
    document = json.loads(data_json([reachable]))
    assert document["@context"].endswith("/catalog.jsonld")
    assert faults(as_graph(document), "data_json.ttl") == ""


def test_without_an_address_nothing_but_that_is_missing(shipped):
    """A descriptor that names no e-mail gets none invented: readers are sent where they can ask."""
    release = replace(shipped, questions="https://git.example/plans/issues")
    document = json.loads(data_json([release]))
    contact = {
        "@type": "vcard:Contact",
        "fn": "planpub 数据组",
        "hasURL": "https://git.example/plans/issues",
    }
    assert all(each["contactPoint"] == contact for each in document["dataset"])
    assert "hasEmail" in faults(as_graph(document), "data_json.ttl")
    for each in document["dataset"]:
        each["contactPoint"]["hasEmail"] = "mailto:somebody@example.org"
    assert faults(as_graph(document), "data_json.ttl") == ""


def test_a_contributor_s_own_page_is_asked_first(reachable):
    """Who is contact, by which address: e-mail, own page, the site's place for questions."""
    about = reachable.edition.plan.about
    person = {"title": "丁", "roles": ["contact"], "path": "https://example.org/desk"}
    plan = replace(reachable.edition.plan, about=replace(about, contributors=(person,)))
    contact = contact_of(DataRelease(Edition(plan), SITE, "https://git.example/issues"))
    assert (contact.name, contact.address) == ("丁", "https://example.org/desk")
    assert contact_of(reachable).address == "mailto:data@example.org"
    nobody = replace(plan, about=replace(about, contributors=()))
    assert contact_of(released(nobody)).url == f"{SITE}{about.name}/about/"


def test_data_json_has_no_empty_fields(shipped):
    """What is not known is left out: harvesters refuse empty texts."""

    def values(node):
        children = (
            node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        )
        yield node
        for child in children:
            yield from values(child)

    assert not [each for each in values(json.loads(data_json([shipped]))) if each in ("", None, [])]


def test_several_packages_share_one_catalogue():
    """Each plan's whole package and every table of it is listed once."""
    releases = [released(load(PACKAGES[name])) for name in ("harbour-town", "qinghe")]
    files = dict(Catalogue("two", "two plans", SITE, releases).files())
    graph = Graph().parse(data=files["catalog.ttl"], format="turtle")
    listed = {str(address) for address in graph.objects(None, namespace.DCAT.dataset)}
    assert len(listed) == sum(1 + len(release.datasets) for release in releases)
    assert all(each.startswith(SITE) for each in listed)
    assert len(json.loads(data_json(releases))["dataset"]) == len(listed)


def test_a_day_of_change_is_the_last_release_s(shipped):
    """The catalogue's dates follow the data's history, not the clock of the build."""

    class Told(Chronicle):
        day = "2027-05-06"

    edition = Edition(shipped.edition.plan, Told(None))
    release = replace(shipped, edition=edition)
    dataset = json.loads(data_json([release]))["dataset"][0]
    assert (dataset["issued"], dataset["modified"]) == (release.first_day, "2027-05-06")


def test_robots_may_read_everything_and_find_the_sitemap():
    """robots.txt forbids nothing and names the sitemap by its whole address."""
    assert robots(SITE).decode().splitlines() == [
        "User-agent: *",
        "Allow: /",
        "",
        f"Sitemap: {SITE}sitemap.xml",
    ]
