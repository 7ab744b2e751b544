"""The same plan as other generators take it: Markdown for mkdocs-material, content for Hugo.

Both get what planpub computes (sentences, links, lists), written down before the clock starts; both
do no more than render it, and make their search index.
"""

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from posixpath import relpath
from typing import Any

from generator.publication.catalogue import breadcrumb_list
from generator.publication.frame import Frame
from generator.publication.site import KINDS, PlanSite
from generator.publication.views.datasets import DatasetView, dataset_views
from generator.publication.views.parts import (
    Badge,
    Cell,
    Evidence,
    Fact,
    Grid,
    Group,
    Link,
    Listing,
    OverviewView,
    RecordView,
)
from generator.publication.views.records import record_views

View = RecordView | OverviewView | DatasetView
HERE = Path(__file__).parent


def record_views_of(site: PlanSite) -> Iterator[RecordView]:
    """Every record of a plan."""
    kinds = (kind for kind in KINDS if kind != "dataset")
    return (view for kind in kinds for view in record_views(site.edition, kind))


# ------------------------------------------------------------------------------------- Markdown


def write_material(site: PlanSite, folder: Path) -> None:
    """A plain mkdocs-material site: overviews in its navigation, records beside, Chinese search."""
    overviews = site.overviews
    tables = dataset_views(site.release, "")
    for view in (*overviews, *record_views_of(site), *tables):
        path = folder / "docs" / _source(view.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(_markdown(view)), encoding="utf-8")
    first, *others = overviews
    (folder / "docs/index.md").write_text("\n".join(_markdown(first, "")), encoding="utf-8")
    config = {
        "site_name": site.plan.about.title,
        "site_url": site.host.site_url,
        "theme": {"name": "material", "language": "zh", "font": False},
        "plugins": [{"search": {"lang": ["zh", "en"]}}],
        "markdown_extensions": ["admonition", "attr_list", "tables"],
        "nav": ["index.md", *({each.title: _source(each.path)} for each in others)],
    }
    # JSON is YAML.
    (folder / "mkdocs.yml").write_text(json.dumps(config, ensure_ascii=False), encoding="utf-8")


def _source(path: str) -> str:
    return f"{path}index.md"


def _markdown(view: View, place: str | None = None) -> Iterator[str]:
    """A view in Markdown, as it stands at its own address or at another."""
    here = view.path if place is None else place
    yield f"# {view.title}\n\n{view.lead}\n"
    yield " › ".join(_link(each, here) for each in view.crumbs) + "\n"
    yield from _facts(view.facts, here)
    if isinstance(view, DatasetView):
        yield from _grid(view.preview)
        return
    if isinstance(view, RecordView):
        yield from _record_head(view, here)
    else:
        yield from _overview(view, here)
    yield from (f"\n!!! note\n    {each.title} {each.text}\n" for each in view.remarks)
    for grid in view.grids:
        yield from _grid(grid)
    for group in view.groups:
        yield from _group(group, here)


def _overview(view: OverviewView, here: str) -> Iterator[str]:
    yield from (f"- **{each.value}** {_link(link, here)}" for each, link in view.figures)
    yield from _listing(view.listing, here)
    for chart in view.charts:
        yield f"\n## {chart.question}\n\n{chart.finding}\n"
        yield from _table(chart.columns, ([_cell(c, here) for c in row] for row in chart.rows))


def _record_head(view: RecordView, here: str) -> Iterator[str]:
    yield _badges(view.badges)
    if view.figure:
        yield f"**{view.figure.value}** {view.figure.caption}\n"
    if view.evidence:
        yield from _evidence(view.evidence, here)


def _evidence(evidence: Evidence, here: str) -> Iterator[str]:
    yield from (f"> {part}\n>" for part in evidence.fragments)
    yield f"> {_link(evidence.where, here)}\n"


def _facts(facts: Iterable[Fact], here: str) -> Iterator[str]:
    for fact in facts:
        links = " ".join(_link(each, here) for each in fact.links)
        yield f"- **{fact.label}** {fact.text} {links} {fact.help}"


def _group(group: Group, here: str) -> Iterator[str]:
    yield f"\n## {group.title}\n"
    for item in group.items:
        yield f"- {_link(item.link, here)} {item.detail} {_badges(item.badges)}"


def _grid(grid: Grid) -> Iterator[str]:
    yield f"\n## {grid.title}\n"
    yield from _table(grid.columns, grid.rows)


def _listing(listing: Listing | None, here: str) -> Iterator[str]:
    if listing:
        titles = [column.title for column in listing.columns]
        yield from _table(titles, ([_cell(c, here) for c in row.cells] for row in listing.rows))


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    titles = list(columns)
    yield f"\n| {' | '.join(titles)} |"
    yield "|---" * len(titles) + "|"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _cell(cell: Cell, here: str) -> str:
    text = _link(cell.link, here) if cell.link else cell.text
    return " ".join((text, *(_link(each, here) for each in cell.links), _badges(cell.badges)))


def _badges(badges: Iterable[Badge]) -> str:
    return " ".join(f"`{each.text}`" for each in badges)


def _link(link: Link, here: str) -> str:
    if link.external:
        return f"[{link.text}]({link.path})"
    path, _, anchor = link.path.partition("#")
    target = relpath(_source(path) if path.endswith("/") or not path else path, here or ".")
    return f"[{link.text}]({target}{'#' if anchor else ''}{anchor})"


# ----------------------------------------------------------------------------------------- Hugo


_PRINTED = (
    "crumbs",
    "kind_label",
    "title",
    "lead",
    "badges",
    "figure",
    "evidence",
    "remarks",
    "facts",
    "grids",
    "groups",
    "citation",
    "source",
)
"""What Hugo prints of a record: all but the curve and the estimate of a subsidy term."""


def write_hugo(site: PlanSite, frame: Frame, folder: Path) -> None:
    """A Hugo site of the records, in the frame that ours hang in, and of their JSON."""
    for view in record_views_of(site):
        fields: dict[str, Any] = asdict(replace(view, curve=None, estimate=None, data={}))
        front = {name: fields[name] for name in _PRINTED}
        front["way"] = breadcrumb_list(site.host.site_url, view.crumbs, view.title, view.path)
        path = folder / "content" / f"{view.path.rstrip('/')}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({**front, "record": dict(view.data)}, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")
    shutil.copytree(HERE / "hugo", folder, dirs_exist_ok=True)
    layout = {
        "title": "{{ .Title }}",
        "description": "{{ .Params.lead }}",
        "canonical": "{{ .Permalink }}",
        "head": (folder / "head.html").read_text("utf-8"),
        "content": (folder / "content.html").read_text("utf-8"),
    }
    (folder / "layouts/_default/single.html").write_bytes(frame.fill(layout))
