"""The Chinese texts inside calendars: content for their readers, whatever language the program speaks."""

from __future__ import annotations

from datetime import date, time

from planner.api import CANCELLED, DONE, CalendarItem, Quota, Window, long_day, long_days, printable, short_day, shorten

WHOLE = "全部"
WHOLE_AUDIENCE = "校工会"
SOME_BRANCHES = "分工会"
UNDATED = "无日期"
MOST_TITLE = 100
"""Characters of a SUMMARY."""

_EVERY = {"week": "每周", "month": "每月", "quarter": "每季度", "semester": "每学期", "year": "每年"}

MARKER_NOTE = {
    "window": "日历上先放在这段时间的第一个工作日，只作提示，不是定下的日子。",
    "slot": "日历上先放在这段时间快结束的时候，只作提示，不是定下的日子。",
}
DAY_OFF_NOTE = "这段时间没有工作日，日历上先放在这段时间的第一天，只作提示，不是定下的日子。"
UNCONFIRMED_NOTE = "这一天由计划原文推算，还没有最后确认。"
PROVISIONAL_NOTE = "这一年的放假安排尚未公布，日期可能随之调整。"
CLOSED_NOTE = {DONE: "状态：已完成。", CANCELLED: "状态：已取消。"}
PUT_OFF_NOTE = "状态：原来的时间取消，新的时间另定。"
WARNING_GONE_NOTE = "这条截止提示不再需要，请看这一项现在的安排。"
CANCELLED_PRIVATELY = "已取消"
"""All that is said of an item that must not be named any more."""


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
        return f"时间：{long_days(window)}"
    if ends is None:
        return f"时间：{long_days(window)}{begins:%H:%M}开始，结束时间未定（日历上先占{length(minutes)}）"
    if window.start != window.end:
        return f"时间：{long_day(window.start)}{begins:%H:%M}至{long_day(window.end)}{ends:%H:%M}"
    return f"时间：{long_days(window)}{begins:%H:%M}—{ends:%H:%M}"


def undecided(item: CalendarItem, window: Window, name: str) -> str:
    """The line about a window or slot; `name` is what the plan or the calendar calls it."""
    if window.start == window.end:
        said = f"，计划原文“{printable(item.wording)}”" if item.wording else ""
        return f"时间：{long_days(window)}{said}"
    said = f"{name}（{long_days(window)}）" if name else long_days(window)
    return f"时间：{said}，具体日期待定。" if item.status not in CLOSED_NOTE else f"时间：{said}"


def marked(name: str, title: str, nth: str = "") -> str:
    """The title of a marker: 〔三月·日期待定〕…"""
    return within(f"〔{name}·日期待定〕", title, nth)


def unconfirmed(title: str) -> str:
    """The title on a day that follows from the plan's words: 〔待确认〕…"""
    return within("〔待确认〕", title)


def finished(title: str) -> str:
    """The title of what is done: 〔完成〕…"""
    return within("〔完成〕", title)


def cancelled(title: str) -> str:
    """The title of what was told once and is not to take place: 〔取消〕…"""
    return within("〔取消〕", title)


def warned(title: str, end: date) -> str:
    """The title of the marker before a window ends; it names the end, so that nobody takes the marker's day for it."""
    return within("〔截止〕", title, f"（{short_day(end)}到期）")


def warning(marker: date, end: date, working_days: int) -> str:
    """The line about the marker before a window ends: working days after its own day, the last one included."""
    return f"截止提示：{short_day(marker)}之后还有{working_days}个工作日，最后一个工作日是{long_day(end)}。"


def within(before: str, title: str, after: str = "") -> str:
    """A title with something around it, cut in its own part to at most 100 characters."""
    room = MOST_TITLE - len(before) - len(after)
    return f"{before}{title if len(title) <= room else title[: room - 1].rstrip() + '…'}{after}"
