"""What the package is, in rows: the workbook's cover and sources, the database's own facts."""

from collections.abc import Mapping

from generator.plan.model import About
from generator.publication.downloads.citation import Work, gb_t_7714
from generator.publication.downloads.datasets import Dataset
from generator.publication.downloads.workbook import Leaf
from generator.publication.wording import Wording


def package_facts(about: About, work: Work, words: Wording) -> list[list[str]]:
    """Name and value: version, date, issuer, licence, citation, address."""
    text = words.text
    licences = [" ".join(filter(None, map(str, each.values()))) for each in about.licenses]
    return [
        [text("Data version"), about.version],
        [text("Released on"), work.released],
        [text("Issued by"), about.issuer],
        [text("Document number"), about.document_number],
        [text("Data licence"), words.join(licences)],
        [text("How to cite"), gb_t_7714(work)],
        [text("On line"), work.url],
    ]


def cover(about: About, work: Work, sheets: Mapping[str, Dataset], words: Wording) -> Leaf:
    """The workbook's first sheet: title, facts, how to read it, and what is on the others."""
    text = words.text
    opening: list[list[str]] = [
        [about.title],
        [about.description],
        [],
        *package_facts(about, work, words),
        [text("Empty cells"), text("The plan says nothing there.")],
        [],
    ]
    rows: list[list[str | int]] = [
        [name, each.table.description, len(each.rows)] for name, each in sheets.items()
    ]
    heading = [text("Sheet"), text("What it holds"), text("Rows")]
    return Leaf(text("About"), [*opening, heading, *rows], heading=len(opening))


def source_rows(about: About, words: Wording) -> list[list[str]]:
    """The official texts that the data was read from, a heading first."""
    text = words.text
    keys = {
        "title": text("Title"),
        "document_number": text("Document number"),
        "issuer": text("Issued by"),
        "date": text("Date"),
        "path": text("Address"),
        "sha256": text("SHA-256 of the text that was read"),
    }
    used = [key for key in keys if any(source.get(key) for source in about.sources)]
    rows = ([str(source.get(key) or "") for key in used] for source in about.sources)
    return [[keys[key] for key in used], *rows]
