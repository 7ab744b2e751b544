"""The official text of a section, its cited clauses marked, where the package brings the text."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from generator.intake.source_text import SourceText, fragments, squeeze
from generator.plan.records import Section
from generator.publication.views.edition import Edition
from generator.publication.views.parts import Link, Passage

Span = tuple[int, int]


@dataclass(frozen=True)
class Mark:
    """A stretch of the text that a record was read from; offsets as SourceText counts them."""

    start: int
    end: int
    note: Link


def reading(edition: Edition, section: Section) -> tuple[tuple[Passage, ...], ...]:
    """The paragraphs that stand under a heading itself, and under none below it."""
    source = edition.source
    own = _own_span(edition, source, section) if source else None
    if source is None or own is None:
        return ()
    marks = sorted(_marks(edition, source, section), key=lambda mark: (mark.end, mark.start))
    lines = ((max(start, own[0]), min(end, own[1])) for start, end in source.lines)
    return tuple(
        tuple(_passages(source, (start, end), marks)) for start, end in lines if start < end
    )


def _own_span(edition: Edition, source: SourceText, section: Section) -> Span | None:
    """From behind the section's heading to the first heading below it, or to its end."""
    if section.section_id not in source.spans:
        return None
    start, end = source.spans[section.section_id]
    for heading in (section.section_id, section.parent_id):
        start = max(start, source.heading_spans.get(heading or "", (0, 0))[1])
    for child in edition.plan.children.get(section.section_id, ()):
        if child.section_id in source.spans:
            end = min(end, source.spans[child.section_id][0])
    return (start, end) if start < end else None


def _marks(edition: Edition, source: SourceText, section: Section) -> Iterator[Mark]:
    """Where the clauses of the section's records stand, and its damaged spots."""
    text, place = edition.words.text, section.section_id
    targets = edition.targets_in.get(place, ())
    terms = edition.terms_in.get(place, ())
    tasks = edition.tasks_in.get(place, ())
    cited = (
        *((text("Target"), edition.target_link(each), each.evidence) for each in targets),
        *((text("Subsidy"), edition.term_link(each), each.evidence) for each in terms),
        *((text("Task"), edition.task_link(each), each.evidence) for each in tasks),
    )
    for kind, link, evidence in cited:
        yield from _found(source, place, fragments(evidence), Link(kind, link.path))
    damage = f"{edition.section_link(section).path}#readings"
    for each in edition.readings_in.get(place, ()):
        yield from _found(source, place, (squeeze(each.printed),), Link(text("damaged"), damage))


def _found(
    source: SourceText, section_id: str, parts: tuple[str, ...], note: Link
) -> Iterator[Mark]:
    """A mark for each fragment of a citation."""
    spans = source.place(section_id, parts) if parts else None
    for start, end in spans or ():
        yield Mark(start, end, note)


def _passages(source: SourceText, line: Span, marks: list[Mark]) -> Iterator[Passage]:
    """A line, cut where marks begin and end; what a clause was read into stands at its end."""
    first, last = line
    inside = [mark for mark in marks if mark.start < last and first < mark.end]
    cuts = {first, last, *(m.start for m in inside), *(m.end for m in inside)}
    places = sorted(cut for cut in cuts if first <= cut <= last)
    for start, end in pairwise(places):
        marked = any(mark.start <= start and end <= mark.end for mark in inside)
        notes = tuple(dict.fromkeys(mark.note for mark in inside if mark.end == end))
        yield Passage(source.printed(start, end), marked, notes)
