"""`planner show`: the plan month by month."""

from __future__ import annotations

from collections.abc import Iterator

import click

from planner.find import find_branch, find_goal
from planner.i18n import _
from planner.journal.status import STATUSES
from planner.output import echo, echo_json, terminal_width
from planner.parameters import Month, Word
from planner.plan.model import Plan, Task
from planner.session import Session
from planner.snapshot import Snapshot
from planner.text import cell_width, pad, printable, shorten, wrap
from planner.views.agenda import is_overdue
from planner.views.as_json import plan_json
from planner.views.months import MonthGroup, by_month, days_of
from planner.views.waiting import waits_for
from planner.views.wording import counted, status_name, task_status, task_title, task_when

_STATES = {**{status: status_name(status) for status in STATUSES}, "overdue": _("overdue"), "blocked": _("blocked")}
_TITLE_LINES = 4
_HANGING = 2
"""Cells kept free for punctuation that may not begin a line."""


@click.command(help=_("Show the plan month by month, with what has no date apart. Filters may be combined."))
@click.option("--month", "months", type=Month(), metavar="N", multiple=True, help=_("Only this month (1–12)"))
@click.option("--branch", metavar="NAME", help=_("Only what this sub-union does (id or name)"))
@click.option("--goal", metavar="NAME", help=_("Only what serves this goal (id or title)"))
@click.option(
    "--status",
    "states",
    metavar="STATUS",
    type=Word(_STATES),
    multiple=True,
    help=_("Only what stands like this; may be repeated"),
)
@click.option("--tag", metavar="TAG", help=_("Only what has this tag"))
@click.pass_obj
def show(
    session: Session,
    months: tuple[int, ...],
    branch: str | None,
    goal: str | None,
    states: tuple[str, ...],
    tag: str | None,
) -> None:
    """Print the filtered plan."""
    snapshot = session.snapshot()
    plan = snapshot.plan
    branch = find_branch(branch, plan).id if branch is not None else None
    goal = find_goal(goal, plan).id if goal is not None else None
    tasks = [
        task
        for task in plan.tasks
        if (branch is None or branch in task.branches)
        and (goal is None or goal in task.goals)
        and (tag is None or tag in task.tags)
        and (not states or any(_stands(task, state, branch, snapshot) for state in states))
        and (not months or any(day.month in months for w in days_of(task, plan) for day in w.each_day()))
    ]
    if session.json:
        echo_json(plan_json(snapshot, tasks))
        return
    groups = by_month(plan, tasks)
    if months:
        groups = [group for group in groups if not group.months or any(m in months for _y, m in group.months)]
    echo(*heading(plan), *_page(snapshot, groups, terminal_width()))
    if not tasks:
        echo("", _("No task matches."))


def _stands(task: Task, state: str, branch: str | None, snapshot: Snapshot) -> bool:
    """Whether a task, or a branch's part of it, stands as `state` says."""
    statuses = snapshot.statuses
    part = task if branch is None else task._replace(branches=(branch,))
    if state == "overdue":
        return is_overdue(part, snapshot.plan, statuses, snapshot.today)
    if state == "blocked":
        return not statuses.is_closed(part) and bool(waits_for(part, snapshot.graph, statuses))
    return statuses.task(part) == state


def heading(plan: Plan) -> list[str]:
    """The lines above every view of a plan: title, organization and term."""
    term = _("{start} to {end}").format(start=plan.term.start, end=plan.term.end)
    return [printable(plan.title), f"{printable(plan.organization)}  {term}"]


def _page(snapshot: Snapshot, groups: list[MonthGroup], width: int) -> Iterator[str]:
    shown = [task for group in groups for task in group.tasks]
    status = {task.id: task_status(task, snapshot.plan, snapshot.statuses) for task in shown}
    status_width = max(map(cell_width, status.values()), default=0)
    id_width = min(max((len(task.id) for task in shown), default=0), 28)
    when_width = min(max((cell_width(_when_in(g, t)) for g in groups for t in g.tasks), default=0), 22)
    for group in groups:
        yield from ("", counted(group.title, len(group.tasks)))
        for task in group.tasks:
            when = shorten(_when_in(group, task), when_width)
            left = f"  {pad(shorten(task.id, id_width), id_width)}  {pad(when, when_width)}  "
            if status_width:
                left += f"{pad(status[task.id], status_width)}  "
            room = max(width - cell_width(left) - _HANGING, 20)
            title = wrap(task_title(task, snapshot.plan), room)
            if len(title) > _TITLE_LINES:
                title = [*title[: _TITLE_LINES - 1], shorten("".join(title[_TITLE_LINES - 1 :]), room)]
            yield left + title[0]
            yield from (" " * cell_width(left) + line for line in title[1:])


def _when_in(group: MonthGroup, task: Task) -> str:
    """When, left out where the heading says the same."""
    when = task_when(task)
    return "" if when == group.title or (not task.days and not task.when) else when
