"""How far tasks are, in numbers: done, expected by today, behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from planner.journal.status import CANCELLED, DONE, Statuses
from planner.plan.model import Plan, Task
from planner.plan.occurrence import Occurrence, occurrences
from planner.views.agenda import is_optional, is_past


class Standing(NamedTuple):
    """Counts of tasks; what was cancelled counts nowhere."""

    all: int
    done: int
    expected: int
    """Those that should be done, their last day has passed, and the late ones; never what is demanded of nobody."""
    late: int
    """A day of them has passed, and what belonged there is still open."""


def standing(tasks: Iterable[Task], plan: Plan, statuses: Statuses, today: date) -> Standing:
    """Where `tasks` stand on the day `today`."""
    count = done = expected = late = 0
    for task in tasks:
        status = statuses.task(task)
        if status == CANCELLED:
            continue
        count += 1
        done += status == DONE
        times = occurrences(task, plan)
        missed = status != DONE and not is_optional(task) and any(is_past(task, o, statuses, today) for o in times)
        expected += missed or is_expected(task, times, statuses, today)
        late += missed
    return Standing(count, done, expected, late)


def is_expected(task: Task, times: Sequence[Occurrence], statuses: Statuses, today: date) -> bool:
    """Whether a task should be done: the days of all its occurrences, `times`, are over.

    What was put off without a new date has none, and is not expected.
    """
    for one in times:
        if one.days is None or one.days.end >= today or statuses.days(task, one) is None:
            return False
    return not is_optional(task)
