"""Days counted from today: 明天, 下周三, 周五. Only where a person speaks; a plan's words are the same on any day."""

from __future__ import annotations

import re
from datetime import date, timedelta

_DAYS = {
    "大前天": -3,
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
}
_WEEKS = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}
_WEEKDAYS = "一二三四五六日"
_RELATIVE = re.compile(
    rf"(?P<day>{'|'.join(sorted(_DAYS, key=len, reverse=True))})"
    r"|(?P<count>\d{1,3})天[以之]?后"
    r"|(?<![第每0-9一二三四五六七八九十单双隔周])(?P<week>上上|下下|[上这本下])?个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天]|[1-7](?!\d))"
    r"(?!月)"
)
_NAMED = re.compile(r"第.{1,3}[周星]|\d[日号]|\d{4}-\d")
"""A day that is named by its number, or by its teaching week."""


def anchored(text: str, today: date) -> str:
    """`text` with days that are counted from `today` written as dates; weeks begin on Monday.

    A weekday without a week is the next such day, today included. 第8周周三 and 3月8日（周三） count from no day.
    """
    if _NAMED.search(text):
        return text

    def date_of(match: re.Match[str]) -> str:
        return str(_day(match, today)) + " " * text[match.end() :][:1].isdigit()  # 2023-03-01 14:00

    return _RELATIVE.sub(date_of, text)


def _day(match: re.Match[str], today: date) -> date:
    if match["day"]:
        return today + timedelta(days=_DAYS[match["day"]])
    if match["count"]:
        return today + timedelta(days=int(match["count"]))
    sign = match["weekday"].replace("天", "日")
    weekday = int(sign) - 1 if sign.isdecimal() else _WEEKDAYS.index(sign)
    if match["week"] is None:
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=_WEEKS[match["week"]])
    return monday + timedelta(days=weekday)
