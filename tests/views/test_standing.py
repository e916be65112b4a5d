"""How far tasks are, in numbers."""

from __future__ import annotations

from datetime import date

import pytest

from planner.journal.entry import STATUS, Entry, new_id, time_text
from planner.journal.status import Statuses
from planner.plan.model import Plan
from planner.views.standing import Standing, standing
from tests.journal.contract import START
from tests.views.test_months import plan

APRIL_10 = date(2023, 4, 10)
MARCH, APRIL, MAY = 'when = "三月"', 'when = "四月"', 'when = "五月"'


def status(task: str, status: str, **more: object) -> Entry:
    data = {"status": status, **more}
    return Entry(new_id(START), time_text(START), "", "test-1", STATUS, data, task)


def stand(whole: Plan, *entries: Entry, today: date = APRIL_10) -> Standing:
    return standing(whole.tasks, whole, Statuses(whole, entries), today)


def test_no_tasks_stand_nowhere() -> None:
    assert stand(plan()) == Standing(all=0, done=0, expected=0, late=0)


def test_what_has_its_days_behind_it_is_expected_and_late_until_it_is_done() -> None:
    whole = plan(MARCH, MARCH, APRIL, MAY, "")
    assert stand(whole) == Standing(all=5, done=0, expected=2, late=2)
    assert stand(whole, status("t0", "done")) == Standing(all=5, done=1, expected=2, late=1)


def test_work_that_was_done_early_is_done_and_not_expected() -> None:
    assert stand(plan(MAY), status("t0", "done")) == Standing(all=1, done=1, expected=0, late=0)


@pytest.mark.parametrize(("today", "expected"), [(date(2023, 3, 31), 0), (date(2023, 4, 1), 1)])
def test_the_last_day_of_a_window_still_belongs_to_it(today: date, expected: int) -> None:
    found = stand(plan(MARCH), today=today)
    assert (found.expected, found.late) == (expected, expected)


def test_what_was_cancelled_counts_nowhere() -> None:
    assert stand(plan(MARCH, MARCH), status("t0", "cancelled")) == Standing(all=1, done=0, expected=1, late=1)


def test_what_was_put_off_without_a_new_date_is_neither_expected_nor_late() -> None:
    assert stand(plan(MARCH), status("t0", "postponed")) == Standing(all=1, done=0, expected=0, late=0)


def test_a_task_with_several_times_is_late_by_the_first_of_them() -> None:
    assert stand(plan('when = "三月、五月"')) == Standing(all=1, done=0, expected=1, late=1)


def test_what_is_demanded_of_nobody_is_neither_expected_nor_late() -> None:
    optional = 'when = "2-3月"\ntimes = { every = "month", most = 1 }'
    assert stand(plan(optional)) == Standing(all=1, done=0, expected=0, late=0)


def test_before_the_term_nothing_is_expected_and_after_it_everything_with_a_date() -> None:
    whole = plan(MARCH, MAY, "")
    assert stand(whole, today=date(2022, 1, 1)) == Standing(all=3, done=0, expected=0, late=0)
    assert stand(whole, today=date(2024, 1, 1)) == Standing(all=3, done=0, expected=2, late=2)


def test_a_day_that_is_decided_hides_nothing_that_was_missed() -> None:
    monthly = 'when = "每月一次"\non = "2023-05-10"'
    assert stand(plan(monthly)) == Standing(all=1, done=0, expected=1, late=1)
    twice, halfway = plan('when = "三月、六月"\non = "2023-03-08"'), date(2023, 5, 1)
    assert stand(twice, today=halfway) == Standing(all=1, done=0, expected=1, late=1)
    assert stand(twice, status("t0", "done"), today=halfway).expected == 0


def test_what_must_be_done_so_often_within_the_term_needs_no_words_to_be_late() -> None:
    assert stand(plan('times = { every = "month", least = 1 }')) == Standing(all=1, done=0, expected=1, late=1)
