"""Figures: read from words, printed as words, and found again in the words they came from.

Reads Chinese and English: 410万户, 1-3万元, 百分之三十, 三成, 减半, $5 million, 20 per cent.

Which numerals count: digits always, save where they are part of a name (5G, IPv6, 1st). A Chinese
numeral of one character only before a unit, a measure word or a scale (两个, 十大, 三成), after
前, or as an end of a range or list: so the 一 of 统一, 一体化, 进一步 is none. A longer one where
it is well formed (二十五, not 十四五). Vague ones (数十, 几百) and ordinals (第一) do not count,
save as a rank: 第3位. Figures read where none is meant do no harm: the module asks whether a known
one is there.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from generator.plan.numerals import (
    DIGITS,
    NUMBER,
    UNITS,
    ZH_NUMBER,
    fold,
    plain,
    print_number,
    read_chinese,
    read_numeral,
    split_measure,
    unit_kind,
)

_ONE: Final = Decimal(1)
_PREFIXES: Final = frozenset({"$", "US$", "HK$", "€", "£", "¥", "₹"})
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
_ZH_IN_DATE: Final = re.compile(r"[零〇一二三四五六七八九十]+(?=[年月日号])")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure or a range. Two are equal where they say the same, wherever and however printed.

    `low` and `high` are whole amounts in `unit`: 410万户 is 4100000 户. They are the same unless
    it is a range. `unit` is the word as printed (元, %, MW, $), half-width, or empty.
    """

    low: Decimal
    high: Decimal
    unit: str = ""
    scale: Decimal = field(default=_ONE, compare=False)
    """Magnitude that was printed with it: 10000 in 410万户."""
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)
    """Where it stands: `text` is the slice from `start` to `end` of what was read."""
    text: str = field(default="", compare=False)


# ---------------------------------------------------------------------------------------- reading

_RANGE: Final = re.compile(r"\s*(?:[—–―‐‑~〜-]{1,2}|至|到|to(?![a-z]))\s*", re.IGNORECASE)
_LIST: Final = re.compile(r"、|\s*(?:和|或|及|与)\s*|,\s+|,?\s+(?:and|or)\s+", re.IGNORECASE)
_YEAR_BEFORE: Final = re.compile(
    r"(?<![A-Za-z])(?:by|in|of|from|since|until|before|after|during|to|year)\s+$", re.IGNORECASE
)
# Words that are a figure by themselves. They may overlap one read otherwise (翻一番: 2倍 and 1番).
_WORDS: Final[dict[str, tuple[int, str]]] = {
    **dict.fromkeys(("减半", "折半", "一半", "半数", "半价"), (50, "%")),
    r"(?<![a-z])half(?![a-z]|\s+an?\s)": (50, "%"),
    **dict.fromkeys(("全额", r"(?<![a-z])in full(?![a-z])"), (100, "%")),
    **dict.fromkeys(("翻一?番", r"(?<![a-z])(?:doubl(?:e[sd]?|ing)|twice)(?![a-z])"), (2, "倍")),
    "翻两番": (4, "倍"),
    r"(?<![\d零〇一二两三四五六七八九十百千万几数近上])亿元(?=以上|级)": (10**8, "元"),
}
_ANY_WORD: Final = re.compile("|".join(_WORDS), re.IGNORECASE)
_MARK: Final = r"(?:(?:US|HK)?\$|[€£¥₹]|(?<![A-Za-z])(?:RMB|CNY|USD|EUR|GBP|HKD|JPY|INR|FY))"


@lru_cache(maxsize=4096)  # a clause is asked for each of its figures in turn
def read_figures(text: str, *, units: tuple[str, ...] = ()) -> tuple[Figure, ...]:
    """All figures of `text` in the order they stand; `units` are further words that may follow one.

    The right end of a range or list governs what the left leaves open: 1-3万元, 5 to 10 percent.
    """
    folded = fold(text)
    matches = _pattern(tuple(fold(unit) for unit in units)).finditer(folded)
    numbers = [figure for match in matches for figure in _figures_of(match)]
    joined = _borrow(_join_ranges(numbers, folded), folded)
    found = [_dated(figure, folded) for figure in joined if _counts(figure, folded)]
    if _ANY_WORD.search(folded):
        found += [
            Figure(Decimal(value), Decimal(value), unit, _ONE, match.start(), match.end())
            for word, (value, unit) in _WORDS.items()
            for match in re.finditer(word, folded, re.IGNORECASE)
        ]
    found.sort(key=lambda figure: (figure.start, figure.end))
    return tuple(replace(figure, text=text[figure.start : figure.end]) for figure in found)


