"""How it went, week by week."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from planner.api import Window
from planner_progress.figures import Progress
from planner_progress.history import Every, days_of, history
from tests.conftest import Outcome
from tests.plugins.progress.made import BRANCHES, GOALS, open_session, task

Run = Callable[..., Outcome]
Write = Callable[..., Path]
TERM = Window(date(2023, 2, 1), date(2023, 8, 31))  # a Wednesday and a Thursday


def test_weeks_end_on_sunday_and_fortnights_are_two_of_them() -> None:
    weeks = days_of("week", TERM, date(2023, 3, 1))
    assert weeks == [date(2023, 2, 5), date(2023, 2, 12), date(2023, 2, 19), date(2023, 2, 26), date(2023, 3, 1)]
    assert days_of("fortnight", TERM, date(2023, 3, 1)) == [date(2023, 2, 12), date(2023, 2, 26), date(2023, 3, 1)]


def test_months_end_on_their_last_day_and_the_day_itself_is_the_last_point() -> None:
    assert days_of("month", TERM, date(2023, 4, 30)) == [date(2023, 2, 28), date(2023, 3, 31), date(2023, 4, 30)]


@pytest.mark.parametrize("every", ["week", "fortnight", "month"])
def test_beyond_the_term_there_is_its_end_and_that_day_and_before_it_that_day_alone(every: Every) -> None:
    assert days_of(every, TERM, date(2030, 1, 1))[-2:] == [date(2023, 8, 31), date(2030, 1, 1)]
    assert days_of(every, TERM, date(2022, 1, 1)) == [date(2022, 1, 1)]
    assert days_of(every, TERM, TERM.end)[-1] == TERM.end
    days = days_of(every, TERM, date(2030, 1, 1))
    assert days == sorted(set(days))


def test_a_term_from_monday_to_sunday_has_whole_weeks() -> None:
    term = Window(date(2023, 2, 6), date(2023, 3, 5))
    assert days_of("week", term, date(2023, 3, 5)) == [date(2023, 2, n) for n in (12, 19, 26)] + [date(2023, 3, 5)]


def test_the_plan_grows_where_tasks_were_added_and_shrinks_where_they_were_called_off(
    write: Write, planner: Run
) -> None:
    path = write(GOALS + BRANCHES + task("a", "三月", 'for = "branches"', goals="rights") + task("b", goals="care"))
    for day, words in (
        ("2023-02-20", "done a --branch a"),
        ("2023-03-05", "add 五月 座谈会 id=forum goals=care"),
        ("2023-04-02", "cancel b"),
        ("2023-04-20", "done a"),
        ("2023-05-02", "undo"),
    ):
        assert planner("-p", path, "--today", day, *words.split()).code == 0
    session = open_session(path, "2023-05-10")
    snapshot = session.snapshot()
    points = history(session, snapshot, "month")
    assert [tuple(point.figures.counts) for point in points] == [(2, 0, 0, 0), (3, 0, 0, 0), (2, 1, 1, 0), (2, 0, 1, 1)]
    of_goal = history(session, snapshot, "month", goal=snapshot.plan.goal_by_id["care"])
    assert [point.figures.counts.all for point in of_goal] == [1, 2, 1, 1]
    of_branch = history(session, snapshot, "month", branch=snapshot.plan.branch_by_id["b"])
    assert [tuple(point.figures.counts) for point in of_branch] == [
        (1, 0, 0, 0), (1, 0, 0, 0), (1, 1, 1, 0), (1, 0, 1, 1),
    ]  # fmt: skip
    assert points[-1].figures._replace(tasks=()) == Progress(snapshot).whole._replace(tasks=())
    session.close()


def test_other_dates_of_the_term_change_what_was_expected(write: Write, planner: Run) -> None:
    """An edit of the term moves the windows of tasks whose own words stay the same."""
    path = write(GOALS + task("a", "学期初", goals="care"))
    for day, words in (("2023-02-05", "edit term week1=2023-02-20"), ("2023-03-20", "edit term week1=2023-03-27")):
        assert planner("-p", path, "--today", day, *words.split()).code == 0
    session = open_session(path, "2023-05-10")
    points = history(session, session.snapshot(), "week")
    session.close()
    expected = {point.day: point.figures.counts.expected for point in points}
    # Two teaching weeks: until 03-05 as was thought first, until 04-09 from 03-20 on.
    assert (expected[date(2023, 3, 5)], expected[date(2023, 3, 12)]) == (0, 1)
    assert (expected[date(2023, 3, 26)], expected[date(2023, 4, 9)], expected[date(2023, 4, 16)]) == (0, 0, 1)


def test_what_changes_between_two_points_is_looked_at_again(write: Write, planner: Run) -> None:
    """Statuses taken back for several tasks at once, words of a task, and a term that makes fewer slots."""
    tasks = task("a", goals="care") + task("b", goals="care") + task("c", "四月", goals="care")
    quota = task("d", "", 'times = { every = "month", least = 1 }', goals="care")
    path = write(GOALS + tasks + quota)
    for day, words in (
        ("2023-02-10", "done a"),
        ("2023-02-10", "done b"),
        ("2023-02-10", "done d --slot 2023-02"),
        ("2023-03-15", "edit c when=二月"),
        ("2023-04-15", "edit term end=2023-05-31"),
    ):
        assert planner("-p", path, "--today", day, *words.split()).code == 0
    session = open_session(path, "2023-06-20")
    ids = [entry.id for entry in session.store.entries()][:2]
    assert planner("-p", path, "--today", "2023-05-10", "undo", *ids).code == 0
    points = history(session, session.snapshot(), "month")
    session.close()
    assert [point.day.month for point in points] == [2, 3, 4, 5, 6]
    shares = [point.figures.shares for point in points]
    # a and b until May; of d one of seven months, and from April on of four, one more of them over each month.
    assert [share.done for share in shares] == [
        (2 + Fraction(1, 7)) / 4, (2 + Fraction(1, 7)) / 4, (2 + Fraction(1, 4)) / 4, Fraction(1, 4) / 4,
        Fraction(1, 4) / 4,
    ]  # fmt: skip
    # c belongs to April until the middle of March, to February from then on.
    assert [share.expected for share in shares] == [
        Fraction(0), (1 + Fraction(1, 7)) / 4, (3 + Fraction(2, 4)) / 4, (3 + Fraction(3, 4)) / 4, Fraction(1),
    ]  # fmt: skip


def shares(path: Path, today: str) -> dict[date, tuple[Fraction | None, ...]]:
    session = open_session(path, today)
    points = history(session, session.snapshot(), "week")
    session.close()
    return {point.day: point.figures.shares[:2] for point in points}


def test_other_words_of_a_task_count_from_the_day_on_which_they_were_written(write: Write, planner: Run) -> None:
    path = write(GOALS + task("a", "四月", goals="care"))
    assert planner("-p", path, "--today", "2023-03-15", "edit", "a", "when=二月").code == 0
    found = shares(path, "2023-03-26")
    assert [found[date(2023, 3, day)][1] for day in (5, 12, 19, 26)] == [0, 0, 1, 1]


def test_a_shorter_term_has_fewer_slots_from_the_day_on_which_it_was_written(write: Write, planner: Run) -> None:
    path = write(GOALS + task("a", "", 'times = { every = "month", least = 1 }', goals="care"))
    for day, words in (("2023-02-10", "done a --slot 2023-02"), ("2023-04-05", "edit term end=2023-05-31")):
        assert planner("-p", path, "--today", day, *words.split()).code == 0
    found = shares(path, "2023-04-16")
    assert [found[date(2023, 4, day)] for day in (2, 9)] == [
        (Fraction(1, 7), Fraction(2, 7)), (Fraction(1, 4), Fraction(2, 4)),
    ]  # fmt: skip


DIARY = """
2023-02-20 done a --branch a
2023-03-01 schedule b 2023-03-08
2023-03-02 record visits kind=结婚 people=3人 date=2023-03-02
2023-03-09 done b
2023-03-12 undo
2023-03-20 add 五月 座谈会 id=forum goals=care
2023-03-25 edit a when=四月
2023-04-03 remove c
2023-04-05 postpone b --to 五月
2023-04-10 undo
2023-04-12 record visits kind=生育 people=2人 date=2023-04-12
2023-04-20 undo
2023-05-02 edit goal:care weight=3
2023-05-06 remove forum
2023-05-09 undo
2023-05-10 add 六月 茶话会 id=tea goals=rights
2023-05-14 undo
2023-05-15 edit term end=2023-07-15
2023-05-20 cancel a --branch b
2023-06-01 done forum
2023-06-02 edit forum goals=rights
"""


def test_every_day_is_shown_again_as_it_was_seen_then(write: Write, planner: Run, tmp_path: Path) -> None:
    """The report is kept day by day; later, and after another copy was merged in, it says the same of each day."""
    tables = '[[ledgers]]\nid = "visits"\nuse = "慰问"\ngoal = "care"\n[progress]\n'
    tables += 'targets = [{ goal = "care", measure = "visits.people", least = "4人" }]\n'
    tasks = (
        task("a", "三月", 'for = "branches"', goals="rights"),
        task("b", "三月", goals="care"),
        task("c", goals="care"),
    )
    path = write(GOALS + BRANCHES + tables + "".join(tasks))
    away = tmp_path / "away" / "plan.toml"
    away.parent.mkdir()

    def seen(today: str, *words: str) -> Any:
        outcome = planner("-p", path, "--today", today, "--json", "progress", *words)
        assert outcome.code == 0, outcome.err
        return json.loads(outcome.out)

    kept = {"2023-01-10": seen("2023-01-10")}
    for line in DIARY.strip().splitlines():
        day, *words = line.split()
        assert planner("-p", path, "--today", day, *words).code == 0, line
        kept[day] = seen(day)
    shutil.copy(path, away)
    assert planner("-p", away, "--today", "2023-06-10", "done", "a").code == 0
    assert (
        planner("-p", path, "--today", "2023-06-20", "journal", "merge", away.with_suffix(".journal.sqlite")).code == 0
    )
    assert len({json.dumps(report["plan"]) for report in kept.values()}) > 10, "the days differ"
    for day, report in kept.items():
        assert seen("2023-06-21", "--as-of", day) == report, day
    assert seen("2023-06-21", "--as-of", "2023-06-09")["plan"] != seen("2023-06-21", "--as-of", "2023-06-10")["plan"]
