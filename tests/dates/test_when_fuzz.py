"""Any text at all: the resolver never raises, never gives a window back to front, and stays linear."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from planner.dates.term import Term
from planner.dates.when import mentions, resolve

TERMS = [
    Term(date(2023, 2, 1), date(2023, 8, 31), date(2023, 2, 13), date(2023, 6, 30)),
    Term(date(2023, 9, 1), date(2024, 1, 31), date(2023, 9, 4), date(2024, 1, 19)),
    Term(date(2022, 1, 1), date(2022, 12, 31)),
]
PIECES = st.lists(
    st.sampled_from(
        [
            "年",
            "月",
            "日",
            "号",
            "周",
            "星期",
            "第",
            "每",
            "两",
            "次",
            "3",
            "12",
            "31",
            "2023",
            "二〇二四",
            "三",
            "十一",
            "七八",
            "上旬",
            "底",
            "初",
            "前",
            "后",
            "前后",
            "起",
            "至",
            "-",
            "、",
            "和",
            "五一",
            "国庆",
            "春节",
            "双节",
            "假期",
            "期间",
            "教师节",
            "上半年",
            "学期",
            "末",
            "暑假",
            "寒假",
            "开学",
            "农历",
            "腊月",
            "初八",
            "单周",
            "双月",
            "至少",
            "不超过",
            "截至",
            "从",
            "即日起",
            "下午",
            "2",
            "点",
            ":",
            ".",
            "/",
            "（",
            "）",
            "“",
            "”",
            "《",
            "》",
            "适时",
            "会",
            "后",
            "庆",
            "迎",
            "O",
            "99999999999",
            "的",
            "个",
            "最后",
            "季度",
            "隔",
            "一",
            "第三",
            "，",
            "。",
            "逢",
            "节日",
            "本",
            "明年",
            "次年",
            "期末",
            "以来",
            "之际",
            "一周",
            "闰",
            "倒数",
            "小年",
            "年三十",
            "季",
            "两季",
            "工作日",
            "学年",
            "读书日",
            "通过",
        ]
    ),
    max_size=12,
).map("".join)


@settings(max_examples=700, deadline=None)
@given(st.one_of(PIECES, st.text(max_size=40)), st.sampled_from(TERMS), st.sampled_from([None, 1, 6, 12]))
def test_any_text_is_read_without_an_error(text: str, term: Term, month: int | None) -> None:
    when = resolve(text, term, month)

    for window in when.windows:
        assert window.start <= window.end
        assert 1899 <= window.start.year <= 2201
    assert when.reason
    assert "\n" not in when.reason
    last = 0
    for mention in mentions(text, term, month):
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end


@pytest.mark.parametrize(
    "piece",
    [
        "3月8日、",
        "1、",
        "第",
        "每月",
        "每周一、",
        "根据",
        "“",
        "《",
        "3.",
        "至",
        "最后一个",
        "一",
        "9",
        "2023-",
        "会后",
        "前后",
        "五一、",
        "庆",
        "（",
        "中、",
        "初",
        "上、",
        "明年",
        "2023年",
        "本学期",
        "2022-2023学年",
        "农历",
        "第三届",
        "每周一至",
        "5周、",
        "第3周、5周、",
        "3月，每周三，",
        "倒数第二",
        "闰二月",
        "五一（前",
    ],
)
def test_a_hundred_kilobytes_of_anything_take_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        begin = time.process_time()  # other processes of a busy machine do not count
        resolve(text, TERMS[0], 3)
        return time.process_time() - begin

    seconds(1000)
    small, large = min(seconds(2500) for _ in range(3)), seconds(25_000)
    assert large < 40 * small + 0.05  # ten times the text; a quadratic reader needs a hundred times as long
