"""How far the work was at the end of each week, fortnight or month: what is drawn as a burn-up.

The journal is read once, and from one point to the next only what changed is looked at again.
"""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

from planner.api import (
    STATUS,
    UNDO,
    Branch,
    EarlierPlans,
    Entry,
    Goal,
    Plan,
    Session,
    Snapshot,
    Statuses,
    Task,
    Window,
    months_of,
    time_text,
    undone,
)
from planner_progress.figures import Figures, TaskFigure, chosen, figures, task_figure

Every = Literal["week", "fortnight", "month"]
_DAYS = {"week": 7, "fortnight": 14}


class Point(NamedTuple):
    """How far the work was at the end of a day, by what was known then."""

    day: date
    figures: Figures


def history(
    session: Session,
    snapshot: Snapshot,
    every: Every,
    *,
    goal: Goal | None = None,
    branch: Branch | None = None,
) -> list[Point]:
    """The points from the beginning of the term to the day of `snapshot`, that day the last; of a goal or branch too.

    Each equals the figures of `plan_as_of` that day. Raises JournalError where the journal cannot be read.
    """
    walk = _Walk(session, snapshot, goal, branch)
    return [Point(day, walk.at(day)) for day in days_of(every, snapshot.plan.term.window, snapshot.today)]


def days_of(every: Every, term: Window, today: date) -> list[date]:
    """The last days of the periods of the term that end before `today`, and `today`.

    Weeks end on Sunday. Fortnights are two such weeks, counted from the one in which the term begins.
    """
    if every == "month":
        months = [*months_of(term), None]
        ends = [date(*after, 1) - timedelta(days=1) for _month, after in pairwise(months) if after]
    else:
        first = term.start - timedelta(days=term.start.weekday() + 1)
        ends = [first + timedelta(days=n) for n in range(_DAYS[every], (term.end - first).days, _DAYS[every])]
    return [day for day in [*ends, term.end] if day < today] + [today]


class _Walk:
    """Goes through a journal once, from one day to a later one."""

    def __init__(self, session: Session, snapshot: Snapshot, goal: Goal | None, branch: Branch | None) -> None:
        self._snapshot = snapshot
        self._goal, self._branch = goal, branch
        self._plans = EarlierPlans(session, snapshot.plan)
        self._entries = list(session.store.entries(plan=snapshot.plan.id, kinds=(STATUS, UNDO)))
        self._times = [entry.time for entry in self._entries]
        self._plan: Plan | None = None
        self._tasks: Mapping[str, Task] = {}
        self._count = 0
        self._gone: set[str] = set()
        self._known: dict[str, TaskFigure] = {}

    def at(self, day: date) -> Figures:
        """The figures at the end of `day`, which is later than that of the call before."""
        instant = self._snapshot.as_of(day).now
        plan = self._plan_at(instant)
        statuses = self._statuses(plan, instant)
        found = [self._figure(task_id, plan, statuses, day) for task_id in self._tasks]
        goals = plan.goals if self._goal is None else [goal for goal in plan.goals if goal.id == self._goal.id]
        return figures(found, goals)

    def _plan_at(self, instant: datetime) -> Plan:
        plan, _notes = self._plans.at(instant)
        if plan is not self._plan:
            self._tasks = {task.id: task for task in chosen(plan, self._goal, self._branch)}
            before, self._plan = self._plan, plan
            if before is None or plan.term != before.term or plan.calendar is not before.calendar:
                self._known = {}
            self._known = {id_: known for id_, known in self._known.items() if known.task == self._tasks.get(id_)}
        return plan

    def _statuses(self, plan: Plan, instant: datetime) -> Statuses:
        """What counted at `instant`; the figures of tasks of which something else is told now are forgotten."""
        count = bisect_right(self._times, time_text(instant))
        gone = undone(self._entries[:count])
        for entry in self._changed(count, gone):
            self._known.pop(entry.task, None)
        self._count, self._gone = count, gone
        known = (entry for entry in self._entries[:count] if entry.kind == STATUS and entry.id not in gone)
        return Statuses(plan, known)

    def _changed(self, count: int, gone: set[str]) -> Iterator[Entry]:
        yield from self._entries[self._count : count]
        other = gone ^ self._gone
        if other:
            yield from (entry for entry in self._entries[: self._count] if entry.id in other)

    def _figure(self, task_id: str, plan: Plan, statuses: Statuses, day: date) -> TaskFigure:
        known = self._known.get(task_id)
        if known is None or (known.stable_until is not None and known.stable_until < day):
            known = self._known[task_id] = task_figure(self._tasks[task_id], plan, statuses, day)
        return known
