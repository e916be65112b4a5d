"""What the commands that change something share: who and why, and how it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from planner.dates.when import resolve
from planner.i18n import _
from planner.journal.entry import Entry
from planner.journal.lines import entry_json
from planner.output import echo, echo_json
from planner.parameters import Text
from planner.plan.model import Plan
from planner.session import Session
from planner.snapshot import Snapshot
from planner.text import printable
from planner.views.journal import short_id, what, whom

Command = Callable[..., Any]


def acting(function: Command) -> Command:
    """The options that all acts share."""
    why = _("Why; is kept in the journal")
    who = _("Who did it; else the name of this computer's user")
    for option in (
        click.option("-m", "--message", metavar="TEXT", default="", type=Text(), help=why),
        click.option("--by", metavar="NAME", type=Text(), help=who),
    ):
        function = option(function)
    return function


def tell(session: Session, snapshot: Snapshot, entries: Sequence[Entry]) -> None:
    """Say what was recorded, with the id that takes it back."""
    if session.json:
        echo_json([entry_json(entry) for entry in entries])
        return
    for entry in entries:
        said = {"id": short_id(entry), "what": what(entry, snapshot=snapshot), "whom": whom(entry, snapshot.plan)}
        echo(_("Recorded {id}: {what}  {whom}").format(**said).rstrip())
    if not entries:
        echo(_("Nothing was changed."))


def warn_of_time(session: Session, plan: Plan, when: str | None) -> None:
    """Say so where the words for a time give no date: a plan may hold them, but nothing will remind of the task."""
    reading = resolve(when, plan.term) if when else None
    if reading and not reading.windows and not reading.recurs:
        message = _("“{when}” gives no certain date: {reason}")
        session.warn(message.format(when=printable(when or ""), reason=reading.reason))
