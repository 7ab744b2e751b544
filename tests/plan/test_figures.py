"""Figures are read from words, printed as words, and missed when a digit was changed."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from generator.plan.figures import (
    Figure,
    carries_date,
    carries_measure,
    carries_percent,
    carries_yuan,
    print_figure,
    print_yuan,
    read_figures,
)
from generator.plan.numerals import read_chinese

with Path(__file__).with_name("figures.csv").open(encoding="utf-8") as lines:
    GOLDEN = list(csv.DictReader(lines))

UNITS = ("元", "户", "个", "家", "千瓦", "%", "倍", "平方米", "吨/年", "年", "MW", "km", "$", "€")
amounts = st.one_of(
    st.integers(0, 10**13).map(Decimal),
    st.decimals(0, 10**6, places=4),
    st.builds(
        lambda n, size: Decimal(n * size), st.integers(1, 9999), st.sampled_from([10**4, 10**8])
    ),
)
units = st.sampled_from(UNITS)
languages = st.sampled_from(("zh", "en"))
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


def golden(call: str) -> pytest.MarkDecorator:
    """The rows of figures.csv that are for one call."""
    rows = [row for row in GOLDEN if row["call"] == call]
    return pytest.mark.parametrize(
        "row", rows, ids=[" ".join(filter(None, row.values())) for row in rows]
    )


def in_short(figure: Figure) -> str:
    ends = dict.fromkeys(f"{end.normalize():f}" for end in (figure.low, figure.high))
    return "..".join(ends) + figure.unit


def one(text: str) -> Figure:
    (figure,) = read_figures(text)
    return figure


@golden("read")
def test_figures_are_read_from_words(row: dict[str, str]) -> None:
    """Every spelling in the table is read as the figures beside it, and as no others."""
    assert "; ".join(map(in_short, read_figures(row["text"]))) == row["expected"]


@golden("print")
def test_figures_are_printed_as_newspapers_do(row: dict[str, str]) -> None:
    """A figure is printed in the scale that a newspaper would choose."""
    assert print_figure(one(row["text"])) == row["expected"]


@golden("yuan")
def test_a_sum_is_carried_only_by_money(row: dict[str, str]) -> None:
    """A sum in yuan is found in its words, and a changed one or one of another unit is not."""
    high = int(row["high"]) if row["high"] else None
    assert carries_yuan(row["text"], int(row["value"]), high) == (row["expected"] == "yes")


@golden("percent")
def test_a_rate_is_carried_only_by_a_percentage(row: dict[str, str]) -> None:
    """A rate is found in figures and in words, and a bare number is no rate."""
    assert carries_percent(row["text"], Decimal(row["value"])) == (row["expected"] == "yes")


@golden("measure")
def test_a_value_is_carried_in_its_measure(row: dict[str, str]) -> None:
    """A value is found in whatever scale the text prints, and a changed digit or unit is not."""
    high = Decimal(row["high"]) if row["high"] else None
    carried = carries_measure(row["text"], Decimal(row["value"]), row["measure"], high)
    assert carried == (row["expected"] == "yes")


@golden("date")
def test_a_date_is_carried_by_its_words(row: dict[str, str]) -> None:
    """A year or a day is found as Chinese and English print it, and no other day passes for it."""
    assert carries_date(row["text"], row["value"]) == (row["expected"] == "yes")


@given(amounts, units, languages)
@example(Decimal(12345), "元", "zh")
def test_reading_undoes_printing(amount: Decimal, unit: str, language: str) -> None:
    """A printed figure is read as the figure it was."""
    figure = Figure(amount, amount, unit)
    assert read_figures(print_figure(figure, language=language)) == (figure,)


@given(amounts, amounts, units | st.just(""), languages)
@example(Decimal(1), Decimal(20000), "元", "zh")
@example(Decimal(1), Decimal(20000), "", "zh")
def test_reading_undoes_printing_of_ranges(
    one_end: Decimal, other_end: Decimal, unit: str, language: str
) -> None:
    """A printed range is read as the range it was, its scale never lent to the wrong end."""
    assume(one_end != other_end)
    figure = Figure(min(one_end, other_end), max(one_end, other_end), unit)
    assert read_figures(print_figure(figure, language=language)) == (figure,)


@given(
    amounts,
    units,
    st.sampled_from(("达到", "up to ", "不超过")),
    st.sampled_from(("", "以上", "。")),
)
def test_a_figure_says_where_it_stands(amount: Decimal, unit: str, before: str, after: str) -> None:
    """A figure's span and text are the words it was read from, whatever stands around them."""
    printed = print_figure(Figure(amount, amount, unit))
    text = f"{before}{printed}{after}"
    figure = one(text)
    assert (figure.text, text[figure.start : figure.end]) == (printed, printed)


@given(amounts, amounts, st.sampled_from(UNITS))
def test_full_width_is_read_as_half_width(low: Decimal, high: Decimal, unit: str) -> None:
    """Text in full-width forms says what it says in half-width ones."""
    text = f"达到{low:f}{unit}，{print_figure(Figure(min(low, high), max(low, high), unit))}"
    assert read_figures(text.translate(FULL_WIDTH)) == read_figures(text)


@given(st.integers(1, 10**12), st.data())
def test_a_changed_digit_is_not_carried(amount: int, data: st.DataObject) -> None:
    """A sum with one digit changed, dropped or added is not in the words of the right one."""
    text = f"总额不超过{print_yuan(amount)}的补助"
    digits = str(amount)
    place = data.draw(st.integers(0, len(digits) - 1))
    inserted = data.draw(st.text("0123456789", max_size=2))
    changed = int(f"0{digits[:place]}{inserted}{digits[place + 1 :]}")
    assume(changed != amount)
    assert carries_yuan(text, amount)
    assert not carries_yuan(text, changed)
    assert not carries_measure(text, Decimal(changed), "元")


@given(
    st.integers(1, 9999),
    st.integers(1, 9999),
    st.sampled_from(("万户", "亿元", "%", "km", "家", "MW")),
)
def test_a_changed_value_is_not_carried(value: int, changed: int, measure: str) -> None:
    """A column's value is carried by its own words and no other value is."""
    assert carries_measure(f"达到{value}{measure}", Decimal(changed), measure) == (value == changed)


@given(st.integers(0, 10**15))
def test_yuan_are_never_rounded(amount: int) -> None:
    """A printed sum is the sum, to the last yuan."""
    assert one(print_yuan(amount)) == Figure(Decimal(amount), Decimal(amount), "元")


@given(st.integers(1, 10**12 - 1))
def test_chinese_numerals_are_read(number: int) -> None:
    """Every Chinese numeral below a trillion is read as its number."""
    assert read_chinese(in_chinese(number)) == number


@given(st.text(max_size=60))
def test_no_text_breaks_reading(text: str) -> None:
    """Whatever the text, it is read without error and every figure is a slice of it."""
    assert all(figure.text == text[figure.start : figure.end] for figure in read_figures(text))
    carries_measure(text, Decimal(1), text)
    carries_date(text, "2025-12-31")


def in_chinese(number: int) -> str:
    """`number` in Chinese, written here a second time so that it checks the reader."""
    for size, mark in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if rest and rest < size // 10 else ""
            return f"{in_chinese(head)}{mark}{gap}{in_chinese(rest) if rest else ''}"
    return "零一二三四五六七八九"[number]
