"""A release as a whole: fixed names, equal bytes, and all that data must not travel without."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from hashlib import sha256

import pytest
import yaml
from conftest import PACKAGES, released
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.load import load
from generator.publication.downloads.citation import apa, bibtex, gb_t_7714
from generator.publication.downloads.datasets import _stems
from generator.publication.downloads.formats import size_in_words

TABLE_FORMATS = (".csv", "-excel.csv", ".json", ".parquet")


def test_every_table_has_every_format_at_a_fixed_address(shipped):
    """Four files a table and four a package, under data/ and again under the version."""
    paths = {path for path, _ in shipped.files()}
    name = "shuozhou-digital-economy"
    joined = ["targets-wide", "tasks-wide", "subsidies-wide", "units-wide"]
    tables = [*shipped.edition.plan.tables, *joined]
    files = {f"{table}{ending}" for table in tables for ending in TABLE_FORMATS}
    files |= {f"{name}.xlsx", f"{name}.sqlite", f"{name}.zip", "datapackage.json"}
    folders = (f"{name}/data/", f"{name}/data/v{shipped.edition.plan.about.version}/")
    assert paths == {f"{folder}{file}" for folder in folders for file in files}


def test_two_builds_give_equal_bytes():
    """Zips, workbook and database too are the same, byte for byte, when made again."""
    first, second = (dict(released(load(PACKAGES["qinghe"])).files()) for _ in range(2))
    assert first == second


def test_the_descriptor_lists_every_file_with_its_size_and_sum(release):
    """What the published descriptor says of a file is true of the file."""
    files = {path.rpartition("/")[2]: content for path, content in release.files()}
    described = json.loads(files["datapackage.json"])
    listed = [*described["resources"], *described["alternates"]]
    listed += [
        each for resource in described["resources"] for each in resource.get("alternates", ())
    ]
    assert {each["path"] for each in listed} == set(files) - {"datapackage.json"}
    for each in listed:
        assert each["bytes"] == len(files[each["path"]])
        assert each["hash"] == f"sha256:{sha256(files[each['path']]).hexdigest()}"


def test_the_zip_has_all_that_data_must_not_travel_without(release):
    """Unpacked, the package says what it is, what it means, how to cite it, and may be reused."""
    content = next(file for file in release.package_files if file.name.endswith(".zip")).content
    about = release.edition.plan.about
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        text = {
            name: opened.read(name).decode("utf-8-sig")
            for name in opened.namelist()
            if not name.endswith(".xlsx")
        }
        assert len({info.date_time for info in opened.infolist()}) == 1
    assert {
        "README.md",
        "LICENSE.txt",
        "CITATION.cff",
        "datapackage.json",
        "dictionary.csv",
    } <= set(text)
    assert all(name.isascii() for name in text)
    assert gb_t_7714(release.work()) in text["README.md"]
    assert all(f"data/{dataset.stem}.csv" in text["README.md"] for dataset in release.datasets)
    assert str(about.licenses[0]["path"]) in text["LICENSE.txt"]
    cited = yaml.safe_load(text["CITATION.cff"])
    assert (cited["type"], cited["version"]) == ("dataset", about.version)
    assert cited["authors"]
    dictionary = list(csv.DictReader(io.StringIO(text["dictionary.csv"])))
    assert len(dictionary) == sum(len(dataset.columns) for dataset in release.datasets)


def test_the_dictionary_says_what_columns_are(shipped):
    """Unit, allowed values with their meaning, how many are filled, and an example."""
    rows = [dict(zip(shipped._dictionary[0], row, strict=True)) for row in shipped._dictionary[1:]]
    by_name = {(row["文件"], row["列名"]): row for row in rows}
    cap, value = by_name["subsidy_terms", "cap_yuan"], by_name["targets", "value"]
    level = by_name["subsidy_terms", "payer_level"]
    terms = shipped.edition.plan.subsidy_terms
    assert cap["单位"] == "元"
    assert int(cap["已填行数"]) == sum(term.cap_yuan is not None for term in terms)
    assert value["单位"] == "见“计量单位”列"
    assert "city = 市级" in level["可取的值"]
    assert level["示例"] == terms[0].payer_level


def test_a_joined_table_needs_no_other(shipped):
    """A row of targets-wide has its units, section and page in place, and words for terms."""
    dataset = next(each for each in shipped.datasets if each.stem == "targets-wide")
    rows = {row["target_id"]: row for row in dataset.table.rows}
    for target in shipped.edition.plan.targets:
        row, plan = rows[target.target_id], shipped.edition.plan
        assert (row["units"] or "").split(";") == [
            unit.name for unit in plan.units_of(target.section_id)
        ] or row["units"] is None
        titles = [section.title for section in plan.path(target.section_id)]
        assert row["section"].endswith(titles[-1])
        path = zip(row["section_path"].split(" > "), titles, strict=True)
        assert all(each.endswith(title) for each, title in path)
        words = {"quantitative": "定量", "qualitative": "定性"}
        assert (row["kind"], row["kind_label"]) == (target.kind, words[target.kind])
        assert row["page"].endswith(f"/targets/{target.target_id}/")
    assert rows["electronics-revenue"]["base_value"] == 2_000_000_000
    assert rows["electronics-revenue"]["base_unit"] == "元"


def test_a_joined_table_is_read_from_the_left(release):
    """A record's name comes first, its page then ids and codes last: every cell of the plan."""
    subjects = {"targets": "targets", "tasks": "tasks", "subsidies": "subsidy_terms"}
    tables = {dataset.stem: dataset.table for dataset in release.datasets}
    for subject, kept in {**subjects, "units": "units"}.items():
        own, joined = tables[kept], tables[f"{subject}-wide"]
        names = list(joined.column)
        codes = [name for name in own.column if f"{name}_label" in names and name != "duration"]
        assert names[0] in {"indicator", "title", "name"}
        assert {*own.primary_key, *codes} <= set(names[names.index("page") + 1 :])
        assert codes
        for row, wide in zip(own.rows, joined.rows, strict=True):
            assert all(wide[name] == row.get(name) for name in own.column)


