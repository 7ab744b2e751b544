"""Problems that only two versions can have: worded as intake words its own, from wording.toml."""

import tomllib
from functools import cache
from importlib.resources import files

from generator.intake.problems import Problem, shorten


@cache
def wording() -> dict[str, dict[str, str]]:
    """The wording of history by section and code."""
    return tomllib.loads(files("generator.history").joinpath("wording.toml").read_text("utf-8"))


def refusal(code: str, file: str, *, value: str, **details: str) -> Problem:
    """A problem worded from its code; `details` fill the gaps of the wording.

    Raises KeyError for a code that wording.toml does not know.
    """
    worded = wording()[code]
    gaps = {name: shorten(detail, 200) for name, detail in details.items()}
    return Problem(
        code=code,
        file=shorten(file, 200),
        value=value,
        message=worded["message"].format(value=shorten(value), **gaps),
        hint=worded["hint"].format(value=shorten(value), **gaps),
    )
