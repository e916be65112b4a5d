"""`planner chain`: how far each sub-union is on its way through several steps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from planner.api import (
    CANCELLED,
    DONE,
    UsageError,
    _,
    echo,
    echo_json,
    find_task,
    ngettext,
    printable,
    quantity_text,
    say,
    terminal_width,
)
from planner_progress.chain_text import chain_lines, missing, missing_lines
from planner_progress.chains import find_chains
from planner_progress.league import make_league, money_totals

if TYPE_CHECKING:
    from planner.api import Quantity, Session, Snapshot, Task
    from planner_progress.chains import Cell
    from planner_progress.league import League, Project, Standing


@click.command(
    "chain",
    help=_(
        "Show how far each sub-union is on its way through several steps, such as application, approval, review: "
        "all such chains of the plan, or with TASK the one that it belongs to."
    ),
)
@click.argument("task", metavar="[TASK]", required=False)
@click.option("--missing", "only_missing", is_flag=True, help=_("Only who is missing, as a text for a group chat"))
@click.pass_obj
def chain(session: Session, task: str | None, only_missing: bool) -> None:
    """Print the league tables, or who is missing."""
    snapshot = session.snapshot()
    leagues = [make_league(found, snapshot) for found in find_chains(snapshot.plan, snapshot.graph)]
    if task is not None:
        leagues = [_of(find_task(task, snapshot.plan), leagues)]
    if not leagues and not session.json:
        echo(_("The plan has no chain: no two tasks that each sub-union does are joined by needs."))
    elif only_missing:
        _tell_missing(leagues, snapshot, as_json=session.json)
    elif session.json:
        echo_json({"chains": [_as_json(league, snapshot) for league in leagues]})
    else:
        for n, league in enumerate(leagues):
            echo(*([""] if n else []), *chain_lines(league, snapshot, terminal_width()))


def _of(task: Task, leagues: Iterable[League]) -> League:
    """The league of the chain that a task belongs to. Raises UsageError where it belongs to none."""
    for league in leagues:
        if any(step.id == task.id for step in league.chain.steps):
            return league
    message = _("“{title}” is no step of a chain.").format(title=printable(task.title))
    raise UsageError(message, _("A chain is made of tasks that sub-unions do (for), joined by needs."))


def _tell_missing(leagues: Iterable[League], snapshot: Snapshot, *, as_json: bool) -> None:
    """What is said here is passed on, so nothing of it is private."""
    leagues = list(leagues)
    found = [one for league in leagues for one in missing(league, snapshot.today)]
    private = sum(step.private for step, _cells in found)
    if as_json:
        told = [(step, cells) for step, cells in found if not step.private]
        echo_json(
            [{"task": step.id, "last": _last(step), "missing": [c.branch for c in cells]} for step, cells in told]
        )
    elif lines := [line for league in leagues for line in missing_lines(league, snapshot)]:
        echo(*lines)
    elif not private:
        echo(_("Nobody is missing at the steps that have begun."))
    if private:
        text = ngettext("{n} private step is left out.", "{n} private steps are left out.", private)
        say(text.format(n=private))


def _as_json(league: League, snapshot: Snapshot) -> dict[str, Any]:
    budget, spent, over = money_totals(league.projects)
    return {
        "steps": [_step_json(step, league) for step in league.chain.steps],
        "branches": [_standing_json(standing, league, snapshot) for standing in league.standings],
        "measures": [
            {"name": column.name, "title": column.title, "total": [quantity_text(q) for q in column.totals]}
            for column in league.columns
        ],
        "projects": [_project_json(project) for project in league.projects],
        "money": {"budget": _text(budget), "spent": _text(spent), "over": _text(over)},
        "left_out": league.left_out,
    }


def _step_json(step: Task, league: League) -> dict[str, Any]:
    cells = [c for standing in league.standings for c in standing.place.cells if c.step.id == step.id]
    return {
        "task": step.id,
        "title": step.title,
        "private": step.private,
        "window": [str(step.span.start), str(step.span.end)] if step.span else None,
        "needs": [need.id for need in league.chain.before[step.id]],
        "done": sum(cell.status == DONE for cell in cells),
        "all": sum(cell.status != CANCELLED for cell in cells),
        "missing": [cell.branch for cell in league.missing(step)],
    }


def _standing_json(standing: Standing, league: League, snapshot: Snapshot) -> dict[str, Any]:
    place = standing.place
    branch = snapshot.plan.branch_by_id.get(place.branch)
    return {
        "rank": standing.rank,
        "branch": place.branch,
        "name": branch.name if branch else place.branch,
        "state": place.state,
        "done": place.done,
        "all": place.counted,
        "in_time": place.in_time,
        "score": str(standing.score) if standing.score is not None else None,
        "at": place.at.step.id if place.at else None,
        "next": place.next.step.id if place.next else None,
        "steps": [_cell_json(cell) for cell in place.cells],
        "measures": {
            column.name: [quantity_text(q) for q in column.values.get(place.branch, ())] for column in league.columns
        },
    }


def _cell_json(cell: Cell) -> dict[str, Any]:
    return {
        "task": cell.step.id,
        "status": cell.status,
        "since": str(cell.since) if cell.since else None,
        "last": str(cell.last) if cell.last else None,
        "late": cell.late,
        "in_time": cell.in_time,
        "out_of_order": cell.is_out_of_order,
        "waits_for": [need.id for need in cell.waits_for],
    }


def _project_json(project: Project) -> dict[str, Any]:
    return {
        "row": project.source,
        "branch": project.branch,
        "budget": _text(project.budget),
        "spent": _text(project.spent),
        "left": _text(project.left),
        "over": project.is_over,
    }


def _text(quantity: Quantity | None) -> str | None:
    return quantity_text(quantity) if quantity else None


def _last(step: Task) -> str | None:
    return str(step.span.end) if step.span else None
