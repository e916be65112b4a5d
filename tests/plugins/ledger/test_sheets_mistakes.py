from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from tests.plugins.ledger.books import PLAN, Formula, Office, Run, Styled, Write, book

HEADINGS = ["名称", "日期", "种类", "人数", "人次", "数量", "金额", "比例", "级别"]


@pytest.fixture
def office(planner: Run, write: Write, tmp_path: Path) -> Office:
    write(PLAN)
    return Office(planner, tmp_path)


@pytest.mark.parametrize(
    ("heading", "value", "told"),
    [
        ("名称", None, "名称"),
        ("名称", 123456789012345678, "15"),
        ("日期", "3月32日", "3月32日"),
        ("日期", "不知道", "不知道"),
        ("日期", 2022.1, "2022.1"),
        ("日期", 12, "12"),
        ("日期", Styled(0.5, "h:mm"), "12:00"),
        ("种类", "丙", "甲"),
        ("人数", "三十场", "人"),
        ("人数", Styled(3, '0"场"'), "3场"),
        ("人数", "很多", "很多"),
        ("人数", 1.5, "1.5"),
        ("人数", -1, "-1"),
        ("人次", "30人", "人次"),
        ("数量", 3, "场次"),
        ("数量", "3件", "篇"),
        ("金额", "很多", "很多"),
        ("金额", "100人", "元"),
        ("金额", 0.001, "0.001"),
        ("金额", Styled(100, "[$$-409]#,##0.00"), "$"),
        ("金额", 1e30, "1000000000000000000000000000000"),
        ("金额", Formula("=SUM(A1:A9)", 7), "=SUM(A1:A9)"),
        ("金额", Formula("=1/0", "#DIV/0!"), "=1/0"),
        ("比例", 0.889, "88.9%"),
        ("比例", "0.889", "88.9%"),
        ("级别", "宇宙级", "国家级"),
        ("事项", "没有的事项", "没有的事项"),
        ("分工会", "没有的分工会", "没有的分工会"),
        ("目标", "care；没有的目标", "没有的目标"),
        ("阶段", "征集", "征集"),
        ("并入", "0123abcd", "0123abcd"),
    ],
)
def test_a_wrong_cell_is_told_with_its_place_and_nothing_is_taken_in(
    office: Office, tmp_path: Path, heading: str, value: Any, told: str
) -> None:
    headings = list(dict.fromkeys([*HEADINGS, heading]))
    place = f"{'ABCDEFGHIJKL'[headings.index(heading)]}3"
    wrong = [value if name == heading else "好" if name == "名称" else None for name in headings]
    if heading == "名称":
        wrong[headings.index("种类")] = "甲"
    path = book(tmp_path / "台账.xlsx", {"样样": [headings, ["对的"], wrong]})
    outcome = office.planner("ledger", "import", path)
    assert outcome.code == 2
    assert "台账.xlsx" in outcome.err
    assert "样样" in outcome.err
    assert f"{place}：" in outcome.err or f"{place}: " in outcome.err
    assert told in outcome.err
    assert office.rows("all") == []


def test_error_values_are_told(office: Office, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"样样": [HEADINGS, ["对的"]]})
    content = _sheet_replaced(
        path, b"</row></sheetData>", b'</row><row r="3"><c r="A3" t="e"><v>#REF!</v></c></row></sheetData>'
    )
    told = office.take_in(content)
    assert told.cells == ["A3"]
    assert "#REF!" in told.messages


def _sheet_replaced(path: Path, old: bytes, new: bytes) -> Path:
    from tests.plugins.ledger.test_sheets_files import repacked

    return repacked(path, lambda name, data: data.replace(old, new) if name.endswith("sheet1.xml") else data)


def test_all_mistakes_of_all_sheets_are_told_in_one_run(office: Office, tmp_path: Path) -> None:
    sheets = {
        "样样": [["名称", "人数"], ["甲", "x"], [None, 3], ["丙", "3场"]],
        "慰问": [["类别", "没有这一列"], ["结婚"], [None, "y"]],
        "提案": [["案由"], ["好的"]],
    }
    told = office.take_in(book(tmp_path / "a.xlsx", sheets))
    places = [(error["sheet"], error["cell"]) for error in told.data["errors"]]
    assert places == [("样样", "B2"), ("样样", "A3"), ("样样", "B4"), ("慰问", "B1")]
    assert told.data["mistakes"] == 4
    assert office.entries() == 0


