"""`planner agenda`: what is overdue, due, running and coming, by dates alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from planner.i18n import _
from planner.output import echo, echo_json, report, terminal_width
from planner.plan.model import Plan
from planner.session import Session
from planner.text import columns, printable, shorten
from planner.views.agenda import Agenda, Entry
from planner.views.agenda import agenda as make_agenda
from planner.views.as_json import window_json
from planner.views.wording import counted, full_day, short_appointment, short_days, task_title


@click.command(help=_("What is overdue, due, running and coming, judged by dates alone."))
@click.option(
    "--days",
    type=click.IntRange(0, 400),
    metavar="N",
    default=14,
    show_default=True,
    help=_("How many days to look ahead"),
)
@click.pass_obj
def agenda(session: Session, days: int) -> None:
    """Print the agenda of today."""
    snapshot = session.snapshot(report)
    found = make_agenda(snapshot.plan, snapshot.graph, snapshot.today, days)
    if session.json:
        echo_json(_as_json(found))
        return
    echo(*agenda_lines(found, snapshot.plan, terminal_width()))


def agenda_lines(found: Agenda, plan: Plan, width: int) -> Iterator[str]:
    """The agenda as lines of at most `width` cells."""
    week = plan.term.teaching_week_number(found.today)
    number = "  " + _("teaching week {n}").format(n=week) if week else ""
    yield _("Today is {day}").format(day=full_day(found.today)) + number
    titles = {
        "due": _("Due by {day}").format(day=found.until),
        "coming": _("Coming up to {day}").format(day=found.until),
        "running": _("Running, due later"),
        "overdue": _("Past its last day, not marked as done"),
    }
    for name, title in titles.items():
        entries: tuple[Entry, ...] = getattr(found, name)
        if entries:
            yield from ("", counted(title, len(entries)))
            yield from (shorten(line, width) for line in columns([("", *_row(e, plan)) for e in entries]))
    if not any(getattr(found, name) for name in titles):
        yield from ("", _("Nothing is due or coming."))


def _row(entry: Entry, plan: Plan) -> tuple[str, str]:
    appointment = entry.occurrence.appointment
    days = short_appointment(appointment) if appointment else short_days(entry.days)
    title = task_title(entry.task, plan)
    if entry.waits_for:
        title += "  " + _("after: {titles}").format(titles=_(", ").join(printable(t.title) for t in entry.waits_for))
    return days, title


def _as_json(found: Agenda) -> dict[str, Any]:
    lists = ("overdue", "due", "running", "coming")
    return {
        "today": str(found.today),
        "until": str(found.until),
        **{name: [_entry_json(entry) for entry in getattr(found, name)] for name in lists},
    }


def _entry_json(entry: Entry) -> dict[str, Any]:
    return {
        "task": entry.task.id,
        "occurrence": entry.occurrence.key,
        "title": entry.task.title,
        "kind": entry.occurrence.kind,
        "window": window_json(entry.days),
        "waits_for": [task.id for task in entry.waits_for],
    }
