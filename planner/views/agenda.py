"""What is due: the open work of a plan sorted by how it stands to a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from planner.dates.window import Window
from planner.graph import TaskGraph
from planner.journal.status import CLOSED, POSTPONED, Statuses
from planner.plan.model import Plan, Task
from planner.plan.occurrence import Occurrence, occurrences
from planner.views.waiting import waiting

if TYPE_CHECKING:
    from planner.snapshot import CalendarItem


class Entry(NamedTuple):
    """One occurrence of a task that is still open."""

    task: Task
    occurrence: Occurrence
    days: Window | None
    """None: put off, and no new date is known."""
    status: str
    waits_for: tuple[Task, ...]
    """The open needs that everybody for whom it is open waits for; none as soon as one branch can go on."""
    missing: tuple[str, ...]
    """Ids of the branches for which it is open; empty for what the office does."""
    ready: tuple[str, ...] = ()
    """Those of the missing branches that wait for nothing."""


class Agenda(NamedTuple):
    """Open occurrences by how they stand to `today`, each list in order of time; each is in one list only."""

    today: date
    until: date
    overdue: tuple[Entry, ...]
    """Their last day has passed."""
    due: tuple[Entry, ...]
    """Today lies in their days, and the last one is at most the horizon away."""
    running: tuple[Entry, ...]
    """Today lies in their days, which end later."""
    coming: tuple[Entry, ...]
    """They begin within the horizon."""
    blocked: tuple[Entry, ...]
    """Due, running or coming, but what must come before is not done."""
    postponed: tuple[Entry, ...]
    """Put off without a new date."""


class Dates(NamedTuple):
    """What plugins put into calendars beside the tasks, as far as it is open; lists as those of the agenda."""

    overdue: tuple[CalendarItem, ...] = ()
    due: tuple[CalendarItem, ...] = ()
    running: tuple[CalendarItem, ...] = ()
    coming: tuple[CalendarItem, ...] = ()
    postponed: tuple[CalendarItem, ...] = ()


def agenda(
    plan: Plan,
    graph: TaskGraph,
    statuses: Statuses,
    today: date,
    days: int,
    tasks: Iterable[Task] | None = None,
    branch: str = "",
) -> Agenda:
    """The agenda of `today` with a horizon of `days` days (the last one included); of all tasks, or only of `tasks`.

    With the id of a branch only its own part of what branches do, as it stands for that branch.
    """
    until = today + timedelta(days=days)
    lists: dict[str, list[Entry]] = {name: [] for name in Agenda._fields[2:]}
    for task in plan.tasks if tasks is None else tasks:
        if branch:
            if branch not in task.branches:
                continue
            task = task._replace(branches=(branch,))
        for occurrence in occurrences(task, plan):
            status = statuses.occurrence(task, occurrence.key)
            if status in CLOSED:
                continue
            window = statuses.days(task, occurrence) if status == POSTPONED else occurrence.days
            place = _place(window, status, today, until)
            if place is None or (place == "overdue" and is_optional(task)):
                continue
            missing = statuses.missing(task, occurrence.key) if task.branches else ()
            found = waiting(task, missing, graph, statuses)
            if found.for_all and place not in ("overdue", "postponed"):
                place = "blocked"
            lists[place].append(Entry(task, occurrence, window, status, found.for_all, missing, found.ready))
    return Agenda(today, until, *(tuple(_in_order(entries)) for entries in lists.values()))


def dates_of(items: Iterable[CalendarItem], today: date, days: int, branch: str | None = None) -> Dates:
    """How items that come from no task stand to `today`; all of them, or only those of one branch (its id)."""
    until = today + timedelta(days=days)
    lists: dict[str, list[CalendarItem]] = {name: [] for name in Dates._fields}
    for item in items:
        if item.status in CLOSED or (branch is not None and branch not in item.branches):
            continue
        place = _place(item.days, item.status, today, until)
        if place is not None:
            lists[place].append(item)
    return Dates(*(tuple(sorted(found, key=_item_order)) for found in lists.values()))


def _item_order(item: CalendarItem) -> tuple[date, date]:
    return (item.days.end, item.days.start) if item.days else (date.max, date.max)


def is_optional(task: Task) -> bool:
    """Whether nothing is demanded: only how often it may happen at most is said."""
    if task.times:
        return not (task.times.least or task.times.exactly)
    recurs = task.timing.recurs if task.timing else ()
    return bool(recurs) and all(rule.max and not rule.min and not rule.times for rule in recurs)


def is_overdue(task: Task, plan: Plan, statuses: Statuses, today: date) -> bool:
    """Whether an open occurrence of `task` has its last day behind it."""
    return any(is_past(task, one, statuses, today) for one in occurrences(task, plan)) and not is_optional(task)


def is_past(task: Task, occurrence: Occurrence, statuses: Statuses, today: date) -> bool:
    """Whether an occurrence is open and its last day is over; what was put off without a new date has no last day."""
    if occurrence.days is None or occurrence.days.end >= today:
        return False
    if not statuses.is_told(task.id):
        return True
    return statuses.days(task, occurrence) is not None and statuses.occurrence(task, occurrence.key) not in CLOSED


def _place(days: Window | None, status: str, today: date, until: date) -> str | None:
    """The list that something open with these days belongs into; None: into none yet."""
    if days is None:
        return "postponed" if status == POSTPONED else None
    if days.end < today:
        return "overdue"
    if days.start <= today:
        return "due" if days.end <= until else "running"
    return "coming" if days.start <= until else None


def _in_order(entries: list[Entry]) -> list[Entry]:
    far = Window(date.max, date.max)
    return sorted(
        entries,
        key=lambda e: ((e.days or far).end, (e.days or far).start, e.task.position, e.occurrence.key),
    )
