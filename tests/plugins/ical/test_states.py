"""How a task looks in a calendar, by what is known about its time."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from planner.api import CalendarItem, Window
from tests.plugins.ical.made import HEAD, feeds_of, only, parts, read_plan, whole


def task(lines: str, task_id: str = "t", title: str = "特色项目评比") -> str:
    return f'\n[[tasks]]\nid = "{task_id}"\ntitle = "{title}"\n{lines}\n'


def test_a_decided_time_is_a_timed_event_in_the_plans_zone(tmp_path: Path) -> None:
    event = only(whole(read_plan(tmp_path, task('when = "六月"\non = "2023-06-16 14:00-16:30"'))))
    assert event["SUMMARY"] == "特色项目评比"
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert event["DTSTART"].dt.astimezone(ZoneInfo("UTC")).isoformat() == "2023-06-16T06:00:00+00:00"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=2, minutes=30)
    assert event["STATUS"] == "CONFIRMED"
    assert "时间：2023年6月16日（星期五）14:00—16:30\n计划原文：六月" in event["DESCRIPTION"]


def test_an_end_that_nobody_decided_is_said_to_be_the_calendars_own(tmp_path: Path) -> None:
    tasks = task('on = "2023-06-16 14:00"')
    event = only(whole(read_plan(tmp_path, tasks)))
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=1)
    assert "14:00开始，结束时间未定（日历上先占1小时）" in event["DESCRIPTION"]
    longer = only(whole(read_plan(tmp_path, "\n[ical]\nminutes = 90\n" + tasks)))
    assert longer["DTEND"].dt - longer["DTSTART"].dt == timedelta(minutes=90)
    assert "日历上先占1小时30分钟" in longer["DESCRIPTION"]


@pytest.mark.parametrize(
    ("on", "first", "after"),
    [
        ("2023-06-16", date(2023, 6, 16), date(2023, 6, 17)),
        ("2023-05-31/2023-06-02", date(2023, 5, 31), date(2023, 6, 3)),
    ],
)
def test_a_decided_day_is_an_all_day_event(tmp_path: Path, on: str, first: date, after: date) -> None:
    event = only(whole(read_plan(tmp_path, task(f'on = "{on}"'))))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (first, after)
    assert event["TRANSP"] == "TRANSPARENT"


def test_a_month_is_a_marker_and_a_warning_never_a_bar(tmp_path: Path) -> None:
    """1 April 2023 is a Saturday, and the 5th a holiday; the 29th and 30th belong to the May holidays."""
    found = parts(whole(read_plan(tmp_path, task('when = "四月"'))))
    marker, warning = found["e.t@2023-spring-k3f9"], found["d.t@2023-spring-k3f9"]
    assert marker["SUMMARY"] == "〔四月·日期待定〕特色项目评比"
    assert (marker["DTSTART"].dt, marker["DTEND"].dt) == (date(2023, 4, 3), date(2023, 4, 4))
    assert marker["STATUS"] == "TENTATIVE"
    assert marker["DESCRIPTION"].startswith("时间：四月（2023年4月1日至30日），具体日期待定。\n日历上先放在")
    assert warning["SUMMARY"] == "〔截止〕特色项目评比（4月30日到期）"
    assert warning["DTSTART"].dt == date(2023, 4, 23), "a Sunday on which people work: 5 working days before the 28th"
    assert "截止提示：4月23日之后还有5个工作日，最后一个工作日是2023年4月28日（星期五）。" in warning["DESCRIPTION"]


@pytest.mark.parametrize("when", ["二月", "三月", "四月", "五月", "六月", "2023-04-24/2023-05-10", "本学期"])
def test_the_working_days_that_a_warning_counts_are_left(tmp_path: Path, when: str) -> None:
    plan = read_plan(tmp_path, task(f'when = "{when}"'))
    warning = parts(whole(plan))["d.t@2023-spring-k3f9"]
    marker = warning["DTSTART"].dt
    said = re.search(r"提示：(.+?)之后还有(\d)个工作日，最后一个工作日是(\d+)年(\d+)月(\d+)日", warning["DESCRIPTION"])
    assert said is not None
    assert said[1] == f"{marker.month}月{marker.day}日"
    last = date(*(int(number) for number in said.group(3, 4, 5)))
    assert plan.calendar.is_workday(last)
    assert plan.calendar.count(marker + timedelta(days=1), last) == int(said[2]) == 5


def test_a_short_window_needs_no_warning(tmp_path: Path) -> None:
    event = only(whole(read_plan(tmp_path, task('when = "4月中旬"'))))
    assert event["SUMMARY"] == "〔4月中旬·日期待定〕特色项目评比"
    assert event["DTSTART"].dt == date(2023, 4, 11)


def test_a_window_without_a_working_day_is_marked_inside_itself(tmp_path: Path) -> None:
    event = only(whole(read_plan(tmp_path, task('when = "2023-04-29/2023-05-02"'))))
    assert event["DTSTART"].dt == date(2023, 4, 29)
    assert "这段时间没有工作日，日历上先放在这段时间的第一天，只作提示" in event["DESCRIPTION"]
    assert "第一个工作日" not in event["DESCRIPTION"]


def test_a_window_with_a_single_working_day_is_marked_on_it(tmp_path: Path) -> None:
    """The May holidays of 2023 end on the 3rd."""
    event = only(whole(read_plan(tmp_path, task('when = "2023-04-29/2023-05-04"'))))
    assert event["DTSTART"].dt == date(2023, 5, 4)
    assert "日历上先放在这段时间的第一个工作日" in event["DESCRIPTION"]


def test_a_day_that_only_follows_from_words_is_not_shown_as_decided(tmp_path: Path) -> None:
    event = only(whole(read_plan(tmp_path, task('when = "三八节"'))))
    assert event["SUMMARY"] == "〔待确认〕特色项目评比"
    assert event["DTSTART"].dt == date(2023, 3, 8)
    assert event["STATUS"] == "TENTATIVE"
    assert "计划原文“三八节”" in event["DESCRIPTION"]


def test_each_of_several_windows_has_its_own_marker(tmp_path: Path) -> None:
    found = parts(whole(read_plan(tmp_path, task('when = "3月、5月"'))))
    titles = {uid.partition("@")[0]: str(part["SUMMARY"]) for uid, part in found.items()}
    assert titles["e.t"] == "〔三月·日期待定〕特色项目评比"
    assert titles["e.t.2"] == "〔五月·日期待定〕特色项目评比"
    assert titles["d.t.2"] == "〔截止〕特色项目评比（5月31日到期）"


def test_words_for_more_than_the_term_holds_are_not_put_on_its_part(tmp_path: Path) -> None:
    found = parts(whole(read_plan(tmp_path, task('when = "5月、10月"'))))
    assert found["e.t@2023-spring-k3f9"]["SUMMARY"] == "〔五月·日期待定〕特色项目评比"


def test_a_quota_has_a_marker_near_the_end_of_each_period(tmp_path: Path) -> None:
    found = parts(whole(read_plan(tmp_path, task('when = "3-5月"\ntimes = { every = "month", least = 1 }'))))
    days = {uid.partition("@")[0]: part["DTSTART"].dt for uid, part in found.items()}
    assert days == {
        "e.t.2023-03": date(2023, 3, 24),
        "e.t.2023-04": date(2023, 4, 23),
        "e.t.2023-05": date(2023, 5, 24),
    }
    march = found["e.t.2023-03@2023-spring-k3f9"]
    assert march["SUMMARY"] == "〔三月·日期待定〕特色项目评比"
    assert "次数：每月至少1次" in march["DESCRIPTION"]


def test_a_week_is_marked_on_its_last_working_day(tmp_path: Path) -> None:
    found = parts(
        whole(read_plan(tmp_path, task('when = "2023-04-03/2023-04-30"\ntimes = { every = "week", least = 1 }')))
    )
    assert [part["DTSTART"].dt.day for part in found.values()] == [7, 14, 23, 28]


def test_slots_of_one_period_can_be_told_apart(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, task('when = "三月"\ntimes = { every = "month", exactly = 2 }'))
    assert [p["SUMMARY"] for p in parts(whole(plan)).values()] == [
        "〔三月·日期待定〕特色项目评比（第1次）",
        "〔三月·日期待定〕特色项目评比（第2次）",
    ]
    assert [p["SUMMARY"] for p in parts(whole(plan, "todos")).values()] == [
        "特色项目评比（三月第1次）",
        "特色项目评比（三月第2次）",
    ]


@pytest.mark.parametrize("when", ['when = "适时"', ""])
def test_without_a_date_there_is_no_event_but_a_todo(tmp_path: Path, when: str) -> None:
    plan = read_plan(tmp_path, task(when))
    assert not parts(whole(plan))
    todo = only(whole(plan, "todos"))
    assert "DTSTART" not in todo
    assert "DUE" not in todo


@pytest.mark.parametrize(
    ("lines", "start", "due"),
    [
        ('when = "三月"', date(2023, 3, 1), date(2023, 3, 31)),
        ('when = "三八节"', None, date(2023, 3, 8)),
        ('on = "2023-06-16"', None, date(2023, 6, 16)),
        ('on = "2023-05-18/2023-05-19"', date(2023, 5, 18), date(2023, 5, 19)),
    ],
)
def test_a_todo_is_due_on_its_last_day(tmp_path: Path, lines: str, start: date | None, due: date) -> None:
    todo = only(whole(read_plan(tmp_path, task(lines)), "todos"))
    assert todo["SUMMARY"] == "特色项目评比"
    assert (todo["DTSTART"].dt if "DTSTART" in todo else None) == start
    assert todo["DUE"].dt == due
    assert todo["DUE"].params["VALUE"] == "DATE"
    assert todo["STATUS"] == "NEEDS-ACTION"
    assert not {"DTEND", "DURATION", "COMPLETED"} & todo.keys()


def test_a_todo_with_a_time_is_due_then(tmp_path: Path) -> None:
    todo = only(whole(read_plan(tmp_path, task('on = "2023-06-16 14:00-16:30"')), "todos"))
    assert "DTSTART" not in todo
    assert todo["DUE"].dt.hour == 14
    assert todo["DUE"].params["TZID"] == "Asia/Shanghai"


def test_dates_of_a_year_without_a_holiday_notice_say_so(tmp_path: Path) -> None:
    head = HEAD.replace("2023-0", "2033-0").replace("2033-02-13", "2033-02-14")
    event = parts(whole(read_plan(tmp_path, task('when = "三月"'), head=head)))["e.t@2023-spring-k3f9"]
    assert "放假安排尚未公布" in event["DESCRIPTION"]


def test_branch_files_hold_their_own_tasks_and_the_offices(tmp_path: Path) -> None:
    tasks = (
        task('when = "三月"\nfor = "branches"', "each")
        + task('when = "三月"\nfor = ["mechanical"]', "one")
        + task('when = "三月"', "office")
    )
    feeds = feeds_of(read_plan(tmp_path, tasks))
    held = {
        name: [uid[2:].partition("@")[0] for uid in parts(feed.content) if uid.startswith("e.")]
        for name, feed in feeds.items()
    }
    assert held == {
        "全部.ics": ["each", "one", "office"],
        "机电分工会.ics": ["each", "one", "office"],
        "经管分工会.ics": ["each", "office"],
    }


def test_items_of_other_plugins_are_shown_too(tmp_path: Path) -> None:
    """They may have no task, several days with times, or an end that is earlier than the beginning."""
    day = Window(date(2023, 3, 1), date(2023, 3, 1))
    items = [
        CalendarItem("ledger.due", "台账截止", "decided", day),
        CalendarItem("camp", "疗休养", "decided", Window(day.start, date(2023, 3, 3)), time(8), time(17)),
        CalendarItem("late", "夜里结束", "decided", day, time(22), time(1)),
        CalendarItem("ledger.due", "同一个编号", "decided", day),
        CalendarItem("hidden", "内部事项", "decided", day, private=True),
    ]
    found = parts(whole(read_plan(tmp_path, ""), "full", items))
    titles = {uid.partition("@")[0]: str(part["SUMMARY"]) for uid, part in found.items()}
    assert titles.keys() == {"e.ledger.due", "t.ledger.due", "e.camp", "t.camp", "e.late", "t.late"}
    assert titles["e.ledger.due"] == "台账截止"
    camp = found["e.camp@2023-spring-k3f9"]
    assert (camp["DTSTART"].dt.day, camp["DTEND"].dt.day, camp["DTEND"].dt.hour) == (1, 3, 17)
    assert "时间：2023年3月1日（星期三）08:00至2023年3月3日（星期五）17:00" in camp["DESCRIPTION"]
    late = found["e.late@2023-spring-k3f9"]
    assert late["DTEND"].dt > late["DTSTART"].dt
