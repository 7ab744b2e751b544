"""Load a package: read it, check it, and give the plan only if nothing is wrong with it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.intake.descriptor import read_descriptor
from generator.intake.problems import PackageRefused, Problem, in_order
from generator.plan.model import Plan
from generator.plan.records import REQUIRED_TABLES


@dataclass(frozen=True)
class Intake:
    """What came of reading a package: a plan, or None, and every problem in order."""

    plan: Plan | None
    problems: tuple[Problem, ...]


def load(descriptor: Path | str) -> Plan:
    """The plan of a package. Raises PackageRefused with every problem if there is any."""
    intake = inspect(descriptor)
    if intake.plan is None or intake.problems:
        raise PackageRefused(intake.problems)
    return intake.plan


def inspect(descriptor: Path | str) -> Intake:
    """Read a package and find all that is wrong with it; files are named as seen from here."""
    path = Path(descriptor)
    if os.path.isdir(path):  # noqa: PTH112, Path.is_dir raises where a folder above is closed
        path /= "datapackage.json"
    declared, problems = read_descriptor(path, path.name)
    if declared is None or not declared["resources"]:
        return Intake(None, _located(problems, path))

    # Frictionless takes half a second to import: not before there is something to read.
    from generator.intake.assemble import assemble
    from generator.intake.audit_record import recorded_audit
    from generator.intake.package import check_standard, read_tables
    from generator.intake.rules import check_plan

    read = read_tables(declared, path.parent, path.name)
    problems += read.problems
    if not any(each.file == path.name for each in problems):
        problems += check_standard(declared, path.name)
    plan = assemble(declared, read)
    plan = replace(plan, audit=recorded_audit(path.parent, plan))
    leaned_on = REQUIRED_TABLES | {"subsidy_tiers", "readings"} & _names(declared)
    problems += read.without_echoes(check_plan(plan, whole=read.whole() >= leaned_on))
    return Intake(plan, _located(problems, path))


def _names(declared: Mapping[str, Any]) -> set[str]:
    return {each["name"] for each in declared["resources"]}


def _located(problems: list[Problem], descriptor: Path) -> tuple[Problem, ...]:
    """Problems with their files as seen from the working folder, where that is above them."""
    folder = descriptor.parent
    if folder.is_absolute() and folder.is_relative_to(Path.cwd()):
        folder = folder.relative_to(Path.cwd())
    return in_order(replace(each, file=(folder / each.file).as_posix()) for each in problems)
