"""`planner show`: the plan month by month."""

from __future__ import annotations

from collections.abc import Iterator

import click

from planner.find import find_branch, find_goal
from planner.i18n import _
from planner.output import echo, echo_json, report, terminal_width
from planner.plan.model import Plan, Task
from planner.session import Session
from planner.text import cell_width, pad, printable, shorten, wrap
from planner.views.as_json import plan_json
from planner.views.months import MonthGroup, by_month
from planner.views.wording import counted, task_title, task_when

_TITLE_LINES = 4
_HANGING = 2
"""Cells kept free for punctuation that may not begin a line."""


@click.command(help=_("Show the plan month by month, with what has no date apart. Filters may be combined."))
@click.option(
    "--month", "months", type=click.IntRange(1, 12), metavar="N", multiple=True, help=_("Only this month (1–12)")
)
@click.option("--branch", metavar="NAME", help=_("Only what this sub-union does (id or name)"))
@click.option("--goal", metavar="NAME", help=_("Only what serves this goal (id or title)"))
@click.option("--tag", metavar="TAG", help=_("Only what has this tag"))
@click.pass_obj
def show(session: Session, months: tuple[int, ...], branch: str | None, goal: str | None, tag: str | None) -> None:
    """Print the filtered plan."""
    plan = session.snapshot(report).plan
    branch = find_branch(branch, plan).id if branch is not None else None
    goal = find_goal(goal, plan).id if goal is not None else None
    tasks = [
        task
        for task in plan.tasks
        if (branch is None or branch in task.branches)
        and (goal is None or goal in task.goals)
        and (tag is None or tag in task.tags)
        and (not months or any(day.month in months for w in task.days for day in w.each_day()))
    ]
    if session.json:
        echo_json(plan_json(plan, tasks))
        return
    groups = by_month(plan, tasks)
    if months:
        groups = [group for group in groups if not group.months or any(m in months for _y, m in group.months)]
    echo(*heading(plan), *_page(plan, groups, terminal_width()))
    if not tasks:
        echo("", _("No task matches."))


def heading(plan: Plan) -> list[str]:
    """The lines above every view of a plan: title, organization and term."""
    term = _("{start} to {end}").format(start=plan.term.start, end=plan.term.end)
    return [printable(plan.title), f"{printable(plan.organization)}  {term}"]


def _page(plan: Plan, groups: list[MonthGroup], width: int) -> Iterator[str]:
    shown = [task for group in groups for task in group.tasks]
    id_width = min(max((len(task.id) for task in shown), default=0), 28)
    when_width = min(max((cell_width(_when_in(g, t)) for g in groups for t in g.tasks), default=0), 22)
    for group in groups:
        yield from ("", counted(group.title, len(group.tasks)))
        for task in group.tasks:
            when = shorten(_when_in(group, task), when_width)
            left = f"  {pad(shorten(task.id, id_width), id_width)}  {pad(when, when_width)}  "
            room = max(width - cell_width(left) - _HANGING, 20)
            title = wrap(task_title(task, plan), room)
            if len(title) > _TITLE_LINES:
                title = [*title[: _TITLE_LINES - 1], shorten("".join(title[_TITLE_LINES - 1 :]), room)]
            yield left + title[0]
            yield from (" " * cell_width(left) + line for line in title[1:])


def _when_in(group: MonthGroup, task: Task) -> str:
    """When, left out where the heading says the same."""
    when = task_when(task)
    return "" if when == group.title or (not task.days and not task.when) else when
