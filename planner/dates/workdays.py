"""Working days: statutory holidays with their make-up days, school breaks, and the school's own exceptions."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from bisect import bisect_left
from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, date, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

from planner.dates.festivals import NAMES, festival_days
from planner.dates.window import ONE_DAY, Window

FIRST_OFFICIAL_YEAR = 2004
"""The first year whose notice of the State Council is in the table of `chinese_calendar`."""

# 全国年节及纪念日放假办法 (State Council decree 795, in force since 2025): days off of each festival, and the
# day they start on, counted from the festival. Bridging weekends and make-up days come from a yearly notice.
_STATUTORY = {
    "元旦": (0, 1),
    "春节": (-1, 4),
    "清明": (0, 1),
    "劳动节": (0, 2),
    "端午节": (0, 1),
    "中秋节": (0, 1),
    "国庆节": (0, 3),
}

_CHINESE = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


class _Notices(NamedTuple):
    """What the State Council has announced: `rest` day → festival, `make_up` working days at weekends."""

    rest: dict[date, str]
    make_up: frozenset[date]
    last_year: int


@lru_cache(maxsize=1)
def _notices() -> _Notices:
    from chinese_calendar.constants import holidays, workdays  # 9 ms: only when a working day is asked for

    rest = {day: _CHINESE.get(str(name), str(name)) for day, name in holidays.items()}
    # A notice for January alone (the new year of a year to come) is no notice for that year.
    return _Notices(rest, frozenset(workdays), max(day.year for day in holidays if day.month > 4))


def year_status(year: int) -> Literal["official", "provisional"]:
    """Whether the days off of a year are announced, or only known by rule."""
    return "official" if FIRST_OFFICIAL_YEAR <= year <= _notices().last_year else "provisional"


@lru_cache(maxsize=512)
def _rest_days(year: int) -> dict[date, str]:
    """Statutory rest days of a year with the festival each belongs to; bridging weekends only where announced."""
    if year_status(year) == "official":
        return {day: name for day, name in _notices().rest.items() if day.year == year}
    rest: dict[date, str] = {}
    for name, (offset, length) in _STATUTORY.items():
        for first in festival_days(name, year):
            rest |= {first + timedelta(days=offset + n): name for n in range(length)}
    return rest


def holiday_span(festival: str, year: int) -> Window | None:
    """The days off of a festival (any of its names) in `year`, first to last inclusive.

    Announced years: with the bridging weekends, and with a festival that is joined to it. Other years: the
    statutory days. A festival without days off is its own day. None when it has no date in that year.
    """
    name = {"除夕": "春节"}.get(NAMES[festival], NAMES[festival])
    days = festival_days(name, year)
    if not days:
        return None
    if year_status(year) == "provisional":
        offset, length = _STATUTORY.get(name, (0, 1))
        first = days[0] + timedelta(days=offset)
        return Window(first, first + timedelta(days=length - 1))
    if name not in _STATUTORY:
        return Window(days[0], days[0])
    start = end = days[0]
    while _is_announced_rest(start - ONE_DAY):
        start -= ONE_DAY
    while _is_announced_rest(end + ONE_DAY):
        end += ONE_DAY
    return Window(start, end)


def _is_announced_rest(day: date) -> bool:
    # The table leaves out weekends beside a one-day festival that needed no make-up day (端午 of 2024).
    notices = _notices()
    return day in notices.rest or (day.isoweekday() > 5 and day not in notices.make_up)


class _Ranks:
    """Working days counted from a base year, each year's table made when it is first asked for."""

    def __init__(self, calendar: "WorkCalendar") -> None:
        self._calendar = calendar
        self._tables: dict[int, list[int]] = {}
        self._base: dict[int, int] = {}
        self._low = self._high = 0

    def table(self, year: int) -> list[int]:
        """For a year: how many working days lie in its first 0, 1, 2 … days."""
        table = self._tables.get(year)
        if table is None:
            table = self._tables[year] = self._calendar._counts_of(year)
        return table

    def before(self, year: int) -> int:
        """Working days between the base year's start and the start of `year` (negative before the base year)."""
        if not self._base:
            self._base[year] = 0
            self._low = self._high = year
        while self._high < year:
            self._base[self._high + 1] = self._base[self._high] + self.table(self._high)[-1]
            self._high += 1
        while self._low > year:
            self._base[self._low - 1] = self._base[self._low] - self.table(self._low - 1)[-1]
            self._low -= 1
        return self._base[year]

    def rank(self, day: date) -> int:
        """Working days up to and with `day`, counted from the base year."""
        return self.before(day.year) + self.table(day.year)[_day_of_year(day)]

    def day_at(self, rank: int, year: int) -> date:
        """The working day with that rank, looked for from `year` on; the calendar's last or first day if none."""
        while rank <= self.before(year):
            if year == MINYEAR:
                return date.min
            year -= 1
        while rank > self.before(year) + self.table(year)[-1]:
            if year == MAXYEAR:
                return date.max
            year += 1
        return date(year, 1, 1) + timedelta(days=bisect_left(self.table(year), rank - self.before(year)) - 1)


