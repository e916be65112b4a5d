"""Statuses and notes: entries of the journal that leave the plan's file alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from planner.actions.target import Target
from planner.errors import UsageError
from planner.i18n import _
from planner.journal.entry import ACTS, NOTE, STATUS, UNDO, Entry, after, new_entry
from planner.journal.status import CANCELLED, CLOSED, DOING, DONE, POSTPONED, days_json
from planner.plan.model import Task
from planner.plan.occurrence import occurrences
from planner.snapshot import Snapshot
from planner.text import printable

if TYPE_CHECKING:
    from planner.session import Session


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
    if all(found == DONE for found in cells(snapshot, target)):
        message = _("“{title}” is done already; nothing was recorded.").format(title=printable(target.task.title))
        raise UsageError(message, _("If that was a mistake: planner reopen {id}").format(id=target.task.id))


def open_needs(snapshot: Snapshot, task: Task, branches: Sequence[str]) -> list[Task]:
    """The needs of `task` that are still open for these branches: of a need that a branch does itself, its own part."""
    statuses = snapshot.statuses

    def is_closed(need: Task) -> bool:
        own = [branch for branch in branches if branch in need.branches]
        if not own:
            return statuses.is_closed(need)
        return all(statuses.branch(need, branch) in CLOSED for branch in own)

    return snapshot.graph.blockers(task, is_closed)
