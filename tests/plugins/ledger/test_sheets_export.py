from __future__ import annotations

import csv
from datetime import datetime
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.plugins.ledger.books import PLAN, Office, Run, Write, cells_of, column, column_of


@pytest.fixture
def office(planner: Run, write: Write, tmp_path: Path) -> Office:
    write(PLAN)
    return Office(planner, tmp_path)


def test_each_ledger_has_a_sheet_with_its_headings_and_the_row_number_last(office: Office) -> None:
    workbook = load_workbook(office.export("a.xlsx"))
    assert [name for name in workbook.sheetnames if workbook[name].sheet_state == "visible"] == ["慰问", "提案", "样样"]
    headings = [cell.value for cell in workbook["慰问"][1]]
    assert headings[:4] == ["时间", "类别", "姓名", "人数"]
    assert headings[-4:] == ["事项", "分工会", "目标", "行号"]
    assert workbook["慰问"].freeze_panes == "A2"


def test_numbers_are_numbers_and_what_cannot_be_one_exactly_is_text(office: Office) -> None:
    values = "人数=39", "金额=1042552.26", "比例=88.9%", "件数=3", "时长=2.5", "日期=2023-03-08"
    office.record("样样", "名称=数", *values)
    words = "人数=40余人", "金额=约5000元", "数量=3篇", "日期=3月中旬", "人次=123456789012345"
    office.record("样样", "名称=话", *words)
    sheet = load_workbook(office.export("a.xlsx", "样样"))["样样"]
    first, second = ({sheet.cell(1, c.column).value: c for c in row} for row in sheet.iter_rows(min_row=2))
    assert [first[name].value for name in ("人数", "金额", "件数", "时长")] == [39, 1042552.26, 3, 2.5]
    assert first["比例"].value == pytest.approx(0.889)
    assert first["日期"].value == datetime(2023, 3, 8)  # noqa: DTZ001  as sheets have it
    formats = [first[name].number_format for name in ("人数", "金额", "件数", "时长", "比例", "日期")]
    assert formats == ['0"人"', "#,##0.00", '0"件"', '0.0"天"', "0.0%", "yyyy-mm-dd"]
    texts = {name: second[name].value for name in ("人数", "金额", "数量", "日期")}
    assert texts == {"人数": "40余人", "金额": "约5000元", "数量": "3篇", "日期": "3月中旬"}
    assert second["人次"].value == 123456789012345


