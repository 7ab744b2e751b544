"""Every numeral of the official text, and who carries it: so that a forgotten figure cannot hide.

What counts as a numeral: whatever `plan.figures` reads as a figure, and what it leaves alone as
part of a name: digits wherever they stand (5G, IPv6, a run that lost its unit), and Chinese
numerals of two characters or with a digit from 二 to 九 or 两 (三农, 四化, 第三). What does not: a
lone 一, 零 or one of 十百千万亿, words far more often than numbers (一体化, 零售, 千兆, 百姓).

A numeral is carried by the heading or the list of units that it stands in; by a record whose
evidence it stands in and which says the same figure, typed or in words of its own; and where the
print is damaged, by a record that says so and a reading that says how it was read. Or it is named
in the table `not_carried`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from generator.intake.figures_said import is_about_figures, own_words, says
from generator.intake.source_text import SourceText, fragments, squeeze
from generator.plan.figures import Figure, read_figures
from generator.plan.model import Plan
from generator.plan.records import Target, Task, Term, Tier

PREAMBLE, POSTSCRIPT = "preamble", "postscript"
"""Locators of what stands before the first heading and, after the last, of notes and annexes."""

_LEFT_ALONE = re.compile(
    r"\d+(?:[.,]\d+)*|[零〇一二两三四五六七八九十百千万亿]*[二两三四五六七八九十百千万亿]"
    r"[零〇一二两三四五六七八九十百千万亿]*"
)
_MAGNITUDES = frozenset("十百千万亿")
_LETTERS = re.compile(r"[A-Za-z0-9]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")

_LONGEST_NAME = 30

Span = tuple[int, int]
Cited = Target | Task | Term | Tier


@dataclass(frozen=True)
class Numeral:
    """A numeral of the text, with the figures read there: several where one word says two.

    `name` is what a numeral belongs to that is no figure: IPv6 for its 6, 三农 for its 三.
    """

    start: int
    end: int
    text: str
    figures: tuple[Figure, ...] = ()
    name: str = ""


def numerals(source: SourceText) -> tuple[Numeral, ...]:
    """The numerals of a text in order; offsets are into the text without white space."""
    return tuple(each for words, offsets in _passages(source) for each in _read(words, offsets))


def _read(words: str, offsets: list[int]) -> Iterator[Numeral]:
    found = [
        Numeral(figure.start, figure.end, figure.text, (figure,))
        for figure in read_figures(words)
        if figure.unit or figure.text.lower() != "one"  # in English a word, as 一 is in Chinese
    ]
    found += [
        Numeral(*match.span(), match[0])
        for match in _LEFT_ALONE.finditer(words)
        if match[0] not in _MAGNITUDES
    ]
    for each in _merged(found):
        start, end = offsets[each.start], offsets[each.end]
        name = "" if each.figures else _name(words, each.start, each.end)
        yield Numeral(start, end, words[each.start : each.end], each.figures, name)


def _name(words: str, start: int, end: int) -> str:
    """A numeral with the letters it is glued to, or with the character after it (and before)."""
    if not words[start].isascii():
        return words[start : end + 1]
    runs = _LETTERS.finditer(words, max(0, start - _LONGEST_NAME), end + _LONGEST_NAME)
    run = next((run[0] for run in runs if run.end() >= end), "")
    return run if run and not run.isdecimal() else words[max(0, start - 1) : end + 1]


def _merged(found: Iterable[Numeral]) -> Iterator[Numeral]:
    """Numerals that overlap as one, with the figures of all."""
    last: Numeral | None = None
    for each in sorted(found, key=lambda numeral: (numeral.start, -numeral.end)):
        if last and each.start < last.end:
            end = max(last.end, each.end)
            last = Numeral(last.start, end, last.text, (*last.figures, *each.figures))
            continue
        if last:
            yield last
        last = each
    if last:
        yield last


def _passages(source: SourceText) -> Iterator[tuple[str, list[int]]]:
    """Stretches of text that no figure crosses, each with the offset of every character.

    Lines are joined as the language does: print breaks them anywhere, even within a figure.
    """
    glue = "" if _CHINESE.search(source.text) else " "
    cuts = sorted({*source.headings.values(), *(each.end for each in source.unit_lists)})
    start = 0
    for block in re.split(r"\n\s*\n", source.raw):
        words = glue.join(block.splitlines())
        offsets = list(accumulate((not char.isspace() for char in words), initial=start))
        within = cuts[bisect_right(cuts, start) : bisect_left(cuts, offsets[-1])]
        edges = [0, *(bisect_left(offsets, cut) for cut in within), len(words)]
        for left, right in pairwise(edges):
            yield words[left:right], offsets[left : right + 1]
        start = offsets[-1]


class Carriers:
    """Who carries what of a text."""

    def __init__(self, source: SourceText, plan: Plan) -> None:
        """Find where each record of the plan stands in the text."""
        self._source, self._plan = source, plan

    def carrier(self, numeral: Numeral) -> str | None:
        """The table whose record carries a numeral; None for a gap."""
        span = (numeral.start, numeral.end)
        if _inside(span, self._source.heading_spans.values()):
            return "sections"
        if _inside(span, ((each.start, each.end) for each in self._source.unit_lists)):
            return "assignments"
        citing = list(self._citing(span))
        for table, record in citing:
            if _says(record, numeral):
                return table
        inferred = any(self._is_inferred(record) for _, record in citing)
        if inferred and _inside(span, self._damaged):
            return "readings"
        return "not_carried" if self.is_named(span) else None

    def is_named(self, span: Span) -> bool:
        """Whether a span of the text is named in the table of what is not carried."""
        return _inside(span, self._named)

    def _citing(self, span: Span) -> Iterator[tuple[str, Cited]]:
        """Records in whose evidence a span stands."""
        first = bisect_left(self._starts, span[1] - self._longest)
        last = bisect_right(self._starts, span[0])
        for start, end, table, record in self._cited[first:last]:
            if start <= span[0] and span[1] <= end:
                yield table, record

    @cached_property
    def _cited(self) -> list[tuple[int, int, str, Cited]]:
        found: list[tuple[int, int, str, Cited]] = []
        for table, record, section_id, evidence in citations(self._plan):
            spans = self._source.place(section_id, fragments(evidence)) or ()
            for start, end in spans:
                # A task cites the first words of its clause only.
                last = self._source.clause_end(end) if table == "tasks" else end
                found.append((start, last, table, record))
        return sorted(found, key=lambda each: each[:2])

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _, _, _ in self._cited]

    @cached_property
    def _longest(self) -> int:
        return max((end - start for start, end, _, _ in self._cited), default=0)

    def _is_inferred(self, record: Cited) -> bool:
        if isinstance(record, Tier):
            terms = {term.term_id: term for term in self._plan.subsidy_terms}
            return self._is_inferred(terms[record.term_id])
        return getattr(record, "reading", "") == "inferred"

    @cached_property
    def _damaged(self) -> list[Span]:
        return [
            span
            for each in self._plan.readings
            if is_about_figures(each)
            for span in self.printed_at(each.section_id, each.printed)
        ]

    @cached_property
    def _named(self) -> list[Span]:
        return [
            span
            for each in self._plan.not_carried
            for span in self.printed_at(each.locator, each.printed)
        ]

    def printed_at(self, locator: str, printed: str | None) -> list[Span]:
        """Every place where a locator's part of the text prints some words."""
        part = self.part(locator)
        words = squeeze(printed or "")
        if part is None or not words:
            return []
        found = re.compile(re.escape(words)).finditer(self._source.text, *part)
        return [match.span() for match in found]

    def part(self, locator: str) -> Span | None:
        """Start and end of a section, the preamble or the postscript; None for anything else."""
        starts = sorted(self._source.headings.values())
        end = len(self._source.text)
        if locator == PREAMBLE:
            return (0, starts[0] if starts else end)
        if locator == POSTSCRIPT:
            return (starts[-1] if starts else 0, end)
        return self._source.spans.get(locator)


def citations(plan: Plan) -> Iterator[tuple[str, Cited, str | None, str]]:
    """Every record that cites the text: table, record, section, and the evidence it rests on."""
    terms = {term.term_id: term for term in plan.subsidy_terms}
    for table in ("targets", "tasks", "subsidy_terms"):
        for record in getattr(plan, table):
            yield table, record, record.section_id, record.evidence or ""
    for tier in plan.subsidy_tiers:
        term = terms.get(tier.term_id)
        if term:
            evidence = tier.evidence or term.evidence or ""
            yield "subsidy_tiers", tier, term.section_id, evidence


def _says(record: Cited, numeral: Numeral) -> bool:
    if numeral.figures:
        return any(says(record, figure) for figure in numeral.figures)
    return any(numeral.name in words for words in own_words(record))


def _inside(span: Span, others: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)
