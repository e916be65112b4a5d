"""Recurrences and counts: 每月至少1次, 每周五下午, 双月的第二个周一, 单周周三, 一至两次, 每逢重大节日."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from typing import NamedTuple

from planner.dates.clock import Clock, clock
from planner.dates.counts import count_at, count_behind
from planner.dates.days import nth, numbers, part, weekday
from planner.dates.lexer import Tokens
from planner.dates.results import Recurrence
from planner.dates.series import expression
from planner.dates.spans import Note, Scope, Span
from planner.dates.surroundings import PROGRAMMES
from planner.dates.weeks import teaching_weeks, weekdays
from planner.dates.window import Window

_CODES = ("", "MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ORDINALS = 6
_EVEN, _ODD = tuple(range(2, 13, 2)), tuple(range(1, 13, 2))
_PRECISION = {
    "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "season", "semester": "semester",
    "yearly": "year",
}  # fmt: skip

_FREQUENCIES = {
    unit: freq
    for freq, units in {
        "daily": ("天", "日", "晚"),
        "weekly": ("周", "星期", "礼拜", "工作日", "教学日", "教学周", "学周"),
        "monthly": ("月", "月份"),
        "quarterly": ("季度",),
        "semester": ("学期",),
        "yearly": ("学年", "学年度", "年", "年度"),
    }.items()
    for unit in units
}


class Recurring(NamedTuple):
    """A recurrence read from the tokens before `stop`; `windows` empty: the whole context."""

    stop: int
    recurrence: Recurrence
    precision: str | None
    windows: tuple[Window, ...] | None = None
    certain: bool = True
    note: Note = Note("recurs")
    teaching: bool = False
    clock: Clock | None = None


class _Period(NamedTuple):
    freq: str
    interval: int
    stop: int
    parity: str | None = None
    bymonth: tuple[int, ...] = ()


def recurring(tokens: Tokens, i: int, scope: Scope) -> Recurring | None:
    """The recurrence at token `i`; None if none begins there."""
    kind = tokens.kind(i)
    if kind == "latest" and tokens.kind(i + 1) == "every":
        return _due(recurring(tokens, i + 1, scope))
    if kind == "every" and tokens.text(i) in ("每逢", "逢", "每", "每到", "每个"):
        if tokens.kind(i + 1) == "holidays" or tokens.text(i + 1) in ("节日", "佳节"):
            return _on_holidays(i + 2)
        if tokens.kind(i + 1) in ("festival", "lunar", "double"):
            return _in_year(tokens, Recurring(i + 1, Recurrence("yearly"), "year"), scope)
    if tokens.text(i) == "逢年过节":
        return _on_holidays(i + 1)
    doubled = _doubled(tokens, i)
    if doubled:
        return doubled
    period = _period(tokens, i)
    if period and tokens.quoted(i) and _programme(tokens, period):
        return None
    if period:
        return _detailed(tokens, period, scope)
    if kind == "half_year":
        return _half_yearly(tokens, i)
    if kind in ("num", "least", "most"):
        return _per_period(tokens, i) or _barecount_at(tokens, i)
    return None


def _due(found: Recurring | None) -> Recurring | None:
    """不迟于每月25日: a deadline in every period."""
    return found._replace(recurrence=found.recurrence._replace(bound="before")) if found else None


def _on_holidays(stop: int) -> Recurring:
    return Recurring(stop, Recurrence("on_holidays"), None, (), certain=False, note=Note("on_holidays"))


def _doubled(tokens: Tokens, i: int) -> Recurring | None:
    """月月有活动, 周周, 天天, 年年: at least once in each."""
    freq = {"月月": "monthly", "周周": "weekly", "天天": "daily", "年年": "yearly"}.get(
        tokens.text(i) + tokens.text(i + 1)
    )
    if freq is None or tokens.kind(i - 1) in ("num", "every", "week", "month"):
        return None
    stop = i + 2
    if tokens.ahead(stop, 1) == "有":
        stop += tokens.text(stop) in ("有", "有活动")
    return Recurring(stop, Recurrence(freq, min=1), _PRECISION[freq])


def _unit(tokens: Tokens, i: int) -> tuple[str, int, int] | None:
    """The period named at token `i`: frequency, interval, and the token after."""
    kind, text = tokens.kind(i), tokens.text(i)
    simple = _FREQUENCIES.get(text)
    if simple:
        return simple, 1, i + 1
    if kind == "half_year":
        return "monthly", 6, i + 1
    if kind == "half_month":
        return "weekly", 2, i + 1
    # 每学期末, 每周末, 每年底: the word holds the unit and what _detailed reads.
    inside = {"closing": "semester", "opening_phase": "semester", "weekend": "weekly", "year_part": "yearly"}.get(kind)
    if inside and text[0] in "学周年":
        return inside, 1, i
    return ("quarterly", 1, i + 1) if text == "季" else None


def _period(tokens: Tokens, i: int) -> _Period | None:
    """每月, 每两周, 每隔一周, 双月, 单周, 隔周 at token `i`."""
    j = i
    every = tokens.kind(i) == "every"
    j += every
    if tokens.kind(j) == "parity":
        return _alternating(tokens.text(j), j + 1)
    if not every:
        return None
    apart = tokens.text(i).endswith("隔")
    if not apart and tokens.text(j) == "隔":
        apart, j = True, j + 1
    number, j = (tokens.value(j), j + 1) if tokens.kind(j) == "num" else (1, j)
    j += tokens.kind(j) == "ge"
    if tokens.text(j) == "双月":
        return _alternating("双月", j + 1)
    unit = _unit(tokens, j)
    if unit is None and tokens.text(i) in ("每逢", "逢", "每到") and weekday(tokens, j):
        unit = "weekly", 1, j
    if unit is None and tokens.ahead(j, 1) == "季" and tokens.kind(j) == "other":
        unit = "quarterly", 1, j + 1
    if unit is None or not 0 < number <= 60:
        return None
    freq, interval, stop = unit
    if tokens.text(i) in ("逢", "每逢", "每到") and freq == "weekly":
        stop = j  # 每逢周三: the unit belongs to the weekday
    return _Period(freq, interval * (number + apart), stop)


def _alternating(word: str, stop: int) -> _Period:
    even = word[0] == "双"
    if word[1] == "月":
        return _Period("monthly", 2, stop, bymonth=_EVEN if even else _ODD)
    return _Period("weekly", 2, stop, parity="even" if even else "odd")


def _detailed(tokens: Tokens, period: _Period, scope: Scope) -> Recurring | None:
    """What stands behind the period: its days, part or deadline, the time of day, and how often."""
    recurrence = Recurrence(period.freq, period.interval, parity=period.parity, bymonth=period.bymonth)
    found = Recurring(period.stop, recurrence, _PRECISION[period.freq], teaching=period.parity is not None)
    programme = _programme(tokens, period)
    if programme is not None:
        return programme
    counted = count_at(tokens, found.stop, per_period=True)
    if counted is None:
        refine = {"weekly": _on_weekdays, "monthly": _in_month, "yearly": _in_year}.get(period.freq, _in_part)
        found = _on_workday(tokens, found) or refine(tokens, found, scope)
    timed = clock(tokens, found.stop)
    if timed:
        found = found._replace(clock=timed[0], stop=timed[1])
    due = tokens.kind(found.stop) == "before" or tokens.text(found.stop) in ("截止", "为止")
    if due and found.precision != _PRECISION[period.freq]:
        found = found._replace(stop=found.stop + 1, recurrence=found.recurrence._replace(bound="before"))
    counted = count_behind(tokens, found.stop)
    if counted:
        stop, times, least, most = counted
        found = found._replace(stop=stop, recurrence=found.recurrence._replace(times=times, min=least, max=most))
    return found


def _programme(tokens: Tokens, period: _Period) -> Recurring | None:
    """每周一歌 is a name in quotes, else once a period."""
    j = period.stop
    if tokens.text(j) not in ("一", "1") or not tokens.ahead(j + 1, 2).startswith(PROGRAMMES):
        return None
    return Recurring(j + 1, Recurrence(period.freq, period.interval, times=1), _PRECISION[period.freq])


def _on_weekdays(tokens: Tokens, found: Recurring, _scope: Scope) -> Recurring:
    """每周五, 每周一、三, 每周周三, 每周末, 双周周五."""
    i = found.stop
    if tokens.kind(i - 1) == "workday":
        named: tuple[list[int], int] | None = ([1, 2, 3, 4, 5], i)
    elif tokens.kind(i) == "part" and tokens.text(i) == "末":
        named = [6, 7], i + 1
    else:
        named = weekdays(tokens, i) or (weekdays(tokens, i - 1) if tokens.kind(i - 1) == "week" else None)
    if not named:
        return found
    byday = tuple(dict.fromkeys(_CODES[number] for number in named[0]))
    return found._replace(stop=named[1], precision="day", recurrence=found.recurrence._replace(byday=byday))


def _in_month(tokens: Tokens, found: Recurring, _scope: Scope) -> Recurring:
    """每月15日, 每月月底, 每月第二个周一, 双月第二周."""
    i = found.stop + (tokens.kind(found.stop) == "de")
    i += tokens.text(i) == "逢"
    if tokens.kind(i) == "latest":
        due = _in_month(tokens, found._replace(stop=i + 1), _scope)  # 每月不迟于25日
        return found if due.precision == found.precision else _due(due) or found
    listed = _nths(tokens, i)
    if listed:
        return _nth_of_month(tokens, found, *listed)
    piece = part(tokens, i)
    if piece:
        return _month_part(found, piece)
    numbered = numbers(tokens, i, high=31)
    if numbered and tokens.kind(numbered[1]) == "day":
        monthdays = tuple(day for a, b in numbered[0] for day in range(a, b + 1))
        stop = numbered[1] + 1
        if tokens.kind(stop) == "range" and (more := numbers(tokens, stop + 1, high=31)):
            monthdays = tuple(range(monthdays[0], more[0][-1][1] + 1))
            stop = more[1] + (tokens.kind(more[1]) == "day")
        elif (
            tokens.kind(stop) == "sep"
            and (more := numbers(tokens, stop + 1, high=31))
            and tokens.kind(more[1]) == "day"
        ):
            monthdays += tuple(day for a, b in more[0] for day in range(a, b + 1))
            stop = more[1] + 1
        recurrence = found.recurrence._replace(bymonthday=monthdays)
        return found._replace(stop=stop, precision="day", recurrence=recurrence)
    return found


def _nths(tokens: Tokens, i: int) -> tuple[list[int], int] | None:
    """第二个, 最后一个, 第一、三个, 第一个和第三个 at token `i`: the ordinals (-1 the last) and the token after."""
    found: list[int] = []
    while len(found) < _ORDINALS:
        ordinal = nth(tokens, i)
        if ordinal is None and found and 0 < tokens.value(i) <= _ORDINALS:
            ordinal = tokens.value(i), i + 1 + (tokens.kind(i + 1) == "ge")
        if ordinal is None:
            return None
        found.append(ordinal[0])
        i = ordinal[1]
        if tokens.kind(i) != "sep":
            return found, i
        i += 1
    return None


def _nth_of_month(tokens: Tokens, found: Recurring, ordinals: list[int], j: int) -> Recurring:
    day = weekday(tokens, j)
    if day:
        byday = tuple(f"{number}{_CODES[day[0]]}" for number in ordinals)
        return found._replace(stop=day[1], precision="day", recurrence=found.recurrence._replace(byday=byday))
    if tokens.kind(j) in ("workday", "tian", "day"):
        return _nth_day(tokens, found, ordinals, j)
    if tokens.kind(j) == "week":  # of the month or of the term?
        named = weekday(tokens, j + 1)
        return found._replace(
            stop=named[1] if named else j + 1, precision="week", certain=False, note=Note("month_or_term_week")
        )
    return found


def _on_workday(tokens: Tokens, found: Recurring) -> Recurring | None:
    """每季度最后一个工作日, 每周第一个工作日."""
    listed = _nths(tokens, found.stop + (tokens.kind(found.stop) == "de"))
    return _nth_day(tokens, found, *listed) if listed and tokens.kind(listed[1]) == "workday" else None


def _nth_day(tokens: Tokens, found: Recurring, ordinals: list[int], j: int) -> Recurring:
    """每月第一天; the last day and working days are no rule of the calendar: about then, to be looked at."""
    if tokens.kind(j) != "workday" and min(ordinals) > 0:
        recurrence = found.recurrence._replace(bymonthday=tuple(ordinals))
        return found._replace(stop=j + 1, precision="day", recurrence=recurrence)
    edge = {1: "start", -1: "end"}.get(ordinals[0]) if len(ordinals) == 1 else None
    recurrence = found.recurrence._replace(part=edge)
    return found._replace(
        stop=j + 1, precision="旬" if edge else "month", recurrence=recurrence, certain=False, note=Note("assumed")
    )


def _month_part(found: Recurring, piece: tuple[int, int, str, int]) -> Recurring:
    first, last, word, stop = piece
    recurrence = found.recurrence
    if word in ("初", "月初"):
        recurrence = recurrence._replace(part="start")
    elif word in ("底", "末", "月底", "月末"):
        recurrence = recurrence._replace(part="end")
    else:
        recurrence = recurrence._replace(bymonthday=tuple(range(first, (last or 31) + 1)))
    return found._replace(stop=stop, precision="旬", recurrence=recurrence)


def _in_part(tokens: Tokens, found: Recurring, scope: Scope) -> Recurring:
    """每季度末, 每学期初, 每学期期末, 每季度第一个月, 每学期第一周."""
    i = found.stop + (tokens.kind(found.stop) == "de")
    if found.recurrence.freq == "semester" and tokens.kind(i) in ("opening", "opening_phase", "closing"):
        return _in_semester(tokens, found, i, scope)
    weeks = teaching_weeks(tokens, i, scope, sure=True) if tokens.kind(i) == "ordinal" else None
    if weeks and weeks.windows and found.recurrence.freq == "semester":
        return found._replace(stop=weeks.stop, precision=weeks.precision, windows=weeks.windows)
    i += tokens.text(i) == "季" and tokens.kind(i + 1) == "part"  # 每季度季末
    named = {"opening_phase": "start", "closing": "end"}.get(tokens.kind(i))
    edge = named or {"初": "start", "末": "end", "底": "end", "期初": "start"}.get(tokens.text(i))
    ordinal = nth(tokens, i)
    if edge is None and ordinal and ordinal[0] in (1, -1) and tokens.kind(ordinal[1]) == "month":
        edge, i = "start" if ordinal[0] == 1 else "end", ordinal[1]
    if edge is None:
        return found
    return found._replace(stop=i + 1, precision="旬", recurrence=found.recurrence._replace(part=edge))


def _in_semester(tokens: Tokens, found: Recurring, i: int, scope: Scope) -> Recurring:
    """每学期开学第一周, 每学期期末: that time of this semester, the whole context where it is not known."""
    edge = {"opening_phase": "start", "closing": "end"}.get(tokens.kind(i))
    recurrence = found.recurrence._replace(part=edge)
    inner = expression(tokens, i, scope)
    if inner is None and not edge:
        return found._replace(stop=i + 1, certain=False, note=Note("assumed"))  # 每学期开学, 每学期开学典礼
    if inner is None:
        return found._replace(stop=i + 1, precision="旬", recurrence=recurrence)
    span = inner[0]
    return found._replace(
        stop=span.stop, precision=span.precision or "旬", windows=span.windows or None, certain=span.certain,
        recurrence=recurrence, note=found.note if span.certain else span.note,
    )  # fmt: skip


def _in_year(tokens: Tokens, found: Recurring, scope: Scope) -> Recurring:
    """每年6月, 每年教师节: that time in the context; 每学年末."""
    i = found.stop + (tokens.kind(found.stop) == "de")
    if tokens.kind(i) == "part" and tokens.kind(i - 1) == "school_year":
        return _in_part(tokens, found, scope)
    inner = expression(tokens, i, scope) if tokens.kind(i) not in ("every", "other") else None
    if not inner or not inner[0].windows:
        return found
    span: Span = inner[0]
    return found._replace(
        stop=span.stop, precision=span.precision, windows=span.windows, certain=span.certain,
        note=found.note if span.certain else span.note,
    )  # fmt: skip


def _barecount_at(tokens: Tokens, i: int) -> Recurring | None:
    """一至两次, 不少于3次: how often, but not in what period."""
    found = count_at(tokens, i, per_period=False)
    if found is None:
        return None
    stop, times, least, most = found
    return Recurring(stop, Recurrence("count", times=times, min=least, max=most), None, (), note=Note("count"))


def _half_yearly(tokens: Tokens, i: int) -> Recurring | None:
    """半年一次, without 每."""
    counted = count_at(tokens, i + 1, per_period=True) if tokens.kind(i + 1) == "num" else None
    if counted is None or tokens.kind(i - 1) in ("num", "ordinal"):
        return None
    stop, times, least, most = counted
    return Recurring(stop, Recurrence("monthly", 6, times=times, min=least, max=most), _PRECISION["monthly"])


def _per_period(tokens: Tokens, i: int) -> Recurring | None:
    """一月一次, 两周一次, 一学期2次."""
    if not 0 < tokens.value(i) <= 12:
        return None
    j = i + 1 + (tokens.kind(i + 1) == "ge")
    unit = _unit(tokens, j)
    if unit is None or tokens.kind(i - 1) == "ordinal" or tokens.text(j) == "日":
        return None
    counted = count_at(tokens, unit[2], per_period=True)
    if counted is None or tokens.kind(unit[2]) != "num":
        return None
    if tokens.kind(j) in ("month", "quarter", "year") and tokens.text(i) not in ("一", "两") and j == i + 1:
        return None  # 三月一次: a month
    stop, times, least, most = counted
    recurrence = Recurrence(unit[0], unit[1] * tokens.value(i), times=times, min=least, max=most)
    return Recurring(stop, recurrence, _PRECISION[unit[0]])
