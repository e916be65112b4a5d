"""The calendar: the weeks of the term from top to bottom, with what days are called and what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from textual.strip import Strip

from planner.api import CLOSED, DayName, Window, _, day_kind, day_name, weekday
from planner_board.board import SIGNS, Board, Size
from planner_board.days import Dated, Days, monday
from planner_board.drawing.cells import cut, steady, width_of
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref, Row, Sheet, Spot
from planner_board.views.weeks import ROLES, Lane, month_label, provisional_note, window_role
from planner_board.words.nothing import nothing_note

FEWEST, MOST = 2, 6
"""Lines of a week."""
_SOFT, _FIRM = "░", "="
"""Fill the days of a window, and those of something decided that takes several days."""
_BEFORE, _BEHIND = "◂", "▸"
"""It began in an earlier week; it goes on in a later one."""
_WITH_TIME = 13
"""Cells of a day in which there is room for a time of day and some of a title."""

_CUT_AT_LEAST = 7
"""Cells in which the name of a festival that is cut can still be guessed."""


class Grid(NamedTuple):
    """Where the days stand: `left` cells for what is said of the week, seven days of `day` cells, `lines` a week."""

    left: int
    day: int
    lines: int
    first: date
    """The Monday of the first week."""
    weeks: int

    def x(self, n: int) -> int:
        """The first cell of day `n` of a week (0: Monday)."""
        return self.left + n * self.day


def grid(window: Window, size: Size) -> Grid:
    """A grid for the weeks that `window` touches. About four of them are seen at once in a small window.

    Notes in the heading change nothing: weeks keep their height while people filter.
    """
    width = size.width
    least = 4 if width < 72 else 7 if width < 110 else 13
    day = max((width - least) // 7, 1)
    lines = min(max((size.height - 1) // 4, FEWEST), MOST)
    first = monday(window.start)
    return Grid(max(width - 7 * day, 0), day, lines, first, (window.end - first).days // 7 + 1)


class Placed(NamedTuple):
    """Where something stands in a week: its line (0: the first below the numbers), first and last day (0: Monday)."""

    lane: int
    first: int
    last: int
    found: Dated


class Week(NamedTuple):
    """One week as it is drawn."""

    days: tuple[date, ...]
    names: tuple[DayName, ...]
    roles: tuple[str, ...]
    """Of each cell of the line."""
    placed: tuple[Placed, ...]
    more: tuple[int, ...]
    """How many there is no room for, on each day."""


class Calendar:
    """The weeks of a board, each worked out when it is first drawn."""

    def __init__(self, board: Board, grid: Grid, paint: Paint) -> None:
        self.board = board
        self.grid = grid
        self.paint = paint
        self.term = board.plan.term
        self._index = Days(board)
        self._weeks: dict[int, Week] = {}

    def line(self, y: int) -> Strip:
        """A line of the body."""
        number, row = divmod(y, self.grid.lines)
        week = self._week(number)
        # The lines with the numbers are a band of their own, so that each week is seen to begin there.
        lane = Lane(week.roles if row else [role or "bar" for role in week.roles])
        text, role = self._left(number, week, row)
        lane.text(0, text, role, self.grid.left)
        if row:
            self._tasks(lane, week, row - 1)
        else:
            for n in range(7):
                self._number(lane, week, n)
        return lane.strip(self.paint)

    def _week(self, number: int) -> Week:
        week = self._weeks.get(number)
        if week is None:
            first = self.grid.first.toordinal() + 7 * number
            days = tuple(date.fromordinal(first + n) for n in range(7))
            names = tuple(day_name(day, self.board.plan.calendar, self.term.breaks) for day in days)
            roles = [""] * self.grid.left
            for day in days:
                roles += [self._role(day)] * self.grid.day
            # What is still to be done gets the room before what is done.
            found = sorted(self._index.week(days[0]), key=self._is_closed)
            placed, more = _placed(found, days, self.grid.lines - 1)
            week = self._weeks[number] = Week(days, names, tuple(roles), placed, more)
        return week

    def _is_closed(self, found: Dated) -> bool:
        return self.board.state(found.task, found.occurrence) in CLOSED

    def _role(self, day: date) -> str:
        """What lies below the cells of a day."""
        if day not in self.term.window:
            return "muted"
        role = ROLES[day_kind(day, self.board.plan.calendar, self.term.breaks)]
        return f"{role} now" if day == self.board.today else role

    def _left(self, number: int, week: Week, row: int) -> tuple[str, str]:
        """What is said at the left of a line, and its role: the teaching week, the month, how much has no day yet."""
        if row == 0:
            return _week_label(next(filter(None, map(self.term.teaching_week_number, week.days)), None), self.grid.left)
        begins = next((day for day in week.days if day.day == 1), week.days[0] if number == 0 else None)
        if row > 2 or begins is None:
            return "", ""
        start = max(begins, self.term.start) if number == 0 else begins
        if start > self.term.end:
            return "", ""
        if row == 1:
            dated = _("{year}-{month}").format(year=start.year, month=start.month)
            return _first_that_fits([dated, month_label(start.month)], self.grid.left), "heading"
        pending = self._index.pending(_month(start))
        said = [_("{n} without a day").format(n=pending), _("{n} open").format(n=pending)] if pending else []
        return _first_that_fits(said, self.grid.left), "muted"

    def _number(self, lane: Lane, week: Week, n: int) -> None:
        """The first line of a day: its number, whether it is a day off, what it is called, how much is not shown."""
        day, name = week.days[n], week.names[n]
        x, end = self.grid.x(n), self.grid.x(n + 1) - (1 if self.grid.day > 4 else 0)
        if week.more[n]:
            more = f"+{week.more[n]}"
            end = max(end - len(more), x)
            lane.text(end, more, "strong", self.grid.x(n + 1) - end)
        if day not in self.term.window:
            lane.text(x, _number_text(day, first=n == 0 and day < self.term.start), "muted", end - x)
            return
        is_today = day == self.board.today
        number = ("▾" if is_today else "") + _number_text(day, first=False)
        x = lane.text(x, number, "today" if is_today else "strong", end - x)
        festival, mark = _festival_and_mark(name, end - x)
        x = lane.text(x, mark, "strong", end - x)
        for word, role in self._words(day, name, festival, n):
            if x + 1 + width_of(word) <= end:
                x = lane.text(x + 1, word, role)

    def _words(self, day: date, name: DayName, festival: str, n: int) -> Iterator[tuple[str, str]]:
        """What a day is called and the roles of that, the more important first; the others where there is room."""
        if day == self.board.today:
            yield steady(_("today")), "today"
        if festival:
            yield festival, "festival"
        if name.kind == "break" and (n == 0 or any(day == found.window.start for found in self.term.breaks)):
            yield steady(name.rest), "break"
        if name.lunar:
            yield name.lunar, "muted"
        for other in name.festivals[1:]:
            yield steady(other), "muted"

    def _tasks(self, lane: Lane, week: Week, line: int) -> None:
        for placed in week.placed:
            if placed.lane == line:
                self._bar(lane, week, placed)

    def _bar(self, lane: Lane, week: Week, placed: Placed) -> None:
        """One thing on its days: a decided day as text, several days or a window as a bar."""
        found = placed.found
        state = self.board.state(found.task, found.occurrence)
        goes_on = found.days.end > week.days[-1]
        x, end = self.grid.x(placed.first), self.grid.x(placed.last + 1) - (0 if goes_on or self.grid.day < 4 else 1)
        text = _BEFORE if found.days.start < week.days[0] else ""
        text += SIGNS[state] + " " if state != "planned" else ""
        appointment = found.occurrence.appointment
        if appointment and appointment.begins and end - x >= _WITH_TIME:
            text += f"{appointment.begins:%H:%M} "
        role = window_role(state, decided=found.is_decided)
        if not found.is_decided or found.days.days > 1:
            lane.fill(x, end, _FIRM if found.is_decided else _SOFT, role)
        lane.text(
            x, text + found.task.title, "window planned" if role == "window" else role, end - x - (1 if goes_on else 0)
        )
        if goes_on:
            lane.text(end - 1, _BEHIND, role)


def draw(board: Board, size: Size, paint: Paint, opened: str = "") -> Sheet:  # noqa: ARG001  no groups
    """The calendar of a board: from the week of the term's first day to that of its last, a spot a day."""
    notes = [(provisional_note(board.plan), "warning"), (nothing_note(board), "muted")]
    head = [Row(paint).put(f" {note}", role).strip(size.width) for note, role in notes if note]
    places = grid(board.plan.term.window, size)
    calendar = Calendar(board, places, paint)
    return Sheet(
        size.width,
        places.weeks * places.lines,
        calendar.line,
        [_spots(places, n) for n in range(7)],
        [*head, _weekdays(board, places, paint)],
    )


