"""The core's own answer to `planner_calendar_items`: every occurrence of every task."""

from __future__ import annotations

from collections.abc import Iterator

from planner.hookspecs import hookimpl
from planner.journal.status import DONE, Statuses
from planner.plan.model import Task
from planner.plan.occurrence import Occurrence, occurrences
from planner.snapshot import CalendarItem, Snapshot


@hookimpl
def planner_calendar_items(snapshot: Snapshot) -> Iterator[CalendarItem]:
    """One item for each occurrence, in the order of the plan."""
    if snapshot.apart:
        return
    for task in (snapshot.only,) if snapshot.only else snapshot.plan.tasks:
        for occurrence in occurrences(task, snapshot.plan):
            yield _item(task, occurrence, snapshot.statuses)


def _item(task: Task, occurrence: Occurrence, statuses: Statuses) -> CalendarItem:
    """An occurrence as it stands. One that is postponed and has no new days yet is undated."""
    days, status = statuses.days(task, occurrence), statuses.occurrence(task, occurrence.key)
    appointment = occurrence.appointment if days else None
    put_off = occurrence.days is not None and days is None
    branches = [b for b in task.branches or ("",) if statuses.cell(task, occurrence.key, b) == DONE]
    ticked = (statuses.entry(task, occurrence.key, branch) for branch in branches if status == DONE)
    return CalendarItem(
        key=f"{task.id}.{occurrence.key}" if occurrence.key else task.id,
        title=task.title,
        kind="undated" if put_off else occurrence.kind,
        days=days,
        begins=appointment.begins if appointment else None,
        ends=appointment.ends if appointment else None,
        wording="另定" if put_off else task.when or "",
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
        status=status,
        done_at=max((entry.instant for entry in ticked if entry), default=None),
    )
