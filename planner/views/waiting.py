"""What a task waits for: the one place where that is decided, for each of those who do it.

A sub-union goes its own way: of a need that it does itself only its own part counts, whatever the others have done.
What the office does, or only other sub-unions, must be closed as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from planner.graph import TaskGraph
from planner.journal.status import CLOSED, Statuses
from planner.plan.model import Task

if TYPE_CHECKING:
    from planner.snapshot import Snapshot


class Waiting(NamedTuple):
    """Who can go on with a task, and what the others wait for."""

    needs: tuple[Task, ...]
    """The needs that somebody waits for, in the order in which the task names them."""
    ready: tuple[str, ...]
    """Ids of the branches that wait for nothing; none for what the office does."""

    @property
    def for_all(self) -> tuple[Task, ...]:
        """The needs, where nobody can go on; none as soon as one branch can."""
        return () if self.ready else self.needs


def waiting(task: Task, branches: Sequence[str], graph: TaskGraph, statuses: Statuses) -> Waiting:
    """What `branches` (ids; none: the office) wait for before they can go on with `task`."""
    still_open = graph.blockers(task, statuses.is_closed) if task.needs else []
    if not still_open:
        return Waiting((), tuple(branches))
    if not branches or not _may_differ(still_open, statuses):
        return Waiting(tuple(still_open), ())
    in_the_way = {b: [need for need in still_open if _is_open_for(b, need, statuses)] for b in branches}
    return Waiting(
        tuple(need for need in still_open if any(need in needs for needs in in_the_way.values())),
        tuple(branch for branch, needs in in_the_way.items() if not needs),
    )


def waits_for(task: Task, graph: TaskGraph, statuses: Statuses) -> tuple[Task, ...]:
    """What all who still have to do `task` wait for; none as soon as one of them can go on."""
    still_open = graph.blockers(task, statuses.is_closed) if task.needs else []
    if not task.branches or not _may_differ(still_open, statuses):
        return tuple(still_open)
    left = [branch for branch in task.branches if statuses.branch(task, branch) not in CLOSED]
    return waiting(task, left or task.branches, graph, statuses).for_all


def open_needs(snapshot: Snapshot, task: Task, branches: Sequence[str]) -> list[Task]:
    """The needs of `task` that one of these branches (ids; none: the office) still waits for."""
    return list(waiting(task, branches, snapshot.graph, snapshot.statuses).needs)


def _may_differ(still_open: Sequence[Task], statuses: Statuses) -> bool:
    """Whether one of these needs may be closed for one branch and open for another.

    Of nearly all that is asked, by views that ask about every task of a plan, it cannot: nobody has begun it.
    """
    return any(need.branches and statuses.is_told(need.id) for need in still_open)


def _is_open_for(branch: str, need: Task, statuses: Statuses) -> bool:
    """Whether a branch still waits for `need`, which is not closed as a whole."""
    return branch not in need.branches or statuses.branch(need, branch) not in CLOSED
