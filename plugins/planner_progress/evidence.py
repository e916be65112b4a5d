"""What stands behind the goals: the totals of what was counted for each, and from how many rows they come."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from planner.api import YUAN, Goal, GoalMeasure, Plan, Quantity, by_unit
from planner_progress.figures import Progress

_DIRECTIONS = ("收入", "支出")


class Total(NamedTuple):
    """The measures of one name: sums, one for each unit; percentages and scores stand by themselves in `shares`.

    Money that came in and money that went out are two totals of one name.
    """

    name: str
    title: str
    sums: Sequence[Quantity]
    shares: Sequence[GoalMeasure]
    rows: int
    """How many rows have it; a rate comes from none."""


class Evidence(NamedTuple):
    """What was counted for a goal, or for none."""

    goal: Goal | None
    totals: Sequence[Total]
    rows: int
    """How many rows there are, whatever they count."""


def evidence(progress: Progress) -> list[Evidence]:
    """What was counted for each goal that has something, and last what serves none.

    A row that serves several goals counts in each. Under a branch only its own rows count.
    """
    plan, branch = progress.plan, progress.branch
    by_goal: dict[str, list[GoalMeasure]] = {}
    for measure in progress.snapshot.measures:
        if branch is None or measure.branch == branch.id:
            for goal_id in served(measure, plan) or ("",):
                by_goal.setdefault(goal_id, []).append(measure)
    wanted = plan.goals if progress.goal is None else (progress.goal,)
    found = [_evidence(goal, by_goal[goal.id]) for goal in wanted if goal.id in by_goal]
    if "" in by_goal and progress.goal is None:
        found.append(_evidence(None, by_goal[""]))
    return found


def served(measure: GoalMeasure, plan: Plan) -> tuple[str, ...]:
    """Ids of the goals of the plan that a measure serves; where it names none, those of its task."""
    task = plan.task_by_id.get(measure.task)
    goals = measure.goals or (task.goals if task else ())
    return tuple(dict.fromkeys(goal for goal in goals if goal in plan.goal_by_id))


def _evidence(goal: Goal | None, measures: Iterable[GoalMeasure]) -> Evidence:
    known = list(measures)
    by_name: dict[tuple[str, str], list[GoalMeasure]] = {}
    for measure in known:
        by_name.setdefault((measure.name, _direction(measure)), []).append(measure)
    return Evidence(goal, [_total(found) for found in by_name.values()], _rows(known))


def _direction(measure: GoalMeasure) -> str:
    """收入 or 支出 of money; "" for all else: what comes in and what goes out make no sum."""
    return measure.kind if measure.quantity.unit == YUAN and measure.kind in _DIRECTIONS else ""


def _total(found: Sequence[GoalMeasure]) -> Total:
    title = " ".join(filter(None, (found[0].title, _direction(found[0]))))
    sums = by_unit(measure.quantity for measure in found)
    added = {total.unit for total in sums}
    shares = [measure for measure in found if measure.quantity.unit not in added]
    return Total(found[0].name, title, sums, shares, _rows(found))


def _rows(measures: Iterable[GoalMeasure]) -> int:
    return len({measure.source for measure in measures if measure.source})
