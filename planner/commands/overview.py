"""Bare `planner`: the plan at a glance."""

from __future__ import annotations

from collections.abc import Iterator

from planner.commands.agenda import agenda_lines
from planner.commands.show import heading
from planner.i18n import _, ngettext
from planner.journal.status import DONE
from planner.output import echo, echo_json, terminal_width
from planner.plan.model import Plan
from planner.session import Session
from planner.snapshot import Snapshot
from planner.text import columns, printable, shorten
from planner.views.agenda import agenda as make_agenda, dates_of
from planner.views.as_json import plan_json
from planner.views.months import by_month
from planner.views.wording import counted

_DAYS = 14


def overview(session: Session) -> None:
    """Print title, months, goals and the next two weeks."""
    snapshot = session.snapshot()
    if session.json:
        echo_json(plan_json(snapshot, snapshot.plan.tasks))
        return
    width = terminal_width()
    echo(
        *heading(snapshot.plan),
        "",
        *_months(snapshot, width),
        *_goals(snapshot.plan, width),
        "",
        *_next(snapshot, width),
    )


def _months(snapshot: Snapshot, width: int) -> Iterator[str]:
    for group in by_month(snapshot.plan, snapshot.plan.tasks):
        titles = _("; ").join(printable(task.title) for task in group.tasks)
        done = sum(snapshot.statuses.task(task) == DONE for task in group.tasks)
        title = _("{title}, {n} done").format(title=group.title, n=done) if done else group.title
        yield shorten(f"{counted(title, len(group.tasks))} {titles}", width)


def _goals(plan: Plan, width: int) -> Iterator[str]:
    if plan.goals:
        yield from ("", _("Goals"))
        rows = []
        for goal in plan.goals:
            n = sum(goal.id in task.goals for task in plan.tasks)
            rows.append(("", ngettext("{n} task", "{n} tasks", n).format(n=n), printable(goal.title)))
        yield from (shorten(line, width) for line in columns(rows))


def _next(snapshot: Snapshot, width: int) -> Iterator[str]:
    """The agenda without what has passed: an overview of an old plan would be nothing else."""
    found = make_agenda(snapshot.plan, snapshot.graph, snapshot.statuses, snapshot.today, _DAYS)
    dates = dates_of(snapshot.dates, snapshot.today, _DAYS)
    yield from agenda_lines(found._replace(overdue=()), dates._replace(overdue=()), snapshot, width)
    if n := len(found.overdue) + len(dates.overdue):
        yield ""
        yield ngettext(
            "{n} task is past its last day; `planner agenda` lists it.",
            "{n} tasks are past their last day; `planner agenda` lists them.",
            n,
        ).format(n=n)