def _spots(places: Grid, n: int) -> list[Spot]:
    """The days of one weekday, from top to bottom."""
    first = places.first.toordinal() + n
    return [
        Spot(
            week * places.lines,
            places.x(n),
            places.day,
            Ref("day", date.fromordinal(first + 7 * week).isoformat()),
            places.lines,
        )
        for week in range(places.weeks)
    ]


def _weekdays(board: Board, places: Grid, paint: Paint) -> Strip:
    row = Row(paint, "head").to(places.left)
    for n in range(7):
        is_now = board.today in board.plan.term.window and n == board.today.weekday()
        row.put(weekday(places.first + timedelta(days=n)), "head-now" if is_now else "", places.day)
    return row.strip(places.left + 7 * places.day)


def _placed(found: Sequence[Dated], days: tuple[date, ...], lines: int) -> tuple[tuple[Placed, ...], tuple[int, ...]]:
    """Each thing of a week on the first of the `lines` that is free on its days; the others are counted by day."""
    taken = [[False] * 7 for _line in range(lines)]
    more = [0] * 7
    placed = []
    for dated in found:
        first = max((dated.days.start - days[0]).days, 0)
        last = min((dated.days.end - days[0]).days, 6)
        lane = next((n for n, line in enumerate(taken) if not any(line[first : last + 1])), None)
        if lane is None:
            for n in range(first, last + 1):
                more[n] += 1
        else:
            taken[lane][first : last + 1] = [True] * (last + 1 - first)
            placed.append(Placed(lane, first, last, dated))
    return tuple(placed), tuple(more)


