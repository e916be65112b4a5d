"""`planner start|done|reopen|postpone|cancel|note`: what a person records, and how it is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Outcome

Run = Callable[..., Outcome]
Write = Callable[..., Path]

PLAN = """
    [[branches]]
    id = "north"
    name = "北校区分工会"
    [[branches]]
    id = "south"
    name = "南校区分工会"
    [[tasks]]
    id = "apply"
    title = "特色项目申报"
    when = "三月"
    for = "branches"
    [[tasks]]
    id = "review"
    title = "特色项目评比"
    when = "六月"
    for = "branches"
    needs = ["apply"]
    [[tasks]]
    id = "visit"
    title = "“五必访”走访"
    when = "5月、8月"
    [[tasks]]
    id = "meeting"
    title = "委员会议"
    when = "本学期"
    times = { every = "month", least = 1 }
    [[tasks]]
    id = "trip"
    title = "一日游"
    when = "四月"
"""


class Office:
    """One plan, and commands typed on days."""

    def __init__(self, planner: Run, plan: Path) -> None:
        self._planner, self.plan = planner, plan

    def __call__(self, day: str, *words: str) -> Outcome:
        return self._planner("-p", self.plan, "--today", f"2023-{day}", *words)

    def task(self, id_: str, day: str = "08-31") -> Any:
        tasks = json.loads(self(day, "--json", "show").out)["tasks"]
        return next(task for task in tasks if task["id"] == id_)

    def log(self) -> Any:
        return json.loads(self("08-31", "--json", "log", "-n", "100").out)


@pytest.fixture
def office(planner: Run, write: Write, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("PLANNER_AUTHOR", "主席")
    return Office(planner, write(PLAN))


def test_a_branch_ticks_its_part_and_the_others_stay_open(office: Office) -> None:
    said = office("03-10", "done", "apply", "--branch", "北校区")
    assert said.code == 0
    assert "完成" in said.out
    assert "北校区分工会" in said.out
    task = office.task("apply")
    assert task["branches"] == {"north": "done", "south": "planned"}
    assert task["status"] == "doing"
    page = office("03-25", "agenda").out
    assert "还差：南校区分工会" in page


def test_without_a_branch_it_is_done_for_all_and_the_journal_names_them(office: Office) -> None:
    office("03-10", "done", "apply", "--branch", "north")
    office("03-12", "done", "apply")
    assert office.task("apply")["status"] == "done"
    assert office.log()[-1]["branch"] == "south"  # what was done stays as it was recorded


def test_a_branch_that_joins_later_has_done_nothing(office: Office, write: Write) -> None:
    office("03-10", "done", "apply")
    write(
        PLAN.replace(
            '[[tasks]]\n    id = "apply"',
            '[[branches]]\n    id = "west"\n    name = "西区"\n    [[tasks]]\n    id = "apply"',
        )
    )
    assert office.task("apply")["branches"] == {"north": "done", "south": "done", "west": "planned"}


def test_a_tick_against_the_order_warns_and_records(office: Office) -> None:
    office("03-10", "done", "apply", "--branch", "north")
    assert office("06-10", "done", "review", "--branch", "north").err == ""  # its own part came before
    said = office("06-10", "done", "review", "--branch", "south")
    assert said.code == 0
    assert "特色项目申报" in said.err
    assert office.task("review")["status"] == "done"


def test_the_same_tick_twice_is_recorded_once(office: Office) -> None:
    office("04-10", "done", "trip")
    again = office("04-11", "done", "trip")
    assert again.code == 0
    assert "已经是" in again.out
    assert len(office.log()) == 1


@pytest.mark.parametrize("words", ["trip", "一日游", "yry"])
def test_a_task_is_named_by_id_title_or_initials(office: Office, words: str) -> None:
    assert office("04-10", "start", words).code == 0
    assert office.task("trip")["status"] == "doing"


def test_quotation_marks_do_not_matter_for_initials(office: Office) -> None:
    assert office("05-10", "done", "wbfzf").code == 0


def test_a_slot_is_filled_by_the_day_of_the_tick(office: Office) -> None:
    office("03-10", "done", "meeting")
    office("05-10", "done", "meeting")
    filled = [slot["key"] for slot in office.task("meeting")["slots"] if slot["status"] == "done"]
    assert filled == ["2023-03", "2023-05"]
    assert "已做 2/7 次" in office("05-25", "agenda").out


@pytest.mark.parametrize("words", ["2023-04", "4月", "2023-04-12", "四月"])
def test_a_slot_can_be_named(office: Office, words: str) -> None:
    office("06-10", "done", "meeting", "--slot", words)
    filled = [slot["key"] for slot in office.task("meeting")["slots"] if slot["status"] == "done"]
    assert filled == ["2023-04"]


def test_a_second_tick_in_the_same_month_asks_which_is_meant(office: Office) -> None:
    office("03-10", "done", "meeting")
    said = office("03-20", "done", "meeting")
    assert said.code == 2
    assert "--slot" in said.err
    assert "2023-04" in said.err
    assert len(office.log()) == 1


def test_two_windows_are_ticked_one_by_one(office: Office) -> None:
    office("05-10", "done", "visit")
    assert office.task("visit")["status"] == "doing"
    office("08-10", "done", "visit")
    assert office.task("visit")["status"] == "done"


def test_cancelling_leaves_what_is_done(office: Office) -> None:
    office("03-10", "done", "meeting")
    office("04-10", "cancel", "meeting", "-m", "机构调整")
    task = office.task("meeting")
    assert [slot["status"] for slot in task["slots"]] == ["cancelled", "done", *["cancelled"] * 5]
    assert task["status"] == "done"  # nothing is left to do, and one was held
    office("04-11", "reopen", "meeting", "--slot", "5月")
    assert office.task("meeting")["slots"][3]["status"] == "planned"


def test_a_tick_for_all_leaves_who_is_done_or_spared_as_recorded(office: Office) -> None:
    office("03-10", "done", "apply", "--branch", "north")
    office("03-11", "cancel", "apply", "--branch", "south")
    said = office("03-12", "done", "apply")
    assert said.code == 0
    assert "已经是" in said.out
    assert office.task("apply")["branches"] == {"north": "done", "south": "cancelled"}
    assert len(office.log()) == 2


def test_what_was_called_off_is_not_put_off_later_with_the_rest(office: Office) -> None:
    office("03-10", "cancel", "meeting", "--slot", "3月")
    office("04-10", "postpone", "meeting")
    slots = {slot["key"]: slot["status"] for slot in office.task("meeting")["slots"]}
    assert slots["2023-03"] == "cancelled"
    assert slots["2023-05"] == "postponed"


def test_a_reason_that_is_not_recorded_is_told(office: Office) -> None:
    office("04-10", "done", "trip")
    assert "planner note" in office("04-11", "done", "trip", "-m", "补充").out
    assert json.loads(office("04-11", "--json", "done", "trip").out) == []


def test_what_is_done_is_not_cancelled_by_mistake(office: Office) -> None:
    office("04-10", "done", "trip")
    said = office("04-11", "cancel", "trip")
    assert said.code == 2
    assert "planner reopen trip" in said.err
    assert office.task("trip")["status"] == "done"


def test_reopening_a_cancelled_task_opens_all_of_it(office: Office) -> None:
    office("04-10", "cancel", "meeting")
    office("04-11", "reopen", "meeting")
    assert office.task("meeting")["status"] == "planned"


def test_postponed_without_a_date_is_listed_as_such_until_it_has_one(office: Office) -> None:
    office("04-10", "postpone", "trip", "-m", "雨")
    found = json.loads(office("05-20", "--json", "agenda").out)
    assert [entry["task"] for entry in found["postponed"]] == ["trip"]
    assert "trip" not in [entry["task"] for entry in found["overdue"]]
    office("05-20", "schedule", "trip", "5月27日")
    found = json.loads(office("05-20", "--json", "agenda").out)
    assert not found["postponed"]
    assert "trip" in [entry["task"] for entry in found["coming"]]
    found = json.loads(office("05-30", "--json", "agenda").out)
    assert "trip" in [entry["task"] for entry in found["overdue"]]


def test_postponing_to_a_time_changes_the_plan_in_one_act(office: Office) -> None:
    before = office.plan.read_bytes()
    office("04-10", "postpone", "trip", "--to", "5月下旬")
    assert office.task("trip")["windows"] == [["2023-05-21", "2023-05-31"]]
    assert office.task("trip")["status"] == "postponed"
    office("04-10", "undo")
    assert office.plan.read_bytes() == before
    assert office.task("trip")["status"] == "planned"


def test_postponing_to_nothing_certain_changes_nothing(office: Office) -> None:
    before = office.plan.read_bytes()
    said = office("04-10", "postpone", "trip", "--to", "适时")
    assert said.code == 2
    assert "适时" in said.err
    assert office.plan.read_bytes() == before
    assert not office.log()


def test_a_note_is_kept_with_who_and_when(office: Office) -> None:
    office("04-10", "note", "trip", "大巴订好了", "--by", "文体委员")
    (entry,) = office.log()
    assert entry["kind"] == "note"
    assert entry["data"]["text"] == "大巴订好了"
    assert entry["author"] == "文体委员"
    assert office("04-10", "note", "trip", " ").code == 2
    assert office("04-10", "note", "trip", "不用", "引号").code == 0
    assert office("04-10", "note", "trip", "坏\udc80").code == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("done", "trip", "--branch", "north"), "工会本部"),
        (("done", "apply", "--branch", "east"), "east"),
        (("done", "nothing"), "没有任务"),
        (("done", "meeting", "--slot", "九月"), "没有“九月”"),
        (("done", "特色"), "可能是"),
    ],
)
def test_what_cannot_be_meant_is_told_and_nothing_recorded(office: Office, words: tuple[str, ...], said: str) -> None:
    found = office("04-10", *words)
    assert found.code == 2
    assert said in found.err
    assert not office.plan.with_suffix(".journal.sqlite").exists()


def test_titles_and_names_cannot_act_in_the_log(planner: Run, write: Write) -> None:
    plan = write('[[tasks]]\nid = "x"\ntitle = "坏\\u001b[31m标题"\nwhen = "三月"\n')
    assert planner("-p", plan, "done", "x", "--by", "a\x1b]0;b", "-m", "c\x07\nd").code == 0
    page = planner("-p", plan, "log").out
    assert "\x1b" not in page
    assert "\x07" not in page
    assert len(page.splitlines()) == 1
