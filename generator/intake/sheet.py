"""A table's file as a spreadsheet shows it: rows of cells, and a header held against the columns.

Works on text alone. What a cell means is the business of `package` and of the rules.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from generator.intake.problems import Problem, problem

_REASONS = {
    "unexpected end of data": "开了双引号，到文件末尾也没有合上",
    "' expected after '": "双引号合上之后还有别的字",
}


class NotCsvError(ValueError):
    """The text cannot be cut into cells; `row` is where, as a spreadsheet counts."""

    def __init__(self, row: int, reason: str) -> None:
        """Keep where and why."""
        super().__init__(reason)
        self.row = row


def split_rows(text: str) -> list[list[str]]:
    """The rows of a CSV file, the header first; a line break inside quotes ends no row.

    Raises NotCsvError where quotes do not pair up.
    """
    rows: list[list[str]] = []
    limit = csv.field_size_limit(len(text) + 1)
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        reasons = (reason for part, reason in _REASONS.items() if part in str(error))
        raise NotCsvError(len(rows) + 1, next(reasons, str(error))) from error
    finally:
        csv.field_size_limit(limit)
    return rows


@dataclass(frozen=True, kw_only=True)
class Header:
    """The first row, understood: where in a row each column stands, by name.

    A column that the file lacks has no place. `problems` are all there are with the row;
    `is_readable` says whether the rows below can be read none the less.
    """

    width: int
    places: dict[str, int]
    problems: tuple[Problem, ...]
    is_readable: bool = True


def read_header(labels: Sequence[str], columns: Sequence[str], file: str) -> Header:
    """The first row held against the declared columns, by name and, for a slip, by likeness."""
    expected = ",".join(columns)
    if not any(labels):
        return _unreadable(labels, problem("blank-header", file, row=1, expected=expected))
    if not set(labels) & set(columns):
        value = ",".join(labels)
        wrong = problem("unmatched-header", file, row=1, value=value, expected=expected)
        return _unreadable(labels, wrong)
    doubled = [label for label, count in Counter(labels).items() if label and count > 1]
    if doubled:
        told = (problem("duplicate-label", file, row=1, value=label) for label in doubled)
        return _unreadable(labels, *told)
    places = {name: labels.index(name) for name in columns if name in labels}
    slips = _slips(labels, columns)
    places |= slips
    problems = [*_wrong_labels(labels, columns, slips, file)]
    in_order = [places[name] for name in columns if name in places]
    if in_order != sorted(in_order):
        problems.append(problem("label-order", file, row=1, expected=expected))
    return Header(width=len(labels), places=places, problems=tuple(problems))


def _unreadable(labels: Sequence[str], *problems: Problem) -> Header:
    return Header(width=len(labels), places={}, problems=problems, is_readable=False)


def _slips(labels: Sequence[str], columns: Sequence[str]) -> dict[str, int]:
    """Columns that the header lacks, where a label that is none stands in their place."""
    missing = [name for name in columns if name not in labels]
    strange = {place: label for place, label in enumerate(labels) if label and label not in columns}
    found: dict[str, int] = {}
    for place, label in strange.items():
        near = get_close_matches(label[:100], [name for name in missing if name not in found], n=1)
        same_place = columns[place : place + 1] if len(labels) == len(columns) else ()
        for name in (*near, *same_place):
            if name in missing and name not in found and place not in found.values():
                found[name] = place
    return found


def _wrong_labels(
    labels: Sequence[str], columns: Sequence[str], slips: dict[str, int], file: str
) -> Iterator[Problem]:
    meant = {place: name for name, place in slips.items()}
    for place, label in enumerate(labels):
        if label in columns:
            continue
        code = "incorrect-label" if place in meant else "extra-label" if label else "blank-label"
        yield problem(
            code,
            file,
            row=1,
            value=label or None,
            position=place + 1,
            expected=meant.get(place, ""),
        )
    for name in columns:
        if name not in labels and name not in slips:
            yield problem("missing-label", file, row=1, value=name)


def ragged(cells: Sequence[str], width: int, row: int, file: str) -> Problem | None:
    """The problem with a row that has fewer or more cells than the header; None for an even one."""
    if len(cells) == width:
        return None
    code = "missing-cell" if len(cells) < width else "extra-cell"
    value = "、".join(cells[width:]) or None
    return problem(code, file, row=row, value=value, count=len(cells), width=width)
