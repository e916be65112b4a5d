"""A plan as the views see it: a snapshot, what passes the filter, and what is asked of it again and again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from planner.api import (
    CANCELLED,
    DOING,
    DONE,
    POSTPONED,
    Occurrence,
    Plan,
    Snapshot,
    Standing,
    Statuses,
    Task,
    TaskGraph,
    is_optional,
    is_past,
    occurrences,
    standing,
    waits_for,
)

if TYPE_CHECKING:
    from planner.api import Badge, CalendarItem

State = Literal["planned", "doing", "done", "postponed", "cancelled", "late", "blocked"]
"""How something stands today: its status, or what is more urgent to know. Each is a role of the paint as well."""
SIGNS: Mapping[State, str] = {
    "planned": "◦", "doing": "▸", "done": "✓", "postponed": "»", "cancelled": "✗", "late": "!", "blocked": "↳",
}  # fmt: skip
"""One cell for each state, in every terminal."""


class Board:
    """A snapshot and the tasks of it that are shown. Nothing in it changes; after a change there is a new one."""

    def __init__(
        self,
        snapshot: Snapshot,
        tasks: Sequence[Task] | None = None,
        badges: Iterable[Badge] = (),
        before: Board | None = None,
        kept: Collection[tuple[str, str | None]] = (),
        dates: Sequence[CalendarItem] = (),
    ) -> None:
        """`tasks` pass the filter (None: all do). What is as it was `before` is not worked out again.

        `kept` are times of tasks (their ids and keys) that a view goes on to show though they are done by now: a row
        that went away under the cursor would leave it on another one. `dates` come from no task but from plugins.
        """
        self.dates = dates
        self.kept = kept
        self.snapshot = snapshot
        self.plan: Plan = snapshot.plan
        self.graph: TaskGraph = snapshot.graph
        self.statuses: Statuses = snapshot.statuses
        self.today: date = snapshot.today
        self.tasks: tuple[Task, ...] = self.plan.tasks if tasks is None else tuple(tasks)
        """Those that pass the filter, in the order of the file."""
        self._badges: dict[str, list[Badge]] = {}
        for badge in badges:
            self._badges.setdefault(badge.task, []).append(badge)
        self._occurrences: dict[str, tuple[Occurrence, ...]] = {}
        self._states: dict[tuple[str, str | None], State] = {}
        if before and before.plan is self.plan and before.today == self.today:
            self._take_over(before)

    def _take_over(self, before: Board) -> None:
        """Everything but what the journal says otherwise now, and what waits for that."""
        self._occurrences = before._occurrences
        tasks = [self.plan.task_by_id.get(task) for task in self.statuses.differing(before.statuses)]
        changed = [task for task in tasks if task]
        touched = {other.id for task in changed for other in (task, *self.graph.dependents(task))}
        self._states = {key: state for key, state in before._states.items() if key[0] not in touched}
        known: Standing | None = before.__dict__.get("standing")
        if known is not None:
            was, now = (standing(changed, self.plan, told, self.today) for told in (before.statuses, self.statuses))
            self.__dict__["standing"] = Standing(*(a - b + c for a, b, c in zip(known, was, now, strict=True)))

    @property
    def is_filtered(self) -> bool:
        """Whether some tasks are hidden."""
        return len(self.tasks) < len(self.plan.tasks)

    @cached_property
    def standing(self) -> Standing:
        """Where the whole plan stands."""
        return standing(self.plan.tasks, self.plan, self.statuses, self.today)

    def badges(self, task: Task) -> Sequence[Badge]:
        """What plugins remark on a task."""
        return self._badges.get(task.id, ())

    def occurrences(self, task: Task) -> tuple[Occurrence, ...]:
        """All occurrences of a task, in order of time."""
        found = self._occurrences.get(task.id)
        if found is None:
            found = self._occurrences[task.id] = occurrences(task, self.plan)
        return found

    def blockers(self, task: Task) -> list[Task]:
        """What must come before `task` and is not done; none as soon as one of those who do it can go on."""
        return list(waits_for(task, self.graph, self.statuses)) if task.needs else []

    def state(self, task: Task, occurrence: Occurrence | None = None) -> State:
        """How a task stands, or one occurrence of it."""
        if occurrence is None:
            times = self.occurrences(task)
            occurrence = times[0] if len(times) == 1 else None  # other views ask for that one
        key = (task.id, occurrence.key if occurrence else None)
        state = self._states.get(key)
        if state is None:
            state = self._states[key] = self._state(task, occurrence)
        return state

    def _state(self, task: Task, occurrence: Occurrence | None) -> State:
        if not self.statuses.is_told(task.id):  # most; some views ask this of all 10 000 before their first picture
            return "late" if self._is_late(task, occurrence) else "blocked" if self._is_blocked(task) else "planned"
        status = self.statuses.occurrence(task, occurrence.key) if occurrence else self.statuses.task(task)
        if status in (DONE, CANCELLED):
            return "done" if status == DONE else "cancelled"
        if self._is_late(task, occurrence):
            return "late"
        if status == POSTPONED:
            return "postponed"
        if status == DOING:
            return "doing"
        return "blocked" if self._is_blocked(task) else "planned"

    def _is_blocked(self, task: Task) -> bool:
        return bool(task.needs) and bool(waits_for(task, self.graph, self.statuses))

    def _is_late(self, task: Task, only: Occurrence | None) -> bool:
        for one in (only,) if only else self.occurrences(task):
            if is_past(task, one, self.statuses, self.today):
                return not is_optional(task)
        return False


class Size(NamedTuple):
    """Columns and rows of a place on the screen, in cells."""

    width: int
    height: int
