"""What the lexicon is made of, and what the build's own test of search finds."""

import gzip
import json

import pytest

from generator.plan.records import Unit
from generator.publication import chinese
from generator.publication import lexicon as made
from generator.publication.checks import BuiltSite
from generator.publication.checks.findability import CANDIDATES, findable
from generator.publication.manners import manners_of
from generator.publication.marks import Entry, facet_mark, page_mark
from generator.publication.pages import Page
from generator.publication.search import card, card_path, fragments, run_pagefind, word_runs
from generator.publication.swap import Staged
from generator.publication.vocabulary import count_words


def names_of(name, *aliases):
    unit = Unit(row=2, unit_id="u", name=name, aliases=aliases, kind="municipal-department")
    return set(made.unit_names(unit, manners_of("zh-CN")))


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("市工信局", {"市工信局", "工信局", "工业和信息化局", "工信部门", "工信"}),
        ("市发展改革委", {"发改委", "发展和改革委员会", "发改部门"}),
        ("县卫健委", {"卫健委", "卫生健康委员会"}),
        ("市委网信办", {"网信办", "互联网信息办公室"}),
        ("人行清河中心支行", {"人民银行", "央行", "人民银行清河中心支行"}),
        ("清河港务中心", {"清河港务中心"}),
    ],
)
def test_a_unit_is_known_by_what_people_call_it(name, called):
    """Full, bare, old and short names of an office lead to it, whatever the city."""
    assert called <= names_of(name)


def test_a_unit_is_not_known_by_what_others_are_called():
    """The 民政 in 人民政府 makes no civil affairs office of a government."""
    assert names_of("各县人民政府") == {"各县人民政府"}


def test_another_name_of_the_package_is_a_name_too():
    """An alias that a package gives is worth as much as the name."""
    assert {"示范区", "示范区管委会"} <= names_of("示范区管委会", "示范区")


def page(title, clause, content):
    anchors = [{"id": "clause1", "text": clause}]
    return {"meta": {"title": title}, "anchors": anchors, "content": content.replace("|", "\u200b")}


def test_phrases_are_what_titles_and_clauses_repeat():
    """A phrase is known when two pages have it in title or clause, not in the words around."""
    pages = [
        page("数据中心", "建设数据中心", "数据|中心|. |建设|数据|中心|. |由|市局|负责|."),
        page("绿色数据中心", "改造数据中心", "绿色|数据|中心|. |改造|数据|中心|. |由|市局|负责|."),
    ]
    counted = count_words(pages, "zh-CN")
    assert "数据中心" in counted.phrases
    assert "由市局" not in counted.phrases
    assert counted.pages == 2
    assert counted.words.index("数据") < counted.words.index("绿色")


def test_phrases_have_no_loose_ends_and_no_figures():
    """化试点 of 数字化试点 is no phrase, nor are figures; a name in quotation marks is one."""
    clause = "数字化试点奖励100万元，“东数西算”"
    content = "数字|化|试点|奖励|100|万元|，|“|东|数|西|算|”|."
    counted = count_words([page("一", clause, content), page("二", clause, content)], "zh-CN")
    assert "数字化试点奖励" in counted.phrases
    assert "东数西算" in counted.phrases
    assert not [each for each in counted.phrases if each.startswith("化") or "100" in each]


def test_words_of_taiwan_are_known_where_they_differ():
    """网路 is read as 网络; what the plan has itself, and what follows from it, is not listed."""
    assert chinese.regional(["网络", "网络安全", "数据"]) == {"网路": "网络", "资料": "数据"}
    assert chinese.regional(["网络", "网路"]) == {}


def test_words_are_as_the_index_has_them():
    """Marks part runs of words, a per cent sign belongs to its number, letters are small."""
    assert list(word_runs("增长|30%|，|5|G| 网络".replace("|", "\u200b"))) == [
        ["增长", "30%"],
        ["5", "g"],
        ["网络"],
    ]


def test_traditional_characters_are_only_those_of_known_words():
    """數據 is read as 数据 where the site has these characters, and nothing else is loaded."""
    assert chinese.traditional("数据") == "據据數数"


def test_sounds_are_told_word_by_word():
    """A character is known by its usual sound, a word that is read otherwise by its own."""
    syllables, readings = chinese.pinyin(["数据中心", "银行", "重庆"])
    assert "数" in syllables["shu"]
    assert readings["重庆"] == "chongqing"
    assert "数据中心" not in readings


