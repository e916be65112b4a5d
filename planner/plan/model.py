"""A plan as immutable values. Everything here is derived from the plan's file alone.

The nodes are named tuples: cheap to make (a plan may hold 100 000 tasks) and impossible to change by accident.
"""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Mapping
from datetime import date, time
from functools import cached_property
from typing import Any, NamedTuple

from planner.dates.term import Term
from planner.dates.when import When
from planner.dates.window import Window
from planner.dates.workdays import WorkCalendar
from planner.plan.source import PlanText


class Guiding(NamedTuple):
    """The guiding thought (指导思想) and the duties (职能) it names."""

    text: str = ""
    duties: tuple[str, ...] = ()


class Goal(NamedTuple):
    """One heading of the 工作思路. `weight` counts in weighted progress."""

    id: str
    title: str
    position: int
    """Where it stands among the goals of the file, from 0."""
    duties: tuple[str, ...] = ()
    weight: float = 1
    note: str = ""


class Branch(NamedTuple):
    """A sub-union (分工会)."""

    id: str
    name: str
    position: int
    """Where it stands among the branches of the file, from 0."""
    lead: str = ""
    note: str = ""


class Need(NamedTuple):
    """A task that must be done before; `lag` more calendar days must pass in between."""

    task: str
    lag: int = 0


class Quota(NamedTuple):
    """How often in each period (`every`: week, month, quarter, semester, year)."""

    every: str
    least: int | None = None
    exactly: int | None = None
    most: int | None = None

    @property
    def slots(self) -> int:
        """Slots to fill in each period: what is demanded, or one where only an upper bound is given."""
        return self.exactly or self.least or 1


class Appointment(NamedTuple):
    """A decided day (`on`): first and last day inclusive, and the times of day where they are decided too."""

    start: date
    end: date
    begins: time | None = None
    ends: time | None = None

    @property
    def window(self) -> Window:
        """The days, both inclusive."""
        return Window(self.start, self.end)


class Task(NamedTuple):
    """One piece of work. `windows` are derived from `when` and cut to the term; `timing` keeps the raw reading."""

    id: str
    title: str
    position: int
    """Where it stands among the tasks of the file, from 0."""
    when: str | None = None
    timing: When | None = None
    windows: tuple[Window, ...] = ()
    on: tuple[Appointment, ...] = ()
    """As written in the file: without windows, the place of a day among them is its key."""
    place: str = ""
    goals: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    """Ids of the branches that each do it; empty: the union office does."""
    needs: tuple[Need, ...] = ()
    times: Quota | None = None
    expect: Mapping[str, str] = {}
    remind: tuple[str, ...] = ()
    lead: str = ""
    tags: tuple[str, ...] = ()
    private: bool = False
    note: str = ""
    links: tuple[str, ...] = ()

    @property
    def days(self) -> tuple[Window, ...]:
        """When it takes place as far as is known, in order of time: the decided days, else the windows."""
        if len(self.on) < 2:
            return (self.on[0].window,) if self.on else self.windows
        return tuple(sorted(a.window for a in self.on))

    @property
    def on_in_time(self) -> tuple[Appointment, ...]:
        """The decided days in order of time, for people to read."""
        return tuple(sorted(self.on, key=lambda a: (a.start, a.end, a.begins or time.min, a.ends or time.min)))

    @property
    def span(self) -> Window | None:
        """From the first to the last day of `days`; None for a task without any date."""
        days = self.windows if not self.on else self.days
        if len(days) == 1:
            return days[0]
        return Window(min(w.start for w in days), max(w.end for w in days)) if days else None


class Plan:
    """A whole plan. Equal files give equal plans; nothing in it changes after loading."""

    def __init__(
        self,
        *,
        id: str,  # noqa: A002  the word of the format
        title: str,
        organization: str,
        timezone: str,
        term: Term,
        calendar: WorkCalendar,
        guiding: Guiding,
        goals: tuple[Goal, ...],
        branches: tuple[Branch, ...],
        tasks: tuple[Task, ...],
        tables: Mapping[str, Any],
        text: PlanText,
        whole: bool = True,
    ) -> None:
        self.id = id
        self.title = title
        self.organization = organization
        self.timezone = timezone
        self.term = term
        self.calendar = calendar
        """Working days of this school: statutory holidays, make-up days, and the plan's own."""
        self.guiding = guiding
        self.goals = goals
        self.branches = branches
        self.tasks = tasks
        """In the order of the file."""
        self.tables = tables
        """Each plugin's own table of the plan, as parsed and valid under that plugin's schema."""
        self.text = text
        """The text of the file, for positions."""
        self.whole = whole
        """False where something in the file could not be read: what the plan lacks may stand there."""

    @cached_property
    def goal_by_id(self) -> dict[str, Goal]:
        """Goals by their id."""
        return {goal.id: goal for goal in self.goals}

    @cached_property
    def branch_by_id(self) -> dict[str, Branch]:
        """Branches by their id."""
        return {branch.id: branch for branch in self.branches}

    @cached_property
    def task_by_id(self) -> dict[str, Task]:
        """Tasks by their id."""
        return {task.id: task for task in self.tasks}
