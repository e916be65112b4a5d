"""How far the work is: the entries of the journal folded to one status for each occurrence and branch of a task."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from planner.dates.window import Window
from planner.journal.entry import Entry, listed
from planner.plan.model import Plan, Task
from planner.plan.occurrence import Occurrence, occurrences

PLANNED = "planned"
DOING = "doing"
DONE = "done"
POSTPONED = "postponed"
CANCELLED = "cancelled"
STATUSES = (PLANNED, DOING, DONE, POSTPONED, CANCELLED)
CLOSED = frozenset((DONE, CANCELLED))
"""Nothing is left to do, and nobody need wait for it."""

_Cells = dict[tuple[str, str], Entry]
"""The entry that counts for each occurrence key and branch ("": the office)."""


def overall(found: Collection[str]) -> str:
    """The status of a whole whose parts have the statuses `found` (at least one).

    Closed when every part is: done if one of them was done, else cancelled. Postponed when all that is open is. Doing
    as soon as a part is begun or done.
    """
    still_open = [status for status in found if status not in CLOSED]
    if not still_open:
        return DONE if DONE in found else CANCELLED
    if all(status == POSTPONED for status in still_open):
        return POSTPONED
    return DOING if DOING in found or DONE in found else PLANNED


class Statuses:
    """The statuses of a plan's tasks, as the journal tells them. What it does not speak of is planned."""

    def __init__(self, plan: Plan, entries: Iterable[Entry]) -> None:
        self._plan = plan
        self._told: dict[str, list[Entry]] = {}
        for entry in entries:
            self._told.setdefault(entry.task, []).append(entry)
        self._cells: dict[str, _Cells] = {}

    def entry(self, task: Task, key: str, branch: str = "") -> Entry | None:
        """The entry that gave an occurrence its status for a branch ("": the office); None while it is planned."""
        return self._folded(task).get((key, branch)) if task.id in self._told else None

    def cell(self, task: Task, key: str, branch: str = "") -> str:
        """The status of an occurrence for a branch ("": the office)."""
        entry = self.entry(task, key, branch)
        return _status(entry) if entry else PLANNED

    def occurrence(self, task: Task, key: str) -> str:
        """The status of an occurrence over all branches that do it."""
        if task.id not in self._told:
            return PLANNED
        return overall([self.cell(task, key, branch) for branch in task.branches or ("",)])

    def branch(self, task: Task, branch: str) -> str:
        """The status of a task for one branch, over all its occurrences."""
        if task.id not in self._told:
            return PLANNED
        return overall([self.cell(task, o.key, branch) for o in occurrences(task, self._plan)] or [PLANNED])

    def task(self, task: Task) -> str:
        """The status of a task over all its occurrences and branches."""
        if task.id not in self._told:
            return PLANNED
        return overall([self.occurrence(task, o.key) for o in occurrences(task, self._plan)] or [PLANNED])

    def is_told(self, task: str) -> bool:
        """Whether the journal says something of the task with that id."""
        return task in self._told

    def differing(self, other: "Statuses") -> set[str]:
        """Ids of the tasks of which another reading of the journal says something else."""
        ours, theirs = self._told, other._told
        if ours is theirs:
            return set()
        return {task for task in ours.keys() | theirs.keys() if _ids(ours.get(task)) != _ids(theirs.get(task))}

    def is_closed(self, task: Task) -> bool:
        """Whether nothing is left to do, so that what needs the task need not wait."""
        return self.task(task) in CLOSED

    def missing(self, task: Task, key: str) -> tuple[str, ...]:
        """Ids of the branches for which an occurrence is still open; none for what the office does."""
        if task.id not in self._told:
            return task.branches
        return tuple(b for b in task.branches if self.cell(task, key, b) not in CLOSED)

    def days(self, task: Task, occurrence: Occurrence) -> Window | None:
        """The days of an occurrence; None without any, and where it is postponed and no other days are known yet."""
        if task.id in self._told and self.occurrence(task, occurrence.key) == POSTPONED:
            cells = (self.entry(task, occurrence.key, branch) for branch in task.branches or ("",))
            if all(_gave_up(entry, occurrence) for entry in cells if entry and _status(entry) == POSTPONED):
                return None
        return occurrence.days

    def _folded(self, task: Task) -> _Cells:
        cells = self._cells.get(task.id)
        if cells is None:
            keys = [o.key for o in occurrences(task, self._plan)]
            cells = self._cells[task.id] = _fold(self._told[task.id], keys)
        return cells


def _ids(entries: Iterable[Entry] | None) -> list[str]:
    """What tells entries apart: they never change."""
    return [entry.id for entry in entries or ()]


def _fold(entries: Iterable[Entry], keys: list[str]) -> _Cells:
    """Later entries count. One about the task as a whole leaves alone what is done, or called off before."""
    cells: _Cells = {}
    for entry in entries:
        branches = (entry.branch,) if entry.branch else listed(entry.data, "branches") or ("",)
        settled = (DONE,) if _status(entry) == PLANNED else CLOSED
        if entry.occurrence is not None:
            for branch in branches:
                cells[entry.occurrence, branch] = entry
            continue
        for key in keys:
            for branch in branches:
                before = cells.get((key, branch))
                if before is None or _status(before) not in settled:
                    cells[key, branch] = entry
    return cells


def _status(entry: Entry) -> str:
    status: Any = entry.data.get("status")
    return status if status in STATUSES else PLANNED


def _gave_up(entry: Entry, occurrence: Occurrence) -> bool:
    """Whether `entry` postponed the occurrence from the very days that the plan still has."""
    left: Any = entry.data.get("from")
    days = left.get(occurrence.key) if isinstance(left, dict) else None
    return days is None or days == days_json(occurrence.days)


def days_json(days: Window | None) -> list[str] | None:
    """First and last day as entries keep them."""
    return [str(days.start), str(days.end)] if days else None


class Count(NamedTuple):
    """How many of all parts of a task are closed."""

    closed: int
    all: int


def count(task: Task, statuses: Statuses, keys: Iterable[str]) -> Count:
    """The closed ones among the cells of the given occurrences."""
    cells = [statuses.cell(task, key, branch) for key in keys for branch in task.branches or ("",)]
    return Count(sum(status in CLOSED for status in cells), len(cells))
