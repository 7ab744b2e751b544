"""The lexicon that the search script reads queries with, made of the package's own words.

It holds the words that the index was cut into, the phrases that titles and clauses repeat, the
names of units, themes and overviews, the synonyms of the package, and what a language adds: words
to leave out, traditional characters, pinyin. Nothing is asked of it until search is opened.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from generator.plan.records import Unit
from generator.publication.marks import KIND_NAMES, facet_mark, page_mark
from generator.publication.search import word_runs
from generator.publication.views.edition import Edition
from generator.publication.views.parts import OverviewView

_MOST_WORDS = 6000
_MOST_PHRASES = 2000
"""What is kept of the words and phrases, the most frequent first: bytes that every reader loads."""
_LONGEST_PHRASE = 4
_LONGEST_WORD = 20
_MOST_PAIRS = 4000
_PAIR = range(3, 6)
"""How many characters make a pair of words."""
_SEEN = 2
"""In how many pages a phrase must stand."""

_HAN = re.compile(r"[\u3400-\u9fff]")
_GB2312_LEVEL_1 = range(0xB0, 0xD8)
"""The rows of the most common characters in GB 2312: what people may type and the plan lacks."""


@dataclass(frozen=True)
class Indexed:
    """What the index is made of: its words and phrases, most frequent first; how many pages.

    `pairs` are pairs of words that stand on one page only.
    """

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    pairs: tuple[str, ...]
    pages: int


def count_words(pages: Iterable[Mapping[str, Any]]) -> Indexed:
    """Count the words of pages as Pagefind keeps them, and the phrases of title and clause."""
    words: Counter[str] = Counter()
    phrases: Counter[tuple[str, ...]] = Counter()
    number = 0
    for page in pages:
        number += 1
        runs = list(word_runs(page["content"]))
        words.update({word for run in runs for word in run if _is_word(word)})
        said = _title_and_clause(page)
        ngrams = {each for run in runs for each in _ngrams(run)}
        phrases.update(each for each in ngrams if "".join(each) in said)
    ranked = sorted(words.items(), key=lambda pair: (-pair[1], pair[0]))
    return Indexed(
        words=tuple(word for word, _ in ranked[:_MOST_WORDS]),
        phrases=tuple(_repeated(phrases)),
        pairs=tuple(_pairs(phrases)),
        pages=number,
    )


def _pairs(phrases: Counter[tuple[str, ...]]) -> Iterator[str]:
    """Pairs of words that are no phrase; who types their first letters may mean them."""
    rare = (phrase for phrase, count in phrases.items() if count < _SEEN and len(phrase) == 2)
    pairs = sorted(pair for pair in map("".join, rare) if _HAN.search(pair) and len(pair) in _PAIR)
    yield from pairs[:_MOST_PAIRS]


def _is_word(word: str) -> bool:
    """Whether people may type it: no bare number, no checksum."""
    return not word.isdigit() and len(word) <= _LONGEST_WORD


def _title_and_clause(page: Mapping[str, Any]) -> str:
    """The words that are the plan's, and not those of our sentences around them."""
    clauses = [each["text"] for each in page["anchors"] if each["id"].startswith("clause")]
    return "\n".join((page["meta"]["title"], *clauses)).lower()


def _ngrams(run: list[str]) -> Iterator[tuple[str, ...]]:
    for size in range(2, _LONGEST_PHRASE + 1):
        yield from zip(*(run[start:] for start in range(size)), strict=False)


def _repeated(phrases: Counter[tuple[str, ...]]) -> Iterator[str]:
    """The phrases that are repeated, without those that only stand inside a longer one."""
    seen = {phrase: count for phrase, count in phrases.items() if count >= _SEEN}
    inner = {
        part
        for phrase, count in seen.items()
        for part in (phrase[1:], phrase[:-1])
        if seen.get(part) == count
    }
    kept = sorted(
        (-count, "".join(phrase)) for phrase, count in seen.items() if phrase not in inner
    )
    yield from (phrase for _, phrase in kept[:_MOST_PHRASES])


# ------------------------------------------------------------------------------------------- names


