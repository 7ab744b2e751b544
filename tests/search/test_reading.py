"""How a query is read and pages are ordered: the scripts in Chromium, on a test's own words."""

import pytest

from generator.publication.marks import figure_marks, number_mark, place_mark

pytestmark = pytest.mark.browser

LEXICON = {
    "language": "zh-CN",
    "pages": 100,
    "facets": [
        {"name": "kind", "label": "类别", "values": []},
        {"name": "year", "label": "期限", "values": [["2025", "year-2025"]]},
    ],
    "words": "数据 中心 场地 租金 补贴 工信 局 智能 制造 煤矿 人才 基站 云 计算 政策 5g 标准 "
    "十大 工程",
    "phrases": "数据中心 智能制造 场地租金",
    "names": {"市工信局": [["its-page", "its-records"]], "工信局": [["its-page", "its-records"]]},
    "synonyms": {"场地租金": "房租", "数据中心": "data center"},
    "endings": ["市", "县"],
    "places": ["朔州", "朔州市"],
    "fillers": ["有哪些", "多少", "怎么办", "的", "谁负责", "能"],
    "weak": ["补贴", "政策"],
    "lists": ["清单"],
    "intents": {"term": ["补贴"], "unit": ["谁负责"]},
    "ordinals": {"条": "policy"},
    "counters": {"money": ["元"], "other": ["户", "千瓦"]},
    "traditional": "數数據据補补貼贴",
    "hasSounds": True,
}
SOUNDS = {
    "syllables": {
        "shu": "数", "ju": "据局", "zhong": "中", "xin": "心信新", "gong": "工公", "zhi": "智只制",
        "neng": "能", "zao": "造", "fang": "房", "zu": "租", "bu": "补", "tie": "贴帖", "yun": "云",
        "mei": "煤", "kuang": "矿", "ren": "人", "cai": "才", "ji": "计基", "suan": "算",
        "chang": "场", "di": "地", "jin": "金", "zheng": "政", "ce": "策", "biao": "标",
        "zhun": "准",
        "zhan": "站", "shi": "市", "zhao": "照", "kong": "恐",
    },
    "readings": {},
    "pairs": "人才补贴",
}  # fmt: skip


@pytest.fixture(scope="module")
def run(browser, address):
    """Runs a script that has the modules of search at hand."""
    page = browser.new_context().new_page()
    page.goto(address)

    def run(script, argument=None):
        return page.evaluate(
            """async ([script, argument, made, sounds]) => {
              const load = (name) => import(new URL(`assets/planpub/search/${name}.js`, location));
              const [lexicon, query, numbers, rank] = await Promise.all(
                ["lexicon", "query", "numbers", "rank"].map(load));
              const words = new lexicon.Lexicon(made, async () => sounds);
              await words.listen();
              return SCRIPTS[script]({ ...query, ...numbers, ...rank, words }, argument);
            }""".replace("SCRIPTS", f"({_SCRIPTS})"),
            [script, argument, LEXICON, SOUNDS],
        )

    yield run
    page.context.close()


_SCRIPTS = """{
  read: ({ understand, words }, query) => {
    const asked = understand(query, words);
    const said = asked.concepts.flatMap((concept) => concept.ways);
    const ways = said.map((way) => way.text ?? way.mark);
    const texts = asked.concepts.map((concept) => concept.text);
    return { ...asked, texts, ways, sounds: asked.misheard(), concepts: null, misheard: null };
  },
  numeral: ({ readNumeral }, text) => readNumeral(text),
  near: ({ nearest, words }, query) => nearest(query, words),
  order: async ({ find, words }, [query, pages]) => {
    const engine = {
      postings: async (word) => new Map(pages
        .filter((page) => [page.title, page.clause ?? "", ...(page.marks ?? [])]
          .some((text) => text.includes(word)))
        .map((page) => [page.entry, 1])),
      page: async (id) => {
        const { title, clause = "", kind, marks = [] } = pages.find((page) => page.entry === id);
        const plain = { title, clause, content: `${title} ${clause}`, entry: "" };
        return { id, entry: id, kind, title, clause, plain, marks: new Set(marks), offsets: {} };
      },
    };
    return (await find(query, words, engine)).first.map((page) => page.entry);
  },
}"""


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("数据中心", ["数据中心"]),
        ("数据中心政策有哪些", ["数据中心", "政策"]),
        ("朔州市的煤矿怎么办", ["煤矿"]),
        ("數據中心", ["数据中心"]),
        ("５Ｇ 基站", ["5g", "基站"]),
        ("煤矿  人才", ["煤矿", "人才"]),
        ("shujuzhongxin", ["数据中心"]),
        ("shu ju zhong xin", ["数据中心"]),
        ("sjzx", ["数据中心"]),
        ("rcbt", ["人才补贴"]),
        ("gong xin ju", ["工信局"]),
        ("data center", ["data center"]),
        ("恐龙", ["恐龙"]),
        ("有哪些", ["有哪些"]),
        ("电动车煤矿", ["电动车", "煤矿"]),
        ("42条政策", ["42", "条", "政策"]),
    ],
)
def test_a_query_is_taken_apart_into_what_is_asked(run, query, texts):
    """Fillers and the city's own name fall away; scripts, widths, pinyin and initials are read."""
    assert run("read", query)["texts"] == texts


