"""The occurrences of a task: its windows, its decided days, or the slots of a quota, each with a lasting key.

Calendars and the journal know an occurrence by its key, so a key never comes from a title, a day or a position in the
file: windows and decided days are counted within their task, slots are named by their period. Commands that decide a
day see to it that no other occurrence gets another key; who counts days anew by hand in the file renames them.
"""

from __future__ import annotations

import calendar as months
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Literal, NamedTuple

from planner.dates.term import Term
from planner.dates.when import Recurrence
from planner.dates.window import Window, clipped
from planner.plan.model import Appointment, Plan, Quota, Task

_Keyed = tuple[str, Window]
Kind = Literal["decided", "window", "slot", "undated"]
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCY = {
    "weekly": "week",
    "monthly": "month",
    "quarterly": "quarter",
    "semester": "semester",
    "yearly": "year",
}


class Occurrence(NamedTuple):
    """One time that a task happens."""

    key: str
    """Unique within the task: "" for the first or only one, "2" for the second window, "2023-03" for a slot."""
    kind: Kind
    days: Window | None
    """The decided days, or the window in which the day will lie; None without any date."""
    appointment: Appointment | None = None


class _Period(NamedTuple):
    key: str
    whole: Window
    """All its days: the second Monday of a month is counted from its first day, whenever the term begins."""
    days: Window
    """Those that count: within the windows of the task."""


def occurrences(task: Task, plan: Plan) -> tuple[Occurrence, ...]:
    """All occurrences of `task`, in order of time."""
    if happens_once(task):  # nearly all, and asked for again and again
        only = task.on[0] if task.on else None
        return (Occurrence("", "decided", only.window, only) if only else Occurrence("", "window", task.windows[0]),)
    recurs = task.times or (task.timing and task.timing.recurs)
    slots = tuple(sorted(_slots(task, plan), key=_in_time)) if recurs else ()
    if slots:
        return _decided(task, slots)
    windows = tuple(Occurrence(_nth(n), "window", window) for n, window in enumerate(task.windows))
    if windows or task.on:
        return _decided(task, windows)
    return (Occurrence("", "undated", None),)


def happens_once(task: Task) -> bool:
    """Whether a task has one window and no second day: its only occurrence, with the key "", has those days."""
    if task.times or len(task.windows) != 1 or len(task.on) > 1:
        return False
    return not (task.timing and task.timing.recurs)


def _in_time(occurrence: Occurrence) -> Window:
    assert occurrence.days is not None
    return occurrence.days


def _nth(n: int) -> str:
    return str(n + 1) if n else ""


def _decided(task: Task, open_ones: tuple[Occurrence, ...]) -> tuple[Occurrence, ...]:
    """`open_ones` with the decided days put in: each into the one whose days hold it, else into a free window.

    What finds no place is counted on in the order of `on`.
    """
    if not task.on:
        return open_ones
    result = list(open_ones)
    slots = any(o.kind == "slot" for o in open_ones)
    left = []
    for appointment in task.on:
        fits = (n for n, o in enumerate(result) if not o.appointment and o.days and appointment.start in o.days)
        n = next(fits, -1)
        if n < 0:
            left.append(appointment)
        else:
            result[n] = Occurrence(result[n].key, "decided", appointment.window, appointment)
    for appointment in left:
        n = _free_window(result, appointment.start)
        if n < 0:
            # The number of slots hangs on the calendar: what comes on top of them is counted by itself.
            key = f"x{len(result) - len(open_ones) + 1}" if slots else _nth(len(result))
            result.append(Occurrence(key, "decided", appointment.window, appointment))
        else:
            result[n] = Occurrence(result[n].key, "decided", appointment.window, appointment)
    return tuple(sorted(result, key=_in_time))


def _free_window(found: Sequence[Occurrence], day: date) -> int:
    """Where a day outside of every window belongs: the latest free one that begins before it (it was put off from
    there), else the first free one; -1 where none is free.
    """
    free = [(n, o.days) for n, o in enumerate(found) if o.kind == "window" and o.days]
    earlier = [n for n, days in free if days.start < day]
    return earlier[-1] if earlier else free[0][0] if free else -1


def _slots(task: Task, plan: Plan) -> Iterator[Occurrence]:
    """The slots that a quota or a recurrence asks for; none where neither is given."""
    if plan.term.start == date.min:
        return  # the term could not be read, and without one there are no periods
    spans = task.windows or (plan.term.window,)
    if task.times:
        yield from _quota_slots(task.times, spans, plan)
        return
    used: Counter[str] = Counter()  # keys of a period go on counting where the task recurs in two ways
    for recurrence in task.timing.recurs if task.timing else ():
        every = _FREQUENCY.get(recurrence.freq)
        if recurrence.freq == "count" and task.windows:
            whole = Window(spans[0].start, spans[-1].end)
            for n in range(recurrence.times or recurrence.min or 1):
                yield Occurrence(f"n{used['count'] + n + 1}", "slot", whole)
            used["count"] += n + 1
        elif every and (named := len(recurrence.byday) + len(recurrence.bymonthday) + bool(recurrence.part)):
            yield from _series(recurrence, every, spans, plan, used[every])
            used[every] += named
        elif every:
            quota = Quota(every, recurrence.min, recurrence.times, recurrence.max)
            yield from _quota_slots(quota, spans, plan, recurrence, used[every])
            used[every] += quota.slots


