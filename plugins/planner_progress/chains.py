"""Chains of fan-outs: each sub-union goes the same way step by step (申报→立项→中期→评比), at a pace of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from planner.api import CANCELLED, CLOSED, DOING, DONE, is_optional, is_past, occurrences, open_needs

if TYPE_CHECKING:
    from planner.api import Entry, Occurrence, Plan, Snapshot, Task, TaskGraph


class Chain(NamedTuple):
    """Two or more fan-outs that hang together by needs, each after those that it needs."""

    steps: tuple[Task, ...]
    before: Mapping[str, tuple[Task, ...]]
    """By the id of a step, the steps directly before it."""

    @property
    def branches(self) -> tuple[str, ...]:
        """Ids of all sub-unions that take one of the steps, in the order in which the steps name them."""
        return tuple(dict.fromkeys(branch for step in self.steps for branch in step.branches))


def find_chains(plan: Plan, graph: TaskGraph) -> list[Chain]:
    """All chains of a plan, by where their first step stands in the order of the graph.

    A need joins two fan-outs where a sub-union takes both of them; what the office does in between joins nothing.
    """
    before = {
        task.id: tuple(need for need in graph.needs(task) if set(need.branches) & set(task.branches))
        for task in plan.tasks
        if task.branches and task.needs
    }
    groups = _joined({id_: needs for id_, needs in before.items() if needs})
    together: dict[str, list[Task]] = {}
    for task in graph.order() if groups else ():
        if task.id in groups:
            together.setdefault(groups[task.id], []).append(task)
    return [Chain(tuple(steps), {s.id: before.get(s.id, ()) for s in steps}) for steps in together.values()]


def _joined(links: Mapping[str, Sequence[Task]]) -> dict[str, str]:
    """By the id of every task that is linked to another: the id that stands for its whole group."""
    parent: dict[str, str] = {}

    def top(id_: str) -> str:
        while parent.setdefault(id_, id_) != id_:
            parent[id_] = id_ = parent[parent[id_]]
        return id_

    for id_, needs in links.items():
        for need in needs:
            parent[top(need.id)] = top(id_)
    return {id_: top(id_) for id_ in list(parent)}


class Cell(NamedTuple):
    """How a sub-union stands to one step."""

    step: Task
    branch: str
    status: str
    """planned, doing, done, postponed or cancelled."""
    since: date | None
    """The day on which that was recorded, in the plan's time zone; None while it is planned."""
    last: date | None
    """The last day of the step; None where the plan names no day, or it was put off and no other is known."""
    late_since: date | None
    """The last day of the first time of it that is open although that day is over; None where nothing is late."""
    in_time: bool | None
    """Whether it was ticked on its last day or earlier; None where it is not done, or has no last day."""
    waits_for: tuple[Task, ...]
    """What it needs and is still open; of a step before it only the sub-union's own part counts."""

    @property
    def late(self) -> bool:
        """Open, although a last day is over."""
        return self.late_since is not None

    @property
    def is_closed(self) -> bool:
        """Whether nothing is left to do."""
        return self.status in CLOSED

    @property
    def is_out_of_order(self) -> bool:
        """Whether it was begun or done although what it needs is still open."""
        return self.status in (DOING, DONE) and bool(self.waits_for)


class Place(NamedTuple):
    """Where a sub-union stands on its way along a chain."""

    branch: str
    cells: tuple[Cell, ...]
    """Of the steps that it takes, in order."""

    @property
    def counted(self) -> int:
        """How many steps count: those that were not cancelled."""
        return sum(cell.status != CANCELLED for cell in self.cells)

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(cell.status == DONE for cell in self.cells)

    @property
    def in_time(self) -> int:
        """How many were ticked on their last day or earlier."""
        return sum(bool(cell.in_time) for cell in self.cells)

    @property
    def at(self) -> Cell | None:
        """The furthest step that it has begun, put off, called off or done; None before it has begun."""
        return next((cell for cell in reversed(self.cells) if cell.since), None)

    @property
    def next(self) -> Cell | None:
        """The first step that is open; None where none is."""
        return next((cell for cell in self.cells if not cell.is_closed), None)

    @property
    def state(self) -> str:
        """done, cancelled, late, waiting (for what others do), doing, or open."""
        following = self.next
        if following is None:
            return DONE if self.done else CANCELLED
        if any(cell.late for cell in self.cells):
            return "late"
        if following.status == DOING:
            return DOING
        return "waiting" if following.waits_for else "open"


def places(chain: Chain, snapshot: Snapshot) -> Iterator[Place]:
    """Where each sub-union stands, those that the plan lists first in its order."""
    order = {branch.id: branch.position for branch in snapshot.plan.branches}
    for branch in sorted(chain.branches, key=lambda b: order.get(b, len(order))):
        yield Place(branch, tuple(_cell(s, branch, snapshot) for s in chain.steps if branch in s.branches))


def _cell(step: Task, branch: str, snapshot: Snapshot) -> Cell:
    statuses, zone = snapshot.statuses, ZoneInfo(snapshot.plan.timezone)
    times = occurrences(step, snapshot.plan)
    status = statuses.branch(step, branch)
    entries = [statuses.entry(step, one.key, branch) for one in times]
    told = [entry.instant.astimezone(zone).date() for entry in entries if entry]
    own = step._replace(branches=(branch,))
    missed = [one.days.end for one in times if one.days and is_past(own, one, statuses, snapshot.today)]
    waits_for = open_needs(snapshot, step, (branch,)) if status != CANCELLED and step.needs else []
    return Cell(
        step,
        branch,
        status,
        since=max(told, default=None) if status != "planned" else None,
        last=max((days.end for one in times if (days := statuses.days(own, one))), default=None),
        late_since=None if is_optional(step) else min(missed, default=None),
        in_time=_in_time(times, entries, zone) if status == DONE else None,
        waits_for=tuple(waits_for),
    )


def _in_time(times: Sequence[Occurrence], entries: Sequence[Entry | None], zone: ZoneInfo) -> bool | None:
    """Whether each occurrence was ticked on its last day or earlier; None where none of them has days."""
    dated = [(one.days, entry) for one, entry in zip(times, entries, strict=True) if one.days and entry]
    if not dated:
        return None
    return all(entry.instant.astimezone(zone).date() <= days.end for days, entry in dated)
