"""What the rows of ledgers count, as measures that goals and summaries are made of: numbers and kinds, never names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from planner.api import GoalMeasure, UnlikeUnitsError
from planner_ledger.conditions import goals_of, row_days
from planner_ledger.ledgers import ledgers_of
from planner_ledger.masking import is_of_private_task
from planner_ledger.rows import rows_of
from planner_ledger.totals import ROW_UNIT, forms_of, quantity
from planner_ledger.values import quantity_of

if TYPE_CHECKING:
    from planner.api import Plan, Quantity, Snapshot, Window
    from planner_ledger.model import Column, Ledger
    from planner_ledger.rows import Row


class _About(NamedTuple):
    """What all measures of one row share."""

    goals: tuple[str, ...]
    task: str
    branch: str
    days: Window | None
    kind: str
    source: str


def measures_of(snapshot: Snapshot) -> Iterator[GoalMeasure]:
    """Of each row what it counts, column by column, and itself (1 条, named after the ledger); then the rates.

    A row that was merged into another counts only what was handed in, so that nothing counts twice. Percentages in
    columns have no total and are left out.
    """
    ledgers = ledgers_of(snapshot.plan)
    if not ledgers:
        return
    by_ledger: dict[str, list[Row]] = {ledger.id: [] for ledger in ledgers}
    for row in rows_of(snapshot):
        if row.ledger in by_ledger:
            by_ledger[row.ledger].append(row)
    for ledger in ledgers:
        rows = by_ledger[ledger.id]
        if rows:
            yield from _of_rows(rows, ledger, snapshot)
            yield from _of_rates(rows, ledger, snapshot)


def _of_rows(rows: Sequence[Row], ledger: Ledger, snapshot: Snapshot) -> Iterator[GoalMeasure]:
    plan, term, kind, forms = snapshot.plan, snapshot.plan.term, ledger.kind, forms_of(ledger)
    columns = [(c, f"{ledger.id}.{c.id}", f"{ledger.name} {c.name}") for c in ledger.quantities]
    one = quantity(1, ROW_UNIT)
    for row in rows:
        days, goals = row_days(row, ledger, term), goals_of(row, ledger, plan)
        about = _About(goals, row.task, row.branch, days, _kind(row, kind, ledger, plan) if kind else "", row.id)
        if not row.into:
            yield GoalMeasure(ledger.id, ledger.name, one, *about)
        for column, name, title in columns:
            if row.into and column.id not in forms:
                continue
            value = row.values.get(column.id) or column.default
            counted = quantity_of(value, column) if value else None
            if counted is not None:
                yield GoalMeasure(name, title, counted, *about)


def _kind(row: Row, column: Column, ledger: Ledger, plan: Plan) -> str:
    """The kind of a row; "" where it may say of whom the row speaks, which words typed instead of chosen can."""
    text = row.text(column)
    if column.private or (text not in column.choices and (ledger.private or is_of_private_task(row, plan))):
        return ""
    return text


def _of_rates(rows: Sequence[Row], ledger: Ledger, snapshot: Snapshot) -> Iterator[GoalMeasure]:
    """The rates that there are: one whose whole is nothing says nothing."""
    from planner_ledger.rates import rate_of

    for rate in ledger.rates:
        try:
            found = rate_of(rate, rows, ledger)
        except UnlikeUnitsError:  # `planner ledger rates` tells it
            continue
        if found.percent is not None:
            served = (goal for row in found.rows for goal in goals_of(row, ledger, snapshot.plan))
            goals = tuple(dict.fromkeys(served))
            yield _rate_measure(ledger, rate.id, rate.name, found.percent, goals, found.part, found.whole)


def _rate_measure(
    ledger: Ledger, id_: str, name: str, percent: Quantity, goals: tuple[str, ...], part: Quantity, whole: Quantity
) -> GoalMeasure:
    title = f"{ledger.name} {name}"
    return GoalMeasure(f"{ledger.id}.{id_}", title, percent, goals=goals, part=part, whole=whole)
