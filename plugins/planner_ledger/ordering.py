"""In which order rows are shown: awards by level and grade, all others by day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from planner_ledger.awards import value_order
from planner_ledger.conditions import row_days
from planner_ledger.model import ORDERED

if TYPE_CHECKING:
    from planner.api import Term
    from planner_ledger.model import Ledger
    from planner_ledger.rows import Row

_NEVER = 1 << 30


def in_order(rows: Iterable[Row], ledger: Ledger, term: Term) -> list[Row]:
    """The rows with the highest level first, then the highest grade, then by day, those without one last."""
    ordered = sorted((c for c in ledger.columns if c.type in ORDERED), key=lambda c: c.type == "grade")

    def order(row: Row) -> tuple[Any, ...]:
        days = row_days(row, ledger, term)
        day = (days.start.toordinal(), days.end.toordinal()) if days else (_NEVER, _NEVER)
        return (*(value_order(row.text(column), column) for column in ordered), day)

    return sorted(rows, key=order)
