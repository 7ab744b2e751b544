"""A change between two packages: the one record that every output of a comparison is made of."""

from dataclasses import dataclass
from typing import Any, Literal

PACKAGE = "datapackage.json"
"""Stands for a table where the change is in what the descriptor says of the whole package."""

Kind = Literal["added", "removed", "changed"]
Subject = Literal["package", "table", "column", "property", "term", "row", "cell"]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference, addressed by table, key and column.

    | what      | key | column   | old and new                                             |
    |-----------|-----|----------|---------------------------------------------------------|
    | row       | key | None     | the row's non-empty cells by column name                |
    | cell      | key | column   | the cell's text, None where empty                       |
    | column    | None| column   | the field as declared (with its `name`)                 |
    | property  | None| column   | `{property: value}` of the field's declaration          |
    | term      | None| column   | `{"value": …, "label": …}` of the column's vocabulary   |
    | table     | None| None     | the resource's `name` and `title`; or `{property: value}`|
    | package   | None| property | the value in the descriptor; `table` is `PACKAGE`       |

    `old` is None in what was added, `new` in what was removed. `key` is the row's key in the old
    package (in the new one for an added row): the text of its primary key, as a line of CSV where
    the key has several columns. A renamed record is a changed cell of its key column.
    """

    table: str
    change: Kind
    key: str | None
    column: str | None
    old: Any
    new: Any

    @property
    def subject(self) -> Subject:
        """What the change is about."""
        if self.table == PACKAGE:
            return "package"
        if self.key is not None:
            return "row" if self.column is None else "cell"
        if self.column is None:
            return "table"
        if set(self.new or self.old) == {"value", "label"}:
            return "term"
        return "property" if self.change == "changed" else "column"


def kind_of(old: object, new: object) -> Kind:
    """What happened, by what stood and what stands there; None for nothing."""
    if old is None:
        return "added"
    return "removed" if new is None else "changed"
