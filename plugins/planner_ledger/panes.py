"""What the board shows of ledgers: all of them, newest rows first, and the rows of a task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from planner.api import PaneLine, _
from planner_ledger.fitting import ledger_of, misfits, stranger_words
from planner_ledger.ledgers import ledgers_of
from planner_ledger.ordering import in_order
from planner_ledger.rows import rows_of
from planner_ledger.wording import number_words, row_words

if TYPE_CHECKING:
    from planner.api import Role, Snapshot, Task
    from planner_ledger.model import Ledger
    from planner_ledger.rows import Row

_MOST = 10
"""Rows of a ledger that the pane about the plan shows, the ones recorded last."""
_MOST_OF_TASK = 20


def ledgers(snapshot: Snapshot) -> Iterator[PaneLine]:
    """Every ledger with the rows that were recorded last; a line leads to the task of its row."""
    known = ledgers_of(snapshot.plan)
    if not known:
        yield PaneLine(_("This plan has no ledger."), "muted")
    rows: dict[str, list[Row]] = {}
    for row in rows_of(snapshot):
        rows.setdefault(row.ledger, []).append(row)
    for ledger in known:
        yield from _ledger(ledger, rows.get(ledger.id, ()), snapshot)
    for text in stranger_words(snapshot):
        yield PaneLine(text, "warning")


def _ledger(ledger: Ledger, rows: Sequence[Row], snapshot: Snapshot) -> Iterator[PaneLine]:
    yield PaneLine(_("{title} ({extra})").format(title=ledger.name, extra=number_words(len(rows))), "heading")
    for row in rows[: -_MOST - 1 : -1]:
        yield _line(row, ledger, snapshot)
    if len(rows) > _MOST:
        yield PaneLine(_("{n} more: planner ledger list {id}").format(n=len(rows) - _MOST, id=ledger.id), "muted")
    yield PaneLine("")


def _line(row: Row, ledger: Ledger, snapshot: Snapshot) -> PaneLine:
    task = row.task if row.task in snapshot.plan.task_by_id else ""
    role: Role = "warning" if misfits(row, ledger, snapshot.plan) else ""
    return PaneLine(f"{row.sign}  {row_words(row, ledger, snapshot.plan)}", role, task)


def of_task(snapshot: Snapshot, task: Task) -> Iterator[PaneLine]:
    """The rows of a task, ledger by ledger; nothing for a task that has none."""
    groups: dict[str, list[Row]] = {}
    for row in rows_of(snapshot):
        if row.task == task.id:
            groups.setdefault(row.ledger, []).append(row)
    for rows in groups.values():
        ledger = ledger_of(rows[0], snapshot)
        yield PaneLine(_("{title} ({extra})").format(title=ledger.name, extra=number_words(len(rows))), "strong")
        for row in in_order(rows, ledger, snapshot.plan.term)[-_MOST_OF_TASK:]:
            yield PaneLine(f"{row.sign}  {row_words(row, ledger, snapshot.plan)}")
        if len(rows) > _MOST_OF_TASK:
            text = _("All of them: planner ledger list {id} --task {task}")
            yield PaneLine(text.format(id=ledger.id, task=task.id), "muted")
