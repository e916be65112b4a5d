"""How far a plan is: for each goal, duty and branch, and for all of it, in exact numbers.

A task is made of cells, one for each occurrence and branch (the office counts as one). Its share that is done is the
cells done over all cells that were not cancelled; its expected share counts the cells whose last day is over instead.
A group has the mean of its tasks; a task that serves several goals counts in each of them, and once in a duty.

Whether a whole task counts as done, due or late is told by `planner.api.standing`, as on the board.
"""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Literal, NamedTuple

from planner.api import (
    CANCELLED,
    DOING,
    DONE,
    POSTPONED,
    Branch,
    Goal,
    Occurrence,
    Plan,
    Snapshot,
    Standing,
    Statuses,
    Task,
    is_optional,
    is_past,
    occurrences,
    standing,
)

State = Literal["done", "late", "on_track", "not_started", "empty"]
"""完成, 滞后, 正常, 未开始; `empty` where there is no task, or all were cancelled."""


class TaskFigure(NamedTuple):
    """One task in cells, each an occurrence for one branch or for the office; cancelled ones are not counted."""

    task: Task
    """For the figures of one branch that is its only branch."""
    counts: Standing
    """The task as a whole, with 1 or 0 in each field."""
    cells: int
    done: int
    expected: int
    """Cells whose last day is over; none of what is optional, or was put off without a new date."""
    late: int
    """Expected, and not done."""
    begun: bool
    """Some of it is in progress or done."""
    postponed: bool
    """Open, and all that is open was put off."""
    overdue_since: date | None
    """The last day of the earliest cell that is late."""
    due: date | None
    """The last day of the earliest open cell that is not late; None where nothing has a date any more."""
    dated: bool
    """Some of it has days in the plan."""
    stable_until: date | None
    """The last day on which the figures are these if nothing is recorded; None: for ever."""


class Shares(NamedTuple):
    """Exact shares from 0 to 1; None where no task counts."""

    done: Fraction | None
    expected: Fraction | None
    late: Fraction | None
    """What is expected and not done."""


class Figures(NamedTuple):
    """How far some tasks are."""

    counts: Standing
    """Tasks done, expected by that day, late, and all; without those cancelled."""
    shares: Shares
    """The mean over the tasks."""
    weighted: Shares
    """The mean over the goals by their weights; that over the tasks where there is no goal with tasks."""
    state: State
    tasks: Sequence[TaskFigure]

    @property
    def overdue(self) -> list[TaskFigure]:
        """The late tasks, those that are late the longest first."""
        found = [figure for figure in self.tasks if figure.overdue_since]
        return sorted(found, key=lambda f: (f.overdue_since or date.max, f.task.position))

    @property
    def coming(self) -> list[TaskFigure]:
        """What is due next: open, not late, with a date; the earliest first."""
        found = [figure for figure in self.tasks if figure.due and not figure.overdue_since]
        return sorted(found, key=lambda f: (f.due or date.max, f.task.position))

    @property
    def put_off(self) -> list[TaskFigure]:
        """What was put off, and no new date is known."""
        return [figure for figure in self.tasks if figure.postponed and not (figure.due or figure.overdue_since)]

    @property
    def undated(self) -> list[TaskFigure]:
        """Open tasks that have no date, without those that were put off."""
        return [f for f in self.tasks if f.done < f.cells and not (f.dated or f.postponed)]


class GoalFigures(NamedTuple):
    """A goal, or the tasks that serve none."""

    goal: Goal | None
    figures: Figures


class DutyFigures(NamedTuple):
    """A duty, the goals that serve it, and how far their tasks are."""

    name: str
    goals: Sequence[Goal]
    figures: Figures


class BranchFigures(NamedTuple):
    """A branch, and how far its part of the fan-outs is."""

    branch: Branch
    figures: Figures


class _Cell(NamedTuple):
    """One occurrence for one branch, or for the office; none that was cancelled."""

    status: str
    is_expected: bool
    late_since: date | None
    """Its last day, where that is over and the cell is open."""
    due: date | None
    """Its last day, where the cell is open and that is still to come."""


