"""The three forms in which an audit goes out: for a terminal, for a page, for a program."""

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from types import MappingProxyType

from generator.intake.audit import Report
from generator.intake.audit_checks import Gap
from generator.intake.numerals_carried import POSTSCRIPT, PREAMBLE
from generator.intake.problems import as_markdown, as_text
from generator.plan.coverage import Coverage
from generator.plan.model import Plan

_HEAD = ("核对", "总数", "相符", "已说明", "缺口")
_SECTIONLESS = {PREAMBLE: "公文头", POSTSCRIPT: "附件、附注"}


def audit_as_text(report: Report) -> str:
    """The coverage table, then each gap with its section and the words around it."""
    rows = [_HEAD, *map(_cells, report.audit.coverage)]
    first = max(_width(row[0]) for row in rows)
    lines = [
        row[0]
        + " " * (first - _width(row[0]))
        + "".join(" " * (8 - _width(c)) + c for c in row[1:])
        for row in rows
    ]
    lines += ["", _carried(report)]
    for gap in report.audit.gaps:
        lines += ["", *_gap(report.plan, gap)]
    if report.problems:
        lines += ["", as_text(report.problems).rstrip("\n")]
    return "\n".join([*lines, "", _verdict(report)]) + "\n"


def audit_as_markdown(report: Report) -> str:
    """The coverage table and what carries the numerals, for a page; gaps as a list."""
    head = "| " + " | ".join(_HEAD) + " |\n|---|---:|---:|---:|---:|\n"
    rows = (f"| {' | '.join(_cells(each))} |\n" for each in report.audit.coverage)
    parts = [head + "".join(rows), _carried(report) + "\n"]
    parts += [
        "- " + " ".join(map(_escaped, _gap(report.plan, gap))) + "\n" for gap in report.audit.gaps
    ]
    if report.problems:
        parts.append(as_markdown(report.problems))
    return "\n".join([*parts, _verdict(report) + "\n"])


def audit_as_json(report: Report) -> str:
    """An object: source, sha256, coverage, carriers, gaps and the problems of the package."""
    audit = report.audit
    return (
        json.dumps(
            {
                "source": report.source,
                "sha256": audit.sha256,
                "coverage": [{**asdict(each), "gaps": each.gaps} for each in audit.coverage],
                "carriers": dict(audit.carriers),
                "gaps": [
                    {
                        "kind": gap.kind,
                        "section": gap.section_id,
                        "around": gap.around,
                        **asdict(gap.problem),
                    }
                    for gap in audit.gaps
                ],
                "problems": [asdict(each) for each in report.problems],
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


AUDIT_OUTLETS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {"text": audit_as_text, "json": audit_as_json, "markdown": audit_as_markdown}
)


def _cells(each: Coverage) -> tuple[str, ...]:
    return (each.title, str(each.total), str(each.covered), str(each.named), str(each.gaps))


def _carried(report: Report) -> str:
    """Which tables carry the numerals of the text, most first."""
    titles = {name: table.title for name, table in report.plan.tables.items()}
    carriers = sorted(report.audit.carriers.items(), key=lambda each: -each[1])
    listed = "\u3001".join(f"{titles.get(name, name)} {count}" for name, count in carriers)
    return f"原文的数字所在的表\uff1a{listed}"


def _gap(plan: Plan, gap: Gap) -> Iterator[str]:
    found = gap.problem
    place = f"{found.file} 第 {found.row} 行" if found.row else found.file
    yield f"{_section(plan, gap.section_id)} ({place})"
    yield f"  {found.message}  [{found.code}]"
    if gap.around:
        yield f"    …{gap.around}…"
    yield f"    → {found.hint}"


def _section(plan: Plan, section_id: str | None) -> str:
    section = plan.section.get(section_id or "")
    if section is None:
        return _SECTIONLESS.get(section_id or PREAMBLE, section_id or "")
    return f"{section.number or ''} {section.title} {section.section_id}".strip()


def _verdict(report: Report) -> str:
    gaps, problems = len(report.audit.gaps), len(report.problems)
    if report.is_clean:
        return "没有缺口\u3002"
    return f"共 {gaps} 处缺口\uff0c数据包校验有 {problems} 个问题\u3002"


def _escaped(text: str) -> str:
    return text.strip().replace("<", "&lt;").replace("|", "\\|")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
