"""What rows come to: by kind, period, sub-union, goal; nothing split, nothing counted twice, nothing hidden."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from planner.api import UnlikeUnitsError, UsageError, cell_width, quantity_text
from planner_ledger.grouping import grouping
from planner_ledger.totals import Filter, Group, Measure, selection, together, totals
from tests.conftest import Outcome
from tests.plugins.ledger.kept import HEAD, PROPOSALS, VISITS, Kept

Run = Callable[..., Outcome]
MEETINGS = '[[ledgers]]\nid = "meetings"\nuse = "会议学习"\n'
AWARDS = '[[ledgers]]\nid = "honours"\nuse = "荣誉"\n'


def grouped(kept: Kept, ledger: str, column: str, *by: str) -> Group:
    """The totals of one column of a ledger."""
    meant = kept.ledger(ledger)
    words = [grouping(word, meant) for word in by]
    return totals(kept.rows(ledger), [Measure(meant, meant.column_by_id[column])], words, kept.snapshot)


def texts(group: Group) -> list[str]:
    return [quantity_text(quantity) for total in group.totals for quantity in total.quantities]


def by_key(group: Group) -> dict[str, list[str]]:
    return {part.key: texts(part) for part in group.groups}


def visits(folder: Path, *rows: dict[str, Any]) -> Kept:
    return Kept(folder, VISITS, [("visits", {"kind": "退休", **row}) for row in rows])


def test_a_row_over_several_months_or_without_a_day_is_never_split(tmp_path: Path) -> None:
    kept = visits(
        tmp_path,
        {"date": "2022-03-08", "people": "1人"},
        {"date": "三月", "people": "2人"},
        {"date": "9-10月", "people": "4人"},
        {"people": "8人"},
        {"date": "某一天", "people": "16人"},
        {"date": "上半年", "people": "32人"},
    )
    assert by_key(grouped(kept, "visits", "people", "month")) == {
        "2022-03": ["3人"], "across": ["36人"], "undated": ["24人"],
    }  # fmt: skip
    assert by_key(grouped(kept, "visits", "people", "季度")) == {
        "2022-q1": ["3人"], "across": ["36人"], "undated": ["24人"],
    }  # fmt: skip
    assert by_key(grouped(kept, "visits", "people", "year")) == {"2022": ["39人"], "undated": ["24人"]}


def test_groups_stand_in_groups_in_the_order_of_time_and_of_choices(tmp_path: Path) -> None:
    kept = visits(
        tmp_path,
        {"date": "五月", "kind": "慰问团", "people": "1人"},
        {"date": "五月", "kind": "生病住院", "people": "2人"},
        {"date": "三月", "kind": "退休", "people": "4人"},
    )
    found = grouped(kept, "visits", "people", "month", "kind")
    assert [(month.key, [kind.key for kind in month.groups]) for month in found.groups] == [
        ("2022-03", ["退休"]),
        ("2022-05", ["生病住院", "慰问团"]),
    ]
    assert texts(found) == ["7人"]


def test_awards_stand_by_level_and_grade_the_highest_first(tmp_path: Path) -> None:
    said = [("市级", "二等奖"), ("国家级", "荣誉称号"), ("市级", "第1名"), ("市级", "一等奖"), ("市级", "")]
    rows = [("honours", {"title": "奖", "level": level, "grade": grade}) for level, grade in said]
    found = grouped(Kept(tmp_path, AWARDS, rows), "honours", "number", "级别", "等级")
    assert [(level.key, [grade.key for grade in level.groups]) for level in found.groups] == [
        ("国家级", ["荣誉称号"]),
        ("市级", ["一等奖", "二等奖", "第1名", ""]),
    ]
    assert texts(found) == ["5个"], "each row counts one where it says nothing else"


def test_units_of_one_column_have_a_total_each(tmp_path: Path) -> None:
    said = ["3户", "2个", "10余个", "1支"]
    rows = [("honours", {"title": "奖", "number": number}) for number in said]
    assert texts(grouped(Kept(tmp_path, AWARDS, rows), "honours", "number")) == ["12余个", "3户", "1支"]


def test_a_row_counts_for_each_of_its_goals_but_once_in_all(tmp_path: Path) -> None:
    kept = visits(
        tmp_path,
        {"people": "1人"},
        {"people": "2人", "task": "visit"},
        {"people": "4人", "task": "visit", "goals": ["rights"]},
        {"people": "8人", "goals": ["gone"]},
    )
    found = grouped(kept, "visits", "people", "goal")
    assert by_key(found) == {"care": ["3人"], "rights": ["6人"], "gone": ["8人"]}
    assert texts(found) == ["15人"]


def test_branches_tasks_and_stages_have_their_groups_and_so_have_those_without(tmp_path: Path) -> None:
    rows: Sequence[tuple[str, dict[str, Any]]] = [
        ("proposals", {"title": "食堂", "branch": "b", "task": "visit"}),
        ("proposals", {"title": "停车", "stage": "assigned"}),
        ("proposals", {"title": "空调", "branch": "gone", "stage": "gone", "task": "gone"}),
    ]
    kept = Kept(tmp_path, PROPOSALS, rows)
    assert list(by_key(grouped(kept, "proposals", "forms", "branch"))) == ["", "b", "gone"]
    assert list(by_key(grouped(kept, "proposals", "forms", "task"))) == ["visit", "gone", ""]
    assert list(by_key(grouped(kept, "proposals", "forms", "stage"))) == ["collected", "assigned", "gone"]


def test_merged_rows_count_as_forms_and_as_nothing_else(tmp_path: Path) -> None:
    rows: Sequence[tuple[str, dict[str, Any]]] = [
        ("proposals", {"title": "食堂", "seconders": "3人"}),
        ("proposals", {"title": "食堂饭菜", "seconders": "2人", "into": 0}),
        ("proposals", {"title": "停车", "forms": "5件"}),
    ]
    kept = Kept(tmp_path, PROPOSALS, rows)
    ledger = kept.ledger("proposals")
    measures = [Measure(ledger, ledger.column_by_id["forms"]), Measure(ledger, ledger.column_by_id["seconders"])]
    assert texts(totals(kept.rows("proposals"), [*measures, Measure(ledger)], [], kept.snapshot)) == [
        "7件", "3人", "2条",
    ]  # fmt: skip


def test_a_value_that_does_not_fit_is_not_counted_and_is_told(tmp_path: Path) -> None:
    kept = visits(tmp_path, {"people": "4人"}, {"people": "四十几"}, {"people": "3人次"})
    (total,) = grouped(kept, "visits", "people").totals
    assert [quantity_text(quantity) for quantity in total.quantities] == ["4人"]
    assert [row.id for row in total.unfit] == [kept.row(1), kept.row(2)]
    assert total.counted == 1


def test_a_sum_over_ledgers_needs_one_unit(tmp_path: Path) -> None:
    rows: Sequence[tuple[str, dict[str, Any]]] = [
        ("visits", {"kind": "退休", "people": "25人"}),
        ("meetings", {"title": "大会", "people": "10余人", "attendances": "90人次"}),
    ]
    kept = Kept(tmp_path, VISITS + MEETINGS, rows)
    visits_, meetings = kept.ledger("visits"), kept.ledger("meetings")
    people = [Measure(visits_, visits_.column_by_id["people"]), Measure(meetings, meetings.column_by_id["people"])]
    every = [*kept.rows("visits"), *kept.rows("meetings")]
    assert texts(together(totals(every, people, [], kept.snapshot), people)) == ["35余人"]
    mixed = [people[0], Measure(meetings, meetings.column_by_id["attendances"])]
    with pytest.raises(UnlikeUnitsError, match="人次"):
        together(totals(every, mixed, [], kept.snapshot), mixed)


def test_a_row_is_in_a_period_when_one_of_its_days_is(tmp_path: Path) -> None:
    kept = visits(
        tmp_path,
        {"date": "2022-03-08"}, {"date": "三月"}, {"date": "2022-02/2022-03"}, {"date": "四月"}, {},
    )  # fmt: skip
    wanted = Filter(since=date(2022, 3, 1), until=date(2022, 3, 31))
    found = selection(kept.rows("visits"), kept.ledger("visits"), wanted, kept.snapshot)
    assert [row.id for row in found.rows] == [kept.row(n) for n in (0, 1, 2)]
    assert [row.id for row in found.partly] == [kept.row(2)]
    assert [row.id for row in found.undated] == [kept.row(4)]


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Filter(where={"kind": ("结婚", "生育")}), [1, 2]),
        (Filter(where={"goods": ("慰问",)}), [0]),
        (Filter(where={"goods": ("",)}), [1, 2]),
        (Filter(where={"goods": ("*",)}), [0]),
        (Filter(where={"people": ("3人",)}), [1]),
        (Filter(where={"date": ("三月",)}), [0, 2]),
        (Filter(where={"date": ("没有这样的时间",)}), []),
        (Filter(branch="a"), [1]),
        (Filter(branch=""), [0, 2]),
        (Filter(task="visit"), [2]),
        (Filter(goal="rights"), [2]),
        (Filter(goal="care", branch=""), [0, 2]),
    ],
)
def test_rows_are_chosen_by_what_they_say(tmp_path: Path, wanted: Filter, numbers: list[int]) -> None:
    kept = visits(
        tmp_path,
        {"date": "2022-03-08", "goods": "慰问品"},
        {"date": "五月", "kind": "结婚", "people": "3人", "branch": "a"},
        {"date": "3-4月", "kind": "生育", "task": "visit"},
    )
    found = selection(kept.rows("visits"), kept.ledger("visits"), wanted, kept.snapshot).rows
    assert [row.id for row in found] == [kept.row(n) for n in numbers]


def test_what_a_ledger_cannot_be_grouped_by_is_refused_with_what_it_can(tmp_path: Path) -> None:
    kept = visits(tmp_path)
    with pytest.raises(UsageError) as refused:
        grouping("阶段", kept.ledger("visits"))
    assert refused.value.hint is not None
    assert "月份" in refused.value.hint


# As an office types it -----------------------------------------------------------------------------------------------


@pytest.fixture
def ledger(planner: Run, write: Callable[..., Path]) -> Run:
    """Run a command on a plan with ledgers."""
    plan = write(VISITS + MEETINGS + PROPOSALS, head=HEAD)
    return lambda *words: planner("-p", plan, *words)


def test_a_page_says_what_lies_partly_in_the_period_and_what_has_no_day(ledger: Run) -> None:
    ledger("record", "慰问", "类别=退休", "人数=1", "时间=2022-02/2022-03")
    ledger("record", "慰问", "类别=退休", "人数=2")
    found = ledger("--json", "ledger", "totals", "慰问.人数", "--from", "2022-03-01", "--to", "2022-03-31")
    (page,) = json.loads(found.out)["totals"]
    assert page["totals"][0]["quantities"] == [{"number": "1", "unit": "人", "about": "", "text": "1人"}]
    assert (len(page["partly"]), len(page["undated"]), page["rows"]) == (1, 1, 1)
    text = ledger("ledger", "totals", "慰问.人数", "--from", "2022-03-01").out
    assert page["partly"][0][-8:] in text
    assert page["undated"][0][-8:] in text


def test_json_does_not_group_by_what_is_private(ledger: Run) -> None:
    ledger("record", "慰问", "类别=退休", "人数=1", "姓名=张某")
    assert "张某" in ledger("ledger", "totals", "慰问", "--by", "姓名").out
    found = ledger("--json", "ledger", "totals", "慰问", "--by", "姓名")
    assert found.code == 2
    assert "张某" not in found.out + found.err


@pytest.mark.parametrize(
    "words",
    [
        ("没有这本",), ("慰问.没有",), ("慰问.姓名",), ("慰问", "--by", "没有"), ("慰问", "--share"),
        ("慰问", "--where", "没有=1"), ("慰问", "--where", "人数=三个月"), ("慰问", "--goal", "没有"),
        ("慰问", "会议学习", "--sum"), ("慰问.",), ("", "--by", "月份"), ("慰问", "--by", "\x1b[31m"),
    ],
)  # fmt: skip
def test_what_cannot_be_totalled_is_refused_in_words(ledger: Run, words: tuple[str, ...]) -> None:
    ledger("record", "慰问", "类别=退休", "人数=1", "金额=1")
    found = ledger("ledger", "totals", *words)
    assert found.code == 2
    assert "\x1b" not in found.err
    assert found.out == ""


def test_an_empty_ledger_has_a_page_as_well(ledger: Run) -> None:
    assert ledger("ledger", "totals").code == 0
    (page,) = json.loads(ledger("--json", "ledger", "totals", "慰问", "--by", "月份").out)["totals"]
    assert (page["rows"], page["groups"]) == (0, [])


def test_tables_keep_to_the_width_of_the_terminal(ledger: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger("record", "慰问", f"类别={'长' * 50}", "人数=4000余人", "人次=3226", "户数=76", "金额=177.8709万元")
    for width in (40, 80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        for words in ((), ("--by", "kind"), ("--by", "month", "--by", "kind", "--share")):
            lines = ledger("ledger", "totals", "慰问", *words).out.splitlines()
            assert max(map(cell_width, lines)) <= width
            assert "1,778,709元" in "".join(lines)


# Measures ------------------------------------------------------------------------------------------------------------


def test_every_row_and_every_number_in_it_is_a_measure(tmp_path: Path) -> None:
    kept = visits(
        tmp_path,
        {"date": "三月", "people": "40余人", "money": "130989元", "task": "visit", "branch": "a"},
        {"people": "四十几", "name": "张某", "detail": "骨折"},
    )
    found = kept.snapshot.measures
    assert [(one.name, quantity_text(one.quantity)) for one in found] == [
        ("visits", "1条"), ("visits.people", "40余人"), ("visits.money", "130989元"), ("visits", "1条"),
    ]  # fmt: skip
    assert {(one.goals, one.branch, one.task, one.kind, one.source) for one in found[:3]} == {
        (("care", "rights"), "a", "visit", "退休", kept.row(0)),
    }
    assert found[0].days == (date(2022, 3, 1), date(2022, 3, 31))
    assert (found[3].goals, found[3].days) == (("care",), None)
    assert "张某" not in str(found)
    assert "骨折" not in str(found)


def test_people_and_attendances_are_never_one_sum_be_there_rows_or_not(tmp_path: Path) -> None:
    kept = visits(tmp_path, {"people": "3人"})
    ledger = kept.ledger("visits")
    people, attendances = (Measure(ledger, ledger.column_by_id[id_]) for id_ in ("people", "attendances"))
    with pytest.raises(UnlikeUnitsError, match="人次"):
        together(totals(kept.rows("visits"), [people, attendances], (), kept.snapshot), [people, attendances])


def test_income_and_spending_in_one_number_are_remarked(planner: Run, write: Callable[..., Path]) -> None:
    plan = write('[[ledgers]]\nid = "funds"\nuse = "经费"\n', head=HEAD)
    for words in (("收支=收入", "金额=100", "科目=会费收入"), ("收支=支出", "金额=40", "科目=业务支出")):
        planner("-p", plan, "record", "经费", f"摘要={words[2]}", *words)
    asked: list[tuple[tuple[str, ...], bool]] = [
        ((), True), (("--by", "科目"), True), (("--by", "收支"), False), (("--where", "收支=支出"), False),
    ]  # fmt: skip
    for more, remarked in asked:
        assert ("--by 收支" in planner("-p", plan, "ledger", "totals", "经费", *more).out) == remarked, more


def test_of_all_ledgers_those_are_grouped_that_can_be_and_a_word_for_none_is_refused(
    planner: Run, write: Callable[..., Path]
) -> None:
    plan = write(VISITS + AWARDS, head=HEAD)
    planner("-p", plan, "record", "荣誉", "名称=先进", "级别=省级")
    assert "省级" in planner("-p", plan, "ledger", "totals", "--by", "级别").out
    assert "月份" in planner("-p", plan, "ledger", "totals", "荣誉", "--by", "月").out
    refused = planner("-p", plan, "ledger", "totals", "--by", "星座")
    assert refused.code == 2
    assert "星座" in refused.err


def test_rates_are_measures_with_their_part_and_whole(tmp_path: Path) -> None:
    rows: Sequence[tuple[str, dict[str, Any]]] = [
        ("proposals", {"title": "立案的", "forms": "64件", "route": "立案", "goals": ["rights"]}),
        ("proposals", {"title": "其余", "forms": "8件"}),
    ]
    found = {one.name: one for one in Kept(tmp_path, PROPOSALS, rows).snapshot.measures if one.part}
    filed = found["proposals.filed"]
    assert filed.part is not None
    assert filed.whole is not None
    assert [quantity_text(q) for q in (filed.quantity, filed.part, filed.whole)] == ["88.9%", "64件", "72件"]
    assert filed.goals == ("rights",)
    assert filed.source == ""
    assert "proposals.satisfied" not in found, "a rate of nothing says nothing"


def test_merged_rows_are_measured_once(tmp_path: Path) -> None:
    rows: Sequence[tuple[str, dict[str, Any]]] = [
        ("proposals", {"title": "食堂", "seconders": "3人"}),
        ("proposals", {"title": "食堂饭菜", "seconders": "2人", "into": 0}),
    ]
    found = [one for one in Kept(tmp_path, PROPOSALS, rows).snapshot.measures if not one.part]
    assert [(one.name, quantity_text(one.quantity)) for one in found] == [
        ("proposals", "1条"), ("proposals.seconders", "3人"), ("proposals.forms", "1件"), ("proposals.forms", "1件"),
    ]  # fmt: skip


def test_words_typed_for_a_kind_of_a_private_ledger_are_in_no_measure(tmp_path: Path) -> None:
    rows = [("visits", {"kind": kind}) for kind in ("退休", "张某的困难")]
    kept = Kept(tmp_path, VISITS + "private = true\n", rows)
    assert [one.kind for one in kept.snapshot.measures] == ["退休", ""]


def test_five_thousand_rows_are_measured_while_one_waits(tmp_path: Path) -> None:
    said = ({"date": f"2022-{n % 12 + 1:02}", "people": f"{n % 97 + 1}人", "money": f"{n}元"} for n in range(5_000))
    kept = visits(tmp_path, *said)
    snapshot = kept.snapshot
    started = perf_counter()
    assert len(snapshot.measures) == 15_000
    assert perf_counter() - started < 5, "a hundredth of that is wanted; this only notices what grows with the square"
