"""`planner export -o FILE.ics`: the whole plan as one calendar file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner_ical.feeds import one_calendar
from planner_ical.settings import settings_of

if TYPE_CHECKING:
    from planner.api import Snapshot


def export(snapshot: Snapshot) -> bytes:
    """The calendar file of a snapshot: events, which every calendar program reads."""
    settings = settings_of(snapshot.plan, profile="events")
    return one_calendar(snapshot.plan, snapshot.calendar_items, snapshot.revisions, settings)
