"""What each day holds: an index of a board's tasks by their days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from planner.api import CLOSED, Occurrence, Task, Window
from planner_board.board import Board

SHORT = 7
"""A window of at most so many days stands on its days; a longer one only says that it may be any of them."""


class Dated(NamedTuple):
    """One time that a task happens, with its days (inclusive)."""

    task: Task
    occurrence: Occurrence
    days: Window

    @property
    def is_decided(self) -> bool:
        """Whether the days are decided: else they are a window in which the day will lie."""
        return self.occurrence.appointment is not None


class DayTasks(NamedTuple):
    """What belongs to one day, in order of time and of the file. What was put off without a new date is nowhere."""

    decided: tuple[Dated, ...]
    short: tuple[Dated, ...]
    """Windows of at most a week that hold the day."""
    long: tuple[Dated, ...]
    """Longer ones: nothing says that it will be this day."""


class Days:
    """The tasks of a board by day. Made quickly; each week is worked out when it is first asked for."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._weeks: dict[int, list[Task]] = {}
        """Ordinal of a Monday → tasks that may have days in that week, all but those of `_long`."""
        self._long: dict[Window, list[Task]] = {}
        """Tasks with nothing but long windows, of which a plan has many and few different ones."""
        self._known: dict[int, tuple[Dated, ...]] = {}
        self._pending: dict[Window, int] = {}
        for task in board.tasks:
            self._add(task)

    def _add(self, task: Task) -> None:
        if not repeats(task) and not task.on and all(window.days > SHORT for window in task.windows):
            for window in dict.fromkeys(task.windows):
                self._long.setdefault(window, []).append(task)
            return
        if repeats(task):
            windows = task.windows or (self._board.plan.term.window,)
        else:
            windows = task.windows if len(task.on) < len(task.windows) else ()
        mondays: set[int] = set()
        for found in (*windows, *(appointment.window for appointment in task.on)):
            mondays.update(range(_monday(found.start.toordinal()), found.end.toordinal() + 1, 7))
        for ordinal in mondays:
            self._weeks.setdefault(ordinal, []).append(task)

    def week(self, day: date) -> tuple[Dated, ...]:
        """What is decided in the week of `day`, then the short windows that touch it; without the long ones."""
        return tuple(found for found in self._week(day) if found.is_decided or found.days.days <= SHORT)

    def _week(self, day: date) -> tuple[Dated, ...]:
        first = monday(day)
        known = self._known.get(first.toordinal())
        if known is None:
            last = first + timedelta(days=6)
            found = (dated for task in self._weeks.get(first.toordinal(), ()) for dated in self._dated(task))
            touching = [dated for dated in found if dated.days.start <= last and dated.days.end >= first]
            known = self._known[first.toordinal()] = tuple(sorted(touching, key=_in_order))
        return known

    def _dated(self, task: Task) -> Iterator[Dated]:
        """The occurrences of a task that have days, put off or not."""
        for occurrence in self._board.occurrences(task):
            days = self._board.statuses.days(task, occurrence)
            if days:
                yield Dated(task, occurrence, days)

    def on(self, day: date) -> DayTasks:
        """What belongs to one day."""
        here = [found for found in self._week(day) if day in found.days]
        long = [found for found in here if not found.is_decided and found.days.days > SHORT]
        for window, tasks in self._long.items():
            if day in window:
                long += (found for task in tasks for found in self._dated(task) if found.days == window)
        return DayTasks(
            tuple(found for found in here if found.is_decided),
            tuple(found for found in here if not found.is_decided and found.days.days <= SHORT),
            tuple(sorted(long, key=_in_order)),
        )

    def pending(self, month: Window) -> int:
        """How many tasks are open and will have a day of `month`, though nobody has decided which one."""
        known = self._pending.get(month)
        if known is None:
            known = self._pending[month] = len(self._open_in(month))
        return known

    def _open_in(self, month: Window) -> dict[str, Task]:
        tasks: dict[str, Task] = {}
        for window, some in self._long.items():
            if window.start >= month.start and window.end <= month.end:
                tasks |= {task.id: task for task in some if self._is_open(task, window)}
        first = monday(month.start).toordinal()
        for ordinal in range(first, month.end.toordinal() + 1, 7):
            for task, occurrence, days in self._week(date.fromordinal(ordinal)):
                inside = days.start >= month.start and days.end <= month.end
                if inside and days.days > SHORT and not occurrence.appointment and self._is_open(task, days):
                    tasks[task.id] = task
        return tasks

    def _is_open(self, task: Task, window: Window) -> bool:
        if not self._board.statuses.is_told(task.id):
            return True
        occurrences = (found.occurrence for found in self._dated(task) if found.days == window)
        return any(self._board.state(task, found) not in CLOSED for found in occurrences)


def tasks_on(board: Board, day: date) -> DayTasks:
    """What belongs to one day of a board; who asks for several days makes one `Days`."""
    return Days(board).on(day)


def monday(day: date) -> date:
    """The first day of the week of `day`."""
    return date.fromordinal(_monday(day.toordinal()))


def _monday(ordinal: int) -> int:
    return ordinal - (ordinal - 1) % 7  # day 1 of the calendar was a Monday


def repeats(task: Task) -> bool:
    """Whether it has slots: those of a task without any window lie anywhere in the term."""
    return bool(task.times or (task.timing and task.timing.recurs))


def _in_order(found: Dated) -> tuple[object, ...]:
    appointment = found.occurrence.appointment
    begins = str(appointment.begins or "") if appointment else ""
    return not found.is_decided, found.days.start, begins, -found.days.days, found.task.position, found.occurrence.key
