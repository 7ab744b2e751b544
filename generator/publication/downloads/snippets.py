"""How to load a table with the tools that its readers have; every line of it runs in a test."""

import json
import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.publication.downloads.cells import Kind
from generator.publication.downloads.datasets import Dataset

_GUESSED = re.compile(
    r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|true|false|[tf]", re.ASCII | re.IGNORECASE
)
"""What programs that guess take for a number or a truth value."""
_NO_WORD = re.compile(r"[^A-Za-z0-9_]+")


@dataclass(frozen=True)
class Snippet:
    """A few lines for one tool."""

    tool: str
    language: str
    code: str


def snippets(dataset: Dataset, folder_url: str) -> Iterator[Snippet]:
    """Lines for pandas, R and DuckDB that read a table from the folder where its files lie."""
    name = variable(dataset.stem)
    parquet, csv = (_quoted(f"{folder_url}{dataset.stem}{end}") for end in (".parquet", ".csv"))
    texts = list(_guessed_wrongly(dataset))
    types = ", ".join(f"{_quoted(column)}: str" for column in texts)
    yield Snippet(
        "pandas",
        "python",
        "import pandas as pd\n\n"
        f"{name} = pd.read_parquet({parquet})\n\n"
        "# CSV\n"
        f"{name} = pd.read_csv(\n"
        f"    {csv},\n"
        + (f"    dtype={{{types}}},\n" if types else "")
        + '    keep_default_na=False,\n    na_values=[""],\n)\n',
    )
    classes = ", ".join(f'{_quoted(column)} = "character"' for column in texts)
    yield Snippet(
        "R",
        "r",
        f"{name} <- read.csv(\n"
        f"  {csv},\n"
        '  encoding = "UTF-8", na.strings = "", check.names = FALSE'
        + (f",\n  colClasses = c({classes})" if classes else "")
        + "\n)\n",
    )
    address = parquet[1:-1].replace("'", "''")
    yield Snippet("DuckDB", "sql", f"SELECT * FROM '{address}';\n")  # noqa: S608 - to be read


def variable(stem: str) -> str:
    """What a table is called in code."""
    name = _NO_WORD.sub("_", stem).strip("_")
    return f"table_{name}" if not name or name[0].isdigit() or keyword.iskeyword(name) else name


def _guessed_wrongly(dataset: Dataset) -> Iterator[str]:
    """Text columns whose cells all look like numbers or truth values, such as years."""
    columns = list(zip(*dataset.rows, strict=True)) or [()] * len(dataset.columns)
    for column, kind, cells in zip(dataset.columns, dataset.kinds, columns, strict=True):
        filled = [str(cell) for cell in cells if cell is not None]
        if kind is Kind.TEXT and filled and all(map(_GUESSED.fullmatch, filled)):
            yield column.name


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
