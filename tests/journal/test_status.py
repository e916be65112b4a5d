"""How entries fold to statuses: the last word counts, what is done stays done when the rest is called off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from planner.journal.entry import Entry, after, new_entry, new_id, time_text, undone
from planner.journal.history import History
from planner.journal.sqlite import SqliteStore
from planner.journal.status import Statuses, overall
from planner.journal.store import MemoryStore
from planner.plan.load import load_text
from planner.plan.model import Plan
from planner.plan.occurrence import occurrences
from planner.plan.source import PlanText
from tests.conftest import HEAD

START = datetime(2023, 3, 1, tzinfo=UTC)
PLAN = """
[[branches]]
id = "north"
name = "北校区"
[[branches]]
id = "south"
name = "南校区"
[[tasks]]
id = "apply"
title = "申报"
when = "三月"
for = "branches"
[[tasks]]
id = "visit"
title = "走访"
when = "五月、八月"
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    loaded = load_text(PlanText("plan.toml", HEAD + PLAN)).plan
    assert loaded is not None
    return loaded


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["planned"], "planned"),
        (["planned", "done"], "doing"),
        (["doing", "planned"], "doing"),
        (["done", "done"], "done"),
        (["done", "cancelled"], "done"),
        (["cancelled", "cancelled"], "cancelled"),
        (["planned", "cancelled"], "planned"),
        (["postponed", "done"], "postponed"),
        (["postponed", "planned"], "planned"),
        (["postponed", "doing"], "doing"),
    ],
)
def test_a_whole_stands_as_its_parts(parts: list[str], whole: str) -> None:
    assert overall(parts) == whole


def status(minute: int, task: str, value: Any, key: str | None, branch: str = "", branches: Any = None) -> Entry:
    data = {"status": value} | ({} if branches is None else {"branches": branches})
    instant = START + timedelta(minutes=minute)
    return new_entry(instant, "x", "test-1", "status", data, task=task, occurrence=key, branch=branch)


def test_what_another_program_wrote_wrongly_counts_as_planned(plan: Plan) -> None:
    odd = [status(1, "visit", ["done"], ""), status(2, "nowhere", "done", ""), status(3, "apply", "done", "", "east")]
    statuses = Statuses(plan, odd)
    assert [statuses.task(task) for task in plan.tasks] == ["planned", "planned"]


PARTS = st.one_of(
    st.tuples(st.just("visit"), st.sampled_from(["", "2", None]), st.just(""), st.none()),
    st.tuples(st.just("apply"), st.sampled_from(["", None]), st.sampled_from(["north", "south"]), st.none()),
    st.tuples(
        st.just("apply"),
        st.sampled_from(["", None]),
        st.just(""),
        st.sampled_from([["north"], ["south", "north"], ["north", "south"]]),
    ),
)
WORDS = st.sampled_from(["planned", "doing", "done", "postponed", "cancelled"])


@settings(max_examples=60)
@given(said=st.lists(st.tuples(WORDS, PARTS), max_size=14), taken_back=st.sets(st.integers(0, 13), max_size=5))
def test_the_entries_that_can_still_count_fold_like_all(
    plan: Plan, tmp_path_factory: pytest.TempPathFactory, said: list[Any], taken_back: set[int]
) -> None:
    entries = [status(n, task, word, key, branch, listed) for n, (word, (task, key, branch, listed)) in enumerate(said)]
    targets = [entries[n].id for n in taken_back if n < len(entries)]
    entries.append(new_entry(START + timedelta(days=1), "x", "test-1", "undo", {"entries": targets}))
    file = SqliteStore(tmp_path_factory.mktemp("fold") / "a.sqlite")
    file.append(entries)
    counting = [e for e in entries if e.kind == "status" and e.id not in set(targets)]
    views = [Statuses(plan, counting)]
    views += [Statuses(plan, History(store, "test-1").statuses) for store in (MemoryStore(entries), file)]
    file.close()
    cells = [
        [
            view.cell(task, o.key, b)
            for task in plan.tasks
            for o in occurrences(task, plan)
            for b in task.branches or ("",)
        ]
        for view in views
    ]
    assert cells[0] == cells[1] == cells[2]


def test_an_undo_that_is_taken_back_counts_no_more() -> None:
    done = status(1, "visit", "done", "")
    undo = new_entry(START + timedelta(minutes=2), "x", "test-1", "undo", {"entries": [done.id]})
    back = new_entry(START + timedelta(minutes=3), "x", "test-1", "undo", {"entries": [undo.id]})
    again = new_entry(START + timedelta(minutes=4), "x", "test-1", "undo", {"entries": [back.id]})
    assert undone([done, undo]) == {done.id}
    assert undone([done, undo, back]) == {undo.id}
    assert undone([again, back, done, undo]) == {done.id, back.id}


def test_what_a_person_does_comes_after_what_they_saw() -> None:
    """A colleague's clock may be years ahead: a later act counts all the same."""
    ahead = status(60 * 24 * 3650, "visit", "done", "")
    instant = after(START, [ahead])
    assert time_text(instant) > ahead.time
    assert after(START, []) == START


def test_ids_grow_within_a_millisecond() -> None:
    ids = [new_id(START) for _ in range(5000)]
    assert ids == sorted(set(ids))
    assert all(id_[14] == "7" and id_[19] in "89ab" for id_ in ids)
