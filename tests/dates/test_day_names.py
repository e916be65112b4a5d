"""What a wall calendar says of a day, against published calendars."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from planner.dates.day_names import day_kind, day_name, lunar_name
from planner.dates.term import Break
from planner.dates.window import Window
from planner.dates.workdays import WorkCalendar

SUMMER = Break("暑假", Window(date(2023, 7, 1), date(2023, 8, 31)))
SCHOOL = WorkCalendar(
    breaks=[SUMMER.window],
    days_off=[date(2023, 4, 21), date(2023, 4, 23)],
    workdays=[date(2023, 4, 15), date(2023, 5, 1), date(2023, 8, 30)],
)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2023, 1, 22), "正月"),
        (date(2023, 2, 20), "二月"),
        (date(2023, 2, 28), "初九"),
        (date(2023, 3, 22), "闰二月"),
        (date(2023, 4, 19), "廿九"),
        (date(2023, 4, 20), "三月"),
        (date(2023, 4, 29), "初十"),
        (date(2023, 6, 17), "三十"),
        (date(2023, 12, 13), "冬月"),
        (date(2024, 1, 11), "腊月"),
    ],
)
def test_the_lunar_day_and_on_the_first_of_a_lunar_month_its_name(day: date, name: str) -> None:
    assert lunar_name(day) == name


@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(2101, 6, 1), date.max])
def test_outside_of_the_lunar_tables_there_is_no_lunar_day_and_no_failure(day: date) -> None:
    assert day_name(day, SCHOOL).lunar == ""


@pytest.mark.parametrize(
    ("day", "kind", "rest"),
    [
        (date(2023, 4, 10), "work", ""),
        (date(2023, 4, 8), "weekend", ""),
        (date(2023, 4, 5), "holiday", "清明"),
        (date(2023, 4, 30), "holiday", "劳动节"),  # a Sunday of the statutory days
        (date(2023, 5, 6), "make-up", ""),
        (date(2023, 7, 3), "break", "暑假"),
        (date(2023, 7, 1), "break", "暑假"),  # a Saturday of the school's break
        (date(2023, 4, 21), "day-off", ""),
        (date(2023, 4, 23), "weekend", ""),  # made up everywhere, but not in this school
        (date(2023, 4, 15), "make-up", ""),
        (date(2023, 5, 1), "make-up", ""),
        (date(2023, 8, 30), "make-up", ""),
    ],
)
def test_whether_people_work_and_why_not(day: date, kind: str, rest: str) -> None:
    name = day_name(day, SCHOOL, [SUMMER])
    assert (name.kind, name.rest) == (kind, rest)
    assert day_kind(day, SCHOOL, [SUMMER]) == kind
    assert name.is_rest != SCHOOL.is_workday(day)
    assert name.makes_up == (kind == "make-up")


def test_festivals_that_everybody_keeps_come_first() -> None:
    assert day_name(date(2023, 6, 22), SCHOOL).festival == "端午节"
    assert day_name(date(2025, 5, 1), SCHOOL).festival == "劳动节"
    assert day_name(date(2020, 10, 1), SCHOOL).festivals[:2] == ("中秋节", "国庆节")
    assert day_name(date(2012, 1, 1), SCHOOL).festivals == ("元旦", "腊八节")
    assert day_name(date(2021, 6, 14), SCHOOL).festival == "端午节"
    assert day_name(date(2023, 8, 22), SCHOOL).festival == "七夕"
    assert day_name(date(2023, 5, 12), SCHOOL).festivals == ("护士节", "防灾减灾日")
    assert day_name(date(2023, 4, 11), SCHOOL).festival == ""


def test_a_year_without_a_notice_is_provisional() -> None:
    assert day_name(date(2040, 5, 1), SCHOOL).provisional
    assert day_name(date(2040, 5, 1), SCHOOL).rest == "劳动节"
    assert not day_name(date(2023, 5, 1), SCHOOL).provisional


def test_the_kind_of_a_day_needs_no_lunar_tables() -> None:
    code = (
        "import sys; from datetime import date; from planner.dates.day_names import day_kind;"
        "from planner.dates.workdays import WorkCalendar; day_kind(date(2023, 4, 5), WorkCalendar());"
        "sys.exit(any(name.startswith('borax') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
