"""The way of a row through the stages of its ledger: where it stands, and how it came there."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from planner_ledger.rows import changes_of

if TYPE_CHECKING:
    from planner.api import Entry
    from planner_ledger.model import Ledger, Stage
    from planner_ledger.rows import Row


def stage_of(row: Row, ledger: Ledger) -> Stage | None:
    """Where a row stands; None in a ledger without stages, and where its stage is no longer one of them."""
    if not row.stage:
        return ledger.stages[0] if ledger.stages else None
    return ledger.stage_by_id.get(row.stage)


def stages_gone_through(row: Row, ledger: Ledger) -> list[tuple[str, Entry]]:
    """The stages at which a row has stood, in order, each with the entry that brought it there."""
    first = row.entries[0]
    said = [
        (stage, entry)
        for entry in row.entries
        for key, stage in changes_of(entry)
        if key == "stage" and isinstance(stage, str) and stage
    ]
    if ledger.stages and (not said or said[0][1] is not first):
        return [(ledger.stages[0].id, first), *said]
    return said


def returns(row: Row, ledger: Ledger) -> list[Entry]:
    """The entries by which a row went back to an earlier stage (重新办理), in order."""
    places = {stage.id: place for place, stage in enumerate(ledger.stages)}
    steps = [(places.get(stage, -1), entry) for stage, entry in stages_gone_through(row, ledger)]
    return [entry for (before, _e), (now, entry) in pairwise(steps) if -1 < now < before]
