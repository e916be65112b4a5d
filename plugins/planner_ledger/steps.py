"""What a row needs before it can stand at a stage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from planner_ledger.conditions import conditions_words, fulfils
from planner_ledger.rows import changes_of
from planner_ledger.stages import stages_gone_through
from planner_ledger.typed import key_name

if TYPE_CHECKING:
    from planner_ledger.model import Ledger, Stage
    from planner_ledger.rows import Row


def gaps(row: Row, ledger: Ledger, stage: Stage, new: Mapping[str, str]) -> list[str]:
    """What the stage needs and the row, with the values `new`, does not have; in words.

    Of a row that comes to a stage again (重新办理) the needs must be filled anew: the old answer is not the new one.
    """
    then = row._replace(values={key: text for key, text in {**row.values, **new}.items() if text})
    missing = [key for key in stage.needs if not then.text(ledger.column_by_id[key])]
    fresh = _filled_since_return(row, ledger, stage)
    if fresh is not None:
        missing = [key for key in stage.needs if key in missing or key not in fresh | new.keys()]
    names = [key_name(key, ledger) for key in missing]
    if stage.when and not missing and not any(fulfils(then, one, ledger) for one in stage.when):
        names.append(conditions_words(stage.when, ledger, named=True))
    return names


def _filled_since_return(row: Row, ledger: Ledger, stage: Stage) -> set[str] | None:
    """The keys that were filled since the row went back behind a stage at which it had stood; None: it did not."""
    way = stages_gone_through(row, ledger)
    places = {known.id: place for place, known in enumerate(ledger.stages)}
    last = max((n for n, (id_, _entry) in enumerate(way) if id_ == stage.id), default=None)
    if last is None:
        return None
    back = next((e for id_, e in way[last + 1 :] if places.get(id_, 0) < places[stage.id]), None)
    if back is None:
        return None
    later = row.entries[row.entries.index(back) :]
    return {key for entry in later for key, value in changes_of(entry) if value}
