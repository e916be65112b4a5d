"""Inclusive ranges of days: the only shape in which a plan says when something happens."""

# Annotations are real objects in modules with a NamedTuple: it would compile each string, 30 µs a field.
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

ONE_DAY = timedelta(days=1)


class Window(NamedTuple):
    """A range of days, both ends inclusive; `start <= end` always holds for windows made here."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Length in days; a single day has length 1."""
        return (self.end - self.start).days + 1

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end

    def each_day(self) -> Iterator[date]:
        """Every day of the window, first to last."""
        return (self.start + timedelta(days=n) for n in range(self.days))


def merged(windows: Iterable[Window]) -> tuple[Window, ...]:
    """The same days in as few windows as possible, in order: overlapping and neighbouring windows join."""
    result: list[Window] = []
    for window in sorted(windows):
        if result and window.start <= result[-1].end + ONE_DAY:
            result[-1] = Window(result[-1].start, max(result[-1].end, window.end))
        else:
            result.append(window)
    return tuple(result)


def clipped(windows: Iterable[Window], to: Window) -> tuple[Window, ...]:
    """The parts of `windows` that lie inside `to`; a window wholly outside disappears."""
    return tuple(
        Window(max(w.start, to.start), min(w.end, to.end)) for w in windows if w.start <= to.end and w.end >= to.start
    )
