"""What belongs into calendars: the type of it, and the core's own answer to `planner_calendar_items`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Literal

from planner.dates.window import Window
from planner.hookspecs import hookimpl
from planner.plan.occurrence import Occurrence, occurrences
from planner.specs import require

if TYPE_CHECKING:
    from planner.plan.model import Task
    from planner.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """Something that belongs into calendars: one occurrence of a task, or a date of a plugin's own.

    `days` are inclusive; None means that there is no date yet. Texts are plain and may hold anything a person typed.
    """

    key: str
    """Lasting identity within the plan: letters, digits, `-` and `.`; for a task its id, or id.occurrence."""
    title: str
    kind: Literal["decided", "window", "slot", "undated"]
    days: Window | None = None
    begins: time | None = None
    ends: time | None = None
    """Times of day in the plan's time zone; `ends` only together with `begins`."""
    wording: str = ""
    """When, in the words of the plan: 三月."""
    branches: tuple[str, ...] = ()
    """Ids of the branches that do it; empty: the union office, for all."""
    goals: tuple[str, ...] = ()
    """Ids of the goals that it serves."""
    needs: tuple[str, ...] = ()
    """Ids of the tasks that come before."""
    place: str = ""
    note: str = ""
    links: tuple[str, ...] = ()
    remind: tuple[str, ...] = ()
    """How long before: "7d", "2h"; the more important first."""
    private: bool = False
    """True: it never leaves the office."""
    provisional: bool = False
    """True: its days depend on a year whose holidays are not announced yet."""
    task: str | None = None
    """Id of the task that it comes from."""

    def __post_init__(self) -> None:
        good = self.key.isascii() and self.key.replace("-", "").replace(".", "").isalnum()
        require(good, f"key {self.key!r}: want letters, digits, '-', '.'")
        require(self.begins is not None or self.ends is None, f"{self.key}: ends without begins")


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
