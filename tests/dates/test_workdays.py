"""Working days: the official years against the published table, unknown years by rule, and a school's own days."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from planner.dates.window import Window
from planner.dates.workdays import WorkCalendar

TABLE = json.loads((Path(__file__).parent / "data" / "when.json").read_text(encoding="utf-8"))["policy"]["days_off"]
SPANS = [(int(year), name, off) for year, table in TABLE["off"].items() for name, off in table.items()]


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    return WorkCalendar()


@pytest.mark.parametrize(("year", "name", "off"), SPANS)
def test_days_off_are_the_published_ones(calendar: WorkCalendar, year: int, name: str, off: list[str]) -> None:
    expected = Window(*map(date.fromisoformat, off))
    for festival in (name[:2], name[2:]) if len(name) == 4 else (name,):  # 中秋国庆 is a joint holiday
        assert calendar.holiday_span(festival, year) == expected


@pytest.mark.parametrize("year", [int(year) for year in TABLE["make_up_workdays"]])
def test_make_up_days_are_the_published_ones(calendar: WorkCalendar, year: int) -> None:
    year_window = Window(date(year, 1, 1), date(year, 12, 31))
    worked = [d.isoformat() for d in year_window.each_day() if d.isoweekday() > 5 and calendar.is_workday(d)]
    assert worked == TABLE["make_up_workdays"][str(year)]


def test_an_unknown_year_knows_its_statutory_days_only(calendar: WorkCalendar) -> None:
    assert calendar.year_status(2026) == "official"
    assert calendar.year_status(2027) == "provisional"
    assert calendar.holiday_span("国庆", 2027) == Window(date(2027, 10, 1), date(2027, 10, 3))
    assert calendar.holiday_span("春节", 2027) == Window(date(2027, 2, 5), date(2027, 2, 8))
    assert calendar.holiday_span("五一", 2027) == Window(date(2027, 5, 1), date(2027, 5, 2))
    weekends = [d for d in Window(date(2027, 1, 1), date(2027, 12, 31)).each_day() if d.isoweekday() > 5]
    assert not any(calendar.is_workday(day) for day in weekends)  # no make-up day is invented


def test_a_festival_without_days_off_is_its_own_day(calendar: WorkCalendar) -> None:
    assert calendar.holiday_span("教师节", 2023) == Window(date(2023, 9, 10), date(2023, 9, 10))


def test_next_and_previous_working_day_around_national_day(calendar: WorkCalendar) -> None:
    assert calendar.next_workday(date(2023, 9, 29)) == date(2023, 10, 7)  # a Saturday, made up
    assert calendar.previous_workday(date(2023, 10, 6)) == date(2023, 9, 28)
    assert calendar.next_workday(date(2023, 9, 28)) == date(2023, 9, 28)


def test_shift_counts_working_days(calendar: WorkCalendar) -> None:
    assert calendar.shift(date(2023, 9, 28), 1) == date(2023, 10, 7)
    assert calendar.shift(date(2023, 10, 9), -3) == date(2023, 9, 28)
    assert calendar.shift(date(2023, 10, 1), 1) == date(2023, 10, 7)
    assert calendar.shift(date(2023, 10, 1), -1) == date(2023, 9, 28)
    assert calendar.shift(date(2023, 10, 1), 0) == date(2023, 10, 7)


def test_count_includes_both_ends(calendar: WorkCalendar) -> None:
    assert calendar.count(date(2023, 9, 28), date(2023, 10, 7)) == 2
    assert calendar.count(date(2023, 10, 1), date(2023, 10, 31)) == 19
    assert calendar.count(date(2023, 10, 2), date(2023, 10, 1)) == 0


def test_rest_days_have_the_name_of_their_festival(calendar: WorkCalendar) -> None:
    assert calendar.rest_name(date(2023, 10, 3)) == "国庆节"
    assert calendar.rest_name(date(2027, 2, 6)) == "春节"
    assert calendar.rest_name(date(2023, 10, 14)) is None  # an ordinary Saturday


def test_the_school_overrides_the_state() -> None:
    own = WorkCalendar(
        breaks=[Window(date(2023, 7, 1), date(2023, 8, 31))],
        days_off=[date(2023, 9, 11), date(2023, 9, 12)],
        workdays=[date(2023, 8, 30), date(2023, 9, 12), date(2023, 10, 1)],
    )
    assert own.next_workday(date(2023, 7, 1)) == date(2023, 8, 30)
    assert not own.is_workday(date(2023, 9, 11))
    assert own.is_workday(date(2023, 9, 12))  # named in both: a working day
    assert own.is_workday(date(2023, 10, 1))


def test_a_break_may_last_for_years_and_nothing_breaks() -> None:
    closed = WorkCalendar(breaks=[Window(date.min, date.max)])
    assert closed.next_workday(date(9990, 1, 1)) == date.max
    assert closed.previous_workday(date(10, 1, 1)) == date.min


@pytest.mark.parametrize("day", [date.min, date(1899, 2, 1), date(2003, 12, 31), date(2101, 5, 1), date.max])
def test_days_outside_the_tables_are_plain_weeks(calendar: WorkCalendar, day: date) -> None:
    assert calendar.year_status(day.year) == "provisional"
    assert isinstance(calendar.is_workday(day), bool)
    assert calendar.holiday_span("中秋", day.year) is None or 1900 <= day.year <= 2100


DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(-300, 300))
def test_shift_and_count_agree(day: date, n: int) -> None:
    calendar = WorkCalendar()
    shifted = calendar.shift(day, n)
    assert calendar.is_workday(shifted)
    if n > 0:
        assert calendar.count(day + timedelta(days=1), shifted) == n
    elif n < 0:
        assert calendar.count(shifted, day - timedelta(days=1)) == -n


@given(DAYS, st.integers(0, 500))
def test_count_is_the_sum_of_its_days(start: date, length: int) -> None:
    calendar = WorkCalendar()
    window = Window(start, start + timedelta(days=length))
    assert calendar.count(*window) == sum(map(calendar.is_workday, window.each_day()))
