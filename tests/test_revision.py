"""What people have been told: SEQUENCE counts on, stamps stay, and what no program wrote harms nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from planner.dates.window import Window
from planner.journal.entry import REVISION, new_entry
from tests.told import (
    FOR_A,
    ITEM,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    WOMENS_DAY,
    Items,
    Read,
    compared,
    loaded,
    seconds,
    tell,
)


def test_what_is_told_first_has_number_0_and_the_moment_of_telling() -> None:
    before = compared([ITEM], [], MONDAY).of("trip")
    assert before == (seconds(MONDAY), seconds(MONDAY), 0)
    journal = tell([ITEM], [], MONDAY)
    assert [(entry.task, entry.branch, entry.data["sequence"]) for entry in journal] == [("trip", "", 0)]
    assert compared([ITEM], journal, TUESDAY).of("trip") == before, "the file said what the journal says"


def test_an_unchanged_item_is_told_once() -> None:
    journal = tell([ITEM], [], MONDAY)
    assert tell([ITEM], journal, TUESDAY) == journal
    assert not [*compared([ITEM], journal, TUESDAY).changes_for(None)]


@pytest.mark.parametrize(
    "change",
    [
        {"days": Window(date(2023, 4, 1), date(2023, 4, 30)), "wording": "四月"},
        {"kind": "decided", "days": WOMENS_DAY},
        {"kind": "decided", "days": WOMENS_DAY, "begins": time(14)},
        {"title": "二日游"},
        {"place": "天目湖"},
        {"wording": "3月"},
        {"status": "doing"},
        {"status": "done"},
        {"kind": "undated", "days": None, "wording": "另定"},
    ],
    ids=lambda change: "-".join(change),
)
def test_the_number_goes_up_by_one_with_all_that_people_see(change: dict[str, Any]) -> None:
    journal = tell([ITEM], [], MONDAY)
    changed = replace(ITEM, **change)
    assert compared([changed], journal, TUESDAY).of("trip") == (seconds(MONDAY), seconds(TUESDAY), 1)
    journal = tell([changed], journal, TUESDAY)
    assert compared([changed], journal, WEDNESDAY).of("trip") == (seconds(MONDAY), seconds(TUESDAY), 1)
    assert tell([changed], journal, WEDNESDAY) == journal
    assert compared([ITEM], journal, WEDNESDAY).of("trip").sequence == 2, "back again is a change too"


def test_another_time_of_the_tick_moves_the_stamp() -> None:
    journal = tell([replace(ITEM, status="done", done_at=MONDAY)], [], TUESDAY)
    again = replace(ITEM, status="done", done_at=TUESDAY)
    assert compared([again], journal, WEDNESDAY).of("trip") == (seconds(TUESDAY), seconds(WEDNESDAY), 0)


@pytest.mark.parametrize(
    "change",
    [
        {"note": "带伞"},
        {"needs": ("apply",)},
        {"links": ("https://example.org",)},
        {"remind": ("7d",)},
        {"goals": ("activities",)},
        {"provisional": True},
    ],
    ids=lambda change: "-".join(change),
)
def test_other_fields_move_the_stamp_and_not_the_number(change: dict[str, Any]) -> None:
    journal = tell([ITEM], [], MONDAY)
    changed = replace(ITEM, **change)
    assert compared([changed], journal, TUESDAY).of("trip") == (seconds(MONDAY), seconds(TUESDAY), 0)
    journal = tell([changed], journal, TUESDAY)
    assert compared([changed], journal, WEDNESDAY).of("trip") == (seconds(MONDAY), seconds(TUESDAY), 0)


def test_the_plans_words_beside_a_decided_day_are_no_new_day() -> None:
    decided = replace(ITEM, kind="decided", days=WOMENS_DAY)
    journal = tell([decided], [], MONDAY)
    reworded = replace(decided, wording="三八节")
    assert compared([reworded], journal, TUESDAY).of("trip") == (seconds(MONDAY), seconds(TUESDAY), 0)


def test_a_postponed_item_that_keeps_its_days_is_the_same() -> None:
    journal = tell([ITEM], [], MONDAY)
    assert tell([replace(ITEM, status="postponed")], journal, TUESDAY) == journal


@pytest.fixture
def read(write: Callable[..., Path]) -> Read:
    return lambda text: loaded(write(text))


PLAN = """
    [[goals]]
    id = "activities"
    title = "文体活动"
    [[branches]]
    id = "a"
    name = "甲分工会"
    [[tasks]]
    id = "apply"
    title = "报名"
    when = "三月"
    [[tasks]]
    id = "trip"
    title = "一日游"
    when = "三月"
    needs = ["apply"]
    goals = ["activities"]
    for = ["a"]
