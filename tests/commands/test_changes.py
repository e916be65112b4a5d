"""`planner changes` and the note beside the calendars: what is new for whom, in words to be pasted into a chat."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planner.journal.entry import REVISION
from planner.session import Session
from tests.commands.school import ALL, HERS, Run, School, Write


@pytest.fixture
def school(planner: Run, write: Write) -> School:
    return School(planner, write)


def test_before_anything_is_told_it_says_so(school: School) -> None:
    school.plans(HERS)
    assert "planner ical -o" in school.changes()
    assert school.json() == {
        "since": None,
        "first": True,
        "sections": [{"audiences": [None, "a", "b", "c"], "first": True, "private": 0, "changes": []}],
    }
    assert school.tells() == (
        "变更说明：测试计划\n这是第一次发出日历，没有以前的可以比较。以后计划有变动，再导出一次，这里会写明变化。\n"
    )


def test_when_nothing_has_changed_the_note_says_so_and_nothing_else(school: School) -> None:
    school.plans(HERS + ALL)
    school.tells()
    assert school.tells() == "变更说明：测试计划\n和上次发出的日历相比，没有变化。\n"
    assert school.changes() == "和上次发出的日历相比，没有变化。\n"
    assert school.json() == {"since": None, "first": False, "sections": []}


def test_a_decided_day_is_told_to_the_branch_it_concerns_and_to_the_office(school: School) -> None:
    school.plans(HERS + ALL)
    school.tells()
    school.plans(HERS + 'on = "2023-03-08 14:00-16:00"\nplace = "报告厅"\n' + ALL)
    move = "三月（日期待定） → 3月8日（星期三）14:00—16:00；地点：未定 → 报告厅"
    assert school.changes() == (
        "和上次发出的日历相比，有下面这些变化。每一段可以直接复制到群里。\n"
        "\n"
        "【工会本部】工会工作安排有1处变化（3月6日）：\n"
        f"改期、地点：特色项目申报（甲分工会）：{move}\n"
        "\n"
        "【甲分工会】工会工作安排有1处变化（3月6日）：\n"
        f"改期、地点：特色项目申报：{move}\n"
    )
    assert school.sections().keys() == {"工会本部", "甲分工会"}
    said = school.changes()
    assert school.tells(day="2023-03-06") == "变更说明：测试计划\n" + said
    assert school.changes() == "和上次发出的日历相比，没有变化。\n", "now they know"


def test_asking_is_not_telling(school: School) -> None:
    school.plans(ALL)
    school.tells()
    school.plans(ALL + 'place = "太湖"\n')
    assert school.changes() == school.changes()


def test_what_concerns_everybody_is_said_once_for_all(school: School) -> None:
    school.plans(HERS + ALL)
    school.tells()
    school.plans(HERS + ALL + 'place = "太湖"\n')
    assert school.sections() == {"工会本部、各分工会": ["地点：一日游：未定 → 太湖"]}


def test_branches_that_are_told_the_same_share_a_section_that_stands_alone(school: School) -> None:
    school.plans(HERS + ALL)
    school.tells()
    school.plans(HERS + 'place = "二楼"\n' + ALL + 'place = "太湖"\n')
    assert school.sections() == {
        "工会本部": ["1. 地点：特色项目申报（甲分工会）：未定 → 二楼", "2. 地点：一日游：未定 → 太湖"],
        "甲分工会": ["1. 地点：特色项目申报：未定 → 二楼", "2. 地点：一日游：未定 → 太湖"],
        "乙分工会、丙分工会": ["地点：一日游：未定 → 太湖"],
    }


def test_what_became_private_is_only_counted(school: School) -> None:
    school.plans(HERS + ALL)
    school.tells()
    school.plans(HERS + "private = true\n" + ALL)
    assert school.sections() == {"工会本部、甲分工会": ["有1项改为工会本部内部事项，不再列入日历。"]}
    said = school.json()
    assert "申报" not in json.dumps(said, ensure_ascii=False)
    assert said["sections"][0]["private"] == 1
    assert "申报" not in school.tells()


def test_a_task_that_changes_hands_is_cancelled_for_one_and_new_for_the_other(school: School) -> None:
    school.plans(HERS)
    school.tells()
    school.plans(HERS.replace('["a"]', '["b"]'))
    assert school.sections() == {
        "工会本部": ["承办：特色项目申报：甲分工会 → 乙分工会"],
        "甲分工会": ["取消：特色项目申报（原定三月，日期待定），改由乙分工会承办"],
        "乙分工会": ["新增：特色项目申报，三月（日期待定）"],
    }


def test_the_order_of_the_branches_is_no_news(school: School) -> None:
    school.plans(HERS.replace('["a"]', '["a", "b"]'))
    school.tells()
    school.plans(HERS.replace('["a"]', '["b", "a"]'))
    assert "没有变化" in school.changes()
    school.plans(HERS.replace('["a"]', '["c", "a"]'))
    assert school.sections()["工会本部"] == ["承办：特色项目申报：甲分工会、乙分工会 → 甲分工会、丙分工会"]


def test_one_branchs_calendar_tells_that_branch_alone(school: School) -> None:
    school.plans(HERS + ALL)
    school.tells()
    school.plans(HERS + 'place = "二楼"\n' + ALL + 'place = "太湖"\n')
    note = school.tells("--branch", "a")
    assert "【甲分工会】" in note
    assert "乙分工会" not in note
    assert school.sections() == {
        "工会本部": ["1. 地点：特色项目申报（甲分工会）：未定 → 二楼", "2. 地点：一日游：未定 → 太湖"],
        "乙分工会、丙分工会": ["地点：一日游：未定 → 太湖"],
    }
    assert school.changes("--branch", "甲") == "和上次发出的日历相比，没有变化。\n"
    assert "【乙分工会】" in school.changes("--branch", "b")


def test_what_had_been_told_before_a_day_can_be_compared(school: School) -> None:
    school.plans(ALL)
    school.tells(day="2023-02-27")
    school.plans(ALL + 'place = "太湖"\n')
    school.tells(day="2023-03-02")
    assert "没有变化" in school.changes()
    since = school.changes("--since", "2023-03-02")
    assert "和2023年3月2日（星期四）以前发出的日历相比" in since
    assert "地点：一日游：未定 → 太湖" in since
    assert "没有变化" in school.changes("--since", "2023-03-03")
    assert "2023年2月27日（星期一）以前还没有发出过日历" in school.changes("--since", "2023-02-27")
    assert school.json("--since", "2023-03-02")["since"] == "2023-03-02"


def test_the_json_is_free_of_language(school: School) -> None:
    school.plans(HERS)
    school.tells()
    school.plans(HERS + 'on = "2023-03-08 14:00-16:00"\n')
    section = school.json("--branch", "a")["sections"][0]
    assert section["audiences"] == ["a"]
    (change,) = section["changes"]
    assert (change["task"], change["kinds"]) == ("apply", ["moved"])
    before = {
        "title": "特色项目申报", "kind": "window", "window": ["2023-03-01", "2023-03-31"],
        "begins": None, "ends": None, "place": None, "for": ["a"],
    }  # fmt: skip
    after = {**before, "kind": "decided", "window": ["2023-03-08", "2023-03-08"], "begins": "14:00", "ends": "16:00"}
    assert change["items"] == [{"key": "apply", "before": before, "after": after}]


def test_an_unknown_branch_is_met_with_a_suggestion(school: School, planner: Run) -> None:
    outcome = planner("-p", school.plan, "changes", "--branch", "丁分工会")
    assert outcome.code == 2
    assert "甲分工会" in outcome.err


def test_a_calendar_that_could_not_be_written_told_nobody(school: School, planner: Run) -> None:
    school.plans(ALL)
    Path("out").write_text("a file", encoding="utf-8")
    assert planner("-p", school.plan, "ical", "-o", "out").code == 2
    assert school.json()["first"] is True
    Path("out").unlink()
    school.tells()
    session = Session(print, {})
    session.plan_path = str(school.plan)
    assert len([*session.store.entries(kinds=[REVISION])]) == 1


FOURTH = '[[branches]]\nid = "d"\nname = "丁分工会"\n'


def test_a_branch_that_is_added_later_is_told_everything_for_the_first_time(school: School) -> None:
    school.plans(HERS + ALL)
    school.tells()
    school.plans(FOURTH + HERS + ALL + 'place = "太湖"\n')
    first = "【丁分工会】首次发出：这是第一次发给丁分工会的日历，请导入整份文件。"
    assert first in school.changes()
    assert school.sections() == {
        "工会本部、甲分工会、乙分工会、丙分工会": ["地点：一日游：未定 → 太湖"],
        "丁分工会": [],
    }
    assert first in school.tells()
    assert "没有变化" in school.changes(), "now it has its calendar"


@pytest.mark.parametrize("arguments", [(), ("--branch", "d")], ids=["all", "it-alone"])
def test_a_new_branch_is_a_newcomer_once_even_where_nothing_else_is_new(school: School, arguments: Any) -> None:
    school.plans(ALL)
    school.tells()
    school.plans(FOURTH + ALL)
    assert "这是第一次发" in school.tells(*arguments)
    assert "这是第一次发" not in school.tells(*arguments)
    assert "没有变化" in school.changes()
    school.plans(FOURTH + ALL.replace("一日游", "二日游"))
    assert school.sections() == {"工会本部、各分工会": ["改名：一日游 → 二日游"]}


def test_calendars_of_which_one_cannot_be_written_told_nobody(
    school: School, planner: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Had the first file stayed, people could hold two states of one item under one number."""
    school.plans(ALL)
    school.tells()
    before = {path.name: path.read_bytes() for path in Path("out").iterdir()}
    school.plans(ALL + 'place = "太湖"\n')
    replace, done = Path.replace, []

    def fail(self: Path, target: Path) -> Path:
        done.append(target.name)
        if len(done) == 3:
            raise PermissionError(13, "Permission denied", str(target))
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        assert planner("-p", school.plan, "ical", "-o", "out").code != 0
    assert "全部.ics" in done
    assert {path.name: path.read_bytes() for path in Path("out").iterdir()} == before
    assert school.sections() == {"工会本部、各分工会": ["地点：一日游：未定 → 太湖"]}


def test_branches_that_take_over_from_the_office_are_told(school: School) -> None:
    school.plans(ALL)
    school.tells()
    school.plans(ALL + 'for = ["b"]\n')
    assert school.sections() == {
        "工会本部、乙分工会": ["承办：一日游：工会本部 → 乙分工会"],
        "甲分工会、丙分工会": ["取消：一日游（原定三月，日期待定），改由乙分工会承办"],
    }
