"""What sheets bring, as entries of the journal: one act, which one undo takes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.api import as_one_act
from planner_ledger.acts import change_entry, entries_for

if TYPE_CHECKING:
    from planner.api import Entry, Session, Snapshot
    from planner_ledger.sheets.intake import Intake


def entries_of(
    session: Session, snapshot: Snapshot, intakes: Sequence[Intake], *, by: str | None, message: str
) -> list[Entry]:
    """The entries of all sheets of a file, not recorded yet: changes first, then the new rows in their order."""
    entries = [
        change_entry(session, snapshot, change.row, change.cells, by, message)
        for intake in intakes
        for change in intake.changes
    ]
    rows = [(intake.ledger, said) for intake in intakes for _line, said in intake.new]
    return as_one_act([*entries, *entries_for(session, snapshot, rows, by=by, message=message or None)])
