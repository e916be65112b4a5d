"""What people do with rows: change, move on, merge, remove; and what they are told where that cannot be."""

from __future__ import annotations

import json

import pytest

from planner_ledger import acts
from planner_ledger.ledgers import find_ledger
from planner_ledger.rows import rows_of
from planner_ledger.typed import Said
from tests.plugins.ledger.office import Office


@pytest.fixture
def case(office: Office) -> str:
    """A proposal that was collected."""
    return office.records("提案", "案由=食堂菜价", "提案人=张某")


WAY = (
    ("审核", "审核结果=立案"),
    ("承办", "主办部门=总务处"),
    ("答复", "答复日期=2023-04-01"),
    ("反馈", "满意度=不满意"),
)


def goes(office: Office, row: str, *steps: tuple[str, ...]) -> None:
    for stage, *values in steps:
        office.does("ledger", "move", row, stage, *values)


def test_a_change_holds_only_what_changes(office: Office) -> None:
    sign = office.records("慰问", "类别=结婚", "人数=6人", "备注=x", "--branch", "机电")
    (entry,) = office.json("ledger", "change", sign, "人数=7名", "类别=结婚", "备注=", "分工会=电子", "事项=五必访")
    set_ = {"people": "7人", "note": None, "branch": "elec", "task": "visit"}
    assert entry["data"] == {"ledger": "visits", "row": office.row(sign)["id"], "set": set_}
    assert (entry["task"], entry["branch"]) == ("visit", "elec")
    row = office.row(sign)
    assert (row["values"], row["task"], row["branch"]) == ({"kind": "结婚", "people": "7人"}, "visit", "elec")


def test_what_is_so_already_is_not_recorded_again(office: Office) -> None:
    sign = office.records("慰问", "类别=结婚")
    assert office.json("ledger", "change", sign, "类别=结婚", "人数=") == []
    assert len(office.row(sign)["history"]) == 1


def test_a_change_must_leave_what_is_required(office: Office) -> None:
    sign = office.records("慰问", "类别=结婚", "人数=6人")
    told = office.refused("ledger", "change", sign, "类别=", "人数=六人次", "姓名")
    assert all(text in told for text in ("类别", "人次", "姓名"))
    office.refused("ledger", "change", sign)


def test_stage_and_merge_are_no_values_to_change(office: Office, case: str) -> None:
    other = office.records("提案", "案由=食堂")
    told = office.refused("ledger", "change", case, "阶段=归档", f"并入={other}")
    assert "ledger move" in told
    assert "ledger merge" in told


def test_an_entry_shown_by_the_log_names_its_row_too(office: Office) -> None:
    sign = office.records("慰问", "类别=结婚")
    (change,) = office.json("ledger", "change", sign, "人数=6人")
    office.does("ledger", "change", change["id"][-8:], "人数=7人")
    assert office.row(sign)["values"]["people"] == "7人"


@pytest.mark.parametrize("words", ["show", "change 人数=1", "remove", "move 审核"])
def test_a_row_that_is_not_there_is_named(office: Office, words: str) -> None:
    command, *rest = words.split()
    assert "0123abcd" in office.refused("ledger", command, "0123abcd", *rest)


def test_a_removed_row_is_gone_until_the_undo(office: Office) -> None:
    sign = office.records("慰问", "类别=结婚")
    (removal,) = office.json("ledger", "remove", sign, "-m", "记重了")
    assert office.rows() == []
    assert removal["id"][-8:] in office.refused("ledger", "change", sign, "人数=1")  # how to bring it back
    office.does("undo")
    assert [row["id"][-8:] for row in office.rows()] == [sign]


def test_a_row_goes_the_ways_that_its_ledger_allows(office: Office, case: str) -> None:
    assert "审核" in office.refused("ledger", "move", case, "归档")
    goes(office, case, *WAY)
    row = office.row(case)
    assert (row["stage"], row["returns"]) == ("rated", 0)
    assert row["values"]["replied"] == "2023-04-01"
    told = office.refused("ledger", "move", case, "审核")
    assert "归档" in told
    assert "承办" in told
    assert "征集" in office.refused("ledger", "move", case, "没有的")


def test_what_a_stage_needs_is_named(office: Office, case: str) -> None:
    told = office.refused("ledger", "move", case, "审核")
    assert f"planner ledger move {case} 审核 审核结果=…" in told
    goes(office, case, ("审核", "审核结果=不予立案"))
    told = office.refused("ledger", "move", case, "承办", "主办部门=总务处")
    assert "立案" in told  # only what was taken on is assigned
    goes(office, case, ("归档",))


def test_values_of_a_step_are_checked_like_all_others(office: Office, case: str) -> None:
    assert "立案" in office.refused("ledger", "move", case, "审核", "审核结果=立安")
    assert office.row(case)["stage"] == "collected"


