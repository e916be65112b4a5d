"""The core's own answer to `planner_calendar_items`: every occurrence of every task."""

from __future__ import annotations

from collections.abc import Iterator

from planner.hookspecs import hookimpl
from planner.plan.model import Task
from planner.plan.occurrence import Occurrence, occurrences
from planner.snapshot import CalendarItem, Snapshot


@hookimpl
def planner_calendar_items(snapshot: Snapshot) -> Iterator[CalendarItem]:
    """One item for each occurrence, in the order of the plan."""
    for task in snapshot.plan.tasks:
        for occurrence in occurrences(task, snapshot.plan):
            yield _item(task, occurrence)


def _item(task: Task, occurrence: Occurrence) -> CalendarItem:
    appointment = occurrence.appointment
    return CalendarItem(
        key=f"{task.id}.{occurrence.key}" if occurrence.key else task.id,
        title=task.title,
        kind=occurrence.kind,
        days=occurrence.days,
        begins=appointment.begins if appointment else None,
        ends=appointment.ends if appointment else None,
        wording=task.when or "",
        branches=task.branches,
        goals=task.goals,
        needs=tuple(need.task for need in task.needs),
        place=task.place,
        note=task.note,
        links=task.links,
        remind=task.remind,
        private=task.private,
        provisional=bool(task.timing and task.timing.provisional),
        task=task.id,
    )
