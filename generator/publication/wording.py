"""The words of the interface, in the plan's language. English is the language of the source."""

import io
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from gettext import NullTranslations
from importlib.resources import files
from typing import Any

from generator.plan.figures import Figure, print_figure

_DOMAIN = "planpub"


@dataclass(frozen=True)
class Wording:
    """Words, figures and dates as a reader of one language expects them."""

    language: str
    translations: NullTranslations

    @property
    def chinese(self) -> bool:
        """Whether figures are printed the Chinese way: 500万元."""
        return self.language.startswith("zh")

    def text(self, message: str, **gaps: object) -> str:
        """A message in the reader's language, its %(gaps)s filled."""
        translated = self.translations.gettext(message)
        return translated % gaps if gaps else translated

    def count(self, one: str, many: str, number: int) -> str:
        """A message that counts: %(number)s of something."""
        return self.translations.ngettext(one, many, number) % {"number": number}

    def figure(self, value: Decimal | int, unit: str, upper: Decimal | int | None = None) -> str:
        """A figure, or a range of figures, with its unit: 410万户, 1—2个, 30%."""
        low, high = Decimal(value), Decimal(value if upper is None else upper)
        if self.chinese:
            return print_figure(Figure(low, high, unit))
        return print_figure(Figure(low, high, unit), language="en")

    @property
    def currency(self) -> str:
        """The unit of sums of money."""
        return "元" if self.chinese else "yuan"

    @property
    def money_scales(self) -> dict[str, Any]:
        """How a page's script prints sums of money, the same way as `yuan` does."""
        scales = {12: "万亿", 8: "亿", 4: "万"}
        english = {12: " trillion", 9: " billion", 6: " million"}
        return {
            "scales": [[10**n, word] for n, word in (scales if self.chinese else english).items()],
            "unit": self.currency if self.chinese else f" {self.currency}",
            "grouping": "" if self.chinese else ",",
        }

    def yuan(self, amount: int, upper: int | None = None) -> str:
        """A sum of money given in yuan."""
        return self.figure(amount, self.currency, upper)

    def date(self, written: str | date | None) -> str:
        """A year, or a day, as a newspaper prints it: 2025年, 2023年12月29日."""
        parts = str(written or "")[:10].split("-")
        if not self.chinese or not parts[0]:
            return "-".join(parts)
        return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))

    def duration(self, written: str) -> str:
        """An ISO 8601 duration of whole years, months, weeks and days in words: P3Y as 3年."""
        parts = re.findall(r"(\d+)([YMWD])", written)
        return " ".join(self._lasting(int(number), unit) for number, unit in parts)

    def _lasting(self, number: int, unit: str) -> str:
        return {
            "Y": self.count("%(number)d year", "%(number)d years", number),
            "M": self.count("%(number)d month", "%(number)d months", number),
            "W": self.count("%(number)d week", "%(number)d weeks", number),
            "D": self.count("%(number)d day", "%(number)d days", number),
        }[unit]

    def join(self, words: list[str] | tuple[str, ...]) -> str:
        """Words in a list: 甲、乙."""
        return ("、" if self.chinese else ", ").join(words)

    def prose(self, *sentences: str) -> str:
        """Sentences one after the other, those that are empty left out."""
        return ("" if self.chinese else " ").join(each for each in sentences if each)

    def term(self, label: str) -> str:
        """A vocabulary term for readers: its label, or the bare term with spaces."""
        return label if self.chinese or " " in label else label.replace("-", " ")


@cache
def wording(language: str) -> Wording:
    """The wording for a language tag such as zh-CN; English where there is no catalogue."""
    return Wording(language, _translations(language))


def _translations(language: str) -> NullTranslations:
    primary = language.partition("-")[0].lower()
    folder = files(__package__).joinpath("locale")
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        path = entry.joinpath("LC_MESSAGES", f"{_DOMAIN}.po")
        if entry.name.partition("_")[0] == primary and path.is_file():
            return _compile(path.read_bytes())
    return NullTranslations()


def _compile(catalogue: bytes) -> NullTranslations:
    """Compiled when used, so that the repository holds no binary beside the catalogue."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from babel.support import Translations

    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(catalogue)))
    compiled.seek(0)
    translations: NullTranslations = Translations(compiled)
    return translations
