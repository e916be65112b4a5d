"""One line of the note: each kind of change in words, and what is no news."""

from __future__ import annotations

import pytest

from tests.commands.school import ALL, HERS, QUOTA, Run, School, Write


@pytest.fixture
def school(planner: Run, write: Write) -> School:
    return School(planner, write)


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
