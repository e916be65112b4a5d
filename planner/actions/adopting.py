"""After a merge: the plan's text, brought to what the edits of all copies leave.

Each place goes to what the merged journal says (see `histories`). So two copies that went separate ways end up equal,
whichever is merged into which, and a place that was missed once is made good by the next merge. A value that no edit
knows was typed by a person, and stays. What would break the plan is left out, and every difference is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from planner.actions.editing import commit, would_break
from planner.actions.histories import Edit, Place, holders, read_edits
from planner.actions.settling import Settling, name_of, not_in
from planner.i18n import _
from planner.journal.entry import UNDO, Entry, listed
from planner.plan.edit import NOTHING
from planner.plan.lock import locked
from planner.text import printable

if TYPE_CHECKING:
    from planner.session import Session

_Attempt = Callable[[frozenset[str]], tuple[bytes, list[str]]]
"""From ids of edits that are left out to the text without them, and the lines about it."""


def take_in(session: Session, plan: str, entries: Sequence[Entry]) -> tuple[list[Entry], list[str]]:
    """Add `entries` of another copy to the journal, and what they edited to the plan's text: both or neither.

    Returns the entries that are new, and one line for each change of the text and each conflict. `plan` is the id of
    the plan; entries of other plans are only added.
    """
    path = session.plan_file
    with locked(path):
        before = path.read_bytes()
        known = {entry.id: entry for entry in session.store.entries(plan=plan)}
        new = {entry.id: entry for entry in entries if entry.plan == plan and entry.id not in known}
        content, told = _adopt_all(session, before, [*known.values(), *new.values()], new)
        return commit(session, entries, before, content), told


def _adopt_all(
    session: Session, before: bytes, merged: Sequence[Entry], new: dict[str, Entry]
) -> tuple[bytes, list[str]]:
    """The text that the `merged` entries leave, and what there is to tell about it."""
    edits, damaged = read_edits(merged)
    fresh = {*new, *(id_ for entry in new.values() if entry.kind == UNDO for id_ in listed(entry.data, "entries"))}
    told = [not_in(printable(entry.task or entry.id), _("Its entry is damaged.")) for entry in damaged]

    def attempt(left_out: frozenset[str]) -> tuple[bytes, list[str]]:
        settling = Settling(session, before, fresh)
        lines = settling.settle(holders(edits, left_out))
        return settling.editor.content, lines

    content, lines = attempt(frozenset())
    if content != before and (problems := would_break(session, before, content)):
        left_out = _breaking(session, before, edits, attempt)
        reason = printable(problems[0].message)
        if left_out is None:
            return before, [*told, not_in(_("the edits of the plan"), reason)]
        content, lines = attempt(left_out)
        places = dict.fromkeys(Place(*edit.change[:3]) for edit in edits if edit.entry.id in left_out)
        told += [not_in(name_of(place), reason) for place in places]
    return content, [*told, *lines]


def _breaking(session: Session, before: bytes, edits: Sequence[Edit], attempt: _Attempt) -> frozenset[str] | None:
    """Ids of edits without which the plan is whole: removals first, then the latest. None where none are found.

    The choice hangs on the entries alone, so that both copies leave out the same.
    """
    groups: dict[tuple[Place, str], set[str]] = {}
    latest = [edit for edit in reversed(edits) if edit.counts]
    for edit in sorted(latest, key=lambda edit: bool(edit.change.key) or edit.new is not NOTHING):
        groups.setdefault((Place(*edit.change[:3]), str(edit.change.new)), set()).add(edit.entry.id)
    left_out: frozenset[str] = frozenset()
    number = len(would_break(session, before, attempt(left_out)[0]))
    for group in groups.values():
        less = len(would_break(session, before, attempt(left_out | group)[0]))
        if less < number:
            left_out, number = left_out | group, less
        if not number:
            return left_out
    return None
