"""Taking back, and taking that back again: an undo is one more entry, and an edit of the plan is turned round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from planner.actions.editing import change_of, commit
from planner.actions.histories import Edit, Place, are_concurrent, holders, read_edits
from planner.actions.settling import Settling
from planner.errors import PlanError, UsageError
from planner.i18n import _
from planner.journal.entry import ACTS, EDIT, REVISION, UNDO, Entry, after, new_entry, undone
from planner.plan.edit import NOTHING, Change, PlanEditor
from planner.plan.lock import locked
from planner.plan.toml_source import same
from planner.snapshot import Snapshot
from planner.views.journal import SIGNS

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
    """The entry with the id `sign`, or the end of it as `planner log` shows it, which may be cut. Raises UsageError."""
    wanted = sign.strip().lower()
    found = [e for e in entries if len(wanted) > 3 and (e.id.endswith(wanted) or e.id[-SIGNS:].startswith(wanted))]
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
    with locked(path, session.patience):
        before = path.read_bytes()
        commit(session, [entry], before, _turn(session, before, [*known, entry], forth, back))
    return entry


def _turn(session: Session, before: bytes, entries: Sequence[Entry], forth: list[Entry], back: list[Entry]) -> bytes:
    """The text in which the edits `back` are taken back and those `forth` are made again; `entries` end with the undo.

    Values to which several copies contributed go to what the rest of the edits leave. Raises PlanError where the text
    no longer holds what the edits left there.
    """
    merged = _merged_values(session, before, entries, {entry.id for entry in (*forth, *back)})
    changes = [change.inverse for edit in reversed(back) if (change := change_of(edit))]
    changes += [change for edit in forth if (change := change_of(edit))]
    try:
        exact = _apply(session, before, changes)
    except PlanError:
        if not merged:
            raise
    else:
        settling = Settling(session, exact, set())
        if all(settling.is_settled(place, edits) for place, edits in merged.items()):
            return exact
    others = _apply(session, before, [change for change in changes if Place(*change[:3]) not in merged])
    settling = Settling(session, others, set())
    for place, edits in merged.items():
        settling.write(place, edits)
    return settling.editor.content


def _apply(session: Session, before: bytes, changes: Iterable[Change]) -> bytes:
    """The text with recorded changes made in it, each byte for byte; what a merge left out needs none."""
    editor = PlanEditor(before, str(session.plan_file))
    with editor.batch():
        for change in changes:
            if not _is_made(editor, change):
                editor.apply(change)
    return editor.content


def _is_made(editor: PlanEditor, change: Change) -> bool:
    """Whether the text is as `change` would leave it."""
    holder = editor.get(*change[:2])
    if not change.key:
        return (holder is None) == (change.new is None)
    return same((holder or {}).get(change.key, NOTHING), change.new_value)


def _merged_values(
    session: Session, before: bytes, entries: Sequence[Entry], turned: set[str]
) -> dict[Place, Sequence[Edit]]:
    """The values that the `turned` edits concern and that stand as the edits of several copies left them.

    That is where one edit did not begin with what the one before it had left.
    """
    settling, edits = Settling(session, before, set()), read_edits(entries)[0]
    earlier = {place: each for holder in holders(read_edits(entries[:-1])[0]) for place, each in holder.values.items()}
    found = {}
    for holder in holders(edits):
        for place, each in holder.values.items():
            is_meant = any(edit.entry.id in turned for edit in each) and place in earlier
            if is_meant and are_concurrent(each) and settling.is_settled(place, earlier[place]):
                found[place] = each
    return found


def _turned(entries: Iterable[Entry], before: set[str], now: set[str]) -> tuple[list[Entry], list[Entry]]:
    """The edits that count again, and those that count no more."""
    edits = [entry for entry in entries if entry.kind == EDIT]
    again = [entry for entry in edits if entry.id in before and entry.id not in now]
    return again, [entry for entry in edits if entry.id not in before and entry.id in now]
