"""A term's arithmetic in Chinese: its formula, how a result came about, and what stays open."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from generator.plan.applicant import INPUTS
from generator.plan.figures import print_yuan
from generator.plan.lines import COUNTED, least
from generator.plan.model import Plan
from generator.plan.numerals import plain
from generator.plan.payoff import Outcome, ReadingValue, Segment
from generator.plan.records import Term, Tier
from generator.plan.segments import benefit_kind

READINGS: Final[Mapping[str, str]] = {
    "stated": "原文所写",
    "floor": "下端",
    "ceiling": "上端",
    "amount": "只给定额",
    "rate": "只按比例",
    "together": "定额加比例",
    "highest": "只按最高一档",
    "sum": "各档累计",
    "difference": "最高一档减去上年已达的一档",
    "whole": "全部按所在一档",
    "marginal": "分档计算",
}
_VERBS: Final = {"cash": "为", "taxable-income": "扣减应纳税所得额", "tax": "应缴"}
_PERIODS: Final = {"Y": "年", "M": "个月", "W": "周", "D": "天"}


def reading_label(code: str) -> str:
    """The reader's words for a reading: 分档计算, 第2档."""
    parts = re.findall(r"tier-\d+|[a-z]+", code)
    return "，".join(READINGS.get(part) or f"第{part[5:]}档" for part in parts)


def formula(plan: Plan, term: Term) -> str:
    """How the sum is found: 项目投资额 × 30%，最高 500万元; tier by tier where there are tiers."""
    tiers = plan.tiers.get(term.term_id, ())
    if tiers:
        return "；".join(f"{tier.condition}：{_gives(plan, term, tier)}" for tier in tiers)
    return _gives(plan, term, None)


def _gives(plan: Plan, term: Term, tier: Tier | None) -> str:
    given = tier is not None and (tier.rate_pct is not None or tier.amount_yuan is not None)
    own = tier if tier and given else term
    cap = least(tier.cap_yuan if tier else None, term.cap_yuan)
    parts = [*_rate(plan, term, own.rate_pct), *_sum(plan, term, own)]
    if cap is not None:
        parts.append(f"最高 {print_yuan(cap)}" if parts else f"不超过 {print_yuan(cap)}")
    return "，".join(parts) or "原文没有写金额"


def _rate(plan: Plan, term: Term, rate: Decimal | None) -> Iterator[str]:
    if rate is None:
        return
    percent = f"{plain(rate)}%"
    if term.rate_kind == "break-even":
        yield f"盈亏平衡点 {percent}（不是补贴比例）"
        return
    basis = plan.tables["subsidy_terms"].label("basis", term.basis) or "基数未写"
    most = "不超过 " if term.rate_kind == "ceiling" else ""
    meant = {"tax": "（税率）", "taxable-income": "（税前扣除）"}.get(benefit_kind(term), "")
    yield f"{most}{basis} × {percent}{meant}"


def _sum(plan: Plan, term: Term, own: Term | Tier) -> Iterator[str]:
    most = own.amount_max_yuan if isinstance(own, Term) else None
    ends = [print_yuan(amount) for amount in (own.amount_yuan, most) if amount is not None]
    if not ends:
        return
    counted = COUNTED.get(term.per or "")
    per = plan.tables["subsidy_terms"].label("per", term.per) if counted else ""
    times = f" × {INPUTS[counted].title}" if counted else ""
    yield f"{per} {'至'.join(ends)}{times}".strip()


def explanation(plan: Plan, term: Term, outcome: Outcome, figures: Mapping[str, int]) -> str:
    """How the result came about, with the limit that binds, or why there is none."""
    if outcome.missing:
        return "还需给出：" + "、".join(INPUTS[name].title for name in outcome.missing)
    if not outcome.readings:
        return _why_not(term)
    # The nothing beneath a ceiling competes with no other reading.
    readings = [value for value in outcome.readings if value.reading != "floor" or value.high]
    if all(value.segment is None for value in readings):
        return "不符合条件：" + "；".join(_conditions(plan, term))
    said = {
        reading_label(v.reading): ("如达到门槛，" if v.low != v.high else "")
        + _says(plan, term, v, figures)
        for v in readings
    }
    alike = len(set(said.values())) == 1
    words = next(iter(said.values())) if alike else "；".join(map("：".join, said.items()))
    return words + _each_year(term)


def _conditions(plan: Plan, term: Term) -> tuple[str, ...]:
    return tuple(tier.condition for tier in plan.tiers.get(term.term_id, ()))


def _why_not(term: Term) -> str:
    if term.rate_kind == "break-even":
        return "只写了盈亏平衡点，补贴额如何由此算出，原文未写"
    if term.quantified:
        return "比例所乘的数不在可以填写的数字之内"
    return "原文没有写金额"


def _says(plan: Plan, term: Term, value: ReadingValue, figures: Mapping[str, int]) -> str:
    """One reading's sum and its limit: 按 30% 为 600万元，受 500万元 上限限制."""
    piece, amount = value.segment, print_yuan(value.uncapped)
    if piece is None:
        return "0元（不在任何一档之内）"
    if piece.limit == "amount":
        return f"定额 {amount}"
    if piece.limit == "cap":
        return f"至多为上限 {amount}"
    if piece.limit == "count" and piece.span:
        per = plan.tables["subsidy_terms"].label("per", term.per)
        each, heads = print_yuan(int(piece.slope_pct / 100)), figures[piece.span.variable]
        return f"{per} {each} × {heads} 人，共 {amount}"
    simple = piece.spread is None and not piece.intercept
    said = f"按 {plain(piece.slope_pct)}% {_VERBS[benefit_kind(term)]} {amount}"
    return (said if simple else f"算得 {amount}") + _limit(piece, value.binding)


def _limit(piece: Segment, binding: str) -> str:
    if piece.cap_yuan is None:
        return ""
    cap = print_yuan(piece.cap_yuan)
    return f"，受 {cap}上限限制" if binding == "cap" else f"，未超过 {cap}上限"


def _each_year(term: Term) -> str:
    parts = re.findall(r"(\d+)([YMWD])", term.duration or "")
    limit = "，最长 " + "".join(f"{n} {_PERIODS[each]}" for n, each in parts) if parts else ""
    return ("（按年计" + limit + "）") if term.frequency == "annual" else ""