def task_figure(task: Task, plan: Plan, statuses: Statuses, today: date) -> TaskFigure:
    """How far a task is on the day `today`."""
    times = occurrences(task, plan)
    cells = list(_cells(task, times, statuses, today))
    left = [cell.status for cell in cells if cell.status != DONE]
    done = len(cells) - len(left)
    return TaskFigure(
        task,
        standing((task,), plan, statuses, today),
        len(cells),
        done,
        expected=sum(cell.is_expected for cell in cells),
        late=sum(cell.late_since is not None for cell in cells),
        begun=bool(done) or statuses.task(task) == DOING,
        postponed=bool(left) and set(left) == {POSTPONED},
        overdue_since=min((cell.late_since for cell in cells if cell.late_since), default=None),
        due=min((cell.due for cell in cells if cell.due), default=None),
        dated=any(one.days for one in times),
        stable_until=min((end for one in times if one.days and (end := one.days.end) >= today), default=None),
    )


def _cells(task: Task, times: Sequence[Occurrence], statuses: Statuses, today: date) -> Iterator[_Cell]:
    is_demanded = not is_optional(task)
    for branch in task.branches or ("",):
        mine = task if len(task.branches) < 2 else task._replace(branches=(branch,))
        for one in times:
            status, end = statuses.cell(task, one.key, branch), one.days.end if one.days else None
            is_over = end is not None and end < today
            if status == DONE:
                yield _Cell(status, is_over and is_demanded, None, None)
            elif status != CANCELLED and is_past(mine, one, statuses, today):
                yield _Cell(status, is_demanded, end if is_demanded else None, None)
            elif status != CANCELLED:
                days = None if is_over else statuses.days(mine, one)
                yield _Cell(status, is_expected=False, late_since=None, due=days.end if days else None)


def figures(tasks: Iterable[TaskFigure], goals: Iterable[Goal]) -> Figures:
    """How far some tasks are; `goals` are those that count in the weighted mean, each with its own of these tasks."""
    known = [figure for figure in tasks if figure.cells]
    counts = Standing(*map(sum, zip(*(f.counts for f in known), strict=True))) if known else Standing(0, 0, 0, 0)
    shares = Shares(*(_mean(known, part) for part in (_done, _expected, _late)))
    return Figures(counts, shares, _weighted(known, goals) or shares, _state(known, counts), known)


def _state(known: Sequence[TaskFigure], counts: Standing) -> State:
    if not known:
        return "empty"
    if counts.done == counts.all:
        return "done"
    if counts.late:
        return "late"
    return "on_track" if any(figure.begun or figure.expected for figure in known) else "not_started"


def _weighted(known: Sequence[TaskFigure], goals: Iterable[Goal]) -> Shares | None:
    """Done, expected and late by the weights of the goals that have tasks; None where there is no such goal."""
    by_goal: dict[str, list[TaskFigure]] = {}
    for figure in known:
        for goal in dict.fromkeys(figure.task.goals):
            by_goal.setdefault(goal, []).append(figure)
    found = [(Fraction(str(goal.weight)), by_goal[goal.id]) for goal in goals if goal.id in by_goal]
    whole = sum((weight for weight, _tasks in found), Fraction())
    if not whole:
        return None
    sums = (
        sum((weight * (_mean(tasks, part) or 0) for weight, tasks in found), Fraction())
        for part in (_done, _expected, _late)
    )
    return Shares(*(share / whole for share in sums))


def _done(figure: TaskFigure) -> int:
    return figure.done


def _expected(figure: TaskFigure) -> int:
    return figure.expected


def _late(figure: TaskFigure) -> int:
    return figure.late


def _mean(tasks: Sequence[TaskFigure], part: Callable[[TaskFigure], int]) -> Fraction | None:
    """The mean of `part` over the cells of each task; None for no tasks."""
    if not tasks:
        return None
    sums: dict[int, int] = {}  # by denominator: to add a thousand fractions one by one takes milliseconds
    for figure in tasks:
        sums[figure.cells] = sums.get(figure.cells, 0) + part(figure)
    return sum((Fraction(n, cells) for cells, n in sums.items()), Fraction()) / len(tasks)


