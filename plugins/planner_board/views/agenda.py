"""The view 日程: what is open, by how it stands to today. A line says what, when, how long still, what is missing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from weakref import WeakKeyDictionary

from textual.strip import Strip

from planner.api import (
    CLOSED,
    DOING,
    POSTPONED,
    Appointment,
    CalendarItem,
    Occurrence,
    Task,
    Window,
    _,
    agenda,
    branch_names,
    dates_of,
    ngettext,
    printable,
    status_name,
)
from planner_board.board import SIGNS, Board, Size, State
from planner_board.details.things import UNDATED, date_name, undated
from planner_board.drawing.cells import steady, width_of
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref, Row, Sheet, Spot
from planner_board.words.nothing import nothing_note
from planner_board.words.tasks import (
    appointment_words,
    days_words,
    left_words,
    missing_words,
    waits_words,
)

AHEAD = 28
"""So many days ahead it looks."""
_ROOMY = 110
"""From so many columns on, remarks stand in a column of their own."""
_MARGIN = 1
_LEAST_DAYS, _MOST_DAYS = 12, 24
_MOST_TITLE = 72
_LAST = 1 << 30
_TITLE, _REMARK = 24, 10
"""Cells that a title keeps beside remarks where it needs them, and that a remark needs at least."""


_Entry = tuple[Task, Occurrence, Window | None, str, tuple[Task, ...], tuple[str, ...], tuple[str, ...]]
"""As the agenda of the core has them: days, status, what it waits for, and the branches that are missing, and ready."""


class Item(NamedTuple):
    """One line: an occurrence, or the open slots of a period together."""

    task: Task
    occurrence: Occurrence
    days: Window | None
    waits_for: tuple[Task, ...]
    missing: tuple[str, ...]
    status: str
    slots: int = 1
    """How many slots of the task it stands for, the first of them: those that were missed, or all of its days."""


Line = Item | CalendarItem
"""What stands on a line: work of the plan, or a date that comes from no task but from a plugin."""


class Group(NamedTuple):
    """A heading and what stands below it, in order of time."""

    title: str
    short: str
    """For the line of counts at the top."""
    role: str
    items: Sequence[Line]

    @property
    def open(self) -> int:
        """How many there are; what was ticked while it was looked at is none of them."""
        return sum(item.status not in CLOSED for item in self.items)


_KNOWN: WeakKeyDictionary[Board, list[Group]] = WeakKeyDictionary()
"""The groups of boards that were drawn: at 10 000 tasks they take most of the time."""


def draw(board: Board, size: Size, paint: Paint, opened: str = "") -> Sheet:  # noqa: ARG001  there are no folded groups
    """The agenda of a board."""
    groups = _KNOWN.get(board)
    if groups is None:
        groups = _KNOWN[board] = [group for group in grouped(board) if group.items]
    return _Page(board, size, paint, groups).sheet()


# What stands where ---------------------------------------------------------------------------------------------------


def grouped(board: Board) -> list[Group]:
    """All groups, some of them empty."""
    today = board.today
    found = agenda(board.plan, board.graph, board.statuses, today, AHEAD, _candidates(board))
    sunday = today + timedelta(days=6 - today.weekday())
    later = today + timedelta(days=AHEAD)
    slots: list[Item] = []
    week: list[Line] = []
    running: list[Line] = []
    coming: list[Line] = []
    overdue: list[Line] = [*_together(_without_slots(found.overdue, slots), today)]
    dated: list[Line] = [*_without_slots((*found.due, *found.running, *found.coming), slots)]
    more: list[Line] = [*_kept(board), *_dates(board)]
    if more:
        dated = sorted([*dated, *more], key=_by_days)
    for item in dated:
        assert item.days is not None  # only what is put off may have none
        if item.days.end < today:
            overdue = sorted([*overdue, item], key=_by_days)
            continue
        target = week if item.days.end <= sunday else running if item.days.start <= today else coming
        target.append(item)
    year = today.year
    this_week = days_words(Window(today, sunday), year)
    return [
        Group(_("Past its last day, still open"), _("past"), "late", overdue),
        Group(_("This week, {days}").format(days=this_week), _("this week"), "heading", week),
        Group(_("Running, due later"), _("running"), "heading", running),
        Group(
            _("Coming, up to {day}").format(day=days_words(Window(later, later), year)), _("coming"), "heading", coming
        ),
        Group(_("Waiting for what comes before"), _("waiting"), "blocked", list(_without_slots(found.blocked, None))),
        Group(_("Put off, no new date yet"), _("put off"), "postponed", list(_without_slots(found.postponed, None))),
        Group(_("Not often enough yet"), _("too few times"), "warning", _together(slots, today)),
    ]


def _kept(board: Board) -> Iterator[Item]:
    """What was ticked while this was looked at: it stays until something else is, so that one can go down the list."""
    for id_, key in board.kept:
        task = board.plan.task_by_id.get(id_)
        for one in board.occurrences(task) if task else ():
            if task and one.days and key in (None, one.key) and board.statuses.occurrence(task, one.key) in CLOSED:
                yield Item(task, one, one.days, (), (), board.statuses.occurrence(task, one.key))
                break


def _dates(board: Board) -> Iterator[CalendarItem]:
    """The open dates that come from no task, as far ahead as it looks."""
    found = dates_of(board.dates, board.today, AHEAD)
    yield from (*found.overdue, *found.due, *found.running, *found.coming)


def _by_days(item: Line) -> tuple[date, date, int]:
    assert item.days is not None
    return item.days.end, item.days.start, item.task.position if isinstance(item, Item) else _LAST


def _candidates(board: Board) -> list[Task]:
    """The shown tasks that can stand in the agenda: most of a long plan cannot, and that is seen at a glance."""
    until, is_told = board.today + timedelta(days=AHEAD), board.statuses.is_told
    return [
        task
        for task in board.tasks
        if task.on or task.times or (task.windows and task.windows[0].start <= until) or is_told(task.id)
        or (task.timing and task.timing.recurs)
    ]  # fmt: skip


def _without_slots(entries: Iterable[_Entry], slots: list[Item] | None) -> Iterator[Item]:
    """Entries of the agenda as items; slots of several days, which any day of them fills, go into `slots`."""
    for entry in entries:
        task, occurrence, days, status, waits_for, missing, _ready = entry
        item = Item(task, occurrence, days, waits_for, missing, status)
        if slots is not None and item.occurrence.kind == "slot" and item.days and item.days.days > 1:
            slots.append(item)
        else:
            yield item


def _together(items: Iterable[Item], today: date) -> list[Item]:
    """`items` that have begun, in their order; the missed slots of a task on one line, and those of equal days too."""
    found: dict[object, Item] = {}
    for n, item in enumerate(items):
        if item.days is None or item.days.start > today:
            continue
        is_missed = item.days.end < today
        key: object = (item.task.id, is_missed or item.days) if item.occurrence.kind == "slot" else n
        before = found.get(key)
        found[key] = before._replace(slots=before.slots + 1) if before else item
    return list(found.values())


# Lines ---------------------------------------------------------------------------------------------------------------


class _Page:
    """Lays the groups out, and draws a line when it is asked for."""

    def __init__(self, board: Board, size: Size, paint: Paint, groups: Sequence[Group]) -> None:
        self.board, self.width, self.paint = board, size.width, paint
        self.groups = groups
        self.undated = len(undated(board))
        self.notes = list(self._first_lines())
        self.starts: list[int] = []
        """The row of each heading."""
        row = len(self.notes)
        for group in groups:
            row += bool(row)
            self.starts.append(row)
            row += 1 + len(group.items)
        self.height = row + (2 if self.undated else 0)
        self.days_width, self.left_width = self._columns()

    def _first_lines(self) -> Iterator[str]:
        """What must be said before all else, and what there is to say where nothing is due."""
        board, term = self.board, self.board.plan.term
        if board.today < term.start:
            yield _("The term begins on {day}.").format(day=term.start)
        elif board.today > term.end:
            yield _("The term ended on {day}.").format(day=term.end)
        if note := nothing_note(board):
            yield note
        elif not self.groups:
            yield _("Nothing is due or coming.")

    def _columns(self) -> tuple[int, int]:
        """Cells for the days and for how long still: as many as the longest needs."""
        year, today = self.board.today.year, self.board.today
        items = [item for group in self.groups for item in group.items]
        texts = {days_words(days, year) for days in {item.days for item in items if item.days}}
        if self.width >= _ROOMY:
            texts |= {appointment_words(a, year) for a in set(map(_appointment, items)) if a}
        else:
            texts |= {_short(a, year) for a in set(map(_appointment, items)) if a}
        lefts = {left_words(days, today) for days in {item.days for item in items if item.days}}
        days_width = max((width_of(steady(text)) for text in texts), default=0)
        left_width = max((width_of(text) for text in lefts), default=0)
        return min(max(days_width, _LEAST_DAYS), _MOST_DAYS, self.width // 3), min(left_width, self.width // 5)

    def sheet(self) -> Sheet:
        """All of it, with a spot on each occurrence."""
        spots = [
            Spot(start + 1 + n, 0, self.width, _ref(item))
            for start, group in zip(self.starts, self.groups, strict=True)
            for n, item in enumerate(group.items)
        ]
        if self.undated:
            spots.append(Spot(self.height - 1, 0, self.width, Ref("text", UNDATED)))
        return Sheet(self.width, self.height, self.line, [spots], [self._head()])

    def _head(self) -> Strip:
        """How many there are of each kind, closer together where there is little room."""
        row = Row(self.paint, "head").raw(" ")
        texts = [f"{steady(group.short)} {group.open}" for group in self.groups]
        spare = self.width - 2 - sum(map(width_of, texts))
        gap = min(max(spare // max(len(texts) - 1, 1), 1), 3)
        for group, text in zip(self.groups, texts, strict=True):
            row.raw(text, group.role if group.role != "heading" else "").raw(" " * gap)
        if not self.groups:
            row.put(_("Agenda"))
        return row.strip(self.width)

    def line(self, y: int) -> Strip:
        """One line of the body."""
        if y < len(self.notes):
            return self._row().put(self.notes[y], "muted").strip(self.width)
        if self.undated and y == self.height - 1:
            return self._undated_line()
        n = bisect_right(self.starts, y) - 1
        below = y - self.starts[n] if n >= 0 else -1
        if n < 0 or below > len(self.groups[n].items):
            return self._row().strip(self.width)
        group = self.groups[n]
        return self._item_line(group.items[below - 1]) if below else self._heading_line(group)

    def _row(self) -> Row:
        return Row(self.paint).raw(" " * _MARGIN)

    def _heading_line(self, group: Group) -> Strip:
        n = group.open
        count = ngettext("{n} task", "{n} tasks", n).format(n=n)
        return self._row().put(group.title, group.role).raw("  ").put(count, "muted").strip(self.width)

    def _undated_line(self) -> Strip:
        n = self.undated
        text = ngettext("{n} open task has no date.", "{n} open tasks have no date.", n).format(n=n)
        return self._row().put(text, "muted").strip(self.width)

    def _item_line(self, item: Line) -> Strip:
        """Sign, days, how long still, title, and what a person must know besides."""
        board, year = self.board, self.board.today.year
        state = board.state(item.task, item.occurrence) if isinstance(item, Item) else self._state(item)
        row = self._row().put(SIGNS[state], state).raw(" ")
        appointment = _appointment(item)
        if appointment and self.width < _ROOMY:
            days = _short(appointment, year)
        elif appointment:
            days = appointment_words(appointment, year)
        else:
            days = days_words(item.days, year) if item.days else _("no date")
        row.put(days, "decided" if appointment else "", self.days_width).raw("  ")
        left = left_words(item.days, board.today) if item.days else ""
        row.put(left, "late" if item.days and item.days.end < board.today else "muted", self.left_width).raw("  ")
        self._put_title(row, item, state)
        return row.strip(self.width)

    def _state(self, item: CalendarItem) -> State:
        return "late" if item.days and item.days.end < self.board.today else "planned"

    def _put_title(self, row: Row, item: Line, role: str) -> None:
        if isinstance(item, Item):
            title, remarks = steady(item.task.title), self._remarks(item)
        else:
            title, remarks = steady(printable(item.title)), self._date_remarks(item)
        room = self.width - row.width - _MARGIN
        wanted = sum(width_of(steady(text)) + 2 for text, _role in remarks)
        if self.width >= _ROOMY:
            row.put(title, role, min(room * 6 // 10, _MOST_TITLE))
        else:
            kept = min(width_of(title), max(room - wanted, min(_TITLE, room)))
            row.put(title, role, kept)
        for text, remark_role in remarks:
            room, wanted = self.width - row.width - _MARGIN - 2, width_of(steady(text))
            if room < min(wanted, _REMARK):
                return
            row.raw("  ").put(text, remark_role, min(wanted, room))

    def _remarks(self, item: Item) -> list[tuple[str, str]]:
        """Texts and roles, the more urgent first."""
        board, found = self.board, []
        if item.waits_for:
            found.append((waits_words(item.waits_for), "blocked"))
        if item.missing:
            few = 3 if self.width >= _ROOMY else 1
            found.append((missing_words(item.missing, board.plan, few), "warning"))
        if item.occurrence.kind == "slot" or item.occurrence.key:
            found += ((text, "muted") for text in self._times(item))
        if item.status in (DOING, POSTPONED):
            found.append((status_name(item.status), item.status))
        if item.task.private:
            found.append((_("not sent out"), "muted"))
        found += ((printable(badge.text), "warning") for badge in board.badges(item.task))
        return found

    def _date_remarks(self, item: CalendarItem) -> list[tuple[str, str]]:
        names = branch_names(item.branches, self.board.plan)
        private = _("not sent out") if item.private else ""
        return [(text, "muted") for text in (names, private) if text]

    def _times(self, item: Item) -> Iterator[str]:
        """How many slots the line stands for, and of how many times how many are done."""
        if item.slots > 1:
            is_missed = item.days is not None and item.days.end < self.board.today
            text = _("{n} times missed") if is_missed else _("{n} times still to do")
            yield text.format(n=item.slots)
        known = self.board.occurrences(item.task)
        closed = sum(self.board.statuses.occurrence(item.task, o.key) in CLOSED for o in known)
        yield _("{closed} of {all} times").format(closed=closed, all=len(known))


def _appointment(item: Line) -> Appointment | None:
    """When it is, where that is decided."""
    if isinstance(item, Item):
        return item.occurrence.appointment if item.days else None
    return Appointment(*item.days, item.begins, item.ends) if item.days and item.kind == "decided" else None


def _ref(item: Line) -> Ref:
    if isinstance(item, Item):
        return Ref("task", item.task.id, item.occurrence.key)
    return Ref("text", date_name(item))


def _short(appointment: Appointment, year: int) -> str:
    """When something decided begins: where there is little room its end is left out."""
    return appointment_words(appointment._replace(ends=None), year)
