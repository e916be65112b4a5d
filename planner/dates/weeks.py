"""Weeks of teaching and their days: 第8周, 第3—5周, 第8周周三, 第3周、5周."""

from __future__ import annotations

from planner.dates.days import numbers, week_of_month, weekday
from planner.dates.lexer import Tokens
from planner.dates.spans import Scope, Span, plus, silent, unknown
from planner.dates.window import Window

_LAST_WEEK = 30
"""Highest number of a teaching week."""
_LONGEST_LIST = 60
_UNITS, _JOINTS = ("week", "teaching_week"), ("sep", "range")
_SIGNS = tuple(",。;:!?()\n")


def nth_week(tokens: Tokens, i: int) -> int | None:
    """The token behind the unit of 第8周, 第3—5周, 第8教学周 at token `i`; None for everything else."""
    return _unit_behind(tokens, i + 1) if tokens.kind(i) == "ordinal" else None


def _unit_behind(tokens: Tokens, i: int) -> int | None:
    found = numbers(tokens, i, high=_LAST_WEEK, ordinal=True)
    if not found:
        return None
    j = found[1] + (tokens.kind(found[1]) == "ge")
    return j + 1 if tokens.kind(j) in ("week", "teaching_week") or tokens.text(j) == "周末" else None


def teaching_weeks(tokens: Tokens, i: int, scope: Scope, *, sure: bool = False) -> Span | None:
    """第8周, 第3—5周, 第8周周三: weeks of teaching, Monday to Sunday; with `sure` surely not weeks of a month."""
    number = i + (tokens.kind(i) == "ordinal")
    stop = _unit_behind(tokens, number)
    found = numbers(tokens, number, high=_LAST_WEEK, ordinal=True)
    if stop is None or not found:
        return None
    if scope.stated and scope.month is not None:
        return week_of_month(tokens, i, scope)
    sure = sure or tokens.kind(stop - 1) == "teaching_week" or tokens.behind(i, 2) in ("学期", "教学")
    if scope.month is not None and not sure and found[0][-1][1] <= 5:
        span, stop = unknown(stop, "month_or_term_week"), _behind_weekdays(tokens, stop)
        return span._replace(stop=stop)
    weeks = [(scope.term.teaching_week(a), scope.term.teaching_week(b)) for a, b in found[0]]
    windows = tuple(Window(a.start, b.end) for a, b in weeks if a and b and a.start <= b.end)
    if not windows:
        return unknown(_behind_weekdays(tokens, stop), "no_week1" if scope.term.week1 is None else "no_such_day")
    if tokens.text(stop - 1) == "周末":
        stop -= 1
    return _on_weekdays(tokens, stop, windows)


def _behind_weekdays(tokens: Tokens, i: int) -> int:
    found = weekdays(tokens, i) or _short_weekdays(tokens, i)
    return found[1] if found else i


def weekdays(tokens: Tokens, i: int) -> tuple[list[int], int] | None:
    """Weekdays in a list with ranges (周一、周三, 周一至周五, 周末): Monday 1 … Sunday 7, and the token after."""
    i += tokens.kind(i) == "de"
    if tokens.kind(i) == "weekend":
        return [6, 7], i + 1
    found = weekday(tokens, i) or (_bare_weekday(tokens, i) if tokens.kind(i - 1) == "parity" else None)
    if not found:
        return None
    return _more_weekdays(tokens, *found)


def _more_weekdays(tokens: Tokens, first_named: int, i: int) -> tuple[list[int], int]:
    named = [first_named]
    while len(named) < 7:
        joint = tokens.kind(i)
        following = weekday(tokens, i + 1) or _bare_weekday(tokens, i + 1)
        if joint not in ("sep", "range") or not following:
            break
        first = named[-1] + 1 if joint == "range" else following[0]
        named += range(first, following[0] + 1)
        i = following[1]
    return named, i


def _bare_weekday(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """The second number of 周一、三, unless it counts or begins a date."""
    text = tokens.text(i)
    if text in ("日", "天"):
        return 7, i + 1
    if len(text) != 1 or text.isascii() or not 0 < tokens.value(i) <= 6:
        return None
    counted = ("times", "month", "day", "ge", "event_unit", "year", "week", "range")
    return None if tokens.kind(i + 1) in counted else (tokens.value(i), i + 1)


def _short_weekdays(tokens: Tokens, i: int) -> tuple[list[int], int] | None:
    """The 三 of 第8周三: Wednesday where nothing else could be counted, that is where the words end."""
    first = _bare_weekday(tokens, i) if tokens.text(i - 1) == "周" else None
    if first is None:
        return None
    found = _more_weekdays(tokens, *first)
    following = tokens.kind(found[1])
    listed = following == "sep" and tokens.kind(found[1] + 1) == "ordinal"
    ends = following in ("end", "daytime", "afternoon") or tokens.ahead(found[1], 1) in _SIGNS
    ends = ends and not tokens.ahead(found[1], 4).endswith(")班")  # 三(1)班
    return found if ends or listed else None


def _on_weekdays(tokens: Tokens, i: int, windows: tuple[Window, ...]) -> Span:
    bracket = tokens.text(i) == "("
    found = weekdays(tokens, i + bracket) or _short_weekdays(tokens, i)
    if not found or (bracket and tokens.ahead(found[1], 1) not in (")", "上", "下", "晚")):
        return Span(i, "week", windows, "week")
    wanted, stop = found[0], found[1] + (bracket and tokens.text(found[1]) == ")")
    mondays = (plus(w.start, 7 * n) for w in windows for n in range((w.days + 6) // 7))
    days = sorted({plus(monday, number - 1) for monday in mondays for number in wanted})
    return Span(stop, "day", tuple(Window(day, day) for day in days), "day")


def _goes_on(tokens: Tokens, i: int) -> bool:
    """Whether number `i` goes on a list of numbered weeks: 第3周、5周、7周."""
    if tokens.kind(i - 1) not in _JOINTS or tokens.kind(i - 2) not in _UNITS:
        return False
    k = i - 2
    while i - k < _LONGEST_LIST and tokens.kind(k) in ("num", *_JOINTS, *_UNITS):
        k -= 1
    return tokens.kind(k) == "ordinal"


def bare_weeks(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """八周 without 第: how long, not when; to be looked at."""
    if tokens.kind(i + 1) != "week" or not 0 < tokens.value(i) <= _LAST_WEEK:
        return None
    numbered = teaching_weeks(tokens, i, scope) if _goes_on(tokens, i) else None
    if numbered or weekday(tokens, i + 1):
        return numbered
    if tokens.behind(i, 2).endswith(("为期", "历时", "长达", "连续", "每", "隔", "共", "近", "达", "了", "第")):
        return silent(i + 2)
    return unknown(i + 2, "duration")
