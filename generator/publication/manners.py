"""How people ask in a language: what stands in locale/<language>/search.toml."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def manners_of(language: str) -> Mapping[str, Any]:
    """The manners of a language, empty where nobody has written them down."""
    primary = language.split("-", 1)[0].lower()
    for folder in files(__package__).joinpath("locale").iterdir():
        table = folder.joinpath("search.toml")
        if folder.name.split("_", 1)[0] == primary and table.is_file():
            return tomllib.loads(table.read_text(encoding="utf-8"))
    return {}
