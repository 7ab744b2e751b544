"""`planpub build`: build beside the old site, check, swap; each step named and timed."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from generator.plugin import SiteNotBuilt, build_site, cache_folder, load_site
from generator.publication.checks import CHECKS, BuiltSite, Finding
from generator.publication.shelf import Shelf
from generator.publication.swap import BuildRunning, carry_over, staging, swap_in
from generator.steps import Step, Steps, Tell


class SiteRefused(Exception):
    """The new site is not fit to be shown; the old one stands. The message says why."""


EXPECTED = (SiteNotBuilt, SiteRefused, BuildRunning, OSError)
"""What can go wrong without anything being wrong with planpub."""


_SHOWN = 20
"""How many findings a terminal shows."""


@dataclass
class Report:
    """What a build did: its steps with their seconds, and what the checks found."""

    steps: list[Step] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def as_json(self) -> str:
        """The report for machines."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


def build_and_swap(config_file: Path, site_dir: Path | None, tell: Tell, report: Report) -> Path:
    """Build the site of a configuration and put it in place; return where it lies.

    Raises SiteNotBuilt, SiteRefused or BuildRunning, having left the old site as it was.
    """
    config = load_site(config_file)
    site = site_dir or Path(config.site_dir)
    steps = Steps(tell, report.steps)
    with staging(site) as folder:
        with steps.step("生成网页"):
            promises = build_site(config, folder, site, steps)
        carry_over(site, folder, promises.is_versioned)
        shelf = Shelf(cache_folder(config))
        _check(BuiltSite(folder, config.site_url or "/", site, promises, shelf), steps, report)
        with steps.step("换上新站") as done:
            swapped = swap_in(folder, site)
            done(f"写入 {swapped.written} 个文件，{swapped.kept} 个未变，删去 {swapped.removed} 个")
    return site


def _check(site: BuiltSite, steps: Steps, report: Report) -> None:
    for name, check in CHECKS.items():
        with steps.step(f"检查 {name}") as done:
            found = list(check(site))
            report.findings.extend(found)
            done(f"{len(found)} 处问题" if found else "通过")
    if report.findings:
        raise SiteRefused(_refusal(report.findings))


def _refusal(findings: list[Finding]) -> str:
    shown = findings[:_SHOWN]
    lines = [f"  {each.page}: {each.message} [{each.check}]" for each in shown]
    if len(findings) > len(shown):
        lines.append(f"  另有 {len(findings) - len(shown)} 处，见 --report 写出的文件")
    return "\n".join((f"新站没有通过检查，共 {len(findings)} 处问题，原站未动：", *lines))