def test_a_unit_s_joined_row_counts_what_it_answers_for(shipped):
    """units-wide counts what the plan gives a unit, and names where it is listed."""
    dataset = next(each for each in shipped.datasets if each.stem == "units-wide")
    plan = shipped.edition.plan
    for row in dataset.table.rows:
        unit = plan.unit[row["unit_id"]]
        assert row["tasks"] == sum(unit in plan.units_of(each.section_id) for each in plan.tasks)
        listed = sum(each.unit_id == unit.unit_id for each in plan.assignments)
        assert len(row["sections"].split(";")) == listed


def test_what_was_reached_stands_beside_the_target():
    """A package with observations has the newest of them in targets-wide."""
    release = released(load(PACKAGES["harbour-town"]))
    dataset = next(each for each in release.datasets if each.stem == "targets-wide")
    rows = {row["target_id"]: row for row in dataset.table.rows}
    row = rows["published-data-sets"]
    assert (row["reached"], row["reached_in"]) == (240, "2028")
    assert rows["contracts-in-full"]["reached"] is None


def test_a_term_s_tiers_stand_in_its_joined_row(shipped):
    """subsidies-wide tells each tier's condition and sum, and the largest of them."""
    dataset = next(each for each in shipped.datasets if each.stem == "subsidies-wide")
    row = next(r for r in dataset.table.rows if r["term_id"] == "revenue-milestone-award")
    assert row["largest_sum_yuan"] == 10_000_000
    assert row["tiers"].count(";") == len(shipped.edition.plan.tiers["revenue-milestone-award"]) - 1
    assert "100万元" in row["tiers"]
    assert "主营业务收入五档奖励能否累计" in row["open_questions"].split(";")
    assert (row["instrument"], row["instrument_label"]) == ("award", "奖励")


def test_citations_name_who_what_which_version_and_where(shipped):
    """The three forms agree, and special characters cannot break BibTeX."""
    work = replace(shipped.work(), authors=("甲 & 乙", "丙"), title="100% {of} it_")
    for cite in (gb_t_7714, apa, bibtex):
        assert all(part in cite(work) for part in (work.version, work.url, "丙"))
    began = f"甲 & 乙, 丙. 100% {{of}} it_[DS/OL]. V{work.version}. ("
    assert gb_t_7714(work).startswith(began)
    assert "100\\% \\{of\\} it\\_" in bibtex(work)
    assert "甲 \\& 乙} and {丙" in bibtex(work)


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 B"), (999, "999 B"), (13_670, "13.7 KB"), (999_960, "1.0 MB")]
)
def test_sizes_are_printed_as_people_read_them(size, words):
    """A size has at most one decimal and the unit that fits."""
    assert size_in_words(size) == words


@given(st.lists(st.text(max_size=12), unique=True, max_size=8))
def test_any_tables_get_files_of_their_own(names):
    """Whatever a package calls its tables, no file overwrites another or leaves the folder."""
    stems = list(_stems(names).values())
    files = [f"{stem}{ending}" for stem in stems for ending in TABLE_FORMATS]
    assert len(set(files) | {"datapackage.json"}) == len(files) + 1
    assert all(file[0] not in "./-" and "/" not in file and file.isascii() for file in files)


def test_a_profile_s_table_keeps_its_name_whatever_others_are_called():
    """A table that calls itself targets-excel gives way, wherever it stands."""
    assert _stems(["targets-excel", "targets"])["targets"] == "targets"
