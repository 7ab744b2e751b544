"""The four forms in which a comparison goes out: text, Markdown, HTML and JSON."""

import json
import re
from dataclasses import asdict
from importlib.resources import files
from itertools import groupby

from generator.history.compare import Comparison
from generator.history.refusals import wording
from generator.history.verdict import lost_id_problems, step_in_words
from generator.history.words import Said, title_of, words

_MARKUP = re.compile(r"([\\`*_\[\]<>|#~&])")


def as_text(comparison: Comparison) -> str:
    """A comparison for a terminal, grouped by table."""
    if not comparison.changes:
        return _told("same") + "\n"
    lines = [_heading(comparison)]
    for each in lost_id_problems(comparison):
        lines += [f"! {each.message}", f"  → {each.hint}"]
    for title, said in _groups(comparison):
        lines += ["", title, *(f"  {each.text}" for each in said)]
    return "\n".join([*lines, "", step_in_words(comparison)]) + "\n"


def as_markdown(comparison: Comparison) -> str:
    """A comparison for a pull request's comment."""
    if not comparison.changes:
        return _told("same") + "\n"
    parts = [f"## {_escape(_heading(comparison))}"]
    lost = [f"- {_escape(e.message)}。{_escape(e.hint)}" for e in lost_id_problems(comparison)]
    if lost:
        parts += [f"### \u26a0 {_told('lost')}", "\n".join(lost)]
    for title, said in _groups(comparison):
        parts += [f"### {_escape(title)}", "\n".join(f"- {_escape(e.text)}" for e in said)]
    return "\n\n".join([*parts, f"**{_escape(step_in_words(comparison))}**"]) + "\n"


def as_html(comparison: Comparison) -> str:
    """A comparison as one page that needs nothing else, with each changed cell old and new."""
    from jinja2 import Environment, StrictUndefined

    source = files("generator.history").joinpath("diff.html").read_text("utf-8")
    page = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return (
        page.from_string(source).render(
            heading=_heading(comparison),
            lost=tuple(lost_id_problems(comparison)),
            groups=_groups(comparison),
            cells=[
                (title_of(comparison, each.table), each.key, each.column, each.old, each.new)
                for each in comparison.changes
                if each.subject == "cell"
            ],
            step=step_in_words(comparison),
            words=wording()["words"],
        )
        + "\n"
    )


def as_json(comparison: Comparison) -> str:
    """The changes as a list of objects: table, change, key, column, old, new."""
    changes = [asdict(each) for each in comparison.changes]
    return json.dumps(changes, ensure_ascii=False, indent=2) + "\n"


OUTLETS = {"text": as_text, "markdown": as_markdown, "html": as_html, "json": as_json}


def _groups(comparison: Comparison) -> list[tuple[str, list[Said]]]:
    """The sentences by what they are about, each group under its title."""
    grouped = groupby(words(comparison), key=lambda said: said.table)
    return [(title_of(comparison, table), list(said)) for table, said in grouped]


def _heading(comparison: Comparison) -> str:
    old, new = (side.version or _told("none") for side in (comparison.old, comparison.new))
    return f"{_told('heading')}\uff1a{old} → {new}"


def _told(code: str) -> str:
    return wording()["words"][code]


def _escape(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\1", text)
