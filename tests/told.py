"""People are told of calendar items, without files: for the tests of what is remembered of that."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from planner.dates.window import Window
from planner.journal.entry import REVISION, Entry, new_entry
from planner.journal.revision import Revisions, revisions
from planner.plan.load import load_plan
from planner.plan.model import Plan
from planner.snapshot import CalendarItem

MARCH = Window(date(2023, 3, 1), date(2023, 3, 31))
WOMENS_DAY = Window(date(2023, 3, 8), date(2023, 3, 8))
MONDAY = datetime(2023, 2, 27, 8, 30, 15, 123456, tzinfo=UTC)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
ITEM = CalendarItem("trip", "一日游", "window", MARCH, wording="三月", task="trip", place="太湖")
FOR_A = replace(ITEM, branches=("a",))

Items = Sequence[CalendarItem]
Read = Callable[[str], Plan]
"""Gives the plan with these tables."""


def compared(items: Items, journal: Sequence[Entry], now: datetime, plan: Plan | None = None) -> Revisions:
    return revisions(items, sorted(journal, key=lambda entry: entry.order), now, plan)


def tell(
    items: Items, journal: Sequence[Entry], now: datetime, branches: Sequence[str] | None = None, **more: Any
) -> list[Entry]:
    """The journal after an export. Entries go through JSON, as every store keeps them."""
    found = compared(items, journal, now, **more)
    told = [
        new_entry(found.now, "chair", "plan", REVISION, json.loads(json.dumps(data)), task=task, branch=branch)
        for data, task, branch in found.pending(branches)
    ]
    return [*journal, *told]


def seconds(instant: datetime) -> datetime:
    return instant.replace(microsecond=0)


def loaded(path: Path) -> Plan:
    plan = load_plan(path, {}).plan
    assert plan is not None
    return plan
