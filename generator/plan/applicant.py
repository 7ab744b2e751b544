"""Who asks, and with what figures: the inputs of an estimate, read from `name=value` pairs.

Owns the list of inputs, what is impossible among them, and which terms a kind of applicant may
claim.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from generator.plan.records import Term
from generator.plan.schemas import profile_schema

_MONEY_LIMIT: Final = 10**15
_COUNT_LIMIT: Final = 10**10


@dataclass(frozen=True, kw_only=True)
class Input:
    """A figure that an applicant may give: its Chinese name, its unit, what is beyond belief."""

    title: str
    unit: str = "元"
    limit: int = _MONEY_LIMIT


INPUTS: Final[Mapping[str, Input]] = MappingProxyType(
    {
        "investment": Input(title="项目投资额"),
        "digital_investment": Input(title="数字化软硬件投资额"),
        "equipment_cost": Input(title="设备采购金额"),
        "construction_cost": Input(title="建设费用"),
        "revenue": Input(title="年营业收入"),
        "revenue_previous": Input(title="上年营业收入"),
        "event_cost": Input(title="活动费用"),
        "rent": Input(title="全年房租"),
        "area": Input(title="租用面积", unit="平方米", limit=_COUNT_LIMIT),
        "people": Input(title="人数", unit="人", limit=_COUNT_LIMIT),
        "rd_expense": Input(title="研发费用"),
        "equity_investment": Input(title="股权投资额"),
        "taxable_income": Input(title="应纳税所得额"),
    }
)

CLAIMS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        kind: frozenset({kind, "project"})
        for kind in ("enterprise", "zone", "locality", "institution")
    }
)
"""Kinds of beneficiary an applicant may stand for: whoever can carry a project may claim for one.
A kind that is not listed claims for itself alone."""

_PLACES: Final = {
    **dict.fromkeys(("township", "乡镇"), "township"),
    **dict.fromkeys(("village", "村", "行政村"), "village"),
    **dict.fromkeys(("county", "县"), "county"),
}
"""Localities of one level: they may claim no term that is counted by another level."""


class ImpossibleInput(ValueError):
    """An input that is unknown, or cannot be; its text is for the reader, in Chinese."""


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """Who asks: `figures` in whole yuan, square metres and heads, by the names of `INPUTS`.

    `kind` is a term of the package's beneficiary_kind; None asks for every kind. `place` narrows a
    locality to township, village or county.
    """

    kind: str | None = None
    place: str | None = None
    figures: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def may_claim(self, term: Term) -> bool:
        """Whether the term is for this kind of applicant; nothing is said of its conditions."""
        if self.kind is None:
            return True
        places = set(_PLACES.values())
        if self.place and term.per in places and term.per != self.place:
            return False
        if term.per == "unit" and self.kind in CLAIMS:
            return True
        return term.beneficiary_kind in CLAIMS.get(self.kind, {self.kind})


def read_applicant(pairs: Iterable[str], vocabulary: Mapping[str, str]) -> Applicant:
    """The applicant that `name=value` pairs describe.

    `vocabulary` are the package's kinds of beneficiary with their labels; either may be given for
    `kind`. Raises ImpossibleInput.
    """
    given: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = (part.strip() for part in pair.partition("="))
        if not equals or not value:
            raise ImpossibleInput(f"“{pair}”应写成 名称=数值，如 investment=8000000")
        if name != "kind" and name not in INPUTS:
            raise ImpossibleInput(f"没有名为“{name}”的输入{_nearest(name)}；可用：{_names()}")
        if name in given:
            raise ImpossibleInput(f"{name} 给了两次")
        given[name] = value
    word = given.pop("kind", None)
    kind, place = (None, None) if word is None else _read_kind(word, vocabulary)
    figures = {name: _read_figure(name, value) for name, value in given.items()}
    _refuse_contradictions(figures)
    return Applicant(kind=kind, place=place, figures=MappingProxyType(figures))


def _names() -> str:
    return "、".join(("kind", *INPUTS))


def _nearest(name: str) -> str:
    near = get_close_matches(name, ["kind", *INPUTS], n=1, cutoff=0.6)
    return f"（是否指 {near[0]}？）" if near else ""


def _read_kind(word: str, vocabulary: Mapping[str, str]) -> tuple[str, str | None]:
    """Kind and, for a locality of one level, its level."""
    words = {label.casefold(): kind for kind, label in _profile_labels().items()}
    words |= {label.casefold(): kind for kind, label in vocabulary.items()}
    words |= {kind.casefold(): kind for kind in vocabulary}
    kind, place = words.get(word.casefold()), None
    if kind is None and word.casefold() in _PLACES:
        kind, place = "locality", _PLACES[word.casefold()]
    if kind is None or kind not in vocabulary:
        known = "、".join(f"{each}（{label}）" for each, label in vocabulary.items())
        raise ImpossibleInput(f"kind 没有“{word}”这一类；可用：{known}")
    return kind, place


def _profile_labels() -> dict[str, str]:
    fields = {each["name"]: each for each in profile_schema("subsidy_terms")["fields"]}
    categories = fields["beneficiary_kind"].get("categories", [])
    return {each["value"]: each["label"] for each in categories}


def _read_figure(name: str, value: str) -> int:
    wanted = INPUTS[name]
    if not re.fullmatch(r"\d{1,3}(,\d{3})+|\d+", value, re.ASCII):
        raise ImpossibleInput(
            f"{name}（{wanted.title}）应为不小于 0 的整数，单位{wanted.unit}，不能是“{value}”"
        )
    digits = value.replace(",", "").lstrip("0") or "0"
    # The length is looked at first: Python refuses to read thousands of digits.
    if len(digits) > len(str(wanted.limit)) or int(digits) > wanted.limit:
        raise ImpossibleInput(f"{name}（{wanted.title}）大得不可能：{value}")
    return int(digits)


def _refuse_contradictions(figures: Mapping[str, int]) -> None:
    """The parts of a whole exceed it, or rent is paid for no floor."""
    part, whole = figures.get("digital_investment"), figures.get("investment")
    if part is not None and whole is not None and part > whole:
        raise ImpossibleInput(
            "digital_investment（数字化软硬件投资额）不能大于 investment（项目投资额）"
        )
    if figures.get("area") == 0 and figures.get("rent"):
        raise ImpossibleInput("area（租用面积）为 0 时，rent（全年房租）不能大于 0")
