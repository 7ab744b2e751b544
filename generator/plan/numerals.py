"""The words figures are made of: numbers, scales and units, in Chinese and English.

One pattern finds a number (1,000; 3.2 billion; 1亿5000万; 二十五; one hundred and five) and
`read_numeral` says how much it is; `unit_kind` says which units mean the same. Which numbers count,
and ranges, are the business of `figures`. Everything here expects text that went through `fold`.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Final

_FORMAL: Final = str.maketrans(
    "壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億兩個戶圓",
    "一二二三三四五六六七八九十百千万亿两个户圆",
)
_ZH_DIGITS: Final = dict(zip("零一二三四五六七八九〇两", (*range(10), 0, 2), strict=True))
_SIZES: Final[dict[str, int]] = {
    **dict(zip("十百千万亿", (10, 100, 1000, 10**4, 10**8), strict=True)),
    **dict.fromkeys(("thousand", "k"), 1000),
    **dict.fromkeys(("million", "mn", "mln", "m"), 10**6),
    **dict.fromkeys(("billion", "bn"), 10**9),
    **dict.fromkeys(("trillion", "tn"), 10**12),
    "hundred": 100,
    "lakh": 10**5,
    "crore": 10**7,
}
_EN_UNITS: Final = "zero|one|two|three|four|five|six|seven|eight|nine"
_EN_TEENS: Final = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_EN_TENS: Final = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_EN_SMALL: Final[dict[str, Decimal]] = {
    **{word: Decimal(n) for n, word in enumerate(f"{_EN_UNITS}|{_EN_TEENS}".split("|"))},
    **{word: Decimal(n * 10) for n, word in enumerate(_EN_TENS.split("|"), start=2)},
    "half": Decimal("0.5"),
}

# 千 opens a unit of its own in 5千瓦 and 百 in 五个百分点: there they are no part of the number.
_ZH_BIG: Final = r"(?:千(?![瓦克米伏帕卡赫])|百(?!分))"
ZH_SCALE: Final = rf"(?:(?:十|{_ZH_BIG})?(?:万亿|[万亿])|{_ZH_BIG})"
EN_SCALE: Final = (
    r"(?:(?:(?:hundred|thousand|million|billion|trillion|lakh|crore)s?|mn|mln|bn|tn)(?![A-Za-z]))"
)
ZH_NUMBER: Final = (
    rf"(?:(?:[零〇一二两三四五六七八九十万亿]|{_ZH_BIG})+(?:点[零〇一二三四五六七八九]+[万亿]*)?)"
)
# Grouped by commas, the Indian way too, or by any space.
_GROUPED: Final = r"\d{1,3}(?:(?:,\d{2,3})*,\d{3}|(?:[ \u00a0\u2009\u202f]\d{3})+)(?!\d)"
DIGITS: Final = rf"(?:(?:{_GROUPED}|\d+)(?:\.\d+)?)"
_SMALL: Final = (
    rf"(?:(?:(?:{_EN_TENS})(?:[\s-](?:{_EN_UNITS}))?|{_EN_TEENS}|{_EN_UNITS})(?![A-Za-z]))"
)
_EN_NUMBER: Final = (
    rf"(?<![A-Za-z])(?:{_SMALL}|half(?=\s+an?\s+{EN_SCALE})|an?(?=\s+{EN_SCALE}))"
    rf"(?:(?:\s+an?)?[\s-]{EN_SCALE}(?:(?:\s+and)?\s+{_SMALL})?)*"
)
# `mark` is a currency before the number: only then do $5m and €300k mean a scale.
NUMBER: Final = (
    rf"(?P<digits>(?<!\d)(?<!\d\.){DIGITS}(?:{ZH_SCALE}{DIGITS}(?={ZH_SCALE}))*)"
    rf"(?P<scale>\s*[多余]?{ZH_SCALE}|(?:[\s-]?{EN_SCALE})+|(?(mark)[mk](?![A-Za-z])|(?!)))?"
    rf"|(?P<chinese>{ZH_NUMBER}(?:[多余][万亿]+)?)|(?P<english>{_EN_NUMBER})"
)

_ZH_SECTION: Final = re.compile(
    r"(?:(?P<k>[一二两三四五六七八九]?)千)?零?(?:(?P<c>[一二两三四五六七八九]?)百)?零?"
    r"(?:(?P<x>[一二三四五六七八九]?)十)?零?(?P<i>[一二两三四五六七八九]?)"
)
# In 三至五千万元 the whole of 千万 goes for the 三 as well, in 三千五百万 only 万 is a scale.
_ZH_SCALE_AT_END: Final = re.compile(r"(?:(?<=^.)[百千]|(?<=[^万亿]))[万亿]+$")
_MEASURE: Final = re.compile(
    rf"(?:(?P<ten>1[0,]*0) )?(?P<before>{ZH_SCALE}|{EN_SCALE}(?: {EN_SCALE})*)?(?: of )?"
    rf"(?P<unit>.*?)(?:(?<!per) (?P<after>{EN_SCALE}))?",
    re.IGNORECASE,
)


# Units that mean the same, by kind and factor. A kind beginning with $ is money, with # a count.
_SAME: Final[dict[str, dict[str, str]]] = {
    "%": {
        "1": "%|percent|per cent|pct|百分点|个百分点|percentage point|percentage points",
        "0.1": "‰|per mille",
        "10": "成|折",
    },
    "$元": {"1": "元|圆|人民币|yuan|rmb|cny|renminbi|¥"},
    "$usd": {"1": "美元|$|us$|usd|dollar|dollars|us dollar|us dollars"},
    "$eur": {"1": "欧元|€|eur|euro|euros"},
    "$gbp": {"1": "英镑|£|gbp|pound|pounds"},
    "$hkd": {"1": "港元|港币|hk$|hkd"},
    "$jpy": {"1": "日元|jpy|yen"},
    "$inr": {"1": "卢比|₹|inr|rupee|rupees"},
    "年": {"1": "年|fy|year|years"},
    "月": {"1": "月|个月|month|months"},
    "日": {"1": "日|天|day|days"},
    "时": {"1": "小时|hour|hours"},
    "kw": {
        "1": "千瓦|kw|kilowatt|kilowatts",
        "1000": "兆瓦|mw|megawatt|megawatts",
        "1000000": "吉瓦|gw|gigawatt|gigawatts",
    },
    "kwh": {"1": "千瓦时|度|kwh", "1000": "兆瓦时|mwh", "1000000": "吉瓦时|gwh"},
    "km": {"1": "公里|千米|km|kilometre|kilometres|kilometer|kilometers"},
    "m": {"1": "米|metre|metres|meter|meters"},
    "m2": {
        "1": "平方米|㎡|m2|m²|sqm|sq m|square metres|square meters",
        "1000000": "平方公里|km2|km²|square kilometres|square kilometers",
    },
    "m3": {"1": "立方米|m3|m³|cubic metres|cubic meters"},
    "ha": {"1": "公顷|ha|hectare|hectares"},
    "t": {"1": "吨|tonne|tonnes|ton|tons", "0.001": "千克|公斤|kg"},
    "倍": {"1": "倍|times|fold"},
}
_COUNTED: Final = (
    *"家户项名人件次台套辆张条座处所只头亩种类级届强场期栋幢间床支架部本篇门层块片枚颗株例组份位单番号版章节页周岁册棵羽尾箱瓶盒袋桶盏艘笔款幅斤粒",
    "人次",
    "分钟",
)
# 个 and 大 count anything, and so may a word that the table does not know: their kind is empty.
UNITS: Final[dict[str, tuple[str, Decimal]]] = {
    **dict.fromkeys(("个", "大"), ("", Decimal(1))),
    **{word: (f"#{word}", Decimal(1)) for word in _COUNTED},
    **{
        word: (kind, Decimal(factor))
        for kind, factors in _SAME.items()
        for factor, words in factors.items()
        for word in words.split("|")
    },
}


@lru_cache(maxsize=1024)
def unit_kind(unit: str) -> tuple[str, Decimal]:
    """Kind of a unit and its factor to it: 兆瓦 → (kw, 1000); ("", 1) where it is unknown.

    The longest known beginning decides, up to a slash: 吨标准煤 and 吨/年 are tonnes.
    """
    word = " ".join(unit.lower().partition("/")[0].split())
    lengths = range(len(word), 0, -1)
    return next((UNITS[word[:n]] for n in lengths if word[:n] in UNITS), ("", Decimal(1)))


@lru_cache(maxsize=1024)
def split_measure(measure: str) -> tuple[Decimal, str]:
    """Scale and unit of a column's measure: 万户 → (10000, 户), "million yuan", "RMB billion"."""
    match = _MEASURE.fullmatch(" ".join(fold(measure).split()))
    if match is None:
        return Decimal(1), measure
    words = f"{match['before'] or ''} {match['after'] or ''}".lower()
    return Decimal((match["ten"] or "1").replace(",", "")) * scale_of(words), match["unit"].strip()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Half-width, plain-numeral form of `text`, character for character, so spans stay true."""
    return text.translate(_FOLDED).translate(_FORMAL)


class _Folding(dict[int, str]):
    """A table for `str.translate` that fills itself with the characters that it meets."""

    def __missing__(self, code: int) -> str:
        """Fold a character that was not met before."""
        self[code] = _fold_char(chr(code))
        return self[code]


_FOLDED: Final = _Folding()


def _fold_char(char: str) -> str:
    if "\uff01" <= char <= "\uff5e":
        return chr(ord(char) - 0xFEE0)
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return {"\u3000": " ", "￥": "¥", "￡": "£", "−": "-", "﹪": "%"}.get(char, char)


def read_numeral(match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """Value and scale (万: 10000, million: 1000000, none: 1) of a match of `NUMBER`.

    None where Chinese characters that can be digits form no number (十四五, 万一).
    """
    if match["chinese"]:
        words = re.sub("[多余]", "", match["chinese"])
        value = read_chinese(words)
        found = _ZH_SCALE_AT_END.search(words)
        return None if value is None else (value, scale_of(found[0] if found else ""))
    if match["english"]:
        words = match["english"].lower()
        found = re.search(rf"(?:[\s-]{EN_SCALE})+$", words)
        return _read_english(words), scale_of(found[0] if found else "")
    scale = scale_of((match["scale"] or "").lower())
    parts = re.findall(rf"({DIGITS})({ZH_SCALE}?)", match["digits"])
    *whole, (last, _) = [(Decimal(re.sub(r"[^\d.]", "", n)), scale_of(s)) for n, s in parts]
    return sum((n * s for n, s in whole), last * scale), scale


def scale_of(words: str) -> Decimal:
    """Product of the scale words in `words`: 千万 → 10000000, "hundred thousand" → 100000."""
    product = 1
    for word in re.findall(r"[十百千万亿]|[a-z]+", words):
        product *= _SIZES[word if word in _SIZES else word.removesuffix("s")]
    return Decimal(product)


def read_chinese(words: str) -> Decimal | None:
    """Value of a Chinese numeral (二十五, 二〇二五, 三点五, 一百二), or None if it is none."""
    if "点" in words:
        whole, _, rest = words.partition("点")
        tail = rest.rstrip("万亿")
        value = Decimal(0) if whole in {"零", "〇"} else read_chinese(whole)
        digits = "".join(str(_ZH_DIGITS[char]) for char in tail)
        return None if value is None else (value + Decimal(f"0.{digits}")) * scale_of(rest)
    if _is_positional(words):
        return Decimal("".join(str(_ZH_DIGITS[char]) for char in words))
    for mark in ("亿", "万"):
        head, found, tail = words.rpartition(mark)
        if found:
            left, right = read_chinese(head), _read_rest(tail, _SIZES[mark])
            return None if left is None or right is None else left * _SIZES[mark] + right
    return _read_section(words)


def _is_positional(words: str) -> bool:
    """Whether the digits stand in places, as in 二〇二五: not 三四 (three or four), nor 十四五."""
    plain = all(char in _ZH_DIGITS for char in words)
    return plain and (len(words) > 3 or (len(words) > 1 and bool(set("零〇") & set(words[1:]))))


def _read_rest(words: str, size: int) -> Decimal | None:
    """What follows a 万 or 亿; a lone digit there is the next lower place: 两万五 is 25000."""
    if not words:
        return Decimal(0)
    if words in _ZH_DIGITS:
        return Decimal(_ZH_DIGITS[words] * size // 10)
    value = read_chinese(words.lstrip("零〇"))
    return value if value is None or value < size else None


def _read_section(words: str) -> Decimal | None:
    """A numeral below 10000; 一百二 and 三千五 count in the next lower place."""
    match = _ZH_SECTION.fullmatch(words)
    if match is None or not words.strip("零"):
        return None
    places = ((match["k"], 1000), (match["c"], 100), (match["x"], 10))
    value = sum((_ZH_DIGITS[d] if d else 1) * size for d, size in places if d is not None)
    last = _ZH_DIGITS[match["i"]] if match["i"] else 0
    colloquial = last and len(words) > 1 and words[-2] in "百千"
    return Decimal(value + (last * _SIZES[words[-2]] // 10 if colloquial else last))


def _read_english(words: str) -> Decimal:
    """Sum of a run of English number words, each scale word closing what stands before it."""
    total, group = Decimal(0), Decimal(0)
    for word in re.findall("[a-z]+", words):
        if word in _EN_SMALL:
            group += _EN_SMALL[word]
        elif word not in {"a", "an", "and"}:
            size = scale_of(word)
            group = (group or 1) * size
            if size > 100:
                total, group = total + group, Decimal(0)
    return total + group


def print_number(value: Decimal, language: str = "zh") -> str:
    """`value` in figures, exactly: 500万, 1.5亿, 12345 in Chinese; 5 million, 12,345 in English.

    A scale is used only where at most two decimals remain, as newspapers do.
    """
    scales = (
        ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))
        if language == "zh"
        else ((10**12, " trillion"), (10**9, " billion"), (10**6, " million"))
    )
    for size, word in scales:
        if abs(value) >= size and value * 100 % size == 0:
            return f"{plain(value / size)}{word}"
    return plain(value) if language == "zh" else f"{Decimal(plain(value)):,}"


def plain(value: Decimal) -> str:
    """`value` without exponent, trailing zeros or grouping."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
