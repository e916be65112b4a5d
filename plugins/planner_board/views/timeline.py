"""The timeline: the term week by week, a row a task. Windows are soft bars, decided days are marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby, islice
from typing import NamedTuple

from textual.strip import Strip

from planner.api import CLOSED, DayKind, Task, Window, _, day_kind, ngettext, short_appointment
from planner_board.board import SIGNS, Board, Size
from planner_board.days import Dated, monday, repeats
from planner_board.drawing.cells import cut, steady, width_of
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref, Row, Sheet, Spot
from planner_board.views.weeks import Lane, month_label, provisional_note, window_role
from planner_board.words.nothing import nothing_note
from planner_board.words.tasks import progress_words

WINDOW, DECIDED, LINK, NOW = "░", "♦", "╌", "╎"
EARLIER, LATER = "◂", "▸"
"""Stand at the edge for days outside of the term."""
_READABLE = 12
"""Cells in which the name of a need is worth reading."""


class Scale(NamedTuple):
    """How a width is shared out, in cells: the title, and what a week gets, or how many weeks share a cell."""

    title: int
    per_week: int
    weeks_per_cell: int
    cells: int
    """Those of all weeks together."""


def scale(width: int, weeks: int) -> Scale:
    """The widest weeks that leave the titles about a third of `width`; what is left over goes to the titles first."""
    least = max(min(20, width // 2), width * 3 // 10)
    room = max(width - 1 - least, 1)
    per_week = min(room // weeks, 7)
    weeks_per_cell = 1 if per_week else -(-weeks // room)
    cells = weeks * per_week if per_week else -(-weeks // weeks_per_cell)
    title = min(width - 1 - cells, max(least, width * 2 // 5))
    return Scale(max(title, 0), per_week, weeks_per_cell, cells)


class Axis:
    """The weeks of the term from left to right, on `width` cells together with what is written behind them."""

    def __init__(self, board: Board, width: int) -> None:
        self.board = board
        self.term = board.plan.term
        self.first = monday(self.term.start)
        self.weeks = (self.term.end - self.first).days // 7 + 1
        self.scale = scale(width, self.weeks)
        self.cells = self.scale.cells
        self.width = max(width - 1 - self.scale.title, 0)
        per = self.scale.per_week
        self._part = [max(n for n in range(per) if n * 7 // per <= weekday) for weekday in range(7)] if per else []

    def cell(self, day: date) -> int:
        """The cell of a day; for a day outside of the weeks of the term below 0, or not below `cells`."""
        week, weekday = divmod((day - self.first).days, 7)
        if self.scale.per_week:
            return week * self.scale.per_week + self._part[weekday]
        return week // self.scale.weeks_per_cell

    def inside(self, day: date) -> int:
        """The cell of a day; of a day outside of the weeks of the term the first or last cell."""
        return min(max(self.cell(day), 0), self.cells - 1)

    def mondays(self) -> Iterator[date]:
        """The first day of each week."""
        return (date.fromordinal(self.first.toordinal() + 7 * week) for week in range(self.weeks))

    @cached_property
    def today(self) -> int | None:
        """The cell of today; None outside of the term."""
        return self.cell(self.board.today) if self.board.today in self.term.window else None

    @cached_property
    def shades(self) -> list[tuple[str, str]]:
        """The role of each cell, and the sign that says the same without colour."""
        whole = Window(self.first, max(self.first, self.term.end))
        calendar, breaks = self.board.plan.calendar, self.term.breaks
        shown: list[tuple[str, str]] = []
        for _cell, days in groupby(whole.each_day(), self.cell):
            shown.append(_shade({day_kind(day, calendar, breaks) for day in days}, weekends=self.scale.per_week == 7))
        return shown + [("", " ")] * (self.width - len(shown))

    @cached_property
    def roles(self) -> list[str]:
        """What lies below a row: the shade of each cell, and today."""
        roles = [role for role, _sign in self.shades]
        if self.today is not None:
            roles[self.today] += " now"
        return roles


def _shade(kinds: set[DayKind], *, weekends: bool) -> tuple[str, str]:
    """Role and sign of a cell with such days; a weekend counts only where each day has a cell."""
    if "holiday" in kinds or "day-off" in kinds:
        return "rest", "*"
    if "break" in kinds and kinds <= {"break", "weekend"}:
        return "break", "~"
    if "make-up" in kinds:
        return "make-up", "+"
    return ("rest" if weekends and "weekend" in kinds else ""), " "


def draw(board: Board, size: Size, paint: Paint, opened: str = "") -> Sheet:  # noqa: ARG001  no groups
    """The timeline of a board: a row a task in order of its first day, those without a date last."""
    axis = Axis(board, size.width)
    rows = _rows(board)
    spots = [Spot(y, 0, size.width, Ref("task", row.id)) for y, row in enumerate(rows) if not isinstance(row, str)]

    def line(y: int) -> Strip:
        row = rows[y]
        if isinstance(row, str):
            return Row(paint).put(f" {row}", "heading").strip(size.width)
        return _task_line(axis, row, paint).strip(size.width)

    return Sheet(size.width, len(rows), line, [spots], _head(axis, size.width, paint))


def _rows(board: Board) -> list[Task | str]:
    """Tasks and headings from top to bottom."""
    dated: list[tuple[date, Task]] = []
    undated: list[Task] = []
    for task in board.tasks:
        span = task.span
        if span:
            dated.append((span.start, task))
        elif repeats(task):
            dated.append((board.plan.term.start, task))
        else:
            undated.append(task)
    dated.sort(key=lambda pair: pair[0])
    rows: list[Task | str] = [task for _day, task in dated]
    if undated:
        number = ngettext("{n} task", "{n} tasks", len(undated)).format(n=len(undated))
        rows += ["", _("{title} ({extra})").format(title=_("Without a date"), extra=number), *undated]
    return rows or ["", nothing_note(board)]


def _head(axis: Axis, width: int, paint: Paint) -> list[Strip]:
    """Months, weeks, and the days off; before them what is not known about these."""
    note = provisional_note(axis.board.plan)
    lanes = [(_years(axis), _months(axis)), (_week_words(axis), _weeks(axis)), (_legend(axis), _days_off(axis))]
    lines = [Row(paint).put(f" {note}", "warning").strip(width)] if note else []
    for words, lane in lanes:
        row = Row(paint, "head").put(f" {words}", width=axis.scale.title).raw(" ")
        lines.append(lane.put_on(row).strip(width))
    return lines


def _years(axis: Axis) -> str:
    return "-".join(dict.fromkeys((str(axis.term.start.year), str(axis.term.end.year))))


def _months(axis: Axis) -> Lane:
    lane = Lane([""] * axis.width)
    year, month = axis.term.start.year, axis.term.start.month
    labels = []
    while (day := date(year, month, 1)) <= axis.term.end:
        is_now = (year, month) == (axis.board.today.year, axis.board.today.month)
        labels.append((max(axis.cell(day), 0), month_label(month), "head-now" if is_now else ""))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return _labelled(lane, labels)


def _week_words(axis: Axis) -> str:
    return _("Teaching week") if axis.term.week1 else _("Monday")


def _weeks(axis: Axis) -> Lane:
    """The number of each teaching week; where the plan has none, the day of the month on which each week begins.

    Where there is no room for all, every second or third is named, and the one of today among them.
    """
    labels = []
    per, this_week = axis.scale.per_week, monday(axis.board.today)
    step = -(-3 // per) if per else 3 * axis.scale.weeks_per_cell
    named = this_week if axis.today is not None else axis.term.week1 or axis.first
    offset = (named - axis.first).days // 7 % step
    for day in islice(axis.mondays(), offset, None, step):
        number = axis.term.teaching_week_number(day) if axis.term.week1 else day.day
        if number is not None:
            labels.append((axis.cell(day), str(number), "head-now" if day == this_week else ""))
    return _labelled(Lane([""] * axis.width), labels)


def _labelled(lane: Lane, labels: Iterable[tuple[int, str, str]]) -> Lane:
    """Write labels (cell, text, roles) as far as there is room between them: the one of now first."""
    for x, text, role in sorted(labels, key=lambda label: not label[2]):
        end = x + width_of(text)
        if end <= lane.width and lane.is_free(x, end):
            lane.text(x, text, role)
    return lane


def _legend(axis: Axis) -> str:
    """What the signs of the last heading line mean, as far as there is room."""
    used = {sign for _role, sign in axis.shades}
    parts = [
        "▾ " + _("today") if axis.today is not None else "",
        "* " + _("days off") if "*" in used else "",
        "+ " + _("work day") if "+" in used else "",
        "~ " + _("break") if "~" in used else "",
    ]
    said = ""
    for part in filter(None, parts):
        longer = f"{said} {part}".lstrip()
        said = longer if width_of(longer) < axis.scale.title else said
    return said


def _days_off(axis: Axis) -> Lane:
    """A sign for each cell with days off, their name where there is room for it, and today."""
    lane = Lane([role for role, _sign in axis.shades])
    for x, (_role, sign) in enumerate(axis.shades):
        lane.text(x, sign)
    for name, days in _named(axis):
        cells = [x for x in range(axis.cell(days.start), axis.cell(days.end) + 1) if axis.shades[x][1] in "*~"]
        if axis.today in cells:
            cells = cells[cells.index(axis.today) + 1 :]
        if len(cells) >= width_of(steady(name)):
            lane.text(cells[0], name)
    if axis.today is not None:
        lane.text(axis.today, "▾", "today")
    elif axis.board.today < axis.term.start:
        lane.text(0, EARLIER, "today")
    else:
        lane.text(axis.cells - 1, LATER, "today")
    return lane


def _named(axis: Axis) -> Iterator[tuple[str, Window]]:
    """The breaks and the statutory days off within the term, in a short name each."""
    term, calendar = axis.term, axis.board.plan.calendar
    for title, window in term.breaks:
        if window.start <= term.end and window.end >= term.start:
            yield title, Window(max(window.start, term.start), min(window.end, term.end))
    for name, days in groupby(term.window.each_day(), calendar.rest_name):
        if name:
            some = list(days)
            yield name.removesuffix("节") if len(name) > 2 else name, Window(some[0], some[-1])


def _task_line(axis: Axis, task: Task, paint: Paint) -> Row:
    state = axis.board.state(task)
    role = "" if state == "planned" else state
    row = Row(paint).raw(f"{SIGNS[state]} ", role)
    done = progress_words(axis.board, task)
    room = axis.scale.title - row.width - (len(done) + 1 if done else 0)
    _title(row, axis.board, task, role, room)
    if done:
        row.raw(f" {done}", "muted")
    return _chart(axis, task).put_on(row.raw(" "))


def _title(row: Row, board: Board, task: Task, role: str, room: int) -> None:
    """The title in `room` cells, and what plugins remark where it leaves some."""
    end = row.width + room
    title = cut(steady(task.title), room)
    row.raw(title, role)
    for badge in board.badges(task):
        text = steady(badge.text)
        if row.width + width_of(text) + 1 <= end:
            row.raw(" ").raw(text, badge.role)
    row.to(end)


def _chart(axis: Axis, task: Task) -> Lane:
    lane = Lane(axis.roles)
    board = axis.board
    dated = []
    for occurrence in board.occurrences(task):
        days = board.statuses.days(task, occurrence)
        if days:
            dated.append(Dated(task, occurrence, days))
    if dated:
        first = min(axis.inside(found.days.start) for found in dated)
        last = max(axis.inside(found.days.end) for found in dated)
        _link(axis, lane, task, first)
        for found in dated:
            _bar(axis, lane, found, alone=len(dated) == 1)
        _beside(lane, *_remark(board, task, dated), first, last)
    else:
        _words(axis, lane, task)
    if axis.today is not None:
        lane.mark(axis.today, NOW, "heading", over=LINK)
        lane.mark(axis.today, WINDOW, "heading", over=WINDOW)
    return lane


def _bar(axis: Axis, lane: Lane, found: Dated, *, alone: bool) -> None:
    """The cells of one occurrence; of several each begins with the sign of how it stands."""
    state = axis.board.state(found.task, found.occurrence)
    first, last = axis.cell(found.days.start), axis.cell(found.days.end)
    role = window_role(state, decided=found.is_decided)
    if last < 0:
        lane.text(0, EARLIER, role)
    elif first >= axis.cells:
        lane.text(axis.cells - 1, LATER, role)
    else:
        first, last = axis.inside(found.days.start), axis.inside(found.days.end)
        lane.fill(first, last + 1, DECIDED if found.is_decided else WINDOW, role)
        if not alone and not found.is_decided:
            lane.text(first, SIGNS[state], role)


def _link(axis: Axis, lane: Lane, task: Task, first: int) -> None:
    """The way from the end of what comes before to the begin of the task."""
    spans = [need.span for need in axis.board.graph.needs(task)] if task.needs else []
    ends = [axis.cell(span.end) for span in spans if span]
    if ends:
        lane.fill(max(ends) + 1, first, LINK, "need" if axis.board.blockers(task) else "muted")


def _beside(lane: Lane, text: str, roles: str, first: int, last: int) -> None:
    """Write a text behind the bars, which take the cells `first` to `last`, else before them, where there is room."""
    text = steady(text)
    least = min(width_of(text), _READABLE)
    if lane.width - last - 2 >= least:
        lane.text(last + 2, text, roles)
    elif first - 1 >= least:
        text = cut(text, first - 1)
        x = first - 1 - width_of(text)
        lane.fill(x - 1, first, " ", roles)
        lane.text(x, text, roles)


def _remark(board: Board, task: Task, dated: Sequence[Dated]) -> tuple[str, str]:
    """What stands beside the bars, and its role: the open need that ends last, else the day that is decided."""
    blockers = board.blockers(task) if board.state(task) not in CLOSED else ()
    if blockers:
        nearest = max(blockers, key=lambda need: need.span.end if need.span else date.min)
        return f"{SIGNS['blocked']} {nearest.title}", "need"
    appointment = dated[0].occurrence.appointment if len(dated) == 1 else None
    return (short_appointment(appointment) if appointment else ""), "muted"


def _words(axis: Axis, lane: Lane, task: Task) -> None:
    """Instead of bars: the plan's own words, or that the task was put off and nobody knows to when."""
    if task.span:
        said = _("put off, no new date yet")
        lane.text(max(min(axis.inside(task.span.start), lane.width - width_of(said)), 0), said, "postponed")
        return
    end = lane.text(0, task.when, "muted") if task.when else -2
    _beside(lane, *_remark(axis.board, task, ()), 0, end)
