"""`planner start|done|reopen|postpone|cancel|note TASK`: what happens, into the journal."""

from __future__ import annotations

from collections.abc import Sequence

import click

from planner.actions.editing import editing
from planner.actions.marking import mark, note_entry
from planner.actions.target import Target, branches_of, named_occurrence
from planner.commands.acting import Command, acting, tell
from planner.errors import UsageError
from planner.find import find_task
from planner.i18n import _
from planner.journal.status import CANCELLED, DOING, DONE, PLANNED, POSTPONED
from planner.output import echo
from planner.parameters import Text
from planner.plan.model import Plan
from planner.plan.occurrence import occurrences
from planner.session import Session
from planner.text import printable
from planner.views.wording import branch_names, occurrence_name, status_name


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


def _command(name: str, status: str, text: str) -> click.Command:
    """A command that gives its TASK a status."""

    @click.command(name, help=text)
    @_on_a_part
    @acting
    @click.pass_obj
    def command(
        session: Session, task: str, branches: Sequence[str], slot: str | None, by: str | None, message: str
    ) -> None:
        _mark(session, status, task, branches, slot, by, message)

    return command


done = _command("done", DONE, _("Record that a task is done, for all or for the sub-unions named."))
start = _command("start", DOING, _("Record that work on a task has begun."))
reopen = _command("reopen", PLANNED, _("Open a task again that was begun, done, postponed or cancelled."))
cancel = _command("cancel", CANCELLED, _("Record that a task will not take place."))


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
    with editing(session) as snapshot:
        entries = postpone_to(session, snapshot, find_task(task, snapshot.plan), slot, words, by=by, message=message)
    tell(session, snapshot, entries)


@click.command(help=_("Write a note on a task into the journal."))
@_on_a_part
@click.argument("text", metavar="TEXT", nargs=-1, type=Text())
@acting
@click.pass_obj
def note(
    session: Session,
    task: str,
    branches: Sequence[str],
    slot: str | None,
    text: Sequence[str],
    by: str | None,
    message: str,
) -> None:
    """Add a note."""
    snapshot = session.snapshot(checked=False)
    found = find_task(task, snapshot.plan)
    part = named_occurrence(found, slot, snapshot) if slot is not None else None
    target = Target(found, part, branches_of(found, branches, snapshot) if branches else ("",))
    entries = [note_entry(session, snapshot, target, " ".join(text) or message, by=by)]
    session.record(entries)
    tell(session, snapshot, entries)


def _mark(
    session: Session, status: str, words: str, named: Sequence[str], slot: str | None, by: str | None, message: str
) -> None:
    snapshot = session.snapshot(checked=False)
    task = find_task(words, snapshot.plan)
    done = mark(session, snapshot, task, status, branches=named, slot=slot, by=by, message=message)
    if done.before:
        names = _(", ").join(printable(need.title) for need in done.before)
        warning = _("What comes before is not done: {titles}. It is recorded all the same.")
        session.warn(warning.format(titles=names))
    if not done.entries and not session.json:
        said = _("“{title}” has that status already: {status}.")
        echo(said.format(title=_part(done.target, snapshot.plan), status=status_name(status)))
        if message:
            echo(_("The reason was not recorded; `planner note` writes one."))
        return
    tell(session, snapshot, done.entries)


def _part(target: Target, plan: Plan) -> str:
    """The title, with the branches and the time where it is about a part."""
    task, occurrence, branches = target
    title = printable(task.title)
    parts = [branch_names(branches, plan) if branches != ("",) and len(branches) < len(task.branches) else ""]
    parts.append(occurrence_name(occurrence) if occurrence and len(occurrences(task, plan)) > 1 else "")
    shown = _(", ").join(filter(None, parts))
    return _("{title} ({extra})").format(title=title, extra=shown) if shown else title
