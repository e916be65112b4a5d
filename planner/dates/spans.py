"""What a grammar rule returns, and the context in which an incomplete expression is completed."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from planner.dates.festivals import month_window
from planner.dates.term import Term
from planner.dates.window import Window

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Years that are read as a year; other numbers are not."""


class Note(NamedTuple):
    """Why a result is what it is: a code of `reasons` with the words to fill in."""

    code: str
    words: tuple[str, ...] = ()


READ = Note("read")


class Scope(NamedTuple):
    """Where an expression stands: its term, and the month and year that complete it.

    `month` comes from a heading, or from the expression itself (`stated`), as in 5月18、19日.
    """

    term: Term
    month: int | None = None
    year: int | None = None
    stated: bool = False


class Span(NamedTuple):
    """A stretch of time read from the tokens before `stop`.

    `kind` tells the modifiers what they stand behind: day, end (底 末), part, month, week, festival, days_off,
    period, opening, year. `month` and `year` complete what follows in the same list or range.
    """

    stop: int
    kind: str
    windows: tuple[Window, ...]
    precision: str | None = None
    certain: bool = True
    note: Note = READ
    month: int | None = None
    year: int | None = None
    festivals: tuple[tuple[str, date], ...] = ()
    provisional: bool = False

    @property
    def first(self) -> date:
        """First day of the first window."""
        return self.windows[0].start

    @property
    def last(self) -> date:
        """Last day of the last window."""
        return self.windows[-1].end


def unknown(stop: int, code: str, *words: str, kind: str = "unknown") -> Span:
    """A time expression that gives no date: a person has to look."""
    return Span(stop, kind, (), certain=False, note=Note(code, words))


def silent(stop: int) -> Span:
    """Words that are read and mean no time: a year that only says which prize or people are meant."""
    return Span(stop, "silent", ())


def plus(day: date, days: int) -> date:
    """`day` moved by so many days, held inside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def window(year: int, month: int, day: int, length: int) -> Window:
    """`length` days from a date on."""
    start = date(year, month, day)
    return Window(start, plus(start, length - 1))


def months_window(year: int, first: int, last: int) -> Window:
    """First day of month `first` to last day of month `last`; months above 12 lie in the following years."""
    end = month_window(year + (last - 1) // 12, (last - 1) % 12 + 1).end
    return Window(date(year + (first - 1) // 12, (first - 1) % 12 + 1, 1), end)


def placed(scope: Scope, make: Callable[[int], Window | None]) -> tuple[Window | None, bool]:
    """The window of the year that is meant, and whether that is certain.

    A stated year; else the plan's calendar year; else the year in which the window touches the semester; else the
    next after its start, to be looked at.
    """
    start, end = scope.term.start, scope.term.end
    if scope.year is not None:
        return make(scope.year), True
    if scope.term.is_calendar_year:
        return make(start.year), True
    years = range(max(start.year - 1, 1), min(end.year + 2, 9998))
    made = [found for found in map(make, years) if found]
    for found in made:
        if found.start <= end and found.end >= start:
            return found, True
    return next((found for found in made if found.start >= start), None), False


def placed_months(scope: Scope, first: int, last: int) -> tuple[Window | None, bool]:
    """Months `first` to `last` (above 12: of the year after) of the year that is meant, and whether that is certain."""
    return placed(scope, lambda year: months_window(year, first, last))


def note_of(*, certain: bool) -> Note:
    """The note of a span without a year: read, or the term does not hold it."""
    return READ if certain else Note("outside_term")


def year_of_month(scope: Scope, month: int) -> tuple[int, bool]:
    """The year a month without a year belongs to, and whether that is certain."""
    found, certain = placed(scope, lambda year: month_window(year, month))
    return (found.start.year if found else scope.term.start.year), certain
