from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.plugins.ledger.books import PLAN, Office, Run, Write, column

SECRETS = """
[[ledgers]]
id = "secret"
name = "困难档案"
private = true
[[ledgers.columns]]
id = "title"
name = "标题"
required = true
[[ledgers.columns]]
id = "day"
name = "日期"
type = "date"
[[ledgers.columns]]
id = "kind"
name = "种类"
type = "choice"
choices = ["甲种", "乙种"]
[[ledgers.columns]]
id = "money"
name = "金额"
type = "money"
"""
PRIVATE = (
    "子丑寅", "某某的病情", "困难职工帮扶甲乙丙", "aid", "辰巳午", "酉戌亥", "2023-04-17", "45033", "基础分工会九",
    "nine", "档案之一", "98765", "2023-05-21", "45067", "另写的类别",
)  # fmt: skip
"""What must be in no file that leaves the office; days also as spreadsheets count them."""
PUBLIC = ("生病住院", "500", "慰问住院职工", "机电分工会")


@pytest.fixture
def office(planner: Run, write: Write, tmp_path: Path) -> Office:
    write(PLAN + '[[branches]]\nid = "nine"\nname = "基础分工会九"\n' + SECRETS)
    office = Office(planner, tmp_path)
    known = "类别=生病住院", "人数=1", "金额=500", "时间=2023-03-08", "事项=visit", "分工会=mech"
    office.record("慰问", *known, "姓名=子丑寅", "情况=某某的病情")
    hidden = "类别=另写的类别", "人数=3", "备注=辰巳午", "品名=酉戌亥", "时间=2023-04-17", "事项=aid", "分工会=nine"
    office.record("慰问", *hidden)
    office.record("困难档案", "标题=档案之一", "日期=2023-05-21", "种类=乙种", "金额=98765", "分工会=nine")
    return office


def searched(path: Path) -> bytes:
    """All that is in a file, unpacked, but for the numbers of rows, in which any digits may stand."""
    if path.suffix == ".csv":
        content = path.read_bytes()
    else:
        with ZipFile(path) as package:
            content = b"\n".join(name.encode() + package.read(name) for name in package.namelist())
    return re.sub(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", b"", content)


def found(path: Path, words: tuple[str, ...]) -> list[str]:
    """Which of the words are in a file."""
    content = searched(path)
    return [word for word in words if any(word.encode(code) in content for code in ("utf-8", "utf-16-le", "gb18030"))]


def without_branches(words: tuple[str, ...]) -> tuple[str, ...]:
    """The names of sub-unions are no secret by themselves: they stand in the lists to choose from."""
    return tuple(word for word in words if word not in ("基础分工会九", "nine"))


def test_no_private_value_is_in_any_part_of_a_workbook_that_leaves_the_office(office: Office, planner: Run) -> None:
    assert planner("export", "-o", "台账.xlsx").code == 0
    for path in (office.folder / "台账.xlsx", office.export("a.xlsx"), office.export("t.xlsx", "--template")):
        assert found(path, without_branches(PRIVATE)) == []
    assert set(found(office.export("a.xlsx"), PUBLIC)) == {*PUBLIC}


def test_no_private_value_is_in_a_text_file_that_leaves_the_office(office: Office) -> None:
    for ledger in ("慰问", "困难档案"):
        assert found(office.export("a.csv", ledger), PRIVATE) == []


def test_in_rows_of_a_private_task_numbers_and_words_of_the_list_stay(office: Office) -> None:
    office.record("慰问", "类别=生病住院", "人数=7", "备注=辰巳午", "事项=aid", "分工会=nine")
    path = office.export("a.xlsx", "慰问")
    assert sorted(column(path, "慰问", "人数")) == [1, 3, 7]
    assert column(path, "慰问", "类别").count("生病住院") == 2
    assert column(path, "慰问", "分工会").count("＊＊＊") == 2
    assert column(path, "慰问", "事项").count("＊＊＊") == 2


def test_what_is_private_is_written_when_asked_for_and_that_is_told(office: Office, planner: Run) -> None:
    outcome = planner("ledger", "export", "-o", "b.xlsx", "--with-private")
    masked = planner("ledger", "export", "-o", "a.xlsx")
    path = office.folder / "b.xlsx"
    assert set(found(path, PRIVATE)) == {*PRIVATE} - {"aid", "nine", "2023-04-17", "2023-05-21"}
    assert len(outcome.err.splitlines()) == len(masked.err.splitlines())
    assert outcome.err.splitlines()[-1] != masked.err.splitlines()[-1]
    assert "13" in masked.err.splitlines()[-1]


def test_a_masked_file_that_is_read_back_changes_nothing(office: Office) -> None:
    before = office.entries()
    told = office.take_in(office.export("a.xlsx"))
    assert [(sheet["new"], sheet["changed"]) for sheet in told.data["sheets"]] == [(0, 0)] * 4
    assert office.entries() == before


def test_a_mask_with_narrow_signs_is_a_mask(office: Office) -> None:
    path = office.export("a.csv", "慰问")
    path.write_bytes(path.read_bytes().decode("utf-8-sig").replace("＊", "*").encode("utf-8-sig"))
    assert office.take_in(path, "慰问").counts == (0, 0, 2)


def test_a_task_that_is_gone_from_the_plan_may_have_been_private(office: Office, write: Write) -> None:
    plan = (office.folder / "plan.toml").read_text(encoding="utf-8")
    head, private, tail = plan.partition('[[tasks]]\nid = "aid"')
    (office.folder / "plan.toml").write_text(head + tail[tail.index("[[ledgers]]") :], encoding="utf-8")
    assert private
    assert found(office.export("a.csv", "慰问"), PRIVATE) == []
