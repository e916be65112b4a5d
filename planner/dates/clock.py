"""Times of day: 下午2点半, 14:00-16:30, 晚上7:30. They never change the day."""

from __future__ import annotations

from datetime import time

from planner.dates.lexer import Tokens

Clock = tuple[time, time | None]
"""Begin and end of a time of day; None: no end is named."""


def clock(tokens: Tokens, i: int) -> tuple[Clock | None, int] | None:
    """The time of day at token `i`: begin and end (None: open) and the token after; a bare 下午 has no clock time."""
    j, found = i, False
    while tokens.text(j) in (" ", "(", "T", ",") and not found:
        j, found = j + 1, True
    opened = tokens.text(j - 1) == "(" and found
    begin_at = j
    part = tokens.kind(j)
    j += part in ("daytime", "afternoon")
    first = _time(tokens, j, late=part == "afternoon")
    if first is None:
        if j == begin_at:
            return None
        lesson = _lesson(tokens, j)
        return None, lesson
    begin, j = first
    end, j = _end_time(tokens, j, begin, late=part == "afternoon")
    j += opened and tokens.text(j) == ")"
    return (begin, end), j


def _end_time(tokens: Tokens, j: int, begin: time, *, late: bool) -> tuple[time | None, int]:
    if tokens.kind(j) != "range":
        return None, j
    k = j + 1
    if tokens.kind(k) in ("daytime", "afternoon"):
        late, k = tokens.kind(k) == "afternoon", k + 1
    last = _time(tokens, k, late=late)
    return last if last and last[0] > begin else (None, j)


def _lesson(tokens: Tokens, j: int) -> int:
    """The token behind 第三节课后, if that follows."""
    k = j + (tokens.kind(j) == "ordinal")
    if k > j and tokens.kind(k) == "num" and tokens.kind(k + 1) in ("lesson", "festive"):
        return k + 2
    return j


def _time(tokens: Tokens, j: int, *, late: bool) -> tuple[time, int] | None:
    hour = tokens.value(j)
    if not 0 <= hour <= 24 or tokens.kind(j) != "num":
        return None
    if tokens.text(j + 1) == ":" and 0 <= tokens.value(j + 2) < 60 and len(tokens.text(j + 2)) == 2:
        minute, stop = tokens.value(j + 2), j + 3
        if tokens.text(stop) == ":" and 0 <= tokens.value(stop + 1) < 60:
            stop += 2
    elif tokens.text(j + 1) in ("点", "时", "点钟", "点半"):
        minute, stop = _minutes(tokens, j + 1)
    else:
        return None
    if late and hour < 12:
        hour += 12
    return time(hour % 24, minute), stop


def _minutes(tokens: Tokens, j: int) -> tuple[int, int]:
    if tokens.text(j) == "点半":
        return 30, j + 1
    j += 1
    if tokens.text(j) == "半":
        return 30, j + 1
    if tokens.text(j + 1) == "刻" and tokens.value(j) in (1, 3):
        return 15 * tokens.value(j), j + 2
    if 0 <= tokens.value(j) < 60 and tokens.text(j + 1) == "分":
        return tokens.value(j), j + 2
    return 0, j
