"""Everything that is known at one moment; what commands and plugins look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from planner.dates.window import Window
from planner.graph import TaskGraph
from planner.journal.entry import REVISION
from planner.journal.history import History
from planner.journal.status import PLANNED, Statuses
from planner.plan.model import Plan, Task
from planner.specs import require

if TYPE_CHECKING:
    from planner.journal.revision import Revisions
    from planner.measure_specs import GoalMeasure


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
    """Id of the task that it is an occurrence of; None for a date of a plugin's own, even where it is about a task."""
    status: str = PLANNED
    """planned, doing, done, postponed or cancelled."""
    done_at: datetime | None = None
    """When it was ticked off, in UTC; only for what is done."""

    def __post_init__(self) -> None:
        good = self.key.isascii() and self.key.replace("-", "").replace(".", "").isalnum()
        require(good, f"key {self.key!r}: want letters, digits, '-', '.'")
        require(self.begins is not None or self.ends is None, f"{self.key}: ends without begins")


@dataclass(frozen=True)
class Snapshot:
    """A plan and all that is derived from it, as of `today`."""

    plan: Plan
    graph: TaskGraph
    today: date
    """The day that counts as today, in the plan's time zone."""
    now: datetime
    """The instant that counts as now, in UTC."""
    journal: History
    """What happened."""
    _ask: Callable[[str, Snapshot], tuple[Any, ...]] = field(repr=False)
    """What the plugins answer to a hook, by its name."""
    only: Task | None = None
    """The one task that calendars are asked about; None: all of the plan."""
    apart: bool = False
    """True: calendars are asked only about what comes from no task."""

    def about(self, task: Task) -> Snapshot:
        """The same, but `calendar_items` and `revisions` are those of one task, which takes a moment only.

        What the plan says of the task counts, and not what it said when the caller got hold of it.
        """
        snapshot = replace(self, only=self.plan.task_by_id.get(task.id, task))
        vars(snapshot)["statuses"] = self.statuses
        return snapshot

    @cached_property
    def calendar_items(self) -> tuple[CalendarItem, ...]:
        """What belongs into calendars, from the core and from all plugins."""
        items = self._ask("planner_calendar_items", self)
        return items if self.only is None else tuple(item for item in items if item.task == self.only.id)

    @cached_property
    def dates(self) -> tuple[CalendarItem, ...]:
        """What belongs into calendars and comes from no task: the dates of plugins' own. Of equal keys the first."""
        known: dict[str, CalendarItem] = {}
        for item in self._ask("planner_calendar_items", replace(self, apart=True)):
            if item.task is None:
                known.setdefault(item.key, item)
        return tuple(known.values())

    @cached_property
    def measures(self) -> tuple[GoalMeasure, ...]:
        """What was counted, row by row, from all plugins."""
        return self._ask("planner_goal_measures", self)

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of what rows in the journal hold, from all plugins: see `planner_names`."""
        return {id_: str(name) for id_, name in self._ask("planner_names", self)}

    def as_of(self, day: date) -> Snapshot:
        """The same plan at the end of `day`, which is today then: with what the journal knew by that time."""
        midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(self.plan.timezone))
        now = midnight.astimezone(UTC) - timedelta(milliseconds=1)
        return replace(self, today=day, now=now, journal=self.journal.until(now))

    @cached_property
    def statuses(self) -> Statuses:
        """How far the work is."""
        return Statuses(self.plan, self.journal.statuses)

    @cached_property
    def revisions(self) -> Revisions:
        """What calendars have been told of `calendar_items`, and what they have not."""
        from planner.journal.revision import revisions

        told = self.journal.effective(REVISION) if self.only is None else self.journal.told(self.only.id)
        return revisions(self.calendar_items, told, self.now, self.plan)
