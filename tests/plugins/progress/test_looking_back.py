"""The plan as it was known on an earlier day: edits of the program are taken back, those of people are not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.actions.looking_back import EarlierPlans, plan_as_of
from planner.plan.model import Plan, Task
from tests.conftest import Outcome
from tests.plugins.progress.made import BRANCHES, GOALS, open_session, task

Run = Callable[..., Outcome]
Write = Callable[..., Path]


class Office:
    """A union office that works on its plan, day by day."""

    def __init__(self, planner: Run, path: Path) -> None:
        self._planner = planner
        self.path = path

    def on(self, day: str, *words: str) -> None:
        outcome = self._planner("-p", self.path, "--today", day, *words)
        assert outcome.code == 0, outcome.err

    def by_hand(self, old: str, new: str) -> None:
        text = self.path.read_text(encoding="utf-8")
        assert old in text
        self.path.write_text(text.replace(old, new), encoding="utf-8")

    def back(self, day: str) -> tuple[Plan, tuple[str, ...]]:
        """The plan of a day, and what had to be said of it; the file itself stays as it is."""
        before = self.path.read_bytes()
        session = open_session(self.path, "2023-12-31")
        snapshot, notes = plan_as_of(session, session.snapshot(), date.fromisoformat(day))
        session.close()
        assert snapshot.today == date.fromisoformat(day)
        assert self.path.read_bytes() == before
        return snapshot.plan, notes

    def tasks(self, day: str) -> dict[str, Task]:
        plan, notes = self.back(day)
        assert notes == ()
        return plan.task_by_id

    def value(self, day: str, field: str, task_id: str = "a") -> Any:
        return getattr(self.tasks(day)[task_id], field)


@pytest.fixture
def office(planner: Run, write: Write) -> Office:
    return Office(planner, write(GOALS + BRANCHES + task("a", "三月", goals="care") + task("b", "四月", goals="care")))


def test_a_plan_that_nobody_edited_is_the_very_same(office: Office) -> None:
    office.on("2023-03-01", "done", "a")
    session = open_session(office.path, "2023-12-31")
    snapshot = session.snapshot()
    assert plan_as_of(session, snapshot, date(2023, 2, 1))[0].plan is snapshot.plan
    session.close()


def test_a_value_is_on_each_day_what_it_was_then(office: Office) -> None:
    office.on("2023-03-01", "edit", "a", "when=四月")
    office.on("2023-04-01", "edit", "a", "when=五月", "place=报告厅")
    assert [office.value(day, "when") for day in ("2023-02-28", "2023-03-01", "2023-03-31", "2023-04-01")] == [
        "三月", "四月", "四月", "五月",
    ]  # fmt: skip
    assert [office.value(day, "place") for day in ("2023-03-31", "2023-04-01")] == ["", "报告厅"]
    assert office.tasks("2023-02-28")["a"].windows == ((date(2023, 3, 1), date(2023, 3, 31)),)


def test_an_edit_that_was_taken_back_counts_until_then(office: Office) -> None:
    office.on("2023-03-01", "edit", "a", "when=四月")
    office.on("2023-03-10", "undo")
    office.on("2023-03-20", "undo", last_id(office))  # and so the edit is made again
    days = ("2023-02-28", "2023-03-05", "2023-03-15", "2023-03-25")
    assert [office.value(day, "when") for day in days] == ["三月", "四月", "三月", "四月"]


def last_id(office: Office) -> str:
    session = open_session(office.path)
    entries = list(session.store.entries())
    session.close()
    return entries[-1].id


def test_a_task_was_not_there_before_it_was_added(office: Office) -> None:
    office.on("2023-03-05", "add", "五月 座谈会", "id=forum", "goals=care")
    office.on("2023-03-06", "edit", "forum", "place=会议室")
    assert list(office.tasks("2023-03-04")) == ["a", "b"]
    assert office.value("2023-03-05", "place", "forum") == ""
    assert office.value("2023-03-06", "place", "forum") == "会议室"


def test_a_task_that_was_taken_out_is_there_before_in_its_place_and_as_it_was(office: Office) -> None:
    office.on("2023-03-01", "edit", "a", "place=操场")
    office.on("2023-03-05", "edit", "a", "place=体育馆")
    office.on("2023-03-10", "remove", "a")
    assert list(office.tasks("2023-03-09")) == ["a", "b"]
    assert [office.value(day, "place") for day in ("2023-02-28", "2023-03-01", "2023-03-09")] == ["", "操场", "体育馆"]
    assert list(office.tasks("2023-03-10")) == ["b"]


def test_a_task_that_came_back_is_what_it_was_on_each_day(office: Office) -> None:
    office.on("2023-03-10", "remove", "a")
    office.on("2023-03-20", "add", "六月 另一项", "id=a")
    office.on("2023-03-25", "edit", "a", "place=礼堂")
    assert office.value("2023-03-09", "title") == "事项a"
    assert "a" not in office.tasks("2023-03-15")
    assert (office.value("2023-03-22", "title"), office.value("2023-03-22", "place")) == ("另一项", "")
    assert office.value("2023-03-25", "place") == "礼堂"


def test_a_task_whose_adding_was_taken_back_is_there_until_then(office: Office) -> None:
    office.on("2023-03-05", "add", "五月 座谈会", "id=forum", "goals=care")
    office.on("2023-03-06", "edit", "forum", "place=会议室")
    office.on("2023-03-10", "undo")
    office.on("2023-03-12", "undo")
    office.on("2023-03-20", "add", "六月 另一个座谈会", "id=forum")
    places = [office.value(day, "place", "forum") for day in ("2023-03-05", "2023-03-06", "2023-03-11")]
    assert places == ["", "会议室", ""]
    assert list(office.tasks("2023-03-15")) == ["a", "b"]
    assert [office.value(day, "title", "forum") for day in ("2023-03-11", "2023-03-20")] == ["座谈会", "另一个座谈会"]


def test_tasks_that_were_taken_out_one_after_another_stand_in_their_old_order(office: Office) -> None:
    office.on("2023-03-05", "add", "五月 座谈会", "id=c")
    office.on("2023-03-06", "add", "五月 茶话会", "id=d")
    office.on("2023-03-10", "remove", "b")
    office.on("2023-03-11", "remove", "c")
    office.on("2023-03-12", "remove", "a")
    days = ("2023-03-04", "2023-03-05", "2023-03-09", "2023-03-10", "2023-03-11", "2023-03-12")
    assert ["".join(office.tasks(day)) for day in days] == ["ab", "abc", "abcd", "acd", "ad", "d"]


def test_a_task_that_stood_behind_one_that_was_not_there_yet_keeps_its_place(office: Office) -> None:
    """It was taken out while a later one stood before it, which is gone as well."""
    office.by_hand('[[tasks]]\nid = "b"', task("e", "五月") + '\n[[tasks]]\nid = "b"')
    office.on("2023-03-05", "add", "三月 座谈会", "id=c")
    office.on("2023-03-10", "remove", "e")
    office.on("2023-03-11", "remove", "c")
    days = ("2023-03-04", "2023-03-05", "2023-03-10", "2023-03-11")
    assert ["".join(office.tasks(day)) for day in days] == ["aeb", "aceb", "acb", "ab"]


def test_days_that_were_decided_goals_and_the_term_are_turned_back_too(office: Office) -> None:
    office.on("2023-03-01", "schedule", "a", "2023-03-08")
    office.on("2023-03-05", "schedule", "a", "2023-03-10")
    office.on("2023-03-06", "edit", "goal:care", "weight=3")
    office.on("2023-03-07", "edit", "term", "end=2023-07-15")
    office.on("2023-03-07", "edit", "plan", "title=新标题")
    assert [office.value(day, "days") for day in ("2023-03-01", "2023-03-05")] == [
        ((date(2023, 3, 8), date(2023, 3, 8)),), ((date(2023, 3, 10), date(2023, 3, 10)),),
    ]  # fmt: skip
    assert office.value("2023-02-28", "on") == ()
    before, after = office.back("2023-03-05")[0], office.back("2023-03-07")[0]
    assert (before.goal_by_id["care"].weight, after.goal_by_id["care"].weight) == (1, 3)
    assert (before.term.end, after.term.end) == (date(2023, 8, 31), date(2023, 7, 15))
    assert (before.title, after.title) == ("测试计划", "新标题")


def test_a_task_that_was_taken_out_by_mistake_is_the_one_that_is_there_now(office: Office) -> None:
    office.on("2023-03-10", "remove", "a")
    office.on("2023-03-12", "undo")
    office.by_hand('id = "a"', 'id = "a"\nnote = "手写"')
    assert "a" not in office.tasks("2023-03-11")
    assert [office.value(day, "note") for day in ("2023-03-09", "2023-03-12")] == ["手写", "手写"]


def test_what_was_edited_before_a_removal_was_made_again_counts_until_it_was_taken_back(office: Office) -> None:
    office.on("2023-03-01", "remove", "a")
    office.on("2023-03-02", "undo")
    again = last_id(office)
    office.on("2023-03-05", "edit", "a", "place=操场")
    office.on("2023-03-08", "undo")
    office.on("2023-03-10", "undo", again)
    assert [office.value(day, "place") for day in ("2023-02-28", "2023-03-04", "2023-03-05", "2023-03-09")] == [
        "", "", "操场", "",
    ]  # fmt: skip
    assert ["a" in office.tasks(day) for day in ("2023-03-01", "2023-03-10")] == [False, False]


def test_an_edit_that_was_taken_back_when_its_task_was_gone_counts_from_then_to_the_removal(office: Office) -> None:
    office.on("2023-03-05", "edit", "a", "place=操场")
    edit = last_id(office)
    office.on("2023-03-10", "remove", "a")
    office.on("2023-03-15", "undo", edit)
    assert [office.value(day, "place") for day in ("2023-03-04", "2023-03-05", "2023-03-09")] == ["", "操场", "操场"]


def test_working_days_are_those_of_then(office: Office) -> None:
    office.on("2023-03-01", "edit", "term", 'days-off=["2023-03-08"]')
    plans = [office.back(day)[0] for day in ("2023-02-28", "2023-03-01")]
    assert [plan.calendar.is_workday(date(2023, 3, 8)) for plan in plans] == [True, False]


def test_what_a_person_typed_since_is_left_and_said(office: Office) -> None:
    office.on("2023-03-01", "edit", "a", "when=四月", "place=操场")
    office.by_hand('when = "四月"\nplace', 'when = "六月"\nplace')
    plan, notes = office.back("2023-02-28")
    assert (plan.task_by_id["a"].when, plan.task_by_id["a"].place) == ("六月", "")
    assert len(notes) == 1
    assert "事项a when" in notes[0]
    assert office.back("2023-03-01")[1] == ()  # of that day nothing is to be turned back


def test_what_a_person_typed_between_two_edits_stood_there_before_the_later(office: Office) -> None:
    office.on("2023-03-01", "edit", "a", "place=操场")
    office.by_hand("操场", "食堂")
    office.on("2023-03-10", "edit", "a", "place=礼堂")
    assert [office.value(day, "place") for day in ("2023-02-28", "2023-03-05", "2023-03-10")] == ["", "食堂", "礼堂"]


def test_a_task_that_a_person_took_out_is_said_where_its_values_would_have_to_be_turned(office: Office) -> None:
    office.on("2023-03-01", "edit", "a", "place=操场")
    text = office.path.read_text(encoding="utf-8")
    start = text.index('[[tasks]]\nid = "a"')
    office.path.write_text(text[:start] + text[text.index("[[tasks]]", start + 1) :], encoding="utf-8")
    plan, notes = office.back("2023-02-28")
    assert list(plan.task_by_id) == ["b"]
    assert len(notes) == 1


def test_what_another_copy_did_counts_from_when_it_was_done_there(office: Office, tmp_path: Path) -> None:
    """Two copies of a plan: what one did on the fifth is known to the other only later, and counts on the fifth."""
    (tmp_path / "away").mkdir()
    away = Office(office._planner, tmp_path / "away" / "plan.toml")
    shutil.copy(office.path, away.path)
    away.on("2023-03-05", "edit", "a", "place=操场")
    away.on("2023-03-06", "done", "b")
    office.on("2023-03-10", "edit", "a", "when=四月")
    office.on("2023-03-20", "journal", "merge", str(away.path.with_suffix(".journal.sqlite")))
    assert [office.value(day, "place") for day in ("2023-03-04", "2023-03-05")] == ["", "操场"]
    assert [office.value(day, "when") for day in ("2023-03-09", "2023-03-10")] == ["三月", "四月"]
    session = open_session(office.path, "2023-12-31")
    snapshot = session.snapshot()
    found = [plan_as_of(session, snapshot, date(2023, 3, day))[0] for day in (5, 6)]
    assert [s.statuses.task(s.plan.task_by_id["b"]) for s in found] == ["planned", "done"]
    session.close()


def test_a_damaged_entry_is_passed_over_and_said(office: Office) -> None:
    office.on("2023-03-01", "edit", "a", "place=操场")
    session = open_session(office.path, "2023-03-02")
    (entry,) = session.store.entries()
    bad = entry._replace(
        id=entry.id[:-1] + ("0" if entry.id[-1] != "0" else "1"), time="2023-03-02T00:00:00.000Z",
        data={"change": {"table": 7}},
    )  # fmt: skip
    session.record([bad])
    session.close()
    plan, notes = office.back("2023-02-28")
    assert plan.task_by_id["a"].place == ""
    assert len(notes) == 1


def test_a_plan_of_then_that_breaks_the_format_is_not_used(office: Office) -> None:
    office.on("2023-03-01", "edit", "a", "place=操场")
    session = open_session(office.path, "2023-03-02")
    (entry,) = session.store.entries()
    change = {**entry.data["change"], "key": "times", "old": '"每月"', "new": '{ every = "month", least = 1 }'}
    session.record([entry._replace(id=entry.id[:-1] + ("0" if entry.id[-1] != "0" else "1"), data={"change": change})])
    session.close()
    office.by_hand('place = "操场"', 'place = "操场"\ntimes = { every = "month", least = 1 }')
    plan, notes = office.back("2023-02-28")
    assert (plan.task_by_id["a"].place, len(notes)) == ("操场", 1)


def test_a_table_of_a_plugin_that_is_not_here_is_no_mistake_then_either(office: Office) -> None:
    text = office.path.read_text(encoding="utf-8")
    office.path.write_text(text + '\n[unheard-of]\nkey = "值"\n', encoding="utf-8")
    office.on("2023-03-01", "edit", "a", "place=操场")
    assert office.value("2023-02-28", "place") == ""


def test_many_days_read_the_journal_once_and_share_a_plan_as_long_as_it_stays(office: Office) -> None:
    office.on("2023-03-01", "edit", "a", "place=操场")
    office.on("2023-04-01", "edit", "a", "place=礼堂")
    session = open_session(office.path, "2023-12-31")
    snapshot = session.snapshot()
    plans = EarlierPlans(session, snapshot.plan)
    days = [snapshot.as_of(date(2023, month, 15)).now for month in (2, 3, 3, 4)]
    found = [plans.at(day)[0] for day in days]
    session.close()
    assert found[1] is found[2]
    assert [plan.task_by_id["a"].place for plan in found] == ["", "操场", "操场", "礼堂"]
    assert found[3] is snapshot.plan
