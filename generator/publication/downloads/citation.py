"""How to cite the data: GB/T 7714, APA, BibTeX, and CITATION.cff."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.plan.model import About
from generator.publication.wording import Wording

ACCESSED = "YYYY-MM-DD"
"""Stands where GB/T 7714 wants the day on which the reader looked; a script fills it in."""

_SPDX = re.compile(r"[A-Za-z0-9.+-]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CREATORS = {"creator", "author", "dataCurator"}
_TEX = {char: f"\\{char}" for char in "&%$#_{}"} | {"\\": "\\textbackslash{}", "~": "\\~{}"}


@dataclass(frozen=True, kw_only=True)
class Work:
    """What is cited: the package or one of its tables. `released` is YYYY-MM-DD."""

    key: str
    title: str
    authors: tuple[str, ...]
    version: str
    released: str
    url: str

    @property
    def year(self) -> str:
        """The year of the release."""
        return self.released[:4]


def creators(about: About) -> tuple[str, ...]:
    """Who made the data: its creators, or else all contributors, or else the plan's issuer."""
    named = [
        (each.get("title"), each.get("roles") or [each.get("role")]) for each in about.contributors
    ]
    made = [
        str(title) for title, roles in named if title and not _CREATORS.isdisjoint(map(str, roles))
    ]
    everybody = [str(title) for title, _ in named if title]
    return tuple(made or everybody or [about.issuer])


def official_text(about: About, words: Wording) -> str:
    """What the data was read from: title, number, issuer, date."""
    keys = ("title", "document_number", "issuer", "date")
    sources = ([str(each[key]) for key in keys if each.get(key)] for each in about.sources)
    return "; ".join(words.join(parts) for parts in sources)


def gb_t_7714(work: Work) -> str:
    """GB/T 7714—2015, a data set on line."""
    authors = ", ".join(work.authors)
    return (
        f"{authors}. {work.title}[DS/OL]. V{work.version}. "
        f"({work.released})[{ACCESSED}]. {work.url}."
    )


def apa(work: Work) -> str:
    """APA, 7th edition, a data set."""
    authors = " & ".join(filter(None, [", ".join(work.authors[:-1]), work.authors[-1]]))
    return f"{authors}. ({work.year}). {work.title} (Version {work.version}) [Data set]. {work.url}"


def bibtex(work: Work) -> str:
    """A BibTeX entry; names in braces, for they are those of bodies."""
    fields = {
        "author": " and ".join(f"{{{_tex(author)}}}" for author in work.authors),
        "title": f"{{{_tex(work.title)}}}",
        "year": work.year,
        "version": _tex(work.version),
        "url": work.url,
    }
    key = re.sub(r"[^A-Za-z0-9]+", "-", f"{work.key}-{work.version}").strip("-")
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    return "\n".join((f"@misc{{{key},", ",\n".join(lines), "}"))


def _tex(text: str) -> str:
    return "".join(_TEX.get(char, char) for char in text)


def citation_cff(work: Work, about: About) -> bytes:
    """CITATION.cff, which forges and reference managers read."""
    import yaml

    names = [str(each.get("name")) for each in about.licenses]
    said: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "Please cite the data as below.",
        "type": "dataset",
        "title": work.title,
        "abstract": about.description,
        "version": work.version,
        "date-released": work.released,
        "url": work.url,
        "authors": [{"name": author} for author in work.authors],
        "keywords": list(about.keywords),
        "license": [name for name in names if _SPDX.fullmatch(name)],
        "references": [_reference(source) for source in about.sources if source.get("title")],
    }
    kept = {key: value for key, value in said.items() if value}
    text: str = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=1000)
    return text.encode()


def _reference(source: Mapping[str, Any]) -> dict[str, Any]:
    """The official text that the data was read from."""
    day = str(source.get("date"))
    said = {
        "type": "government-document",
        "title": source.get("title"),
        "authors": [{"name": str(source.get("issuer") or source.get("title"))}],
        "number": source.get("document_number"),
        "date-released": day if _DAY.fullmatch(day) else None,
        "url": source.get("path"),
    }
    return {
        key: value if isinstance(value, list) else str(value)
        for key, value in said.items()
        if value
    }
