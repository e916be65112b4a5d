"""`planner progress`: how far the plan is on what it promised, today or as of any day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from planner.api import Day, UsageError, Word, _, echo, echo_json, find_branch, find_goal, plan_as_of, terminal_width
from planner_progress.figures import Progress
from planner_progress.history import history as make_history
from planner_progress.report import Report, report_lines

if TYPE_CHECKING:
    from planner.api import Session
    from planner_progress.history import Every

_EVERY = {"week": _("week"), "fortnight": _("fortnight"), "month": _("month")}
_TABLES = {"goal": _("goal"), "duty": _("duty"), "branch": _("sub-union")}


@click.command(
    "progress",
    help=_(
        "How far the plan is on what it promised: goals, duties and sub-unions, targets, what is missing, and what the "
        "ledgers count for each goal."
    ),
)
@click.option(
    "--as-of", "day", type=Day(), metavar="DATE", help=_("As it was known at the end of that day, of the plan too")
)
@click.option(
    "--history", "every", type=Word(_EVERY), is_flag=False, flag_value="month", metavar="[week|fortnight|month]",
    help=_("How it went from the beginning of the term: at the end of each month, fortnight or week"),
)  # fmt: skip
@click.option("--goal", "goal_name", metavar="NAME", help=_("Only this goal (id or title), with its tasks"))
@click.option("--branch", "branch_name", metavar="NAME", help=_("Only what this sub-union has to do (id or name)"))
@click.option("--by", type=Word(_TABLES), metavar="goal|duty|branch", help=_("Only this table, with the reasons"))
@click.pass_obj
def progress(
    session: Session,
    day: date | None,
    every: Every | None,
    goal_name: str | None,
    branch_name: str | None,
    by: str | None,
) -> None:
    """Print the report, or its data."""
    if every and by:
        raise UsageError(_("--history and --by do not go together."), _("For one goal: --history --goal NAME"))
    snapshot = session.snapshot()
    today, notes = snapshot.today, tuple[str, ...]()
    if day is not None:
        snapshot, notes = plan_as_of(session, snapshot, day)
    goal = None if goal_name is None else find_goal(goal_name, snapshot.plan)
    branch = None if branch_name is None else find_branch(branch_name, snapshot.plan)
    points = make_history(session, snapshot, every, goal=goal, branch=branch) if every else []
    found = Progress(snapshot, goal=goal, branch=branch)
    report = Report(found, today, day is not None, notes, by or "", every, points)
    if session.json:
        from planner_progress.as_json import report_json

        echo_json(report_json(report))
    else:
        echo(*report_lines(report, terminal_width()))
