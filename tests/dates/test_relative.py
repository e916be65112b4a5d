"""Days said from today: only in the commands where a person speaks, never in a plan."""

from datetime import date

import pytest

from planner.dates.relative import anchored

WEDNESDAY = date(2023, 3, 8)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("今天", "2023-03-08"),
        ("明天下午3点", "2023-03-09下午3点"),
        ("大后天", "2023-03-11"),
        ("3天后", "2023-03-11"),
        ("本周五", "2023-03-10"),
        ("这周一", "2023-03-06"),
        ("下周三下午2点", "2023-03-15下午2点"),
        ("下个星期二", "2023-03-14"),
        ("下下周一9点", "2023-03-20 9点"),
        ("下周三14:00-16:00", "2023-03-15 14:00-16:00"),
        ("周三", "2023-03-08"),
        ("周二", "2023-03-14"),
        ("星期天", "2023-03-12"),
        ("礼拜6", "2023-03-11"),
    ],
)
def test_is_counted_from_today(said, meant):
    assert anchored(said, WEDNESDAY) == meant


@pytest.mark.parametrize(
    "said",
    [
        "第8周周三上午",
        "第三周星期二",
        "每周五下午",
        "单周周三",
        "双周三",
        "隔周三",
        "3月8日",
        "周10",
        "一周",
        "五一",
        "3月8日（周三）14时",
        "2023-03-08周三",
    ],
)
def test_what_counts_from_no_day_stays_as_it_is(said):
    assert anchored(said, WEDNESDAY) == said
