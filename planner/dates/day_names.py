"""What a day is called in a wall calendar: the lunar day, the festival, and whether people work, with the reason."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from planner.dates.festivals import FESTIVALS, festivals_in
from planner.dates.term import Break
from planner.dates.window import Window
from planner.dates.workdays import WorkCalendar

DayKind = Literal["work", "make-up", "weekend", "holiday", "break", "day-off"]
"""work: an ordinary working day. make-up: a weekend day, or another day of rest, on which people work. holiday: a
statutory day of rest. break: within a break of the school. day-off: the school's own."""

_KEPT = frozenset(("元旦", "除夕", "春节", "清明", "劳动节", "端午节", "中秋节", "国庆节"))
_RANKS = {"lunar": 1, "eve": 1, "term": 1, "fixed": 2, "weekday": 3}
"""Of several festivals on one day, those that everybody keeps come first, then those that families do."""


class DayName(NamedTuple):
    """What a day is called."""

    kind: DayKind
    lunar: str
    """初二; the first of a lunar month is called after it: 三月, 闰二月. Empty outside of the lunar tables."""
    festivals: tuple[str, ...]
    """The named days of the date, the best known first."""
    rest: str
    """What gives the day off: the festival (劳动节) or the title of the school's break; empty for every other day."""
    provisional: bool
    """Whether the days off of its year are not announced yet: only the statutory ones are known."""

    @property
    def festival(self) -> str:
        """The best known festival of the day, or empty."""
        return self.festivals[0] if self.festivals else ""

    @property
    def is_rest(self) -> bool:
        """Whether nobody works, on weekends as well."""
        return self.kind not in ("work", "make-up")

    @property
    def makes_up(self) -> bool:
        """Whether people work although the weekday, a festival or a break would give them the day off."""
        return self.kind == "make-up"


def day_kind(day: date, calendar: WorkCalendar, breaks: Sequence[Break] = ()) -> DayKind:
    """Whether people work on `day`, and what gives it off; `breaks` are those of the term. Quick: no lunar tables."""
    in_break = any(day in found.window for found in breaks)
    holiday = calendar.rest_name(day)
    if calendar.is_workday(day):
        return "make-up" if day.weekday() >= 5 or in_break or holiday else "work"
    if holiday:
        return "holiday"
    if in_break:
        return "break"
    return "weekend" if day.weekday() >= 5 else "day-off"


def day_name(day: date, calendar: WorkCalendar, breaks: Sequence[Break] = ()) -> DayName:
    """What `day` is called where these are the working days and the school's own `breaks`."""
    kind = day_kind(day, calendar, breaks)
    rest = ""
    if kind == "holiday":
        rest = calendar.rest_name(day) or ""
    elif kind == "break":
        rest = next(found.title for found in breaks if day in found.window)
    provisional = calendar.year_status(day.year) == "provisional"
    return DayName(kind, lunar_name(day), _festivals(day.year).get(day, ()), rest, provisional)


@lru_cache(maxsize=1024)
def lunar_name(day: date) -> str:
    """初二, or 三月 for the first day of a lunar month (闰二月 of a leap month); empty outside of the tables."""
    from borax.calendars.lunardate import LunarDate  # 13 ms: only where a lunar day is shown

    try:
        found = LunarDate.from_solar(day)
    except ValueError:
        return ""
    return f"{found.cn_leap}{found.cn_month}月" if found.day == 1 else str(found.cn_day)


def lunar_date(day: date) -> str:
    """闰二月十五, 三月初一: the lunar day with its month; empty outside of the tables."""
    from borax.calendars.lunardate import LunarDate

    try:
        found = LunarDate.from_solar(day)
    except ValueError:
        return ""
    return f"{found.cn_leap}{found.cn_month}月{found.cn_day}"


@lru_cache(maxsize=16)
def _festivals(year: int) -> dict[date, tuple[str, ...]]:
    """The named days of a year: a festival is looked up once, however many days are drawn."""
    names: dict[date, list[str]] = {}
    for day, name in festivals_in(Window(date(year, 1, 1), date(year, 12, 31))):
        names.setdefault(day, []).append(name)
    return {day: tuple(sorted(found, key=_rank)) for day, found in names.items()}


def _rank(name: str) -> int:
    return 0 if name in _KEPT else _RANKS[FESTIVALS[name].kind]
