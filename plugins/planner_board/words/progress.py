"""How far goals are: numbers, and a bar that says the same without colour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from planner.api import Goal, Plan, Standing, Task, _, is_expected
from planner_board.board import Board
from planner_board.details.page import Part


class Share(NamedTuple):
    """How much of a plan is done and should be done, in percent."""

    done: float
    expected: float
    weighted: bool
    """The goals count by their weights, each with the share of its tasks; else all tasks count alike."""


def share(plan: Plan, whole: Standing, goals: Mapping[str, Standing]) -> Share:
    """How far the plan is. Goals without tasks count nowhere; nor, where goals have weights, do tasks without goal."""
    known = [(goal.weight, goals[goal.id]) for goal in plan.goals if goals[goal.id].all and goal.weight > 0]
    if len({goal.weight for goal in plan.goals}) < 2 or not known:
        return Share(_percent(whole.done, whole.all), _percent(whole.expected, whole.all), weighted=False)
    weights = sum(weight for weight, _s in known)
    done = sum(weight * s.done / s.all for weight, s in known) * 100 / weights
    expected = sum(weight * s.expected / s.all for weight, s in known) * 100 / weights
    return Share(done, expected, weighted=True)


class Tally:
    """Counts tasks of a board. Each is looked at once, however many goals and duties it serves."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._known: dict[str, Standing] = {}

    def of(self, tasks: Iterable[Task]) -> Standing:
        """Where `tasks` stand, counted as for the plan as a whole."""
        known, every = self._known, 0
        done = expected = late = 0
        for task in tasks:
            one = known.get(task.id) or self._count(task)
            every += one[0]
            done += one[1]
            expected += one[2]
            late += one[3]
        return Standing(every, done, expected, late)

    def _count(self, task: Task) -> Standing:
        board = self._board
        state = board.state(task)
        if state == "cancelled":
            found = Standing(0, 0, 0, 0)
        else:
            late = state == "late"
            expected = late or is_expected(task, board.occurrences(task), board.statuses, board.today)
            found = Standing(1, int(state == "done"), int(expected), int(late))
        self._known[task.id] = found
        return found


def _percent(some: int, of: int) -> float:
    return some * 100 / of if of else 0.0


def bar(standing: Standing, cells: int) -> Sequence[Part]:
    """A bar of `cells` cells with its brackets: done =, late !, the rest blank. What is there takes one cell at least.

    What is done fills the bar only when all is.
    """
    room = max(cells - 2, 2)
    done, late = _cells(standing.done, standing.all, room), _cells(standing.late, standing.all, room)
    late = min(late, room - done) if done < room else 0
    rest = room - done - late
    parts = (Part("=" * done, "good"), Part("!" * late, "bad"), Part(" " * rest))
    return (Part("[", "muted"), *(part for part in parts if part.text), Part("]", "muted"))


def _cells(some: int, of: int, room: int) -> int:
    if not some:
        return 0
    return room if some >= of else min(max(some * room // of, 1), room - 1)


def numbers(standing: Standing) -> Iterable[Part]:
    """4/9  应完成 5  滞后 1."""
    yield Part(f"{standing.done}/{standing.all}", "strong")
    yield Part("  " + _("due by now {n}").format(n=standing.expected), "muted")
    if standing.late:
        yield Part("  " + _("late {n}").format(n=standing.late), "bad")
    elif standing.all and standing.done == standing.all:
        yield Part("  " + _("all done"), "good")


def serving(tasks: Iterable[Task], plan: Plan) -> dict[str, list[Task]]:
    """For each goal its tasks, in the order given; under "" those that serve none."""
    found: dict[str, list[Task]] = {"": [], **{goal.id: [] for goal in plan.goals}}
    for task in tasks:
        known = [goal for goal in task.goals if goal in found and goal]
        for goal in dict.fromkeys(known) or ("",):
            found[goal].append(task)
    return found


def of_duty(duty: str, plan: Plan) -> list[Goal]:
    """The goals that serve a duty."""
    return [goal for goal in plan.goals if duty in goal.duties]
