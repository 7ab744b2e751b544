"""The lexicon that the search script reads queries with, made of the package's own words.

It holds the words that the index was cut into, the phrases that titles and clauses repeat, the
names of units, themes and overviews, the synonyms of the package, and what a language adds: words
to leave out, traditional characters, pinyin. Nothing is asked of it until search is opened.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.plan.records import Unit
from generator.publication.chinese import pinyin, regional, romanised, traditional
from generator.publication.manners import manners_of
from generator.publication.marks import KIND_NAMES, facet_mark, page_mark
from generator.publication.views.edition import Edition
from generator.publication.views.parts import OverviewView
from generator.publication.vocabulary import Indexed

# ------------------------------------------------------------------------------------------- names


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
    """Names of units, themes and overviews: (name, page's mark, mark of the facet or nothing).

    The names that units bear come before others that they are called by, so that of two names that
    sound the same the right one is heard.
    """
    manners = manners_of(edition.plan.about.language)
    rules = manners.get("units", {})
    for own in (True, False):
        for unit in edition.plan.units:
            page, facet = page_mark(edition.unit_link(unit).path), facet_mark("unit", unit.name)
            borne = {*unit.names, *(_bare(name, rules) for name in unit.names)}
            for name in dict.fromkeys(unit_names(unit, manners)):
                if (name in borne) is own:
                    yield name, page, facet
    for theme in edition.themes:
        link = edition.theme_link(theme)
        yield link.text, page_mark(link.path), facet_mark("theme", link.text)
    for view in overviews:
        others = manners.get("pages", {}).get(view.name, ())
        yield from ((name, page_mark(view.path), "") for name in (view.title, *others))


def _places(edition: Edition) -> Iterator[str]:
    """The city's own name in all its lengths: every page is about it, so it says nothing."""
    rules = manners_of(edition.plan.about.language).get("places", {})
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


# ----------------------------------------------------------------------------------------- lexicon


def lexicon(
    editions: Sequence[Edition],
    overviews: Sequence[Sequence[OverviewView]],
    indexed: Indexed,
) -> dict[str, Any]:
    """Everything that the search script knows, as JSON takes it."""
    language = editions[0].plan.about.language
    manners = manners_of(language)
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


_ACRONYM = 3
"""Letters of the longest word that is not taken for English: CT, IPO."""


def lexicon_files(made: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """A lexicon as the files that the script loads when it needs them: (name, content).

    Apart from the lexicon itself: what only a query in pinyin, or a misspelt one, asks for; and
    where the site is in Chinese, the words that only a query in Latin letters has.
    """
    sounds = {key: made.get(key, {}) for key in ("syllables", "readings", "pairs")}
    yield "sounds", sounds
    has_sounds = bool(sounds["syllables"])
    own = frozenset(made["words"].split())
    foreign = {
        term: means
        for term, means in made["synonyms"].items()
        if has_sounds and len(term) > _ACRONYM and term.isascii() and term not in own
    }
    yield "foreign", _by_meaning(foreign)
    native = {term: means for term, means in made["synonyms"].items() if term not in foreign}
    rest = {key: value for key, value in made.items() if key not in sounds}
    switches = {"hasSounds": has_sounds, "hasForeign": bool(foreign)}
    yield "lexicon", {**rest, "synonyms": _by_meaning(native), **switches}


def _by_meaning(synonyms: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """What is said for each word, parted by |: a third fewer bytes than the other way round."""
    terms: dict[str, list[str]] = {}
    for term, means in synonyms.items():
        for word in means:
            terms.setdefault(word, []).append(term)
    return {word: "|".join(each) for word, each in terms.items()}


def _chinese(made: Mapping[str, Any]) -> dict[str, Any]:
    """What Chinese needs besides: other characters and words for the same, and how words sound."""
    phrases = made["phrases"].split()
    words = [*made["words"].split(), *made["names"], *made["synonyms"]]
    words += [each for means in made["synonyms"].values() for each in means]
    syllables, readings = pinyin(words)
    asked = [*made["fillers"], *made["weak"], *made["lists"], *made["ordinals"]]
    asked += [word for each in made["intents"].values() for word in each]
    synonyms = dict(made["synonyms"])
    for other, word in regional((*words, *phrases)).items():
        synonyms.setdefault(other, [word])
    return {
        "traditional": traditional("".join((*words, *phrases, *asked))),
        "synonyms": synonyms,
        "places": [*made["places"], *map(romanised, made["places"])],
        "syllables": syllables,
        "readings": readings,
    }
