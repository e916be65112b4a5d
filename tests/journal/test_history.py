"""What was done about one task, as views read it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from planner.journal.entry import Entry, new_entry
from planner.journal.history import History
from planner.journal.store import MemoryStore

START = datetime(2023, 3, 8, 6, tzinfo=UTC)


def entry(n: int, kind: str, data: dict[str, object], task: str = "t", plan: str = "p") -> Entry:
    return new_entry(START + timedelta(minutes=n), "我", plan, kind, data, task=task)


def test_acts_about_a_task_come_in_order_of_time_without_what_was_taken_back_or_told() -> None:
    later, note = entry(2, "status", {"status": "done"}), entry(1, "note", {"text": "x"})
    wrong = entry(3, "status", {"status": "cancelled"})
    others = [
        entry(4, "status", {"status": "done"}, task="other"),
        entry(5, "status", {"status": "done"}, plan="other"),
        entry(6, "revision", {"title": "x"}),
        entry(7, "undo", {"entries": [wrong.id]}, task=""),
    ]
    store = MemoryStore([later, note, wrong, *others])
    assert History(store, "p").acts("t") == (note, later)
