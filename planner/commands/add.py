"""`planner add WORDS`: a task from a line of words, into the plan."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

from planner.actions.adding import make_task, place_for, read_line
from planner.actions.editing import change_of, edit_plan, editing
from planner.actions.values import assignments, fields_of
from planner.commands.acting import acting, tell, warn_of_time
from planner.errors import UsageError
from planner.find import find_task
from planner.i18n import _
from planner.output import echo
from planner.parameters import Text
from planner.plan.edit import PlanEditor
from planner.session import Session
from planner.text import printable

_PAIR = re.compile(r"[a-z-]+[=＝]")


@click.command(
    help=_(
        "Add a task to the plan: time, title, @who, #goal or #tag, and key=value for anything else. "
        'For example: planner add "4月中旬 教职工气排球比赛 @全部 #文体" place=体育馆'
    )
)
@click.argument("words", metavar="WORDS...", nargs=-1, required=True, type=Text())
@click.option("--after", metavar="TASK", help=_("Put it behind this task; else behind the last of its month"))
@acting
@click.pass_obj
def add(session: Session, words: tuple[str, ...], after: str | None, by: str | None, message: str) -> None:
    """Append a [[tasks]] table."""
    fields = fields_of("tasks")
    said, typed = _sorted(words)
    with editing(session) as snapshot:
        plan = snapshot.plan
        extra = {key: value for key, value in assignments(typed, fields, plan).items() if value is not None}
        if extra.get("id") in plan.task_by_id:
            raise UsageError(_("There is a task with the id {id} already.").format(id=extra["id"]))
        task = make_task(read_line(" ".join(said), plan, snapshot.today), plan, snapshot.today, extra)
        behind = find_task(after, plan).id if after is not None else place_for(task, plan)

        def change(editor: PlanEditor) -> None:
            editor.add("tasks", task, after=behind)

        entries = edit_plan(session, snapshot, change, by=by, message=message)
    warn_of_time(session, snapshot.plan, task.get("when"))
    tell(session, snapshot, entries)
    if not session.json:
        block = next(made.new for entry in entries if (made := change_of(entry)))
        echo(*(f"  {printable(line)}" for line in (block or "").strip().splitlines()))


def _sorted(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """What is said, and what is `key=value`; such pairs may stand inside one pair of quotation marks with the rest."""
    said: list[str] = []
    typed: list[str] = []
    for word in words:
        parts = [word] if _PAIR.match(word) else word.split()
        for part in parts:
            (typed if _PAIR.match(part) else said).append(part)
    return said, typed
