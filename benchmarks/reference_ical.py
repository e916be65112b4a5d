"""The plain way to write a plan's calendars: `Component.add` for every property, then `to_ical`.

``python reference_ical.py PLAN FOLDER`` loads the plan as the planner does and writes the calendars of
`planner ical` with the usual calls of the icalendar library: the same items in the same calendars, with the
same properties. With FILE.ics in place of FOLDER it writes the one calendar of `planner export`.

It is kind to the plain way: every component is built once and shared by its calendars, and there is neither
a manifest nor a guide. Months that are too large for one file are not cut into pieces.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard

from planner.api import CalendarItem, Plan, Session, Snapshot, Window

ONE_DAY = dt.timedelta(days=1)
LONG_WINDOW = 10
WARNING = 5


class Writer:
    """Makes the events of a plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._zone = ZoneInfo(plan.timezone)
        self._stamp = dt.datetime.combine(plan.term.start, dt.time(), self._zone).astimezone(dt.UTC)
        self._place = cache(self._find_place)

    def events(self, item: CalendarItem) -> Iterator[Event]:
        """The events of an item: one, or two for a long window; none without a date."""
        days = item.days
        if days is None or item.private:
            return
        if item.kind == "decided":
            event = self._event(item, "e", item.title, "CONFIRMED")
            if item.begins is None:
                _all_day(event, days.start, days.end)
            else:
                event.add("dtstart", dt.datetime.combine(days.start, item.begins, self._zone))
                ends = dt.datetime.combine(days.end, item.ends or item.begins, self._zone)
                event.add("dtend", ends if item.ends else ends + dt.timedelta(hours=1))
            self._finish(event, item, timed=item.begins is not None)
            yield event
            return
        marker, warning, last = self._place(days)
        mark = "待确认" if days.start == days.end else f"{item.wording}·日期待定"
        event = self._event(item, "e", f"〔{mark}〕{item.title}", "TENTATIVE")
        _all_day(event, marker, marker)
        self._finish(event, item, "日历上先放在这段时间的第一个工作日，只作提示，不是定下的日子。")
        yield event
        if warning:
            title = f"〔截止〕{item.title}（{last.month}月{last.day}日前完成）"
            event = self._event(item, "d", title, "TENTATIVE")
            _all_day(event, warning, warning)
            note = f"截止提示：{warning.month}月{warning.day}日之后还有{WARNING}个工作日，最后一个工作日是{last}。"
            self._finish(event, item, note, alarms=False)
            yield event

    def _find_place(self, days: Window) -> tuple[dt.date, dt.date | None, dt.date]:
        """The day of the marker, the day that warns of the end, the last working day."""
        calendar = self._plan.calendar
        first, last = calendar.next_workday(days.start), calendar.previous_workday(days.end)
        marker = first if first in days else days.start
        last = last if last in days else days.end
        warning = calendar.shift(last, -WARNING) if days.days > LONG_WINDOW else marker
        return marker, warning if warning > marker else None, last

    def _event(self, item: CalendarItem, role: str, title: str, status: str) -> Event:
        """An event with all that does not depend on its day."""
        event = Event()
        event.add("uid", f"{role}.{item.key}@{self._plan.id}")
        event.add("dtstamp", self._stamp)
        event.add("created", self._stamp)
        event.add("last-modified", self._stamp)
        event.add("sequence", 0)
        event.add("summary", title)
        event.add("status", status)
        who = "各分工会" if len(item.branches) > 1 else self._doers(item)
        event.add("categories", [who, *self._goals(item)][:3])
        if item.place:
            event.add("location", item.place)
        return event

    def _finish(
        self, event: Event, item: CalendarItem, note: str = "", *, timed: bool = False, alarms: bool = True
    ) -> None:
        """The rest: the description and the alarms."""
        lines = [
            f"时间：{_span(item)}"
            if item.kind == "decided"
            else f"时间：{item.wording}（{_span(item)}），具体日期待定",
            f"计划原文：{item.wording}" if item.kind == "decided" else note,
            f"承办：{self._doers(item)}",
            f"目标：{'、'.join(self._goals(item))}",
            *(f"前置：{self._plan.task_by_id[need].title}" for need in item.needs),
        ]
        if item.note:
            lines.append(f"备注：{item.note}")
        event.add("description", "\n".join(lines))
        if not timed:
            event.add("transp", "TRANSPARENT")
        for remind in item.remind if alarms else ():
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", str(event["summary"]))
            early = (
                dt.timedelta(days=int(remind[:-1])) if remind.endswith("d") else dt.timedelta(hours=int(remind[:-1]))
            )
            alarm.add("trigger", -early if timed else dt.timedelta(hours=9) - early)
            event.add_component(alarm)

    def _doers(self, item: CalendarItem) -> str:
        if not item.branches:
            return "工会本部"
        if len(item.branches) == len(self._plan.branches):
            return "各分工会"
        return "、".join(self._plan.branch_by_id[branch].name for branch in item.branches)

    def _goals(self, item: CalendarItem) -> list[str]:
        return [self._plan.goal_by_id[goal].title for goal in item.goals]


