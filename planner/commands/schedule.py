"""`planner schedule TASK WHEN`: the day of a task, once it is decided."""

from __future__ import annotations

from collections.abc import Sequence

import click

from planner.actions.editing import edit_plan, editing
from planner.actions.scheduling import must_decide, set_on
from planner.actions.target import named_occurrence, occurrence_for, unclear
from planner.commands.acting import acting, tell
from planner.errors import UsageError
from planner.find import find_task
from planner.i18n import _
from planner.parameters import Text
from planner.plan.edit import PlanEditor
from planner.plan.model import Task
from planner.plan.occurrence import Occurrence, occurrences
from planner.session import Session
from planner.snapshot import Snapshot
from planner.text import printable


@click.command(
    help=_(
        "Decide the day of a task, with or without its time of day, and write it into the plan as `on`. "
        "WHEN is a date (2023-03-08 14:00-16:00) or said from today (下周三下午2点)."
    )
)
@click.argument("task", metavar="TASK")
@click.argument("said", metavar="[WHEN]...", nargs=-1, type=Text())
@click.option(
    "--slot", metavar="WHICH", help=_("Which time, where it happens several times: 2023-03, 3月, or its number")
)
@click.option("--place", metavar="TEXT", type=Text(), help=_("Where it takes place"))
@click.option("--clear", is_flag=True, help=_("Take the decided day back"))
@acting
@click.pass_obj
def schedule(
    session: Session,
    task: str,
    said: Sequence[str],
    slot: str | None,
    place: str | None,
    clear: bool,
    by: str | None,
    message: str,
) -> None:
    """Set or clear `on`."""
    words = " ".join(said) or None
    if (words is None) == (not clear) and place is None:
        raise UsageError(_("Name the day, or --clear."), _("For example: planner schedule TASK 下周三下午2点"))
    if words is not None and clear:
        raise UsageError(_("Name the day, or --clear, but not both."))
    with editing(session) as snapshot:
        found = find_task(task, snapshot.plan)

        def edit(editor: PlanEditor) -> None:
            if words is not None or clear:
                _set_day(editor, snapshot, found, words, slot)
            if place is not None:
                editor.set("tasks", found.id, "place", place)

        entries = edit_plan(session, snapshot, edit, by=by, message=message)
    if snapshot.statuses.is_closed(found):
        warning = _("“{title}” is done or cancelled; if it takes place after all: planner reopen {id}")
        session.warn(warning.format(title=printable(found.title), id=found.id))
    tell(session, snapshot, entries)


def _set_day(editor: PlanEditor, snapshot: Snapshot, task: Task, words: str | None, slot: str | None) -> None:
    """Decide the day that `words` name; None: take the decided day back."""
    if words is None:
        set_on(editor, snapshot.plan, task, _decided_one(task, slot, snapshot), None)
    else:
        appointment = must_decide(words, task, snapshot.plan, snapshot.today)
        set_on(editor, snapshot.plan, task, occurrence_for(task, appointment, slot, snapshot), appointment)


def _decided_one(task: Task, slot: str | None, snapshot: Snapshot) -> Occurrence:
    """The occurrence whose day is taken back. Raises UsageError where none is decided, or several are."""
    fixed = [o for o in occurrences(task, snapshot.plan) if o.appointment]
    if slot is not None:
        named = named_occurrence(task, slot, snapshot)
        fixed = [o for o in fixed if o.key == named.key]
    if len(fixed) > 1:
        raise unclear(task, fixed)
    if not fixed:
        raise UsageError(_("No day of this task is decided."))
    return fixed[0]
