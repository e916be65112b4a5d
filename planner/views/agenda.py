"""What is due: the tasks of a plan sorted by how they stand to a day, by dates alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from planner.dates.window import Window
from planner.graph import TaskGraph
from planner.plan.model import Plan, Task
from planner.plan.occurrence import Occurrence, occurrences


class Entry(NamedTuple):
    """One occurrence of a task, its days, and the needs that are not known to be done."""

    task: Task
    occurrence: Occurrence
    days: Window
    waits_for: tuple[Task, ...]


class Agenda(NamedTuple):
    """Occurrences by how they stand to `today`, each list in order of time; an occurrence is in one list only."""

    today: date
    until: date
    overdue: tuple[Entry, ...]
    """Their last day has passed, and nothing says that they are done."""
    due: tuple[Entry, ...]
    """Today lies in their days, and the last one is at most the horizon away."""
    running: tuple[Entry, ...]
    """Today lies in their days, which end later."""
    coming: tuple[Entry, ...]
    """They begin within the horizon."""


def agenda(plan: Plan, graph: TaskGraph, today: date, days: int) -> Agenda:
    """The agenda of `today` with a horizon of `days` days (the last one included)."""
    until = today + timedelta(days=days)
    lists: dict[str, list[Entry]] = {"overdue": [], "due": [], "running": [], "coming": []}
    for task in plan.tasks:
        for occurrence in occurrences(task, plan):
            window = occurrence.days
            if window is not None and (name := _place(window, today, until)):
                lists[name].append(Entry(task, occurrence, window, tuple(graph.needs(task))))
    return Agenda(today, until, *(tuple(_in_order(entries)) for entries in lists.values()))


def _place(window: Window, today: date, until: date) -> str | None:
    if window.end < today:
        return "overdue"
    if window.start <= today:
        return "due" if window.end <= until else "running"
    return "coming" if window.start <= until else None


def _in_order(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda e: (e.days.end, e.days.start, e.task.position, e.occurrence.key))
