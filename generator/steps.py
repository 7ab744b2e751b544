"""What a build is doing: its steps, named and timed, told of as they end."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Step:
    """One step: seconds by the clock and of CPU without those of steps within it, what came of it.

    CPU is user and system time, that of finished child processes included.
    """

    step: str
    seconds: float
    cpu_seconds: float
    outcome: str


@dataclass
class Steps:
    """The steps of a build in the order in which they ended."""

    tell: Tell = field(default=lambda _: None)
    taken: list[Step] = field(default_factory=list)
    _within: list[tuple[float, float]] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[Callable[[str], None]]:
        """Time a step and tell of it in one line; the step may add what came of it."""
        outcome: list[str] = []
        clock, cpu = time.perf_counter(), _cpu()
        outer, self._within = self._within, []
        try:
            yield outcome.append
        finally:
            whole = (time.perf_counter() - clock, _cpu() - cpu)
            seconds, cpu_seconds = (
                total - sum(parts) for total, *parts in zip(whole, *self._within, strict=True)
            )
            self._within = [*outer, whole]
        came = "、".join(outcome)
        self.taken.append(Step(name, round(seconds, 2), round(cpu_seconds, 2), came))
        self.tell(f"{name}\uff1a{came or '完成'}\uff08{seconds:.2f} 秒\uff09")


def _cpu() -> float:
    return sum(os.times()[:4])
