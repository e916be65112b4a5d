"""How far tasks are, in numbers: done, expected by today, behind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from planner.journal.status import CANCELLED, DONE, Statuses
from planner.plan.model import Plan, Task
from planner.views.agenda import is_optional, is_overdue


class Standing(NamedTuple):
    """Counts of tasks; what was cancelled counts nowhere."""

    all: int
    done: int
    expected: int
    """The last day of them has passed, so they should be done; what is demanded of nobody is not among them."""
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
        span = task.span
        if span and span.start <= today:
            expected += span.end < today and not is_optional(task)
            late += status != DONE and is_overdue(task, plan, statuses, today)
    return Standing(count, done, expected, late)
