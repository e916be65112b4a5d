"""A day, said in words or picked from a month."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from planner.api import Appointment, PlannerError, Snapshot, Task, _, day_name, decided, month_name, on_text, weekday
from planner_board.acts.target import Part
from planner_board.dialogs.ask import Ask, Live, Submit
from planner_board.dialogs.panel import Line
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Row

_WEEK = timedelta(days=7)
_ROWS = 8
"""The month, the weekdays, six weeks."""


class MonthGrid(Widget, can_focus=True):
    """A month of the term. Arrows go by day and week, PgUp and PgDn by month, Home goes to today."""

    DEFAULT_CSS = "MonthGrid { height: 8; width: 100%; margin: 1 0 0 0; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "go(-1)", show=False),
        Binding("right", "go(1)", show=False),
        Binding("up", "go(-7)", show=False),
        Binding("down", "go(7)", show=False),
        Binding("pageup", "month(-1)", show=False),
        Binding("pagedown", "month(1)", show=False),
        Binding("home", "today", show=False),
        Binding("enter", "screen.accept", show=False),
    ]

    class Picked(Message):
        """The cursor stands on another day."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    def __init__(self, paint: Paint, snapshot: Snapshot, task: Task, day: date) -> None:
        super().__init__(id="month")
        self.paint, self.snapshot, self.about = paint, snapshot, task
        self.day = self._within(day)

    def _within(self, day: date) -> date:
        term = self.snapshot.plan.term
        return min(max(day, term.start), term.end)

    def show(self, day: date) -> None:
        """Put the cursor on a day, or on the day of the term that is next to it."""
        self.day = self._within(day)
        self.refresh()

    def pick(self, day: date) -> None:
        """A person goes to a day."""
        self.show(day)
        self.post_message(self.Picked(self.day))

    def action_go(self, days: int) -> None:
        """So many days on."""
        self.pick(self.day + timedelta(days=days))

    def action_month(self, months: int) -> None:
        """So many months on, at most to the last day of the month."""
        number = self.day.year * 12 + self.day.month - 1 + months
        year, month = number // 12, number % 12 + 1
        self.pick(date(year, month, min(self.day.day, calendar.monthrange(year, month)[1])))

    def action_today(self) -> None:
        """Today."""
        self.pick(self.snapshot.today)

    def on_focus(self) -> None:
        """The cursor looks different."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor looks different."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """The day under the mouse; in the first row the month before, or the next."""
        event.stop()
        self.focus()
        if event.y == 0:
            self.action_month(-1 if event.x < self.size.width // 2 else 1)
        elif event.y > 1:
            day = self._first + _WEEK * (event.y - 2) + timedelta(days=min(event.x // self._wide, 6))
            if day.month == self.day.month and self._within(day) == day:
                self.pick(day)

    @property
    def _wide(self) -> int:
        """Cells of a day."""
        return max(self.size.width // 7, 4)

    @property
    def _first(self) -> date:
        """The Monday of the first row."""
        first = self.day.replace(day=1)
        return first - timedelta(days=first.weekday())

    def render_line(self, y: int) -> Strip:
        """A line of the month."""
        return month_line(self, y, self.size.width)

    def cell(self, row: Row, day: date) -> None:
        """Draw one day."""
        width = self._wide
        if day.month != self.day.month or self._within(day) != day:
            row.raw(" " * width)
            return
        name = day_name(day, self.snapshot.plan.calendar, self.snapshot.plan.term.breaks)
        # That people work, or rest though it is no weekend, comes before what the day is called.
        mark = _("works") if name.makes_up else _("rests") if name.is_rest and day.weekday() < 5 else ""
        word = f"{mark} {name.festival or name.rest or ''}".strip()
        today, cursor = day == self.snapshot.today, day == self.day
        roles = "rest" if name.is_rest else "make-up" if name.makes_up else ""
        if not self._fits(day):
            roles += " muted"
        if today:
            roles, word = "today", _("today")
        if cursor:
            roles = "cursor" if self.has_focus else "cursor-off"
        sign = ">" if cursor else "*" if today else " "
        row.put(f"{sign}{day.day:>2} {word}", roles, width - 1).raw(" ")

    def _fits(self, day: date) -> bool:
        """Whether the plan means that day too."""
        return not self.about.windows or any(w.start <= day <= w.end for w in self.about.windows)


def month_line(grid: MonthGrid, y: int, width: int) -> Strip:
    """A line of the month, exactly `width` cells wide: its name, the weekdays, a week."""
    row = Row(grid.paint, "bar")
    if y == 0:
        name = month_name((grid.day.year, grid.day.month), grid.snapshot.plan.term)
        row.put("◂ PgUp", "key").raw("  ").put(name, "heading").raw("  ")
        return row.put("PgDn ▸", "key").strip(width)
    if y == 1:
        monday = grid._first
        for n in range(7):
            row.put(f" {weekday(monday + timedelta(days=n))}", "muted", grid._wide)
        return row.strip(width)
    for n in range(7):
        grid.cell(row, grid._first + _WEEK * (y - 2) + timedelta(days=n))
    return row.strip(width)


class PickDay(Ask):
    """A line for words, how they are read, and a month; words and month follow each other."""

    DEFAULT_CSS = "PickDay #reading { min-height: 2; }"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "app.focus_next", show=False)]

    def __init__(
        self, heading: str, prompt: str, value: str, live: Live, part: Part, snapshot: Snapshot, *, submit: Submit
    ) -> None:
        super().__init__(heading, prompt, value, live, submit=submit)
        self.part, self.snapshot = part, snapshot
        self._month: MonthGrid | None = None

    def parts(self) -> Iterable[Widget]:
        """The line, the reading, the month."""
        yield from super().parts()
        task, today = self.part.task, self.snapshot.today
        span = (self.part.occurrence.days if self.part.occurrence else None) or task.span
        day = today if span is None or span.start <= today <= span.end else span.start
        self._month = MonthGrid(self.board_app.paint, self.snapshot, task, day)
        yield self._month

    def _appointment(self) -> Appointment | None:
        try:
            return decided(self.typed, self.part.task, self.snapshot.plan, self.snapshot.today)
        except PlannerError:
            return None

    def read(self) -> None:
        """The month goes where the words do."""
        super().read()
        appointment = self._appointment()
        if appointment and self._month:
            self._month.show(appointment.start)

    @on(MonthGrid.Picked)
    def _picked(self, event: MonthGrid.Picked) -> None:
        """The words become the day, with the time of day that they had."""
        event.stop()
        appointment = self._appointment()
        if appointment and appointment.begins:
            appointment = appointment._replace(start=event.day, end=event.day)
            words = on_text(appointment)
        else:
            words = str(event.day)
        line = self.query_one("#typed", Line)
        line.value = words
        line.cursor_position = len(words)
