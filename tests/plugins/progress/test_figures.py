"""How far tasks, goals, duties and branches are, in exact numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction as Share
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from planner.api import standing
from planner_progress.figures import Progress, one_decimal, whole_percent
from tests.conftest import Outcome
from tests.plugins.progress.made import BRANCHES, GOALS, snapshot_of, task

Run = Callable[..., Outcome]
Write = Callable[..., Path]


def does(planner: Run, path: Path, *acts: str, day: str = "2023-03-08") -> None:
    for words in acts:
        outcome = planner("-p", path, "--today", day, *words.split())
        assert outcome.code == 0, outcome.err


def progress(path: Path, today: str = "2023-04-10") -> Progress:
    return Progress(snapshot_of(path, today))


def goal_shares(path: Path, today: str = "2023-04-10") -> dict[str, tuple[Share | None, Share | None]]:
    return {each.goal.id: each.figures.shares[:2] for each in progress(path, today).goals if each.goal}


def test_a_fan_out_is_done_as_far_as_its_branches_are(write: Write, planner: Run) -> None:
    path = write(GOALS + BRANCHES + task("apply", "三月", 'for = "branches"', goals="rights"))
    does(planner, path, "done apply --branch a")
    assert goal_shares(path)["rights"] == (Share(1, 3), Share(1))
    does(planner, path, "cancel apply --branch b")
    assert goal_shares(path)["rights"] == (Share(1, 2), Share(1))  # of two branches that must
    does(planner, path, "done apply --branch c")
    assert progress(path).whole.state == "done"


def test_a_quota_is_done_slot_by_slot_and_expected_month_by_month(write: Write, planner: Run) -> None:
    path = write(GOALS + task("study", "3-6月", 'times = { every = "month", least = 1 }', goals="care"))
    does(planner, path, "done study --slot 2023-03", "done study --slot 2023-06")
    assert goal_shares(path, "2023-03-31")["care"] == (Share(2, 4), Share(0))
    assert goal_shares(path, "2023-05-01")["care"] == (Share(2, 4), Share(2, 4))
    found = progress(path, "2023-05-01").whole
    assert (found.state, found.counts.late, found.overdue[0].overdue_since) == ("late", 1, date(2023, 4, 30))


def test_what_may_happen_but_need_not_is_never_expected(write: Write, planner: Run) -> None:
    path = write(GOALS + task("extra", "3-4月", 'times = { every = "month", most = 1 }', goals="care"))
    assert goal_shares(path, "2023-08-01")["care"] == (Share(0), Share(0))
    assert progress(path, "2023-08-01").whole.state == "not_started"
    does(planner, path, "done extra --slot 2023-03")
    assert goal_shares(path, "2023-08-01")["care"] == (Share(1, 2), Share(0))


def test_what_was_put_off_without_a_new_date_is_not_expected_and_with_one_it_is_by_then(
    write: Write, planner: Run
) -> None:
    path = write(GOALS + task("trip", "三月", goals="care"))
    does(planner, path, "postpone trip")
    found = progress(path).whole
    assert (found.shares[:2], found.counts.late, found.state) == ((Share(0), Share(0)), 0, "not_started")
    assert [figure.task.id for figure in found.put_off] == ["trip"]
    does(planner, path, "postpone trip --to 四月", day="2023-03-10")
    assert [figure.due for figure in progress(path).whole.coming] == [date(2023, 4, 30)]
    assert progress(path, "2023-05-01").whole.shares.expected == 1
    assert progress(path, "2023-05-01").whole.state == "late"


def test_what_is_put_off_before_its_days_are_over_has_no_next_day(write: Write, planner: Run) -> None:
    path = write(GOALS + task("trip", "五月", goals="care"))
    does(planner, path, "postpone trip")
    assert progress(path).whole.coming == []


def test_a_branch_that_was_spared_for_now_does_not_make_the_others_late(write: Write, planner: Run) -> None:
    path = write(GOALS + BRANCHES + task("apply", "三月", 'for = "branches"', goals="rights"))
    does(planner, path, "postpone apply --branch a", "done apply --branch b")
    found = progress(path)
    assert {each.branch.id: each.figures.state for each in found.branches} == {
        "a": "not_started",
        "b": "done",
        "c": "late",
    }
    assert goal_shares(path)["rights"] == (Share(1, 3), Share(2, 3))


def test_cancelled_tasks_count_nowhere_and_a_goal_without_others_has_no_figures(write: Write, planner: Run) -> None:
    path = write(GOALS + task("trip", goals="care") + task("meeting", goals="rights"))
    does(planner, path, "cancel trip")
    found = {each.goal.id: each.figures for each in progress(path).goals if each.goal}
    assert (found["care"].counts.all, found["care"].shares.done, found["care"].state) == (0, None, "empty")
    assert progress(path).whole.counts.all == 1
    assert progress(path).whole.weighted.done == 0  # of the goals that have tasks


def test_a_task_of_two_goals_counts_in_each_and_once_in_their_duty(write: Write, planner: Run) -> None:
    path = write(GOALS + task("both", goals="rights care") + task("one", goals="care"))
    does(planner, path, "done both")
    assert goal_shares(path) == {"rights": (Share(1), Share(1)), "care": (Share(1, 2), Share(1))}
    found = progress(path)
    duties = {each.name: each.figures for each in found.duties}
    assert (duties["维护"].counts.all, duties["维护"].shares.done) == (2, Share(1, 2))
    assert duties["参与"].state == "empty"  # no goal serves it
    assert found.whole.shares.done == Share(1, 2)
    assert found.whole.weighted.done == (1 + Share(1, 2)) / 2


def test_goals_count_by_their_weights_however_many_tasks_they_have(write: Write, planner: Run) -> None:
    weighted = GOALS.replace('title = "民主管理"', 'title = "民主管理"\nweight = 0.1')
    path = write(weighted + task("a", goals="rights") + task("b", goals="care") + task("c", goals="care"))
    does(planner, path, "done a")
    assert progress(path).whole.weighted.done == Share(1, 11)  # 0.1 of 1.1, exactly
    assert progress(path).whole.shares.done == Share(1, 3)


def test_without_goals_all_tasks_count_alike(write: Write, planner: Run) -> None:
    path = write(task("a") + task("b") + task("c"))
    does(planner, path, "done a")
    found = progress(path)
    assert (found.whole.weighted, list(found.goals), list(found.duties)) == (found.whole.shares, [], [])
    assert found.whole.shares.done == Share(1, 3)


def test_tasks_that_serve_no_goal_stand_apart_and_have_no_weight(write: Write, planner: Run) -> None:
    path = write(GOALS + task("a") + task("b", goals="care"))
    does(planner, path, "done a")
    *_goals, apart = progress(path).goals
    assert (apart.goal, apart.figures.counts.all, apart.figures.state) == (None, 1, "done")
    assert progress(path).whole.weighted.done == 0


def test_a_cancelled_task_without_a_goal_makes_no_line_of_its_own(write: Write, planner: Run) -> None:
    path = write(GOALS + task("a") + task("b", goals="care"))
    does(planner, path, "cancel a")
    assert [goal.goal.id for goal in progress(path).goals if goal.goal] == ["rights", "care"]
    assert len(progress(path).goals) == 2


def test_what_may_happen_at_most_is_not_without_a_date_when_its_days_are_over(write: Write) -> None:
    most = 'times = { every = "month", most = 1 }'
    found = progress(write(task("a", "三月", most) + task("b", "")), "2023-05-10").whole
    assert [figure.task.id for figure in found.undated] == ["b"]
    assert (list(found.overdue), list(found.coming)) == ([], [])


def test_states_follow_what_is_done_begun_due_and_late(write: Write, planner: Run) -> None:
    path = write(GOALS + task("a", "四月", goals="care") + task("b", "五月", goals="care"))
    assert progress(path, "2023-04-30").whole.state == "not_started"
    does(planner, path, "start a")
    assert progress(path, "2023-04-30").whole.state == "on_track"
    assert progress(path, "2023-05-01").whole.state == "late"
    does(planner, path, "done a")
    assert progress(path, "2023-05-01").whole.state == "on_track"
    does(planner, path, "done b")
    assert progress(path, "2023-05-01").whole.state == "done"


@pytest.mark.parametrize(
    ("share", "percent", "decimal"),
    [
        (Share(0), 0, 0.0),
        (Share(1), 100, 100.0),
        (Share(2, 3), 67, 66.7),
        (Share(1, 3), 33, 33.3),
        (Share(199, 200), 99, 99.5),  # 99.5 would be 100, but not all is done
        (Share(1, 200), 1, 0.5),
        (Share(1, 1000), 1, 0.1),  # 0 would say that nothing is
        (Share(1, 8), 13, 12.5),  # half up
        (Share(5, 8), 63, 62.5),  # where rounding to even numbers gives 62
        (Share(29, 31), 94, 93.5),
        (Share(9999, 10000), 99, 99.9),
        (Share(1, 10000), 1, 0.1),
        (Share(1, 2000), 1, 0.1),
    ],
)
def test_percentages_are_rounded_half_up_and_reach_no_end_too_early(share: Share, percent: int, decimal: float) -> None:
    assert (whole_percent(share), one_decimal(share)) == (percent, decimal)


@given(st.fractions(min_value=0, max_value=1))
def test_a_rounded_percentage_is_near_and_keeps_its_ends(share: Share) -> None:
    assert abs(whole_percent(share) - share * 100) <= 1
    assert (whole_percent(share) == 100) == (share == 1)
    assert (whole_percent(share) == 0) == (share == 0)
    assert abs(Share(str(one_decimal(share))) - share * 100) <= Share(1, 10)


@pytest.mark.parametrize("today", ["2023-01-01", "2023-03-31", "2023-04-01", "2023-05-01", "2024-01-01"])
def test_the_board_and_these_figures_never_disagree(write: Write, planner: Run, today: str) -> None:
    tasks = "".join(
        [
            task("plain", goals="rights"),
            task("fan", "三月", 'for = "branches"', goals="rights care"),
            task("quota", "3-6月", 'times = { every = "month", least = 1 }', goals="care"),
            task("optional", "三月", 'times = { every = "month", most = 1 }', goals="care"),
            task("undated", ""),
            task("off", "三月"),
            task("gone", "三月"),
            task("twice", "三月、五月", goals="care"),
        ]
    )
    path = write(GOALS + BRANCHES + tasks)
    does(planner, path, "done fan --branch a", "postpone fan --branch b", "done quota --slot 2023-03")
    does(planner, path, "postpone off", "cancel gone", "start undated")
    found = progress(path, today)
    snapshot = found.snapshot
    assert found.whole.counts == standing(found.plan.tasks, found.plan, snapshot.statuses, snapshot.today)
    late = {figure.task.id for figure in found.tasks if figure.late}
    assert late == {figure.task.id for figure in found.tasks if figure.counts.late}
    assert all((figure.done == figure.cells) == bool(figure.counts.done) for figure in found.whole.tasks)


def test_before_the_term_nothing_is_due_and_after_it_all_that_has_a_date(write: Write) -> None:
    path = write(GOALS + task("a", goals="rights") + task("b", "五月", goals="rights") + task("c", "", goals="rights"))
    assert goal_shares(path, "2022-12-01")["rights"] == (Share(0), Share(0))
    assert goal_shares(path, "2024-12-01")["rights"] == (Share(0), Share(2, 3))


def test_a_plan_of_nothing_has_no_figures(write: Write) -> None:
    whole = progress(write()).whole
    assert (whole.counts.all, whole.shares.done, whole.weighted.done, whole.state) == (0, None, None, "empty")
