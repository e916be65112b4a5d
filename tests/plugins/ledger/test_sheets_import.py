from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import HEAD
from tests.plugins.ledger.books import PLAN, Formula, Office, Run, Styled, Write, book, change_cells, column_of

HEADINGS = ["时间", "类别", "人数", "金额"]


@pytest.fixture
def office(planner: Run, write: Write, tmp_path: Path) -> Office:
    write(PLAN)
    return Office(planner, tmp_path)


def test_filled_in_rows_become_rows_of_the_ledger(office: Office, tmp_path: Path) -> None:
    rows = [HEADINGS, ["3月中旬", "生病住院", 39, 1000.5], ["2023-03-08", "结婚", "40余人", "1.5万元"]]
    told = office.take_in(book(tmp_path / "a.xlsx", {"慰问": rows}))
    assert told.code == 0
    assert told.counts == (2, 0, 0)
    assert office.values("visits") == [
        {"date": "2023-03-08", "kind": "结婚", "people": "40余人", "money": "15000元"},
        {"date": "3月中旬", "kind": "生病住院", "people": "39人", "money": "1000.50元"},
    ]


def test_one_undo_takes_back_a_whole_import_of_several_sheets(office: Office, tmp_path: Path) -> None:
    office.record("visits", "类别=结婚")
    exported = office.export("a.xlsx", "--with-private")
    money = column_of(exported, "慰问", "金额")
    change_cells(exported, "慰问", {f"{money}2": 300, "B3": "生育", f"{money}3": 100})
    change_cells(exported, "提案", {"B2": "改善食堂", "B3": "增加车位"})
    assert office.planner("ledger", "import", exported).code == 0
    assert len(office.values("visits")) == 2
    assert office.planner("undo").code == 0
    assert office.values("visits") == [{"kind": "结婚"}]
    assert office.values("proposals") == []


def test_only_what_differs_is_recorded(office: Office) -> None:
    office.record("visits", "类别=结婚", "人数=3", "金额=100", "备注=甲")
    office.record("visits", "类别=生育", "人数=4")
    exported = office.export("a.xlsx", "慰问", "--with-private")
    people = column_of(exported, "慰问", "人数")
    before = office.entries()
    told = office.take_in(change_cells(exported, "慰问", {f"{people}2": 5}))
    assert told.counts == (0, 1, 1)
    assert told.sheet["changes"][0]["set"] == {"people": "5人"}
    assert office.entries() == before + 1


def test_an_unchanged_sheet_brings_nothing(office: Office) -> None:
    office.record("visits", "类别=结婚", "时间=2023-03-08", "人数=40余人", "金额=0.30", "事项=visit", "分工会=mech")
    before = office.entries()
    for name in ("a.xlsx", "慰问.csv"):
        for option in ((), ("--with-private",)):
            told = office.take_in(office.export(name, "慰问", *option))
            assert told.counts == (0, 0, 1)
    assert office.entries() == before


def test_check_records_nothing_and_says_what_would_change(office: Office) -> None:
    office.record("visits", "类别=结婚", "金额=100")
    exported = office.export("a.xlsx", "慰问", "--with-private")
    money = column_of(exported, "慰问", "金额")
    change_cells(exported, "慰问", {f"{money}2": 200.5, "B3": "生育"})
    before = office.entries()
    outcome = office.planner("ledger", "import", exported, "--check")
    assert "100元" in outcome.out
    assert "200.50元" in outcome.out
    assert office.entries() == before


def test_a_cleared_cell_empties_the_value(office: Office) -> None:
    office.record("visits", "类别=结婚", "金额=100", "备注=甲", "事项=visit", "目标=care", "分工会=base")
    exported = office.export("a.xlsx", "慰问", "--with-private")
    cleared = {f"{column_of(exported, '慰问', name)}2": None for name in ("金额", "事项", "目标", "分工会")}
    office.take_in(change_cells(exported, "慰问", cleared))
    (row,) = office.rows("visits")
    assert row["values"] == {"kind": "结婚", "note": "甲"}
    assert row["task"] is None
    assert row["branch"] is None


def test_a_masked_cell_leaves_the_value(office: Office) -> None:
    office.record("visits", "类别=结婚", "姓名=张某某", "情况=某事", "人数=1")
    exported = office.export("a.xlsx", "慰问")
    people = column_of(exported, "慰问", "人数")
    office.take_in(change_cells(exported, "慰问", {f"{people}2": 2}))
    assert office.values("visits") == [{"kind": "结婚", "name": "张某某", "detail": "某事", "people": "2人"}]


