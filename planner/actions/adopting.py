"""After a merge: the other copy's edits of the plan, brought into this copy's text.

Each value goes to what the last edit of either copy left there. So two copies that both rescheduled end up equal,
whichever is merged into which; a value that no edit knows was typed by a person, and stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from planner.actions.editing import change_of, commit
from planner.errors import PlanError
from planner.i18n import _
from planner.journal.entry import EDIT, UNDO, Entry, undone
from planner.plan.edit import NOTHING, Change, PlanEditor
from planner.plan.lock import locked
from planner.text import printable

if TYPE_CHECKING:
    from planner.session import Session


class _Place(NamedTuple):
    table: str
    id: str
    key: str
    """"" for the entry itself."""


def take_in(session: Session, plan: str, entries: Sequence[Entry]) -> tuple[list[Entry], list[str]]:
    """Add `entries` of another copy to the journal, and what they edited to the plan's text: both or neither.

    Returns the entries that are new, and one line for each change of the text and each conflict. `plan` is the id of
    the plan; entries of other plans are only added.
    """
    path = session.plan_file
    with locked(path):
        before = path.read_bytes()
        known = {entry.id: entry for entry in session.store.entries(plan=plan)}
        new = [entry for entry in entries if entry.plan == plan and entry.id not in known]
        editor = PlanEditor(before, str(path))
        told = _adopt_all(editor, sorted([*known.values(), *new], key=lambda entry: entry.order), new)
        return commit(session, entries, before, editor.content), told


def _adopt_all(editor: PlanEditor, merged: Sequence[Entry], new: Iterable[Entry]) -> list[str]:
    """Bring everything that the `new` ones among the `merged` entries edited, or took back, to its last state."""
    changes = {entry.id: change for entry in merged if entry.kind == EDIT and (change := change_of(entry))}
    touched = {id_ for entry in new for id_ in (entry.id, *_targets(entry))}
    places = dict.fromkeys(_place(change) for id_, change in changes.items() if id_ in touched)
    gone = undone(merged) if places else set()
    told: list[str] = []
    for place in sorted(places, key=lambda p: bool(p.key)):  # whole entries first: they hold the values
        history = [(id_ not in gone, change) for id_, change in changes.items() if _place(change) == place]
        told += _adopt(editor, place, history)
    return told


def _targets(entry: Entry) -> tuple[str, ...]:
    return tuple(entry.data.get("entries", ())) if entry.kind == UNDO else ()


def _place(change: Change) -> _Place:
    return _Place(change.table, change.id, change.key)


def _adopt(editor: PlanEditor, place: _Place, history: list[tuple[bool, Change]]) -> list[str]:
    """Bring one place to what `history` (whether it counts, and the change; in order) left there."""
    name = printable(" ".join(filter(None, place)))
    last = next((change for counts, change in reversed(history) if counts), None)
    last = last or history[0][1].inverse
    try:
        done = _adopt_entry(editor, last) if not place.key else _adopt_value(editor, place, last, history)
    except PlanError as error:
        return [_("Not brought in: {name}. {reason}").format(name=name, reason=error.message)]
    return [_("Brought into the plan: {name}").format(name=name)] if done else []


def _adopt_entry(editor: PlanEditor, last: Change) -> bool:
    present = editor.get(last.table, last.id) is not None
    if present == (last.new is not None):
        return False
    editor.apply(last)
    return True


def _adopt_value(editor: PlanEditor, place: _Place, last: Change, history: list[tuple[bool, Change]]) -> bool:
    holder = editor.get(place.table, place.id)
    if holder is None:
        return False
    now, wanted = holder.get(place.key, NOTHING), last.new_value
    if now == wanted:
        return False
    known = [value for _counts, change in history for value in (change.old_value, change.new_value)]
    if now not in known:
        message = _("The plan has a value there that no entry of the journal knows; it was left as it is.")
        raise PlanError(message)
    if wanted is NOTHING:
        editor.unset(place.table, place.id, place.key)
    else:
        editor.set(place.table, place.id, place.key, wanted)
    return True
