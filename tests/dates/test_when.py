"""The resolver's answers beyond windows: where a mention stands, times of day, reasons, provisional years."""

from __future__ import annotations

import gettext
from datetime import date, time

import pytest

from planner import i18n
from planner.dates.term import Break, Policy, Term
from planner.dates.when import Recurrence, mentions, resolve
from planner.dates.window import Window

SPRING = Term(date(2023, 2, 1), date(2023, 8, 31), date(2023, 2, 13), date(2023, 6, 30))
YEAR = Term(date(2023, 1, 1), date(2023, 12, 31))


def spans(text: str, term: Term = SPRING, month: int | None = None) -> list[str]:
    return [text[m.start : m.end] for m in mentions(text, term, month)]


def test_mentions_stand_where_they_were_written() -> None:
    assert spans("五一前完成推荐，端午节慰问退休教师。") == ["五一前", "端午节"]
    assert spans("教 师\n节前后，组织活动；每月至少开展1次学习", YEAR) == ["教 师\n节前后", "每月至少开展1次"]
    assert spans("“七一”前后，组织演讲", YEAR) == ["“七一”前后"]
    assert spans("开展全民健身月（5 月、10 月）活动", YEAR) == ["5 月、10 月"]


def test_the_original_text_is_kept() -> None:
    assert resolve(" 農曆五月 初五 ", SPRING).text == " 農曆五月 初五 "
    assert mentions("於 農曆五月 初五 舉行", SPRING)[0].when.text == "農曆五月 初五"


def test_a_festival_beside_its_own_date_is_one_mention() -> None:
    assert spans("4月23日世界读书日开展共读") == ["4月23日世界读书日"]
    assert spans("4月23日为世界读书日，组织共读") == ["4月23日"]


def test_a_document_title_is_no_time() -> None:
    assert spans("学习《2022年春季学期工作要点（3月修订）》，3月底前交心得") == ["3月底前"]


def test_a_document_title_in_brackets_of_its_own_may_be_an_expression() -> None:
    assert resolve("《三月》", SPRING).windows == (Window(date(2023, 3, 1), date(2023, 3, 31)),)


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("3月8日下午2点", time(14), None),
        ("3月8日下午2点半", time(14, 30), None),
        ("3月8日14:00-16:30", time(14), time(16, 30)),
        ("3月8日14：00至16：30", time(14), time(16, 30)),
        ("3月8日晚上7:30", time(19, 30), None),
        ("2023-03-08 14:00-16:00", time(14), time(16)),
        ("3月8日上午9点一刻到11点", time(9, 15), time(11)),
        ("第8周周三下午3点", time(15), None),
        ("每周三下午2点至4点", time(14), time(16)),
    ],
)
def test_times_of_day(text: str, begin: time, end: time | None) -> None:
    assert resolve(text, SPRING).time == (begin, end)


def test_a_time_of_day_alone_has_no_day() -> None:
    when = resolve("下午2点", SPRING)
    assert (when.windows, when.certain, when.time) == ((), True, (time(14), None))


def test_a_year_without_a_notice_is_provisional() -> None:
    assert resolve("国庆假期", Term(date(2027, 1, 1), date(2027, 12, 31))).provisional
    assert resolve("教师节后", Term(date(2027, 1, 1), date(2027, 12, 31))).provisional
    assert not resolve("国庆假期", YEAR).provisional
    assert not resolve("教师节", Term(date(2027, 1, 1), date(2027, 12, 31))).provisional


def test_the_numbers_of_the_policy_are_settings() -> None:
    wide = SPRING._replace(policy=Policy(around=10, before=21, closing=7, opening_weeks=3))
    assert resolve("教师节前后", YEAR._replace(policy=wide.policy)).windows[0].days == 21
    assert resolve("五一前", wide).windows == (Window(date(2023, 4, 10), date(2023, 4, 30)),)
    assert resolve("期末", wide).windows == (Window(date(2023, 6, 24), date(2023, 6, 30)),)
    assert resolve("学期初", wide).windows == (Window(date(2023, 2, 13), date(2023, 3, 5)),)


def test_text_that_lost_a_character_is_read_and_flagged() -> None:
    when = resolve("20226月召开二届“双代会”", YEAR)
    assert (when.windows, when.certain) == ((Window(date(2022, 6, 1), date(2022, 6, 30)),), False)


def test_json_form() -> None:
    assert resolve("每月最后一个周五", YEAR).to_json() == {
        "text": "每月最后一个周五",
        "windows": [["2023-01-01", "2023-12-31"]],
        "precision": "day",
        "recurs": {"freq": "monthly", "byday": ["-1FR"]},
        "certain": True,
        "reason": resolve("每月最后一个周五", YEAR).reason,
    }
    assert resolve("每周一例会，每月15日报送", YEAR).to_json()["recurs"] == [
        {"freq": "weekly", "byday": ["MO"]},
        {"freq": "monthly", "bymonthday": [15]},
    ]


def test_a_recurrence_shows_only_what_is_set() -> None:
    assert Recurrence("weekly", 2, byday=("WE",), parity="odd").to_json() == {
        "freq": "weekly",
        "interval": 2,
        "byday": ["WE"],
        "parity": "odd",
    }


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_catalogue", gettext.NullTranslations())


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("3月8日", "the day 2023-03-08"),
        ("6月15日之前", "deadline: ends on 2023-06-15"),
        ("适时召开", "no date is named: a person decides"),
        ("3月8日（星期四）", "the weekday does not belong to this date: 2023-03-08"),
        ("第二周", "a week of the month or a teaching week?"),
        ("3.5", "a date or a number? 3.5"),
        ("组织体检", "no time expression"),
    ],
)
def test_reasons_in_english(text: str, reason: str) -> None:
    assert resolve(text, SPRING, month=3).reason == reason


@pytest.mark.usefixtures("english")
def test_reports_of_several_windows_name_both_ends() -> None:
    assert "2023-05-01" in resolve("5月、10月", YEAR).reason


def test_around_a_day_says_so_and_no_length() -> None:
    assert resolve("妇女节前后一周", SPRING).note.code == "around"
    assert resolve("会后3日内", SPRING, 3).note.code == "event"


def test_two_breaks_of_one_name_are_asked_about() -> None:
    first = Break("寒假", Window(date(2023, 1, 10), date(2023, 2, 11)))
    second = Break("寒假", Window(date(2023, 12, 30), date(2023, 12, 31)))
    when = resolve("寒假", YEAR._replace(breaks=(first, second)))
    assert (when.windows, when.certain) == ((first.window, second.window), False)


def test_a_break_is_mentioned_by_its_title() -> None:
    term = SPRING._replace(breaks=(Break("创意周休", Window(date(2023, 4, 3), date(2023, 4, 7))),))
    assert spans("各组在创意周休前交表，暑假前总结", term) == ["创意周休前", "暑假前"]
    assert spans("各组在创意周休前交表") == []


@pytest.mark.parametrize("text", ["2023-03-08", "1999-12-31", "2023-02-30", "2023-13-01", "2199-01-01", "2023-3-08 "])
def test_the_short_way_for_iso_dates_gives_what_the_grammar_gives(text: str) -> None:
    term = Term(date(2023, 2, 1), date(2023, 8, 31))
    assert resolve(text, term)._replace(text="") == resolve(f"（{text}）", term)._replace(text="")
