"""Tasks by how far they are, a column for each status; what is late and what waits is marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from enum import IntEnum
from weakref import WeakKeyDictionary

from planner.api import (
    CANCELLED,
    CLOSED,
    DOING,
    DONE,
    PLANNED,
    POSTPONED,
    Task,
    Window,
    _,
    count,
    status_name,
)
from planner_board.board import SIGNS, Board, Size, State
from planner_board.drawing.cells import steady, width_of
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref, Sheet
from planner_board.views.parts import (
    CROWDED,
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
    words_width,
)

ORDER = (PLANNED, DOING, DONE, POSTPONED, CANCELLED)
"""The columns from left to right, and their keys."""
_KNOWN: WeakKeyDictionary[Board, list[Column]] = WeakKeyDictionary()
"""The columns of boards that were drawn: at another size only their places are new."""


def draw(board: Board, size: Size, paint: Paint, opened: str = "") -> Sheet:
    """The statuses as a sheet; `opened` is the key of the column that must be open ("": the first)."""
    if not board.tasks:
        return draw_nothing(board, size, paint)
    columns = _columns(board)
    focus = nearest(columns, ORDER.index(opened) if opened in ORDER else 0)
    return draw_columns(board, columns, size, paint, focus, lambda entry: _words(board, entry))


def home(board: Board, ref: Ref) -> str:
    """The key of the column in which the task of `ref` stands; empty for what stands in none."""
    task = board.plan.task_by_id.get(ref.id)
    return board.statuses.task(task) if task else ""


def _columns(board: Board) -> list[Column]:
    columns = _KNOWN.get(board)
    if columns is None:
        columns = _KNOWN[board] = [_column(status, groups, board) for status, groups in _in_time(board).items()]
    return columns


def _column(status: str, groups: Mapping[str, list[Entry]], board: Board) -> Column:
    entries = [entry for group in groups.values() for entry in group]
    title = status_name(status)
    states = Counter(entry.state(board) for entry in entries)
    late, blocked = states["late"], states["blocked"]
    marked = ((SIGNS["late"], late), (SIGNS["blocked"], blocked))
    note = " ".join([str(len(entries)), *(f"{sign}{n}" for sign, n in marked if n)])
    return Column(
        key=status,
        title=title,
        note=note,
        short=title if entries else f"{title} 0",
        brief=f"{len(entries)}{SIGNS['late'] if late else ''}" if entries else "",
        groups=[Group(name if status == PLANNED else "", group) for name, group in groups.items()],
        wanted=_wanted(entries, board, title, note),
    )


def _wanted(entries: Sequence[Entry], board: Board, title: str, note: str) -> int:
    """Cells in which every title stands on one line beside its remarks; of many, the first ones count for all."""
    least = width_of(f"{title} {note}") + 2
    widths = (width_of(steady(entry.task.title)) + words_width(_words(board, entry)) for entry in entries[:CROWDED])
    widest = 40 if entries and entries[0].state(board) in CLOSED else 60
    return min(max(least, *(width + 6 for width in widths), 0), widest)


# The order in a column


def _in_time(board: Board) -> dict[str, dict[str, list[Entry]]]:
    """For each status its entries: the late first, then those possible now, the later ones, and the undated.

    In each of these those that end first come first, then in the order of the file.
    """
    # Few different windows hold many tasks: it is they that are sorted.
    found: dict[tuple[_Section, Window | None], list[Entry]] = {}
    for task in board.tasks:
        days = _next_days(board, task)
        found.setdefault((_section(board.state(task), days, board.today), days), []).append(Entry(task, days))
    result: dict[str, dict[str, list[Entry]]] = {status: {} for status in ORDER}
    for key in sorted(found, key=_in_order):
        title = _title(key[0])
        for entry in found[key]:
            result[board.statuses.task(entry.task)].setdefault(title, []).append(entry)
    return result


class _Section(IntEnum):
    LATE = 0
    NOW = 1
    LATER = 2
    UNDATED = 3


def _section(state: State, days: Window | None, today: date) -> _Section:
    if state == "late":
        return _Section.LATE
    if days is None:
        return _Section.UNDATED
    return _Section.LATER if days.start > today else _Section.NOW


def _title(section: _Section) -> str:
    return (_("Late"), _("Now"), _("Later"), _("Without a date"))[section]


def _in_order(key: tuple[_Section, Window | None]) -> tuple[_Section, date, date]:
    section, days = key
    return (section, days.end, days.start) if days else (section, date.max, date.max)


def _next_days(board: Board, task: Task) -> Window | None:
    """The days that come next of what is open, or the last ones of what is closed."""
    times = board.occurrences(task)
    if len(times) == 1:
        return times[0].days
    is_open = (o for o in times if board.statuses.occurrence(task, o.key) not in CLOSED)
    return next(is_open, times[-1]).days


# What is remarked on an entry


def _words(board: Board, entry: Entry) -> list[Words]:
    """When it is, how far it is, what it waits for."""
    task = entry.task
    words = [_when(board, task)]
    if entry.state(board) not in CLOSED:
        words.append(_progress(board, task))
        if task.needs:
            words.append(waiting_words(board, entry))
    return [found for found in words if found.text]


def _when(board: Board, task: Task) -> Words:
    """The decided day (of several the next, or the last), else the words of the plan."""
    if not task.on:
        return Words(task.when or "", is_worth_a_line=False)
    days = task.on_in_time
    return decided_words(next((a for a in days if a.end >= board.today), days[-1]))


def _progress(board: Board, task: Task) -> Words:
    """How many branches, or how many times, are done; empty for what is done once and by the office."""
    times = board.occurrences(task)
    if len(times) == 1:
        return branches_done(board, task, times[0].key) if task.branches else Words("")
    done, every = count(task, board.statuses, [o.key for o in times])
    return Words(_("{done}/{all} times").format(done=done, all=every))
