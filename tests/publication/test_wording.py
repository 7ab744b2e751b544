"""The words of the interface."""

import io
from importlib.resources import files

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from generator.publication.wording import wording

ROOT = files("generator.publication")
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
KEYWORDS = {"text": None, "count": (1, 2), "_": None, "gettext": None}


def catalogue():
    path = ROOT.joinpath("locale/zh_CN/LC_MESSAGES/planpub.po")
    return read_po(io.BytesIO(path.read_bytes()))


def test_every_word_of_the_interface_is_translated():
    """No message in source or templates is without its Chinese, and none is left over."""
    found = extract_from_dir(str(ROOT), METHODS, keywords=KEYWORDS)
    asked = {message for _, _, message, _, _ in found}
    known = {message.id: message.string for message in catalogue() if message.id}
    assert asked - set(known) == set()
    assert set(known) - asked == set()
    assert [key for key, string in known.items() if not (string[0] if string else "")] == []


def test_translations_keep_the_gaps_of_their_messages():
    """A translation fills the same %(gaps)s, so that no figure is lost on the way."""
    for message in catalogue():
        assert not message.id or list(message.check()) == []


@pytest.mark.parametrize(
    ("language", "sum_of_money", "day", "lasting"),
    [
        ("zh-CN", "500万元", "2023年12月29日", "3年"),
        ("en", "5 million yuan", "2023-12-29", "3 years"),
    ],
)
def test_figures_and_dates_read_as_in_a_newspaper_of_the_language(
    language, sum_of_money, day, lasting
):
    """Money, dates and durations are printed in one way everywhere, in the plan's language."""
    words = wording(language)
    assert words.yuan(5_000_000) == sum_of_money
    assert words.date("2023-12-29") == day
    assert words.duration("P3Y") == lasting


def test_a_language_without_a_catalogue_is_served_in_english():
    """A package in a language that nobody has translated yet still has an interface."""
    assert wording("fr").text("Outline") == "Outline"