def _week_label(number: int | None, width: int) -> tuple[str, str]:
    """第9周, or 9 where there is little room."""
    if number is None:
        return "", ""
    return _first_that_fits([_("week {n}").format(n=number), str(number)], width), "heading"


def _number_text(day: date, *, first: bool) -> str:
    """The number of a day; of the first of a month the month, and both for the `first` day of all."""
    if first:
        return f"{day.month}/{day.day}"
    return month_label(day.month) if day.day == 1 else str(day.day)


def _festival_and_mark(name: DayName, room: int) -> tuple[str, str]:
    """What to call a day in `room` cells behind its number, and whether people work, where its weekday does not say.

    The name of a statutory festival says that it is a day off where there is no room for both.
    """
    mark = _mark(name)
    festival = steady(name.festival)
    if not festival:
        return "", mark
    for text in (festival, festival.removesuffix("节")):
        for sign in (mark, "") if name.festival == name.rest else (mark,):
            if width_of(sign) + 1 + width_of(text) <= room:
                return text, sign
    left = room - width_of(mark) - 1
    return (cut(festival, left) if left >= _CUT_AT_LEAST else ""), mark


def _mark(name: DayName) -> str:
    marks = {"holiday": _("Off"), "day-off": _("Off"), "break": _("Free"), "make-up": _("Work")}
    return steady(marks.get(name.kind, ""))


def _first_that_fits(texts: Sequence[str], width: int) -> str:
    """The first of `texts` that leaves a blank behind it; empty where none does."""
    return next((steady(text) for text in texts if width_of(steady(text)) < width), "")


def _month(day: date) -> Window:
    """From `day` to the last day of its month."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1) if (day.year, day.month) != (9999, 12) else None
    return Window(day, following - timedelta(days=1) if following else date.max)
