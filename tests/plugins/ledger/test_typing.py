"""What an office types for a row: days counted from today, slips in numbers and dates, words for columns."""

from __future__ import annotations

from datetime import date

import pytest

from planner.api import Term, _
from planner_ledger.form import row_forms
from planner_ledger.model import Column
from planner_ledger.values import canonical, said_on
from tests.plugins.ledger.office import Office
from tests.plugins.ledger.test_record import Person

TERM = Term(date(2023, 2, 1), date(2023, 8, 31))
FRIDAY = date(2023, 3, 10)
DATE = Column("date", "时间", "date")
SHARE = Column("share", "比例", "percent", units=("%",))


def refusal(text: str, column: Column) -> str:
    """The sentence that a person reads who typed it."""
    try:
        taken = canonical(text, column, TERM)
    except ValueError as error:
        return str(error)
    raise AssertionError(f"{text!r} was taken as {taken!r}")


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("今天", "2023-03-10"), ("昨天", "2023-03-09"), ("上周五", "2023-03-03"), ("下周三", "2023-03-15"),
        ("本周五", "2023-03-10"), ("3天后", "2023-03-13"), ("今天14:00", "2023-03-10 14:00"),
        ("3月8日（周三）", "3月8日（周三）"), ("9-10月", "9-10月"), ("每周五", "每周五"),
    ],
)  # fmt: skip
def test_days_counted_from_today_become_dates_and_all_else_stays(words: str, kept: str) -> None:
    assert said_on(words, FRIDAY) == kept
    assert canonical(kept, DATE, TERM) == kept


@pytest.mark.parametrize("words", ["周五", "星期五下午", "礼拜天"])
def test_a_weekday_alone_is_asked_back(words: str) -> None:
    told = refusal(said_on(words, FRIDAY), DATE)
    assert f"上{words}" in told
    assert f"下{words}" in told


@pytest.mark.parametrize(
    "words", ["3月33", "3月100日", "3月0日", "三月三十三", "2023年3月33", "2023年13月1日", "2023年3月33日", "2月30日"]
)
def test_a_day_that_there_is_not_never_becomes_its_month(words: str) -> None:
    assert words in refusal(words, DATE)


@pytest.mark.parametrize(("words", "example"), [("3.8", "3月8日"), ("03/08", "3月8日"), ("12-31", "12月31日")])
def test_two_numbers_are_no_date_and_it_is_said_how_to_write_one(words: str, example: str) -> None:
    assert example in refusal(words, DATE)


def test_a_share_without_its_sign_may_be_a_hundred_times_as_much() -> None:
    told = refusal("0.889", SHARE)
    assert "0.889%" in told
    assert "88.9%" in told
    assert [canonical(text, SHARE, TERM) for text in ("0.889%", "0.5 ％", "0.5%左右", "88.9", "0")] == [
        "0.889%",
        "0.5%",
        "约0.5%",
        "88.9%",
        "0%",
    ]


def test_a_row_can_be_of_yesterday_by_every_command(office: Office) -> None:
    sign = office.records("提案", "案由=食堂", "提交日期=昨天")
    assert office.row(sign)["values"]["date"] == "2023-03-09"
    office.does("ledger", "change", sign, "提交日期=前天")
    assert office.row(sign)["values"]["date"] == "2023-03-08"
    office.does("ledger", "move", sign, "审核", "审核结果=立案", "承办期限=下周五")
    assert office.row(sign)["values"]["due"] == "2023-03-17"
    assert len(office.rows("提案", "--where", "提交日期=前天")) == 1
    assert office.rows("提案", "--where", "提交日期=昨天") == []
    assert "上周五" in office.tries("ledger", "list", "提案", "--where", "提交日期=周五").err


def test_who_is_asked_may_answer_yesterday(office: Office) -> None:
    person = Person("昨天", "结婚", *[""] * 13, "")
    session = office.session()
    session.today_asked = FRIDAY
    pairs = dict(person.fills(session.snapshot(checked=False), "visits") or ())
    assert pairs["date"] == "2023-03-09"
    assert any("2023-03-09" in line for line in person.told)


def test_a_form_takes_yesterday_too(office: Office) -> None:
    session = office.session()
    session.today_asked = FRIDAY
    snapshot = session.snapshot(checked=False)
    form = next(form for form in row_forms(snapshot) if (form.name, form.about) == ("ledger-visits", "plan"))
    form.submit(session, snapshot, None, {"date": "昨天", "kind": "结婚"})
    session.close()
    assert [row["values"]["date"] for row in office.rows()] == ["2023-03-09"]


def test_sub_union_and_task_are_shown_as_what_they_are(office: Office) -> None:
    person = Person("", "结婚", *[""] * 11, "机电", "五必", "")
    assert dict(person.fills(office.snapshot(), "visits") or ()) == {"kind": "结婚", "branch": "mech", "task": "visit"}
    assert any("机电分工会" in line and "=" in line for line in person.told)
    assert "五必访" in "".join(person.told[-4:]), "so is the row that is to be confirmed"


def test_what_columns_there_are_is_told_once_however_many_were_wrong(office: Office) -> None:
    told = office.refused("record", "慰问", "类型=结婚", "abc=1", "xyz=2")
    assert all(word in told for word in ("类型", "abc", "xyz"))
    assert told.count("材料齐全") == 1


def test_a_value_without_a_column_is_shown(office: Office) -> None:
    assert "“=3”" in office.refused("record", "慰问", "类别=结婚", "=3")


def test_words_without_an_equals_sign_are_shown_with_one(office: Office) -> None:
    told = office.refused("record", "慰问", "类别：结婚", "人数", "结婚")
    assert "类别=结婚" in told
    assert "人数=…" in told
    assert "“结婚”" in told


def test_how_a_plan_gets_a_ledger_can_be_copied_line_by_line(office: Office) -> None:
    office.writes("")
    lines = [line.strip() for line in office.refused("record", "慰问", "类别=结婚").splitlines()]
    start = lines.index("[[ledgers]]")
    assert lines[start : start + 3] == ["[[ledgers]]", 'id = "visits"', 'use = "慰问"']


def test_who_is_at_a_stage_already_is_told_how_values_change(office: Office) -> None:
    sign = office.records("提案", "案由=食堂")
    assert f"planner ledger change {sign}" in office.refused("ledger", "move", sign, "征集", "附议=3")


def test_what_a_stage_wants_is_said_with_its_column(office: Office) -> None:
    sign = office.records("提案", "案由=食堂")
    office.does("ledger", "move", sign, "审核", "审核结果=不予立案")
    told = office.refused("ledger", "move", sign, "承办", "主办部门=总务处")
    wanted = _("{column} {values}").format(column="审核结果", values=_(" or ").join(("立案", "意见建议")))
    assert wanted in told
