"""Everything that is known at one moment; what commands and plugins look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from planner.calendar_items import CalendarItem
from planner.graph import TaskGraph
from planner.plan.model import Plan


@dataclass(frozen=True)
class Snapshot:
    """A plan and all that is derived from it, as of `today`."""

    plan: Plan
    graph: TaskGraph
    today: date
    """The day that counts as today, in the plan's time zone."""
    _collect: Callable[[Snapshot], tuple[CalendarItem, ...]] = field(repr=False)

    @cached_property
    def calendar_items(self) -> tuple[CalendarItem, ...]:
        """What belongs into calendars, from the core and from all plugins."""
        return self._collect(self)
