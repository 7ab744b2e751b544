"""The official text, cut into the sections of the outline.

White space and line breaks are left out of every comparison: extraction from a page or a PDF adds
and loses them. Offsets are into the text without them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.plan.model import Plan
from generator.plan.records import Section

OPENING = "([{\uff08\uff3b\u3010\u3014\u300a\u3008"
CLOSING = ")]}\uff09\uff3d\u3011\u3015\u300b\u3009"
_STOPS = ".,:;\\-\uff0e\uff0c\uff1a\uff1b\u3001\u3002\u00b7\u2014\u2013"
_LABEL = (
    r"(?:责任|牵头|主责|配合|参与|参加|协同|协办|实施|落实)(?:单位|部门)"
    r"|(?:[Rr]esponsible|[Ll]ead)(?:unit|bod|department|agenc)\w*"
)
_LIST_OF_UNITS = re.compile(f"(?P<open>[{re.escape(OPENING)}]?)(?:{_LABEL})[:\uff1a]")
_LABELS = re.compile(f"(?:{_LABEL})[:\uff1a]?")
_SENTENCE_END = re.compile(r"[\u3002\uff1b;!?\uff01\uff1f]|\.(?!\d)")
_SEPARATORS = re.compile("[\u3001,\uff0c;\uff1b.\u3002]")
_SUFFIX = "(?:[章节条款编篇]|部分)?"
_PREFIX = "第?(?i:part|chapter|section|article|annex)?"
_CHINESE_NUMERAL = "零〇一二三四五六七八九十百"


def squeeze(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def fragments(evidence: str) -> tuple[str, ...]:
    """The fragments of a citation, without white space."""
    return tuple(filter(None, (squeeze(part) for part in re.split("…+|\\.\\.\\.+", evidence))))


def names_in(printed: str) -> str:
    """A printed list of units without its labels and separators, to compare two lists by."""
    return _SEPARATORS.sub("", _LABELS.sub("", squeeze(printed)))


@dataclass(frozen=True)
class UnitList:
    """A list of responsible units: where it stands, brackets included, and the names as printed."""

    start: int
    end: int
    names: str


class SourceText:
    """The text of a plan and where each section of its outline stands in it."""

    def __init__(self, text: str, plan: Plan) -> None:
        """Cut `text` along the headings of `plan`."""
        self.raw = text.removeprefix("\ufeff")
        self.text = squeeze(self.raw)
        self._plan = plan

    @cached_property
    def lines(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each line that is not blank."""
        ends: list[tuple[int, int]] = []
        offset = 0
        for line in map(squeeze, self.raw.splitlines()):
            if line:
                ends.append((offset, offset + len(line)))
                offset += len(line)
        return tuple(ends)

    def printed(self, start: int, end: int) -> str:
        """The text between two offsets as it is printed, with its white space."""
        places = self._places
        return self.raw[places[start] : places[end] if end < len(places) else len(self.raw)]

    @cached_property
    def _places(self) -> tuple[int, ...]:
        """Where each character of `text` stands in `raw`."""
        return tuple(place for place, char in enumerate(self.raw) if not char.isspace())

    # ---------------------------------------------------------------------------------- headings

    @cached_property
    def heading_spans(self) -> Mapping[str, tuple[int, int]]:
        """Start and end of each heading, its number included; those not found are left out."""
        found: dict[str, tuple[int, int]] = {}
        after = 0
        for section in self._plan.sections:
            if section.kind != "paragraph" and section.section_id and section.title:
                match = self._find(section, after)
                if match:
                    found[section.section_id] = match.span()
                    after = match.end()
        return found

    @cached_property
    def headings(self) -> Mapping[str, int]:
        """Where each heading begins, by section."""
        return {section_id: start for section_id, (start, _) in self.heading_spans.items()}

    def _find(self, section: Section, after: int) -> re.Match[str] | None:
        """The heading, at the start of a line if anywhere: titles are quoted in running text too.

        Only opening brackets may stand before the number: what closes there is the list above.
        """
        title = re.escape(squeeze(section.title))
        if section.number:
            number = re.escape(squeeze(section.number))
            before = f"[{re.escape(OPENING)}]?{_PREFIX}(?<![0-9{_CHINESE_NUMERAL}])"
            title = f"{before}{number}{_SUFFIX}[{re.escape(CLOSING)}{_STOPS}]*{title}"
        best: tuple[int, re.Match[str] | None] = (3, None)
        for match in re.compile(title).finditer(self.text, after):
            best = min(best, (self._rank(match, section), match), key=lambda each: each[0])
            if best[0] == 0:
                break
        return best[1]

    def _rank(self, match: re.Match[str], section: Section) -> int:
        """How little a match looks like a heading; of those alike, the first one counts."""
        if match.start() not in self._line_starts:
            return 2
        return 0 if section.number or match.end() in self._line_ends else 1

    def _line_end(self, offset: int) -> int:
        """Where the line ends that an offset lies in or ends."""
        nth = bisect_left(self.lines, offset, key=lambda line: line[1])
        return self.lines[nth][1]

    @cached_property
    def _line_starts(self) -> frozenset[int]:
        return frozenset(start for start, _ in self.lines)

    @cached_property
    def _line_ends(self) -> frozenset[int]:
        return frozenset(end for _, end in self.lines)

    # ---------------------------------------------------------------------------------- sections

    @cached_property
    def spans(self) -> Mapping[str, tuple[int, int]]:
        """Start and end of each section with all that is under it."""
        starts = sorted(self.headings.values())
        spans: dict[str, tuple[int, int]] = {}
        for section in self._plan.sections:
            if section.section_id in self.headings:
                inside = {each.section_id for each in self._plan.below(section.section_id)}
                last = max(self.headings[each] for each in inside if each in self.headings)
                end = next((start for start in starts if start > last), len(self.text))
                spans[section.section_id] = (self.headings[section.section_id], end)
        for section in self._plan.sections:
            if section.kind == "paragraph" and section.parent_id in spans:
                spans[section.section_id] = self._paragraph(section, spans[section.parent_id])
        return spans

    def _paragraph(self, section: Section, parent: tuple[int, int]) -> tuple[int, int]:
        """The paragraph's part of its parent: the nth one that ends with a list of units.

        The parent's whole text where the lists and the paragraphs do not match in number.
        """
        siblings = self._plan.children[section.parent_id]
        ends = [each.end for each in self.unit_lists if parent[0] < each.end <= parent[1]]
        if len(ends) != len(siblings):
            return parent
        nth = siblings.index(section)
        return (ends[nth - 1] if nth else parent[0], ends[nth])

    def section_at(self, offset: int) -> str | None:
        """The innermost section that an offset lies in; None before the first heading."""
        around = [
            (end - start, -depth, section_id)
            for depth, (section_id, (start, end)) in enumerate(self.spans.items())
            if start <= offset < end
        ]
        return min(around)[2] if around else None

    def clause_end(self, offset: int) -> int:
        """Where the sentence that an offset lies in ends, or its line."""
        line_end = self._line_end(offset)
        stop = _SENTENCE_END.search(self.text, offset, line_end)
        return stop.start() if stop else line_end

    # -------------------------------------------------------------------------------- unit lists

    @cached_property
    def unit_lists(self) -> tuple[UnitList, ...]:
        """Every list of responsible units, in the order of the text."""
        return tuple(self._unit_lists())

    def _unit_lists(self) -> Iterator[UnitList]:
        done = 0
        for match in _LIST_OF_UNITS.finditer(self.text):
            if match.start() >= done:
                line_end = self._line_end(match.end())
                close = self._closing(match.end(), line_end) if match["open"] else None
                names = self.text[match.end() : line_end if close is None else close]
                done = line_end if close is None else close + 1
                yield UnitList(match.start(), done, names)

    def _closing(self, start: int, end: int) -> int | None:
        """Where the bracket that was open at `start` closes, or None on a line that lost it."""
        depth = 1
        for offset in range(start, end):
            char = self.text[offset]
            depth += (char in OPENING) - (char in CLOSING)
            if depth == 0:
                return offset
        return None

    # ---------------------------------------------------------------------------------- evidence

    def holds(self, section_id: str | None, parts: Iterable[str]) -> bool:
        """Whether all fragments stand in the section, one after the other."""
        return self.place(section_id, parts) is not None

    def place(
        self, section_id: str | None, parts: Iterable[str]
    ) -> tuple[tuple[int, int], ...] | None:
        """Where the fragments of a citation stand in a section, as close together as they do.

        None where they do not. The whole text is searched for a section whose heading is missing.
        """
        start, end = self.spans.get(section_id or "", (0, len(self.text)))
        after, found = start, []
        for part in parts:
            at = self.text.find(part, after, end)
            if at < 0:
                return None
            after = at + len(part)
            found.append((at, after))
        nearest = found[-1:]
        for first, last in reversed(found[:-1]):
            part = self.text[first:last]
            at = self.text.rfind(part, start, nearest[0][0])
            nearest.insert(0, (at, at + len(part)))
        return tuple(nearest)
