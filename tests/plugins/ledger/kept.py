"""Ledgers with rows, for tests that count them: a plan as text, and rows as they stand in a journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from planner.api import Entry, Snapshot, TaskGraph, load_plan, new_entry
from planner.journal.history import History
from planner.journal.store import MemoryStore
from planner_ledger.due import due_items
from planner_ledger.ledgers import ledgers_of
from planner_ledger.measures import measures_of
from planner_ledger.model import Ledger
from planner_ledger.rows import Row, rows_of
from planner_ledger.settings import SCHEMA

TODAY = date(2022, 11, 1)
HEAD = """\
id = "test-1"
title = "测试计划"
organization = "某校工会"

[term]
start = 2022-01-01
end = 2022-12-31

[[goals]]
id = "care"
title = "关心职工"

[[goals]]
id = "rights"
title = "民主管理"

[[branches]]
id = "a"
name = "甲分工会"

[[branches]]
id = "b"
name = "乙分工会"

[[tasks]]
id = "visit"
title = "慰问职工"
when = "全年"
goals = ["care", "rights"]

[[tasks]]
id = "secret"
title = "困难帮扶"
when = "全年"
private = true
"""
VISITS = '[[ledgers]]\nid = "visits"\nuse = "慰问"\ngoal = "care"\n'
PROPOSALS = '[[ledgers]]\nid = "proposals"\nuse = "提案"\n'
Said = Mapping[str, Any]
"""Values of a row by the id of their column; also task, branch, goals, stage, into (the number of a row before it)."""


class Kept:
    """A plan with rows, at one moment."""

    def __init__(self, folder: Path, tables: str, rows: Iterable[tuple[str, Said]] = (), today: date = TODAY) -> None:
        path = folder / "kept.toml"
        path.write_text(HEAD + tables, encoding="utf-8")
        plan = load_plan(path, {"ledgers": SCHEMA}).plan
        assert plan is not None
        assert plan.whole
        self.plan = plan
        self.entries: list[Entry] = []
        self._today = today
        for ledger, said in rows:
            self.begin(ledger, said)

    def begin(self, ledger: str, said: Said) -> str:
        """Begin a row; its id."""
        return self._add({"ledger": ledger, "set": self._set(said)}, said).id

    def change(self, number: int, **said: Any) -> None:
        """Change the row with that number, counted from 0."""
        first = [entry for entry in self.entries if "row" not in entry.data][number]
        self._add({"ledger": first.data["ledger"], "row": first.id, "set": self._set(said)}, said)

    def _set(self, said: Said) -> dict[str, Any]:
        values = {key: value for key, value in said.items() if key not in ("task", "branch")}
        if "into" in values:
            values["into"] = self.entries[values["into"]].id
        return values

    def _add(self, data: dict[str, Any], said: Said) -> Entry:
        now = datetime(2022, 2, 1, tzinfo=UTC) + timedelta(minutes=len(self.entries))
        entry = new_entry(
            now, "我", self.plan.id, "row", data, task=said.get("task", ""), branch=said.get("branch", "")
        )
        self.entries.append(entry)
        return entry

    @property
    def snapshot(self) -> Snapshot:
        """The plan with all that was recorded so far."""
        now = datetime(self._today.year, self._today.month, self._today.day, 1, tzinfo=UTC)
        history = History(MemoryStore(self.entries), self.plan.id)
        return Snapshot(self.plan, TaskGraph(self.plan.tasks), self._today, now, history, _answers)

    def ledger(self, id_: str) -> Ledger:
        """One of the plan's ledgers."""
        return next(ledger for ledger in ledgers_of(self.plan) if ledger.id == id_)

    def rows(self, ledger: str) -> tuple[Row, ...]:
        """The rows of a ledger."""
        return rows_of(self.snapshot, ledger)

    def row(self, number: int) -> str:
        """The id of the row with that number, counted from 0."""
        return [entry.id for entry in self.entries if "row" not in entry.data][number]


def _answers(hook: str, snapshot: Snapshot) -> tuple[Any, ...]:
    known = {"planner_calendar_items": due_items, "planner_goal_measures": measures_of}
    return tuple(known[hook](snapshot)) if hook in known else ()
