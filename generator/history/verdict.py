"""What in a comparison must not be published: lost addresses, and a version that stood still."""

from collections.abc import Iterator

from generator.history.compare import Comparison
from generator.history.identifiers import Id, likely_successor, lost_ids, published_ids
from generator.history.naming import Names
from generator.history.refusals import refusal, wording
from generator.history.versions import Step, is_taken, is_version, least_version, required_step
from generator.history.words import title_of
from generator.intake.problems import Problem


def objections(comparison: Comparison, *, strict: bool, version: bool) -> list[Problem]:
    """Every id that was renamed without a redirect; what else may be asked for.

    With `strict` every other id that is lost, too, and with `version` that the descriptor's did
    not take its step.
    """
    found = [
        lost_id_problem(comparison, lost, successor)
        for lost, successor in _lost(comparison)
        if strict or successor is not None
    ]
    judged = version_problem(comparison) if version else None
    return [*found, *([judged] if judged else [])]


def _lost(comparison: Comparison) -> Iterator[tuple[Id, str | None]]:
    """Every published id that leads nowhere now, with its likely successor."""
    for lost in lost_ids(comparison.old, comparison.new):
        yield lost, heir(comparison, lost)


def lost_id_problems(comparison: Comparison) -> Iterator[Problem]:
    """A problem for every published id that leads nowhere now, with its likely successor."""
    for lost, successor in _lost(comparison):
        yield lost_id_problem(comparison, lost, successor)


def lost_id_problem(comparison: Comparison, lost: Id, successor: str | None) -> Problem:
    """Why a published id must not go, and which row of `redirects` mends it."""
    table, key = lost
    before, row = Names(comparison.old), published_ids(comparison.old).get(lost)
    sheet = comparison.new.sheets.get(table)
    return refusal(
        "id-lost",
        sheet.declared["path"] if sheet else "datapackage.json",
        value=key,
        table=table,
        record=f"{before.table(table)}「{before.row(table, row) if row else key}」",
        new=successor or "<现编号>",
        suggestion=f"\uff1b看来它改成了 {successor}" if successor else "",
    )


def heir(comparison: Comparison, lost: Id) -> str | None:
    """The id under which a record likely lives on: that of an added row that looks like it."""
    table, key = lost
    sheet, pair = comparison.new.sheets.get(table), comparison.pairs.get(table)
    if sheet is None or pair is None or key not in pair.old:
        return None
    known = {*pair.old, *pair.moved.values()}
    added = {each: row for each, row in pair.new.items() if each not in known}
    return comparison.renamed.get(lost) or likely_successor(pair.old[key], added, sheet)


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
