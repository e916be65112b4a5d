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


def test_a_look_back_knows_only_what_was_recorded_and_taken_back_by_then() -> None:
    done = entry(1, "status", {"status": "done"})
    undo = entry(3, "undo", {"entries": [done.id]})
    redo = entry(5, "undo", {"entries": [undo.id]})
    store = MemoryStore([done, undo, redo])

    def known(minutes: int) -> tuple[Entry, ...]:
        history = History(store, "p").until(START + timedelta(minutes=minutes))
        assert history.statuses == history.effective("status") == history.acts("t")
        return history.statuses

    assert [known(0), known(1), known(2), known(3), known(5)] == [(), (done,), (done,), (), (done,)]


def test_a_look_back_gives_of_each_part_the_last_status_of_that_time() -> None:
    first, second = entry(1, "status", {"status": "doing"}), entry(4, "status", {"status": "done"})
    parts = [e._replace(occurrence="") for e in (first, second)]
    store = MemoryStore(parts)
    assert History(store, "p").until(START + timedelta(minutes=2)).statuses == (parts[0],)
    assert History(store, "p").until(START + timedelta(minutes=4)).statuses == (parts[1],)
    assert History(store, "p").about(["other"]).until(START + timedelta(minutes=4)).statuses == ()
