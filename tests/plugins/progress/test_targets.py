"""Targets of a plan, held against what ledgers counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from planner.api import GoalMeasure, _, quantity_text, read_quantity
from planner_progress.figures import Progress
from planner_progress.targets import Result, WrongTargetError, read_target, results
from tests.conftest import Outcome
from tests.plugins.progress.made import GOALS, measure, snapshot_of, task

Run = Callable[..., Outcome]
Write = Callable[..., Path]
MONTHLY = 'measure = "meetings.times", every = "month", least = "1次"'


def held(write: Write, target: str, *measures: GoalMeasure, today: str = "2023-05-15", tasks: str = "") -> Result:
    """How one target of the goal rights stands."""
    path = write(GOALS + tasks + f'\n[progress]\ntargets = [ {{ goal = "rights", {target} }} ]\n')
    (found,) = results(Progress(snapshot_of(path, today, measures)))
    return found


def keys(periods: Iterable[Any]) -> list[str]:
    return [period.key for period in periods]


def meetings(*days: str) -> list[GoalMeasure]:
    return [measure("meetings.times", "1次", day) for day in days]


def test_a_monthly_target_names_the_months_that_lack_it_and_those_to_come(write: Write) -> None:
    found = held(write, MONTHLY, *meetings("2023-02-08", "2023-03-08", "2023-03-20", "2023-05-02"))
    assert found.state == "missed"
    assert keys(found.missed) == ["2023-04"]
    assert keys(found.to_come) == ["2023-06", "2023-07", "2023-08"]  # May is reached already
    assert [quantity_text(period.total) for period in found.periods[:4]] == ["1次", "2次", "0次", "1次"]


def test_as_long_as_every_month_so_far_has_it_the_target_is_open_and_at_last_reached(write: Write) -> None:
    days = [f"2023-{month:02}-08" for month in range(2, 9)]
    assert held(write, MONTHLY, *meetings(*days[:4])).state == "open"
    assert held(write, MONTHLY, *meetings(*days), today="2023-09-01").state == "reached"


def test_a_month_is_missed_only_when_it_is_over(write: Write) -> None:
    days = ["2023-02-08", "2023-03-08"]
    assert held(write, MONTHLY, *meetings(*days), today="2023-04-30").state == "open"
    assert held(write, MONTHLY, *meetings(*days), today="2023-05-01").state == "missed"


def test_rows_that_lie_in_no_single_month_count_in_none_and_are_told(write: Write) -> None:
    found = held(write, MONTHLY, *meetings("2023-02-20/2023-03-05", "", "2023-02-08"), today="2023-03-15")
    assert (found.unplaced, [p.state for p in found.periods[:2]]) == (2, ["reached", "open"])
    whole = held(
        write, 'measure = "meetings.times", least = "3次"', *meetings("2023-02-20/2023-03-05", "", "2023-02-08")
    )
    assert (whole.state, whole.unplaced) == ("reached", 0)


def test_quarters_are_those_of_the_year(write: Write) -> None:
    found = held(
        write, 'measure = "meetings.times", every = "quarter", least = "2次"', *meetings("2023-02-08", "2023-03-31")
    )
    assert keys(found.periods) == ["2023-q1", "2023-q2", "2023-q3"]
    assert (found.state, keys(found.to_come)) == ("open", ["2023-q2", "2023-q3"])


def rate(text: str, part: str, whole: str) -> GoalMeasure:
    parts = {"part": read_quantity(part, ("件",)), "whole": read_quantity(whole, ("件",))}
    return measure("proposals.answered", text, source="", **parts)


@pytest.mark.parametrize(
    ("today", "given", "state"),
    [
        ("2023-05-15", rate("100%", "28件", "28件"), "reached"),
        ("2023-05-15", rate("96%", "27件", "28件"), "open"),
        ("2023-09-01", rate("96%", "27件", "28件"), "missed"),
        ("2023-09-01", rate("100%", "199件", "200件"), "missed"),  # whoever rounded: 199 of 200 are not all
    ],
)
def test_a_rate_is_compared_by_its_part_and_whole(write: Write, today: str, given: GoalMeasure, state: str) -> None:
    found = held(write, 'measure = "proposals.answered", exactly = "100%"', given, today=today)
    assert found.state == state
    assert (found.part, found.whole) == (given.part, given.whole)


def test_of_several_rates_all_must_reach_it_and_one_that_does_not_is_shown(write: Write) -> None:
    both = (rate("100%", "3件", "3件"), rate("50%", "1件", "2件"))
    found = held(write, 'measure = "proposals.answered", least = "90%"', *both, today="2023-09-01")
    assert (found.state, found.part and quantity_text(found.part)) == ("missed", "1件")


def test_a_limit_is_broken_at_once_and_kept_only_when_the_time_is_over(write: Write) -> None:
    target = 'measure = "visits.money", most = "5000元"'
    money = [measure("visits.money", "3000.50元", "2023-03-01"), measure("visits.money", "1999.50元", "2023-04-01")]
    assert held(write, target, *money).state == "open"
    assert held(write, target, *money, today="2023-09-01").state == "reached"
    assert held(write, target, *money, measure("visits.money", "0.01元", "2023-05-01")).state == "missed"


def test_money_may_be_written_in_wan(write: Write) -> None:
    money = measure("visits.money", "130989元", "2023-03-01")
    assert held(write, 'measure = "visits.money", exactly = "13.0989万元"', money).state == "reached"


def test_exactly_is_missed_as_soon_as_it_is_more(write: Write) -> None:
    target = 'measure = "meetings.times", exactly = "2次"'
    assert [held(write, target, *meetings(*["2023-03-08"] * n)).state for n in (1, 2, 3)] == [
        "open",
        "reached",
        "missed",
    ]


@pytest.mark.parametrize(
    ("text", "bound", "state"),
    [
        ("40余人", 'least = "40人"', "reached"),
        ("近40人", 'least = "40人"', "missed"),  # nobody knows that they were 40
        ("近40人", 'least = "39人"', "reached"),
        ("约40人", 'least = "40人"', "missed"),
        ("40余人", 'most = "40人"', "missed"),
        ("近40人", 'most = "40人"', "reached"),
        ("40余人", 'exactly = "40人"', "missed"),
    ],
)
def test_what_is_not_exact_meets_a_target_only_where_it_surely_does(
    write: Write, text: str, bound: str, state: str
) -> None:
    people = measure("visits.people", text, "2023-03-01")
    assert held(write, f'measure = "visits.people", {bound}', people, today="2023-09-01").state == state


def test_people_and_attendances_are_never_compared(write: Write) -> None:
    found = held(write, 'measure = "visits.people", least = "40人次"', measure("visits.people", "50人", "2023-03-01"))
    assert found.state == "unlike_units"
    assert "人次" in found.remark
    assert found.periods == ()


def test_what_was_counted_in_another_unit_is_left_out_and_told(write: Write) -> None:
    works = [measure("activities.works", text, "2023-03-01") for text in ("3件", "2篇")]
    found = held(write, 'measure = "activities.works", least = "4件"', *works)
    assert (found.state, quantity_text(found.periods[0].total)) == ("open", "3件")
    assert "篇" in found.remark


def test_a_target_without_a_unit_takes_the_only_one_there_is(write: Write) -> None:
    assert held(write, 'measure = "meetings.times", least = "1"', *meetings("2023-03-08")).state == "reached"
    works = [measure("activities.works", text, "2023-03-01") for text in ("3件", "2篇")]
    assert held(write, 'measure = "activities.works", least = "1"', *works).state == "unlike_units"


def test_a_name_that_nobody_counts_is_told_with_the_one_that_was_probably_meant(write: Write) -> None:
    found = held(write, 'measure = "meeting.times", least = "1次"', *meetings("2023-03-08"))
    assert found.state == "no_data"
    assert "meetings.times" in found.remark
    assert held(write, MONTHLY).state == "no_data"
    others = measure("meetings.times", "1次", "2023-03-08", goals=("care",))
    assert held(write, MONTHLY, others).state == "no_data"  # it serves another goal


def test_a_row_serves_the_goals_of_its_task_where_it_names_none(write: Write) -> None:
    of_task = measure("meetings.times", "1次", "2023-03-08", goals=(), task="a")
    tasks = task("a", goals="rights")
    assert held(write, 'measure = "meetings.times", least = "1次"', of_task, tasks=tasks).state == "reached"


def test_tasks_themselves_can_be_a_target(write: Write, planner: Run) -> None:
    tasks = task("a", goals="rights") + task("b", "四月", goals="rights") + task("c", "四月", goals="care")
    path = write(
        GOALS
        + tasks
        + """
        [progress]
        targets = [
          { goal = "rights", measure = "tasks", least = "100%" },
          { goal = "rights", measure = "tasks", least = "1项" },
          { goal = "rights", measure = "tasks", every = "month", least = "1项" },
          { goal = "rights", measure = "tasks", least = "3元" },
        ]
        """
    )
    for name in ("a", "c"):  # the third serves another goal
        assert planner("-p", path, "--today", "2023-03-08", "done", name).code == 0
    share, number, monthly, money = results(Progress(snapshot_of(path, "2023-05-15")))
    assert (share.state, share.part and share.part.number, share.whole and share.whole.number) == ("open", 1, 2)
    assert number.state == "reached"
    assert (monthly.state, keys(monthly.missed)) == ("missed", ["2023-02", "2023-04"])
    assert money.state == "unlike_units"


def test_a_name_that_is_nearly_right_is_corrected_and_another_column_is_not_guessed(write: Write) -> None:
    known = measure("meetings.times", "1次", "2023-03-08"), measure("meetings.people", "9人", "2023-03-08")
    typed = held(write, 'measure = "meetings.time", least = "1次"', *known)
    assert (typed.state, "meetings.times" in typed.remark) == ("no_data", True)
    other = held(write, 'measure = "meetings.attendances", least = "1人次"', *known)
    assert (other.state, other.remark) == ("no_data", _("Nothing is counted as {name} yet.").format(name=other.title))


def test_a_goal_without_tasks_has_no_data(write: Write) -> None:
    assert held(write, 'measure = "tasks", least = "100%"').state == "no_data"


def test_only_the_targets_of_the_goal_that_is_looked_at(write: Write) -> None:
    path = write(GOALS + f'\n[progress]\ntargets = [ {{ goal = "rights", {MONTHLY} }} ]\n')
    snapshot = snapshot_of(path)
    assert len(results(Progress(snapshot, goal=snapshot.plan.goal_by_id["rights"]))) == 1
    assert results(Progress(snapshot, goal=snapshot.plan.goal_by_id["care"])) == []


@pytest.mark.parametrize(
    ("bounds", "key"),
    [
        ({}, ""),
        ({"least": "很多"}, "least"),
        ({"least": "40余人"}, "least"),
        ({"most": "-5元"}, "most"),
        ({"least": "1次", "exactly": "1次"}, "exactly"),
        ({"least": "2次", "most": "1次"}, "most"),
        ({"least": "2人", "most": "3人次"}, "most"),
        ({"least": "100%", "every": "month"}, "every"),
        ({"least": "1" * 30 + "次"}, "least"),
    ],
)
def test_a_target_that_means_nothing_says_why_and_where(bounds: dict[str, str], key: str) -> None:
    with pytest.raises(WrongTargetError) as error:
        read_target({"goal": "rights", "measure": "meetings.times", **bounds})
    assert (error.value.key, bool(str(error.value))) == (key, True)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [("1次", "1次"), ("１２场次", "12场次"), ("39名", "39人"), ("3226人次", "3226人次"), ("一次", "1次"), ("5", "5"),
     ("1,042,552.26元", "1042552.26元"), ("13.0989万元", "130989元"), ("88.9%", "88.9%"), ("2支队伍", "2支队伍")],
)  # fmt: skip
def test_a_target_may_count_in_any_unit(text: str, canonical: str) -> None:
    bound = read_target({"goal": "rights", "measure": "x", "least": text}).least
    assert bound is not None
    assert quantity_text(bound) == canonical
