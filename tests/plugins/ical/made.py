"""Plans and calendars for these tests: a plan is written as text and loaded as users' plans are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import icalendar

from planner.api import CalendarItem, Plan, Session, TaskGraph, load_plan
from planner_ical.feeds import Feed, make_feeds
from planner_ical.settings import SCHEMA, settings_of

HEAD = """
id = "{id}"
title = "2022—2023 学年第二学期工会工作计划"
organization = "示例学校工会"

[term]
start = 2023-02-01
end = 2023-08-31
week1 = 2023-02-13
teaching-end = 2023-06-30

[[goals]]
id = "activities"
title = "文体活动"

[[branches]]
id = "mechanical"
name = "机电分工会"

[[branches]]
id = "economics"
name = "经管分工会"
"""


def read_plan(folder: Path, tasks: str, *, plan_id: str = "2023-spring-k3f9", head: str = HEAD) -> Plan:
    """The plan with these tasks."""
    path = folder / "plan.toml"
    path.write_text(head.replace("{id}", plan_id) + tasks, encoding="utf-8")
    loading = load_plan(path, {"ical": SCHEMA})
    assert loading.plan is not None, loading.diagnostics
    assert loading.is_usable, loading.diagnostics
    return loading.plan


def items_of(plan: Plan) -> tuple[CalendarItem, ...]:
    """What belongs into calendars, as the program collects it."""
    complaints: list[str] = []
    session = Session(complaints.append, {"PLANNER_PLUGINS": "ical"})
    items = session.snapshot_of(plan, TaskGraph(plan.tasks)).calendar_items
    assert not complaints
    return items


def feeds_of(
    plan: Plan,
    profile: str = "events",
    branches: Sequence[str] = (),
    items: Sequence[CalendarItem] | None = None,
) -> dict[str, Feed]:
    """The plan's files by their names."""
    feeds = make_feeds(plan, items_of(plan) if items is None else items, settings_of(plan, profile), branches)
    return {feed.name: feed for feed in feeds}


def whole(plan: Plan, profile: str = "events", items: Sequence[CalendarItem] | None = None) -> bytes:
    """The file of the whole plan."""
    return feeds_of(plan, profile, items=items)["全部.ics"].content


def parts(content: bytes) -> dict[str, Any]:
    """Events and to-dos of a file by their UIDs, read by icalendar."""
    found = [part for part in icalendar.Calendar.from_ical(content).walk() if part.name in ("VEVENT", "VTODO")]
    assert not any(part.errors for part in found)
    by_uid = {str(part["UID"]): part for part in found}
    assert len(by_uid) == len(found), "two components with one UID"
    return by_uid


def only(content: bytes) -> Any:
    """The one event or to-do of a file."""
    (part,) = parts(content).values()
    return part


def logical_lines(content: bytes) -> list[str]:
    """Unfolded content lines."""
    return content.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]
