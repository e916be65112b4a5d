"""`planner add WORDS`: a task from a line of words, into the plan."""

from __future__ import annotations

from typing import Any

import click

from planner.actions.adding import make_task, place_for, read_line
from planner.actions.editing import change_of, edit_plan
from planner.actions.values import assignments, fields_of
from planner.commands.marking import acting, tell
from planner.errors import UsageError
from planner.find import find_task
from planner.i18n import _
from planner.output import echo, report
from planner.session import Session
from planner.text import printable


@click.command(
    help=_(
        "Add a task to the plan: time, title, @who, #goal or #tag, and key=value for anything else. "
        "For example: planner add “4月中旬 教职工气排球比赛 @全部 #文体” place=体育馆"
    )
)
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@click.option("--after", metavar="TASK", help=_("Put it behind this task; else behind the last of its month"))
@acting
@click.pass_obj
def add(session: Session, words: tuple[str, ...], after: str | None, by: str | None, message: str) -> None:
    """Append a [[tasks]] table."""
    snapshot = session.snapshot(report)
    plan, fields = snapshot.plan, fields_of("tasks")
    said = [word for word in words if word.partition("=")[0] not in fields]
    typed = assignments(tuple(word for word in words if word not in said), fields)
    extra: dict[str, Any] = {key: value for key, value in typed.items() if value is not None}
    if extra.get("id") in plan.task_by_id:
        raise UsageError(_("There is a task with the id {id} already.").format(id=extra["id"]))
    task = make_task(read_line(" ".join(said), plan, snapshot.today), plan, snapshot.today, extra)
    behind = find_task(after, plan).id if after is not None else place_for(task, plan)
    entries = edit_plan(
        session, snapshot, lambda editor: editor.add("tasks", task, after=behind), by=by, message=message
    )
    tell(session, session.snapshot(report), entries)
    if not session.json:
        block = next(change.new for entry in entries if (change := change_of(entry)))
        echo(*(f"  {printable(line)}" for line in (block or "").strip().splitlines()))
