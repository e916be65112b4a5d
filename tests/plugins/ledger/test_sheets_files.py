from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.plugins.ledger.books import PLAN, Office, Run, Write, book

CSV = "时间,类别,人数\r\n3月,结婚,3\r\n"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


@pytest.fixture
def office(planner: Run, write: Write, tmp_path: Path) -> Office:
    write(PLAN)
    return Office(planner, tmp_path)


def repacked(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The same workbook with parts of it changed, in place."""
    with ZipFile(path) as old:
        parts = {name: change(name, old.read(name)) for name in old.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("gb18030"),
        CSV.encode("utf-16"),
        CSV.encode("utf-16-be"),
        CSV.replace(",", ";").encode(),
        CSV.replace(",", "\t").encode("utf-16"),
        b"sep=|\r\n" + CSV.replace(",", "|").encode(),
        CSV.replace("\r\n", "\n").rstrip().encode(),
        CSV.replace("3月", '"3月"').replace("人数", '"人数"').encode(),
        ("\r\n" + CSV + ",,\r\n\r\n").encode(),
    ],
)
def test_text_files_are_read_however_they_were_written(office: Office, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "慰问.csv").write_bytes(content)
    assert office.take_in("慰问.csv").counts == (1, 0, 0)
    assert office.values("visits") == [{"date": "3月", "kind": "结婚", "people": "3人"}]


def test_a_text_file_names_its_ledger_or_is_told_it(office: Office, tmp_path: Path) -> None:
    (tmp_path / "三月.csv").write_bytes(CSV.encode())
    assert "三月" in office.refused("三月.csv")
    assert office.take_in("三月.csv", "慰问").code == 0


def test_mistakes_in_text_files_have_the_place_that_excel_shows(office: Office, tmp_path: Path) -> None:
    (tmp_path / "慰问.csv").write_bytes((CSV + '"4月\r\n中旬",结婚,很多\r\n,,\r\n5月,结婚,3场\r\n').encode())
    assert office.take_in("慰问.csv").cells == ["C3", "C5"]


def test_rows_that_are_too_long_are_mistakes_and_short_ones_are_empty_at_the_end(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "慰问.csv").write_bytes((CSV + "4月,结婚\r\n5月,结婚,1,2,3\r\n").encode())
    assert office.take_in("慰问.csv").cells == ["D4", "E4"]
    (tmp_path / "慰问.csv").write_bytes((CSV + "4月,结婚\r\n").encode())
    assert office.take_in("慰问.csv").counts == (2, 0, 0)


@pytest.mark.parametrize("row", ['3月,"结婚,3', '3月,"结"婚,3', '3月,"结婚" ,3'])
def test_quotation_marks_that_do_not_fit_are_told_with_their_row(office: Office, tmp_path: Path, row: str) -> None:
    (tmp_path / "慰问.csv").write_bytes((CSV + row + "\r\n4月,结婚,4\r\n").encode())
    assert "3" in office.refused("慰问.csv").splitlines()[0]
    assert office.rows("visits") == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xls", OLE, ".xlsx"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", ".xlsx"),
        ("a.xlsx", b"%PDF-1.7\n" + bytes(range(256)), ".xlsx"),
        ("a.xlsx", b"PK\x03\x04" + b"garbage" * 99, "a.xlsx"),
        ("a.csv", bytes(range(128, 256)) * 20, "GB18030"),
        ("a.csv", b"", "a.csv"),
        ("a.csv", b" \r\n\r\n", "a.csv"),
        ("a.csv", b"\xff\xfe" + b"\x00\xd8" * 5, "UTF-16"),
    ],
)
def test_files_that_are_no_tables_are_refused_with_a_remedy(
    office: Office, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    error = office.refused(name, "慰问")
    assert said in error or said == "密码"  # the Chinese text says so
    assert len(error.splitlines()) == 2


@pytest.mark.parametrize(
    "part", ["word/document.xml", "ppt/presentation.xml", "xl/workbook.bin", "content.xml", "a.txt"]
)
def test_other_packages_under_the_name_of_a_workbook_are_refused(office: Office, tmp_path: Path, part: str) -> None:
    with ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr(part, "<a/>")
    assert ".xlsx" in office.refused("a.xlsx", "慰问")


def test_a_file_that_is_not_there_and_a_folder_are_refused(office: Office, tmp_path: Path) -> None:
    assert "b.xlsx" in office.refused("b.xlsx")
    (tmp_path / "c.xlsx").mkdir()
    assert "c.xlsx" in office.refused("c.xlsx")


def test_a_cut_off_workbook_is_refused(office: Office, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"慰问": [["类别"], ["结婚"]]})
    whole = path.read_bytes()
    for length in (30, 400, len(whole) // 2, len(whole) - 10):
        path.write_bytes(whole[:length])
        assert len(office.refused("a.xlsx").splitlines()) == 2


@pytest.mark.parametrize("part", ["sheet1.xml", "sharedStrings.xml", "workbook.xml", "styles.xml"])
def test_a_workbook_with_a_damaged_part_is_refused(office: Office, tmp_path: Path, part: str) -> None:
    path = book(tmp_path / "a.xlsx", {"慰问": [["类别"], ["结婚"]]})
    repacked(path, lambda name, data: data[: len(data) * 2 // 3] if name.endswith(part) else data)
    assert len(office.refused("a.xlsx").splitlines()) == 2
    assert office.rows("visits") == []


def test_a_workbook_that_names_a_text_that_it_does_not_have_is_refused(office: Office, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"慰问": [["类别"], ["结婚"]]})
    repacked(path, lambda name, data: data.replace(b"<v>1</v>", b"<v>77</v>") if "sheet1" in name else data)
    assert len(office.refused("a.xlsx").splitlines()) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused_before_they_grow(office: Office, tmp_path: Path, encoding: str) -> None:
    path = book(tmp_path / "a.xlsx", {"慰问": [["类别"], ["结婚"]]})
    bomb = '<!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'

    def declare(name: str, data: bytes) -> bytes:
        if not name.endswith("sharedStrings.xml"):
            return data
        text = data.decode().replace("<sst", bomb + "<sst", 1).replace("结婚", "&b;")
        return text.replace("UTF-8", encoding.upper()).encode(encoding)

    assert "DOCTYPE" in office.refused(repacked(path, declare))


def test_a_bomb_is_not_unpacked(office: Office, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"慰问": [["类别"], ["结婚"]]})
    with ZipFile(path, "a", ZIP_DEFLATED) as package:
        for number in range(9):
            package.writestr(f"xl/media/{number}.xml", bytes(30 << 20))
    assert path.stat().st_size < 1 << 20
    assert "256" in office.refused("a.xlsx")


def test_a_lie_about_the_size_of_a_sheet_does_no_harm(office: Office, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"慰问": [["类别"], ["结婚"]]})
    repacked(path, lambda name, data: data.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"'))
    assert office.take_in("a.xlsx").counts == (1, 0, 0)


@pytest.mark.parametrize("place", ["99999999999", "1.5", "x"])
def test_a_row_that_no_sheet_can_have_does_not_hold_up_the_program(office: Office, tmp_path: Path, place: str) -> None:
    path = book(tmp_path / "a.xlsx", {"慰问": [["类别"], ["结婚"]]})
    row = f'<row r="{place}"'.encode()
    repacked(path, lambda name, data: data.replace(b'<row r="2"', row) if "sheet1" in name else data)
    assert len(office.refused("a.xlsx").splitlines()) == 2


def test_what_openpyxl_prints_does_not_get_into_an_answer(office: Office, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"慰问": [["类别"], ["结婚"]]})
    repacked(path, lambda name, data: data.replace(b'xfId="0"', b'xfId="77"') if "styles" in name else data)
    outcome = office.planner("ledger", "import", path, "--json")
    assert (outcome.code, outcome.out) == (2, "")


def test_what_else_a_workbook_holds_does_not_matter(office: Office, tmp_path: Path) -> None:
    from xlsxwriter import Workbook

    with Workbook(str(tmp_path / "a.xlsx")) as workbook:
        sheet = workbook.add_worksheet("慰问")
        sheet.write_column(0, 0, ["类别", "结婚"])
        sheet.write_comment("A2", "批注")
        sheet.conditional_format("A1:A9", {"type": "data_bar", "data_bar_2010": True})
        sheet.data_validation("A2:A9", {"validate": "list", "source": ["结婚"]})
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=慰问!$A$1:$A$2"})
        sheet.insert_chart("D2", chart)
        pie = workbook.add_chart({"type": "pie"})
        pie.add_series({"values": "=慰问!$A$1:$A$2"})
        workbook.add_chartsheet("图").set_chart(pie)
    assert office.take_in("a.xlsx").counts == (1, 0, 0)
