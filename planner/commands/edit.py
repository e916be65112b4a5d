"""`planner edit TARGET key=value…`: values of the plan, in its text."""

from __future__ import annotations

import click

from planner.actions.editing import edit_plan, editing, save_as_utf8
from planner.actions.values import assignments, fields_of
from planner.commands.acting import acting, tell, warn_of_time
from planner.errors import UsageError
from planner.find import find_branch, find_goal, find_task
from planner.i18n import _
from planner.output import say
from planner.parameters import Text
from planner.plan.edit import PlanEditor
from planner.plan.model import Plan
from planner.session import Session


@click.command(
    help=_(
        "Set values of a task in the plan: key=value, or key= to take it away. Instead of a task: goal:ID, "
        "branch:ID, term, or plan for the plan's own title and organization. Everything else in the file "
        "stays as it is."
    )
)
@click.argument("target", metavar="TASK")
@click.argument("words", metavar="KEY=VALUE...", nargs=-1, type=Text())
@click.option("--utf-8", "utf8", is_flag=True, help=_("From now on keep the file as UTF-8; else its encoding stays"))
@acting
@click.pass_obj
def edit(session: Session, target: str, words: tuple[str, ...], utf8: bool, by: str | None, message: str) -> None:
    """Change values."""
    if not words and not utf8:
        raise UsageError(_("Name what to change: key=value."), _("For example: planner edit brand-review place=报告厅"))
    with editing(session) as snapshot:
        table, id_ = _place(target, snapshot.plan)
        values = assignments(words, fields_of(table), snapshot.plan)
        if "id" in values:
            raise UsageError(_("An id is permanent: calendars and the journal know the task by it."))

        def change(editor: PlanEditor) -> None:
            for key, value in values.items():
                if value is None:
                    editor.unset(table, id_, key)
                else:
                    editor.set(table, id_, key, value)

        entries = edit_plan(session, snapshot, change, by=by, message=message)
        if table == "tasks" and not {"when", "on", "times"}.isdisjoint(values) and snapshot.statuses.is_told(id_):
            warning = _("Something is recorded for this task already; see whether it still stands at the right time.")
            session.warn(warning)
        warn_of_time(session, snapshot.plan, values.get("when"))
        if utf8 and save_as_utf8(session):
            say(_("The file is UTF-8 now."))
    tell(session, snapshot, entries)


def _place(target: str, plan: Plan) -> tuple[str, str]:
    """The table and id that are meant."""
    if target in ("plan", "term"):
        return ("" if target == "plan" else "term"), ""
    kind, colon, name = target.partition(":")
    if colon and kind == "goal":
        return "goals", find_goal(name, plan).id
    if colon and kind == "branch":
        return "branches", find_branch(name, plan).id
    return "tasks", find_task(target, plan).id
