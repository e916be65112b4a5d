"""What people have been told: SEQUENCE counts on, stamps stay, and copies of a journal come together again."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from planner.dates.window import Window
from planner.journal.entry import REVISION, Entry, new_entry
from planner.journal.revision import Change, Revisions, revisions
from planner.plan.load import load_plan
from planner.plan.model import Plan
from planner.snapshot import CalendarItem

MARCH = Window(date(2023, 3, 1), date(2023, 3, 31))
WOMENS_DAY = Window(date(2023, 3, 8), date(2023, 3, 8))
MONDAY = datetime(2023, 2, 27, 8, 30, 15, 123456, tzinfo=UTC)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
ITEM = CalendarItem("trip", "一日游", "window", MARCH, wording="三月", task="trip", place="太湖")
FOR_A = replace(ITEM, branches=("a",))

Items = Sequence[CalendarItem]


def compared(items: Items, journal: Sequence[Entry], now: datetime, plan: Plan | None = None) -> Revisions:
    return revisions(items, sorted(journal, key=lambda entry: entry.order), now, plan)


def tell(
    items: Items, journal: Sequence[Entry], now: datetime, branches: Sequence[str] | None = None, **more: Any
) -> list[Entry]:
    """The journal after an export. Entries go through JSON, as every store keeps them."""
    found = compared(items, journal, now, **more)
    told = [
        new_entry(found.now, "chair", "plan", REVISION, json.loads(json.dumps(data)), task=task, branch=branch)
        for data, task, branch in found.pending(branches)
    ]
    return [*journal, *told]


def seconds(instant: datetime) -> datetime:
    return instant.replace(microsecond=0)


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


Read = Callable[..., Plan]


@pytest.fixture
def read(write: Callable[..., Path]) -> Read:
    def read_plan(text: str) -> Plan:
        plan = load_plan(write(text), {}).plan
        assert plan is not None
        return plan

    return read_plan


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


def test_a_copy_on_another_machine_goes_on_counting() -> None:
    here = tell([ITEM], [], MONDAY)
    there = tell([replace(ITEM, place="天目湖")], list(here), TUESDAY)
    assert there[-1].data["sequence"] == 1
    assert compared([ITEM], there, WEDNESDAY).of("trip").sequence == 2


def test_copies_that_counted_apart_come_together() -> None:
    """Both told another day under number 1: whoever has the one would never take the other."""
    start = tell([ITEM], [], MONDAY)
    lake, sea = replace(ITEM, place="湖"), replace(ITEM, place="海")
    one, other = tell([lake], list(start), TUESDAY), tell([sea], list(start), WEDNESDAY)
    merged = [*one, *other[len(start) :]]
    for plan, moment in ((sea, WEDNESDAY), (lake, WEDNESDAY)):
        found = compared([plan], merged, moment + timedelta(hours=1))
        assert found.of("trip").sequence == 2
        after = tell([plan], merged, moment + timedelta(hours=1))
        assert tell([plan], after, moment + timedelta(hours=2)) == after, "once is enough"


def test_no_copy_falls_behind_a_number_that_another_has_used() -> None:
    start = tell([ITEM], [], MONDAY)
    one = tell([FOR_A], list(start), TUESDAY)
    other = tell([replace(ITEM, note="带伞")], list(start), WEDNESDAY)
    assert [entry.data["sequence"] for entry in (one[-1], other[-1])] == [1, 0]
    merged = [*one, *other[len(start) :]]
    assert compared([replace(FOR_A, note="带伞")], merged, WEDNESDAY).of("trip").sequence == 2
    assert compared([replace(ITEM, note="带伞")], merged, WEDNESDAY).of("trip").sequence == 1


looks = st.builds(
    lambda place, branches, note: replace(ITEM, place=place, branches=branches, note=note),
    st.sampled_from(["湖", "海"]),
    st.sampled_from([(), ("a",), ("b",), ("a", "b")]),
    st.sampled_from(["", "带伞"]),
)
told_to = st.sampled_from([None, None, ["a"], ["a", "b"]])
exports = st.lists(st.tuples(st.none() | looks, told_to), max_size=5)


@given(exports, exports, exports, st.none() | looks)
def test_whatever_two_copies_did_one_export_brings_everybody_together(
    shared: list[Any], here: list[Any], there: list[Any], last: CalendarItem | None
) -> None:
    clock = itertools.count()

    def work(journal: list[Entry], done: list[Any]) -> list[Entry]:
        for item, branches in done:
            journal = tell([item] if item else [], journal, MONDAY + timedelta(minutes=next(clock)), branches)
        return journal

    start = work([], shared)
    merged = [*work(start, here), *work(start, there)[len(start) :]]
    items = [last] if last else []
    journal = tell(items, merged, WEDNESDAY)
    assert tell(items, journal, WEDNESDAY + timedelta(hours=1)) == journal, "nothing is left to tell"
    if not journal:
        return
    final = compared(items, journal, WEDNESDAY).of("trip").sequence
    for entry in journal:
        seen = entry.data["state"] and entry.data["state"]["place"]
        assert entry.data["sequence"] < final or (entry.data["sequence"], seen) == (final, last and last.place)


def test_copies_that_told_the_same_need_no_new_number() -> None:
    start = tell([ITEM], [], MONDAY)
    sea = replace(ITEM, place="海")
    one, other = tell([sea], list(start), TUESDAY), tell([sea], list(start), WEDNESDAY)
    merged = [*one, *other[len(start) :]]
    assert compared([sea], merged, WEDNESDAY).of("trip") == (seconds(MONDAY), seconds(TUESDAY), 1)
    assert tell([sea], merged, WEDNESDAY) == merged


def test_one_branch_is_told_and_the_others_still_have_to_be() -> None:
    start = tell([ITEM], [], MONDAY)
    sea = replace(ITEM, place="海")
    journal = tell([sea], start, TUESDAY, ["a", "b"])
    assert [(entry.branch, entry.data["sequence"]) for entry in journal[1:]] == [("a", 1), ("b", 1)]
    found = compared([sea], journal, WEDNESDAY)
    assert not [*found.changes_for("a")]
    assert len([*found.changes_for("c")]) == len([*found.changes_for(None)]) == 1
    everybody = tell([sea], journal, WEDNESDAY)
    assert [(entry.branch, entry.data["sequence"]) for entry in everybody[3:]] == [("", 1)]
    later = compared([sea], everybody, WEDNESDAY + timedelta(days=1))
    assert later.of("trip") == (seconds(MONDAY), seconds(TUESDAY), 1), "the file of a branch stays as it is"
    assert not [*later.pending()]


def test_a_branch_is_not_told_what_is_not_for_it() -> None:
    assert tell([FOR_A], [], MONDAY, ["b"]) == []
    journal = tell([FOR_A], [], MONDAY, ["a", "b"])
    assert [entry.branch for entry in journal] == ["a"]
    assert compared([FOR_A], journal, TUESDAY).is_first(None)
    assert not compared([FOR_A], journal, TUESDAY).is_first("a")


def test_what_only_branches_heard_of_is_taken_back_from_them_when_everybody_is_told() -> None:
    journal = tell([ITEM], [], MONDAY, ["a", "b"])
    assert [entry.branch for entry in tell([], journal, TUESDAY, ["a"])[2:]] == ["a"]
    journal = tell([], journal, TUESDAY)
    assert [(entry.branch, entry.data["state"]) for entry in journal[2:]] == [("", None)]
    for branch in (None, "a", "b"):
        assert not [*compared([], journal, WEDNESDAY).changes_for(branch)]


def test_an_item_that_changes_hands_is_gone_for_the_one_and_new_for_the_other() -> None:
    journal = tell([replace(ITEM, branches=("a", "c"))], [], MONDAY)
    moved = replace(ITEM, branches=("b", "c"))
    found = compared([moved], journal, TUESDAY)

    def kind(change: Change) -> tuple[bool, bool]:
        return change.before is not None, change.after is not None

    assert [kind(change) for change in found.changes_for("a")] == [(True, False)]
    assert [kind(change) for change in found.changes_for("b")] == [(False, True)]
    assert [kind(change) for change in found.changes_for(None)] == [(True, True)]
    assert found.of("trip").sequence == 1, "for one branch it is cancelled"
    journal = tell([moved], journal, TUESDAY, ["a"])
    assert not [*compared([moved], journal, WEDNESDAY).changes_for("a")]
    assert len([*compared([moved], journal, WEDNESDAY).changes_for("b")]) == 1


def test_a_wider_circle_is_no_change_for_those_inside() -> None:
    journal = tell([FOR_A], [], MONDAY)
    assert compared([replace(ITEM, branches=("a", "b"))], journal, TUESDAY).of("trip").sequence == 0
    assert compared([ITEM], journal, TUESDAY).of("trip").sequence == 0
    journal = tell([ITEM], journal, TUESDAY)
    assert compared([FOR_A], journal, WEDNESDAY).of("trip").sequence == 1, "all others lose it"


def test_a_clock_that_goes_wrong_does_not_turn_the_order_round() -> None:
    journal = tell([ITEM], [], WEDNESDAY)
    sea = replace(ITEM, place="海")
    journal = tell([sea], journal, MONDAY)
    assert journal[1].time > journal[0].time
    assert compared([sea], journal, MONDAY).of("trip").sequence == 1
    assert tell([sea], journal, MONDAY) == journal


def test_what_had_been_told_before_a_moment_can_be_asked_for() -> None:
    sea = replace(ITEM, place="海")
    journal = tell([sea], tell([ITEM], [], MONDAY), WEDNESDAY)
    found = compared([sea], journal, WEDNESDAY)
    assert not [*found.changes_for(None)]
    (change,) = found.changes_for(None, "2023-02-28T00:00:00.000Z")
    assert change.before is not None
    assert change.before.place == "太湖"
    assert found.is_first(None, "2023-02-27T00:00:00.000Z")
    assert not found.is_first(None, "2023-02-28T00:00:00.000Z")


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