def test_a_mask_in_a_new_row_is_a_mistake(office: Office, tmp_path: Path) -> None:
    told = office.take_in(book(tmp_path / "a.xlsx", {"慰问": [["类别", "姓名"], ["结婚", "＊＊＊"]]}))
    assert told.cells == ["B2"]


def test_rows_that_were_deleted_in_the_sheet_stay(office: Office) -> None:
    for kind in ("结婚", "生育", "退休"):
        office.record("visits", f"类别={kind}")
    exported = office.export("a.xlsx", "慰问")
    workbook = load_workbook(exported)
    workbook["慰问"].delete_rows(2, 2)
    workbook.save(exported)
    told = office.take_in(exported)
    assert told.sheet["missing"] == 2
    assert len(office.rows("visits")) == 3


def test_a_row_that_nobody_knows_is_a_mistake(office: Office, tmp_path: Path) -> None:
    office.record("visits", "类别=结婚")
    told = office.take_in(book(tmp_path / "a.xlsx", {"慰问": [["类别", "行号"], ["生育", "0190-nobody"]]}))
    assert (told.code, told.cells) == (2, ["B2"])
    assert len(office.rows("visits")) == 1


def test_a_copied_row_with_its_number_is_a_mistake(office: Office, tmp_path: Path) -> None:
    office.record("visits", "类别=结婚")
    (row,) = office.rows("visits")
    rows = [["类别", "行号"], ["结婚", row["id"]], ["生育", row["id"]]]
    assert office.take_in(book(tmp_path / "a.xlsx", {"慰问": rows})).cells == ["B3"]


def test_the_end_of_a_rows_number_will_do(office: Office, tmp_path: Path) -> None:
    office.record("visits", "类别=结婚")
    (row,) = office.rows("visits")
    told = office.take_in(book(tmp_path / "a.xlsx", {"慰问": [["类别", "行号"], ["生育", row["id"][-8:].upper()]]}))
    assert told.counts == (0, 1, 0)


def test_a_second_import_of_the_same_file_is_noticed(office: Office, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"慰问": [HEADINGS, ["3月", "结婚", 1, 100], ["4月", "结婚", 1, 100]]})
    assert office.take_in(path).sheet["again"] == []
    assert office.take_in(path, "--check").sheet["again"] == [2, 3]


def test_headings_are_known_by_name_or_id_however_they_are_typed(office: Office, tmp_path: Path) -> None:
    headings = ["ＤＡＴＥ", " 类 别 ", "People", "money", "Goal", "task", "BRANCH"]
    row = ["3月", "结婚", 1, 5, "为职工办实事；self", "慰问住院", "机电"]
    assert office.take_in(book(tmp_path / "a.xlsx", {"visits": [headings, row]})).counts == (1, 0, 0)
    (made,) = office.rows("visits")
    assert made["values"] == {"date": "3月", "kind": "结婚", "people": "1人", "money": "5元"}
    assert (made["task"], made["branch"], made["goals"]) == ("visit", "mech", ["care", "self"])


def test_a_unit_in_a_heading_counts_for_bare_numbers(office: Office, tmp_path: Path) -> None:
    rows = [["类别", "金额（万元）", "人数(名)"], ["结婚", 13.0989, 3], ["生育", "500元", "4人"]]
    office.take_in(book(tmp_path / "a.xlsx", {"慰问": rows}))
    assert [row["money"] for row in office.values("visits")] == ["130989元", "500元"]


def test_a_wrong_unit_in_a_heading_is_a_mistake(office: Office, tmp_path: Path) -> None:
    told = office.take_in(book(tmp_path / "a.xlsx", {"慰问": [["类别", "人数（场）"], ["结婚", 3]]}))
    assert told.cells == ["B1"]


