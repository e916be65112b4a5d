"""The task graph: what needs what, in which order, how much time there is. Pure, and linear in tasks and edges.

It reports and proposes; it never moves a date by itself.
"""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from planner.dates.window import Window
from planner.dates.workdays import WorkCalendar
from planner.plan.model import Task


class Conflict(NamedTuple):
    """`task` must be over on `ends`, but what it needs, `need`, cannot be over before `ready`."""

    task: Task
    need: Task
    ends: date
    ready: date


class Leeway(NamedTuple):
    """The room a task has. `earliest` and `latest` are the first and last day (both inclusive) on which it can be
    done so that its needs come before and its dependents after; `slack` counts the working days between the two
    (0: that very day). Negative slack: the dates as they stand cannot be kept.
    """

    earliest: date
    latest: date
    slack: int


class TaskGraph:
    """Tasks as nodes, `needs` as edges. Unknown ids are passed over: the loader reports them."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.tasks = tasks
        # Of equal ids the first is meant; the loader reports the others.
        position = {tasks[n].id: n for n in range(len(tasks) - 1, -1, -1)}
        self._position = position
        self._needs: list[Sequence[int]] = [
            [position[need.task] for need in task.needs if need.task in position] if task.needs else ()
            for task in tasks
        ]

    @cached_property
    def _dependents(self) -> list[Sequence[int]]:
        dependents: list[list[int]] = [[] for _ in self.tasks]
        for n, needed in enumerate(self._needs):
            for m in needed:
                dependents[m].append(n)
        return list[Sequence[int]](dependents)

    @cached_property
    def _sorted(self) -> list[int]:
        """Kahn's order; tasks on a cycle, and what depends on them, are missing."""
        waiting = [len(needed) for needed in self._needs]
        ready = deque(n for n, count in enumerate(waiting) if not count)
        order: list[int] = []
        while ready:
            n = ready.popleft()
            order.append(n)
            for m in self._dependents[n]:
                waiting[m] -= 1
                if not waiting[m]:
                    ready.append(m)
        return order

    def needs(self, task: Task) -> list[Task]:
        """The tasks that must be done directly before `task`, in the order in which it names them."""
        return [self.tasks[m] for m in self._needs[self._position[task.id]]]

    def dependents(self, task: Task) -> list[Task]:
        """The tasks that wait directly for `task`, in the order of the file."""
        return [self.tasks[m] for m in self._dependents[self._position[task.id]]]

    def order(self) -> list[Task]:
        """All tasks, each after its needs: those without needs first, in the order of the file; cycles last."""
        placed = set(self._sorted)
        rest = [n for n in range(len(self.tasks)) if n not in placed] if len(placed) < len(self.tasks) else []
        return [self.tasks[n] for n in (*self._sorted, *rest)]

    def cycles(self) -> list[list[Task]]:
        """One cycle for each tangle of tasks that wait for each other: each needs the next, the last the first."""
        if len(self._sorted) == len(self.tasks):
            return []
        left = set(range(len(self.tasks))) - set(self._sorted)
        found: list[list[Task]] = []
        while left:
            path, seen, n = list[int](), dict[int, int](), min(left)
            while n in left and n not in seen:
                seen[n] = len(path)
                path.append(n)
                n = next((m for m in self._needs[n] if m in left), -1)
            if n in seen:
                found.append([self.tasks[m] for m in path[seen[n] :]])
            left.difference_update(path)
        return found

    def chain(self, task: Task) -> list[Task]:
        """Everything that leads to `task`, each after its needs, `task` itself last."""
        return self._reached(task, self._needs)

    def consequences(self, task: Task) -> list[Task]:
        """`task` and everything that waits for it, directly or not, each after its needs."""
        return self._reached(task, self._dependents)

    def _reached(self, task: Task, edges: list[Sequence[int]]) -> list[Task]:
        reached = {self._position[task.id]}
        todo = list(reached)
        while todo:
            for m in edges[todo.pop()]:
                if m not in reached:
                    reached.add(m)
                    todo.append(m)
        return [t for t in self.order() if self._position[t.id] in reached] if len(reached) > 1 else [task]

    def chains(self) -> list[list[Task]]:
        """The groups of tasks that hang together by needs, each in order; tasks without any are left out."""
        group: dict[int, int] = {}
        for n in range(len(self.tasks)):
            if n in group or not (self._needs[n] or self._dependents[n]):
                continue
            todo = [n]
            while todo:
                m = todo.pop()
                if m not in group:
                    group[m] = n
                    todo += (*self._needs[m], *self._dependents[m])
        groups: dict[int, list[Task]] = {}
        for task in self.order():
            n = self._position[task.id]
            if n in group:
                groups.setdefault(group[n], []).append(task)
        return list(groups.values())

    def blockers(self, task: Task, is_done: Callable[[Task], bool]) -> list[Task]:
        """The needs of `task` that are not done; none: it is ready."""
        return [need for need in self.needs(task) if not is_done(need)]

    def conflicts(self) -> Iterator[Conflict]:
        """Impossible orders: a task that must be over before what it needs can be."""
        earliest: list[date | None] = [None] * len(self.tasks)
        for n in self._sorted:
            task = self.tasks[n]
            span = task.span
            begin = span.start if span else None
            for need in task.needs:
                m = self._position.get(need.task, -1)
                ready = earliest[m] if m >= 0 else None
                if ready is None:
                    continue
                if need.lag:
                    ready += timedelta(days=need.lag)
                if span and span.end < ready:
                    yield Conflict(task, self.tasks[m], span.end, ready)
                elif begin is None or ready > begin:
                    begin = ready
            earliest[n] = begin

    def leeway(self, term: Window, calendar: WorkCalendar) -> dict[str, Leeway]:
        """The room of every task by its id, on working days and within the term; tasks on cycles are left out.

        A task without a date may be done on any day of the term. Each task is taken to need one working day, and
        what depends on it begins on a later working day at the earliest.
        """
        earliest: dict[int, date] = {}
        latest: dict[int, date] = {}
        for n in self._sorted:
            begin = (self.tasks[n].span or term).start
            for need, m in self._edges(n):
                begin = max(begin, calendar.shift(earliest[m], 1) + timedelta(days=need))
            earliest[n] = self._on_a_working_day(n, begin, calendar.next_workday)
        for n in reversed(self._sorted):
            end = (self.tasks[n].span or term).end
            for m in self._dependents[n]:
                lag = max(lag for lag, need in self._edges(m) if need == n)
                if m in latest:
                    end = min(end, calendar.shift(latest[m] - timedelta(days=lag), -1))
            latest[n] = self._on_a_working_day(n, end, calendar.previous_workday)
        return {
            self.tasks[n].id: Leeway(earliest[n], latest[n], _distance(calendar, earliest[n], latest[n]))
            for n in self._sorted
        }

    def _edges(self, n: int) -> Iterator[tuple[int, int]]:
        """Lag in days and position of each known need."""
        return ((need.lag, self._position[need.task]) for need in self.tasks[n].needs if need.task in self._position)

    def _on_a_working_day(self, n: int, day: date, move: Callable[[date], date]) -> date:
        """`day` moved to a working day, unless that leaves the task's own dates: people chose a weekend or holiday."""
        moved, span = move(day), self.tasks[n].span
        return day if span and day in span and moved not in span else moved


def _distance(calendar: WorkCalendar, first: date, last: date) -> int:
    """Working days from `first` to `last`: 0 on the same day, negative when `last` is earlier."""
    if last >= first:
        return max(calendar.count(first, last) - 1, 0)
    return -max(calendar.count(last, first) - 1, 1)
