"""`planner ledger`, `list` and `show`: what is there, in order, as wide as the terminal; and nothing is lost."""

from __future__ import annotations

import json

import pytest

from planner.api import cell_width
from tests.plugins.ledger.office import TABLES, Office

LONG = "很长很长的一段情况说明，要截断的，再写长一点再写长一点再写长一点"


@pytest.fixture
def filled(office: Office) -> Office:
    """An office in which something was recorded."""
    for words in (
        ("慰问", "时间=5月", "类别=生病住院", "姓名=张某", "人数=39人", "金额=13.0989万元", "--task", "visit"),
        ("慰问", "时间=2023-03-08", "类别=结婚", "姓名=李某", "人数=6人", "--branch", "机电", "--goal", "rights"),
        ("慰问", "类别=退休", "人数=25人", "备注=食堂聚餐"),
    ):
        office.records(*words)
    return office


def values(rows: list[dict[str, dict[str, str]]], key: str = "kind") -> list[str]:
    return [row["values"][key] for row in rows]


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("", ["结婚", "生病住院", "退休"]),
        ("--where 类别=结婚", ["结婚"]),
        ("--where 类别=结婚 --where 类别=退休", ["结婚", "退休"]),
        ("--where kind=结婚 --where people=25人", []),
        ("--where 备注=聚餐", ["退休"]),
        ("--where 姓名=*", ["结婚", "生病住院"]),
        ("--where 姓名=", ["退休"]),
        ("--where 时间=5月10日", ["生病住院"]),
        ("--where 人数=39名", ["生病住院"]),
        ("--where 分工会=机电", ["结婚"]),
        ("--from 2023-03-01 --to 2023-03-31", ["结婚"]),
        ("--from 2023-05-20", ["生病住院"]),
        ("--branch 机电", ["结婚"]),
        ("--branch 本级", ["生病住院", "退休"]),
        ("--task 五必访", ["生病住院"]),
        ("--goal rights", ["结婚"]),
        ("--goal care", ["生病住院", "退休"]),
    ],
)
def test_rows_are_listed_by_day_and_by_what_is_wanted(filled: Office, words: str, kinds: list[str]) -> None:
    assert values(filled.rows("慰问", *words.split())) == kinds


SENSELESS = [
    "--where 种类=结婚", "--where 类别", "--where 人数=3人次", "--where 时间=32月", "--stage 审核", "--goal x",
]  # fmt: skip


@pytest.mark.parametrize("words", SENSELESS)
def test_a_filter_that_makes_no_sense_is_refused(filled: Office, words: str) -> None:
    filled.refused("ledger", "list", "慰问", *words.split())


def test_what_has_no_date_is_told_where_a_time_is_asked_for(filled: Office) -> None:
    assert "1" in filled.does("ledger", "list", "慰问", "--from", "2023-03-01").err


def test_rows_by_stage(office: Office) -> None:
    for stage in ("征集", "承办"):
        office.records("提案", f"案由={stage}", "--stage", stage)
    office.records("提案", "案由=新来的")
    assert values(office.rows("提案", "--stage", "征集"), "title") == ["征集", "新来的"]


def test_awards_stand_by_level_then_grade(office: Office) -> None:
    given = ("校级 一等奖", "省级 三等奖", "省级 特等奖", "国家级 优秀奖", "省级 第2名", "省级 第10名", "市级 ")
    for award in given:
        level, grade = award.split(" ")
        office.records("荣誉", "名称=某奖", f"级别={level}", f"等级={grade}")
    shown = [(row["values"]["level"], row["values"].get("grade", "")) for row in office.rows("荣誉")]
    assert shown == [
        ("国家级", "优秀奖"), ("省级", "特等奖"), ("省级", "三等奖"), ("省级", "第2名"), ("省级", "第10名"),
        ("市级", ""), ("校级", "一等奖"),
    ]  # fmt: skip


