"""One table as Parquet, its columns typed and described. The home of pyarrow."""

import csv
import io
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from generator.plan.model import Column
from generator.publication.downloads.cells import Kind, as_text
from generator.publication.downloads.datasets import Dataset

if TYPE_CHECKING:
    import pyarrow as pa


def table_parquet(dataset: Dataset, about: Mapping[str, Any]) -> bytes:
    """The table's bytes; `about` it is kept in the file's own metadata, as text.

    What the columns mean is kept twice: with each column, where Arrow's readers look, and in the
    file's metadata as JSON, for those that know only Parquet, as DuckDB.
    """
    import pyarrow as pa
    from pyarrow import parquet

    fields = [_field(*each) for each in zip(dataset.columns, dataset.kinds, strict=True)]
    meanings = json.dumps(dataset.meanings, ensure_ascii=False)
    said = {**about, "columns": meanings}
    schema = pa.schema(fields, metadata={key: str(value) for key, value in said.items()})
    content = io.BytesIO()
    table = pa.Table.from_arrays(_read(dataset, schema).columns, schema=schema)
    parquet.write_table(table, content, compression="zstd")
    return content.getvalue()


def _read(dataset: Dataset, schema: "pa.Schema") -> "pa.Table":
    """The rows as Arrow reads them from CSV: to take Python's objects it would import pandas."""
    from pyarrow import csv as arrow_csv

    text = io.StringIO()
    csv.writer(text).writerows([as_text(cell) for cell in row] for row in dataset.rows)
    if not dataset.rows:
        return schema.empty_table()
    return arrow_csv.read_csv(
        io.BytesIO(text.getvalue().encode()),
        read_options=arrow_csv.ReadOptions(
            column_names=schema.names, use_threads=False, block_size=len(text.getvalue()) * 4 + 1
        ),
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict(zip(schema.names, schema.types, strict=True)),
            null_values=[""],
            strings_can_be_null=True,
        ),
    )


def _field(column: Column, kind: Kind) -> "pa.Field":
    import pyarrow as pa

    types = {
        Kind.TEXT: pa.string(),
        Kind.INTEGER: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.BOOLEAN: pa.bool_(),
        Kind.DATE: pa.date32(),
    }
    said = {"title": column.title, "description": column.description, "unit": column.unit}
    return pa.field(column.name, types[kind], metadata={k: v for k, v in said.items() if v})
