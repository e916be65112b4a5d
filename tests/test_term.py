"""A whole term of the real plan, lived through by the commands alone.

At six dates every view is compared with what a person would write down by hand: what is open and how it stands, who
is missing, what stands in the plan's file, and what people are to be told.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SPRING, Outcome

Run = Callable[..., Outcome]
FEBRUARY = {"farewell-2022-autumn", "ethics-inspection", "influential-teachers", "school-documents-study"}
MARCH = {"womens-day", "day-trip", "staff-home-women", "brand-apply", "ethics-speech"}
APRIL = {"annual-assessment", "double-ten-teachers", "charity-day", "ethics-documents-study", "reelection-prepare"}
MAY = {"health-check", "may-day-honours", "caring-for-students", "air-volleyball", "staff-home-health"}
JUNE = {"young-teachers-forum", "farewell-2023-spring", "democratic-appraisal", "website-check"}


class Term:
    """One office over one term: each call is a command typed on that day."""

    def __init__(self, planner: Run, plan: Path) -> None:
        self.plan, self._planner, self.day = plan, planner, ""

    def on(self, day: str) -> None:
        self.day = day

    def do(self, *words: str) -> str:
        done = self._planner("-p", self.plan, "--today", self.day, *words)
        assert done.code == 0, done.err
        return done.out + done.err

    def data(self, *words: str) -> Any:
        return json.loads(self._planner("-p", self.plan, "--today", self.day, "--json", *words).out)

    def agenda(self) -> dict[str, set[str]]:
        found = self.data("agenda", "--days", "14")
        lists = ("overdue", "due", "running", "coming", "blocked", "postponed")
        return {
            name: {f"{e['task']}.{e['occurrence']}".removesuffix(".") for e in found[name]}
            for name in lists
            if found[name]
        }

    def tasks(self) -> dict[str, dict[str, Any]]:
        return {task["id"]: task for task in self.data("show")["tasks"]}

    def statuses(self) -> dict[str, str]:
        return {id_: task["status"] for id_, task in self.tasks().items() if task["status"] != "planned"}

    def told(self) -> str:
        self.do("ical", "-o", "out")
        return Path("out/变更说明.txt").read_text(encoding="utf-8-sig")


@pytest.fixture
def term(planner: Run, tmp_path: Path) -> Term:
    plan = tmp_path / "2023-spring.toml"
    shutil.copy(SPRING, plan)
    return Term(planner, plan)


def test_a_whole_term(term: Term) -> None:
    february(term)
    march(term)
    april(term)
    may(term)
    june(term)
    august(term)


def february(term: Term) -> None:
    """The term begins: meetings become monthly, the calendars go out, the first work is done."""
    term.on("2023-02-06")
    term.do("edit", "committee-meetings", "when=本学期", 'times={ every = "month", least = 1 }')
    assert "第一次" in term.told() or "首次" in term.told()
    term.do("done", "term-plan", "-m", "工会委员会通过")
    term.on("2023-02-20")
    term.do("done", "farewell-2022-autumn")
    term.do("done", "师德建设专项督查")
    term.do("start", "influential-teachers")
    assert term.statuses() == {
        "term-plan": "done",
        "farewell-2022-autumn": "done",
        "ethics-inspection": "done",
        "influential-teachers": "doing",
    }
    assert term.agenda() == {
        "due": {"influential-teachers", "school-documents-study", "committee-meetings.2023-02"},
        "running": {"staff-home"},
        "coming": MARCH | {"committee-meetings.2023-03"},
    }


def march(term: Term) -> None:
    """Days are decided, sub-unions hand in one by one, and a trip is put off."""
    term.on("2023-02-28")
    term.do("done", "committee-meetings")
    term.do("done", "influential-teachers")
    term.do("schedule", "womens-day", "3月8日下午2点到4点", "--place", "报告厅")
    note = term.told()
    assert "3月8日" in note
    assert "报告厅" in note
    term.on("2023-03-08")
    term.do("done", "womens-day", "--by", "女工委员")
    assert term.tasks()["brand-review"]["blocked"]
    for name in ("第一分工会", "第二分工会", "branch-03"):
        term.do("done", "brand-apply", "--branch", name)
    term.do("postpone", "day-trip", "--to", "4月下旬", "-m", "三月雨天多")
    term.on("2023-03-20")
    term.do("done", "staff-home-women")
    term.do("done", "committee-meetings")
    assert term.agenda() == {
        "overdue": {"school-documents-study"},
        "due": {"brand-apply", "ethics-speech"},
        "running": {"staff-home"},
        "coming": APRIL | {"committee-meetings.2023-04"},
    }
    tasks = term.tasks()
    assert tasks["womens-day"]["on"] == [
        {"start": "2023-03-08", "end": "2023-03-08", "begins": "14:00", "ends": "16:00"}
    ]
    assert tasks["day-trip"]["windows"] == [["2023-04-21", "2023-04-30"]]
    assert tasks["day-trip"]["status"] == "postponed"
    assert [b for b, status in tasks["brand-apply"]["branches"].items() if status == "done"] == [
        "branch-01", "branch-02", "branch-03",
    ]  # fmt: skip
    assert {slot["key"]: slot["status"] for slot in tasks["committee-meetings"]["slots"]} == {
        "2023-02": "done", "2023-03": "done", "2023-04": "planned", "2023-05": "planned",
        "2023-06": "planned", "2023-07": "planned", "2023-08": "planned",
    }  # fmt: skip
    assert not tasks["brand-review"]["blocked"], "three sub-unions can go on"
    assert tasks["school-documents-study"]["overdue"]


def april(term: Term) -> None:
    """Something is called off, one sub-union is late, the trip gets its day."""
    term.on("2023-04-03")
    term.do("cancel", "ethics-speech", "-m", "与区里的活动合并")
    for number in range(4, 8):
        term.do("done", "brand-apply", "--branch", f"branch-0{number}")
    term.do("done", "school-documents-study", "-m", "补学")
    note = term.told()
    assert "师德师风主题演讲比赛" in note.partition("取消")[2]
    term.on("2023-04-25")
    term.do("schedule", "day-trip", "周四")
    term.do("done", "annual-assessment")
    term.do("done", "charity-day")
    assert term.agenda() == {
        "overdue": {"brand-apply"},
        "due": {
            "double-ten-teachers", "ethics-documents-study", "reelection-prepare",
            "committee-meetings.2023-04",
        },
        "running": {"staff-home"},
        "coming": MAY | {"day-trip", "committee-meetings.2023-05"},
        "blocked": {"reelection-continue"},
    }  # fmt: skip
    assert term.data("agenda")["overdue"][0]["missing"] == ["branch-08"]
    assert term.tasks()["day-trip"]["on"][0]["start"] == "2023-04-27"


def may(term: Term) -> None:
    """What was late is made up, an error is taken back, work is added in words."""
    term.on("2023-04-28")
    for task in (
        "day-trip",
        "double-ten-teachers",
        "ethics-documents-study",
        "reelection-prepare",
        "committee-meetings",
    ):
        term.do("done", task)
    term.on("2023-05-15")
    term.do("done", "air-volleyball")
    before = (term.agenda(), term.statuses())
    term.do("done", "health-check")
    term.do("undo")
    assert (term.agenda(), term.statuses()) == before
    term.do("done", "brand-apply", "--branch", "branch-08")
    term.do("postpone", "staff-home-health", "-m", "专家来不了")
    term.do("add", "6月上旬 教职工趣味运动会 @全部 #文体", "id=fun-games")
    term.on("2023-05-30")
    assert term.agenda() == {
        "due": {
            "health-check", "may-day-honours", "caring-for-students", "reelection-continue",
            "committee-meetings.2023-05",
        },
        "running": {"staff-home"},
        "coming": JUNE | {"brand-review", "term-summary", "fun-games", "committee-meetings.2023-06"},
        "blocked": {"reelection"},
        "postponed": {"staff-home-health"},
    }  # fmt: skip
    assert term.statuses()["brand-apply"] == "done"
    assert not term.tasks()["brand-review"]["blocked"]
    note = term.told()
    assert "新增" in note
    assert "教职工趣味运动会" in note


def june(term: Term) -> None:
    """Most is finished; some of it against the order, which is told and recorded."""
    term.on("2023-06-09")
    for task in ("health-check", "may-day-honours", "caring-for-students", "fun-games"):
        term.do("done", task)
    assert "继续筹备教代会换届和工会换届" in term.do("done", "reelection")
    term.do("done", "reelection-continue")
    term.do("done", "committee-meetings", "--slot", "2023-05")
    term.on("2023-06-28")
    term.do("done", "committee-meetings")
    for task in ("brand-review", "young-teachers-forum", "democratic-appraisal", "farewell-2023-spring"):
        term.do("done", task)
    assert term.agenda() == {
        "due": {"term-summary", "website-check"},
        "running": {"staff-home"},
        "coming": {"summer-training", "committee-meetings.2023-07"},
        "postponed": {"staff-home-health"},
    }
    done = {id_ for id_, status in term.statuses().items() if status == "done"}
    assert done == FEBRUARY | (MARCH - {"ethics-speech"}) | APRIL | (MAY - {"staff-home-health"}) | {
        "term-plan", "reelection-continue", "reelection", "fun-games", "brand-review", "young-teachers-forum",
        "democratic-appraisal", "farewell-2023-spring",
    }  # fmt: skip
    assert term.statuses()["committee-meetings"] == "doing"


def august(term: Term) -> None:
    """The end: what is left open is seen, and the next plan begins with it."""
    term.on("2023-07-05")
    term.do("done", "term-summary")
    term.do("done", "website-check")
    term.on("2023-08-31")
    term.do("done", "summer-training")
    assert term.agenda() == {
        "overdue": {"committee-meetings.2023-07"},
        "due": {"committee-meetings.2023-08", "staff-home"},
        "postponed": {"staff-home-health"},
    }
    assert term.data("show", "--status", "cancelled")["tasks"][0]["id"] == "ethics-speech"
    term.told()
    files = {path.name: path.read_bytes() for path in Path("out").glob("*.ics")}
    assert "没有" in term.told()
    assert {path.name: path.read_bytes() for path in Path("out").glob("*.ics")} == files
    journal = term.data("log", "-n", "1000")
    assert sum(entry["undone"] for entry in journal) == 1
    assert {entry["author"] for entry in journal} >= {"女工委员"}
    term.on("2023-09-01")
    term.do("new", "next", "--from", str(term.plan), "--term", "2024-02-01..2024-08-31")
    draft = Path("next.toml").read_text(encoding="utf-8")
    assert "ethics-speech" not in draft
    assert draft.count("上期未完成") == 1  # staff-home-health