@pytest.mark.parametrize(
    ("query", "way"),
    [
        ("房租", "场地租金"),
        ("data center", "数据中心"),
        ("工信局", "its-page"),
        ("工信局", "its-records"),
        ("2025年", "year-2025"),
        ("1600万千瓦", "ppn16000000q"),
        ("410万户", "ppn4100000q"),
    ],
)
def test_words_have_other_ways_to_be_said(run, query, way):
    """A synonym stands for the plan's word, a unit's name for its page and what it answers for."""
    assert way in run("read", query)["ways"]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("500万", "最高500万元"),
        ("500万元", "最高500万元"),
        ("五百万元", "最高500万元"),
        ("5000000元", "最高500万元"),
        ("百分之三十", "不超过30%"),
        ("30%", "百分之三十"),
        ("2.5%", "按2.5%的盈亏平衡点"),
        ("20亿元", "突破20亿元"),
        ("1600万千瓦", "达到1600万千瓦"),
        ("4446", "4446个"),
        ("三成", "不超过30%"),
        ("2成半", "25%"),
        ("一半", "50%"),
    ],
)
def test_script_and_pages_mark_a_figure_alike(run, query, text):
    """Whatever way a sum is typed, its mark is the one that a page with that sum carries."""
    assert set(run("read", query)["ways"]) & {f"{mark}q" for mark in figure_marks(text)}


@pytest.mark.parametrize("query", ["第12条", "第十二条", "12条", "第 12 条"])
def test_an_article_is_found_by_its_number(run, query):
    """The number of an article, in digits or characters, is the mark of that article's page."""
    assert run("read", query)["ways"] == [number_mark("policy", "12")]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("四（五）31", ["四", "五", "31"]),
        ("四、（五）", ["四", "五"]),
        ("第四部分第五条", ["四", "五"]),
        ("3(2)", ["3", "2"]),
    ],
)
def test_a_heading_is_found_by_the_numbers_above_it(run, query, numbers):
    """Cited by its part, its section and its own number, a heading is that heading's page."""
    assert run("read", query)["ways"] == [place_mark(numbers)]


@pytest.mark.parametrize(
    ("query", "read"), [("智能制照", "智能制造"), ("智能制恐", None), ("煤矿人才", None)]
)
def test_a_word_with_one_wrong_character_may_be_read(run, query, read):
    """One that sounds alike and is no word by itself is mended; all else is left alone."""
    assert run("read", query)["sounds"][:1] == ([read] if read else [])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("四十二", 42),
        ("十二", 12),
        ("五百", 500),
        ("二十万", 200_000),
        ("两千", 2000),
        ("3,000", 3000),
        ("1亿", 100_000_000),
    ],
)
def test_numerals_are_read(run, text, number):
    """Chinese numerals and digits with scales are whole numbers."""
    assert run("numeral", text) == number


@pytest.mark.parametrize("query", ["5g", "一体化", "十大政策", "三成果"])
def test_what_only_looks_like_a_figure_is_left_alone(run, query):
    """The 5 of 5G and the 十 of 十大 are no amounts."""
    assert not any(way.startswith("pp") for way in run("read", query)["ways"])


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("数据中新", "数据中心"),
        ("公信局", "工信局"),
        ("只能制造", "智能制造"),
        ("煤框", ""),
        ("云计算", ""),
    ],
)
def test_what_sounds_like_a_known_word_can_be_meant(run, query, meant):
    """A word in wrong characters of the same sound is known; known words are not touched."""
    assert run("read", query)["sounds"][:1] == ([meant] if meant else [])


def test_the_nearest_words_are_offered(run):
    """Where nothing is found, words that look or sound alike are offered."""
    assert "数据中心" in run("near", "数剧中心")
    assert run("near", "恐龙") == []


PAGES = [
    {"entry": "task", "kind": "task", "title": "支持数据中心改造", "clause": "数据中心改造"},
    {"entry": "target", "kind": "target", "title": "数据中心数量", "clause": "数据中心达到7家"},
    {"entry": "term", "kind": "term", "title": "数据中心补贴", "marks": ["its-records"]},
    {"entry": "unit", "kind": "unit", "title": "市工信局", "marks": ["its-page", "its-records"]},
    {"entry": "ten", "kind": "section", "title": "实施十大重点工程"},
    {"entry": "said", "kind": "term", "title": "煤矿", "marks": ["ppy100000q"]},
    {"entry": "own", "kind": "term", "title": "标准", "marks": ["ppy100000q", "ppy100000r"]},
    {"entry": "apart", "kind": "section", "title": "数据与人才中心", "clause": "人才"},
]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("数据中心数量", "target"),
        ("数据中心补贴", "term"),
        ("工信局", "unit"),
        ("人才", "apart"),
        ("十大工程", "ten"),
        ("10万元", "own"),
        ("恐龙数据中心", "target"),
    ],
)
def test_the_page_that_answers_comes_first(run, query, first):
    """An equal title, words together or apart, the kind asked for, a unit, a figure of its own."""
    assert run("order", [query, PAGES])[0] == first


def test_words_that_stand_together_go_before_words_apart(run):
    """数据中心 finds pages about data centres before one about data and centres."""
    found = run("order", ["数据中心", PAGES])
    assert "apart" not in found[:3]


def test_a_page_that_does_not_speak_of_it_is_no_result(run):
    """Nothing is found where nothing fits, rather than anything at all."""
    assert run("order", ["恐龙", PAGES]) == []


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("sjzx", "数据中心"),
        ("sjzxbt", "数据中心 补贴"),
        ("cdz", "场地租金"),
    ],
)
def test_first_letters_may_be_of_two_words_or_begin_one(run, query, meant):
    """Where no word has these first letters, two words side by side do, or a word that goes on."""
    assert run("read", query)["read"] == meant


def test_english_words_are_read_in_the_plural_too(run):
    """People type data centers; the synonyms say data center. English is not read as pinyin."""
    asked = run("read", "data centers")
    assert "数据中心" in asked["ways"]
    assert asked["read"] == ""
