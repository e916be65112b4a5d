"""`planner progress` as people and programs use it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner.api import _, cell_width, load_target
from planner_progress.drawing import bar
from planner_progress.panes import progress as pane
from tests.conftest import SPRING, Outcome
from tests.plugins.progress.made import APRIL_10, BRANCHES, GOALS, measure, snapshot_of, task

Run = Callable[..., Outcome]
Write = Callable[..., Path]


def shown(planner: Run, path: Path, *more: str, today: str = APRIL_10) -> str:
    outcome = planner("-p", path, "--today", today, "progress", *more)
    assert outcome.code == 0, outcome.err
    return outcome.out


def data(planner: Run, path: Path, *more: str, today: str = APRIL_10) -> Any:
    outcome = planner("-p", path, "--today", today, "--json", "progress", *more)
    assert outcome.code == 0, outcome.err
    return json.loads(outcome.out)


@pytest.mark.parametrize("columns", [40, 80, 120, 160])
def test_lines_fit_the_terminal_and_columns_stand_below_one_another(
    planner: Run, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for more in ((), ("--history",), ("--by", "branch"), ("--goal", "rights")):
        lines = shown(planner, SPRING, *more, today="2023-05-15").splitlines()
        if columns >= 80:
            assert max(map(cell_width, lines)) <= columns
        bars = [line for line in lines if "]  " in line and line.startswith("  ") and "[" in line]
        assert len({cell_width(line[: line.index("]")]) for line in bars if "%" in line}) <= 3  # one for each table


def test_a_small_plan_has_few_lines(planner: Run, write: Write) -> None:
    assert len(shown(planner, write(task("a", "2-8月"))).splitlines()) <= 9
    assert len(shown(planner, write()).splitlines()) <= 2


def test_a_plan_without_tasks_says_what_it_lacks(planner: Run, write: Write) -> None:
    text = shown(planner, write(GOALS))
    assert all(word in text for word in ("民主管理", "送温暖", "参与"))
    assert "三月" not in text, "of a plan that only begins no month is complained about"


def test_of_what_is_late_only_the_parts_that_are_due_are_counted(planner: Run, write: Write) -> None:
    """Four months, two of them over: nobody did March, April is done, May and June are to come."""
    monthly = task("a", "3-6月", 'times = { every = "month", least = 1 }', goals="care")
    path = write(GOALS + monthly + task("b", "三月", 'times = { every = "month", least = 2 }', goals="rights"))
    assert planner("-p", path, "--today", "2023-04-12", "done", "a").code == 0
    text = shown(planner, path, today="2023-05-10")
    some = _("“{title}” (ended {day}, {n} of the {all} that are due are open)")
    every = _("“{title}” (ended {day}, {n} of {all} open)")
    assert some.format(title="事项a", day="03-31", n=1, all=2) in text.replace("\n    ", "")
    assert every.format(title="事项b", day="03-31", n=2, all=2) in text.replace("\n    ", "")
    text = shown(planner, path, today="2023-04-10")
    assert _("“{title}” (ended {day})").format(title="事项a", day="03-31") in text  # the only one so far


def test_the_head_of_a_branch_says_what_its_row_in_the_table_says(planner: Run, write: Write) -> None:
    """One of its two tasks is done, and only that serves a goal: that is a half, not all."""
    fan = 'for = ["a"]'
    path = write(GOALS + BRANCHES + task("apply", "三月", fan, goals="care") + task("report", "三月", fan))
    assert planner("-p", path, "--today", "2023-03-08", "done", "apply").code == 0
    whole = _("done {done}, due {expected}").format(done="50%", expected="100%")
    assert shown(planner, path, "--branch", "a").splitlines()[2].split("]  ")[1].startswith(whole)
    row = next(line for line in shown(planner, path, "--by", "branch").splitlines() if "甲分工会" in line)
    assert row.split("]")[1].split()[:2] == ["50%", "100%"]
    last = shown(planner, path, "--branch", "a", "--history").splitlines()[-1]
    assert last.split("]")[1].split()[:2] == ["50%", "100%"]


def test_weights_are_spoken_of_only_where_goals_differ_in_them(planner: Run, write: Write) -> None:
    tasks = task("a", goals="rights") + task("b", goals="care") + task("c", goals="care")
    path = write(GOALS + tasks)
    assert planner("-p", path, "--today", "2023-03-08", "done", "a").code == 0
    words = {"done": "50%", "expected": "100%"}
    assert _("mean of the goals: done {done}, due {expected}").format(**words) in shown(planner, path)
    path.write_text(path.read_text(encoding="utf-8").replace('title = "送温暖"', 'title = "送温暖"\nweight = 0.5'))
    words = {"done": "67%", "expected": "100%"}  # 1 of 1.5
    assert _("by the goals' weights done {done}, due {expected}").format(**words) in shown(planner, path)


def test_of_what_all_must_do_only_what_is_late_or_has_begun_is_told(planner: Run, write: Write) -> None:
    fan = 'for = "branches"'
    path = write(
        BRANCHES
        + task("late", "三月", fan)
        + task("now", "四月", fan)
        + task("later", "五月", fan)
        + task("undated", "", fan)
        + task("optional", "三月", fan, 'times = { every = "month", most = 1 }')
    )
    for words in (("done", "late", "--branch", "a"), ("done", "now", "--branch", "a", "--branch", "b")):
        assert planner("-p", path, "--today", "2023-03-08", *words).code == 0
    gaps = shown(planner, path).split(_("What is missing"))[1].partition(_("without a date, not begun, no row"))[0]
    assert [name for name in ("late", "now", "later", "undated", "optional") if f"事项{name}" in gaps] == [
        "late",
        "now",
    ]
    assert "乙分工会、丙分工会" in gaps.replace("\n", "").replace(" ", "")
    assert planner("-p", path, "--today", "2023-03-08", "done", "undated", "--branch", "c").code == 0
    assert "事项undated" in shown(planner, path).split(_("What is missing"))[1]
    assert len(data(planner, path)["coverage"]["fan_outs"]) == 5


def test_where_nobody_has_done_it_nobody_is_named(planner: Run, write: Write) -> None:
    gaps = shown(planner, write(BRANCHES + task("a", "三月", 'for = "branches"'))).split(_("What is missing"))[1]
    nobody = _("{title}: none of the {n} sub-unions has done it yet")
    due = _("“{title}” (by {day})").format(title="事项a", day="03-31")
    assert nobody.format(title=due, n=3) in gaps.replace("\n" + " " * 18, "")
    assert "甲分工会" not in gaps


def test_titles_cannot_act_in_a_terminal(planner: Run, write: Write) -> None:
    evil = task("a", goals="rights").replace("事项a", "\\u001b[31m红\\u202e翻")
    path = write(GOALS.replace("民主管理", "\\u001b]0;x\\u0007目标") + evil)
    for more in ((), ("--goal", "rights"), ("--by", "goal")):
        assert not set("\x1b\u202e\x07") & set(shown(planner, path, *more))


@pytest.mark.parametrize("columns", [80, 120])
def test_a_title_that_is_too_long_is_cut_and_the_table_stays_a_table(
    planner: Run, write: Write, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    path = write(GOALS.replace("民主管理", "民主管理与权益维护" * 20) + task("a", goals="rights"))
    for more in ((), ("--goal", "rights")):
        assert max(map(cell_width, shown(planner, path, *more).splitlines())) <= columns


def test_as_of_a_day_to_come_is_called_a_forecast(planner: Run, write: Write) -> None:
    path = write(GOALS + task("a", "五月", goals="care"))
    found = data(planner, path, "--as-of", "2023-06-01")
    assert (found["forecast"], found["as_of"], found["plan"]["due"]) == (True, "2023-06-01", 1)
    assert shown(planner, path, "--as-of", "2023-06-01").startswith("预测")
    assert data(planner, path, "--as-of", APRIL_10)["forecast"] is False


def test_as_of_a_day_what_was_recorded_later_does_not_count_even_on_that_day_itself(planner: Run, write: Write) -> None:
    path = write(GOALS + task("a", goals="care"))
    assert planner("-p", path, "--today", "2023-05-01", "done", "a").code == 0
    assert data(planner, path, today="2023-04-10")["plan"]["done"] == 1
    assert data(planner, path, "--as-of", "2023-04-10", today="2023-04-10")["plan"]["done"] == 0


def test_before_and_after_the_term(planner: Run) -> None:
    before, after = data(planner, SPRING, today="2022-12-01"), data(planner, SPRING, today="2030-01-01")
    assert (before["plan"]["due"], before["plan"]["state"]) == (0, "not_started")
    assert (after["plan"]["due"], after["plan"]["state"]) == (30, "late")  # all that have a date
    assert "2023-02-01" in shown(planner, SPRING, today="2022-12-01")
    assert "2023-08-31" in shown(planner, SPRING, today="2030-01-01")


def test_one_goal_shows_its_tasks_and_one_branch_its_own(planner: Run, write: Write) -> None:
    fan = task("apply", "三月", 'for = ["a", "b"]', goals="rights")
    path = write(GOALS + BRANCHES + fan + task("visit", goals="care") + task("both", goals="rights care"))
    assert planner("-p", path, "--today", "2023-03-08", "done", "apply", "--branch", "a").code == 0
    of_goal = data(planner, path, "--goal", "民主")
    assert (of_goal["goal"], [t["id"] for t in of_goal["tasks"]]) == ("rights", ["apply", "both"])
    assert of_goal["plan"]["percent"] == 25.0  # half of one, nothing of the other
    assert of_goal["coverage"] is None
    text = shown(planner, path, "--goal", "民主")
    assert ("事项both" in text, "事项visit" in text) == (True, False)
    of_branch = data(planner, path, "--branch", "甲分工会")
    assert [(t["id"], t["parts"], t["done"]) for t in of_branch["tasks"]] == [("apply", 1, 1)]
    assert of_branch["plan"]["percent"] == 100.0
    assert data(planner, path, "--branch", "b")["plan"]["late"] == 1
    assert data(planner, path, "--branch", "c")["plan"]["state"] is None  # it has nothing to do


def test_by_shows_one_table(planner: Run) -> None:
    heads = {by: shown(planner, SPRING, "--by", by) for by in ("goal", "duty", "branch")}
    for by, word in (("goal", _("Goals")), ("duty", _("Duties")), ("branch", _("Sub-unions"))):
        assert [name for name, text in heads.items() if f"\n{word} " in text] == [by]
    assert shown(planner, SPRING, "--by", "职能" if _("duty") == "职能" else "duty") == heads["duty"]


def test_a_plan_without_goals_duties_or_branches_says_so_where_it_is_asked(planner: Run, write: Write) -> None:
    path = write(task("a"))
    for by in ("goal", "duty", "branch"):
        assert len(shown(planner, path, "--by", by).splitlines()) >= 4
    found = data(planner, path)
    assert (found["goals"], found["no_goal"], found["duties"], found["branches"]) == ([], None, [], [])


@pytest.mark.parametrize(
    "words",
    [
        ("--as-of", "三月"),
        ("--as-of", "2023-02-30"),
        ("--as-of", "9999-12-31"),
        ("--goal", "没有"),
        ("--goal", ""),
        ("--branch", "没有"),
        ("--by", "month"),
        ("--history", "day"),
        ("--history", "week", "--by", "goal"),
    ],
)
def test_what_cannot_be_served_is_said_with_a_remedy(planner: Run, words: tuple[str, ...]) -> None:
    outcome = planner("-p", SPRING, "progress", *words)
    assert (outcome.code, outcome.out, "Traceback" in outcome.err) == (2, "", False)
    assert len(outcome.err) > 10


def test_history_takes_its_period_or_none(planner: Run) -> None:
    assert data(planner, SPRING, "--history")["history"]["every"] == "month"
    found = data(planner, SPRING, "--history", "week", "--goal", "care")["history"]
    assert (found["every"], found["points"][-1]["day"]) == ("week", APRIL_10)
    assert data(planner, SPRING)["history"] is None


def test_the_keys_of_the_data_are_those_of_the_documentation(planner: Run) -> None:
    from tests.conftest import ROOT

    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8").partition("## `progress`")[2].partition("\n## ")[0]
    found = data(planner, SPRING, "--history")

    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return {*value, *(key for inner in value.values() for key in keys(inner))}
        return {key for inner in value for key in keys(inner)} if isinstance(value, list) else set()

    assert {key for key in keys(found) if f"`{key}`" not in page and f'"{key}"' not in page} == set()


def test_bars_say_what_is_done_and_late_without_colour_and_without_rounding_it_away() -> None:
    from fractions import Fraction

    assert bar(Fraction(1, 2), Fraction(1, 4), 10) == "[====!!  ]"
    assert bar(Fraction(1, 100), Fraction(1, 100), 10) == "[=!      ]"
    assert bar(Fraction(99, 100), Fraction(1, 100), 10) == "[=======!]"
    assert bar(Fraction(1), Fraction(0), 10) == "[========]"
    assert bar(Fraction(0), Fraction(1), 10) == "[!!!!!!!!]"
    assert bar(None, None, 4) == "[  ]"


def test_the_board_has_a_pane_whose_lines_lead_to_what_is_late(planner: Run, write: Write) -> None:
    path = write(GOALS + BRANCHES + task("a", goals="rights") + task("b", "五月", 'for = "branches"', goals="care"))
    lines = list(pane(snapshot_of(path)))
    assert [line.task for line in lines if line.role == "bad" and line.task] == ["a"]
    assert {line.task for line in lines} == {"", "a", "b"}
    assert load_target("planner_progress.panes:progress", "progress") is pane


def test_the_pane_shows_targets_and_gaps_and_an_empty_plan_is_no_trouble(write: Write) -> None:
    assert len(list(pane(snapshot_of(write())))) == 1
    targets = '\n[progress]\ntargets = [ { goal = "rights", measure = "x.n", least = "3次" } ]\n'
    path = write(GOALS + task("a", "", goals="rights") + targets)
    lines = list(pane(snapshot_of(path, measures=[measure("x.n", "3次")])))
    assert any(line.role == "good" and "3次" in line.text for line in lines)
    assert [line.task for line in lines if line.task] == ["a"]  # nobody has begun it


def test_rows_of_ledgers_stand_behind_goals_and_targets_from_the_day_on_which_they_were_recorded(
    planner: Run, write: Write
) -> None:
    ledger = '\n[[ledgers]]\nid = "visits"\nuse = "慰问"\ngoal = "care"\n'
    target = '\n[progress]\ntargets = [ { goal = "care", measure = "visits.people", least = "40人" } ]\n'
    path = write(GOALS + task("a", "", goals="care") + ledger + target)
    for day, words in (
        ("2023-03-02", ("date=2023-03-02", "kind=生病住院", "people=39人", "money=13.0989万元")),
        ("2023-04-02", ("date=2023-03-30", "kind=退休", "people=25人", "--task", "a")),
    ):
        outcome = planner("-p", path, "--today", day, "record", "visits", *words)
        assert outcome.code == 0, outcome.err

    def behind(day: str) -> tuple[list[str], str, list[str]]:
        found = data(planner, path, "--as-of", day, today="2023-12-31")
        totals = [text for each in found["evidence"] for m in each["measures"] for text in m["totals"]]
        return totals, found["targets"][0]["state"], found["coverage"]["untouched"]

    assert behind("2023-03-01") == ([], "no_data", ["a"])
    totals, state, untouched = behind("2023-03-05")
    assert ({"39人", "130989元"} <= set(totals), state, untouched) == (True, "open", ["a"])
    totals, state, untouched = behind("2023-04-02")
    assert ("64人" in totals, state, untouched) == (True, "reached", [])  # and a row tells of the task
