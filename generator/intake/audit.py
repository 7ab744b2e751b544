"""A package against the official text: what it cites is there, and nothing is left out."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.intake.audit_checks import CHECKS, NAMED, Context, Gap
from generator.intake.load import inspect
from generator.intake.numerals_carried import Carriers, numerals
from generator.intake.problems import PackageRefused, Problem
from generator.intake.rules import OUTLINE_RULES
from generator.intake.source_text import SourceText
from generator.plan.coverage import Coverage
from generator.plan.model import Plan


@dataclass(frozen=True, kw_only=True)
class Audit:
    """What the checks counted, and every gap.

    `sha256` is that of the text; `carriers` counts the numerals of the text by the table whose
    record carries them.
    """

    sha256: str
    coverage: tuple[Coverage, ...]
    gaps: tuple[Gap, ...]
    carriers: Mapping[str, int]


def audit(plan: Plan, content: bytes, file: str) -> Audit:
    """Check a plan against the bytes of its official text; `file` is what to call that.

    Raises UnicodeDecodeError where the text is not UTF-8.
    """
    source = SourceText(content.decode("utf-8"), plan)
    carriers = Carriers(source, plan)
    sha256 = hashlib.sha256(content).hexdigest()
    carried = tuple((each, carriers.carrier(each)) for each in numerals(source))
    context = Context(
        plan=plan, source=source, carriers=carriers, carried=carried, file=file, sha256=sha256
    )
    coverage: list[Coverage] = []
    gaps: list[Gap] = []
    for kind, (title, check) in CHECKS.items():
        outcomes = list(check(context))
        found = [each for each in outcomes if isinstance(each, Gap)]
        named = outcomes.count(NAMED)
        covered = len(outcomes) - len(found) - named
        coverage.append(
            Coverage(kind=kind, title=title, total=len(outcomes), covered=covered, named=named)
        )
        gaps += found
    tables = Counter(table for _, table in carried if table)
    return Audit(sha256=sha256, coverage=tuple(coverage), gaps=tuple(gaps), carriers=tables)


@dataclass(frozen=True, kw_only=True)
class Report:
    """An audit with what it was made of.

    `source` is the text's file, `folder` that of the descriptor, `problems` are the package's own.
    """

    plan: Plan
    folder: Path
    source: str
    problems: tuple[Problem, ...]
    audit: Audit

    @property
    def is_clean(self) -> bool:
        """Whether nothing is left to mend."""
        return not self.problems and not self.audit.gaps


def audit_package(descriptor: Path, source: Path) -> Report:
    """Read a package and its official text and check the one against the other.

    What is wrong with the package itself is reported too. Raises PackageRefused where it cannot be
    read at all or its outline is no tree, UnicodeDecodeError where the text is not UTF-8.
    """
    intake = inspect(descriptor)
    if intake.plan is None or any(found for rule in OUTLINE_RULES for found in rule(intake.plan)):
        raise PackageRefused(intake.problems)
    name = source.as_posix()
    folder = descriptor if descriptor.is_dir() else descriptor.parent
    found = audit(intake.plan, source.read_bytes(), name)
    gaps = tuple(
        gap
        if gap.problem.file == name
        else replace(gap, problem=replace(gap.problem, file=(folder / gap.problem.file).as_posix()))
        for gap in found.gaps
    )
    return Report(
        plan=intake.plan,
        folder=folder,
        source=name,
        problems=intake.problems,
        audit=replace(found, gaps=gaps),
    )