"""


@pytest.mark.parametrize("rename", [("文体活动", "文体"), ("甲分工会", "第一分工会"), ("报名", "网上报名")])
def test_other_names_beside_an_item_move_its_stamp(read: Read, rename: tuple[str, str]) -> None:
    item = replace(FOR_A, goals=("activities",), needs=("apply",))
    plan = read(PLAN)
    journal = tell([item], [], MONDAY, plan=plan)
    assert tell([item], journal, TUESDAY, plan=plan) == journal
    renamed = read(PLAN.replace(*rename))
    assert compared([item], journal, TUESDAY, renamed).of("trip") == (seconds(MONDAY), seconds(TUESDAY), 0)


def test_a_marker_that_moves_because_of_a_day_off_is_another_day(read: Read) -> None:
    """1 March 2023 is a Wednesday."""
    journal = tell([ITEM], [], MONDAY, plan=read(PLAN))
    closed = read("days-off = [2023-03-01]\n" + PLAN)
    assert compared([ITEM], journal, TUESDAY, closed).of("trip").sequence == 1


def test_a_private_item_never_gets_into_the_journal(read: Read) -> None:
    secret = replace(ITEM, private=True)
    assert tell([secret], [], MONDAY) == []
    plan = read('[[tasks]]\nid = "trip"\ntitle = "困难职工"\nprivate = true\n')
    of_a_plugin = replace(ITEM, key="ledger.trip")
    assert tell([of_a_plugin], [], MONDAY, plan=plan) == [], "it comes from a private task"


def test_what_became_private_is_told_as_gone_and_not_named_any_more() -> None:
    journal = tell([ITEM], [], MONDAY)
    secret = replace(ITEM, private=True, title="困难职工")
    found = compared([secret], journal, TUESDAY)
    assert [change.private for change in found.changes_for(None)] == [True]
    journal = tell([secret], journal, TUESDAY)
    assert journal[-1].data == {"key": "trip", "sequence": 1, "state": None, "rest": "", "private": True}
    (earlier,) = compared([], journal, WEDNESDAY).earlier()
    assert earlier.private, "it stays unnamed when the task is deleted"
    assert tell([], journal, WEDNESDAY) == journal


@pytest.mark.parametrize("gone", [[], [replace(ITEM, status="cancelled")]], ids=["dropped", "cancelled"])
def test_what_is_gone_is_told_once_and_counted(gone: Items) -> None:
    journal = tell(gone, tell([ITEM], [], MONDAY), TUESDAY)
    assert journal[-1].data["state"] is None
    assert compared(gone, journal, WEDNESDAY).of("trip") == (seconds(MONDAY), seconds(TUESDAY), 1)
    assert tell(gone, journal, WEDNESDAY) == journal
    again = compared([ITEM], journal, WEDNESDAY)
    assert again.of("trip") == (seconds(MONDAY), seconds(WEDNESDAY), 2)
    assert [(c.before, c.after and c.after.title) for c in again.changes_for(None)] == [(None, "一日游")]


def test_nobody_hears_of_what_was_cancelled_before_it_was_told() -> None:
    assert tell([replace(ITEM, status="cancelled")], [], MONDAY) == []


@pytest.mark.parametrize(
    "data",
    [
        {"key": "trip\r\nATTENDEE:x", "sequence": 7, "state": None},
        {"key": "trip", "sequence": "7", "state": None},
        {"key": "trip", "sequence": True, "state": None},
        {"key": "trip", "sequence": 10**9, "state": None},
        {"key": "trip", "sequence": -1, "state": None},
        {"key": "trip", "sequence": 7, "state": ["一日游"]},
        {"key": 3, "sequence": 7, "state": None},
        {},
    ],
)
def test_what_no_export_wrote_is_passed_over(data: dict[str, Any]) -> None:
    strange = [new_entry(MONDAY, "x", "plan", REVISION, data)]
    assert compared([ITEM], strange, TUESDAY).of("trip").sequence == 0
    assert compared([], strange, TUESDAY).is_first(None)


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"title": 3, "kind": "window"},
        {"title": "x", "kind": "party"},
        {"title": "x", "kind": "decided", "days": ["2023-03-08"]},
        {"title": "x", "kind": "decided", "days": ["2023-03-08", "2023-03-01"]},
        {"title": "x", "kind": "decided", "days": ["soon", "later"]},
        {"title": "x", "kind": "decided", "ends": "16:00"},
        {"title": "x", "kind": "decided", "branches": [["a"]]},
        {"title": "x", "kind": "decided", "branches": 3},
        {"title": "x", "kind": "decided", "days": ["9999-12-31", "9999-12-31"]},
        {"title": "x", "kind": "decided", "days": ["0001-01-01", "2023-03-01"]},
        {"title": "x", "kind": "window", "days": ["2023-03-01", "2023-03-31"], "marker": "9999-12-31"},
        {"title": "x", "kind": "window", "days": ["2023-03-01", "2023-03-31"], "warning": "9999-12-31"},
        {
            "title": "x",
            "kind": "decided",
            "days": ["2023-03-01", "2023-03-01"],
            "begins": "15:00",
            "ends": "16:00+08:00",
        },
    ],
)
def test_a_state_that_no_item_can_have_harms_nothing(state: dict[str, Any]) -> None:
    strange = [new_entry(MONDAY, "x", "plan", REVISION, {"key": "trip", "sequence": 3, "state": state})]
    found = compared([ITEM], strange, TUESDAY)
    assert found.of("trip").sequence == 4
    for branch in (None, "a"):
        assert [change.before for change in found.changes_for(branch)] == [None]
    assert [earlier.told for earlier in found.earlier()] == [()]
    assert len(tell([ITEM], strange, TUESDAY, ["a"])) == 2
