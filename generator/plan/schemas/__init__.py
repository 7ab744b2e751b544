"""The profile: one Table Schema a table, in Chinese, which `planpub new` also scaffolds."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def profile_schema(table: str) -> dict[str, Any]:
    """The Table Schema of one of the profile's tables. Raises FileNotFoundError for another."""
    text = files(__name__).joinpath(f"{table}.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