_FIRST: Final = r"[\d零〇一二两三四五六七八九十百千万亿A-Za-z$€£¥₹负-]"
"""What a figure may begin with: other characters are passed by, three times as fast."""


@lru_cache(maxsize=256)
def _pattern(more_units: tuple[str, ...]) -> re.Pattern[str]:
    words = sorted({*UNITS, *more_units} - {""}, key=len, reverse=True)
    unit = "|".join(re.escape(word) + _word_end(word) for word in words)
    # 成 is a tenth in 三成, not in 3成员单位; 次 counts nothing in 一次性; in 5-$10 $ is the 10's.
    nouns = rf"(?!成[员功果立为熟本效分套品]|次性|大于|{_MARK}\s?\d)"
    unit = f"{nouns}(?:{unit})(?:/(?:{unit}))?"
    return re.compile(
        f"(?={_FIRST})(?:"
        rf"(?P<base>[一二两三四五六七八九十百千万]+)分之(?P<part>{ZH_NUMBER}|{DIGITS})"
        r"|(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)"
        rf"|(?:(?P<mark>{_MARK})\s?)?(?P<sign>(?<![\w%)])-|负)?(?:{NUMBER})"
        rf"(?:(?:\s*[多余]\s*|\s|-(?=[A-Za-z]))?(?P<unit>{unit}))?"
        ")",
        re.IGNORECASE,
    )


def _word_end(word: str) -> str:
    return r"(?![A-Za-z])" if word[-1].isascii() and word[-1].isalpha() else ""


def _figures_of(match: re.Match[str]) -> Iterator[Figure]:
    """The figures of one match of `_pattern`: three for a date, none for what says no number."""
    if match["y"]:
        for group, unit in (("y", "年"), ("m", "月"), ("d", "日")):
            value = Decimal(match[group])
            yield Figure(value, value, unit, _ONE, *match.span(group))
    elif match["base"]:
        yield from _fraction(match)
    elif number := read_numeral(match):
        value, scale = number
        value = -value if match["sign"] else value
        unit = match["unit"] or match["mark"] or ""
        yield Figure(value, value, unit, scale, match.start(), match.end())


def _fraction(match: re.Match[str]) -> Iterator[Figure]:
    """百分之三十 as 30 %, and other fractions too where the percentage is exact: 四分之三."""
    base, part = read_chinese(match["base"]), match["part"]
    share = read_chinese(part) if re.fullmatch(ZH_NUMBER, part) else Decimal(part.replace(",", ""))
    if base and share is not None:
        value = share * 100 / base
        if value * base == share * 100:
            yield Figure(value, value, "%", _ONE, match.start(), match.end())


def _join_ranges(numbers: list[Figure], folded: str) -> list[Figure]:
    joined: list[Figure] = []
    for right in numbers:
        left = joined[-1] if joined else right
        adjacent = _RANGE.fullmatch(folded, left.end, right.start)
        span = _span(left, right, folded) if adjacent else None
        joined[-1:] = [span] if span else [*joined[-1:], right]
    return joined


def _span(left: Figure, right: Figure, folded: str) -> Figure | None:
    """The range from `left` to `right`; None where units differ or it would run backwards."""
    # $5-10 million, 百分之三至五: a unit that stands before the number governs both ends.
    marked = bool(left.unit) and not folded.endswith(left.unit, left.start, left.end)
    shared = right.unit or (left.unit if marked else "")
    if left.low != left.high or (left.unit and unit_kind(left.unit) != unit_kind(shared)):
        return None
    low = left.low
    # 1000—2万元 begins at 1000: a scale is lent only where the range still runs upwards.
    if left.scale == 1 and (marked or not left.unit) and low * right.scale <= right.high:
        low *= right.scale
    if low >= right.high:
        return None
    return Figure(low, right.high, shared, right.scale, left.start, right.end)


