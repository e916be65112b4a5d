"""`--keep-cancelled`: what people were told once and is not to be, for those who imported a file and keep it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.journal.entry import Entry
from planner_ical.feeds import one_calendar
from planner_ical.settings import settings_of
from tests.plugins.ical.made import NOW, feeds_of, items_of, marked, parts, read_plan, revisions_of, tell

HEAD = '\n[[tasks]]\nid = "{}"\ntitle = "特色项目评比"\n{}\n'
DAY = 'when = "三月"\non = "2023-03-08 14:00-16:00"\nplace = "报告厅"\ngoals = ["activities"]\n'
MONTH = 'when = "三月"\n'
LATER, LATEST = NOW + timedelta(days=7), NOW + timedelta(days=14)


def task(lines: str, key: str = "t") -> str:
    return HEAD.format(key, lines)


def cancelled(feeds: dict[str, Any], name: str = "全部.ics") -> dict[str, Any]:
    """The cancelled components of a file."""
    found = parts(feeds[name].content)
    return {uid.partition("@")[0]: part for uid, part in found.items() if part.get("STATUS") == "CANCELLED"}


class Change:
    """A plan that was told, and has changed since."""

    def __init__(self, folder: Path, before: str, after: str, marks: Sequence[tuple[str, ...]] = ()) -> None:
        self.journal: list[Entry] = tell(read_plan(folder, before), [])
        self.plan = read_plan(folder, after)
        self.journal += [marked(self.plan, *mark, at=LATER) for mark in marks]  # type: ignore[arg-type]

    def feeds(self, profile: str = "events", *, keep: bool = True) -> dict[str, Any]:
        return feeds_of(self.plan, profile, journal=self.journal, now=LATER, keep_cancelled=keep)


def test_a_dropped_task_is_absent_or_cancelled_as_asked(tmp_path: Path) -> None:
    change = Change(tmp_path, task(DAY), "")
    assert not parts(change.feeds(keep=False)["全部.ics"].content)
    for name in ("全部.ics", "机电分工会.ics", "经管分工会.ics"):
        event = cancelled(change.feeds(), name)["e.t"]
        assert event["SUMMARY"] == "〔取消〕特色项目评比"
        assert (event["SEQUENCE"], event["LAST-MODIFIED"].dt, event["CREATED"].dt) == (1, LATER, NOW)
        assert event["DTSTART"].dt.hour == 14
        assert event["LOCATION"] == "报告厅"
        assert "状态：已取消。" in event["DESCRIPTION"]
        assert event["TRANSP"] == "TRANSPARENT", "nobody is busy then"


def test_a_cancelled_task_is_too_with_its_deadline(tmp_path: Path) -> None:
    found = cancelled(Change(tmp_path, task(MONTH), task(MONTH), [("t", "cancelled")]).feeds("full"))
    assert {uid: str(part["SUMMARY"]) for uid, part in found.items()} == {
        "e.t": "〔取消〕特色项目评比",
        "d.t": "〔不再提示截止〕特色项目评比",
        "t.t": "〔取消〕特色项目评比",
    }
    assert found["e.t"]["DTSTART"].dt == date(2023, 3, 1)
    assert found["d.t"]["DTSTART"].dt == date(2023, 3, 24)
    assert found["t.t"]["DUE"].dt == date(2023, 3, 31)
    assert all(part["SEQUENCE"] == 1 for part in found.values())
    assert "待定" not in found["e.t"]["DESCRIPTION"]


def test_the_deadline_of_a_decided_task_is_taken_back_and_nothing_else(tmp_path: Path) -> None:
    found = cancelled(Change(tmp_path, task(MONTH), task(DAY)).feeds())
    assert found.keys() == {"d.t"}
    assert "已取消" not in found["d.t"]["DESCRIPTION"], "the task itself takes place"


@pytest.mark.parametrize("mark", [[("t", "postponed")], []], ids=["postponed", "undated"])
def test_what_lost_its_day_is_taken_back_until_there_is_another(tmp_path: Path, mark: list[tuple[str, ...]]) -> None:
    after = task('when = "适时"') if not mark else task(DAY)
    found = cancelled(Change(tmp_path, task(DAY), after, mark).feeds("full"))
    assert found.keys() == {"e.t"}, "the to-do stays, without a date"
    assert "时间另定" in found["e.t"]["DESCRIPTION"].replace("新的", "")


def test_what_became_private_loses_its_name(tmp_path: Path) -> None:
    change = Change(tmp_path, task(DAY), task(DAY + "private = true\n"))
    for feed in change.feeds("full").values():
        content = feed.content.replace(b"\r\n ", b"")
        for word in ("特色", "报告厅", "文体"):
            assert word.encode() not in content
    found = cancelled(change.feeds("full"))
    assert {str(part["SUMMARY"]) for part in found.values()} == {"已取消"}
    assert not {"LOCATION", "DESCRIPTION", "CATEGORIES"} & found["e.t"].keys()


def test_it_stays_unnamed_when_the_private_task_is_deleted(tmp_path: Path) -> None:
    change = Change(tmp_path, task(DAY), task(DAY + "private = true\n"))
    journal = tell(change.plan, change.journal, LATER)
    feeds = feeds_of(read_plan(tmp_path, ""), journal=journal, now=LATEST, keep_cancelled=True)
    assert feeds["全部.ics"].content == change.feeds()["全部.ics"].content


@pytest.mark.parametrize(
    ("before", "after", "marks"),
    [
        ("", task(DAY), [("t", "cancelled")]),
        ("", task(DAY + "private = true\n"), []),
        (task(DAY + "private = true\n"), "", []),
        (task('when = "适时"'), "", []),
    ],
    ids=["cancelled-before", "always-private", "private-dropped", "never-dated"],
)
def test_what_no_calendar_ever_had_is_not_taken_back(
    tmp_path: Path, before: str, after: str, marks: list[tuple[str, ...]]
) -> None:
    assert not cancelled(Change(tmp_path, before, after, marks).feeds())


def test_what_was_done_is_not_cancelled(tmp_path: Path) -> None:
    quota = task('when = "3-4月"\ntimes = { every = "month", least = 1 }')
    filled = Change(tmp_path, quota, quota, [("t", "done", "2023-03")])
    assert not cancelled(filled.feeds())
    plan = read_plan(tmp_path, task(DAY))
    journal = tell(plan, [marked(plan, "t", "done")])
    feeds = feeds_of(read_plan(tmp_path, ""), journal=journal, now=LATER, keep_cancelled=True)
    assert not cancelled(feeds), "dropped from the plan when it was over"


def test_a_branch_that_gave_a_task_away_takes_it_back_and_nobody_else(tmp_path: Path) -> None:
    change = Change(tmp_path, task(DAY + 'for = ["mechanical"]'), task(DAY + 'for = ["economics"]'))
    feeds = change.feeds()
    held = {name: [str(p["STATUS"]) for p in parts(feed.content).values()] for name, feed in feeds.items()}
    assert held == {"全部.ics": ["CONFIRMED"], "机电分工会.ics": ["CANCELLED"], "经管分工会.ics": ["CONFIRMED"]}
    numbers = {name: [p["SEQUENCE"] for p in parts(feed.content).values()] for name, feed in feeds.items()}
    assert set(map(tuple, numbers.values())) == {(1,)}


def test_the_file_of_the_whole_plan_takes_back_only_what_it_had(tmp_path: Path) -> None:
    change = Change(tmp_path, task(DAY + 'for = ["mechanical"]'), task(DAY + 'for = ["economics"]'))
    plan, items = change.plan, items_of(change.plan, change.journal)
    settings = settings_of(plan, "events", keep_cancelled=True)
    content = one_calendar(plan, items, revisions_of(plan, change.journal, LATER), settings)
    assert [str(part["STATUS"]) for part in parts(content).values()] == ["CONFIRMED"]


def test_only_those_who_were_told_take_it_back(tmp_path: Path) -> None:
    journal = tell(read_plan(tmp_path, task(DAY)), [], branches=["economics"])
    feeds = feeds_of(read_plan(tmp_path, ""), journal=journal, now=LATER, keep_cancelled=True)
    assert {name: len(cancelled(feeds, name)) for name in feeds} == {
        "全部.ics": 0,
        "机电分工会.ics": 0,
        "经管分工会.ics": 1,
    }


@pytest.mark.parametrize("profile", ["events", "todos", "full"])
def test_later_files_say_the_same_byte_for_byte(tmp_path: Path, profile: str) -> None:
    before = task(MONTH) + task(DAY, "u") + task(MONTH, "v") + task(DAY, "w") + task(DAY + 'for = ["mechanical"]', "x")
    after = task(DAY) + task('when = "适时"', "v") + task(DAY + "private = true\n", "w")
    change = Change(tmp_path, before, after + task(DAY + 'for = ["economics"]', "x"))
    first = {name: feed.content for name, feed in change.feeds(profile).items()}
    journal = tell(change.plan, change.journal, LATER)
    again = feeds_of(change.plan, profile, journal=journal, now=LATEST, keep_cancelled=True)
    assert {name: feed.content for name, feed in again.items()} == first
    assert b"STATUS:CANCELLED" in first["全部.ics"]


def test_a_branchs_file_stays_the_same_while_what_it_lost_goes_on_changing_elsewhere(tmp_path: Path) -> None:
    journal: list[Entry] = []
    for n, lines in enumerate([DAY + 'for = ["mechanical"]', DAY + 'for = ["economics"]', 'for = ["economics"]']):
        plan = read_plan(tmp_path, task(lines))
        moment = NOW + timedelta(days=n)
        first = feeds_of(plan, branches=["mechanical"], journal=journal, now=moment, keep_cancelled=True)
        journal = tell(plan, journal, moment, ["mechanical"])
        again = feeds_of(plan, branches=["mechanical"], journal=journal, now=LATEST, keep_cancelled=True)
        assert again == first
    assert len(cancelled(first, "机电分工会.ics")) == 1


def test_what_comes_back_is_cancelled_no_more(tmp_path: Path) -> None:
    change = Change(tmp_path, task(DAY), "")
    journal = tell(change.plan, change.journal, LATER)
    feeds = feeds_of(read_plan(tmp_path, task(DAY)), journal=journal, now=LATEST, keep_cancelled=True)
    (event,) = parts(feeds["全部.ics"].content).values()
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 2)


def test_the_plans_table_can_ask_for_it(tmp_path: Path) -> None:
    assert settings_of(read_plan(tmp_path, "\n[ical]\nkeep-cancelled = true\n")).keep_cancelled
    assert not settings_of(read_plan(tmp_path, "")).keep_cancelled
