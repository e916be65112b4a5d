"""The lines of a component that say when, and those of its alarms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from planner_ical.identity import ZONE, utc

if TYPE_CHECKING:
    from planner.api import CalendarItem, Window

_ONE_DAY = timedelta(days=1)
_REMIND = re.compile(r"(\d{1,3})([dh])")
_MORNING = time(9)
"""When the alarms of items without a time of day ring, on an earlier day."""
_MOST_ALARMS = 2


class When(NamedTuple):
    """The content lines that say when (complete, never longer than a line may be)."""

    lines: str
    is_timed: bool


NO_DATE = When("", is_timed=False)


@lru_cache(maxsize=4096)
def all_day(first: date, last: date) -> When:
    """Whole days. DTEND is the day after the last one and always written (RFC 5545 3.6.1: it is not inclusive)."""
    end = last + _ONE_DAY
    return When(f"DTSTART;VALUE=DATE:{_date(first)}\r\nDTEND;VALUE=DATE:{_date(end)}\r\n", is_timed=False)


def event_time(item: CalendarItem, days: Window, zone: str, minutes: int) -> When:
    """The time of an event whose day is decided.

    Without an end RFC 5545 3.6.1 lets an event end the moment it begins; calendars then show a hair line, or refuse
    the event. So it gets `minutes`, and its description says that the end is not decided.
    """
    if item.begins is None:
        return all_day(days.start, days.end)
    start = datetime.combine(days.start, item.begins)
    end = datetime.combine(days.end, item.ends) if item.ends else start
    if end <= start:
        end = datetime.combine(days.end, item.begins) + timedelta(minutes=minutes)
    return When(f"DTSTART;TZID={zone}:{_time(start)}\r\nDTEND;TZID={zone}:{_time(end)}\r\n", is_timed=True)


def todo_time(item: CalendarItem, zone: str) -> When:
    """The time of a to-do: due on its last day, or when it begins.

    DTSTART is left out on a single day: DUE must be later than DTSTART (RFC 5545 3.8.2.3), and clients shift or
    refuse what is not.
    """
    if item.days is None:
        return NO_DATE
    if item.kind == "decided" and item.begins:
        return When(f"DUE;TZID={zone}:{_time(datetime.combine(item.days.start, item.begins))}\r\n", is_timed=True)
    start = f"DTSTART;VALUE=DATE:{_date(item.days.start)}\r\n" if item.days.start != item.days.end else ""
    return When(f"{start}DUE;VALUE=DATE:{_date(item.days.end)}\r\n", is_timed=False)


def event_triggers(remind: Sequence[str], *, is_timed: bool) -> list[str]:
    """TRIGGER lines relative to the start, at most two (RFC 5545 3.8.6.3).

    An all-day event starts at midnight: "1d" before is 09:00 on the day before, and so is "2h", because an alarm must
    not ring at night. None comes after the start: Outlook would turn it into one before.
    """
    if not remind:
        return []
    if is_timed:
        return _first_two(
            f"TRIGGER:-P{count}D" if unit == "d" else f"TRIGGER:-PT{count}H" for count, unit in _reminders(remind)
        )
    days = (_whole_days(count, unit) for count, unit in _reminders(remind))
    rest = 24 - _MORNING.hour
    return _first_two(f"TRIGGER:-P{n - 1}DT{rest}H" if n > 1 else f"TRIGGER:-PT{rest}H" for n in days)


def todo_triggers(remind: Iterable[str], item: CalendarItem) -> list[str]:
    """TRIGGER lines at instants in UTC, at most two: to-do programs disagree on what a relative one counts from.

    VALUE=DATE-TIME must be said (RFC 5545 3.8.6.3); without it some readers lose all that follows.
    """
    if item.days is None:
        return []
    if item.kind == "decided" and item.begins:
        due = datetime.combine(item.days.start, item.begins, ZONE)
        instants = (due - timedelta(**{"days" if unit == "d" else "hours": n}) for n, unit in _reminders(remind))
    else:
        morning = datetime.combine(item.days.end, _MORNING, ZONE)
        instants = (morning - timedelta(days=_whole_days(n, unit)) for n, unit in _reminders(remind))
    return _first_two(f"TRIGGER;VALUE=DATE-TIME:{utc(instant)}" for instant in instants)


def _reminders(remind: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Count and unit of each: 7 and d. What has another form is passed over."""
    return ((int(match[1]), match[2]) for text in remind if (match := _REMIND.fullmatch(text)) and int(match[1]))


def _whole_days(count: int, unit: str) -> int:
    return count if unit == "d" else -(-count // 24)


def _first_two(triggers: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(triggers))[:_MOST_ALARMS]


def _date(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _time(moment: datetime) -> str:
    return f"{_date(moment)}T{moment.hour:02}{moment.minute:02}{moment.second:02}"
