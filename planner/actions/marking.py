"""Statuses and notes: entries of the journal that leave the plan's file alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.actions.target import Target, branches_of, changed_occurrences, current_occurrence, unclear
from planner.errors import UsageError
from planner.i18n import _
from planner.journal.entry import ACTS, NOTE, STATUS, UNDO, Entry, after, new_entry
from planner.journal.status import CANCELLED, CLOSED, DOING, DONE, PLANNED, POSTPONED, days_json
from planner.plan.model import Task
from planner.plan.occurrence import occurrences
from planner.snapshot import Snapshot
from planner.text import printable
from planner.views.waiting import open_needs

if TYPE_CHECKING:
    from planner.session import Session


class Marking(NamedTuple):
    """What came of giving a status."""

    target: Target
    entries: list[Entry]
    """Empty where all of the target has that status already."""
    before: list[Task]
    """What should come before and is not done."""


def mark(
    session: Session,
    snapshot: Snapshot,
    task: Task,
    status: str,
    *,
    branches: Sequence[str] = (),
    slot: str | None = None,
    by: str | None = None,
    message: str = "",
) -> Marking:
    """Give a task, or a part of it, a status and record that. `branches` and `slot` are a person's words.

    Without a slot a tick is about the time that is open now, and calling off is about all that is open. Raises
    UsageError where it is not clear what is meant, or what is done would be begun, postponed or cancelled.
    """
    # Of the journal an act needs no more than this task and those before it.
    about = {task.id, *(need.task for need in task.needs)}
    snapshot = replace(snapshot, journal=snapshot.journal.about(about))
    target = _target(snapshot, task, status, branches, slot)
    if has_status(snapshot, target, status):
        return Marking(target, [], [])
    entry = status_entry(session, snapshot, target, status, by=by, message=message)
    needs = open_needs(snapshot, task, target.branches) if status in (DOING, DONE) else []
    session.record([entry])
    return Marking(target, [entry], needs)


def _target(snapshot: Snapshot, task: Task, status: str, named: Sequence[str], slot: str | None) -> Target:
    branches = branches_of(task, named, snapshot)
    if status in (DOING, DONE) or slot is not None or len(occurrences(task, snapshot.plan)) == 1:
        target = Target(task, current_occurrence(task, slot, branches, snapshot), branches)
        return target if named else _still_open(snapshot, target, status)
    if status == PLANNED:
        return _reopened(snapshot, Target(task, None, branches))
    return Target(task, None, branches)


def _reopened(snapshot: Snapshot, target: Target) -> Target:
    """The one time to reopen; all of them where the task was called off as a whole."""
    changed = changed_occurrences(target.task, target.branches, snapshot)
    if len(changed) == 1:
        return target._replace(occurrence=changed[0])
    if changed and all(found not in (DONE, DOING) for found in cells(snapshot, target)):
        return target
    raise unclear(target.task, changed or occurrences(target.task, snapshot.plan))


def _still_open(snapshot: Snapshot, target: Target, status: str) -> Target:
    """Of all the branches those that it still concerns: what one has done, or was spared, stays as it was recorded."""
    task, occurrence, branches = target
    assert occurrence is not None
    settled = (PLANNED,) if status == PLANNED else CLOSED
    stands = {b: snapshot.statuses.cell(task, occurrence.key, b) for b in branches}
    left = tuple(b for b, found in stands.items() if found not in settled)
    return target._replace(branches=left or tuple(b for b, found in stands.items() if found == DONE) or branches)


def status_entry(
    session: Session, snapshot: Snapshot, target: Target, status: str, *, by: str | None = None, message: str = ""
) -> Entry:
    """The entry that gives `target` its status; not yet recorded.

    Raises UsageError where what is done would be postponed, cancelled or begun: that is to be reopened first.
    """
    if status in (DOING, POSTPONED, CANCELLED):
        _refuse_if_done(snapshot, target)
    data: dict[str, Any] = {"status": status}
    if message:
        data["message"] = message
    if status == POSTPONED:
        left = [target.occurrence] if target.occurrence else occurrences(target.task, snapshot.plan)
        data["from"] = {o.key: days_json(o.days) for o in left}
    return _entry(session, snapshot, target, STATUS, data, by)


def note_entry(session: Session, snapshot: Snapshot, target: Target, text: str, *, by: str | None = None) -> Entry:
    """The entry that notes `text` on `target`; not yet recorded. Raises UsageError where there is no text."""
    if not text.strip():
        raise UsageError(_("There is no text to note."), _('For example: planner note TASK "…"'))
    return _entry(session, snapshot, target, NOTE, {"text": text}, by)


def _entry(
    session: Session, snapshot: Snapshot, target: Target, kind: str, data: dict[str, Any], by: str | None
) -> Entry:
    task, occurrence, branches = target
    alone = len(branches) == 1
    if not alone:
        data["branches"] = list(branches)
    instant = after(snapshot.now, acts_on(session, snapshot, task.id))
    return new_entry(
        instant,
        session.author if by is None else by,
        snapshot.plan.id,
        kind,
        data,
        task=task.id,
        occurrence=None if occurrence is None else occurrence.key,
        branch=branches[0] if alone else "",
    )


def acts_on(session: Session, snapshot: Snapshot, task: str) -> Iterator[Entry]:
    """What people did with a task so far; an act must come after those."""
    return session.store.entries(plan=snapshot.plan.id, kinds=(*ACTS, UNDO), task=task)


def has_status(snapshot: Snapshot, target: Target, status: str) -> bool:
    """Whether all of `target` has that status already."""
    return all(found == status for found in cells(snapshot, target))


def cells(snapshot: Snapshot, target: Target) -> list[str]:
    """The statuses of all parts of `target`."""
    task, occurrence, branches = target
    keys = [occurrence.key] if occurrence else [o.key for o in occurrences(task, snapshot.plan)]
    return [snapshot.statuses.cell(task, key, branch) for key in keys for branch in branches]


def _refuse_if_done(snapshot: Snapshot, target: Target) -> None:
    found = cells(snapshot, target)
    if all(status in CLOSED for status in found) and (DONE in found or not target.occurrence):
        message = _("“{title}” is done or cancelled already; nothing was recorded.")
        hint = _("If that was a mistake: planner reopen {id}").format(id=target.task.id)
        raise UsageError(message.format(title=printable(target.task.title)), hint)