def _borrow(figures: list[Figure], folded: str) -> list[Figure]:
    """Gives the bare members of a list the scale and unit of the one that closes it."""
    done: list[Figure] = []
    for figure in reversed(figures):
        lender = done[-1] if done else figure
        gap = _LIST.fullmatch(folded, figure.end, lender.start)
        bare = not figure.unit and figure.scale == 1
        # "June 2025, 30 MW" is no list.
        dated = (
            gap and _may_be_year(figure, folded) and (gap[0][0] == "," or _is_year(figure, folded))
        )
        done.append(_lend(figure, lender) if gap and bare and not dated else figure)
    return done[::-1]


def _lend(figure: Figure, lender: Figure) -> Figure:
    low, high = figure.low * lender.scale, figure.high * lender.scale
    return replace(figure, low=low, high=high, unit=lender.unit, scale=lender.scale)


def _counts(figure: Figure, folded: str) -> bool:
    """Whether a numeral is meant as a figure: the rule at the head of this module."""
    printed = folded[figure.start : figure.end]
    before = folded[: figure.start].rstrip()[-1:]
    if before == "第":
        return figure.unit in {"位", "名"}
    if before in {"数", "几"} and printed[0] in "十百千万亿":
        return False
    if figure.unit or figure.scale != 1 or before == "前":
        return True
    if not printed[-1].isascii():
        return len(printed) > 1
    glued = folded[max(figure.start - 1, 0) : figure.start] + folded[figure.end : figure.end + 1]
    return not any(char.isascii() and char.isalpha() for char in glued)


def _dated(figure: Figure, folded: str) -> Figure:
    return replace(figure, unit="年") if _is_year(figure, folded) else figure


def _is_year(figure: Figure, folded: str) -> bool:
    """Whether a bare number is a year by what stands before it: "by 2025", "from 2023–2025"."""
    return _may_be_year(figure, folded) and bool(_YEAR_BEFORE.search(folded, 0, figure.start))


def _may_be_year(figure: Figure, folded: str) -> bool:
    bare = not figure.unit and figure.scale == 1 and folded[figure.end - 4 : figure.end].isdigit()
    return bare and 1900 <= figure.low <= figure.high < 2100


# --------------------------------------------------------------------------------------- printing


def print_figure(figure: Figure, *, language: str = "zh") -> str:
    """`figure` in words, exactly: `read_figures` reads an equal one from them.

    Chinese by default (500万元, 200万元—1000万元, 1—2个, 2.5%); "en" gives 5 million yuan.
    """
    low, high = (print_number(amount, language) for amount in (figure.low, figure.high))
    if figure.low == figure.high:
        return _with_unit(low, figure.unit)
    dash = "—" if language == "zh" else "–"
    one_scaled = (low[-1].isdigit(), high[-1].isdigit()) in {(True, False), (False, True)}
    # $1—$1万 would lend its scale to the left end, as $5-$10 million does.
    if one_scaled and (not figure.unit or figure.unit in _PREFIXES):
        low, high = plain(figure.low), plain(figure.high)
    # Beside a scale or a sign the unit stands at both ends (GB/T 15835), else at the right one.
    if one_scaled or not low[-1].isdigit() or not figure.unit.isalpha():
        low = _with_unit(low, figure.unit)
    return f"{low}{dash}{_with_unit(high, figure.unit)}"


def print_yuan(amount: int) -> str:
    """Integer yuan as a newspaper prints them, never rounded: 500万元, 1亿元, 12345元."""
    return print_figure(Figure(Decimal(amount), Decimal(amount), "元"))


def _with_unit(number: str, unit: str) -> str:
    if unit in _PREFIXES:
        return f"{unit}{number}"
    spaced = unit[:1].isascii() and unit[:1].isalpha()
    return f"{number} {unit}" if spaced else f"{number}{unit}"


# --------------------------------------------------------------------------------------- carrying


def carries_yuan(text: str, amount: int, high: int | None = None) -> bool:
    """Whether `text` prints this sum of money (and `high`, the other end of a range).

    In Chinese as 元, or bare after 万 or 亿; in English in any currency, or bare: a plan in English
    may count in dollars what the column calls yuan.
    """
    return _stands(text, "元", [Decimal(n) for n in (amount, high) if n is not None])


def carries_percent(text: str, percent: Decimal) -> bool:
    """Whether `text` prints this rate: 30%, 百分之三十, 三成, 20 per cent; 减半 is 50, 全额 100."""
    return _stands(text, "%", [percent])


