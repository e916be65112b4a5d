"""Days and times in Chinese, as calendars and notes say them, whatever language the program speaks."""

from __future__ import annotations

import calendar as months
from datetime import date, time

from planner.dates.term import Term
from planner.dates.window import Window

_MONTHS = ("一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月")
_WEEKDAYS = "一二三四五六日"


def long_day(value: date) -> str:
    """2023年6月16日（星期五）."""
    return f"{value.year}年{day_of_week(value)}"


def day_of_week(value: date) -> str:
    """6月16日（星期五）."""
    return f"{short_day(value)}（星期{_WEEKDAYS[value.weekday()]}）"


def short_day(value: date) -> str:
    """6月30日."""
    return f"{value.month}月{value.day}日"


def long_days(window: Window) -> str:
    """2023年3月6日至12日; what both ends share is said once."""
    start, end = window
    if start == end:
        return long_day(start)
    year = f"{end.year}年" if end.year != start.year else ""
    month = f"{end.month}月" if year or end.month != start.month else ""
    return f"{start.year}年{start.month}月{start.day}日至{year}{month}{end.day}日"


def short_days(window: Window) -> str:
    """3月6日至12日."""
    return short_day(window.start) if window.start == window.end else long_days(window).partition("年")[2]


def window_name(window: Window, term: Term) -> str:
    """A window in few words: 三月, 本学期, 3月6日至12日, 3月8日."""
    start, end = window
    if start == end:
        return short_day(start)
    if window == term.window:
        return "全年" if term.is_calendar_year else "本学期"
    if start.day == 1 and end.day == months.monthrange(end.year, end.month)[1] and start.year == end.year:
        first, last = _MONTHS[start.month - 1], _MONTHS[end.month - 1]
        return first if first == last else f"{first}至{last}"
    return short_days(window)


def appointment(window: Window, begins: time | None, ends: time | None) -> str:
    """Decided days without the year: 3月8日（星期三）14:00—16:00, 5月18日至19日, 3月8日（星期三）14:00开始."""
    start, end = window
    if begins is None:
        return day_of_week(start) if start == end else short_days(window)
    if ends is None:
        last = "" if start == end else f"至{day_of_week(end)}"
        return f"{day_of_week(start)}{begins:%H:%M}开始{last}"
    if start == end:
        return f"{day_of_week(start)}{begins:%H:%M}—{ends:%H:%M}"
    return f"{day_of_week(start)}{begins:%H:%M}至{day_of_week(end)}{ends:%H:%M}"
