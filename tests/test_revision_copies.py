"""What people have been told by several copies of a journal, and of branches that are told by themselves."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from planner.journal.entry import Entry
from planner.journal.revision import Change
from planner.snapshot import CalendarItem
from tests.told import (
    FOR_A,
    ITEM,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    Read,
    compared,
    loaded,
    seconds,
    tell,
)


@pytest.fixture
def read(write: Callable[..., Path]) -> Read:
    return lambda text: loaded(write(text))


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


BRANCH = '[[branches]]\nid = "{0}"\nname = "{0}分工会"\n'


def test_who_was_there_is_recorded_once_and_early_journals_do_without(read: Read) -> None:
    """Journals that say nothing of it know nobody as new: who was there when they were written nobody can tell."""
    one, two = read(BRANCH.format("a")), read(BRANCH.format("a") + BRANCH.format("b"))
    early = [entry._replace(data={**entry.data, "to": None}) for entry in tell([ITEM], [], MONDAY, plan=one)]
    assert not compared([ITEM], early, TUESDAY, two).is_first("b")
    assert tell([ITEM], early, TUESDAY, plan=two) == early
    journal = tell([ITEM], [], MONDAY, plan=one)
    assert [entry.data["to"] for entry in journal] == [["a"]]
    assert compared([ITEM], journal, TUESDAY, two).is_first("b")
    assert not compared([ITEM], journal, TUESDAY, two).is_first("a")
    journal = tell([ITEM], journal, TUESDAY, plan=two)
    assert [entry.data.get("to") for entry in journal] == [["a"], ["a", "b"]]
    assert compared([ITEM], journal, WEDNESDAY, two).of("trip") == (seconds(MONDAY), seconds(MONDAY), 0)
    assert compared([ITEM], journal, WEDNESDAY, two).is_first("b", journal[1].time), "before that it was new"
    assert tell([ITEM], journal, WEDNESDAY, plan=two) == journal


@pytest.mark.parametrize("to", ["a", [3, ["a"]], {"a": 1}, None])
def test_a_circle_that_no_program_wrote_harms_nothing(read: Read, to: Any) -> None:
    (entry,) = tell([ITEM], [], MONDAY, plan=read(BRANCH.format("a")))
    strange = [entry._replace(data={**entry.data, "to": to})]
    found = compared([ITEM], strange, TUESDAY, read(BRANCH.format("a")))
    assert found.of("trip").sequence == 0
    assert len([*found.pending()]) <= 1
