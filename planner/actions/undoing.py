"""Taking back, and taking that back again: an undo is one more entry, and an edit of the plan is turned round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from planner.actions.editing import change_of, commit
from planner.errors import UsageError
from planner.i18n import _
from planner.journal.entry import ACTS, EDIT, REVISION, UNDO, Entry, after, new_entry, undone
from planner.plan.edit import PlanEditor
from planner.plan.lock import locked
from planner.snapshot import Snapshot

if TYPE_CHECKING:
    from planner.session import Session


def last_act(entries: Iterable[Entry], author: str) -> list[Entry]:
    """All entries of the last act of `author` that still counts. Raises UsageError where there is none."""
    known = list(entries)
    gone = undone(known)
    mine = [e for e in known if e.kind in ACTS and e.author == author and e.id not in gone]
    if not mine:
        message = _("There is nothing of {author} to take back.").format(author=author or "—")
        raise UsageError(message, _("`planner log` lists all entries; name one: planner undo ID"))
    return whole_act(mine[-1], known)


def whole_act(entry: Entry, entries: Iterable[Entry]) -> list[Entry]:
    """All entries of the act that `entry` belongs to, in order."""
    first = entry.data.get("act", entry.id)
    return [e for e in entries if e.id == first or (e.data.get("act") == first and e.kind != UNDO)]


def find_entry(sign: str, entries: Iterable[Entry]) -> Entry:
    """The entry whose id ends (or begins) with `sign`, as `planner log` shows it. Raises UsageError."""
    wanted = sign.strip().lower()
    found = [e for e in entries if wanted and (e.id.endswith(wanted) or e.id.startswith(wanted))]
    if len(found) == 1:
        return found[0]
    message = _("There are several entries {id}.") if found else _("There is no entry {id}.")
    raise UsageError(message.format(id=sign), _("`planner log` shows the ids."))


def undo(session: Session, snapshot: Snapshot, targets: Sequence[Entry], *, by: str | None = None) -> Entry:
    """Take back `targets`; among them may be undos. Returns the new entry.

    Raises UsageError where something cannot be taken back or is already, PlanError where the plan's text no longer
    holds what an edit left there.
    """
    known = list(session.store.entries(plan=snapshot.plan.id))
    gone = undone(known)
    for target in targets:
        if target.kind not in (*ACTS, UNDO):
            raise UsageError(_("What people were told cannot be taken back: {id}.").format(id=target.id[-8:]))
        if target.id in gone:
            raise UsageError(_("{id} is taken back already.").format(id=target.id[-8:]))
    tasks = {target.task for target in targets}
    entry = new_entry(
        after(snapshot.now, [entry for entry in known if entry.task in tasks and entry.kind != REVISION]),
        session.author if by is None else by,
        snapshot.plan.id,
        UNDO,
        {"entries": [target.id for target in targets]},
        task=tasks.pop() if len(tasks) == 1 else "",
    )
    forth, back = _turned(known, gone, undone([*known, entry]))
    if not forth and not back:
        session.record([entry])
        return entry
    path = session.plan_file
    with locked(path):
        before = path.read_bytes()
        editor = PlanEditor(before, str(path))
        for edit in reversed(back):
            if change := change_of(edit):
                editor.apply(change.inverse)
        for edit in forth:
            if change := change_of(edit):
                editor.apply(change)
        commit(session, [entry], before, editor.content)
    return entry


def _turned(entries: Iterable[Entry], before: set[str], now: set[str]) -> tuple[list[Entry], list[Entry]]:
    """The edits that count again, and those that count no more."""
    edits = [entry for entry in entries if entry.kind == EDIT]
    again = [entry for entry in edits if entry.id in before and entry.id not in now]
    return again, [entry for entry in edits if entry.id not in before and entry.id in now]
