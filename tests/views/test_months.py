"""The plan month by month, under the headings that schools write."""

from __future__ import annotations

from datetime import date

from planner.dates.window import Window
from planner.plan.load import load_text
from planner.plan.model import Plan
from planner.plan.source import PlanText
from planner.views.months import by_month, month_name, months_of
from tests.conftest import HEAD


def plan(*tasks: str, head: str = HEAD) -> Plan:
    text = head + "".join(f'\n[[tasks]]\nid = "t{n}"\ntitle = "任务"\n{keys}\n' for n, keys in enumerate(tasks))
    loaded = load_text(PlanText("plan.toml", text)).plan
    assert loaded is not None
    return loaded


def headings(whole: Plan) -> list[tuple[str, list[str]]]:
    return [(group.title, [task.id for task in group.tasks]) for group in by_month(whole, whole.tasks)]


def test_the_months_that_a_window_touches() -> None:
    assert months_of(Window(date(2023, 3, 31), date(2023, 5, 1))) == ((2023, 3), (2023, 4), (2023, 5))
    assert months_of(Window(date(2023, 12, 1), date(2024, 1, 31))) == ((2023, 12), (2024, 1))
    assert months_of(Window(date(2023, 3, 8), date(2023, 3, 8))) == ((2023, 3),)


def test_tasks_stand_under_their_month_in_the_order_of_time_and_of_the_file() -> None:
    whole = plan('when = "五月"', 'when = "三月"', 'when = "5月中旬"')
    assert headings(whole) == [("三月", ["t1"]), ("五月", ["t0", "t2"])]


def test_two_months_together_come_after_the_first_of_them() -> None:
    whole = plan('when = "7-8月"', 'when = "八月"', 'when = "七月"')
    assert headings(whole) == [("七月", ["t2"]), ("七、八月", ["t0"]), ("八月", ["t1"])]


def test_three_months_are_a_range() -> None:
    ((title, tasks),) = headings(plan('when = "3月至5月"'))
    assert "三月" in title
    assert "五月" in title
    assert tasks == ["t0"]


def test_a_task_of_several_windows_stands_under_each() -> None:
    assert headings(plan('when = "5月、7月"')) == [("五月", ["t0"]), ("七月", ["t0"])]


def test_a_decided_day_moves_the_task() -> None:
    assert headings(plan('when = "五月"\non = "2023-06-01"')) == [("六月", ["t0"])]


def test_work_of_the_whole_term_and_without_a_date_comes_last() -> None:
    whole = plan("", 'when = "本学期"', 'when = "八月"')
    assert [(group.months, [t.id for t in group.tasks]) for group in by_month(whole, whole.tasks)] == [
        (((2023, 8),), ["t2"]),
        ((), ["t1"]),
        ((), ["t0"]),
    ]


def test_a_month_of_the_next_year_says_so() -> None:
    term = plan(head=HEAD.replace("2023-02-01", "2023-09-01").replace("2023-08-31", "2024-01-31")).term
    assert month_name((2023, 12), term) == "十二月"
    assert "2024" in month_name((2024, 1), term)


def test_deciding_one_of_several_times_hides_no_other() -> None:
    whole = plan(
        'when = "五月、七月"\non = "2023-07-18"',
        'when = "本学期"\ntimes = { every = "month", least = 1 }\non = "2023-05-18"',
    )
    assert headings(whole) == [("五月", ["t0"]), ("七月", ["t0"]), ("整个学期", ["t1"])]
