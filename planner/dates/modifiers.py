"""What stands behind a stretch of time and changes it: 前 后 前后 前夕 期间 假期 起 以来 截止."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from planner.dates.days import length, nth, weekday
from planner.dates.lexer import Tokens
from planner.dates.spans import Note, Scope, Span, plus, unknown
from planner.dates.window import Window, merged

_LONGEST_CHAIN = 4
_HAS_DAYS_OFF = frozenset(("元旦", "春节", "除夕", "清明", "劳动节", "端午节", "中秋节", "国庆节"))


def modified(tokens: Tokens, span: Span, scope: Scope) -> Span:
    """`span` with everything behind it that modifies it."""
    for _ in range(_LONGEST_CHAIN):
        i = span.stop
        j = i + (
            tokens.kind(i) == "de"
            and tokens.kind(i + 1) in ("before", "after", "days_off", "eve", "at", "during", "ordinal", "last")
        )
        bracket = tokens.text(j) == "("
        rule = _RULES.get(tokens.kind(j + bracket))
        changed = rule(tokens, j + bracket, span, scope) if rule and span.windows else None
        if changed is None or (bracket and tokens.ahead(changed.stop, 1) != ")"):
            return span
        # 教师节（前后）
        span = changed._replace(stop=changed.stop + 1) if bracket and tokens.text(changed.stop) == ")" else changed
    return span


def _around(tokens: Tokens, i: int, span: Span, scope: Scope) -> Span | None:
    days = scope.term.policy.around
    if tokens.text(i) == "左右" and span.kind not in ("day", "festival", "opening"):
        return span._replace(stop=i + 1)
    stop = i + 1
    exact = length(tokens, stop + (tokens.text(stop) == "各")) if tokens.text(i) != "左右" else None
    if exact:  # 妇女节前后一周
        days, stop = exact
    windows = tuple(Window(plus(w.start, -days), plus(w.end, days)) for w in span.windows)
    return _changed(span, stop, windows, "week", "around")


def _eve(_tokens: Tokens, i: int, span: Span, scope: Scope) -> Span:
    end = plus(span.first, -1)
    days = min(scope.term.policy.around, 14)
    return _changed(span, i + 1, (Window(plus(end, 1 - days), end),), "week", "before")


def _approach(_tokens: Tokens, i: int, span: Span, scope: Scope) -> Span:
    days = min(scope.term.policy.before, 30)
    return _changed(span, i + 1, (Window(plus(span.first, -days), span.last),), "week", "around")


def _before(tokens: Tokens, i: int, span: Span, scope: Scope) -> Span | None:
    exact = length(tokens, i + 1) or _week_at(tokens, i + 1)
    if exact:
        return _changed(span, exact[1], (Window(plus(span.first, -exact[0]), plus(span.first, -1)),), "week", "before")
    counted = _workday_at(tokens, i + 1)
    if counted:
        return _workday_before(span, *counted)
    windows: tuple[Window, ...]
    if span.kind in ("day", "end"):
        last = span.windows[-1]
        start = min(last.start, plus(last.end, 1 - scope.term.policy.before))
        windows = (*span.windows[:-1], Window(start, last.end))
        return _changed(span, i + 1, merged(windows), span.precision, "deadline")
    if span.kind == "opening":
        start = min(scope.term.start, plus(span.first, -1))
        return _changed(span, i + 1, (Window(start, plus(span.first, -1)),), "week", "before")
    days = scope.term.policy.before
    firsts = [w.start for w in span.windows] if span.kind == "festival" else [span.first]
    if span.kind == "month":
        firsts = [span.windows[-1].start]
        days = plus(firsts[0], -1).day
    windows = tuple(Window(plus(first, -days), plus(first, -1)) for first in firsts)
    return _changed(span, i + 1, windows, "month" if span.kind == "month" else "week", "before")


def _week_at(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """放假前最后一周: its seven days, and the token after."""
    found = nth(tokens, i + (tokens.kind(i) == "de"))
    return (7, found[1] + 1) if found and abs(found[0]) == 1 and tokens.kind(found[1]) == "week" else None


def _workday_at(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """最后一个工作日, 第二个工作日 at token `i`: which (-1 the last), and the token after."""
    found = nth(tokens, i + (tokens.kind(i) == "de"))
    return (found[0], found[1] + 1) if found and tokens.kind(found[1]) == "workday" else None


def _workday_before(span: Span, number: int, stop: int) -> Span:
    """五一前最后一个工作日: counted back from the day before, and before the days off that belong to it."""
    first = plus(span.last, 1) if span.kind == "end" else span.first
    for name, day in span.festivals[:1]:
        if name in _HAS_DAYS_OFF:
            first = min(first, _days_off(name, day)[0].start)
    return _counted_workday(span, plus(first, -1), -abs(number), stop, "before")


def _nth_workday(tokens: Tokens, i: int, span: Span, _scope: Scope) -> Span | None:
    """5月最后一个工作日, 第8周第一个工作日: counted inside the span; of a term: of its teaching? To be looked at."""
    counted = _workday_at(tokens, i)
    if counted is None and span.precision == "season":
        return _nth_week(tokens, i, span)
    if counted is None or span.precision == "day":
        return None
    number, stop = counted
    found = _counted_workday(span, span.first if number > 0 else span.last, number, stop, "read")
    if not span.first <= found.first <= span.last:
        return unknown(stop, "no_such_day")
    return found._replace(certain=False, note=Note("assumed")) if span.precision == "semester" else found


def _nth_week(tokens: Tokens, i: int, span: Span) -> Span | None:
    """暑假第一周, 寒假最后一周: seven days each from its first day on, to be looked at."""
    found = nth(tokens, i)
    if not found or tokens.kind(found[1]) != "week" or weekday(tokens, found[1]):
        return None
    number, stop = found[0], found[1] + 1
    start = plus(span.first, 7 * (number - 1)) if number > 0 else plus(span.last, 7 * number + 1)
    if not span.first <= start <= span.last:
        return unknown(stop, "no_such_day")
    changed = _changed(span, stop, (Window(start, min(plus(start, 6), span.last)),), "week", "assumed")
    return changed._replace(certain=False, note=Note("assumed"))


def _counted_workday(span: Span, start: date, number: int, stop: int, code: str) -> Span:
    """The n-th working day from `start` on (with it), counted back for a negative number."""
    day, unsure = _workday(start, number)
    return _changed(span._replace(provisional=span.provisional or unsure), stop, (Window(day, day),), "day", code)


def _after(tokens: Tokens, i: int, span: Span, scope: Scope) -> Span | None:
    last, provisional = span.last, False
    for name, day in span.festivals[-1:]:
        if name in _HAS_DAYS_OFF:
            off, provisional = _days_off(name, day)
            last = max(last, off.end)
    span = span._replace(provisional=span.provisional or provisional)
    k = i + 1 + (tokens.kind(i + 1) == "de")
    if tokens.kind(k) == "ordinal" or tokens.text(k) == "首":
        return _nth_week_after(tokens, k, span, plus(last, -1) if span.kind == "opening" else last)
    start, unsure = _next_workday(plus(last, 1))
    if span.kind == "opening":
        start = span.first
    span = span._replace(provisional=span.provisional or unsure)
    exact = length(tokens, i + 1)
    if exact:
        return _changed(span, exact[1], (Window(start, plus(start, exact[0] - 1)),), "week", "after")
    return _changed(span, i + 1, (Window(start, plus(start, scope.term.policy.after)),), "week", "after")


def _nth_week_after(tokens: Tokens, i: int, span: Span, last: date) -> Span | None:
    """国庆长假后第一周: the n-th full week, Monday to Sunday; 后第一个工作日: that day."""
    number = 1 if tokens.text(i) == "首" else tokens.value(i + 1)
    j = i + 1 + (tokens.kind(i) == "ordinal")
    j += tokens.kind(j) == "ge"
    if not 0 < number <= 30:
        return None
    if tokens.kind(j) == "workday":
        day, unsure = _next_workday(plus(last, 1))
        for _ in range(number - 1):
            day, unsure = _next_workday(plus(day, 1))
        return _changed(span._replace(provisional=unsure), j + 1, (Window(day, day),), "day", "after")
    if tokens.text(j) == "天":
        day = plus(last, number)
        return _changed(span, j + 1, (Window(day, day),), "day", "after")
    if tokens.kind(j) != "week":
        return None
    monday = plus(last, 8 - last.isoweekday() + 7 * (number - 1))
    named = weekday(tokens, j + 1)
    if named:
        day = plus(monday, named[0] - 1)
        return _changed(span, named[1], (Window(day, day),), "day", "after")
    return _changed(span, j + 1, (Window(monday, plus(monday, 6)),), "week", "after")


def _during(_tokens: Tokens, i: int, span: Span, _scope: Scope) -> Span:
    if span.kind != "festival":
        return span._replace(stop=i + 1)
    return _off_days(span, i + 1, week=True)


def _holiday(tokens: Tokens, i: int, span: Span, _scope: Scope) -> Span | None:
    if span.kind != "festival" or (tokens.text(i) == "假" and tokens.ahead(i + 1, 1) not in tuple(",。;、前后期()")):
        return None
    return _off_days(span, i + 1, week=False)


def _off_days(span: Span, stop: int, *, week: bool) -> Span:
    windows, provisional = [], span.provisional
    for name, day in span.festivals:
        if name in _HAS_DAYS_OFF:
            off, unsure = _days_off(name, day)
            provisional = provisional or unsure
        elif week:
            off = Window(plus(day, 1 - day.isoweekday()), plus(day, 7 - day.isoweekday()))
        else:
            off = Window(day, day)
        windows.append(off)
    names = {name for name, _ in span.festivals}
    if names == {"元旦", "春节"} and 0 < (windows[-1].end - windows[0].start).days < 100:
        windows = [Window(windows[0].start, windows[-1].end)]
    precision = "day" if not week or names & _HAS_DAYS_OFF else "week"
    changed = _changed(span, stop, merged(windows), precision, "days_off" if names & _HAS_DAYS_OFF else "read")
    return changed._replace(kind="days_off", provisional=provisional)


def _at(_tokens: Tokens, i: int, span: Span, _scope: Scope) -> Span:
    return span._replace(stop=i + 1)


def _start(tokens: Tokens, i: int, span: Span, scope: Scope) -> Span | None:
    """从X起: to the end of the context."""
    if tokens.kind(i + 1) in ("to", "range"):
        return None  # 从3月起至5月: the series reads it as a range
    end = max(scope.term.end, span.last)
    return _changed(span, i + 1, (Window(span.first, end),), span.precision, "from")


def _until(tokens: Tokens, i: int, span: Span, scope: Scope) -> Span | None:
    """X截止: a deadline, the named day included."""
    if tokens.text(i) == "结束" and tokens.kind(i + 1) in ("before", "after"):
        return span._replace(stop=i + 1, kind="end")  # 第8周结束前
    if len(span.windows) == 1 and span.windows[0].days > 1 and span.kind in ("range", "until"):
        return span._replace(stop=i + 1)
    end = span.last
    start = min(span.windows[-1].start, plus(end, 1 - scope.term.policy.before))
    return _changed(span, i + 1, (Window(start, end),), span.precision, "deadline")


def _changed(span: Span, stop: int, windows: tuple[Window, ...], precision: str | None, code: str) -> Span:
    note = Note(code) if span.certain else span.note
    return span._replace(stop=stop, kind="modified", windows=windows, precision=precision, note=note, festivals=())


@lru_cache(maxsize=256)
def _days_off(name: str, day: date) -> tuple[Window, bool]:
    """Days off that belong to a festival, and whether they are provisional."""
    from planner.dates import workdays  # slow tables: only where days off matter

    found = workdays.holiday_span(name, day.year)
    return found or Window(day, day), workdays.year_status(day.year) == "provisional"


@lru_cache(maxsize=256)
def _next_workday(day: date) -> tuple[date, bool]:
    from planner.dates import workdays

    return workdays.STATUTORY.next_workday(day), workdays.year_status(day.year) == "provisional"


@lru_cache(maxsize=256)
def _workday(start: date, number: int) -> tuple[date, bool]:
    from planner.dates import workdays

    calendar = workdays.STATUTORY
    first = calendar.next_workday(start) if number > 0 else calendar.previous_workday(start)
    far = abs(number) - 1
    day = calendar.shift(first, far if number > 0 else -far) if far else first
    return day, workdays.year_status(day.year) == "provisional"


_Modifier = Callable[[Tokens, int, Span, Scope], "Span | None"]
_RULES: dict[str, _Modifier] = {
    "around": _around,
    "eve": _eve,
    "approach": _approach,
    "before": _before,
    "after": _after,
    "during": _during,
    "days_off": _holiday,
    "holiday_start": _holiday,
    "at": _at,
    "inside": _at,
    "start": _start,
    "since": _start,
    "until_suffix": _until,
    "ordinal": _nth_workday,
    "last": _nth_workday,
    "from_end": _nth_workday,
}