class Progress:
    """The figures of a snapshot; of one goal, or of what one branch has to do, where that is asked for."""

    def __init__(self, snapshot: Snapshot, *, goal: Goal | None = None, branch: Branch | None = None) -> None:
        self.snapshot = snapshot
        self.plan = snapshot.plan
        self.goal = goal
        self.branch = branch

    @cached_property
    def tasks(self) -> Sequence[TaskFigure]:
        """Every task that is looked at, in the order of the plan; with those cancelled."""
        return [self._figure(task) for task in chosen(self.plan, self.goal, self.branch)]

    @cached_property
    def whole(self) -> Figures:
        """All that is looked at."""
        return figures(self.tasks, self._goals)

    @cached_property
    def goals(self) -> Sequence[GoalFigures]:
        """Each goal, and last the tasks that serve none, if there are any."""
        found = [GoalFigures(goal, figures(self._serving([goal]), [goal])) for goal in self._goals]
        known = self.plan.goal_by_id
        rest = [figure for figure in self.tasks if figure.cells and known.keys().isdisjoint(figure.task.goals)]
        return [*found, *([GoalFigures(None, figures(rest, ()))] if rest and known else ())]

    @cached_property
    def duties(self) -> Sequence[DutyFigures]:
        """Each duty with the tasks of its goals, each task once."""
        found = []
        for name in duty_names(self.plan):
            goals = [goal for goal in self._goals if name in goal.duties]
            found.append(DutyFigures(name, goals, figures(self._serving(goals), goals)))
        return found

    @cached_property
    def branches(self) -> Sequence[BranchFigures]:
        """Each branch, with its own part of the fan-outs."""
        found = []
        for branch in self.plan.branches if self.branch is None else (self.branch,):
            mine = [self._figure(task) for task in chosen(self.plan, self.goal, branch)]
            found.append(BranchFigures(branch, figures(mine, self._goals)))
        return found

    @property
    def _goals(self) -> Sequence[Goal]:
        return self.plan.goals if self.goal is None else (self.goal,)

    def _figure(self, task: Task) -> TaskFigure:
        return task_figure(task, self.plan, self.snapshot.statuses, self.snapshot.today)

    def _serving(self, goals: Sequence[Goal]) -> list[TaskFigure]:
        wanted = {goal.id for goal in goals}
        return [figure for figure in self.tasks if not wanted.isdisjoint(figure.task.goals)]


def chosen(plan: Plan, goal: Goal | None = None, branch: Branch | None = None) -> list[Task]:
    """The tasks of a goal (None: all), and of a branch alone, each with that as its only branch."""
    found = [task for task in plan.tasks if goal is None or goal.id in task.goals]
    if branch is None:
        return found
    return [task._replace(branches=(branch.id,)) for task in found if branch.id in task.branches]


def duty_names(plan: Plan) -> tuple[str, ...]:
    """The duties of the guiding thought; where it names none, those of the goals."""
    return plan.guiding.duties or tuple(dict.fromkeys(duty for goal in plan.goals for duty in goal.duties))


def whole_percent(share: Fraction) -> int:
    """A share from 0 to 1 as people read it, half up: 66.5 % is 67. 100 only for all of it, 0 only for nothing."""
    return int(_rounded(share, 1))


def one_decimal(share: Fraction) -> float:
    """A share from 0 to 1 in percent, for programs: 66.7. 100 only for all of it, 0 only for nothing."""
    return float(_rounded(share, 10))


def _rounded(share: Fraction, steps: int) -> Fraction:
    """`share` in percent, rounded half up to a step of 1/`steps`, never onto an end that it has not reached."""
    most = 100 * steps
    rounded = (share * most * 2 + 1) // 2
    if 0 < share < 1:
        rounded = min(max(rounded, 1), most - 1)
    return Fraction(rounded, steps)