@pytest.mark.parametrize("width", [60, 80, 100, 120, 160])
def test_the_list_is_as_wide_as_the_terminal(filled: Office, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    filled.records("慰问", "类别=生育", "情况=" + LONG)
    monkeypatch.setenv("COLUMNS", str(width))
    lines = filled.does("ledger", "list", "慰问").out.splitlines()
    assert max(map(cell_width, lines)) <= width
    for text in ("生病住院", "130,989元", "张某", "机电", "39人"):
        assert text in "\n".join(lines)


def test_a_table_is_aligned_and_has_only_columns_with_something_in_them(
    filled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    heading, *rows = filled.does("ledger", "list", "慰问").out.splitlines()[:-1]
    assert "户数" not in heading
    assert "人数" in heading
    ends = {cell_width(row[: row.index("人") + 1]) for row in rows}
    assert ends == {cell_width(heading[: heading.index("人数") + 2])}  # numbers stand right


def test_a_narrow_terminal_gets_blocks_that_lose_nothing(filled: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    filled.records("慰问", "类别=生育", "情况=" + LONG)
    monkeypatch.setenv("COLUMNS", "80")
    page = filled.does("ledger", "list", "慰问").out
    assert LONG in "".join(line.strip() for line in page.splitlines())
    assert "…" not in page


def test_a_file_gets_the_whole_texts(filled: Office) -> None:
    filled.records("慰问", "类别=生育", "情况=" + LONG)
    assert LONG in filled.does("ledger", "list", "慰问").out


def test_an_empty_ledger_says_how_to_begin(office: Office) -> None:
    assert "planner record visits" in office.does("ledger", "list", "慰问").out
    assert office.rows() == []


def test_the_overview_counts_rows_by_ledger_and_stage(filled: Office) -> None:
    forms = [filled.records("提案", f"案由=食堂{n}") for n in range(3)]
    filled.does("ledger", "move", forms[0], "审核", "审核结果=立案")
    filled.does("ledger", "merge", forms[1], "--into", forms[0])
    told = filled.json("ledger")
    assert [(one["id"], one["rows"], one["merged"]) for one in told["ledgers"]] == [
        ("visits", 3, 0), ("proposals", 3, 1), ("honours", 0, 0),
    ]  # fmt: skip
    line = next(line for line in filled.does("ledger").out.splitlines() if "提案" in line)
    assert "征集 1" in line
    assert "审核 1" in line
    own = '[[ledgers.stages]]\nid = "begun"\nname = "新"\n'
    filled.writes(
        TABLES.replace('use = "提案"', 'name = "提案"').replace('goal = "rights"\n', 'goal = "rights"\n' + own)
    )
    line = next(line for line in filled.does("ledger").out.splitlines() if "提案" in line)
    assert "新 1" in line
    assert "reviewed 1" in line, "a stage that the plan no longer has counts too"


def test_a_plan_without_ledgers_says_how_to_have_one(office: Office) -> None:
    office.writes("")
    assert office.json("ledger") == {"ledgers": [], "unknown": []}
    done = office.does("ledger")
    assert "[[ledgers]]" in done.err
    office.refused("ledger", "list", "慰问")
    office.refused("record", "慰问", "类别=结婚")


def test_rows_of_a_ledger_that_is_gone_are_counted_and_can_be_seen(filled: Office) -> None:
    before = filled.rows()
    filled.writes("")
    assert filled.json("ledger")["unknown"] == [{"ledger": "visits", "rows": 3}]
    assert "planner ledger list visits" in filled.does("ledger").err
    assert [row["values"] for row in filled.rows("visits")] != []
    assert {row["id"] for row in filled.rows("visits")} == {row["id"] for row in before}
    assert "生病住院" in filled.does("ledger", "list", "visits").out
    filled.does("ledger", "remove", before[0]["id"][-8:])
    assert filled.json("ledger")["unknown"] == [{"ledger": "visits", "rows": 2}]


CHANGED = """
[[ledgers]]
id = "visits"
name = "慰问"
[[ledgers.columns]]
id = "kind"
name = "类别"
type = "choice"
choices = ["结婚"]
[[ledgers.columns]]
id = "people"
name = "人次"
type = "attendances"
"""


def test_values_that_no_longer_fit_are_told_and_kept(filled: Office) -> None:
    filled.writes(CHANGED)
    rows = filled.rows()
    assert {misfit["key"] for row in rows for misfit in row["misfits"]} >= {"kind", "people", "name", "money"}
    assert all(row["quantities"] == {} for row in rows)
    sick = next(row for row in rows if row["values"]["kind"] == "生病住院")
    listed = filled.does("ledger", "list", "慰问")
    assert "3" in listed.err
    assert "生病住院" in listed.out
    shown = filled.does("ledger", "show", sick["id"][-8:]).out
    for text in ("生病住院", "39人", "130989元", "张某"):
        assert text in shown
    filled.writes(TABLES)
    assert [row["misfits"] for row in filled.rows()] == [[]] * 3


def test_a_row_is_shown_with_all_values_and_its_history(filled: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    sign = filled.records("提案", "案由=食堂", "提案人=张某", "--branch", "机电", "--by", "甲", "-m", "座谈会")
    filled.does("ledger", "move", sign, "审核", "审核结果=立案", "--by", "乙", day="2023-04-02")
    page = filled.does("ledger", "show", sign).out
    values_ = (sign, "食堂", "张某", "1件", "立案", "审核", "机电分工会", "保障权利、民主管理")
    for text in (*values_, "甲", "座谈会", "2023-04-02", "乙"):
        assert text in page, text


def test_json_of_a_row(filled: Office) -> None:
    row = filled.rows("慰问", "--where", "类别=结婚")[0]
    entry = filled.row(row["id"])["history"][0]
    assert row == {
        "id": entry["id"], "ledger": "visits", "task": None, "branch": "mech", "goals": ["rights"], "stage": None,
        "returns": 0, "into": None, "values": {"date": "2023-03-08", "kind": "结婚", "name": "李某", "people": "6人"},
        "quantities": {"people": {"number": "6", "unit": "人", "about": "", "text": "6人"}},
        "days": ["2023-03-08"] * 2, "misfits": [], "time": entry["time"], "author": "主席",
    }  # fmt: skip


def test_a_misspelt_command_gets_a_suggestion_and_a_ledger_in_its_place_too(office: Office) -> None:
    assert "list" in office.refused("ledger", "lits")
    assert "planner ledger list 慰问" in office.refused("ledger", "慰问")


def test_help_of_the_group_names_all_commands_and_imports_none(office: Office) -> None:
    page = office.does("ledger", "--help").out
    for name in ("list", "show", "change", "move", "merge", "remove", "totals", "rates", "import", "export"):
        assert f"\n  {name} " in page


@pytest.mark.parametrize("words", ["--json ledger list 慰问", "ledger --json list 慰问", "ledger list 慰问 --json"])
def test_global_options_may_stand_anywhere(filled: Office, words: str) -> None:
    assert len(json.loads(filled.does(*words.split()).out)) == 3
