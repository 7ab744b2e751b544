"""The three forms in which a plan's quality goes out: for a terminal, for a page, for a program."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from types import MappingProxyType

from generator.intake.quality import Quality
from generator.intake.slips import Slips

_ROWS = ("表", "行数", "没有数字", "没有日期", "没有责任单位")
_AUDIT = ("与原文核对", "总数", "相符", "已说明", "缺口")
_SLIPS = ("表", "行", "列", "正确", "错成", "依据原文")


def slips_in_words(slips: Slips) -> str:
    """The measurement in a sentence."""
    share = f"{slips.share:.2%}"
    tried = f"(等距抽取其中 {slips.tried} 个)" if slips.tried < slips.typed else ""
    return (
        f"数据包共有 {slips.typed} 个带类型的数字{tried}\uff0c逐位改错一个数码\uff0c"
        f"得到 {slips.made} 处错误\uff1b"
        f"校验查出 {slips.caught} 处({share})\uff0c查不出 {len(slips.uncaught)} 处\u3002"
    )


def quality_as_markdown(quality: Quality) -> str:
    """Rows per table, the slips, those that nobody notices, and the last audit."""
    parts = [_table(_ROWS, _rows(quality)), slips_in_words(quality.slips) + "\n"]
    if quality.slips.uncaught:
        parts.append(_table(_SLIPS, _uncaught(quality.slips)))
    if quality.audit:
        cells = (
            (each.title, *map(str, (each.total, each.covered, each.named, each.gaps)))
            for each in quality.audit
        )
        parts.append(_table(_AUDIT, cells))
    return "\n".join(parts)


def quality_as_text(quality: Quality) -> str:
    """The same, a line each."""
    lines = [
        "\uff1a".join((title, " ".join(filter(None, cells))))
        for title, cells in ((row[0], _labelled(row)) for row in _rows(quality))
    ]
    lines += ["", slips_in_words(quality.slips)]
    lines += [" ".join(("  ", *cells)) for cells in _uncaught(quality.slips)]
    if not quality.audit:
        lines += ["", "这些表还没有与原文核对过\uff0c或核对之后又有改动\u3002"]
    lines += [
        f"{each.title}\uff1a{each.total} 处\uff0c缺口 {each.gaps} 处" for each in quality.audit
    ]
    return "\n".join(lines) + "\n"


def quality_as_json(quality: Quality) -> str:
    """An object: tables, slips (with caught and share), audit."""
    slips = asdict(quality.slips) | {"caught": quality.slips.caught, "share": quality.slips.share}
    whole = {
        "tables": [asdict(each) for each in quality.tables],
        "slips": slips,
        "audit": [asdict(each) | {"gaps": each.gaps} for each in quality.audit],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


QUALITY_OUTLETS: Mapping[str, Callable[[Quality], str]] = MappingProxyType(
    {"text": quality_as_text, "json": quality_as_json, "markdown": quality_as_markdown}
)


def _rows(quality: Quality) -> Iterator[tuple[str, ...]]:
    for each in quality.tables:
        absent = (each.without_number, each.without_date, each.without_unit)
        yield (each.title, str(each.rows), *("" if n is None else str(n) for n in absent))


def _labelled(row: Sequence[str]) -> list[str]:
    return [f"{label} {cell}" if cell else "" for label, cell in zip(_ROWS, row, strict=True)][1:]


def _uncaught(slips: Slips) -> Iterator[tuple[str, ...]]:
    for slip in slips.uncaught:
        yield (slip.table, str(slip.row), slip.title, slip.value, slip.wrong, slip.evidence)


def _table(head: Sequence[str], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("<", "&lt;") for cell in line) + " |\n"
        for line in lines
    )
