"""The months side by side, each with what belongs to it; apart, what may be done in any of them.

A column shows what a school writes under a month: no day is shown where none is decided. Times over two or three months
(七、八月) make one column where those months have nothing of their own; else they stand in that one of their months
which is nearest to today, under their own heading.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, time
from itertools import chain
from typing import NamedTuple
from weakref import WeakKeyDictionary

from planner.api import (
    CANCELLED,
    CLOSED,
    DONE,
    Occurrence,
    Task,
    Term,
    Window,
    _,
    happens_once,
    month_name,
    months_of,
    window_name,
)
from planner_board.board import Board, Size
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref, Sheet
from planner_board.views.parts import (
    Column,
    Entry,
    Group,
    Words,
    branches_done,
    decided_words,
    draw_columns,
    draw_nothing,
    nearest,
    waiting_words,
)

Months = tuple[int, ...]
"""Months as numbers, the year times 12 and the month from 0, in order and without a gap; none: any month."""
_WEEK = 7
_LONGEST = 3
"""What takes more months belongs to none of them."""
ANY = "any"
"""The key of the column of what belongs to no month; the others have keys like 2023-03."""

_KNOWN: WeakKeyDictionary[Board, tuple[list[Column], int]] = WeakKeyDictionary()
"""The columns of boards that were drawn: at another size only their places are new."""


def draw(board: Board, size: Size, paint: Paint, opened: str = "") -> Sheet:
    """The months as a sheet; `opened` is the key of the column that must be open ("": that of today)."""
    if not board.tasks:
        return draw_nothing(board, size, paint)
    columns, today = _columns(board)
    wanted = next((n for n, column in enumerate(columns) if column.key == opened), today)
    focus = nearest(columns, wanted)
    return draw_columns(board, columns, size, paint, focus, lambda entry: _words(board, entry))


def home(board: Board, ref: Ref) -> str:
    """The key of the first column in which the task of `ref` stands; empty for what stands in none."""
    return next((c.key for c in _columns(board)[0] for g in c.groups for e in g.entries if e.ref.id == ref.id), "")


# Which columns there are


def _columns(board: Board) -> tuple[list[Column], int]:
    """The columns in order, and the number of the one in which today lies or to which it is nearest."""
    known = _KNOWN.get(board)
    if known is None:
        known = _KNOWN[board] = _made(board)
    return known


def _made(board: Board) -> tuple[list[Column], int]:
    found = _by_months(board)
    headed = _headed(set(found), board.plan.term)
    now = _number(board.today)
    groups: dict[Months, dict[Months, list[Entry]]] = {months: {} for months in headed}
    column_of = {month: months for months in headed for month in months}
    for months in sorted(found, key=lambda key: (key not in groups, key[:1], len(key))):
        if months:
            place = column_of[min(max(now, months[0]), months[-1])]
            groups[place][months] = found[months]
    columns = [_column(months, groups[months], board, is_now=now in months) for months in headed]
    today = min(range(len(headed)), key=lambda n: min(abs(month - now) for month in headed[n]))
    if () in found:
        columns.append(_any_month(found[()], board))
    return columns, today


def _headed(found: set[Months], term: Term) -> list[Months]:
    """The months of each column: every month of the term, and others in which something is decided."""
    months = {*_numbers(term.window), *(month for key in found for month in key)}
    busy = {key[0] for key in found if len(key) == 1}
    joined: list[Months] = []
    for key in sorted((key for key in found if len(key) > 1), key=lambda key: (key[0], len(key))):
        if not busy.intersection(key):
            joined.append(key)
            busy.update(key)
    single = months.difference(*joined)
    return sorted([*joined, *((month,) for month in single)])


def _by_months(board: Board) -> dict[Months, list[Entry]]:
    """The entries under the months that they take: those that end first come first, then in the order of the file."""
    # Few different windows hold many tasks: it is they that are sorted.
    by_window: dict[Window | None, list[Entry]] = {}
    for task in board.tasks:
        if happens_once(task):
            days = task.on[0].window if task.on else task.windows[0]
            by_window.setdefault(days, []).append(Entry(task, days, ""))
            continue
        for some in _together(board.occurrences(task), board.plan.term):
            whole = _whole(some)
            by_window.setdefault(whole, []).append(Entry(task, whole, _next(board, task, some).key, some))
    result: dict[Months, list[Entry]] = {}
    for window in sorted(by_window, key=_deadline):
        entries = by_window[window]
        if window and window.start == window.end:
            entries.sort(key=_begins)
        result.setdefault(_months(window, board.plan.term), []).extend(entries)
    return result


def _together(times: Sequence[Occurrence], term: Term) -> Iterable[tuple[Occurrence, ...]]:
    """Times of one task by the months they take: what happens every week is one entry a month."""
    found: dict[Months, list[Occurrence]] = {}
    for occurrence in times:
        found.setdefault(_months(occurrence.days, term), []).append(occurrence)
    return map(tuple, found.values())


def _whole(times: Sequence[Occurrence]) -> Window | None:
    """From the first to the last day of some times of a task; a week at the end counts with its first day."""
    first, last = times[0].days, times[-1].days
    if first is None or last is None or first is last:
        return first
    return Window(first.start, max(first.end, last.end if last.days > _WEEK else last.start))


def _deadline(window: Window | None) -> tuple[date, date]:
    return (window.end, window.start) if window else (date.max, date.max)


def _begins(entry: Entry) -> time:
    appointment = entry.some[0].appointment if entry.some else entry.task.on[0] if entry.task.on else None
    return (appointment.begins if appointment else None) or time.max


def _months(window: Window | None, term: Term) -> Months:
    """The months of a window; a week belongs to that in which it begins."""
    if window is None or window == term.window:
        return ()
    months = _numbers(window if window.days > _WEEK else Window(window.start, window.start))
    return months if len(months) <= _LONGEST else ()


def _numbers(window: Window) -> Months:
    return tuple(year * 12 + month - 1 for year, month in months_of(window))


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _next(board: Board, task: Task, times: Sequence[Occurrence]) -> Occurrence:
    """The one on which a person acts: the first that is open, else the last."""
    is_open = (o for o in times if board.statuses.occurrence(task, o.key) not in CLOSED)
    return next(is_open, times[-1])


# What a column says of itself


class _Count(NamedTuple):
    done: int
    all: int
    late: int


def _count(entries: Iterable[Entry], board: Board) -> _Count:
    is_told, today = board.statuses.is_told, board.today
    count = done = late = 0
    for entry in entries:
        count += 1
        if entry.days is None or is_told(entry.task.id) or entry.some:
            state = entry.state(board)
            done += state == DONE
            count -= state == CANCELLED
            late += state == "late"
        else:  # most, and all of them are counted before the first picture
            late += entry.days.end < today
    return _Count(done, count, late)


def _column(months: Months, groups: dict[Months, list[Entry]], board: Board, *, is_now: bool) -> Column:
    entries = list(chain.from_iterable(groups.values()))
    done, every, late = _count(entries, board)
    counted = f"{done}/{every}" if groups else ""
    note = " ".join(filter(None, (counted, "!" if late else "", "◂" + _("now") if is_now else "")))
    term = board.plan.term
    return Column(
        key=f"{months[0] // 12}-{months[0] % 12 + 1:02}",
        title=_title(months, term),
        note=note,
        short=_short(months, term) + ("◂" if is_now else ""),
        brief=counted + ("!" if late else ""),
        groups=[Group("" if of == months else _title(of, term), group) for of, group in groups.items()],
        theme=_theme(entries, board),
        is_now=is_now,
    )


def _title(months: Months, term: Term) -> str:
    """二月, 七、八月, 三月至五月; with the year where it is not that in which the term begins."""
    names = [month_name(_year_month(month), term) for month in (months[0], months[-1])]
    if len(months) == 1:
        return names[0]
    if len(months) == 2:
        together = months[0] // 12 == months[1] // 12 == term.start.year
        return _(", ").join((names[0].removesuffix("月") if together else names[0], names[1]))
    return _("{first} to {last}").format(first=names[0], last=names[1])


def _year_month(month: int) -> tuple[int, int]:
    return month // 12, month % 12 + 1


def _short(months: Months, term: Term) -> str:
    """The title of a folded column: 二月, 7-8月."""
    (year, first), (_year, last) = _year_month(months[0]), _year_month(months[-1])
    if first != last:
        return _("{first}-{last}").format(first=first, last=last)
    return month_name((year, first), term._replace(start=date(year, 1, 1)))


def _theme(entries: Iterable[Entry], board: Board) -> str:
    """The goal that most of several tasks serve; empty where none stands out."""
    goals = Counter(chain.from_iterable(entry.task.goals for entry in entries))
    (most, n), (_other, second) = [*goals.most_common(2), ("", 0), ("", 0)][:2]
    known = board.plan.goal_by_id.get(most)
    return known.title if known and n > max(second, 1) else ""


def _any_month(entries: Iterable[Entry], board: Board) -> Column:
    """What may be done in any month: in the whole term, in many months, without a date."""
    term = board.plan.term
    found: dict[str, list[Entry]] = {}
    windows: dict[Window | None, str] = {None: _("Without a date"), term.window: _("The whole term")}
    for entry in entries:
        title = windows.get(entry.days)
        if title is None:
            title = windows[entry.days] = window_name(entry.days, term) if entry.days else ""
        found.setdefault(title, []).append(entry)
    done, every, late = _count(chain.from_iterable(found.values()), board)
    only = next(iter(found)) if len(found) == 1 else ""
    return Column(
        key=ANY,
        title=only or _("Any month"),
        note=f"{done}/{every}" + (" !" if late else ""),
        short=_("Any"),
        brief=f"{done}/{every}" + ("!" if late else ""),
        groups=[Group("" if only else title, group) for title, group in found.items()],
    )


# What is remarked on an entry


def _words(board: Board, entry: Entry) -> list[Words]:
    """A decided day, part of a month, how far it is, what it waits for. That no day is decided needs no word."""
    task, times = entry.task, entry.times(board)
    words = [_days(board, entry)]
    if entry.state(board) not in CLOSED:
        if len(times) > 1:
            closed = sum(board.statuses.occurrence(task, o.key) in CLOSED for o in times)
            words.append(Words(_("{done}/{all} times").format(done=closed, all=len(times))))
        elif task.branches:
            words.append(branches_done(board, task, times[0].key))
        if task.needs:
            words.append(waiting_words(board, entry))
    return [found for found in words if found.text]


def _days(board: Board, entry: Entry) -> Words:
    task, times = entry.task, entry.times(board)
    first = times[0]
    if len(times) > 1:
        return Words("")
    if entry.state(board) == "postponed" and board.statuses.days(task, first) is None:
        return Words(_("no new day yet"))
    if first.appointment:
        return decided_words(first.appointment)
    if first.days is None:
        return Words(task.when or "")
    if _is_whole(first.days, board.plan.term):
        return Words("")
    return Words(
        task.when
        if task.when and len(task.windows) == 1 and first.kind == "window"
        else window_name(first.days, board.plan.term)
    )


def _is_whole(window: Window, term: Term) -> bool:
    """Whether a window is whole months, or what the term has of them: the heading has said it."""
    start, end = window
    return (start.day == 1 or start == term.start) and (
        end.day == monthrange(end.year, end.month)[1] or end == term.end
    )
