"""`planner changes` and the note beside the calendars: what is new for whom, in words to be pasted into a chat."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from planner.journal.entry import REVISION, STATUS, new_entry
from planner.session import Session
from tests.conftest import Outcome

Run = Callable[..., Outcome]
Write = Callable[..., Path]

BRANCHES = """
    [[branches]]
    id = "a"
    name = "甲分工会"
    [[branches]]
    id = "b"
    name = "乙分工会"
    [[branches]]
    id = "c"
    name = "丙分工会"
"""
HERS = """
[[tasks]]
id = "apply"
title = "特色项目申报"
when = "三月"
for = ["a"]
"""
ALL = """
[[tasks]]
id = "trip"
title = "一日游"
when = "三月"
"""
QUOTA = """
[[tasks]]
id = "study"
title = "集中学习"
when = "3-5月"
times = { every = "month", least = 1 }
"""
DAY = "2023-02-27"


class School:
    """A union office at work: it edits its plan, and tells people."""

    def __init__(self, planner: Run, write: Write) -> None:
        self._planner = planner
        self._write = write
        self.plan = write(BRANCHES)

    def plans(self, tasks: str) -> None:
        self._write(dedent(BRANCHES) + tasks)

    def tells(self, *arguments: str, day: str = DAY) -> str:
        """Calendars are written; what the note beside them says."""
        outcome = self._planner("-p", self.plan, "--today", day, "ical", "-o", "out", *arguments)
        assert outcome.code == 0, outcome.err
        return Path("out/变更说明.txt").read_bytes().decode("utf-8-sig").replace("\r\n", "\n")

    def changes(self, *arguments: str, day: str = "2023-03-06") -> str:
        """What the command says."""
        outcome = self._planner("-p", self.plan, "--today", day, "changes", *arguments)
        assert outcome.code == 0, outcome.err
        return outcome.out

    def json(self, *arguments: str) -> Any:
        return json.loads(self.changes("--json", *arguments))

    def marks(self, task: str, status: str, occurrence: str | None = None) -> None:
        """Somebody marks a task in the journal."""
        session = Session(print, {})
        session.plan_path = str(self.plan)
        plan = session.load().plan
        assert plan is not None
        data = {"status": status, "branches": list(plan.task_by_id[task].branches)}
        session.record(
            [new_entry(session.now(plan.timezone), "x", plan.id, STATUS, data, task=task, occurrence=occurrence)]
        )
        session.store.close()

    def sections(self) -> dict[str, list[str]]:
        """Heading and lines of each section."""
        found: dict[str, list[str]] = {}
        for line in self.changes().splitlines():
            if line.startswith("【"):
                found[line[1 : line.index("】")]] = lines = []
            elif found and line:
                lines.append(line)
        return found


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


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("", 'title = "比赛"\non = "2023-05-18/2023-05-19"', "新增：比赛，5月18日至19日"),
        ("", 'title = "比赛"\nwhen = "4月中旬"\nplace = "操场"', "新增：比赛，4月中旬（日期待定），操场"),
        ("", 'title = "比赛"\nwhen = "适时"', "新增：比赛，适时"),
        ("", 'title = "比赛"', "新增：比赛，日期未定"),
        ('title = "比赛"\non = "2023-05-18 9:00"', "", "取消：比赛（原定5月18日（星期四）09:00开始）"),
        ('title = "比赛"\nwhen = "五月"', "", "取消：比赛（原定五月，日期待定）"),
        ('title = "比赛"\nwhen = "适时"', "", "取消：比赛"),
        ('title = "比赛"\nwhen = "五月"', 'title = "球赛"\nwhen = "五月"', "改名：比赛 → 球赛"),
        (
            'title = "比赛"\nwhen = "五月"',
            'title = "球赛"\nwhen = "六月"',
            "改期、改名：球赛（原名“比赛”）：五月（日期待定） → 六月（日期待定）",
        ),
        ('title = "比赛"\nwhen = "五月"', 'title = "比赛"\nwhen = "适时"', "改期：比赛：五月（日期待定） → 适时"),
        ('title = "比赛"', 'title = "比赛"\nwhen = "适时"', "改期：比赛：日期未定 → 适时"),
        (
            'title = "比赛"\nwhen = "三八节"',
            'title = "比赛"\non = "2023-03-08"',
            "改期：比赛：3月8日（星期三，待确认） → 3月8日（星期三）",
        ),
        (
            'title = "比赛"\nplace = "操场"\nwhen = "五月"',
            'title = "比赛"\nplace = "体育馆"\nwhen = "五月"',
            "地点：比赛：操场 → 体育馆",
        ),
        (
            'title = "比赛"\nwhen = "五月"',
            'title = "比赛"\non = ["2023-05-08", "2023-05-09"]',
            "改期：比赛：五月（日期待定） → 5月8日（星期一）；新增5月9日（星期二）",
        ),
    ],
)
def test_every_kind_of_change_is_one_line(school: School, before: str, after: str, line: str) -> None:
    def task(text: str) -> str:
        return f'[[tasks]]\nid = "match"\n{text}\n' if text else ""

    school.plans(ALL + task(before))
    school.tells()
    school.plans(ALL + task(after))
    assert school.sections() == {"工会本部、各分工会": [line]}


def test_words_that_mean_other_days_now_are_told_as_days(school: School) -> None:
    task = '[[tasks]]\nid = "match"\ntitle = "比赛"\nwhen = "三八节前后"\n'
    school.plans(task)
    school.tells()
    school.plans("[dates]\naround = 3\n" + task)
    (line,) = school.sections()["工会本部、各分工会"]
    assert line == "改期：比赛：3月1日至15日（日期待定） → 3月5日至11日（日期待定）"


def test_the_lines_stand_by_kind_and_day(school: School) -> None:
    task = '[[tasks]]\nid = "{0}"\ntitle = "{0}"\non = "2023-05-{1}"\n'
    school.plans(task.format("a", "20") + task.format("b", "11") + task.format("c", "01"))
    school.tells()
    school.plans(task.format("a", "22") + task.format("b", "12") + task.format("d", "30") + task.format("e", "05"))
    assert [line[:7] for line in school.sections()["工会本部、各分工会"]] == [
        "1. 新增：e",
        "2. 新增：d",
        "3. 改期：b",
        "4. 改期：a",
        "5. 取消：c",
    ]


@pytest.mark.parametrize(
    "after",
    [
        ALL.replace('"三月"', '"3月"'),
        ALL + 'note = "带伞"\nremind = ["1d"]\ngoals = []\n',
    ],
    ids=["other-words-same-days", "details"],
)
def test_what_changes_nothing_for_people_is_not_told(school: School, after: str) -> None:
    school.plans(ALL)
    school.tells()
    school.plans(after)
    assert "没有变化" in school.changes()


@pytest.mark.parametrize(
    ("after", "lines"),
    [
        ('when = "3-4月"', ["取消：集中学习（原定五月，日期待定）"]),
        ('when = "4-6月"', ["改期：集中学习：三月（日期待定） → 六月（日期待定）"]),
        ('when = "3-7月"', ["新增：集中学习，六月、七月（日期待定）"]),
        ('when = "3-5月"\nplace = "三楼"', ["地点：集中学习：未定 → 三楼"]),
        ('when = "3-5月"\non = "2023-04-12"', ["改期：集中学习：四月（日期待定） → 4月12日（星期三）"]),
        (
            'when = "3-5月"\non = ["2023-03-08", "2023-04-12"]',
            ["改期：集中学习：三月（日期待定） → 3月8日（星期三）；四月（日期待定） → 4月12日（星期三）"],
        ),
    ],
)
def test_the_slots_of_a_task_are_one_line(school: School, after: str, lines: list[str]) -> None:
    school.plans(QUOTA)
    school.tells()
    school.plans(QUOTA.replace('when = "3-5月"', after))
    assert school.sections() == {"工会本部、各分工会": lines}


def test_a_month_that_becomes_a_quota_is_the_same_month(school: School) -> None:
    school.plans(ALL)
    school.tells()
    school.plans(ALL + 'times = { every = "month", least = 1 }\n')
    assert "没有变化" in school.changes()
    school.plans(ALL.replace("一日游", "二日游") + 'place = "太湖"\ntimes = { every = "month", least = 1 }\n')
    assert school.sections()["工会本部、各分工会"] == ["改名、地点：二日游（原名“一日游”）：地点：未定 → 太湖"]


def test_of_many_times_the_rule_and_the_number_are_told(school: School) -> None:
    weekly = '[[tasks]]\nid = "sing"\ntitle = "合唱"\nwhen = "每周五下午"\n'
    school.plans(ALL + weekly)
    school.tells()
    school.plans(ALL + weekly.replace("周五", "周四"))
    (line,) = school.sections()["工会本部、各分工会"]
    assert line == "改期：合唱：每周五下午 → 每周四下午（各次的日子见日历）"
    school.plans(ALL)
    (line,) = school.sections()["工会本部、各分工会"]
    assert line.startswith("取消：合唱（原定")
    assert "次（2月" in line
    assert len(line) < 40


def test_a_tick_is_no_change_to_tell(school: School) -> None:
    school.plans(HERS + QUOTA)
    school.tells()
    school.marks("apply", "done")
    school.marks("study", "done", "2023-03")
    assert "没有变化" in school.changes()
    assert "没有变化" in school.tells()
    school.plans(HERS)
    assert school.sections()["工会本部、各分工会"] == ["取消：集中学习（原定四月、五月，日期待定）"], "March took place"


def test_cancelled_and_postponed_are_told(school: School) -> None:
    school.plans(HERS + ALL + 'on = "2023-03-15"\n')
    school.tells()
    school.marks("apply", "cancelled")
    school.marks("trip", "postponed")
    assert school.sections()["甲分工会"] == [
        "1. 改期：一日游：3月15日（星期三） → 另定",
        "2. 取消：特色项目申报（原定三月，日期待定）",
    ]
    school.tells()
    school.marks("apply", "planned")
    assert school.sections()["甲分工会"] == ["新增：特色项目申报，三月（日期待定）"]


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
        "甲分工会": ["取消：特色项目申报（原定三月，日期待定）"],
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


def test_nothing_that_was_typed_can_act_in_a_chat_or_terminal(school: School) -> None:
    school.plans(ALL)
    school.tells()
    school.plans(
        ALL + f'[[tasks]]\nid = "x"\ntitle = "一\\u001b[2J\\n2. 取消：二\\u202e{"长" * 200}"\nplace = "楼\\r\\n上"\n'
    )
    (line,) = school.sections()["工会本部、各分工会"]
    assert line.startswith("新增：一�[2J 2. 取消：二�长")
    assert line.endswith("…，日期未定，楼 上")
    assert len(line) < 100


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
