"""Where in a calendar something stands whose day is not decided: a marker of one day, never a bar of a month."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from datetime import date
from typing import NamedTuple

from planner.dates.window import Window
from planner.dates.workdays import WorkCalendar

LONG_WINDOW = 10
"""Windows of more days than this also get a marker that warns of their end."""
WARNING = 5
"""So many working days before the last one of the window."""


class Place(NamedTuple):
    """The day of the marker, the day that warns of the end (None: none), and the last working day of the window."""

    marker: date
    warning: date | None
    last: date
    is_off: bool = False
    """Whether the marker fell on the first day because the window has no working day."""


class Placing:
    """Finds places for windows, each window once."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar
        self._known: dict[tuple[bool, Window], Place] = {}

    def of(self, kind: str, days: Window) -> Place:
        """The place of an undecided item; a "window" is marked at its beginning, a "slot" of a quota near its end."""
        key = (kind == "slot", days)
        place = self._known.get(key)
        if place is None:
            place = self._known[key] = self._slot(days) if key[0] else self._window(days)
        return place

    def _last(self, days: Window) -> date:
        last = self._calendar.previous_workday(days.end)
        return last if last in days else days.end

    def _window(self, days: Window) -> Place:
        first = self._calendar.next_workday(days.start)
        marker = first if first in days else days.start
        last = self._last(days)
        warning = self._calendar.shift(last, -WARNING) if days.days > LONG_WINDOW else marker
        return Place(marker, warning if warning > marker else None, last, is_off=first not in days)

    def _slot(self, days: Window) -> Place:
        last = self._last(days)
        near_end = self._calendar.shift(last, -WARNING) if days.days > LONG_WINDOW else last
        return Place(near_end if near_end in days else last, None, last)
