"""What is missing in a plan, and what stands behind its goals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from planner.api import GoalMeasure, Snapshot, quantity_text, read_quantity
from planner_progress.coverage import Coverage, coverage
from planner_progress.evidence import Evidence, evidence
from planner_progress.figures import Progress
from planner_progress.words import total_words
from tests.conftest import Outcome
from tests.plugins.progress.made import BRANCHES, GOALS, measure, snapshot_of, task

Run = Callable[..., Outcome]
Write = Callable[..., Path]


def acts(planner: Run, path: Path, *words: str) -> None:
    for each in words:
        outcome = planner("-p", path, "--today", "2023-03-08", *each.split())
        assert outcome.code == 0, outcome.err


def missing(path: Path, *measures: GoalMeasure, today: str = "2023-04-10") -> Coverage:
    return coverage(snapshot_of(path, today, measures))


def test_what_nobody_serves_is_named_and_what_was_cancelled_serves_nobody(write: Write, planner: Run) -> None:
    path = write(GOALS + task("a", goals="rights") + task("b", goals="care") + task("c"))
    found = missing(path)
    assert (found.unserved_goals, found.idle_duties, found.unserved_duties) == ([], [], ["参与"])
    assert [task.id for task in found.aimless_tasks] == ["c"]
    acts(planner, path, "cancel b", "cancel c")
    found = missing(path)
    assert [goal.id for goal in found.unserved_goals] == ["care"]
    assert found.idle_duties == ["教育"]  # of 维护 there is still one
    assert found.aimless_tasks == []


def test_without_goals_no_task_is_aimless_and_without_a_guiding_thought_no_duty_is_unserved(write: Write) -> None:
    assert missing(write(task("a"))).aimless_tasks == []
    goals = GOALS.replace('[guiding]\nduties = ["维护", "参与", "教育"]\n', "")
    assert missing(write(goals + task("a", goals="rights"))).idle_duties == ["教育"]


def test_prose_nobody_does_is_work_without_a_date_a_beginning_or_a_row(write: Write, planner: Run) -> None:
    undated = "".join(task(name, "", goals="care") for name in ("files", "fund", "visits", "aid"))
    path = write(GOALS + undated + task("sometime", "适时", goals="care") + task("dated", goals="care"))
    acts(planner, path, "start files", "cancel fund")
    row = measure("visits.people", "3人", "2023-03-01", task="visits")
    assert [task.id for task in missing(path, row).untouched] == ["aid", "sometime"]


def test_a_month_has_an_activity_by_the_plan_or_by_a_row(write: Write, planner: Run) -> None:
    path = write(GOALS + task("a", "三月") + task("b", "四月") + task("c", "6-7月") + task("d", "本学期"))
    assert missing(path).empty_months == [(2023, 2), (2023, 5), (2023, 8)]  # what takes all term is of no month
    acts(planner, path, "cancel b")
    rows = [
        measure("activities.times", "1场", "2023-05-04"),
        measure("activities.times", "9场", "2023-02-01/2023-08-31"),
    ]
    assert missing(path, *rows).empty_months == [(2023, 2), (2023, 4), (2023, 8)]


def test_months_lack_a_theme_only_where_some_have_one(write: Write) -> None:
    assert missing(write(task("a"))).months_without_theme == []
    themes = '\n[progress]\nthemes = { "2023-03" = "三八妇女节活动月", "2023-05" = "健身月" }\n'
    assert missing(write(task("a") + themes)).months_without_theme == [(2023, m) for m in (2, 4, 6, 7, 8)]


def test_branches_are_behind_where_they_are_open_and_late_where_the_time_is_over(write: Write, planner: Run) -> None:
    fan = 'for = "branches"'
    path = write(
        BRANCHES
        + task("review", "六月", fan)
        + task("apply", "三月", fan)
        + task("monthly", "3-4月", fan, 'times = { every = "month", least = 1 }')
        + task("optional", "三月", fan, 'times = { every = "month", most = 1 }')
        + task("office", "三月")
    )
    acts(planner, path, "done apply --branch a", "cancel apply --branch b", "done monthly --slot 2023-03")
    acts(planner, path, "postpone monthly --slot 2023-04 --branch c")
    found = missing(path)
    assert [(each.task.id, each.occurrence.key, list(each.overdue), list(each.open)) for each in found.fan_outs] == [
        ("apply", "", ["c"], ["c"]),
        ("optional", "2023-03", [], ["a", "b", "c"]),
        ("monthly", "2023-04", [], ["a", "b", "c"]),
        ("review", "", [], ["a", "b", "c"]),
    ]
    assert [each.wanted for each in found.fan_outs] == [2, 3, 3, 3]  # the second branch need not apply
    assert [list(each.overdue) for each in missing(path, today="2023-05-01").fan_outs[1:2]] == [["a", "b"]]


def of_goal(found: list[Evidence], goal: str) -> Evidence:
    return next(each for each in found if each.goal and each.goal.id == goal)


def behind(snapshot: Snapshot) -> list[Evidence]:
    return evidence(Progress(snapshot))


def test_what_was_counted_is_totalled_for_each_goal_by_name_and_unit(write: Write) -> None:
    path = write(GOALS + task("a", goals="care"))
    rows = [
        measure("visits.people", "39人", "2023-03-01", goals=("care",), source="1"),
        measure("visits.money", "130989元", "2023-03-01", goals=("care",), source="1"),
        measure("visits.people", "40余人", "2023-03-02", goals=("care", "rights"), source="2"),
        measure("visits.people", "3226人次", "2023-03-02", goals=("care",), source="3"),
        measure("visits.people", "1人", "2023-03-02", goals=(), source="4"),
        measure("visits.people", "1人", "2023-03-02", goals=(), task="a", source="5"),
    ]
    found = behind(snapshot_of(path, measures=rows))
    care = of_goal(found, "care")
    assert [(total.name, [quantity_text(q) for q in total.sums], total.rows) for total in care.totals] == [
        ("visits.people", ["80余人", "3226人次"], 4),
        ("visits.money", ["130989元"], 1),
    ]
    assert care.rows == 4  # the first row counts people and money
    assert [quantity_text(q) for q in of_goal(found, "rights").totals[0].sums] == ["40余人"]
    assert (found[-1].goal, found[-1].rows) == (None, 1)


def test_percentages_stand_with_their_part_and_whole_and_are_never_added(write: Write) -> None:
    parts = {"part": read_quantity("64件", ("件",)), "whole": read_quantity("72件", ("件",))}
    shares = [measure("proposals.filed", "88.9%", source="", **parts), measure("proposals.filed", "50%", source="")]
    (found,) = behind(snapshot_of(write(GOALS), measures=shares))
    (total,) = found.totals
    assert (list(total.sums), [m.quantity.number for m in total.shares], total.rows) == (
        [], [shares[0].quantity.number, 50], 0,
    )  # fmt: skip


def test_scores_stand_by_themselves_and_of_many_the_lowest_and_the_highest_are_told(write: Write) -> None:
    scores = [measure("projects.score", f"{n}分", source=str(n)) for n in (81, 93, 78, 90)]
    (found,) = behind(snapshot_of(write(GOALS), measures=scores))
    (total,) = found.totals
    assert (list(total.sums), len(total.shares), total.rows) == ([], 4, 4)
    assert "78分至93分" in total_words(total)
    assert "81分、93分" in total_words(total._replace(shares=total.shares[:2]))


def test_of_a_branch_only_its_own_rows_count(write: Write) -> None:
    path = write(GOALS + BRANCHES)
    rows = [
        measure("visits.people", f"{n}人", "2023-03-01", branch=b, source=b) for n, b in ((1, ""), (2, "a"), (4, "b"))
    ]
    snapshot = snapshot_of(path, measures=rows)
    (found,) = evidence(Progress(snapshot, branch=snapshot.plan.branch_by_id["a"]))
    assert [quantity_text(q) for q in found.totals[0].sums] == ["2人"]


def test_what_came_in_and_what_went_out_make_no_sum(write: Write) -> None:
    money = [measure("funds.money", f"{n}元", kind=kind) for n, kind in ((100, "收入"), (40, "支出"), (5, "收入"))]
    (found,) = behind(snapshot_of(write(GOALS), measures=money))
    assert [(total.title.split()[-1], [quantity_text(q) for q in total.sums]) for total in found.totals] == [
        ("收入", ["105元"]),
        ("支出", ["40元"]),
    ]
