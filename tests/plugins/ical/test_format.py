"""The form of the files, rule by rule: what calendar programs are known to need."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from planner_ical.export import export
from planner_ical.settings import COLORS
from tests.plugins.ical.made import HEAD, feeds_of, logical_lines, only, parts, read_plan, snapshot_of, whole

TASKS = """
[[tasks]]
id = "apply"
title = "特色项目申报"
when = "三月"
goals = ["activities"]
for = "branches"

[[tasks]]
id = "review"
title = "特色项目评比"
on = "2023-06-16 14:00-16:30"
place = "报告厅, 二楼"
needs = [{ task = "apply", lag = "7d" }, "secret"]
goals = ["activities"]
for = ["mechanical"]
remind = ["7d", "2h"]
note = "第一行\\n第二行"
links = ["https://example.org/通知?a=1"]

[[tasks]]
id = "trip"
title = "一日游"
on = "2023-05-06"
remind = ["7d", "1d"]

[[tasks]]
id = "secret"
title = "困难职工档案"
when = "四月"
private = true
"""
HOSTILE = """
[[tasks]]
id = "hostile"
title = "a\\r\\nATTENDEE:mailto:x@example.org\\u001b[2J\\u202e=cmd|'/c calc'!A0 {long}"
when = "三月"
place = "一\\r\\nORGANIZER:y"
note = "BEGIN:VALARM\\r\\nEND:VEVENT\\n\\u0007"
"""


def test_files_are_utf8_with_crlf_and_short_lines(tmp_path: Path) -> None:
    content = whole(read_plan(tmp_path, TASKS + HOSTILE.replace("{long}", "长😀" * 150)), "full")
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(re.search(rb"[\x00-\x1f\x7f]", line) for line in lines)
    for line in lines:
        line.decode()


def test_a_calendar_begins_with_what_every_reader_needs(tmp_path: Path) -> None:
    lines = logical_lines(feeds_of(read_plan(tmp_path, TASKS))["机电分工会.ics"].content)
    name = "机电分工会 · 2022—2023 学年第二学期工会工作计划"
    assert lines[: lines.index("BEGIN:VTIMEZONE")] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//planner//semester plan//ZH",
        "CALSCALE:GREGORIAN",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        "X-WR-TIMEZONE:Asia/Shanghai",
        "COLOR:firebrick",
        "X-APPLE-CALENDAR-COLOR:#B22222",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
    ]


def test_the_table_of_the_plan_sets_name_colour_profile_reminders_and_method(tmp_path: Path) -> None:
    table = '\n[ical]\nname = "工会2023年春"\ncolor = "teal"\nprofile = "todos"\nremind = ["1d"]\npublish = true\n'
    content = feeds_of(read_plan(tmp_path, table + TASKS), profile="")["全部.ics"].content
    lines = logical_lines(content)
    assert {
        "NAME:工会2023年春",
        "COLOR:teal",
        f"X-APPLE-CALENDAR-COLOR:{COLORS['teal']}",
        "METHOD:PUBLISH",
    } <= {*lines}
    assert {part.name for part in parts(content).values()} == {"VTODO"}
    assert len(parts(content)["t.apply@2023-spring-k3f9"].walk("VALARM")) == 1


def test_a_feed_has_no_method_unless_asked(tmp_path: Path) -> None:
    assert b"METHOD" not in whole(read_plan(tmp_path, TASKS))


def test_an_exported_file_is_no_feed(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, TASKS)
    content = export(snapshot_of(plan))
    assert b"REFRESH-INTERVAL" not in content
    assert parts(content).keys() == parts(whole(plan)).keys()


def test_what_was_never_told_is_stamped_with_the_moment_of_telling(tmp_path: Path) -> None:
    lines = logical_lines(whole(read_plan(tmp_path, TASKS)))
    for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED"):
        assert {line for line in lines if line.startswith(name)} == {f"{name}:20230228T010203Z"}
    assert {line for line in lines if line.startswith("SEQUENCE")} == {"SEQUENCE:0"}


def test_the_time_zone_has_one_rule_and_stands_first_where_it_is_used(tmp_path: Path) -> None:
    content = whole(read_plan(tmp_path, TASKS))
    zone = logical_lines(content[content.index(b"BEGIN:VTIMEZONE") : content.index(b"BEGIN:VEVENT")])
    assert zone == [
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Shanghai",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0800",
        "TZOFFSETTO:+0800",
        "TZNAME:CST",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]
    assert b"VTIMEZONE" not in feeds_of(read_plan(tmp_path, TASKS))["经管分工会.ics"].content


def test_no_time_floats_and_none_is_in_utc(tmp_path: Path) -> None:
    lines = logical_lines(whole(read_plan(tmp_path, TASKS), "full"))
    times = [line for line in lines if re.match("(DTSTART|DTEND|DUE)[;:]", line) and "19700101" not in line]
    pattern = r"(DTSTART|DTEND|DUE)(;VALUE=DATE:\d{8}|;TZID=Asia/Shanghai:\d{8}T\d{6})"
    assert times
    assert all(re.fullmatch(pattern, line) for line in times)


def test_an_empty_calendar_is_still_valid(tmp_path: Path) -> None:
    """A subscribed file must not vanish, and RFC 5545 asks for one component at least."""
    content = whole(read_plan(tmp_path, ""))
    assert content.count(b"BEGIN:VTIMEZONE") == 1
    assert not parts(content)


@pytest.mark.parametrize("profile", ["events", "todos", "full"])
def test_a_hostile_title_does_nothing(tmp_path: Path, profile: str) -> None:
    content = whole(read_plan(tmp_path, HOSTILE.replace("{long}", "长" * 300)), profile)
    names = {re.split("[;:]", line)[0] for line in logical_lines(content)}
    assert not names & {"ATTENDEE", "ORGANIZER", "ATTACH"}
    for part in parts(content).values():
        assert len(part["SUMMARY"]) <= 100
        assert not part.walk("VALARM")
        assert "a ATTENDEE:mailto:x@example.org�[2J�=cmd|'/c calc'!A0" in part["SUMMARY"]
        assert "长" * 300 in part["DESCRIPTION"], "the whole title is in the description"
        assert part["LOCATION"] == "一 ORGANIZER:y"
        assert "备注：BEGIN:VALARM\nEND:VEVENT\n�" in part["DESCRIPTION"]


def test_texts_are_stripped_and_descriptions_say_what_is_known(tmp_path: Path) -> None:
    event = parts(whole(read_plan(tmp_path, TASKS)))["e.review@2023-spring-k3f9"]
    assert event["LOCATION"] == "报告厅, 二楼"
    assert event["DESCRIPTION"].split("\n") == [
        "时间：2023年6月16日（星期五）14:00—16:30",
        "承办：机电分工会",
        "目标：文体活动",
        "前置：特色项目申报（完成后至少隔7天）",
        "备注：第一行",
        "第二行",
        "链接：https://example.org/%E9%80%9A%E7%9F%A5?a=1",
    ]


def test_alarms_of_events_come_before_the_start_and_last_in_the_component(tmp_path: Path) -> None:
    found = parts(whole(read_plan(tmp_path, TASKS)))
    triggers = {uid: [alarm["TRIGGER"].dt for alarm in part.walk("VALARM")] for uid, part in found.items()}
    assert triggers["e.review@2023-spring-k3f9"] == [timedelta(days=-7), timedelta(hours=-2)]
    # 09:00, seven days and one day before the midnight at which an all-day event begins
    assert triggers["e.trip@2023-spring-k3f9"] == [-timedelta(days=6, hours=15), -timedelta(hours=15)]
    for block in whole(read_plan(tmp_path, TASKS)).split(b"BEGIN:VEVENT")[1:]:
        assert b"END:VALARM" not in block or block.rpartition(b"END:VALARM")[2].startswith(b"\r\nEND:VEVENT")


def test_alarms_of_todos_are_instants_in_utc(tmp_path: Path) -> None:
    lines = logical_lines(whole(read_plan(tmp_path, TASKS), "todos"))
    assert [line for line in lines if line.startswith("TRIGGER")] == [
        "TRIGGER;VALUE=DATE-TIME:20230609T060000Z",
        "TRIGGER;VALUE=DATE-TIME:20230616T040000Z",
        "TRIGGER;VALUE=DATE-TIME:20230429T010000Z",
        "TRIGGER;VALUE=DATE-TIME:20230505T010000Z",
    ]


def test_hours_before_a_whole_day_ring_once_on_the_morning_before(tmp_path: Path) -> None:
    tasks = '\n[[tasks]]\nid = "t"\ntitle = "x"\non = "2023-05-06"\nremind = ["2h", "1d"]\n'
    (alarm,) = only(whole(read_plan(tmp_path, tasks))).walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(hours=-15)
    assert alarm["DESCRIPTION"] == "x"


def test_tasks_without_reminders_get_those_of_the_plan(tmp_path: Path) -> None:
    found = parts(whole(read_plan(tmp_path, '\n[ical]\nremind = ["3d"]\n' + TASKS)))
    days = {uid[:7]: [alarm["TRIGGER"].dt.days for alarm in part.walk("VALARM")] for uid, part in found.items()}
    assert days["e.apply"] == [-3]
    assert days["d.apply"] == [], "the marker is a reminder itself"
    assert days["e.revie"] == [-7, -1]


def test_relations_are_only_in_the_full_profile_and_point_inside_the_file(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, TASKS)
    assert b"RELATED-TO" not in whole(plan, "events") + whole(plan, "todos")
    found = parts(whole(plan, "full"))
    related = {uid: part["RELATED-TO"] for uid, part in found.items() if "RELATED-TO" in part}
    assert {uid: str(target) for uid, target in related.items()} == {
        "e.review@2023-spring-k3f9": "e.apply@2023-spring-k3f9",
        "t.review@2023-spring-k3f9": "t.apply@2023-spring-k3f9",
    }
    assert all(t.params == {"RELTYPE": "FINISHTOSTART", "GAP": "P7D"} for t in related.values())


def test_a_relation_to_another_branchs_task_is_left_out(tmp_path: Path) -> None:
    tasks = TASKS.replace('for = "branches"', 'for = ["economics"]')
    content = feeds_of(read_plan(tmp_path, tasks), "full")["机电分工会.ics"].content
    assert b"RELATED-TO" not in content
    assert "前置：特色项目申报" in parts(content)["e.review@2023-spring-k3f9"]["DESCRIPTION"]


def test_nothing_recurs_and_lunar_dates_are_plain_ones(tmp_path: Path) -> None:
    tasks = '\n[[tasks]]\nid = "t"\ntitle = "x"\nwhen = "每周五下午"\n'
    content = whole(read_plan(tmp_path, tasks))
    assert not re.search(rb"^(RRULE|RDATE|EXDATE)", content, re.MULTILINE)
    assert len(parts(content)) > 10


def test_categories_are_who_and_why_without_a_comma_in_them(tmp_path: Path) -> None:
    head = HEAD.replace('"文体活动"', '"文体, 活动; 与“教工之家”"')
    found = parts(whole(read_plan(tmp_path, TASKS, head=head)))
    assert found["e.apply@2023-spring-k3f9"]["CATEGORIES"].cats == ["分工会", "文体， 活动； 与“教工之家”"]
    assert found["e.review@2023-spring-k3f9"]["CATEGORIES"].cats[0] == "机电分工会"
    assert found["e.trip@2023-spring-k3f9"]["CATEGORIES"].cats == ["工会本部"]


def test_the_first_link_is_the_url(tmp_path: Path) -> None:
    assert "URL:https://example.org/%E9%80%9A%E7%9F%A5?a=1" in logical_lines(whole(read_plan(tmp_path, TASKS)))


def test_what_is_private_is_in_no_file_and_named_by_nobody(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, TASKS)
    for profile in ("events", "todos", "full"):
        for feed in feeds_of(plan, profile).values():
            assert "困难职工".encode() not in feed.content.replace(b"\r\n ", b"")
            assert b"secret" not in feed.content


MANY = "".join(f'\n[[tasks]]\nid = "t{n}"\ntitle = "事项{n}"\nwhen = "{n % 5 + 2}月"\n' for n in range(520))


def test_too_many_entries_are_split_by_month_and_none_is_lost(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, MANY + '\n[[tasks]]\nid = "u"\ntitle = "无日期"\n')
    feeds = feeds_of(plan, "full")
    assert {name for name in feeds if name.startswith("全部")} == {
        "全部-2023-02.ics",
        "全部-2023-03.ics",
        "全部-2023-04.ics",
        "全部-2023-05.ics",
        "全部-2023-06.ics",
        "全部-无日期.ics",
    }
    held: set[str] = set()
    for name, feed in feeds.items():
        assert len(feed.content) <= 900_000
        assert feed.content.count(b"BEGIN:") <= 1_500
        if name.startswith("全部"):
            assert not held & parts(feed.content).keys()
            held |= parts(feed.content).keys()
    assert len(held) == 3 * 520 + 1
    assert "X-WR-CALNAME:2022—2023 学年第二学期工会工作计划 2023-02" in logical_lines(feeds["全部-2023-02.ics"].content)


def test_a_month_that_is_too_large_is_split_further(tmp_path: Path) -> None:
    note = f'note = "{"长" * 5_000}"\n'
    tasks = "".join(f'\n[[tasks]]\nid = "t{n}"\ntitle = "x"\non = "2023-03-01"\n{note}' for n in range(100))
    feeds = feeds_of(read_plan(tmp_path, tasks))
    assert [name for name in feeds if name.startswith("全部")] == ["全部-2023-03.ics", "全部-2023-03-2.ics"]
    assert all(len(feed.content) <= 900_000 for feed in feeds.values())
