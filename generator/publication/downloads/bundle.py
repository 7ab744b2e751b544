"""The whole package as one zip: a valid data package with all that it must not travel without."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from generator.plan.model import About
from generator.publication.downloads.citation import Work, gb_t_7714, official_text
from generator.publication.downloads.datasets import Dataset
from generator.publication.wording import Wording

_PERMISSIONS = 0o100644 << 16
_UNIX = 3
_FIRST_YEAR = 1980
"""Zips cannot tell of earlier years."""
_PACKED = (".xlsx", ".parquet", ".zip")


def bundle(files: Mapping[str, bytes], made: datetime) -> bytes:
    """A zip of these files, in this order, all of one date and owner: equal files, equal bytes."""
    content = io.BytesIO()
    moment = made.replace(year=max(made.year, _FIRST_YEAR)).timetuple()[:6]
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, moment)
            entry.create_system = _UNIX
            entry.external_attr = _PERMISSIONS
            entry.compress_type = (
                zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            )
            archive.writestr(entry, data)
    return content.getvalue()


def readme(work: Work, about: About, datasets: Iterable[Dataset], words: Wording) -> bytes:
    """README.md: what this is, what each file holds, how to open it, how to cite it."""
    text = words.text
    tables = (
        f"- `data/{each.stem}.csv` {each.table.title}: {each.table.description} "
        f"({words.count('%(number)d row', '%(number)d rows', len(each.rows))})"
        for each in datasets
    )
    parts: Sequence[tuple[str, Iterable[str]]] = (
        (
            text("Files"),
            (
                f"- `{about.name}.xlsx` " + text("All tables as sheets; opens in Excel and WPS."),
                *tables,
                "- `dictionary.csv` " + text("What every column means."),
                "- `datapackage.json` " + text("The same for programs, with sizes and sums."),
                "- `CITATION.cff`, `LICENSE.txt`",
            ),
        ),
        (
            text("How to open them"),
            (
                text(
                    "The CSV files in data/ are UTF-8 without a byte order mark, made for "
                    "programs; in Excel or WPS open the workbook instead."
                ),
            ),
        ),
        (text("Source"), (official_text(about, words),)),
        (text("How to cite"), (gb_t_7714(work),)),
        (text("Data licence"), (_licences(about),)),
    )
    head = (
        f"# {about.title}",
        about.description,
        f"{text('Data version')} {about.version}, {work.released}. {work.url}",
    )
    body = (f"## {title}\n\n" + "\n".join(lines) for title, lines in parts)
    return ("\n\n".join((*head, *body)) + "\n").encode()


def _licences(about: About) -> str:
    return "\n".join(
        " ".join(str(each[key]) for key in ("title", "name", "path") if each.get(key))
        for each in about.licenses
    )


def licence(about: About, words: Wording) -> bytes:
    """LICENSE.txt: under what terms the tables may be reused, and that the text is the issuer's."""
    lines = (
        words.text("The tables of this data package are published under:"),
        _licences(about),
        words.text(
            "The official text that they were read from is a document of the issuing authority; "
            "where the tables and the text differ, the text holds."
        ),
    )
    return ("\n\n".join(lines) + "\n").encode()