def test_of_very_many_mistakes_fifty_are_told(office: Office, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"样样": [["名称", "人数"], *(["甲", "x"] for _n in range(120))]})
    outcome = office.planner("ledger", "import", path)
    lines = [line for line in outcome.err.splitlines() if "a.xlsx" in line]
    assert sum(" B" in line for line in lines) == 50
    assert "70" in outcome.err
    assert "120" in lines[-1]


def test_merged_cells_are_told_once(office: Office, tmp_path: Path) -> None:
    with Workbook(str(tmp_path / "a.xlsx")) as workbook:
        sheet = workbook.add_worksheet("慰问")
        sheet.write_row(0, 0, ["时间", "类别", "人数"])
        sheet.merge_range("B2:B4", "结婚")
        for row in (1, 2, 3):
            sheet.write(row, 0, "3月")
            sheet.write(row, 2, 1)
    told = office.take_in(tmp_path / "a.xlsx")
    assert told.cells == ["B2"]
    assert "B2:B4" in told.messages


def test_a_title_above_the_headings_is_told_with_the_row_of_the_headings(office: Office, tmp_path: Path) -> None:
    told = office.take_in(
        book(tmp_path / "a.xlsx", {"慰问": [["2023年慰问台账"], [], ["时间", "类别"], ["3月", "结婚"]]})
    )
    assert told.cells == ["1"]
    assert "3" in told.messages


def test_a_column_that_must_be_filled_in_cannot_be_missing(office: Office, tmp_path: Path) -> None:
    told = office.take_in(book(tmp_path / "a.xlsx", {"慰问": [["时间"], ["3月"], ["4月"]]}))
    assert told.cells == ["1"]
    assert "类别" in told.messages


def test_a_sheet_of_changes_alone_need_not_have_all_columns(office: Office, tmp_path: Path) -> None:
    office.record("visits", "类别=结婚")
    (row,) = office.rows("visits")
    told = office.take_in(book(tmp_path / "a.xlsx", {"慰问": [["人数", "行号"], [3, row["id"]]]}))
    assert told.counts == (0, 1, 0)
    assert office.values("visits") == [{"kind": "结婚", "people": "3人"}]


def test_a_misspelt_heading_is_told_with_what_was_meant(office: Office, tmp_path: Path) -> None:
    told = office.take_in(book(tmp_path / "a.xlsx", {"提案": [["案由", "提交曰期"], ["甲", "3月"]]}))
    assert told.cells == ["B1"]
    assert "提交日期" in told.messages


def test_one_column_twice_is_a_mistake(office: Office, tmp_path: Path) -> None:
    told = office.take_in(book(tmp_path / "a.xlsx", {"慰问": [["类别", "kind"], ["结婚", "生育"]]}))
    assert told.cells == ["B1"]


def test_what_stands_outside_of_the_columns_is_told(office: Office, tmp_path: Path) -> None:
    rows = [["类别", "人数"], ["结婚", 1, None, "记得补"], ["生育", 1, None, "也要补"]]
    assert office.take_in(book(tmp_path / "a.xlsx", {"慰问": rows})).cells == ["D2"]


def test_a_required_value_cannot_be_cleared(office: Office, tmp_path: Path) -> None:
    office.record("visits", "类别=结婚")
    (row,) = office.rows("visits")
    told = office.take_in(book(tmp_path / "a.xlsx", {"慰问": [["类别", "行号"], [None, row["id"]]]}))
    assert told.cells == ["A2"]


def test_a_hostile_cell_does_not_act_in_the_terminal(office: Office, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"慰问": [["类别", "\x1b[31m红\u202e\r\n字"], ["结婚"]]})
    outcome = office.planner("ledger", "import", path)
    assert "红" in outcome.err
    assert not {"\x1b", "\u202e", "\r"} & {*outcome.err}
