"""What of a ledger must not leave the office: sheets that go out show ＊＊＊ in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner_ledger.awards import is_grade
from planner_ledger.model import Column

if TYPE_CHECKING:
    from planner.api import Plan
    from planner_ledger.model import Ledger
    from planner_ledger.rows import Row

MASK = "＊＊＊"
"""What stands in the place of a value that is kept back."""
_OF_TASK = frozenset(("task", "branch"))
"""What beside the columns would tell which private task a row belongs to, and whose it is."""


def is_masked(column: Column | str, ledger: Ledger, row: Row, plan: Plan) -> bool:
    """Whether the value that `row` has in `column` (or in one of RESERVED, by its id) must not leave the office.

    Of a private ledger that is all. Of a row that belongs to a private task it is all that could tell of whom it
    speaks: its task and sub-union, texts, days, and words that somebody typed instead of choosing them; what is
    counted stays. A task that the plan no longer has may have been private, so it counts as such.
    """
    if ledger.private:
        return True
    if isinstance(column, Column) and column.private:
        return True
    return is_of_private_task(row, plan) and _tells(column, row)


def is_of_private_task(row: Row, plan: Plan) -> bool:
    """Whether a row belongs to a task that is private, or that the plan no longer has."""
    task = plan.task_by_id.get(row.task)
    return bool(row.task) and (task is None or task.private)


def is_mask(text: str) -> bool:
    """Whether a cell says that its value was kept back; other programs may have made the signs narrow."""
    return text.strip().replace("*", "＊") == MASK


def _tells(column: Column | str, row: Row) -> bool:
    if isinstance(column, str):
        return column in _OF_TASK
    value = row.values.get(column.id, "")
    return not column.is_quantity and value not in column.choices and not is_grade(value, column.choices)
