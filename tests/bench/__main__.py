"""`make bench`: how fast planpub is, as ratios, and what a reader's first view and search cost.

    python -m tests.bench [--pairs 5] [--only one_cell_vs_cold …]

Everything is measured in one run, in pairs that alternate, in folders of their own: a cold build
has neither a site nor a cache. The main figure is CPU seconds, which depend less than the clock on
what else a machine does; the clock stands beside it.
"""

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.measures import MEASURES, Bench
from tests.bench.measuring import machine

RESULT = Path("bench.json")


def main() -> None:
    """Take the measures, print them, write them down."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--pairs", type=int, default=5, help="pairs of each measure")
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="planpub-bench-") as folder:
        bench = Bench(Path(folder), asked.pairs)
        taken: dict[str, Any] = {}
        for name in asked.only:
            taken[name] = _take(name, MEASURES[name], bench)
            text = json.dumps(taken, ensure_ascii=False, indent=1) + "\n"
            RESULT.write_text(text, encoding="utf-8")


def _take(name: str, measure: Callable[[Bench], dict[str, Any]], bench: Bench) -> dict[str, Any]:
    taken = {**measure(bench), "measured": machine()}
    said = (f"  {key}: {value}" for key, value in taken.items() if key != "value")
    print(f"{name}: {taken['value']}", *said, sep="\n", flush=True)  # noqa: T201 - it is what it prints
    return taken


main()
