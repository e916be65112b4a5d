"""`planner undo`: take back the last act, or any entry of the journal."""

from __future__ import annotations

from collections.abc import Sequence

import click

from planner.actions.editing import editing
from planner.actions.undoing import find_entry, last_act, undo as take_back, whole_act
from planner.i18n import _, ngettext
from planner.journal.entry import ACTS, Entry, undone
from planner.journal.lines import entry_json
from planner.output import echo, echo_json
from planner.session import Session
from planner.snapshot import Snapshot
from planner.views.journal import short_id, what, whom

_SHOWN = 10


@click.command(
    help=_(
        "Take back the last thing that you did, or the entries named (ids as `planner log` shows them). "
        "An undo can be taken back too. Edits of the plan are turned round in its text."
    )
)
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--by", metavar="NAME", help=_("Who did it; else the name of this computer's user"))
@click.pass_obj
def undo(session: Session, ids: Sequence[str], by: str | None) -> None:
    """Record an undo."""
    with editing(session) as snapshot:
        known = list(session.store.entries(plan=snapshot.plan.id))
        author = session.author if by is None else by
        acts = [whole_act(find_entry(id_, known), known) for id_ in ids] or [last_act(known, author)]
        targets = list({entry.id: entry for act in acts for entry in act}.values())
        before = undone(known)
        entry = take_back(session, snapshot, targets, by=by)
    if session.json:
        echo_json(entry_json(entry))
        return
    _tell(_("Taken back {id}: {what}  {whom}"), targets, snapshot)
    again = before - undone([*known, entry])
    restored = [e for e in known if e.id in again and e.kind in ACTS]
    _tell(_("Counts again {id}: {what}  {whom}"), restored, snapshot)
    echo(_("To take that back in turn: planner undo {id}").format(id=short_id(entry)))


def _tell(text: str, entries: Sequence[Entry], snapshot: Snapshot) -> None:
    """A line for each entry; of an act that made thousands, as reading a sheet does, the first ones and how many."""
    for entry in entries[:_SHOWN]:
        said = {"id": short_id(entry), "what": what(entry, snapshot=snapshot), "whom": whom(entry, snapshot.plan)}
        echo(text.format(**said).rstrip())
    if left := len(entries[_SHOWN:]):
        echo(ngettext("and {n} more entry", "and {n} more entries", left).format(n=left))
