"""Makes journals of any length for a plan: the same bytes every time, as an office would fill them in a term.

Of a hundred entries sixty give a status to a task, for a branch or for all, ten are notes, twenty-five say what
calendars have told, three are edits of the plan and two take something back.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.processes import environment
from planner.api import Occurrence, Plan, Session, Snapshot, Task, occurrences
from planner.journal.entry import EDIT, NOTE, REVISION, STATUS, UNDO, Entry, new_id, time_text
from planner.journal.lines import to_bytes
from planner.journal.status import CANCELLED, DOING, DONE, PLANNED, POSTPONED, days_json
from planner.plan.change import Change

SHARES = {STATUS: 60, NOTE: 10, REVISION: 25, EDIT: 3, UNDO: 2}
STATUSES = {DONE: 50, DOING: 25, PLANNED: 15, POSTPONED: 6, CANCELLED: 4}
AUTHORS = ("王主席", "李老师", "陈老师", "办公室", "赵分会主席", "孙分会主席")
WORDS = (
    "材料已收齐。",
    "场地改在体育馆，报名表周五前交。",
    "照片和签到表已归档。",
    "等上级通知后再定。",
    "经费已批，3 家报价。",
)
LEFT = 50
"""Every so many tasks one is begun at most: there stays something to tick off."""
RECENT = 200
"""What is taken back is one of so many last acts."""

_Made = tuple[Mapping[str, Any], str, str | None, str]
"""What an entry says: data, task, occurrence, branch."""


class Journal(NamedTuple):
    """A file of JSON Lines and what follows from it."""

    file: Path
    entries: int
    closed: str
    """Id of a task that is open on the day in question but for the last entry, which ticks it off."""
    open: tuple[str, ...]
    """Ids of tasks with one occurrence that no entry finishes, calls off or puts off."""


def write_journal(file: Path, plan: Path, entries: int, today: dt.date) -> Journal:
    """Write so many entries (at least one) about the plan in a file, from the first day of its term to `today`."""
    session = Session(warn=lambda _line: None, environ=environment() | {"PLANNER_PLAN": str(plan)})
    writer = _Writer(session.snapshot(checked=False), entries, today)
    file.write_bytes(to_bytes(writer.entries()))
    return Journal(file, entries, writer.closed.id, writer.open)


class _Writer:
    """Makes the entries one after the other."""

    def __init__(self, snapshot: Snapshot, count: int, today: dt.date) -> None:
        self._plan = plan = snapshot.plan
        self._count = count
        self._random = random.Random(f"{plan.id} {count}")
        self._instant = dt.datetime.combine(plan.term.start, dt.time(), dt.UTC)
        self._step = (dt.datetime.combine(today, dt.time(), dt.UTC) - self._instant) / count
        self._parts = [part for task in plan.tasks for part in _parts(task, plan)]
        self._told = list(snapshot.revisions.pending())
        self._tellings = 0
        self._acts: list[tuple[str, str]] = []
        single = [(task, found[0]) for task in plan.tasks if len(found := occurrences(task, plan)) == 1]
        self.open = tuple(task.id for task, _only in single if _is_left(task))
        self.closed = next(task for task, o in single if not _is_left(task) and o.days and today in o.days)

    def entries(self) -> Iterator[Entry]:
        """All of them, in order."""
        makers: dict[str, Callable[[], _Made]] = {
            STATUS: self._status, NOTE: self._note, REVISION: self._revision, EDIT: self._edit, UNDO: self._undo,
        }  # fmt: skip
        for kind in self._random.choices(list(SHARES), list(SHARES.values()), k=self._count - 1):
            if kind == UNDO and not self._acts:
                kind = STATUS
            entry = self._entry(kind, *makers[kind]())
            if kind in (STATUS, NOTE):
                self._acts = [*self._acts[1 - RECENT :], (entry.id, entry.task)]
            yield entry
        whole: dict[str, Any] = {"status": DONE}
        if self.closed.branches:
            whole["branches"] = list(self.closed.branches)
        yield self._entry(STATUS, whole, self.closed.id, None, "")

    def _entry(self, kind: str, data: Mapping[str, Any], task: str, occurrence: str | None, branch: str) -> Entry:
        self._instant += self._step
        id_, author = new_id(self._instant, self._random.getrandbits), self._random.choice(AUTHORS)
        return Entry(id_, time_text(self._instant), author, self._plan.id, kind, data, task, occurrence, branch)

    def _status(self) -> _Made:
        task, occurrence, branch = self._random.choice(self._parts)
        (status,) = self._random.choices(list(STATUSES), list(STATUSES.values()))
        if _is_left(task) and status != PLANNED:
            status = DOING
        data: dict[str, Any] = {"status": status}
        if self._random.random() < 0.2:
            data["message"] = self._random.choice(WORDS)
        if status == POSTPONED:
            data["from"] = {occurrence.key: days_json(occurrence.days)}
        if task.branches and self._random.random() < 0.2:
            data["branches"], branch = list(task.branches), ""
        return data, task.id, occurrence.key, branch

    def _note(self) -> _Made:
        task, occurrence, branch = self._random.choice(self._parts)
        return {"text": self._random.choice(WORDS)}, task.id, occurrence.key, branch

    def _revision(self) -> _Made:
        """Every calendar item in turn, and then all of them again, as after a change."""
        again, place = divmod(self._tellings, len(self._told))
        self._tellings += 1
        data, task, branch = self._told[place]
        return {**data, "sequence": again}, task, None, branch

    def _edit(self) -> _Made:
        task, occurrence, _branch = self._random.choice(self._parts)
        days = occurrence.days or self._plan.term.window
        change = Change("tasks", task.id, "on", f'"{days.end}"', f'"{days.start} 14:00-16:00"')
        return {"change": change.to_json()}, task.id, None, ""

    def _undo(self) -> _Made:
        target, task = self._random.choice(self._acts)
        return {"entries": [target]}, task, None, ""


def _parts(task: Task, plan: Plan) -> Iterator[tuple[Task, Occurrence, str]]:
    """All that can have a status of its own."""
    return ((task, occurrence, branch) for occurrence in occurrences(task, plan) for branch in task.branches or ("",))


def _is_left(task: Task) -> bool:
    return task.position % LEFT == 0
