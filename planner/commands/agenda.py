"""`planner agenda`: what is overdue, due, coming and blocked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import click

from planner.dates.window import Window
from planner.find import find_branch
from planner.i18n import _
from planner.journal.status import CLOSED, DOING, POSTPONED
from planner.output import echo, echo_json, terminal_width
from planner.parameters import Number
from planner.plan.model import Appointment
from planner.plan.occurrence import occurrences
from planner.session import Session
from planner.snapshot import CalendarItem, Snapshot
from planner.text import hanging, printable
from planner.views.agenda import Agenda, Dates, Entry, agenda as make_agenda, dates_of
from planner.views.as_json import window_json
from planner.views.wording import (
    branch_names,
    counted,
    full_day,
    short_appointment,
    short_days,
    status_name,
    task_title,
)


@click.command(help=_("What is open: overdue, due, running, coming, waiting for something, or put off."))
@click.option(
    "--days",
    type=Number(0, 400),
    metavar="N",
    default=14,
    show_default=True,
    help=_("How many days to look ahead"),
)
@click.option("--branch", metavar="NAME", help=_("Only what this sub-union still has to do (id or name)"))
@click.pass_obj
def agenda(session: Session, days: int, branch: str | None) -> None:
    """Print the agenda of today."""
    snapshot = session.snapshot()
    plan, today = snapshot.plan, snapshot.today
    only = find_branch(branch, plan).id if branch is not None else None
    found = make_agenda(plan, snapshot.graph, snapshot.statuses, today, days, branch=only or "")
    dates = dates_of(snapshot.dates, today, days, only)
    if session.json:
        echo_json(_as_json(found, dates))
        return
    echo(*agenda_lines(found, dates, snapshot, terminal_width()))


def agenda_lines(found: Agenda, dates: Dates, snapshot: Snapshot, width: int) -> Iterator[str]:
    """The agenda, with the dates of plugins among the tasks, as lines of at most `width` cells."""
    week = snapshot.plan.term.teaching_week_number(found.today)
    number = "  " + _("teaching week {n}").format(n=week) if week else ""
    yield _("Today is {day}").format(day=full_day(found.today)) + number
    titles = {
        "due": _("Due by {day}").format(day=found.until),
        "coming": _("Coming up to {day}").format(day=found.until),
        "running": _("Running, due later"),
        "blocked": _("Waiting for what comes before"),
        "overdue": _("Past its last day, not marked as done"),
        "postponed": _("Put off, no new date yet"),
    }
    is_empty = True
    for name, title in titles.items():
        rows = _rows(getattr(found, name), getattr(dates, name, ()), snapshot)
        if rows:
            is_empty = False
            yield from ("", counted(title, len(rows)))
            yield from hanging([("", *row) for row in rows], width)
    if is_empty:
        yield from ("", _("Nothing is due or coming."))


def _rows(entries: Sequence[Entry], items: Sequence[CalendarItem], snapshot: Snapshot) -> list[tuple[str, str]]:
    """One list of an agenda, tasks and dates together in order of time."""
    rows = [(entry.days, _row(entry, snapshot)) for entry in entries]
    rows += [(item.days, _item_row(item, snapshot)) for item in items]
    if items:
        far = Window(date.max, date.max)
        rows.sort(key=lambda row: ((row[0] or far).end, (row[0] or far).start))
    return [row for _days, row in rows]


def _item_row(item: CalendarItem, snapshot: Snapshot) -> tuple[str, str]:
    days = "—"
    if item.days:
        days = short_appointment(Appointment(*item.days, item.begins, item.ends))
    extras = [branch_names(item.branches, snapshot.plan), _("private") if item.private else ""]
    shown = _(", ").join(filter(None, extras))
    title = printable(item.title)
    status = status_name(item.status) if item.status in (DOING, POSTPONED) else ""
    title = _("{title} ({extra})").format(title=title, extra=shown) if shown else title
    return days, "  ".join(filter(None, (title, status)))


def _row(entry: Entry, snapshot: Snapshot) -> tuple[str, str]:
    appointment = entry.occurrence.appointment
    days = short_appointment(appointment) if appointment else short_days(entry.days) if entry.days else "—"
    return days, "  ".join([task_title(entry.task, snapshot.plan), *_remarks(entry, snapshot)])


def _remarks(entry: Entry, snapshot: Snapshot) -> Iterator[str]:
    """What a person must know about an entry besides its title."""
    if entry.status in (DOING, POSTPONED):
        yield status_name(entry.status)
    if entry.occurrence.kind == "slot" or entry.occurrence.key:
        keys = [o.key for o in occurrences(entry.task, snapshot.plan)]
        closed = sum(snapshot.statuses.occurrence(entry.task, key) in CLOSED for key in keys)
        yield _("{closed} of {all} times").format(closed=closed, all=len(keys))
    if entry.missing and (len(entry.missing) < len(entry.task.branches) or entry.status == DOING):
        yield _("missing: {branches}").format(branches=branch_names(entry.missing, snapshot.plan))
    if 0 < len(entry.ready) < len(entry.missing):
        yield _("can go on: {branches}").format(branches=branch_names(entry.ready, snapshot.plan))
    if entry.waits_for:
        yield _("after: {titles}").format(titles=_(", ").join(printable(t.title) for t in entry.waits_for))


def _as_json(found: Agenda, dates: Dates) -> dict[str, Any]:
    return {
        "today": str(found.today),
        "until": str(found.until),
        **{
            name: [
                *(_entry_json(entry) for entry in getattr(found, name)),
                *(_item_json(item) for item in getattr(dates, name, ())),
            ]
            for name in Agenda._fields[2:]
        },
    }


def _entry_json(entry: Entry) -> dict[str, Any]:
    return {
        "task": entry.task.id,
        "occurrence": entry.occurrence.key,
        "title": entry.task.title,
        "kind": entry.occurrence.kind,
        "window": window_json(entry.days) if entry.days else None,
        "status": entry.status,
        "missing": list(entry.missing),
        "ready": list(entry.ready),
        "waits_for": [task.id for task in entry.waits_for],
        "item": None,
    }


def _item_json(item: CalendarItem) -> dict[str, Any]:
    """A date that comes from no task."""
    return {
        "task": None,
        "occurrence": None,
        "title": item.title,
        "kind": item.kind,
        "window": window_json(item.days) if item.days else None,
        "status": item.status,
        "missing": list(item.branches),
        "ready": list(item.branches),
        "waits_for": [],
        "item": item.key,
    }
