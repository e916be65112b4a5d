"""The term a plan is for: its span, its teaching weeks, and the numbers that steer fuzzy expressions."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from datetime import date, timedelta
from typing import NamedTuple

from planner.dates.window import Window


class Policy(NamedTuple):
    """The school's own meaning of fuzzy words, in days unless said otherwise (plan table `[dates]`)."""

    around: int = 7
    """X前后: so many days before and after X."""
    before: int = 14
    """X前 of a festival or period: so many days, ending the day before."""
    after: int = 14
    """X后: so many days from the next working day on."""
    opening_weeks: int = 2
    """学期初: the first so many teaching weeks."""
    midterm_week: int = 9
    """期中: the number of its first teaching week (two weeks long)."""
    closing: int = 14
    """期末: the last so many calendar days of teaching."""


class Break(NamedTuple):
    """A break of the school's own: the title the plan gives it, and its days."""

    title: str
    window: Window


class Term(NamedTuple):
    """The span of a plan. `week1` is the Monday of teaching week 1, `teaching_end` the last teaching day."""

    start: date
    end: date
    week1: date | None = None
    teaching_end: date | None = None
    policy: Policy = Policy()
    breaks: tuple[Break, ...] = ()
    """The breaks that the plan states; where it names one, 暑假 means exactly that."""

    @property
    def window(self) -> Window:
        """First to last day of the term, inclusive."""
        return Window(self.start, self.end)

    @property
    def is_calendar_year(self) -> bool:
        """True for a plan of one whole calendar year, false for a semester."""
        return (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31)

    @property
    def is_autumn(self) -> bool:
        """True for a semester that begins in the second half of the year."""
        return not self.is_calendar_year and self.start.month >= 7

    def teaching_week(self, number: int) -> Window | None:
        """Monday to Sunday of teaching week `number` (1 is the first, 0 the 预备周 before); None without `week1`."""
        if self.week1 is None:
            return None
        monday = self.week1 + timedelta(weeks=number - 1)
        return Window(monday, monday + timedelta(days=6))

    def teaching_week_number(self, day: date) -> int | None:
        """Number of the teaching week that holds `day`; None outside teaching or without `week1`."""
        if self.week1 is None or day < self.week1 or day > (self.teaching_end or self.end):
            return None
        return (day - self.week1).days // 7 + 1
