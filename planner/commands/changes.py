"""`planner changes`: what people have not been told yet, in words for their chats."""

from __future__ import annotations

from datetime import date, datetime, time

import click

from planner.find import find_branch
from planner.i18n import _
from planner.journal.entry import time_text
from planner.output import echo, echo_json
from planner.parameters import Day
from planner.plan.model import Plan
from planner.session import Session
from planner.views.changes import make_note, note_json, note_lines


@click.command(
    help=_("What has changed since people were last told by a calendar. It records nothing: that is done by `ical`.")
)
@click.option("--since", type=Day(), metavar="DATE", help=_("Compare with what had been told before this day"))
@click.option("--branch", metavar="NAME", help=_("Only what this sub-union is told (id or name)"))
@click.pass_obj
def changes(session: Session, since: date | None, branch: str | None) -> None:
    """Print the note."""
    snapshot = session.snapshot()
    plan = snapshot.plan
    branches = [find_branch(branch, plan).id] if branch else None
    note = make_note(snapshot.revisions, plan, branches, _start_of(since, plan) if since else None)
    if session.json:
        echo_json(note_json(note, since))
    elif note.is_first and not since:
        echo(_("Nobody has been told anything yet; `planner ical -o FOLDER` writes the first calendars."))
    else:
        echo(*note_lines(note, snapshot.today, since))


def _start_of(day: date, plan: Plan) -> str:
    """The first instant of a day in the plan's time zone, as entries keep it."""
    from zoneinfo import ZoneInfo

    return time_text(datetime.combine(day, time(), ZoneInfo(plan.timezone)))
