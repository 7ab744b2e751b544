"""The official text, cut into the sections of the outline.

White space and line breaks are left out of every comparison: extraction from a page or a PDF adds
and loses them. Offsets are into the text without them.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from generator.plan.model import Plan
from generator.plan.records import Section

_LIST_OF_UNITS = re.compile(r"责任单位|牵头单位|[Rr]esponsible (?:unit|bod|department|agenc)")
_PUNCTUATION = r"[\s()\[\].,:\-\uff08\uff09\u3010\u3011\u3014\u3015\uff0e\u3001\uff0c\uff1a\u3002]*"


def squeeze(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def fragments(evidence: str) -> tuple[str, ...]:
    """The fragments of a citation, without white space."""
    return tuple(filter(None, (squeeze(part) for part in re.split("…|\\.\\.\\.", evidence))))


class SourceText:
    """The text of a plan and where each section of its outline stands in it."""

    def __init__(self, text: str, plan: Plan) -> None:
        """Cut `text` along the headings of `plan`."""
        self.text = squeeze(text)
        self._lines = [squeeze(line) for line in text.splitlines()]
        self._plan = plan

    @cached_property
    def headings(self) -> Mapping[str, int]:
        """Where each heading begins, by section; headings that were not found are left out."""
        found: dict[str, int] = {}
        after = 0
        for section in self._plan.sections:
            if section.kind == "paragraph":
                continue
            match = self._find(section, after)
            if match:
                found[section.section_id] = match.start()
                after = match.end()
        return found

    def _find(self, section: Section, after: int) -> re.Match[str] | None:
        title = re.escape(squeeze(section.title or ""))
        number = _PUNCTUATION + re.escape(section.number or "") + _PUNCTUATION
        numbered = re.compile(number + title) if section.number else re.compile(title)
        return numbered.search(self.text, after)

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
        ends = [end for end in self._list_ends if parent[0] < end <= parent[1]]
        if len(ends) != len(siblings):
            return parent
        nth = siblings.index(section)
        return (ends[nth - 1] if nth else parent[0], ends[nth])

    @cached_property
    def _list_ends(self) -> tuple[int, ...]:
        ends: list[int] = []
        offset = 0
        for line in self._lines:
            offset += len(line)
            if _LIST_OF_UNITS.search(line):
                ends.append(offset)
        return tuple(ends)

    def holds(self, section_id: str | None, parts: Iterable[str]) -> bool:
        """Whether all fragments stand in the section, one after the other."""
        start, end = self.spans.get(section_id or "", (0, len(self.text)))
        for part in parts:
            found = self.text.find(part, start, end)
            if found < 0:
                return False
            start = found + len(part)
        return True
