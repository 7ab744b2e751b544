"""The last audit, kept beside the tables: a build has no official text to audit against.

`audit.json` says what was counted, in which text and in which tables. Once a table that the audit
reads has changed it says nothing any more and is taken for absent.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from generator.plan.coverage import Coverage
from generator.plan.model import Plan

FILE = "audit.json"
_AUDITED = (
    "sections",
    "assignments",
    "tasks",
    "targets",
    "subsidy_terms",
    "subsidy_tiers",
    "readings",
    "not_carried",
)


def record_audit(
    folder: Path, plan: Plan, source_sha256: str, coverage: Iterable[Coverage]
) -> Path:
    """Write what an audit counted beside the tables of a package; return where."""
    path = _path(folder, plan)
    kept = {
        "source_sha256": source_sha256,
        "tables_sha256": tables_sha256(plan),
        "coverage": [asdict(each) for each in coverage],
    }
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", "utf-8", newline="\n")
    return path


def recorded_audit(folder: Path, plan: Plan) -> tuple[Coverage, ...]:
    """What the last audit counted; nothing if there was none, or the tables changed since."""
    try:
        kept = json.loads(_path(folder, plan).read_text("utf-8"))
        if kept["tables_sha256"] != tables_sha256(plan):
            return ()
        return tuple(Coverage(**each) for each in kept["coverage"])
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def tables_sha256(plan: Plan) -> str:
    """One hash of all tables that an audit reads."""
    whole = hashlib.sha256()
    for name in _AUDITED:
        if name in plan.tables:
            content = hashlib.sha256(plan.tables[name].content).hexdigest()
            whole.update(f"{name} {content}\n".encode())
    return whole.hexdigest()


def _path(folder: Path, plan: Plan) -> Path:
    sections = plan.tables.get("sections")
    return (folder / sections.path).parent / FILE if sections else folder / FILE
