"""Named days against published dates, and the list of a calendar view."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from planner.dates.festivals import FESTIVALS, NAMES, festival_days, festivals_in, lunar_day, lunar_month, nth_weekday
from planner.dates.window import Window

# Gregorian dates as published by the Purple Mountain Observatory.
LUNAR = {
    "春节": "2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06",
    "清明": "2022-04-05 2023-04-05 2024-04-04 2025-04-04 2026-04-05 2027-04-05",
    "端午节": "2022-06-03 2023-06-22 2024-06-10 2025-05-31 2026-06-19 2027-06-09",
    "中秋节": "2022-09-10 2023-09-29 2024-09-17 2025-10-06 2026-09-25 2027-09-15",
    "重阳节": "2022-10-04 2023-10-23 2024-10-11 2025-10-29 2026-10-18",
    "冬至": "2022-12-22 2023-12-22 2024-12-21 2025-12-21 2026-12-22",
    "除夕": "2022-01-31 2023-01-21 2024-02-09 2025-01-28 2026-02-16",
}


@pytest.mark.parametrize(("name", "day"), [(name, day) for name, days in LUNAR.items() for day in days.split()])
def test_lunar_and_solar_term_days(name: str, day: str) -> None:
    assert festival_days(name, int(day[:4])) == (date.fromisoformat(day),)


def test_a_lunar_day_may_fall_twice_or_never_in_a_year() -> None:
    assert festival_days("腊八节", 2022) == (date(2022, 1, 10), date(2022, 12, 30))
    assert festival_days("腊八节", 2023) == ()


def test_moving_weekdays() -> None:
    assert festival_days("母亲节", 2023) == (date(2023, 5, 14),)
    assert festival_days("安全教育日", 2024) == (date(2024, 3, 25),)  # the last Monday of March
    assert nth_weekday(2023, 2, 5, 5) is None  # February 2023 has four Fridays


def test_every_alias_leads_to_a_festival() -> None:
    assert set(NAMES.values()) == set(FESTIVALS)


def test_the_twelfth_lunar_month_ends_before_the_new_year() -> None:
    assert lunar_month(2023, 12) == Window(date(2024, 1, 11), date(2024, 2, 9))


def test_a_leap_month_belongs_to_no_month() -> None:
    assert lunar_month(2023, 2) == Window(date(2023, 2, 20), date(2023, 3, 21))  # before the leap second month


@pytest.mark.parametrize("year", [1, 1899, 1900, 2100, 2101, 9999])
def test_years_outside_the_tables_have_no_lunar_days(year: int) -> None:
    found = [day for name in FESTIVALS for day in festival_days(name, year)]
    assert all(day.year == year for day in found)
    assert lunar_day(9998, 1, 1) is None


def test_the_named_days_of_a_week() -> None:
    assert festivals_in(Window(date(2023, 9, 28), date(2023, 10, 4))) == [
        (date(2023, 9, 29), "中秋节"),
        (date(2023, 9, 30), "烈士纪念日"),
        (date(2023, 10, 1), "国庆节"),
    ]


def test_the_slow_tables_load_only_for_words_that_need_them() -> None:
    code = (
        "import sys; from datetime import date;"
        "from planner.dates.term import Term; from planner.dates.when import resolve;"
        "term = Term(date(2023, 2, 1), date(2023, 8, 31));"
        "resolve('三月、5月、教师节前后', term);"
        "print([m for m in sys.modules if m.split('.')[0] in ('borax', 'chinese_calendar', 'dataclasses', 'gettext')])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