def _quota_slots(
    quota: Quota, spans: tuple[Window, ...], plan: Plan, recurrence: Recurrence | None = None, used: int = 0
) -> Iterator[Occurrence]:
    for period in _periods(quota.every, spans, plan.term, recurrence):
        if quota.every == "week" and not plan.calendar.count(*period.days):
            continue  # nothing is asked for in a week without a working day
        for n in range(used, used + quota.slots):
            yield Occurrence(_numbered(period, n), "slot", period.days)


def _numbered(period: _Period, n: int) -> str:
    return f"{period.key}.{n + 1}" if n else period.key


def _series(
    recurrence: Recurrence, every: str, spans: tuple[Window, ...], plan: Plan, used: int
) -> Iterator[Occurrence]:
    """A recurrence that names its days: one occurrence for each, left out where a weekday is a day off."""
    for period in _periods(every, spans, plan.term, recurrence):
        for n, days in enumerate(_named_days(recurrence, period.whole), used):
            for part in clipped([days], period.days):
                day_off = part.days == 1 and part.start.weekday() < 5 and not plan.calendar.is_workday(part.start)
                if not day_off and clipped(spans, part):
                    yield Occurrence(_numbered(period, n), "slot", part)


def _named_days(recurrence: Recurrence, period: Window) -> Iterator[Window]:
    for name in recurrence.byday:
        day = _nth_weekday(name, period)
        yield Window(day, day)
    last = period.end.day
    for days in _runs(recurrence.bymonthday):
        if recurrence.bound == "before":
            yield Window(period.start, period.start.replace(day=min(days[-1], last)))
        elif days[0] <= last:  # there is no 31st in every month
            yield Window(period.start.replace(day=days[0]), period.start.replace(day=min(days[-1], last)))
    if recurrence.part == "start":
        yield Window(period.start, period.start + timedelta(days=9))
    elif recurrence.part == "end":
        yield Window(period.end.replace(day=21) if period.days > 7 else period.start, period.end)


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Numbers that follow on each other together: the ten days of 每月上旬 are one window."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _nth_weekday(name: str, period: Window) -> date:
    """The day that `byday` names (WE, 2MO, -1FR) in a week or month; the fifth may lie in the next."""
    weekday, nth = WEEKDAYS.index(name[-2:]), int(name[:-2] or 1)
    if nth > 0:
        return period.start + timedelta(days=(weekday - period.start.weekday()) % 7 + 7 * (nth - 1))
    return period.end - timedelta(days=(period.end.weekday() - weekday) % 7 - 7 * (nth + 1))


def _periods(every: str, spans: tuple[Window, ...], term: Term, rule: Recurrence | None) -> Iterator[_Period]:
    """The periods that touch `spans`, cut to them, thinned by interval, months or teaching-week parity."""
    if every == "week":
        spans = _teaching(spans, term)
    whole = Window(spans[0].start, spans[-1].end)
    if every == "semester":
        yield _Period("term", whole, whole)
        return
    kept = 0
    for key, period in _WALK[every](whole):
        if rule and rule.bymonth and period.start.month not in rule.bymonth:
            continue
        if rule and rule.parity and not _has_parity(period, rule, term):
            continue
        if rule and rule.interval > 1 and not rule.bymonth and not rule.parity:
            kept += 1
            if (kept - 1) % rule.interval:
                continue
        days = clipped([period], whole)
        if days and clipped(spans, days[0]):
            yield _Period(key, period, days[0])


def _teaching(spans: tuple[Window, ...], term: Term) -> tuple[Window, ...]:
    """The parts in which there are lessons, where the term says when: what is weekly goes by teaching weeks."""
    if term.week1 is None or term.teaching_end is None:
        return spans
    return clipped(spans, Window(term.week1, term.teaching_end)) or spans


def _has_parity(week: Window, rule: Recurrence, term: Term) -> bool:
    number = term.teaching_week_number(week.start)
    return number is not None and number % 2 == (1 if rule.parity == "odd" else 0)


def _weeks(span: Window) -> Iterator[_Keyed]:
    monday = span.start - timedelta(days=span.start.weekday())
    while monday <= span.end:
        year, week, _day = monday.isocalendar()
        yield f"{year}-w{week:02}", Window(monday, monday + timedelta(days=6))
        monday += timedelta(days=7)


def _months(span: Window, length: int = 1) -> Iterator[_Keyed]:
    year, month = span.start.year, (span.start.month - 1) // length * length + 1
    while (start := date(year, month, 1)) <= span.end:
        last = month + length - 1
        key = f"{year}-{month:02}" if length == 1 else f"{year}-q{last // 3}" if length == 3 else f"{year}"
        yield key, Window(start, date(year, last, months.monthrange(year, last)[1]))
        year, month = (year + 1, 1) if last == 12 else (year, last + 1)


_WALK: dict[str, Callable[[Window], Iterator[_Keyed]]] = {
    "week": _weeks,
    "month": _months,
    "quarter": partial(_months, length=3),
    "year": partial(_months, length=12),
}
