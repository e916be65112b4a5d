"""`planner schedule` and `postpone --to`: the day of one occurrence changes, and nothing else becomes another thing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.plan.occurrence import occurrences
from planner.session import Session
from planner.snapshot import Snapshot
from tests.conftest import Outcome

Run = Callable[..., Outcome]
Write = Callable[..., Path]

PLAN = """
    [[tasks]]
    id = "two"
    title = "两次讲座"
    on = ["2023-05-10", "2023-06-10"]
    [[tasks]]
    id = "win"
    title = "走访慰问"
    when = "3月、6月"
    [[tasks]]
    id = "quota"
    title = "委员会议"
    times = { every = "month", least = 1 }
    [[tasks]]
    id = "trip"
    title = "一日游"
    when = "四月"
    [[tasks]]
    id = "march"
    title = "三月例会"
    when = "三月"
    times = { every = "month", least = 1 }
"""


class Office:
    """One plan, and what one sees of it: in the file, in the list, in the calendar."""

    def __init__(self, planner: Run, plan: Path) -> None:
        self._planner, self.plan = planner, plan

    def __call__(self, *words: str) -> Outcome:
        return self._planner("-p", self.plan, "--today", "2023-04-10", *words)

    def slots(self, id_: str) -> dict[str, str]:
        """The status of each occurrence by its key."""
        snapshot = self._snapshot()
        task = snapshot.plan.task_by_id[id_]
        return {o.key: snapshot.statuses.occurrence(task, o.key) for o in occurrences(task, snapshot.plan)}

    def days(self, id_: str) -> dict[str, str]:
        """The decided day of each occurrence that has one, by its key."""
        plan = self._snapshot().plan
        found = occurrences(plan.task_by_id[id_], plan)
        return {o.key: f"{o.appointment.start:%m-%d}" for o in found if o.appointment}

    def _snapshot(self) -> Snapshot:
        session = Session(print, {"PLANNER_PLUGINS": "ical"})
        session.plan_path = str(self.plan)
        return session.snapshot()

    def calendar(self) -> dict[str, str]:
        """Each entry of the calendar file by what its UID names, as a window or as a decided day."""
        assert self("ical", "-o", "calendar").code == 0
        text = (self.plan.parent / "calendar" / "全部.ics").read_bytes().decode().replace("\r\n ", "")
        found = re.findall(r"BEGIN:VEVENT.*?END:VEVENT", text, re.DOTALL)
        return {re.findall(r"^UID:\w\.(.+)@", entry, re.MULTILINE)[0]: entry for entry in found}

    def refuses(self, *words: str, saying: str) -> None:
        """The command is refused, says so, and changes neither the plan nor the journal."""
        before, log = self.plan.read_bytes(), self("--json", "log").out
        said = self(*words)
        assert said.code == 2, said
        assert saying in said.err
        assert self.plan.read_bytes() == before
        assert self("--json", "log").out == log


@pytest.fixture
def office(planner: Run, write: Write) -> Office:
    return Office(planner, write(PLAN))


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The entries that came, went or say something else."""
    return [uid for uid in before | after if before.get(uid) != after.get(uid)]


# One occurrence of several --


@pytest.mark.parametrize(
    ("words", "entry"),
    [
        (("two", "2023-06-20", "--slot", "2"), "two.2"),
        (("two", "2023-05-20", "--slot", "1"), "two"),
        (("two", "--clear", "--slot", "2"), "two.2"),
        (("win", "2023-06-08"), "win.2"),
        (("win", "2023-03-08"), "win"),
        (("win", "2023-08-20", "--slot", "2"), "win.2"),
        (("win", "2023-04-20", "--slot", "1"), "win"),
        (("quota", "2023-05-08"), "quota.2023-05"),
    ],
)
def test_one_entry_of_the_calendar_changes(office: Office, words: tuple[str, ...], entry: str) -> None:
    before = office.calendar()
    said = office("schedule", *words)
    assert said.code == 0, said.err
    assert changed(before, office.calendar()) == [entry]


@pytest.mark.parametrize(("slot", "day"), [("2", "2023-04-01"), ("1", "2023-07-01")])
def test_a_day_moved_past_another_one_hands_no_status_over(office: Office, slot: str, day: str) -> None:
    office("done", "two", "--slot", "1")
    before = office.calendar()
    assert office("schedule", "two", day, "--slot", slot).code == 0
    assert changed(before, office.calendar()) == ["two.2" if slot == "2" else "two"]
    assert office.days("two")["2" if slot == "2" else ""] == day[5:]
    assert office.slots("two") == {"": "done", "2": "planned"}


def test_taking_back_a_day_that_others_are_counted_from_is_refused(office: Office) -> None:
    office("done", "two", "--slot", "1")
    office.refuses("schedule", "two", "--clear", "--slot", "1", saying="planner cancel two --slot 1")
    assert office.slots("two") == {"": "done", "2": "planned"}
    assert office("schedule", "two", "--clear", "--slot", "2").code == 0
    assert office.slots("two") == {"": "done"}


