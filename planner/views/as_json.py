"""A plan as JSON: stable, documented, language-free keys; dates ISO, windows with both ends inclusive."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from planner.dates.window import Window
from planner.journal.status import Statuses
from planner.plan.model import Appointment, Task
from planner.plan.occurrence import Occurrence, occurrences
from planner.views.agenda import is_overdue
from planner.views.waiting import waits_for

if TYPE_CHECKING:
    from planner.snapshot import Snapshot


def plan_json(snapshot: Snapshot, tasks: Iterable[Task]) -> dict[str, Any]:
    """The plan with the given tasks: the data of `planner show --json`."""
    plan = snapshot.plan
    return {
        "plan": {
            "id": plan.id,
            "title": plan.title,
            "organization": plan.organization,
            "term": {"start": str(plan.term.start), "end": str(plan.term.end)},
        },
        "goals": [{"id": g.id, "title": g.title, "duties": list(g.duties), "weight": g.weight} for g in plan.goals],
        "branches": [{"id": b.id, "name": b.name, "lead": b.lead or None} for b in plan.branches],
        "tasks": [task_json(task, snapshot) for task in tasks],
    }


def task_json(task: Task, snapshot: Snapshot) -> dict[str, Any]:
    """One task. `certain` is false where a person must decide; `for` holds branch ids, empty for the union office."""
    plan, statuses = snapshot.plan, snapshot.statuses
    slots = [o for o in occurrences(task._replace(on=()), plan) if o.kind == "slot"]
    return {
        "id": task.id,
        "title": task.title,
        "when": task.when,
        "windows": [window_json(window) for window in task.windows],
        "precision": task.timing.precision if task.timing else None,
        "certain": task.timing.certain if task.timing else True,
        "on": [appointment_json(appointment) for appointment in task.on_in_time],
        "place": task.place or None,
        "goals": list(task.goals),
        "for": list(task.branches),
        "needs": [{"task": need.task, "lag": need.lag} for need in task.needs],
        "lead": task.lead or None,
        "tags": list(task.tags),
        "private": task.private,
        "note": task.note or None,
        "status": statuses.task(task),
        "overdue": is_overdue(task, plan, statuses, snapshot.today),
        "blocked": not statuses.is_closed(task) and bool(waits_for(task, snapshot.graph, statuses)),
        "branches": {branch: statuses.branch(task, branch) for branch in task.branches},
        "slots": [_slot_json(slot, task, statuses) for slot in slots],
    }


def _slot_json(slot: Occurrence, task: Task, statuses: Statuses) -> dict[str, Any]:
    return {
        "key": slot.key,
        "window": window_json(slot.days) if slot.days else None,
        "status": statuses.occurrence(task, slot.key),
        "missing": list(statuses.missing(task, slot.key)),
    }


def window_json(window: Window) -> list[str]:
    """First and last day, both inclusive."""
    return [str(window.start), str(window.end)]


def appointment_json(appointment: Appointment) -> dict[str, str | None]:
    """A decided day; times of day are null where they are not decided."""
    return {
        "start": str(appointment.start),
        "end": str(appointment.end),
        "begins": appointment.begins.strftime("%H:%M") if appointment.begins else None,
        "ends": appointment.ends.strftime("%H:%M") if appointment.ends else None,
    }
