"""`planner remove TASK`: a task out of the plan."""

from __future__ import annotations

import click

from planner.actions.editing import edit_plan, editing
from planner.commands.acting import acting, tell
from planner.errors import UsageError
from planner.find import find_task
from planner.i18n import _
from planner.plan.edit import PlanEditor
from planner.session import Session
from planner.text import printable


@click.command(
    help=_(
        "Take a task out of the plan. Its history stays in the journal, and `planner undo` puts it back. "
        "What was planned and will not take place is better cancelled."
    )
)
@click.argument("task", metavar="TASK")
@acting
@click.pass_obj
def remove(session: Session, task: str, by: str | None, message: str) -> None:
    """Remove a [[tasks]] table."""
    with editing(session) as snapshot:
        found = find_task(task, snapshot.plan)
        if waiting := snapshot.graph.dependents(found):
            names = "\n".join(f"  {other.id}  {printable(other.title)}" for other in waiting)
            raise UsageError(
                _("These tasks need “{title}”:\n{names}").format(title=printable(found.title), names=names),
                _("Take it out of their needs first: planner edit {id} needs=…").format(id=waiting[0].id),
            )

        def change(editor: PlanEditor) -> None:
            editor.remove("tasks", found.id)

        entries = edit_plan(session, snapshot, change, by=by, message=message)
    tell(session, snapshot, entries)