@cache
def _manners(language: str) -> Mapping[str, Any]:
    """How people ask in a language: locale/<language>/search.toml, empty where there is none."""
    primary = language.split("-", 1)[0].lower()
    for folder in files(__package__).joinpath("locale").iterdir():
        table = folder.joinpath("search.toml")
        if folder.name.split("_", 1)[0] == primary and table.is_file():
            return tomllib.loads(table.read_text(encoding="utf-8"))
    return {}


def unit_names(unit: Unit, manners: Mapping[str, Any]) -> Iterator[str]:
    """What people call a unit: its names, without what stands before them, and its other names."""
    rules = manners.get("units", {})
    for name in unit.names:
        yield name
        for other in _other_names(_bare(name, rules), rules):
            yield other
            yield from (
                f"{stem}{body}" for stem in _stems(other, rules) for body in rules["bodies"]
            )


def _bare(name: str, rules: Mapping[str, Any]) -> str:
    """A name without the 市 before it."""
    prefixes = sorted(rules.get("prefixes", ()), key=len, reverse=True)
    return next((name.removeprefix(each) for each in prefixes if name.startswith(each)), name)


def _other_names(name: str, rules: Mapping[str, Any]) -> Iterator[str]:
    """A name, and what else the office in it is called, with the rest of the name and without."""
    yield name
    for same in rules.get("same", ()):
        known = next((each for each in same if _stands_in(each, name)), None)
        if known:
            yield from (name.replace(known, other) for other in same)
            yield from same


def _stands_in(office: str, name: str) -> bool:
    """Whether a name is that of an office; two characters may stand in any word: 人民政府."""
    return name.startswith(office) or (office in name and len(office) > 2)


def _stems(name: str, rules: Mapping[str, Any]) -> Iterator[str]:
    """What an office is about: 财政 of 财政局."""
    for ending in rules.get("endings", ()):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            yield name.removesuffix(ending)
            return


def _names(edition: Edition, overviews: Iterable[OverviewView]) -> Iterator[tuple[str, str, str]]:
    """Names of units, themes and overviews: (name, page's mark, mark of the facet or nothing)."""
    manners = _manners(edition.plan.about.language)
    for unit in edition.plan.units:
        page, facet = page_mark(edition.unit_link(unit).path), facet_mark("unit", unit.name)
        yield from ((name, page, facet) for name in dict.fromkeys(unit_names(unit, manners)))
    for theme in edition.themes:
        link = edition.theme_link(theme)
        yield link.text, page_mark(link.path), facet_mark("theme", link.text)
    for view in overviews:
        others = manners.get("pages", {}).get(view.name, ())
        yield from ((name, page_mark(view.path), "") for name in (view.title, *others))


def _places(edition: Edition) -> Iterator[str]:
    """The city's own name in all its lengths: every page is about it, so it says nothing."""
    rules = _manners(edition.plan.about.language).get("places", {})
    parts = [edition.plan.about.jurisdiction]
    for ending in rules.get("provinces", ()):
        parts = [each for part in parts for each in re.split(f"(?<={ending})", part) if each]
    for part in (edition.plan.about.jurisdiction, *parts):
        yield part
        for ending in rules.get("endings", ()):
            if part.endswith(ending) and len(part) > len(ending) + 1:
                yield part.removesuffix(ending)


# ----------------------------------------------------------------------------------------- facets


def _facets(editions: Sequence[Edition]) -> Iterator[dict[str, Any]]:
    """Each facet with its values: [label, mark], or for kinds [label, mark, kind]."""
    text = editions[0].words.text
    kinds = [(text(name), facet_mark("kind", kind), kind) for kind, name in KIND_NAMES.items()]
    yield {"name": "kind", "label": text("Kind"), "values": kinds}
    values: dict[str, list[str]] = {
        "unit": [unit.name for each in editions for unit in each.plan.units],
        "theme": [each.theme_link(theme).text for each in editions for theme in each.themes],
        "year": sorted({due[:4] for each in editions for due in _dues(each) if due}),
        "plan": [each.plan.about.title for each in editions],
    }
    labels = {
        "unit": text("Unit"),
        "theme": text("Theme"),
        "year": text("Due in"),
        "plan": text("Plan"),
    }
    for name, label in labels.items():
        pairs = [(value, facet_mark(name, value)) for value in dict.fromkeys(values[name])]
        if len(pairs) > 1:
            yield {"name": name, "label": label, "values": pairs}


