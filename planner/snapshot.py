"""Everything that is known at one moment; what commands and plugins look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Literal

from planner.dates.window import Window
from planner.graph import TaskGraph
from planner.plan.model import Plan
from planner.specs import require


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
