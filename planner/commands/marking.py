"""`planner start|done|reopen|postpone|cancel|note TASK`: what happens, into the journal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from planner.actions.marking import cells, has_status, note_entry, open_needs, status_entry
from planner.actions.target import (
    Target,
    branches_of,
    changed_occurrences,
    current_occurrence,
    named_occurrence,
    unclear,
)
from planner.errors import UsageError
from planner.find import find_task
from planner.i18n import _
from planner.journal.entry import Entry
from planner.journal.lines import entry_json
from planner.journal.status import CANCELLED, CLOSED, DOING, DONE, PLANNED, POSTPONED
from planner.output import echo, echo_json, report
from planner.plan.occurrence import occurrences
from planner.session import Session
from planner.snapshot import Snapshot
from planner.text import printable
from planner.views.journal import short_id, what, whom
from planner.views.wording import status_name

Command = Callable[..., Any]


def acting(function: Command) -> Command:
    """The options that all acts share."""
    for option in (
        click.option("-m", "--message", metavar="TEXT", default="", help=_("Why; is kept in the journal")),
        click.option("--by", metavar="NAME", help=_("Who did it; else the name of this computer's user")),
    ):
        function = option(function)
    return function


def _on_a_part(function: Command) -> Command:
    """TASK and the options that say which part of it."""
    for option in (
        click.option(
            "--slot", metavar="WHICH", help=_("Which time, where it happens several times: 2023-03, 3月, or its number")
        ),
        click.option(
            "--branch", "branches", metavar="NAME", multiple=True,
            help=_("For this sub-union (id or name); may be repeated. Without it: for all that do it"),
        ),
        click.argument("task", metavar="TASK"),
    ):  # fmt: skip
        function = option(function)
    return function


@click.command(help=_("Record that a task is done, for all or for the sub-unions named."))
@_on_a_part
@acting
@click.pass_obj
def done(session: Session, task: str, branches: Sequence[str], slot: str | None, by: str | None, message: str) -> None:
    """Tick one occurrence."""
    _mark(session, DONE, task, branches, slot, by, message)


@click.command(help=_("Record that work on a task has begun."))
@_on_a_part
@acting
@click.pass_obj
def start(session: Session, task: str, branches: Sequence[str], slot: str | None, by: str | None, message: str) -> None:
    """Begin one occurrence."""
    _mark(session, DOING, task, branches, slot, by, message)


@click.command(help=_("Open a task again that was begun, done, postponed or cancelled."))
@_on_a_part
@acting
@click.pass_obj
def reopen(
    session: Session, task: str, branches: Sequence[str], slot: str | None, by: str | None, message: str
) -> None:
    """Back to planned."""
    _mark(session, PLANNED, task, branches, slot, by, message)


@click.command(help=_("Record that a task will not take place."))
@_on_a_part
@acting
@click.pass_obj
def cancel(
    session: Session, task: str, branches: Sequence[str], slot: str | None, by: str | None, message: str
) -> None:
    """Cancel what is not done."""
    _mark(session, CANCELLED, task, branches, slot, by, message)


@click.command(
    help=_(
        "Record that a task is put off. With --to the new time goes into the plan: a day as its date, "
        "a longer time (5月下旬) as its words."
    )
)
@_on_a_part
@click.option("--to", "words", metavar="WORDS", help=_("The new time: 2023-05-18 14:00, 下周三, 5月下旬"))
@acting
@click.pass_obj
def postpone(
    session: Session,
    task: str,
    branches: Sequence[str],
    slot: str | None,
    words: str | None,
    by: str | None,
    message: str,
) -> None:
    """Put off, with or without a new time."""
    if words is None:
        _mark(session, POSTPONED, task, branches, slot, by, message)
        return
    from planner.actions.postponing import postpone_to

    if branches:
        raise UsageError(
            _("A new time is for all sub-unions: it stands in the plan."), _("Leave out --branch, or leave out --to.")
        )
    snapshot = session.snapshot(report, checked=False)
    entries = postpone_to(session, snapshot, find_task(task, snapshot.plan), slot, words, by=by, message=message)
    tell(session, snapshot, entries)


@click.command(help=_("Write a note on a task into the journal."))
@_on_a_part
@click.argument("text", metavar="TEXT", default="")
@acting
@click.pass_obj
def note(
    session: Session, task: str, branches: Sequence[str], slot: str | None, text: str, by: str | None, message: str
) -> None:
    """Add a note."""
    snapshot = session.snapshot(report, checked=False)
    found = find_task(task, snapshot.plan)
    part = named_occurrence(found, slot, snapshot) if slot is not None else None
    target = Target(found, part, branches_of(found, branches, snapshot) if branches else ("",))
    entries = [note_entry(session, snapshot, target, text or message, by=by)]
    session.record(entries)
    tell(session, snapshot, entries)


def _mark(
    session: Session, status: str, words: str, named: Sequence[str], slot: str | None, by: str | None, message: str
) -> None:
    snapshot = session.snapshot(report, checked=False)
    target = _target(snapshot, status, words, named, slot)
    title = printable(target.task.title)
    if has_status(snapshot, target, status):
        echo(_("“{title}” has that status already: {status}.").format(title=title, status=status_name(status)))
        return
    entry = status_entry(session, snapshot, target, status, by=by, message=message)
    if status in (DOING, DONE):
        needs = open_needs(snapshot, target.task, target.branches)
        if needs:
            names = _(", ").join(printable(need.title) for need in needs)
            session.warn(
                _("What comes before is not done: {titles}. It is recorded all the same.").format(titles=names)
            )
    session.record([entry])
    tell(session, snapshot, [entry])


def _target(snapshot: Snapshot, status: str, words: str, named: Sequence[str], slot: str | None) -> Target:
    """What the status is given to: one time for a tick, all that is open for a task that is called off."""
    task = find_task(words, snapshot.plan)
    branches = branches_of(task, named, snapshot)
    if status in (DOING, DONE) or slot is not None or len(occurrences(task, snapshot.plan)) == 1:
        target = Target(task, current_occurrence(task, slot, branches, snapshot), branches)
    elif status == PLANNED:
        target = _reopened(snapshot, Target(task, None, branches))
    else:
        target = Target(task, None, branches)
    return _without_done(snapshot, target, status) if not named else target


def _reopened(snapshot: Snapshot, target: Target) -> Target:
    """The one time to reopen; all of them where the task was called off as a whole."""
    changed = changed_occurrences(target.task, target.branches, snapshot)
    if len(changed) == 1:
        return target._replace(occurrence=changed[0])
    if changed and all(found not in (DONE, DOING) for found in cells(snapshot, target)):
        return target
    raise unclear(target.task, changed or occurrences(target.task, snapshot.plan))


def _without_done(snapshot: Snapshot, target: Target, status: str) -> Target:
    """Of many branches those that it still concerns: what one has done stays done, when it was done."""
    if target.occurrence is None or len(target.branches) < 2:
        return target
    key = target.occurrence.key
    settled = (PLANNED,) if status == PLANNED else (DONE,) if status in (DOING, POSTPONED, CANCELLED) else CLOSED
    left = tuple(b for b in target.branches if snapshot.statuses.cell(target.task, key, b) not in settled)
    return target._replace(branches=left or target.branches)


def tell(session: Session, snapshot: Snapshot, entries: Sequence[Entry]) -> None:
    """Say what was recorded, with the id that takes it back."""
    if session.json:
        echo_json([entry_json(entry) for entry in entries])
        return
    for entry in entries:
        echo(
            _("Recorded {id}: {what}  {whom}").format(
                id=short_id(entry), what=what(entry), whom=whom(entry, snapshot.plan)
            )
        )
    if not entries:
        echo(_("Nothing was changed."))