def carries_measure(text: str, value: Decimal, measure: str, high: Decimal | None = None) -> bool:
    """Whether `text` prints `value` (and `high`, the other end of a range) of a column's measure.

    `measure` is any city's word, with its scale or without (万户, 亿元, MW, "million yuan"); the
    text may print another scale (4100000 户, 410万户). A number with no unit that is known here
    counts for any measure but money and per cent. An empty measure asks for the number alone.
    """
    scale, unit = split_measure(measure)
    return _stands(text, unit, [n * scale for n in (value, high) if n is not None])


def _stands(text: str, unit: str, amounts: list[Decimal]) -> bool:
    """Whether each of `amounts`, in `unit`, is an end of a figure that may be in that unit."""
    kind, factor = unit_kind(unit)
    english = not _CHINESE.search(text)
    ends: set[Decimal] = set()
    for figure in read_figures(text, units=(unit,)):
        its_kind, its_factor = unit_kind(figure.unit)
        bare = not figure.unit or its_kind != kind
        if not unit or _agree(kind, its_kind, english=english, figure=figure):
            times = factor if bare else its_factor
            ends |= {figure.low * times, figure.high * times}
    return all(amount * factor in ends for amount in amounts)


def _agree(kind: str, its_kind: str, *, english: bool, figure: Figure) -> bool:
    """Whether `figure`, of `its_kind`, may stand for one of `kind`."""
    if kind == its_kind:
        return True
    if kind == "%":
        return False
    if kind.startswith("$"):
        if not figure.unit:
            return english or figure.scale != 1
        return english and kind == "$元" and its_kind.startswith("$")
    generic = not kind or not its_kind
    return not figure.unit or (generic and (kind + its_kind).startswith("#"))


# ------------------------------------------------------------------------------------------ dates

_MONTHS: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_MONTH: Final = rf"(?P<name>{_MONTHS})[a-z]*\.?"
_DAY: Final = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_ZH_DATE: Final = (
    r"(?:(?P<y>\d{4})\s*年\s*)?(?P<m>\d{1,2})\s*月"
    r"(?:份?(?P<end>底|末)|\s*(?P<d>\d{1,2})\s*[日号])?"
)
_EN_DATE: Final = (
    rf"(?<![a-z])(?:{_DAY}\s+(?:of\s+)?|(?P<end>end)[\s-]+(?:of\s+)?)?{_MONTH}"
    r"(?:,?\s+(?P<y>\d{4})|(?(d)|(?!)))"
)
_DATES: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        _ZH_DATE,
        _EN_DATE,
        rf"{_MONTH}\s+{_DAY}(?!\d)(?:,?\s+(?P<y>\d{{4}}))?",
        r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?:(?P=sep)(?P<d>\d{1,2}))?(?!\d)",
        r"(?P<y>\d{4})\s*年(?P<end>底|末)",
        r"(?P<end>end)[\s-]+(?:of\s+)?(?P<y>\d{4})",
    )
)


def carries_date(text: str, due: str) -> bool:
    """Whether `text` prints the year YYYY, or the day YYYY-MM-DD, of `due`.

    2022-01-01 is carried by 2022年1月1日, 2022/1/1, "1 January 2022"; the last day of a month or
    year by 月底, 年底, "end of 2025" too, and either edge of a month by its bare name. A date
    without a year takes any year of the text. Raises ValueError where `due` is not of numbers.
    """
    year, *rest = (int(part) for part in due.split("-"))
    folded = _ZH_IN_DATE.sub(lambda match: plain(read_chinese(match[0]) or Decimal(0)), fold(text))
    years = {
        end
        for figure in read_figures(folded)
        if not figure.unit or unit_kind(figure.unit)[0] == "年"
        for end in (figure.low, figure.high)
    }
    if year not in years:
        return False
    return not rest or any(
        _is_date(match, year, *rest) for form in _DATES for match in form.finditer(folded)
    )


def _is_date(match: re.Match[str], year: int, month: int, day: int = 0) -> bool:
    parts = match.groupdict()
    named = _MONTHS.split("|").index(parts["name"].lower()) + 1 if parts.get("name") else 12
    if int(parts.get("y") or year) != year or int(parts.get("m") or named) != month:
        return False
    last = monthrange(year, month)[1]
    if parts.get("d"):
        return int(parts["d"]) == day
    return day in ({last} if parts.get("end") else {0, 1, last})
