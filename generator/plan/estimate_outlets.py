"""Estimates as they go out: a table in Chinese for a terminal, JSON for scripts."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final
from unicodedata import east_asian_width

from generator.plan.applicant import INPUTS, Applicant
from generator.plan.estimate import Estimate
from generator.plan.figures import print_yuan
from generator.plan.model import Plan
from generator.plan.numerals import print_number

_TAIL: Final = (
    "以上各项没有相加：能否同时得到，原文未必写明。"
    "金额只按所给数字计算，不足一元的舍去，以符合条件并获得认定为前提；这不是审批决定。\n"
)


def as_json(plan: Plan, applicant: Applicant, estimates: Sequence[Estimate]) -> str:  # noqa: ARG001
    """Estimates as a list of objects, the fields of `Estimate`; sums in yuan."""
    return json.dumps([each.as_json() for each in estimates], ensure_ascii=False, indent=2) + "\n"


def as_text(plan: Plan, applicant: Applicant, estimates: Sequence[Estimate]) -> str:
    """Estimates for a terminal, in blocks: computed, tax, out of reach, to be asked, unknown."""
    if not estimates:
        return "没有这一类申请人可以申请的条款。\n"
    blocks: dict[str, list[Estimate]] = {
        "可能得到的，从多到少": [],
        "税收优惠，不是现金": [],
        "按所给数字得不到的": [],
        "再给一些数字才能算的": [],
        "算不出或没有写金额的": [],
    }
    for each in estimates:
        blocks[_block(each)].append(each)
    parts = [_who(plan, applicant)]
    parts += [_table(plan, title, rows) for title, rows in blocks.items() if rows]
    return "\n".join((*parts, _TAIL))


OUTLETS: Final[Mapping[str, Callable[[Plan, Applicant, Sequence[Estimate]], str]]] = {
    "text": as_text,
    "json": as_json,
}
"""What goes out, by format."""


def _block(each: Estimate) -> str:
    if each.missing:
        return "再给一些数字才能算的"
    if each.high == 0:
        return "按所给数字得不到的"
    if each.kind != "cash" and (each.high or each.tax_due is not None):
        return "税收优惠，不是现金"
    return "算不出或没有写金额的" if each.high is None else "可能得到的，从多到少"


def _who(plan: Plan, applicant: Applicant) -> str:
    kind = plan.tables["subsidy_terms"].label("beneficiary_kind", applicant.kind) or "各类申请人"
    given = (
        f"{INPUTS[name].title} {print_number(Decimal(value))}{INPUTS[name].unit}"
        for name, value in applicant.figures.items()
    )
    return f"{plan.about.title}\n申请人：{'，'.join((kind, *given))}\n"


def _table(plan: Plan, title: str, rows: Sequence[Estimate]) -> str:
    """A block: a line a term in columns and, under it, how its sum came about."""
    heads = ("金额", "条款", "出资", "措辞", "编号")
    cells = [_cells(plan, each) for each in rows]
    widths = [max(map(_width, column)) for column in zip(heads, *cells, strict=True)]
    lines = [f"【{title}】", _line(heads, widths)]
    for each, row in zip(rows, cells, strict=True):
        lines += [_line(row, widths), " " * widths[0] + f"  {each.explanation}"]
    return "\n".join(lines) + "\n"


def _cells(plan: Plan, each: Estimate) -> tuple[str, ...]:
    label = plan.tables["subsidy_terms"].label
    payer, certainty = label("payer_level", each.payer_level), label("certainty", each.certainty)
    return _sum(each), each.title, payer, certainty, each.term_id


def _sum(each: Estimate) -> str:
    """至多 240万元, 300万元至600万元, 50万元, or a dash where nothing was computed."""
    if each.low is None or each.high is None:
        return "—" if each.tax_due is None else f"应缴 {print_yuan(each.tax_due)}"
    if each.low == each.high:
        return print_yuan(each.high)
    most = print_yuan(each.high)
    return f"{print_yuan(each.low)}至{most}" if each.low else f"至多 {most}"


def _line(cells: Iterable[str], widths: Iterable[int]) -> str:
    padded = (
        cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)
    )
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