def test_formats_say_what_numbers_count(office: Office, tmp_path: Path) -> None:
    headings = ["名称", "人数", "数量", "金额", "比例", "时长"]
    rows = [
        ["一", Styled(39, '0"人"'), Styled(3, '0"篇"'), Styled(1234.5, '"¥"#,##0.00'), Styled(0.889, "0.0%"), 2.5],
        ["二", Styled(40, '"约"0"人"'), "12场次", Styled(13.0989, '0.0000"万元"'), Styled(1, "0%"), "1天"],
        ["三", 1, None, Styled(130989, '0\\.0,"万"'), "88.9％", None],
        ["四", None, None, Styled(5, '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ @_ '), 88.9, None],
    ]
    office.take_in(book(tmp_path / "a.xlsx", {"样样": [headings, *rows]}))
    assert office.values("all") == [
        {"title": "一", "people": "39人", "things": "3篇", "money": "1234.50元", "share": "88.9%", "length": "2.5天"},
        {"title": "二", "people": "约40人", "things": "12场次", "money": "130989元", "share": "100%", "length": "1天"},
        {"title": "三", "people": "1人", "money": "130989元", "share": "88.9%"},
        {"title": "四", "money": "5元", "share": "88.9%"},
    ]


def test_a_sum_that_was_pasted_as_a_value_is_what_people_see(office: Office, tmp_path: Path) -> None:
    book(
        tmp_path / "a.xlsx",
        {"慰问": [HEADINGS, [None, "结婚", None, 0.1 + 0.2], [None, "生育", None, 1042552.2600000001]]},
    )
    office.take_in(tmp_path / "a.xlsx")
    assert [row["money"] for row in office.values("visits")] == ["0.30元", "1042552.26元"]


def test_steps_that_the_stages_do_not_have_are_mistakes(office: Office) -> None:
    office.record("proposals", "案由=改善食堂")
    exported = office.export("a.xlsx", "提案", "--with-private")
    stage = column_of(exported, "提案", "阶段")
    told = office.take_in(change_cells(exported, "提案", {f"{stage}2": "归档"}))
    assert told.cells == [f"{stage}2"]


def test_a_step_with_all_that_it_needs_is_taken(office: Office) -> None:
    office.record("proposals", "案由=改善食堂")
    exported = office.export("a.xlsx", "提案", "--with-private")
    stage, route = (column_of(exported, "提案", name) for name in ("阶段", "审核结果"))
    told = office.take_in(change_cells(exported, "提案", {f"{stage}2": "审核"}))
    assert told.cells == [f"{stage}2"]
    told = office.take_in(change_cells(exported, "提案", {f"{route}2": "立案"}))
    assert told.counts == (0, 1, 0)
    assert office.rows("proposals")[0]["stage"] == "reviewed"


def test_a_row_is_merged_into_another_by_its_number(office: Office) -> None:
    office.record("proposals", "案由=改善食堂")
    office.record("proposals", "案由=食堂太挤")
    first, second = office.rows("proposals")
    exported = office.export("a.xlsx", "提案", "--with-private")
    into = column_of(exported, "提案", "并入")
    told = office.take_in(change_cells(exported, "提案", {f"{into}2": first["id"]}))
    assert told.cells == [f"{into}2"]  # into itself
    told = office.take_in(change_cells(exported, "提案", {f"{into}2": None, f"{into}3": first["id"]}))
    assert told.counts == (0, 1, 1)
    assert {row["id"]: row["into"] for row in office.rows("proposals")} == {
        first["id"]: None,
        second["id"]: first["id"],
    }


def test_a_day_is_a_day_however_excel_keeps_it(office: Office, tmp_path: Path) -> None:
    from datetime import date

    day = date(2023, 3, 8)
    days = [
        Styled(day, "yyyy-mm-dd"), Styled(day, 31), Styled(day, 57), Styled(day, "mmm-yy"),
        Styled(day, 'yyyy"年"m"月"'), Styled(day, 'm"月"d"日"'), 44993, "2023/3/8", "2023-3-8", 20230308, 2023, 2023.3,
        "3月8日",
    ]  # fmt: skip
    for options in ({}, {"date_1904": True}):
        found = [value for value in days if not (options and value == 44993)]
        rows = [["类别", "时间"], *(["结婚", value] for value in found)]
        path = book(tmp_path / "a.xlsx", {"慰问": rows}, **options)
        assert office.take_in(path).code == 0
        made = [row["values"]["date"] for row in sorted(office.rows("visits"), key=lambda row: str(row["id"]))]
        want = ["2023-03-08"] * 2 + ["2023-03"] * 3 + ["2023-03-08"] * 4 + ["20230308", "2023年", "2023.3", "3月8日"]
        assert made == [*want[:6], *want[7:]] if options else want
        office.planner("undo")


