"""The words that an index was cut into, counted: what people may type and find.

Besides single words these are phrases that titles and clauses repeat, what they set in quotation
marks, and pairs of words that are too rare for a phrase.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.publication.manners import manners_of
from generator.publication.search import word_runs

HAN = re.compile(r"[\u3400-\u9fff]")
"""A Chinese character."""

_MOST_WORDS = 6000
_MOST_PHRASES = 2000
"""What is kept of the words and phrases, the most frequent first: bytes that every reader loads."""
_LONGEST_PHRASE = 4
_LONGEST_WORD = 20
_MOST_PAIRS = 2800
_PAIR = range(3, 7)
"""How many characters make a pair of words."""
_SEEN = 2
"""In how many pages a phrase must stand."""
_QUOTED = re.compile(r"[“「]([^“”「」]{2,10})[”」]")
"""What a plan sets in quotation marks is the name of something: “东数西算”."""


@dataclass(frozen=True)
class Indexed:
    """What the index is made of: its words and phrases, most frequent first; how many pages.

    `pairs` are pairs of words that stand on one page only.
    """

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    pairs: tuple[str, ...]
    pages: int


def count_words(pages: Iterable[Mapping[str, Any]], language: str) -> Indexed:
    """Count the words of pages as Pagefind keeps them, and the phrases of title and clause."""
    edges = manners_of(language).get("phrases", {})
    opens, ends = (frozenset(edges.get(key, ())) for key in ("never_first", "never_last"))
    words: Counter[str] = Counter()
    phrases: Counter[tuple[str, ...]] = Counter()
    quoted: dict[str, None] = {}
    number = 0
    for page in pages:
        number += 1
        runs = list(word_runs(page["content"]))
        words.update({word for run in runs for word in run if _is_word(word)})
        said = _title_and_clause(page)
        whole = {each for run in runs for each in _ngrams(run, opens, ends)}
        phrases.update(each for each in whole if "".join(each) in said)
        quoted.update(dict.fromkeys(name for name in _QUOTED.findall(said) if HAN.search(name)))
    ranked = sorted(words.items(), key=lambda pair: (-pair[1], pair[0]))
    repeated = tuple(_repeated(phrases))
    return Indexed(
        words=tuple(word for word, _ in ranked[:_MOST_WORDS]),
        phrases=tuple(dict.fromkeys((*repeated, *_names(quoted)))),
        pairs=tuple(_pairs(phrases, frozenset(repeated))),
        pages=number,
    )


def _pairs(phrases: Counter[tuple[str, ...]], kept: frozenset[str]) -> Iterator[str]:
    """Words side by side that are no phrase; who types their first letters may mean them."""
    counts: Counter[str] = Counter()
    for phrase, count in phrases.items():
        # Three words are one that was cut to pieces where they are often seen, or have a lone one.
        whole = count >= _SEEN or any(len(word) == 1 for word in phrase[1:])
        initials = all(len(word) == 1 for word in phrase)  # 源网荷储 names what each stands for
        if len(phrase) == 2 or (len(phrase) == 3 and whole) or initials:
            counts["".join(phrase)] += count
    new = {pair for pair in counts if len(pair) in _PAIR and pair not in kept and HAN.search(pair)}
    yield from sorted(new, key=lambda pair: (-counts[pair], pair))[:_MOST_PAIRS]


def _names(quoted: Iterable[str]) -> Iterator[str]:
    """Quoted names, bare of marks that nobody types."""
    yield from filter(None, (re.sub(r"[^\w%]", "", name) for name in quoted))


def _is_word(word: str) -> bool:
    """Whether people may type it: no bare number, no checksum."""
    return not word.isdigit() and len(word) <= _LONGEST_WORD


def _title_and_clause(page: Mapping[str, Any]) -> str:
    """The words that are the plan's, and not those of our sentences around them."""
    clauses = [each["text"] for each in page["anchors"] if each["id"].startswith("clause")]
    return "\n".join((page["meta"]["title"], *clauses)).lower()


def _ngrams(
    run: list[str], opens: frozenset[str], ends: frozenset[str]
) -> Iterator[tuple[str, ...]]:
    """Words side by side that may be a phrase: none begins or ends with what no phrase does.

    Nor has any a number in it, which a query's numbers are read for; 5G is no number.
    """
    is_number = [word.strip("%").isdigit() for word in run]
    is_name = [word.isascii() and word.isalpha() for word in run]
    for start, first in enumerate(run):
        if first in opens:
            continue
        for end in range(start + 2, min(start + _LONGEST_PHRASE, len(run)) + 1):
            if is_number[end - 2] and not is_name[end - 1]:
                break
            if not is_number[end - 1] and run[end - 1] not in ends:
                yield tuple(run[start:end])


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
