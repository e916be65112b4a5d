"""Short texts about tasks, as they stand in lists."""

from __future__ import annotations

from datetime import date

import pytest

from planner.dates.term import Term
from planner.dates.when import resolve
from planner.plan.load import load_text
from planner.plan.source import PlanText
from planner.views.wording import recurrence_words, task_doers, task_title, task_when
from tests.conftest import HEAD

TERM = Term(date(2023, 2, 1), date(2023, 8, 31), date(2023, 2, 13), date(2023, 6, 30))


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("每月至少1次", "每月 至少 1 次"),
        ("每两周一次", "每 2 周 1 次"),
        ("每周五下午", "每周 周五"),
        ("双月第二个周一", "每月 2、4、6、8、10、12月 第 2 个周一"),
        ("单周周三", "每周 单周 周三"),
        ("每月最后一个周五", "每月 最后一个周五"),
        ("每月倒数第二个周五", "每月 倒数第 2 个周五"),
        ("每月25日前", "每月 25日 以前"),
        ("每月月底", "每月 末尾"),
        ("一至两次", "一共 至少 1 次 至多 2 次"),
        ("每逢重大节日", "每逢节日"),
    ],
)
def test_recurrences_in_words(when: str, words: str) -> None:
    (rule,) = resolve(when, TERM).recurs
    assert recurrence_words(rule) == words


TASKS = """
[[branches]]
id = "a"
name = "一分会"
[[branches]]
id = "b"
name = "二分会"
[[branches]]
id = "c"
name = "三分会"
[[branches]]
id = "d"
name = "四分会"
[[tasks]]
id = "all"
title = "全体"
for = "branches"
when = "三月"
[[tasks]]
id = "two"
title = "两家"
for = ["a", "b"]
on = ["2023-03-08 14:00-16:30", "2023-03-09/2023-03-10"]
[[tasks]]
id = "three"
title = "三家"
for = ["a", "b", "c"]
private = true
[[tasks]]
id = "office"
title = "本部"
"""


def test_who_and_when_in_lists() -> None:
    plan = load_text(PlanText("plan.toml", HEAD + TASKS)).plan
    assert plan is not None
    assert [task_doers(task, plan) for task in plan.tasks] == ["各分工会", "一分会、二分会", "3 个分工会", ""]
    assert [task_when(task) for task in plan.tasks] == ["三月", "03-08 14:00-16:30、03-09…03-10", "—", "—"]
    assert task_title(plan.tasks[2], plan) == "三家（3 个分工会、内部）"
