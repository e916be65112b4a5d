"""What sheets bring, as entries of the journal: one act, which one undo takes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from planner.api import ROW, after, as_one_act, new_entry
from planner_ledger.acts import entries_for

if TYPE_CHECKING:
    from planner.api import Entry, Session, Snapshot
    from planner_ledger.sheets.intake import Change, Intake


def entries_of(
    session: Session, snapshot: Snapshot, intakes: Sequence[Intake], *, by: str | None, message: str
) -> list[Entry]:
    """The entries of all sheets of a file, not recorded yet: changes first, then the new rows in their order."""
    entries = [
        _changed(session, snapshot, intake.ledger.id, change, by, message)
        for intake in intakes
        for change in intake.changes
    ]
    rows = [(intake.ledger, said) for intake in intakes for _line, said in intake.new]
    return as_one_act([*entries, *entries_for(session, snapshot, rows, by=by, message=message or None)])


def _changed(session: Session, snapshot: Snapshot, ledger: str, change: Change, by: str | None, message: str) -> Entry:
    row, cells = change.row, change.cells
    data: dict[str, Any] = {"ledger": ledger, "row": row.id, "set": _as_json(cells)}
    if message:
        data["message"] = message
    return new_entry(
        after(snapshot.now, row.entries),
        session.author if by is None else by,
        snapshot.plan.id,
        ROW,
        data,
        task=str(cells.get("task", row.task)),
        branch=str(cells.get("branch", row.branch)),
    )


def _as_json(cells: Mapping[str, str | tuple[str, ...]]) -> dict[str, Any]:
    """New values as entries keep them: None for what is emptied."""
    return {key: (list(value) if isinstance(value, tuple) else value) or None for key, value in cells.items()}
