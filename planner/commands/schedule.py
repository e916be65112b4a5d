"""`planner schedule TASK WHEN`: the day of a task, once it is decided."""

from __future__ import annotations

import click

from planner.actions.editing import edit_plan
from planner.actions.scheduling import must_decide, set_on
from planner.actions.target import named_occurrence, occurrence_for, unclear
from planner.commands.marking import acting, tell
from planner.errors import UsageError
from planner.find import find_task
from planner.i18n import _
from planner.output import report
from planner.plan.edit import PlanEditor
from planner.plan.model import Task
from planner.plan.occurrence import Occurrence, occurrences
from planner.session import Session
from planner.snapshot import Snapshot


@click.command(
    help=_(
        "Decide the day of a task, with or without its time of day, and write it into the plan as `on`. "
        "WHEN is a date (2023-03-08 14:00-16:00) or said from today (下周三下午2点)."
    )
)
@click.argument("task", metavar="TASK")
@click.argument("words", metavar="[WHEN]", required=False)
@click.option(
    "--slot", metavar="WHICH", help=_("Which time, where it happens several times: 2023-03, 3月, or its number")
)
@click.option("--place", metavar="TEXT", help=_("Where it takes place"))
@click.option("--clear", is_flag=True, help=_("Take the decided day back"))
@acting
@click.pass_obj
def schedule(
    session: Session,
    task: str,
    words: str | None,
    slot: str | None,
    place: str | None,
    clear: bool,
    by: str | None,
    message: str,
) -> None:
    """Set or clear `on`."""
    if (words is None) == (not clear) and place is None:
        raise UsageError(_("Name the day, or --clear."), _("For example: planner schedule TASK 下周三下午2点"))
    snapshot = session.snapshot(report)
    found = find_task(task, snapshot.plan)

    def edit(editor: PlanEditor) -> None:
        if words is not None:
            appointment = must_decide(words, found, snapshot.plan, snapshot.today)
            set_on(editor, found, occurrence_for(found, appointment, slot, snapshot), appointment)
        elif clear:
            set_on(editor, found, _decided_one(found, slot, snapshot), None)
        if place is not None:
            editor.set("tasks", found.id, "place", place)

    tell(session, snapshot, edit_plan(session, snapshot, edit, by=by, message=message))


def _decided_one(task: Task, slot: str | None, snapshot: Snapshot) -> Occurrence:
    """The occurrence whose day is taken back."""
    if slot is not None:
        return named_occurrence(task, slot, snapshot)
    fixed = [o for o in occurrences(task, snapshot.plan) if o.appointment]
    if len(fixed) > 1:
        raise unclear(task, fixed)
    if not fixed:
        raise UsageError(_("No day of this task is decided."))
    return fixed[0]