def _dues(edition: Edition) -> Iterator[str | None]:
    yield from (target.due for target in edition.plan.targets)
    yield from (task.due for task in edition.plan.tasks)


# -------------------------------------------------------------------------------------- characters


def _traditional(characters: Iterable[str]) -> str:
    """Pairs of a traditional character and the simplified one that the site uses: 數数據据."""
    from opencc import OpenCC

    used = set(characters)
    every = [chr(code) for code in range(0x4E00, 0xA000)]
    simplified = OpenCC("t2s").convert("\n".join(every)).split("\n")
    pairs = zip(every, simplified, strict=True)
    return "".join(old + new for old, new in pairs if old != new and new in used)


def _pinyin(words: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Characters by syllable, and the words that are not read as their characters are alone."""
    from pypinyin import lazy_pinyin

    words = [word for word in dict.fromkeys(words) if _HAN.search(word)]
    common = (bytes((row, cell)) for row in _GB2312_LEVEL_1 for cell in range(0xA1, 0xFF))
    typed = "".join(code.decode("gb2312", "ignore") for code in common)
    characters = [char for char in dict.fromkeys("".join(words) + typed) if _HAN.match(char)]
    alone = dict(zip(characters, lazy_pinyin(characters), strict=True))
    syllables: dict[str, str] = {}
    for char, syllable in sorted(alone.items()):
        if syllable.isascii():
            syllables[syllable] = syllables.get(syllable, "") + char
    readings = {
        word: reading
        for word in words
        if (reading := "".join(lazy_pinyin(word)))
        != "".join(alone.get(char, char) for char in word)
    }
    return syllables, readings


# ----------------------------------------------------------------------------------------- lexicon


def lexicon(
    editions: Sequence[Edition],
    overviews: Sequence[Sequence[OverviewView]],
    indexed: Indexed,
) -> dict[str, Any]:
    """Everything that the search script knows, as JSON takes it."""
    language = editions[0].plan.about.language
    manners = _manners(language)
    names: dict[str, list[tuple[str, str]]] = {}
    for edition, views in zip(editions, overviews, strict=True):
        for name, page, facet in _names(edition, views):
            names.setdefault(name.lower(), []).append((page, facet))
    synonyms: dict[str, list[str]] = {}
    for row in (row for each in editions for row in each.plan.synonyms):
        synonyms.setdefault(row.term.lower(), []).append(row.means.lower())
    made: dict[str, Any] = {
        "language": language,
        "pages": indexed.pages,
        "facets": list(_facets(editions)),
        "words": " ".join(indexed.words),
        "phrases": " ".join(indexed.phrases),
        "pairs": " ".join(indexed.pairs),
        "names": names,
        "synonyms": synonyms,
        "endings": manners.get("places", {}).get("endings", ()),
        "places": list(dict.fromkeys(name for each in editions for name in _places(each))),
        **{key: manners.get(key, ()) for key in ("fillers", "weak", "lists")},
        **{key: manners.get(key, {}) for key in ("intents", "ordinals", "counters")},
    }
    return made | (_chinese(made) if language.startswith("zh") else {})


def sounds(made: dict[str, Any]) -> dict[str, Any]:
    """Takes out of a lexicon what only a query in pinyin, or a misspelt one, asks for."""
    taken = {key: made.pop(key, {}) for key in ("syllables", "readings", "pairs")}
    made["hasSounds"] = bool(taken["syllables"])
    return taken


def _chinese(made: Mapping[str, Any]) -> dict[str, Any]:
    """What Chinese needs besides: other characters for the same words, and how words sound."""
    words = [*made["words"].split(), *made["names"], *made["synonyms"]]
    words += [each for means in made["synonyms"].values() for each in means]
    syllables, readings = _pinyin(words)
    asked = [*made["fillers"], *made["weak"], *made["lists"], *made["ordinals"]]
    asked += [word for each in made["intents"].values() for word in each]
    characters = "".join((*words, *asked))
    return {"traditional": _traditional(characters), "syllables": syllables, "readings": readings}