def _day_of_year(day: date) -> int:
    return day.toordinal() - date(day.year, 1, 1).toordinal() + 1


class WorkCalendar:
    """The working days of one school.

    School `breaks` are rest days. A day of its own `days_off` or `workdays` overrides everything else; a day in
    both is a working day. Years without an official notice know their statutory days only.
    """

    def __init__(
        self,
        breaks: Iterable[Window] = (),
        days_off: Iterable[date] = (),
        workdays: Iterable[date] = (),
    ) -> None:
        self._breaks = tuple(breaks)
        self._days_off = frozenset(days_off)
        self._workdays = frozenset(workdays)
        self._ranks = _Ranks(self)

    def _counts_of(self, year: int) -> list[int]:
        january = date(year, 1, 1).toordinal()
        length = date(year, 12, 31).toordinal() - january + 1
        days = [(january + n - 1) % 7 < 5 for n in range(length)]

        def mark(marked: Iterable[date], *, works: bool) -> None:
            for day in marked:
                if day.year == year:
                    days[day.toordinal() - january] = works

        mark(_rest_days(year), works=False)
        mark(_notices().make_up, works=True)
        for rest in self._breaks:
            first = max(rest.start.toordinal() - january, 0)
            last = min(rest.end.toordinal() - january, length - 1)
            days[first : last + 1] = [False] * (last - first + 1)
        mark(self._days_off, works=False)
        mark(self._workdays, works=True)
        return list(accumulate(days, initial=0))

    def is_workday(self, day: date) -> bool:
        """Whether people work on that day."""
        table, position = self._ranks.table(day.year), _day_of_year(day)
        return table[position] > table[position - 1]

    def next_workday(self, day: date) -> date:
        """The first working day on or after `day` (31 December 9999 if there is none)."""
        return day if self.is_workday(day) else self._ranks.day_at(self._ranks.rank(day) + 1, day.year)

    def previous_workday(self, day: date) -> date:
        """The last working day on or before `day` (1 January 1 if there is none)."""
        return day if self.is_workday(day) else self._ranks.day_at(self._ranks.rank(day), day.year)

    def shift(self, day: date, n: int) -> date:
        """The n-th working day after `day`, or before it if `n` is negative; for 0 the first on or after it.

        From a rest day the count starts outside: 1 working day after a Saturday is Monday.
        """
        if n == 0:
            return self.next_workday(day)
        rank = self._ranks.rank(day)
        if n < 0 and not self.is_workday(day):
            n += 1
        return self._ranks.day_at(rank + n, day.year)

    def count(self, start: date, end: date) -> int:
        """Working days from `start` to `end`, both inclusive; 0 when `end` lies before `start`."""
        if end < start:
            return 0
        return self._ranks.rank(end) - self._ranks.rank(start) + self.is_workday(start)

    def year_status(self, year: int) -> Literal["official", "provisional"]:
        """Whether the days off of a year are announced, or only known by rule."""
        return year_status(year)

    def rest_name(self, day: date) -> str | None:
        """The festival a statutory rest day belongs to (国庆节), None for every other day."""
        return _rest_days(day.year).get(day)

    def holiday_span(self, festival: str, year: int) -> Window | None:
        """The official days off of a festival, see the function of this name."""
        return holiday_span(festival, year)


STATUTORY = WorkCalendar()
"""The working days of everybody: statutory days off alone."""
