"""Proposals from the first form to the file, as an office keeps them; every number was worked out by hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.plugins.ledger.office import Office, Run

Rates = dict[str, str]


@pytest.fixture
def signs(office: Office) -> dict[str, str]:
    """Six forms, by their titles, of which two are about one thing."""
    return {
        title: office.records("提案", f"案由={title}") for title in ("食堂", "车位", "停车", "午休", "加薪", "书馆")
    }


def rates(office: Office) -> Rates:
    """Each rate as part/whole, and its percentage."""
    (found,) = office.json("ledger", "rates", "提案")
    return {
        one["id"]: f"{one['part']['number']}/{one['whole']['number']} {one['percent']}" for one in found["rates"]
    }  # fmt: skip


def waiting(office: Office, day: str) -> set[str]:
    """What the agenda lists of proposals, by the titles of their cases."""
    lines = office.does("agenda", "--days", "60", day=day).out.splitlines()
    return {line.split("：")[-1] for line in lines if "提案答复" in line}


Step = tuple[str, str, Rates]
UNASKED = {"filed": "0/6 0", "answered": "0/0 None", "solved": "0/0 None", "satisfied": "0/0 None"}
WAY: tuple[Step, ...] = (
    ("merge 停车 --into 车位", "2023-03-11", {}),
    ("move 食堂 审核 审核结果=立案", "2023-03-12", {"filed": "1/6 16.7", "answered": "0/1 0", "solved": "0/1 0"}),
    ("move 车位 审核 审核结果=立案", "2023-03-12", {"filed": "2/6 33.3", "answered": "0/2 0", "solved": "0/2 0"}),
    ("move 书馆 审核 审核结果=立案", "2023-03-12", {"filed": "3/6 50", "answered": "0/3 0", "solved": "0/3 0"}),
    ("move 午休 审核 审核结果=意见建议", "2023-03-12", {}),
    ("move 加薪 审核 审核结果=不予立案", "2023-03-12", {}),
    ("move 加薪 归档", "2023-03-13", {}),
    ("move 食堂 承办 主办部门=后勤处 协办部门=财务处 承办期限=2023-04-10", "2023-03-13", {}),
    ("move 车位 承办 主办部门=保卫处 承办期限=4月中旬", "2023-03-13", {}),
    ("move 书馆 承办 主办部门=图书馆 承办期限=4月", "2023-03-13", {}),
    ("move 午休 承办 主办部门=工会 承办期限=下周五", "2023-03-13", {}),
    ("move 午休 答复", "2023-03-20", {}),  # an opinion, and no proposal that was filed
    ("move 午休 归档", "2023-03-20", {}),
    ("move 食堂 答复 答复日期=今天", "2023-03-21", {"answered": "1/3 33.3"}),
    ("move 食堂 反馈 满意度=不满意", "2023-03-22", {"satisfied": "0/1 0"}),
    ("move 食堂 承办", "2023-03-23", {"answered": "1/3 33.3"}),
    ("change 食堂 答复日期=", "2023-03-23", {"answered": "0/3 0"}),
    ("move 食堂 答复 答复日期=2023-04-02", "2023-04-02", {"answered": "1/3 33.3"}),
    ("move 食堂 反馈 满意度=满意 办理结果=已解决", "2023-04-03", {"satisfied": "1/1 100", "solved": "1/3 33.3"}),
    ("move 食堂 归档", "2023-04-04", {}),
    ("change 车位 答复日期=2023-04-05", "2023-04-05", {"answered": "2/3 66.7"}),
    ("move 车位 答复", "2023-04-05", {}),
    ("move 车位 反馈 满意度=基本满意 办理结果=列入计划", "2023-04-06", {"satisfied": "2/2 100", "solved": "2/3 66.7"}),
    ("move 车位 归档", "2023-04-06", {}),
    ("move 书馆 答复 答复日期=今天", "2023-04-07", {"answered": "3/3 100"}),
    ("move 书馆 反馈 满意度=不满意 办理结果=留作参考", "2023-04-08", {"satisfied": "2/3 66.7"}),
)
"""What the office types, on which day, and what that changes in the rates."""


def goes(office: Office, signs: dict[str, str], step: str, day: str) -> None:
    office.does("ledger", *(signs.get(word, word) for word in step.split()), day=day)


def test_each_step_and_the_undo_of_each_give_the_rates_worked_out_by_hand(
    office: Office, signs: dict[str, str]
) -> None:
    wanted = [UNASKED]
    assert rates(office) == UNASKED
    for step, day, changed in WAY:
        goes(office, signs, step, day)
        wanted.append(wanted[-1] | changed)
        assert rates(office) == wanted[-1], step
    for step, before in zip(reversed(WAY), reversed(wanted[:-1]), strict=True):
        office.does("undo", day="2023-05-01")
        assert rates(office) == before, f"undo of {step[0]}"


def test_the_whole_of_the_forms_is_told_part_by_part(office: Office, signs: dict[str, str]) -> None:
    for step, day, _changed in WAY:
        goes(office, signs, step, day)
    page = office.does("ledger", "rates", "提案").out
    assert "征集 6件 = 立案 3件 + 意见建议 1件 + 不予立案 1件" in page
    (found,) = office.json("ledger", "rates", "提案")
    filed = found["rates"][0]
    assert (filed["merged"]["text"], filed["percent_unmerged"]) == ("1件", "60")
    assert [one["times"] for one in found["returned"]] == [1]
    lines = page.splitlines()
    assert not [line for line in lines if line.strip() == "件"], "no line breaks between a number and its unit"


def test_what_must_be_answered_stands_in_the_agenda_until_it_is(office: Office, signs: dict[str, str]) -> None:
    known: dict[str, set[str]] = {}
    for step, day, _changed in WAY:
        goes(office, signs, step, day)
        known[step] = waiting(office, day)
    assert known["move 加薪 归档"] == set()
    assert known["move 午休 承办 主办部门=工会 承办期限=下周五"] == {"食堂", "车位", "书馆", "午休"}
    assert known["move 午休 答复"] == known["move 午休 归档"] == {"食堂", "车位", "书馆"}
    assert known["move 食堂 反馈 满意度=不满意"] == {"车位", "书馆"}
    assert known["move 食堂 承办"] == {"食堂", "车位", "书馆"}, "taken up again"
    assert known["change 车位 答复日期=2023-04-05"] == {"书馆"}
    assert known["move 书馆 反馈 满意度=不满意 办理结果=留作参考"] == set()


def test_calendars_have_it_until_it_is_answered(office: Office, signs: dict[str, str], tmp_path: Path) -> None:
    def summaries(day: str) -> list[str]:
        office.does("ical", "-o", tmp_path / "ics", day=day)
        text = (tmp_path / "ics" / "全部.ics").read_text(encoding="utf-8")
        return sorted(line for line in text.splitlines() if line.startswith("SUMMARY") and "提案答复" in line)

    for step, day, _changed in WAY[:11]:
        goes(office, signs, step, day)
    assert "SUMMARY:提案答复截止：食堂" in summaries("2023-03-13")
    goes(office, signs, "move 食堂 答复", "2023-03-21")
    assert "SUMMARY:〔完成〕提案答复截止：食堂" in summaries("2023-03-21")
    assert "SUMMARY:提案答复截止：食堂" not in summaries("2023-03-21")
    goes(office, signs, "move 食堂 反馈 满意度=不满意", "2023-03-22")
    goes(office, signs, "move 食堂 承办", "2023-03-23")
    assert "SUMMARY:提案答复截止：食堂" in summaries("2023-03-23")


def test_two_copies_that_went_separate_ways_come_to_the_same_numbers(
    office: Office, signs: dict[str, str], planner: Run, tmp_path: Path
) -> None:
    other = Office(planner, tmp_path / "other")
    shutil.copy(office.journal, other.journal)
    for step, day, _changed in WAY[:9]:
        goes(office, signs, step, day)
    for step, day in (
        ("move 书馆 审核 审核结果=立案", "2023-03-14"),
        ("move 书馆 承办 主办部门=图书馆", "2023-03-14"),
        ("merge 车位 --into 停车", "2023-03-15"),  # the other one merged it the other way round
        ("remove 加薪", "2023-03-10"),  # and took out what was put on file here
    ):
        goes(other, signs, step, day)
    office.does("journal", "merge", other.journal)
    other.does("journal", "merge", office.journal)
    # 食堂, 车位 (with 停车) and 书馆 were filed, 午休 is an opinion; 加薪 is gone: 5 forms, of which 1 is merged.
    assert rates(office) == rates(other) == UNASKED | {"filed": "3/5 60", "answered": "0/3 0", "solved": "0/3 0"}
    findings = office.json("ledger", "check", "提案")["findings"]
    assert [(one["kind"], one["rows"][0][-8:]) for one in findings] == [("removed", signs["加薪"])]
    removal = findings[0]["text"].rpartition(" ")[2]
    office.does("undo", removal)
    assert rates(office)["filed"] == "3/6 50"
    assert office.json("ledger", "check", "提案")["findings"] == []


def test_what_a_stage_needs_and_was_taken_back_is_found(office: Office, signs: dict[str, str]) -> None:
    goes(office, signs, "move 食堂 审核 审核结果=立案", "2023-03-12")
    goes(office, signs, "change 食堂 审核结果=", "2023-03-13")
    (found,) = office.json("ledger", "check", "提案")["findings"]
    assert (found["kind"], [row[-8:] for row in found["rows"]]) == ("stage", [signs["食堂"]])
    assert "审核结果" in found["text"]