PAGE = b'<div class="pp pp-record">'


def write_cards(folder, titles):
    for number, title in enumerate(titles):
        path = f"plan/tasks/{number}/"
        marks = f"{page_mark(path)} {facet_mark('kind', 'task')}"
        entry = Entry(kind="task", entry_id=f"t{number}", where="一节", marks=marks)
        content = f'<h1>{title}</h1><p id="clause1">{title}的原文</p>'
        shown = Page(path=path, title=title, description="", content=content)
        Staged(folder).put(card_path(path), card(shown, entry))
        Staged(folder).put(f"{path}index.html", PAGE)
        Staged(folder).put(f"plan/tasks/{number}.json", b"{}")


def index(folder, titles, names=None):
    write_cards(folder, titles)
    run_pagefind(folder, "zh-CN")
    kinds = [
        ["任务", facet_mark("kind", "task"), "task"],
        ["单位", facet_mark("kind", "unit"), "unit"],
    ]
    lexicon = {"facets": [{"values": kinds}], "names": names or {}}
    Staged(folder).put("pagefind/lexicon.json", json.dumps(lexicon).encode())
    return folder


def messages(folder):
    return [f"{each.page}: {each.message}" for each in findable(BuiltSite(folder, "/"))]


def test_an_index_is_the_same_each_time(tmp_path):
    """Built twice from the same pages, the index is the same byte for byte."""
    builds = [index(tmp_path / name, ["建设数据中心", "培育人才"]) for name in ("one", "two")]
    contents = [
        {path.relative_to(build): path.read_bytes() for path in build.rglob("*") if path.is_file()}
        for build in builds
    ]
    assert contents[0] == contents[1]


def test_a_card_is_found_with_its_marks_and_clause(tmp_path):
    """What the script needs of a page is in the index: title, place, marks, clause, cut text."""
    (found,) = fragments(index(tmp_path, ["建设数据中心"]))
    assert found["url"] == "/plan/tasks/0/"
    assert found["meta"]["title"] == "建设数据中心"
    assert found["meta"]["id"] == "t0"
    assert page_mark("plan/tasks/0/") in found["meta"]["marks"].split()
    assert found["anchors"][0]["text"] == "建设数据中心的原文"


def test_pages_that_are_found_pass(tmp_path):
    """Every record in the index under its title is no finding."""
    assert messages(index(tmp_path, ["建设数据中心", "培育人才", "培育人才"])) == []


def test_a_page_that_is_not_in_the_index_is_found_out(tmp_path):
    """A record whose page search does not know fails the build."""
    index(tmp_path, ["建设数据中心"])
    Staged(tmp_path).put("plan/tasks/lost/index.html", PAGE)
    Staged(tmp_path).put("plan/tasks/lost.json", b"{}")
    assert messages(tmp_path) == ["plan/tasks/lost/index.html: 搜索索引里没有这一页"]


def test_a_missing_index_is_found_out(tmp_path):
    """A site with records and no index fails the build."""
    Staged(tmp_path).put("plan/tasks/a/index.html", PAGE)
    Staged(tmp_path).put("plan/tasks/a.json", b"{}")
    assert len(messages(tmp_path)) == 1


def test_a_title_that_too_many_share_is_found_out(tmp_path):
    """A title that would not bring its page among the candidates fails the build."""
    folder = index(tmp_path, ["培育人才"] * (CANDIDATES + 1))
    assert len(messages(folder)) == CANDIDATES + 1


def test_a_lost_mark_is_found_out(tmp_path):
    """A page whose mark is no word of the index fails the build."""
    index(tmp_path, ["建设数据中心"])
    for path in (tmp_path / "pagefind" / "index").iterdir():
        path.write_bytes(gzip.compress(b"nothing"))
    assert messages(tmp_path) == ["plan/tasks/0/index.html: 搜索索引里没有这一页的标记"]


def test_words_of_another_script_are_a_file_of_their_own():
    """A query in Chinese does not load English synonyms; words of the index stay."""
    parts = {
        "words": "5g 数据",
        "synonyms": {"房租": ["租金"], "租房": ["租金"], "rent": ["租金"], "5g": ["基站"]},
        "syllables": {"shu": "数"},
    }
    files = dict(made.lexicon_files(parts))
    assert files["foreign"] == {"租金": "rent"}
    assert files["lexicon"]["synonyms"] == {"租金": "房租|租房", "基站": "5g"}
    assert "syllables" not in files["lexicon"]
