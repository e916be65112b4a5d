"""What calendars are told of a plan that lives: one component moves, the others stay as they are, byte for byte."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.api import Plan
from tests.plugins.ical.made import NOW, feeds_of, items_of, logical_lines, marked, only, parts, read_plan, tell, whole
from tests.plugins.ical.test_readers import ZONES, understood

TASKS = """
[[tasks]]
id = "apply"
title = "特色项目申报"
when = "三月"
for = ["mechanical"]
remind = ["1d"]

[[tasks]]
id = "review"
title = "特色项目评比"
when = "六月"

[[tasks]]
id = "meetings"
title = "集中学习"
when = "3-4月"
times = { every = "month", least = 1 }

[[tasks]]
id = "some-time"
title = "召开委员会议"
when = "适时"
"""
LATER = NOW + timedelta(days=7)
PLAN_ID = "2023-spring-k3f9"


def scheduled(tasks: str, when: str, on: str) -> str:
    return tasks.replace(f'when = "{when}"\n', f'when = "{when}"\non = "{on}"\n')


def differing(before: bytes, after: bytes) -> set[str]:
    old, new = ({uid: part.to_ical() for uid, part in parts(content).items()} for content in (before, after))
    return {uid.partition("@")[0] for uid in old.keys() | new.keys() if old.get(uid) != new.get(uid)}


def test_a_decided_day_changes_one_component_and_takes_its_deadline_away(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, TASKS)
    journal = tell(plan, [])
    before = whole(plan, journal=journal)
    decided = read_plan(tmp_path, scheduled(TASKS, "六月", "2023-06-16 14:00-16:30"))
    after = whole(decided, journal=journal, now=LATER)
    assert differing(before, after) == {"e.review", "d.review"}
    assert f"d.review@{PLAN_ID}" not in parts(after)
    event = parts(after)[f"e.review@{PLAN_ID}"]
    assert (event["SEQUENCE"], event["STATUS"], event["SUMMARY"]) == (1, "CONFIRMED", "特色项目评比")
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == LATER
    assert event["CREATED"].dt == NOW


def test_an_unchanged_plan_gives_the_same_bytes_whenever_and_wherever(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, TASKS)
    journal = tell(plan, [])
    first = {name: feed.content for name, feed in feeds_of(plan, "full").items()}
    for moment in (NOW, LATER):
        again = feeds_of(plan, "full", journal=journal, now=moment)
        assert {name: feed.content for name, feed in again.items()} == first
    assert tell(plan, journal, LATER) == journal


def test_the_stamp_is_the_time_in_the_journal_to_the_second(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, TASKS)
    moment = datetime(2023, 3, 6, 1, 2, 3, 999999, tzinfo=UTC)
    told = whole(plan, now=moment)
    journal = tell(plan, [], moment)
    assert {entry.time for entry in journal} == {"2023-03-06T01:02:03.999Z"}
    assert "DTSTAMP:20230306T010203Z" in logical_lines(told)
    assert whole(plan, journal=journal, now=LATER) == told


def test_a_note_moves_the_stamp_and_not_the_number(tmp_path: Path) -> None:
    journal = tell(read_plan(tmp_path, TASKS), [])
    noted = read_plan(tmp_path, TASKS.replace('title = "特色项目评比"\n', 'title = "特色项目评比"\nnote = "带表格"\n'))
    event = parts(whole(noted, journal=journal, now=LATER))[f"e.review@{PLAN_ID}"]
    assert event["SEQUENCE"] == 0
    assert event["LAST-MODIFIED"].dt == LATER


def test_a_slot_that_shares_its_month_no_more_has_another_title(tmp_path: Path) -> None:
    tasks = '\n[[tasks]]\nid = "t"\ntitle = "学习"\nwhen = "三月"\ntimes = {{ every = "month", exactly = {} }}\n'
    journal = tell(read_plan(tmp_path, tasks.format(2)), [])
    event = only(whole(read_plan(tmp_path, tasks.format(1)), journal=journal, now=LATER))
    assert (event["SUMMARY"], event["SEQUENCE"]) == ("〔三月·日期待定〕学习", 1)


def test_a_branchs_file_goes_ahead_and_the_others_follow_with_the_same_component(tmp_path: Path) -> None:
    journal = tell(read_plan(tmp_path, TASKS), [])
    decided = read_plan(tmp_path, scheduled(TASKS, "六月", "2023-06-16"))
    ahead = feeds_of(decided, branches=["mechanical"], journal=journal, now=LATER)["机电分工会.ics"].content
    journal = tell(decided, journal, LATER, ["mechanical"])
    everybody = feeds_of(decided, journal=journal, now=LATER + timedelta(days=1))
    assert everybody["机电分工会.ics"].content == ahead
    assert not differing(everybody["全部.ics"].content, ahead)


def done(tmp_path: Path, task: str, status: str, profile: str, occurrence: str | None = None) -> dict[str, Any]:
    plan = read_plan(tmp_path, TASKS)
    journal = tell(plan, [])
    journal.append(marked(plan, task, status, occurrence, LATER))
    found = parts(whole(plan, profile, journal=journal, now=LATER))
    return {uid.partition("@")[0]: part for uid, part in found.items()}


def test_what_is_done_stays_and_says_so(tmp_path: Path) -> None:
    found = done(tmp_path, "apply", "done", "events")
    event = found["e.apply"]
    assert event["SUMMARY"] == "〔完成〕特色项目申报"
    assert (event["SEQUENCE"], event["STATUS"], event["DTSTART"].dt) == (1, "CONFIRMED", date(2023, 3, 1))
    assert "待定" not in event["DESCRIPTION"]
    assert "状态：已完成。" in event["DESCRIPTION"]
    assert not event.walk("VALARM"), "nobody need be reminded"
    assert "d.apply" not in found


def test_what_is_done_says_nothing_about_another_task_of_that_day(tmp_path: Path) -> None:
    tasks = "".join(f'\n[[tasks]]\nid = "t{n}"\ntitle = "学习"\non = "2023-03-08"\n' for n in range(2))
    plan = read_plan(tmp_path, tasks)
    for first in ("t0", "t1"):
        found = parts(whole(plan, journal=[marked(plan, first, "done")])).values()
        assert sorted("已完成" in part["DESCRIPTION"] for part in found) == [False, True]


def test_a_long_title_has_room_for_the_mark(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, TASKS.replace("特色项目评比", "长" * 200))
    event = parts(whole(plan, journal=[marked(plan, "review", "done")]))[f"e.review@{PLAN_ID}"]
    assert event["SUMMARY"].startswith("〔完成〕长")
    assert len(event["SUMMARY"]) == 100
    assert "长" * 200 in event["DESCRIPTION"]


def test_a_done_todo_is_completed_when_it_was_ticked(tmp_path: Path) -> None:
    todo = done(tmp_path, "apply", "done", "todos")["t.apply"]
    assert (todo["STATUS"], todo["PERCENT-COMPLETE"], todo["SEQUENCE"]) == ("COMPLETED", 100, 1)
    assert todo["COMPLETED"].dt == LATER
    assert todo["SUMMARY"] == "特色项目申报"


def test_a_begun_todo_is_in_process(tmp_path: Path) -> None:
    todo = done(tmp_path, "apply", "doing", "todos")["t.apply"]
    assert todo["STATUS"] == "IN-PROCESS"
    assert not {"COMPLETED", "PERCENT-COMPLETE"} & todo.keys(), "how much of it is done nobody has said"


def test_a_filled_slot_needs_no_marker_and_its_todo_is_ticked(tmp_path: Path) -> None:
    found = done(tmp_path, "meetings", "done", "full", "2023-03")
    assert "e.meetings.2023-03" not in found
    assert found["t.meetings.2023-03"]["STATUS"] == "COMPLETED"
    assert found["e.meetings.2023-04"]["SUMMARY"] == "〔四月·日期待定〕集中学习"


@pytest.mark.parametrize("profile", ["events", "todos", "full"])
def test_what_is_cancelled_is_absent(tmp_path: Path, profile: str) -> None:
    found = done(tmp_path, "apply", "cancelled", profile)
    assert not {"e.apply", "d.apply", "t.apply"} & found.keys()
    assert {"e.review", "t.review"} & found.keys()


def test_what_is_postponed_without_a_day_is_among_the_undated(tmp_path: Path) -> None:
    from planner_ical.manifest import make_manifest

    plan = read_plan(tmp_path, TASKS)
    journal = [*tell(plan, []), marked(plan, "review", "postponed", at=LATER), marked(plan, "some-time", "done")]
    assert not {"e.review", "d.review"} & {uid.partition("@")[0] for uid in parts(whole(plan, journal=journal))}
    todo = parts(whole(plan, "todos", journal=journal))[f"t.review@{PLAN_ID}"]
    assert not {"DTSTART", "DUE"} & todo.keys()
    assert "时间：另定" in todo["DESCRIPTION"]
    manifest = make_manifest(plan, items_of(plan, journal), "events", [])
    assert [entry["key"] for entry in manifest["undated"]] == ["review"], "and what is done needs no date any more"


def test_readers_agree_on_all_states(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, TASKS)
    journal = tell(plan, [])
    smaller = read_plan(tmp_path, TASKS.partition('[[tasks]]\nid = "some-time"')[0])
    journal += [
        marked(plan, "apply", "done"),
        marked(plan, "meetings", "doing", "2023-03"),
        marked(plan, "review", "cancelled"),
    ]
    content = whole(smaller, "full", journal=journal, now=LATER, keep_cancelled=True)
    found = [read for zone in ZONES for read in understood(content, tmp_path, zone).values()]
    assert len(found[0]) == 11
    assert all(read == found[0] for read in found[1:])


def test_one_item_is_one_component_even_in_many_revisions(tmp_path: Path) -> None:
    journal: list[Any] = []
    for n in range(4):
        plan: Plan = read_plan(tmp_path, f'\n[[tasks]]\nid = "t"\ntitle = "第{n}稿"\non = "2023-03-0{n + 1}"\n')
        event = only(whole(plan, journal=journal, now=NOW + timedelta(days=n), keep_cancelled=True))
        assert event["SEQUENCE"] == n
        journal = tell(plan, journal, NOW + timedelta(days=n))
