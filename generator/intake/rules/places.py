"""Where in the package a rule found something."""

from generator.intake.problems import Problem, problem
from generator.plan.model import Plan
from generator.plan.records import Record


def at(
    code: str, plan: Plan, table: str, record: Record, column: str, **details: object
) -> Problem:
    """A problem with one cell of a record; its value is the cell's unless `value` is given."""
    read = plan.tables[table]
    declared = read.column.get(column)
    details.setdefault("value", getattr(record, column, None))
    return problem(
        code,
        read.path,
        row=record.row,
        column=declared.title if declared else column,
        **details,
    )