def test_what_nobody_was_content_with_is_taken_up_again(office: Office, case: str) -> None:
    goes(office, case, *WAY, ("承办",))
    assert office.row(case)["returns"] == 1
    goes(office, case, ("答复",))
    # The old verdict was on the old answer: there must be a new one, be it the same.
    assert "满意度" in office.refused("ledger", "move", case, "反馈")
    goes(office, case, ("反馈", "满意度=不满意"), ("承办",), ("答复",), ("反馈", "满意度=满意"), ("归档",))
    row = office.row(case)
    assert (row["stage"], row["returns"], row["values"]["satisfaction"]) == ("closed", 2, "满意")


def test_undo_brings_a_row_back_to_the_stage_before(office: Office, case: str) -> None:
    goes(office, case, *WAY[:2])
    office.does("undo")
    row = office.row(case)
    assert (row["stage"], "department" in row["values"]) == ("reviewed", False)


def test_a_row_from_elsewhere_may_begin_at_any_stage(office: Office) -> None:
    done = office.does("record", "提案", "案由=停车", "--stage", "承办")
    assert "主办部门" in done.err  # told, and recorded all the same
    assert office.rows("提案")[0]["stage"] == "assigned"


def test_a_ledger_without_stages_has_no_moves(office: Office) -> None:
    assert "慰问" in office.refused("ledger", "move", office.records("慰问", "类别=结婚"), "审核")


def test_several_rows_become_one_case_in_one_act(office: Office, case: str) -> None:
    forms = [office.records("提案", f"案由=食堂{n}") for n in range(2)]
    entries = office.json("ledger", "merge", *forms, "--into", case)
    assert [entry["data"]["set"] for entry in entries] == [{"into": office.row(case)["id"]}] * 2
    assert [row["into"] for row in office.rows("提案")] == [None, *[office.row(case)["id"]] * 2]
    assert office.json("ledger", "merge", forms[0], "--into", case) == []
    office.does("undo")
    assert [row["into"] for row in office.rows("提案")] == [None] * 3


def test_merges_make_no_chains_no_circles_and_keep_to_a_ledger(office: Office, case: str) -> None:
    one, two = (office.records("提案", f"案由=食堂{n}") for n in range(2))
    visit = office.records("慰问", "类别=结婚")
    office.refused("ledger", "merge", case, "--into", case)
    office.refused("ledger", "merge", visit, "--into", case)
    office.does("ledger", "merge", one, "--into", case)
    assert case in office.refused("ledger", "merge", two, "--into", one)
    assert one in office.refused("ledger", "merge", case, "--into", two)
    assert case in office.refused("ledger", "merge", one, "--into", two)
    assert case in office.refused("ledger", "move", one, "审核", "审核结果=立案")


def test_merged_rows_can_be_parted_without_an_undo(office: Office, case: str) -> None:
    one = office.records("提案", "案由=食堂价格")
    office.does("ledger", "merge", one, "--into", case)
    office.does("ledger", "change", one, "并入=")
    assert office.row(one)["into"] is None


def test_rows_merged_into_a_removed_one_stand_by_themselves_again(office: Office, case: str) -> None:
    one = office.records("提案", "案由=食堂价格")
    office.does("ledger", "merge", one, "--into", case)
    assert one in office.does("ledger", "remove", case).err
    assert [(row["id"][-8:], row["into"]) for row in office.rows("提案")] == [(one, None)]


def test_many_rows_are_one_act(office: Office) -> None:
    session, snapshot = office.session(), office.snapshot()
    visits, honours = (find_ledger(name, snapshot.plan) for name in ("慰问", "荣誉"))
    said = Said({"kind": "结婚", "note": ""}, task="visit"), Said({"title": "先进"}, goals=("care",))
    entries = acts.entries_for(session, snapshot, zip((visits, honours), said, strict=True), by="甲", message="收表")
    assert rows_of(session.snapshot(checked=False)) == ()  # not recorded yet
    session.record(entries)
    first, second = rows_of(session.snapshot(checked=False))
    assert (first.values, first.task, second.goals) == ({"kind": "结婚"}, "visit", ("care",))
    office.does("undo", second.sign)
    assert rows_of(session.snapshot(checked=False)) == ()
    session.close()


def test_what_follows_comes_after_what_a_person_saw_whatever_the_clock_says(office: Office) -> None:
    sign = office.records("慰问", "类别=结婚", day="2023-05-10")
    office.does("ledger", "change", sign, "人数=1人", day="2023-05-01")
    office.does("ledger", "change", sign, "人数=2人", day="2023-04-01")
    assert office.row(sign)["values"]["people"] == "2人"
    times = [entry["time"] for entry in office.row(sign)["history"]]
    assert times == sorted(times)


def test_an_entry_says_whose_row_it_is_so_that_a_tasks_history_has_it(office: Office) -> None:
    sign = office.records("慰问", "类别=结婚", "--task", "visit")
    office.does("ledger", "change", sign, "人数=1人")
    office.does("ledger", "remove", sign)
    kinds = [(e["kind"], e["task"]) for e in json.loads(office.does("log", "visit", "--json").out)]
    assert kinds == [("row", "visit")] * 3