def test_formulas_and_addresses_stay_text(office: Office) -> None:
    values = ["=1+1", "+SUM(1)", "-1", "@x", "https://example.org/a", "007", "440101199003070012", "{=1}"]
    for value in values:
        office.record("提案", f"案由={value}")
    path = office.export("a.xlsx", "提案")
    sheet = load_workbook(path)["提案"]
    letter = column_of(path, "提案", "案由")
    cells = [sheet[f"{letter}{row}"] for row in range(2, len(values) + 2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(value, "s") for value in values]
    with ZipFile(path) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
        assert not any("hyperlink" in name for name in package.namelist())


def test_text_files_are_for_excel_and_hold_nothing_that_acts(office: Office) -> None:
    for value in ("=1+1", "@x", "＋1", "'=1", "'x", "-1", '甲"乙,丙'):
        office.record("提案", f"案由={value}", "件数=2")
    content = office.export("提案.csv", "提案").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    text = content.decode("utf-8-sig")
    assert "\n" not in text.replace("\r\n", "")
    headings, *rows = csv.reader(StringIO(text))
    assert [row[headings.index("案由")] for row in rows] == ["'=1+1", "'@x", "'＋1", "''=1", "'x", "-1", '甲"乙,丙']
    assert {row[headings.index("件数")] for row in rows} == {"2"}
    assert office.take_in("提案.csv").counts == (0, 0, 7)


def test_a_file_of_the_same_ledger_is_the_same_file(office: Office) -> None:
    office.record("慰问", "类别=结婚", "时间=2023-03-08")
    for name in ("a.xlsx", "慰问.csv"):
        first = office.export(name, "慰问").read_bytes()
        assert office.export(name, "慰问").read_bytes() == first
    with ZipFile(office.folder / "a.xlsx") as package:
        core = package.read("docProps/core.xml")
    assert core.count(b"2000-01-01T00:00:00Z") == 2
    assert b"<dc:creator></dc:creator>" in core


def test_lists_offer_what_can_stand_there(office: Office) -> None:
    path = office.export("a.xlsx", "--with-private")
    workbook = load_workbook(path)
    lists = {}
    for name in ("慰问", "提案"):
        for rule in workbook[name].data_validations.dataValidation:
            letter = str(rule.sqref).split(":")[0].rstrip("0123456789")
            lists[name, workbook[name][f"{letter}1"].value] = rule
    assert lists["慰问", "材料齐全"].formula1 == '"是,否"'
    assert lists["提案", "审核结果"].errorStyle in (None, "stop")
    assert lists["慰问", "类别"].errorStyle == "information"
    assert "慰问住院职工" in lists["慰问", "事项"].formula1
    assert "归档" in lists["提案", "阶段"].formula1
    assert {("慰问", "分工会"), ("慰问", "目标"), ("提案", "满意度")} <= lists.keys()
    assert ("慰问", "阶段") not in lists


def test_long_lists_stand_on_a_hidden_sheet(planner: Run, write: Write, tmp_path: Path) -> None:
    tasks = "".join(
        f'[[tasks]]\nid = "t{n}"\ntitle = "第{n}件要做的事情，说来话长"\nwhen = "三月"\n' for n in range(60)
    )
    write(f'{tasks}[[ledgers]]\nid = "visits"\nuse = "慰问"\n')
    workbook = load_workbook(Office(planner, tmp_path).export("a.xlsx"))
    assert workbook["选项"].sheet_state == "hidden"
    (rule,) = [r for r in workbook["慰问"].data_validations.dataValidation if "选项" in (r.formula1 or "")]
    place = rule.formula1.split("!")[1].replace("$", "")
    titles = [cell.value for (cell,) in workbook["选项"][place]]
    assert titles == [f"第{n}件要做的事情，说来话长" for n in range(60)]


def test_a_template_can_be_filled_in_and_read_back(office: Office) -> None:
    office.record("慰问", "类别=结婚")
    path = office.export("a.xlsx", "慰问", "提案", "--template")
    assert len(cells_of(path, "慰问")) == 1
    guide = cells_of(path, "说明")
    assert {(row[0], row[1]) for row in guide[1:]} >= {("慰问", "类别"), ("慰问", "行号"), ("提案", "阶段")}
    workbook = load_workbook(path)
    workbook["慰问"]["A2"], workbook["慰问"]["B2"] = "3月", "结婚"
    workbook["提案"]["B2"] = "改善食堂"
    workbook.save(path)
    told = office.take_in(path)
    assert [sheet["new"] for sheet in told.data["sheets"]] == [1, 1]
    assert told.data["warnings"] == []


def test_filters_choose_the_rows(office: Office) -> None:
    for day, kind in (("2023-03-08", "结婚"), ("2023-04-08", "生育"), ("2023-05-08", "结婚")):
        office.record("慰问", f"时间={day}", f"类别={kind}")
    assert column(office.export("a.xlsx", "慰问", "--where", "类别=结婚"), "慰问", "类别") == ["结婚", "结婚"]
    assert column(office.export("a.xlsx", "慰问", "--from", "2023-04-01", "--to", "2023-04-30"), "慰问", "类别") == [
        "生育"
    ]


def test_planner_export_writes_all_ledgers_masked(office: Office, planner: Run) -> None:
    office.record("慰问", "类别=结婚", "姓名=张某某")
    assert planner("export", "-o", "台账.xlsx").code == 0
    assert (office.folder / "台账.xlsx").read_bytes() == office.export("b.xlsx").read_bytes()


@pytest.mark.parametrize("arguments", [("-o", "a.csv"), ("-o", "a.docx"), ("-o", "a"), ("-o", "a.xlsx", "没有")])
def test_what_cannot_be_written_is_refused(office: Office, arguments: tuple[str, ...]) -> None:
    assert office.planner("ledger", "export", *arguments).code == 2
    assert [path.name for path in office.folder.iterdir() if path.suffix in (".csv", ".docx", ".xlsx", "")] == []


def test_ledgers_with_names_that_no_sheet_can_have_go_forth_and_back(
    planner: Run, write: Write, tmp_path: Path
) -> None:
    names = [
        "收/支[一]",
        "收_支_一_",
        "选项",
        "说明",
        "'很长很长很长很长很长很长很长很长很长很长很长很长的名字甲",
        "History",
    ]
    write(
        "".join(
            f'[[ledgers]]\nid = "l{n}"\nname = "{name}"\n[[ledgers.columns]]\nid = "title"\nname = "名称"\n'
            for n, name in enumerate(names)
        )
    )
    office = Office(planner, tmp_path)
    for n in range(len(names)):
        office.record(f"l{n}", f"名称=第{n}")
    told = office.take_in(office.export("a.xlsx"))
    assert [(s["ledger"], s["unchanged"]) for s in told.data["sheets"]] == [(f"l{n}", 1) for n in range(len(names))]


def test_columns_with_one_name_are_told_apart(planner: Run, write: Write, tmp_path: Path) -> None:
    columns = "".join(
        f'[[ledgers.columns]]\nid = "c{n}"\nname = "{name}"\n' for n, name in enumerate(["甲", "甲", "事项"])
    )
    write(f'[[tasks]]\nid = "t"\ntitle = "任务"\n[[ledgers]]\nid = "l"\nname = "账"\n{columns}')
    office = Office(planner, tmp_path)
    office.record("l", "c0=一", "c1=二", "c2=三", "task=t")
    assert office.take_in(office.export("a.xlsx")).counts == (0, 0, 1)


def test_a_file_that_is_there_may_hold_what_nobody_has_read_back_yet(office: Office) -> None:
    office.export("a.xlsx")
    Path("a.xlsx").write_bytes(b"filled in meanwhile")
    refused = office.planner("ledger", "export", "-o", "a.xlsx")
    assert refused.code == 2
    assert "--replace" in refused.err
    assert Path("a.xlsx").read_bytes() == b"filled in meanwhile"
    assert office.planner("ledger", "export", "-o", "a.xlsx", "--replace").code == 0
