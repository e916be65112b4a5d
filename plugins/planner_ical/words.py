"""The Chinese texts inside calendars: content for their readers, whatever language the program speaks."""

from __future__ import annotations

import calendar as months
from datetime import date, time

from planner.api import CalendarItem, Quota, Term, Window, printable, shorten

WHOLE = "全部"
WHOLE_AUDIENCE = "校工会"
OFFICE = "工会本部"
EVERY_BRANCH = "各分工会"
SOME_BRANCHES = "分工会"
UNDATED = "无日期"
MOST_TITLE = 100
"""Characters of a SUMMARY."""

_MONTHS = ("一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月")
_WEEKDAYS = "一二三四五六日"
_EVERY = {"week": "每周", "month": "每月", "quarter": "每季度", "semester": "每学期", "year": "每年"}

MARKER_NOTE = {
    "window": "日历上先放在这段时间的第一个工作日，只作提示，不是定下的日子。",
    "slot": "日历上先放在这段时间快结束的时候，只作提示，不是定下的日子。",
}
DAY_OFF_NOTE = "这段时间没有工作日，日历上先放在这段时间的第一天，只作提示，不是定下的日子。"
UNCONFIRMED_NOTE = "这一天由计划原文推算，还没有最后确认。"
PROVISIONAL_NOTE = "这一年的放假安排尚未公布，日期可能随之调整。"


def day(value: date) -> str:
    """2023年6月16日（星期五）."""
    return f"{value.year}年{value.month}月{value.day}日（星期{_WEEKDAYS[value.weekday()]}）"


def days(window: Window) -> str:
    """2023年3月6日至12日; what both ends share is said once."""
    start, end = window
    if start == end:
        return day(start)
    year = f"{end.year}年" if end.year != start.year else ""
    month = f"{end.month}月" if year or end.month != start.month else ""
    return f"{start.year}年{start.month}月{start.day}日至{year}{month}{end.day}日"


def short_day(value: date) -> str:
    """6月30日."""
    return f"{value.month}月{value.day}日"


def label(window: Window, term: Term) -> str:
    """A window in few words: 三月, 本学期, 3月6日至12日, 3月8日."""
    start, end = window
    if start == end:
        return short_day(start)
    if window == term.window:
        return "全年" if term.is_calendar_year else "本学期"
    if start.day == 1 and end.day == months.monthrange(end.year, end.month)[1] and start.year == end.year:
        first, last = _MONTHS[start.month - 1], _MONTHS[end.month - 1]
        return first if first == last else f"{first}至{last}"
    return days(window).partition("年")[2]


def wording(text: str) -> str:
    """The plan's own words for a time, short enough for the front of a title."""
    return shorten(printable(text), 24)


def quota(times: Quota) -> str:
    """每月至少1次."""
    every = _EVERY.get(times.every, "")
    if times.exactly:
        return f"{every}{times.exactly}次"
    least = f"至少{times.least}次" if times.least else ""
    most = f"至多{times.most}次" if times.most else ""
    return every + "，".join(filter(None, (least, most)))


def length(minutes: int) -> str:
    """1小时30分钟."""
    hours, rest = divmod(minutes, 60)
    return (f"{hours}小时" if hours else "") + (f"{rest}分钟" if rest else "")


def decided(window: Window, begins: time | None, ends: time | None, minutes: int) -> str:
    """The line about a decided day. An end that only the calendar needs is said to be none."""
    if begins is None:
        return f"时间：{days(window)}"
    if ends is None:
        return f"时间：{days(window)}{begins:%H:%M}开始，结束时间未定（日历上先占{length(minutes)}）"
    if window.start != window.end:
        return f"时间：{day(window.start)}{begins:%H:%M}至{day(window.end)}{ends:%H:%M}"
    return f"时间：{days(window)}{begins:%H:%M}—{ends:%H:%M}"


def undecided(item: CalendarItem, window: Window, name: str) -> str:
    """The line about a window or slot; `name` is what the plan or the calendar calls it."""
    if window.start == window.end:
        said = f"，计划原文“{printable(item.wording)}”" if item.wording else ""
        return f"时间：{days(window)}{said}"
    said = f"{name}（{days(window)}）" if name else days(window)
    return f"时间：{said}，具体日期待定。"


def marked(name: str, title: str, nth: str = "") -> str:
    """The title of a marker: 〔三月·日期待定〕…"""
    return within(f"〔{name}·日期待定〕", title, nth)


def unconfirmed(title: str) -> str:
    """The title on a day that follows from the plan's words: 〔待确认〕…"""
    return within("〔待确认〕", title)


def warned(title: str, end: date) -> str:
    """The title of the marker before a window ends; it names the end, so that nobody takes the marker's day for it."""
    return within("〔截止〕", title, f"（{short_day(end)}到期）")


def warning(marker: date, end: date, working_days: int) -> str:
    """The line about the marker before a window ends: working days after its own day, the last one included."""
    return f"截止提示：{short_day(marker)}之后还有{working_days}个工作日，最后一个工作日是{day(end)}。"


def within(before: str, title: str, after: str = "") -> str:
    """A title with something around it, cut in its own part to at most 100 characters."""
    room = MOST_TITLE - len(before) - len(after)
    return f"{before}{title if len(title) <= room else title[: room - 1].rstrip() + '…'}{after}"
