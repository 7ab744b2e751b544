"""Commands measured side by side: interleaved pairs in one run, and the median of their ratios."""

import os
import platform
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

_PACKAGES = ("mkdocs", "mkdocs-material", "hugo", "jieba", "frictionless", "jinja2", "pagefind")


@dataclass(frozen=True)
class Run:
    """What one run of a command took: seconds by the clock, seconds of CPU, MB at its peak.

    CPU is user and system time of the process and all it started; the peak is that of its largest.
    """

    wall: float
    cpu: float
    peak_mb: float

    def __add__(self, other: "Run") -> "Run":
        """One after the other."""
        peak = max(self.peak_mb, other.peak_mb)
        return Run(self.wall + other.wall, self.cpu + other.cpu, peak)

    def __sub__(self, part: "Run") -> "Run":
        """Without a part of it."""
        return Run(self.wall - part.wall, self.cpu - part.cpu, self.peak_mb)


Runs = Callable[[int], Run]
"""Measures one side of a pair; it is told which pair this is, to work in a folder of its own."""


class CommandFailed(Exception):
    """A measured command failed; the message is what it said."""


def run(command: list[str], folder: Path, environment: Mapping[str, str] | None = None) -> Run:
    """Run a command in a folder and measure it. Raises CommandFailed."""
    log = folder / "bench.log"
    with log.open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
        )
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise CommandFailed(f"{' '.join(command)}\n{log.read_text('utf-8', 'replace')[-2000:]}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def pairs(ours: Runs, theirs: Runs, count: int) -> list[tuple[Run, Run]]:
    """Both sides in turn, the first of a pair changing from pair to pair."""
    taken: list[tuple[Run, Run]] = []
    for number in range(count):
        if number % 2:
            second = theirs(number)
            taken.append((ours(number), second))
        else:
            taken.append((ours(number), theirs(number)))
    return taken


def ratio(taken: list[tuple[Run, Run]], per: float = 1.0) -> dict[str, Any]:
    """The median ratio of CPU seconds, and of wall seconds beside it, with the pairs.

    `per` divides each ratio: ten where the one side does ten times the work.
    """
    return {
        "value": round(median(a.cpu / b.cpu for a, b in taken) / per, 3),
        "unit": "ratio of CPU seconds (user and system), median of pairs",
        "wall_ratio": round(median(a.wall / b.wall for a, b in taken) / per, 3),
        "pairs": [[_shown(a), _shown(b)] for a, b in taken],
    }


def _shown(each: Run) -> dict[str, float]:
    return {"cpu": round(each.cpu, 2), "wall": round(each.wall, 2), "peak_mb": round(each.peak_mb)}


def machine() -> dict[str, Any]:
    """Where and when this runs, and with which versions."""
    return {
        "date": time.strftime("%Y-%m-%d"),
        "machine": f"{os.cpu_count()} × {_processor()}, {platform.system()} {platform.release()}",
        "versions": {"python": platform.python_version(), **dict(_versions())},
    }


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _versions() -> Iterator[tuple[str, str]]:
    for name in _PACKAGES:
        try:
            yield name, version(name)
        except ModuleNotFoundError:
            yield name, "not installed"
