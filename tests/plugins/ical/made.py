"""Plans and calendars for these tests: a plan is written as text and loaded as users' plans are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import icalendar

from planner.api import CalendarItem, Plan, Revisions, Session, Snapshot, TaskGraph, load_plan
from planner.journal.entry import REVISION, STATUS, Entry, new_entry
from planner.journal.revision import revisions
from planner.journal.store import MemoryStore
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


NOW = datetime(2023, 2, 28, 1, 2, 3, tzinfo=UTC)
"""When these tests take place, unless they say so."""


def snapshot_of(plan: Plan, journal: Iterable[Entry] = ()) -> Snapshot:
    """A plan with what has happened."""
    complaints: list[str] = []
    session = Session(complaints.append, {"PLANNER_PLUGINS": "ical"})
    session.store = MemoryStore(journal)
    snapshot = session.snapshot_of(plan, TaskGraph(plan.tasks))
    assert snapshot.calendar_items is not None
    assert not complaints
    return snapshot


def items_of(plan: Plan, journal: Iterable[Entry] = ()) -> tuple[CalendarItem, ...]:
    """What belongs into calendars, as the program collects it."""
    return snapshot_of(plan, journal).calendar_items


def revisions_of(
    plan: Plan, journal: Iterable[Entry] = (), now: datetime = NOW, items: Sequence[CalendarItem] | None = None
) -> Revisions:
    """What people have been told of a plan according to `journal`, and what they have not."""
    entries = list(journal)
    told = [entry for entry in entries if entry.kind == REVISION]
    return revisions(items_of(plan, entries) if items is None else items, told, now, plan)


def tell(plan: Plan, journal: list[Entry], now: datetime = NOW, branches: Sequence[str] | None = None) -> list[Entry]:
    """The journal after people, or only the `branches`, have been told of a plan as it is."""
    found = revisions_of(plan, journal, now)
    return journal + [
        new_entry(found.now, "test", plan.id, REVISION, data, task=task, branch=branch)
        for data, task, branch in found.pending(branches)
    ]


def marked(plan: Plan, task: str, status: str, occurrence: str | None = None, at: datetime = NOW) -> Entry:
    """Somebody marks a task, or one occurrence of it."""
    data = {"status": status, "branches": list(plan.task_by_id[task].branches)}
    return new_entry(at, "test", plan.id, STATUS, data, task=task, occurrence=occurrence)


def feeds_of(
    plan: Plan,
    profile: str = "events",
    branches: Sequence[str] = (),
    items: Sequence[CalendarItem] | None = None,
    *,
    journal: Iterable[Entry] = (),
    now: datetime = NOW,
    keep_cancelled: bool = False,
) -> dict[str, Feed]:
    """The plan's files by their names."""
    entries = list(journal)
    shown = items_of(plan, entries) if items is None else items
    settings = settings_of(plan, profile, keep_cancelled=keep_cancelled)
    feeds = make_feeds(plan, shown, revisions_of(plan, entries, now, shown), settings, branches)
    return {feed.name: feed for feed in feeds}


def whole(plan: Plan, profile: str = "events", items: Sequence[CalendarItem] | None = None, **more: Any) -> bytes:
    """The file of the whole plan."""
    return feeds_of(plan, profile, items=items, **more)["全部.ics"].content


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
