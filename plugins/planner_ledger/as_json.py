"""Rows, and what ledgers are made of, as data for other programs: see docs/json.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.api import quantity_text
from planner_ledger.conditions import goals_of, row_days
from planner_ledger.fitting import misfits
from planner_ledger.stages import returns, stage_of
from planner_ledger.values import quantity_of

if TYPE_CHECKING:
    from planner.api import Quantity, Snapshot
    from planner_ledger.model import Column, Ledger, Stage
    from planner_ledger.rows import Row


def quantity_json(quantity: Quantity) -> dict[str, str]:
    """A quantity as data: the exact number as text, its unit, how exact it is, and all that as it is kept."""
    return {
        "number": str(quantity.number),
        "unit": quantity.unit,
        "about": quantity.about,
        "text": quantity_text(quantity),
    }


def column_json(column: Column) -> dict[str, Any]:
    """A column as data; no default is null."""
    keys = ("id", "name", "type", "units", "choices", "open", "required", "private")
    return {**{key: getattr(column, key) for key in keys}, "default": column.default or None}


def stage_json(stage: Stage) -> dict[str, Any]:
    """A stage as data, with the ids of the stages after it and of the columns that it needs."""
    return {"id": stage.id, "name": stage.name, "next": stage.next, "needs": stage.needs}


def row_json(row: Row, ledger: Ledger, snapshot: Snapshot) -> dict[str, Any]:
    """A row with its canonical texts, and what they mean as far as they fit the ledger."""
    plan = snapshot.plan
    days, stage = row_days(row, ledger, plan.term), stage_of(row, ledger)
    quantities = {c.id: quantity for c in ledger.columns if (quantity := quantity_of(row.text(c), c))}
    return {
        "id": row.id,
        "ledger": row.ledger,
        "task": row.task or None,
        "branch": row.branch or None,
        "goals": list(goals_of(row, ledger, plan)),
        "stage": (stage.id if stage else row.stage) or None,
        "returns": len(returns(row, ledger)),
        "into": row.into or None,
        "values": dict(row.values),
        "quantities": {key: quantity_json(quantity) for key, quantity in quantities.items()},
        "days": [str(days.start), str(days.end)] if days else None,
        "misfits": [misfit._asdict() for misfit in misfits(row, ledger, plan)],
        "time": row.entries[0].time,
        "author": row.entries[0].author,
    }