def test_hidden_rows_and_sheets_are_read_and_told(office: Office, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"提案": [["案由"], ["甲"]], "慰问": [["类别"], ["结婚"], ["生育"]]})
    workbook = load_workbook(path)
    workbook["慰问"].row_dimensions[3].hidden = True
    workbook["慰问"].sheet_state = "hidden"
    workbook.save(path)
    told = office.take_in(path)
    assert len(office.rows("visits")) == 2
    assert ["3" in warning["message"] for warning in told.data["warnings"]] == [False, True]


def test_a_row_outside_of_the_term_is_taken_and_told(office: Office, tmp_path: Path) -> None:
    told = office.take_in(book(tmp_path / "a.xlsx", {"慰问": [["时间", "类别"], ["2032-03-08", "结婚"]]}))
    assert told.counts == (1, 0, 0)
    assert [warning["cell"] for warning in told.data["warnings"]] == ["A2"]


def test_who_and_why_stand_in_the_journal(office: Office, tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx", {"慰问": [["类别"], ["结婚"], ["生育"]]})
    assert office.planner("ledger", "import", "a.xlsx", "--by", "王老师", "-m", "三月的表").code == 0
    assert office.planner("log", "--by", "王老师").out.count("三月的表") == 2


def test_a_sheet_is_chosen_by_name(office: Office, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"一季度": [["类别"], ["结婚"]], "二季度": [["类别"], ["生育"]]})
    assert "一季度" in office.refused(path)
    assert "--sheet" in office.refused(path, "慰问")
    office.take_in(path, "慰问", "--sheet", "二季度")
    assert office.values("visits") == [{"kind": "生育"}]


def test_a_sheet_with_a_misspelt_name_is_not_passed_over(office: Office, tmp_path: Path) -> None:
    told = office.take_in(
        book(tmp_path / "a.xlsx", {"慰门": [HEADINGS, ["3月", "结婚", 1, 1]], "提案": [["案由"], ["甲"]]})
    )
    assert told.code == 2
    assert "慰问" in told.messages
    assert office.rows("proposals") == []


def test_other_sheets_are_passed_over_and_told(office: Office, tmp_path: Path) -> None:
    told = office.take_in(book(tmp_path / "a.xlsx", {"提案": [["案由"], ["甲"]], "随手记": [["买花"]], "空": []}))
    assert told.counts == (1, 0, 0)
    assert [warning["sheet"] for warning in told.data["warnings"]] == ["随手记"]


def test_five_thousand_rows_are_one_act(office: Office, tmp_path: Path) -> None:
    rows = [["3月", "生病住院", 1, n / 100] for n in range(5000)]
    assert office.take_in(book(tmp_path / "a.xlsx", {"慰问": [HEADINGS, *rows]})).counts == (5000, 0, 0)
    assert office.planner("undo", "--json").code == 0
    assert office.rows("visits") == []


def test_a_formula_is_not_taken_for_its_result(office: Office, tmp_path: Path) -> None:
    told = office.take_in(book(tmp_path / "a.xlsx", {"慰问": [HEADINGS, ["3月", "结婚", Formula("=1+1", 2), 1]]}))
    assert told.cells == ["C2"]
    assert "=1+1" in told.messages


def test_a_plan_without_ledgers_says_how_to_get_one(planner: Run, write: Write, tmp_path: Path) -> None:
    write("", head=HEAD)
    path = book(tmp_path / "a.xlsx", {"慰问": [["类别"], ["结婚"]]})
    for arguments in (("import", path), ("import", path, "慰问"), ("export", "-o", "b.xlsx")):
        assert planner("ledger", *arguments).code == 2
    assert planner("export", "-o", "b.xlsx").code == 2
    assert not (tmp_path / "b.xlsx").exists()


def test_a_sheet_that_goes_against_a_standard_is_taken_in_and_the_standard_is_named(planner: Run, write: Write) -> None:
    plan = write(
        '\n[[ledgers]]\nid = "visits"\nuse = "慰问"\n[[ledgers.rules]]\nkind = "cap"\ncolumn = "money"\n'
        'most = "500元"\nsource = "本校慰问办法第三条"\n'
    )
    sheet = plan.with_name("慰问.csv")
    sheet.write_text("类别,金额\n结婚,500\n结婚,800\n", encoding="utf-8-sig")
    taken = planner("-p", plan, "ledger", "import", sheet, "慰问")
    assert taken.code == 0
    assert taken.err.count("本校慰问办法第三条") == 1
    assert "800元" in taken.err
