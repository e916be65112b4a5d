"""Rows as their entries leave them: changed, taken back, merged, brought together from two copies."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.api import ROW, Entry, MemoryStore, Session, UsageError, new_entry, what
from planner.journal.sqlite import SqliteStore
from planner_ledger.rows import find_row, fold
from planner_ledger.stages import returns, stages_gone_through
from tests.plugins.ledger.office import Office, Run

NOON = datetime(2023, 3, 10, 4, tzinfo=UTC)


def entry(data: dict[str, Any], minute: int = 0, **fields: str) -> Entry:
    return new_entry(NOON + timedelta(minutes=minute), "甲", "test-1", ROW, data, **fields)


def beginning(minute: int = 0, ledger: str = "visits", **values: object) -> Entry:
    return entry({"ledger": ledger, "set": values}, minute)


def later(row: Entry, minute: int, **data: object) -> Entry:
    return entry({"ledger": row.data["ledger"], "row": row.id, **data}, minute)


def test_a_row_is_what_its_entries_left() -> None:
    first = entry({"ledger": "visits", "set": {"people": "3人", "note": "x"}}, task="visit", branch="mech")
    (row,) = fold([first, later(first, 1, set={"people": "4人", "note": None, "goals": ["care"], "task": None})])
    assert (row.id, row.ledger, row.values) == (first.id, "visits", {"people": "4人"})
    assert (row.task, row.branch, row.goals) == ("", "mech", ("care",))
    assert row.sign == first.id[-8:]


def test_a_row_that_was_removed_is_gone_and_the_others_stay() -> None:
    one, two = beginning(0, note="1"), beginning(1, note="2")
    assert [row.id for row in fold([one, two, later(one, 2, removed=True)])] == [two.id]


def test_the_beginning_counts_first_whatever_the_clocks_said() -> None:
    first = beginning(5, people="3人", note="x")
    early = later(first, 0, set={"people": "4人"})
    (row,) = fold([early, first])
    assert row.values == {"people": "4人", "note": "x"}


WRITTEN_WRONGLY = [{}, {"ledger": 5}, {"ledger": "visits", "row": "nobody", "set": {"a": "b"}}, {"set": {"a": "b"}}]


@pytest.mark.parametrize("data", WRITTEN_WRONGLY)
def test_what_another_program_wrote_wrongly_is_passed_over(data: dict[str, Any]) -> None:
    good = beginning(0, note="1")
    assert [row.id for row in fold([good, entry(data, 1)])] == [good.id]


def test_values_that_are_no_texts_are_passed_over() -> None:
    (row,) = fold([beginning(0, note=5, people=["3人"], goals="care", stage=3, into=None, kind="结婚")])
    assert row.values == {"kind": "结婚"}
    assert (row.goals, row.stage, row.into) == ((), "", "")


def test_rows_merged_one_after_the_other_end_in_the_last() -> None:
    a, b, c = (beginning(n, note=str(n)) for n in range(3))
    merges = [later(a, 3, set={"into": b.id}), later(b, 4, set={"into": c.id})]
    assert [row.into for row in fold([a, b, c, *merges])] == [c.id, c.id, ""]


def test_of_a_circle_the_row_begun_first_stands_by_itself() -> None:
    a, b, c = (beginning(n, note=str(n)) for n in range(3))
    merges = [later(a, 3, set={"into": b.id}), later(b, 4, set={"into": a.id}), later(c, 5, set={"into": b.id})]
    assert [row.into for row in fold([a, b, c, *merges])] == ["", a.id, a.id]


def test_a_row_merged_into_one_that_is_gone_stands_by_itself() -> None:
    a, b, other = beginning(0), beginning(1), beginning(2, "honours")
    merged = [later(a, 3, set={"into": b.id}), later(b, 4, removed=True)]
    assert [row.into for row in fold([a, b, *merged])] == [""]
    assert [row.into for row in fold([a, other, later(a, 3, set={"into": other.id})])] == ["", ""]


def test_a_row_is_found_by_the_signs_of_any_of_its_entries() -> None:
    first = beginning(0, note="1")
    change = later(first, 1, set={"note": "2"})
    rows = fold([first, change, beginning(2, note="3")])
    assert find_row(first.id[-8:], rows) == find_row(change.id[-8:].upper(), rows) == find_row(first.id, rows)
    for words in ("", "fff", "zzzzzzzz"):
        with pytest.raises(UsageError):
            find_row(words, rows)


def test_stages_tell_how_often_a_row_was_taken_up_again(office: Office) -> None:
    ledger = office_ledger(office, "proposals")
    first = beginning(0, "proposals", title="食堂")
    way = ("reviewed", "assigned", "answered", "rated", "assigned", "answered")
    (row,) = fold([first, *(later(first, n, set={"stage": stage}) for n, stage in enumerate(way, 1))])
    assert [stage for stage, _entry in stages_gone_through(row, ledger)] == ["collected", *way]
    assert [e.data["set"] for e in returns(row, ledger)] == [{"stage": "assigned"}]


def office_ledger(office: Office, id_: str) -> Any:
    from planner_ledger.ledgers import find_ledger

    return find_ledger(id_, office.snapshot().plan)


def test_undo_of_a_change_brings_the_value_back_and_of_the_beginning_takes_all_away(office: Office) -> None:
    sign = office.records("慰问", "类别=结婚", "人数=6人")
    (change,) = office.json("ledger", "change", sign, "人数=7人", "备注=补记")
    office.does("undo", change["id"][-8:])
    assert office.row(sign)["values"] == {"kind": "结婚", "people": "6人"}
    office.does("ledger", "change", sign, "人数=8人")
    office.does("undo", sign)
    assert office.rows() == []


def test_an_undo_of_the_beginning_can_be_taken_back_with_the_later_changes(office: Office) -> None:
    sign = office.records("慰问", "类别=结婚")
    office.does("ledger", "change", sign, "人数=8人")
    undone = office.json("undo", sign)
    office.does("undo", undone["id"][-8:])
    assert office.row(sign)["values"] == {"kind": "结婚", "people": "8人"}


def test_of_two_copies_the_later_value_wins_and_others_stay(office: Office, planner: Run, tmp_path: Path) -> None:
    sign = office.records("慰问", "类别=结婚", "人数=6人")
    other = Office(planner, tmp_path / "other")
    shutil.copy(office.journal, other.journal)
    office.does("ledger", "change", sign, "人数=7人", "备注=这里", day="2023-03-11")
    other.does("ledger", "change", sign, "人数=8人", "经办=王某", day="2023-03-12")
    mine, theirs = office.records("慰问", "类别=退休"), other.records("慰问", "类别=生育")
    office.does("journal", "merge", other.journal)
    other.does("journal", "merge", office.journal)
    assert office.row(sign)["values"] == {"kind": "结婚", "people": "8人", "note": "这里", "clerk": "王某"}
    assert office.rows() == other.rows()
    assert {row["id"][-8:] for row in office.rows()} == {sign, mine, theirs}


def test_the_log_tells_rows_in_the_names_of_their_ledger(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    sign = office.records("慰问", "人数=39人", "类别=生病住院", "--task", "visit", "-m", "汇总")
    office.does("ledger", "change", sign, "人数=", "目标=权利、民主")
    office.does("ledger", "remove", sign)
    office.records("提案", "案由=食堂", "--stage", "审核", "--branch", "机电")
    pages = [office.does("log", "--find", words).out for words in ("生病住院", "保障权利", "食堂")]
    assert all(text in pages[0] for text in ("慰问", "类别 生病住院", "人数 39人", "五必访", "汇总"))
    assert pages[0].index("类别") < pages[0].index("人数")  # in the order of the ledger
    assert all(text in pages[1] for text in (sign, "人数", "目标 保障权利、民主管理"))
    assert all(text in pages[2] for text in ("提案", "阶段 审核", "机电分工会"))
    about = [line for line in office.does("log", "visit").out.splitlines() if sign in line]
    assert len(about) == 3


def test_without_the_plugin_the_log_tells_ids() -> None:
    first = beginning(0, people="39人", kind="生病住院")
    assert all(text in what(first) for text in ("visits", "people 39人", "kind 生病住院"))


def test_what_somebody_typed_into_a_journal_does_not_act_on_a_terminal(office: Office) -> None:
    nasty = "\x1b[2J坏"
    data = {"ledger": "visits", "set": {"kind": nasty, nasty: nasty, "stage": nasty, "goals": [nasty]}}
    store = SqliteStore(office.journal)
    row = new_entry(NOON, nasty, "test-1", ROW, data, task=nasty, branch=nasty)
    store.append([row, new_entry(NOON, nasty, "test-1", ROW, {"ledger": nasty, "set": {nasty: nasty}})])
    store.close()
    for words in ("log", "ledger", "ledger list visits", f"ledger show {row.id}"):
        done = office.does(*words.split())
        assert "坏" in done.out + done.err
        assert "\x1b" not in done.out + done.err
    assert "\x1b" not in office.does("ledger", "list", nasty).out


def test_five_thousand_rows_are_folded_once_for_a_snapshot(office: Office) -> None:
    from planner_ledger.rows import rows_of

    session = office.session()
    session.__dict__["store"] = MemoryStore(beginning(n % 60, note=str(n)) for n in range(5000))
    snapshot = session.snapshot(checked=False)
    assert len(rows_of(snapshot)) == 5000
    assert rows_of(snapshot) is rows_of(snapshot)
    assert isinstance(session, Session)
