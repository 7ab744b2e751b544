"""Where a record stands, in the words that a chart has room for."""

from generator.publication.views.edition import Edition


def part_name(edition: Edition, section_id: str) -> str:
    """The title of the part of the document that a section belongs to, without its number."""
    return edition.plan.path(section_id)[0].title


def part_names(edition: Edition) -> list[str]:
    """The titles of all parts, in the order of the document."""
    return [part.title for part in edition.plan.children.get(None, ())]
