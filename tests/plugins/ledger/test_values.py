"""What may stand in a cell, in which one way it is kept, and what is told of all else."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given, strategies as st

from planner.api import Term, Window, _, printable, quantity_text
from planner_ledger.awards import GRADES, LEVELS, grade_order, level_order, value_order
from planner_ledger.ledgers import ready_ledgers
from planner_ledger.model import Column, ColumnType, Rule
from planner_ledger.settings import EACH, TYPES
from planner_ledger.values import LONGEST, canonical, days_of, quantity_of

TERM = Term(date(2022, 1, 1), date(2022, 12, 31))
TEXT = Column("note", "备注")
DATE = Column("date", "时间", "date")
KIND = Column("kind", "类别", "choice", choices=("生病住院", "亲人去世", "ABC"))
COMPLETE = Column("complete", "材料齐全", "choice", choices=("是", "否"))
LEVEL = Column("level", "级别", "level", choices=LEVELS)
GRADE = Column("grade", "等级", "grade", choices=GRADES)
FORMS = Column("forms", "件数", "count", units=("件",))
LENGTH = Column("length", "时长", "number", units=("天", "课时"))


def kept(text: str, column: Column) -> str:
    return canonical(text, column, TERM)


def refusal(text: str, column: Column) -> str:
    """The sentence that a person reads who typed it."""
    try:
        taken = kept(text, column)
    except ValueError as error:
        return str(error)
    raise AssertionError(f"{text!r} was taken as {taken!r}")


def sample(kind: ColumnType) -> Column:
    """Some column of a type."""
    units = {"people": ("人",), "attendances": ("人次",), "money": ("元",), "percent": ("%",)}
    return Column("c", "列", kind, units=units.get(kind, ("件", "天") if kind in ("count", "number") else ()))


def test_a_plan_may_name_just_the_types_and_periods_that_there_are() -> None:
    assert get_args(ColumnType) == TYPES
    assert get_args(Rule.__annotations__["each"]) == EACH


@pytest.mark.parametrize("kind", get_args(ColumnType))
def test_nothing_stays_nothing(kind: ColumnType) -> None:
    assert kept("", sample(kind)) == kept(" \t\n　", sample(kind)) == ""


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("  慰问品  ", "慰问品"),
        ("第一行\n第二行", "第一行 第二行"),
        ("第一行\r\n\r\n第二行\t尾", "第一行 第二行 尾"),
        ("全角　空格", "全角 空格"),
        ("看不见\u200b的\ufeff字\xad符", "看不见的字符"),
        ("=1+1", "=1+1"),
        ("Ａ１", "Ａ１"),
        ("🎉" * 3, "🎉🎉🎉"),
    ],
)
def test_a_text_is_kept_as_one_line(text: str, result: str) -> None:
    assert kept(text, TEXT) == result


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\x7f", "\x9b", "\ud800", "\u202e", "\u2066", "\uffff"])
def test_what_is_no_text_is_refused(sign: str) -> None:
    for kind in get_args(ColumnType):
        told = refusal(f"姓名{sign}[31m", sample(kind))
        assert printable(told) == told
    assert f"{ord(sign):04X}" in refusal(f"姓名{sign}", TEXT)


def test_a_cell_has_an_end() -> None:
    assert kept("字" * LONGEST, TEXT) == "字" * LONGEST
    assert str(LONGEST + 1) in refusal("字" * (LONGEST + 1), TEXT)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022-03-08", "2022-03-08", "2022-03-08"),
        ("2022年3月8日", "2022-03-08", "2022-03-08"),
        ("2022/3/8", "2022-03-08", "2022-03-08"),
        ("2022-10", "2022-10-01", "2022-10-31"),
        ("2022-09/2022-10", "2022-09-01", "2022-10-31"),
        ("10月份", "2022-10-01", "2022-10-31"),
        ("9-10月", "2022-09-01", "2022-10-31"),
        ("12月中旬", "2022-12-11", "2022-12-20"),
        ("全年", "2022-01-01", "2022-12-31"),
        ("建军节、重阳节", "2022-08-01", "2022-10-04"),
        ("2021年12月", "2021-12-01", "2021-12-31"),
        ("2022年3月8日（星期二）", "2022-03-08", "2022-03-08"),
    ],
)
def test_a_date_is_kept_as_typed_and_its_days_are_derived(text: str, first: str, last: str) -> None:
    assert kept(f" {text} ", DATE) == text
    assert days_of(text, TERM) == Window(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["2022-02-30", "2022-13-01", "2022年2月30日", "2022/4/31"])
def test_an_impossible_day_is_told_as_such(text: str) -> None:
    assert refusal(text, DATE) == _("There is no such day: {day}.").format(day=text)


@pytest.mark.parametrize(
    "text", ["适时", "表彰大会", "44628", "abc", "上午", "2022-03-09/2022-03-01", "8月8日星期三", "—"]
)
def test_what_names_no_days_is_refused(text: str) -> None:
    assert text in refusal(text, DATE)


@pytest.mark.parametrize(
    ("text", "rest"),
    [("五一劳动节表彰大会", "表彰大会"), ("3月8日在报告厅开会", "在报告厅开会"), ("某某 3月住院", "某某 住院")],
)
def test_a_date_says_nothing_but_when(text: str, rest: str) -> None:
    assert rest in refusal(text, DATE)


@pytest.mark.parametrize("text", ["生病住院", " 生病住院 ", "生病 住院"])
def test_a_choice_is_one_of_those_listed(text: str) -> None:
    assert kept(text, KIND) == "生病住院"
    assert kept("ａｂｃ", KIND) == "ABC"


def test_another_choice_is_refused_with_the_list_and_the_likely_one() -> None:
    told = refusal("住院", KIND)
    assert "生病住院" in told
    assert "亲人去世" in told
    assert told.endswith(_("did you mean {word}?").format(word="生病住院"))
    assert kept("住院", KIND._replace(open=True)) == "住院"
    assert kept("生病 住院", KIND._replace(open=True)) == "生病住院"


def test_ticks_say_yes_or_no() -> None:
    assert [kept(text, COMPLETE) for text in ("√", "✓", "×", "是", "否")] == ["是", "是", "否", "是", "否"]
    assert refusal("√", KIND)


@pytest.mark.parametrize(
    ("text", "level"),
    [("国家级", "国家级"), ("国家", "国家级"), ("全国", "国家级"), ("省部级", "省级"), ("省", "省级"),
     ("地市级", "市级"), ("区县级", "区级"), ("校", "校级"), ("院系级", "院系级"), ("省 级", "省级")],
)  # fmt: skip
def test_levels_and_their_other_names(text: str, level: str) -> None:
    assert kept(text, LEVEL) == level


@pytest.mark.parametrize("text", ["院级", "国际级", "省、市级", "一等奖"])
def test_what_is_not_certainly_a_level_is_refused(text: str) -> None:
    assert text in refusal(text, LEVEL)
    wider = LEVEL._replace(choices=("国家级", text, "校级"))
    assert kept(text, wider) == text
    assert refusal("省", wider)


@pytest.mark.parametrize(
    ("text", "grade"),
    [("一等奖", "一等奖"), ("一等", "一等奖"), ("1等奖", "一等奖"), ("特等", "特等奖"), ("第八名", "第8名"),
     ("第8名", "第8名"), ("第８名", "第8名"), ("第 8 名", "第8名"), ("第十一名", "第11名"),
     ("冠军", "冠军"), ("优秀组织奖", "优秀组织奖")],
)  # fmt: skip
def test_grades_and_places(text: str, grade: str) -> None:
    assert kept(text, GRADE) == grade
    assert kept(text, GRADE._replace(open=True)) == grade


@pytest.mark.parametrize("text", ["团体一等奖", "人气奖", "第零名", "金牌"])
def test_other_grades_stand_as_they_are_where_they_may(text: str) -> None:
    assert text in refusal(text, GRADE)
    assert kept(text, GRADE._replace(open=True)) == text


def test_the_place_must_be_said() -> None:
    assert "第8名" in refusal("第N名", GRADE)
    assert "第8名" in refusal("第N名", GRADE._replace(open=True))


def test_awards_have_an_order() -> None:
    grades = [
        "荣誉称号",
        "第8名",
        "一等奖",
        "第1名",
        "人气奖",
        "团体二等奖",
        "亚军",
        "优秀奖",
        "二等奖",
        "特等奖",
        "第11名",
    ]
    assert sorted(grades, key=grade_order) == [
        "特等奖", "一等奖", "二等奖", "团体二等奖", "第1名", "亚军", "第8名", "第11名", "优秀奖", "荣誉称号", "人气奖",
    ]  # fmt: skip
    assert sorted(["校级", "国家级", "别的", "市级", "省级"], key=level_order) == [
        "国家级",
        "省级",
        "市级",
        "校级",
        "别的",
    ]
    own = LEVEL._replace(choices=("校级", "省级"))
    assert sorted(["", "别的", "省级", "校级"], key=lambda text: value_order(text, own)) == ["校级", "省级", "别的", ""]


def test_a_count_is_whole_and_a_number_need_not_be() -> None:
    assert kept("28", FORMS) == "28件"
    assert "2.5件" in refusal("2.5件", FORMS)
    assert kept("2.5天", LENGTH) == "2.5天"
    assert kept("28.0件", FORMS) == "28件"
    assert refusal("2.5", LENGTH)


def test_what_another_program_wrote_wrongly_counts_as_nothing() -> None:
    assert quantity_of("乱写", FORMS) is None
    assert quantity_of("28人", FORMS) is None
    assert quantity_of("", FORMS) is None
    assert quantity_of("28件", TEXT) is None
    found = quantity_of("28件", FORMS)
    assert found is not None
    assert quantity_text(found) == "28件"


columns = st.sampled_from([c for ledger in ready_ledgers() for c in ledger.columns])
typed = st.text(max_size=40) | st.sampled_from(
    [
        "一等",
        "第八名",
        "省部级",
        "生病 住院",
        "40余人",
        "13.0989万元",
        "近10场次",
        "3月8日",
        "2022-03-08",
        "√",
        "１２件",
        "100％",
    ]
)


@given(typed, columns)
def test_what_is_kept_is_kept_again_and_what_is_not_is_told_in_a_sentence(text: str, column: Column) -> None:
    try:
        first = kept(text, column)
    except ValueError as error:
        told = str(error)
    else:
        assert kept(first, column) == first
        assert printable(first) == first
        return
    assert told
    assert len(told) < 400