def test_a_day_of_a_slot_is_not_taken_back_while_a_further_one_would_take_its_place(planner: Run, write: Write) -> None:
    times = 'times = { every = "month", least = 1 }'
    office = Office(planner, write(PLAN.replace(times, times + '\n    on = ["2023-03-08", "2023-03-15"]', 1)))
    office.refuses("schedule", "quota", "--clear", "--slot", "2023-03", saying="03-08")
    assert office("schedule", "quota", "--clear", "--slot", "x1").code == 0
    assert office.days("quota") == {"2023-03": "03-08"}


def test_clearing_needs_a_decided_day(office: Office) -> None:
    office("schedule", "win", "2023-06-08")
    office.refuses("schedule", "win", "--clear", "--slot", "1", saying="没有")
    assert office("schedule", "win", "--clear").code == 0
    assert office.days("win") == {}


# The occurrence that was named --


def test_a_window_put_off_past_its_end_keeps_its_own_day(office: Office) -> None:
    assert office("schedule", "win", "2023-08-20", "--slot", "2").code == 0
    assert office.days("win") == {"2": "08-20"}
    assert office("schedule", "win", "2023-04-20", "--slot", "1").code == 0
    assert office.days("win") == {"": "04-20", "2": "08-20"}


def test_a_day_within_the_window_of_another_one_is_refused_until_that_one_is_decided(office: Office) -> None:
    office.refuses("postpone", "win", "--slot", "1", "--to", "2023-06-20", saying="--slot 2")
    assert office("schedule", "win", "2023-06-08").code == 0
    assert office("postpone", "win", "--slot", "1", "--to", "2023-06-20").code == 0
    assert office.days("win") == {"": "06-20", "2": "06-08"}
    assert office.slots("win") == {"": "postponed", "2": "planned"}


def test_a_slot_is_not_put_off_into_the_next(office: Office) -> None:
    office.refuses("postpone", "quota", "--slot", "2023-03", "--to", "2023-04-20", saying="2023-04-20")
    office.refuses("schedule", "quota", "2023-04-20", "--slot", "6月", saying="2023-04-20")
    assert office("postpone", "quota", "--slot", "2023-03", "--to", "2023-03-30").code == 0
    assert office.days("quota") == {"2023-03": "03-30"}


def test_a_day_outside_of_the_only_slot_is_refused(office: Office) -> None:
    office.refuses("schedule", "march", "2023-05-08", saying="planner edit march when=")
    assert office("schedule", "march", "2023-03-08").code == 0
    office.refuses("schedule", "march", "2023-05-08", saying="2023-05-08")


def test_a_longer_time_that_would_make_another_slot_is_refused(office: Office) -> None:
    office.refuses("postpone", "march", "--to", "5月", saying="planner edit march when=")
    office.refuses("postpone", "trip", "--to", "5月、7月", saying="planner edit trip when=")


# What was understood only in part --


@pytest.mark.parametrize(
    "words",
    [
        "5月18日下午 改在报告厅",
        "5月18日 改在报告厅",
        "18日 改在报告厅",
        "5月18日下午",
        "5月18日上午",
        "明天晚上",
        "5月18日第三节课",
        "5月18日9:00、14:00",
        "5月18日或19日",
    ],
)
@pytest.mark.parametrize("act", [("schedule", "trip"), ("postpone", "trip", "--to")])
def test_words_that_the_plan_would_lose_are_refused(office: Office, act: tuple[str, ...], words: str) -> None:
    office.refuses(*act, words, saying="只读懂")


@pytest.mark.parametrize(
    ("words", "on"),
    [("5月18日下午2点", "2023-05-18 14:00"), ("28日", "2023-04-28"), ("28日 9:00-10:30", "2023-04-28 09:00-10:30")],
)
def test_with_a_clock_time_or_without_any_it_is_a_day(office: Office, words: str, on: str) -> None:
    assert office("schedule", "trip", words).code == 0
    assert f'on = "{on}"' in office.plan.read_text(encoding="utf-8")


def test_a_deadline_decides_no_day(office: Office) -> None:
    office.refuses("schedule", "trip", "5月18日前", saying="定不下")
    assert office("postpone", "trip", "--to", "5月18日前").code == 0
    assert 'when = "5月18日前"' in office.plan.read_text(encoding="utf-8")


def test_a_day_that_stays_in_its_words_loses_nothing(office: Office) -> None:
    assert office("add", "5月18日下午 座谈会", "id=talk").code == 0
    assert 'when = "5月18日下午"' in office.plan.read_text(encoding="utf-8").replace("when  =", "when =")


# Words said today --


def test_what_counts_from_today_is_written_as_dates(office: Office) -> None:
    assert office("postpone", "trip", "--to", "本周五至5月底").code == 0
    assert 'when = "2023-04-14至5月底"' in office.plan.read_text(encoding="utf-8")
    (task,) = (t for t in json.loads(office("--json", "show").out)["tasks"] if t["id"] == "trip")
    assert task["windows"] == [["2023-04-14", "2023-05-31"]]


def test_words_that_hang_on_the_month_of_the_task_are_refused(office: Office) -> None:
    office.refuses("postpone", "trip", "--to", "下旬", saying="下旬")
    assert office("postpone", "trip", "--to", "4月下旬").code == 0


def test_a_day_and_clear_together_are_refused(office: Office) -> None:
    office.refuses("schedule", "trip", "2023-04-18", "--clear", "--place", "报告厅", saying="--clear")
    office.refuses("schedule", "trip", saying="--clear")
