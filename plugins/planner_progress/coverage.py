"""What is missing in a plan: what nobody serves, what nobody does, and who is behind on what all must do."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from planner.api import (
    CANCELLED,
    PLANNED,
    Goal,
    Occurrence,
    Plan,
    Snapshot,
    Task,
    Window,
    is_optional,
    is_past,
    months_of,
    occurrences,
)
from planner_progress.figures import duty_names

Month = tuple[int, int]
_LONGEST = 92
"""Days of the longest window that makes a month one with an activity: work of the whole term is none of a month."""


class FanOut(NamedTuple):
    """One time of a task that branches do, and those that have not yet."""

    task: Task
    occurrence: Occurrence
    overdue: Sequence[str]
    """Ids of the branches that are late."""
    open: Sequence[str]
    """Ids of all branches for which it is open, the late ones too."""
    wanted: int
    """How many branches must do it: all of them but those for which it was cancelled."""


class Coverage(NamedTuple):
    """What is missing; each list in the order of the plan."""

    unserved_goals: Sequence[Goal]
    """Goals that no task serves, or only cancelled ones."""
    aimless_tasks: Sequence[Task]
    """Tasks that serve no goal; none where the plan has no goals."""
    unserved_duties: Sequence[str]
    """Duties that no goal names."""
    idle_duties: Sequence[str]
    """Duties whose goals have no task."""
    untouched: Sequence[Task]
    """Tasks without any date that nobody has begun, and for which no row of a ledger stands."""
    empty_months: Sequence[Month]
    """Months of the term in which nothing is planned and of which no ledger tells."""
    months_without_theme: Sequence[Month]
    """Only where the plan gives themes at all."""
    fan_outs: Sequence[FanOut]
    """Those that are open for some branch; late ones first."""


def coverage(snapshot: Snapshot) -> Coverage:
    """What is missing in the plan of `snapshot` on its day."""
    plan, statuses = snapshot.plan, snapshot.statuses
    tasks = [task for task in plan.tasks if statuses.task(task) != CANCELLED]
    aimed = {goal for task in tasks for goal in task.goals}
    no_goal, no_task = duties_without(plan, aimed)
    counted = {measure.task for measure in snapshot.measures}
    known_goals = plan.goal_by_id.keys()
    return Coverage(
        unserved_goals=[goal for goal in plan.goals if goal.id not in aimed],
        aimless_tasks=[task for task in tasks if known_goals and known_goals.isdisjoint(task.goals)],
        unserved_duties=no_goal,
        idle_duties=no_task,
        untouched=[
            task
            for task in tasks
            if statuses.task(task) == PLANNED and task.id not in counted and _is_undated(task, plan)
        ],
        empty_months=_empty_months(tasks, snapshot),
        months_without_theme=months_without_theme(plan),
        fan_outs=_fan_outs(tasks, snapshot),
    )


def duties_without(plan: Plan, aimed: set[str]) -> tuple[list[str], list[str]]:
    """Duties that no goal names, and those whose goals, none of them in `aimed`, have no task."""
    no_goal, no_task = [], []
    for name in duty_names(plan):
        goals = {goal.id for goal in plan.goals if name in goal.duties}
        if not goals:
            no_goal.append(name)
        elif goals.isdisjoint(aimed):
            no_task.append(name)
    return no_goal, no_task


def months_without_theme(plan: Plan) -> list[Month]:
    """Months of the term that have no theme, where some month has one."""
    themes = plan.tables.get("progress", {}).get("themes", {})
    if not themes:
        return []
    return [(year, month) for year, month in months_of(plan.term.window) if f"{year}-{month:02}" not in themes]


def _is_undated(task: Task, plan: Plan) -> bool:
    return not task.days and all(one.days is None for one in occurrences(task, plan))


def _empty_months(tasks: Sequence[Task], snapshot: Snapshot) -> list[Month]:
    spans: set[Window] = {days for task in tasks for days in task.days}
    spans |= {measure.days for measure in snapshot.measures if measure.days}
    busy = {month for days in spans if days.days <= _LONGEST for month in months_of(days)}
    return [month for month in months_of(snapshot.plan.term.window) if month not in busy]


def _fan_outs(tasks: Sequence[Task], snapshot: Snapshot) -> list[FanOut]:
    found = []
    for task in tasks:
        for one in occurrences(task, snapshot.plan) if task.branches else ():
            if still_open := snapshot.statuses.missing(task, one.key):
                late = [b for b in still_open if _is_late(task, one, b, snapshot)]
                wanted = sum(snapshot.statuses.cell(task, one.key, b) != CANCELLED for b in task.branches)
                found.append(FanOut(task, one, late, still_open, wanted))
    return sorted(found, key=lambda each: (not each.overdue, _end(each.occurrence), each.task.position))


def _is_late(task: Task, one: Occurrence, branch: str, snapshot: Snapshot) -> bool:
    mine = task._replace(branches=(branch,))
    return not is_optional(task) and is_past(mine, one, snapshot.statuses, snapshot.today)


def _end(one: Occurrence) -> date:
    return one.days.end if one.days else date.max
