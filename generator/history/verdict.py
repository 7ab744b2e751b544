"""What in a comparison must not be published: lost addresses, and a version that stood still."""

from collections.abc import Iterator

from generator.history.compare import Comparison
from generator.history.identifiers import likely_successor, lost_ids, published_ids
from generator.history.naming import Names
from generator.history.refusals import refusal, wording
from generator.history.versions import Step, is_taken, is_version, least_version, required_step
from generator.history.words import title_of
from generator.intake.problems import Problem


def objections(comparison: Comparison, *, version: bool) -> list[Problem]:
    """Every lost id; and, where the version is to be judged too, that it did not take its step."""
    judged = version_problem(comparison) if version else None
    return [*lost_id_problems(comparison), *([judged] if judged else [])]


def lost_id_problems(comparison: Comparison) -> Iterator[Problem]:
    """A problem for every published id that leads nowhere now, with its likely successor."""
    old, new = published_ids(comparison.old), comparison.new
    before = Names(comparison.old)
    for table, key in lost_ids(comparison.old, new):
        sheet, row = new.sheets.get(table), old.get((table, key), {})
        pair = comparison.pairs.get(table)
        added = {k: r for k, r in pair.new.items() if k not in pair.old} if pair else {}
        likely = likely_successor(row, added, sheet) if sheet and row else None
        yield refusal(
            "id-lost",
            sheet.declared["path"] if sheet else "datapackage.json",
            value=key,
            table=table,
            record=f"{before.table(table)}「{before.row(table, row) if row else key}」",
            new=likely or "<现编号>",
            suggestion=f"\uff1b看来它改成了 {likely}" if likely else "",
        )


def version_problem(comparison: Comparison) -> Problem | None:
    """Why the new descriptor's version will not do; None where it took the step."""
    step = required_step(comparison)
    if step is None or is_taken(comparison, step):
        return None
    version, file = comparison.new.version, "datapackage.json"
    least = least_version(comparison.old.version, step.level)
    if not is_version(version):
        return refusal("version-unknown", file, value=version, minimum=least)
    return refusal(
        "version-too-low",
        file,
        value=version,
        minimum=least,
        level=step.level,
        reasons=reasons_in_words(comparison, step),
    )


def step_in_words(comparison: Comparison) -> str:
    """The version step that the changes call for, why, and whether it was taken."""
    step, told = required_step(comparison), wording()["words"]
    if step is None:
        return told["no-step"]
    called = told["step"].format(
        level=wording()["levels"][step.level],
        least=least_version(comparison.old.version, step.level),
        reasons=reasons_in_words(comparison, step),
    )
    form = "taken" if is_taken(comparison, step) else "not-taken"
    return called + told[form].format(version=comparison.new.version or told["none"])


def reasons_in_words(comparison: Comparison, step: Step) -> str:
    """The reasons for a step, each with the tables that it holds for."""
    tables: dict[str, list[str]] = {}
    for reason in step.reasons:
        tables.setdefault(reason.code, []).append(title_of(comparison, reason.table))
    return "\uff1b".join(
        f"{wording()['reasons'][code]}\uff08{'、'.join(titles)}\uff09"
        for code, titles in tables.items()
    )