def write_one(snapshot: Snapshot, file: Path) -> None:
    """The whole plan as one calendar."""
    writer = Writer(snapshot.plan)
    calendar = _calendar(snapshot.plan.title, snapshot.plan.timezone)
    for item in snapshot.calendar_items:
        for event in writer.events(item):
            calendar.add_component(event)
    file.write_bytes(calendar.to_ical())


def write_all(snapshot: Snapshot, folder: Path) -> None:
    """A calendar a month for everybody, and one a month for each branch."""
    plan, writer = snapshot.plan, Writer(snapshot.plan)
    calendars: dict[tuple[str, str], Calendar] = {}
    audiences = {"": "全部"} | {branch.id: branch.name for branch in plan.branches}
    for item in snapshot.calendar_items:
        events = list(writer.events(item))
        if not events or item.days is None:
            continue
        month = f"{item.days.start:%Y-%m}"
        for branch, name in audiences.items():
            if branch and item.branches and branch not in item.branches:
                continue
            calendar = calendars.get((name, month))
            if calendar is None:
                calendar = calendars[name, month] = _calendar(f"{name} · {plan.title} {month}", plan.timezone)
            for event in events:
                calendar.add_component(event)
    for (name, month), calendar in calendars.items():
        (folder / f"{name}-{month}.ics").write_bytes(calendar.to_ical())


def _calendar(name: str, zone: str) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//planner//reference//ZH")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone)
    calendar.add("color", "firebrick")
    calendar.add("x-apple-calendar-color", "#B22222")
    standard = TimezoneStandard()
    standard.add("dtstart", dt.datetime(1970, 1, 1))  # noqa: DTZ001 - local time, as the format wants it
    standard.add("tzoffsetfrom", dt.timedelta(hours=8))
    standard.add("tzoffsetto", dt.timedelta(hours=8))
    standard.add("tzname", "CST")
    timezone = Timezone()
    timezone.add("tzid", zone)
    timezone.add_component(standard)
    calendar.add_component(timezone)
    return calendar


def _all_day(event: Event, first: dt.date, last: dt.date) -> None:
    event.add("dtstart", first)
    event.add("dtend", last + ONE_DAY)


def _span(item: CalendarItem) -> str:
    """The days in words."""
    assert item.days is not None
    first, last = item.days
    start = f"{first.year}年{first.month}月{first.day}日"
    return start if first == last else f"{start}至{last.month}月{last.day}日"


def main() -> None:
    """Load the plan, write its calendars."""
    environ = {**os.environ, "PLANNER_PLAN": sys.argv[1]}
    session = Session(warn=lambda line: print(line, file=sys.stderr), environ=environ)
    target = Path(sys.argv[2])
    write = write_one if target.suffix == ".ics" else write_all
    write(session.snapshot(), target)


if __name__ == "__main__":
    main()
