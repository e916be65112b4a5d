"""Independent readers understand the same, wherever the machine is; and the plain way of a library writes the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from planner.api import Plan
from tests.plugins.ical.made import HEAD, NOW, items_of, only, parts, read_plan, whole

READ_BACK = Path(__file__).with_name("read_back.py")
ZONES = ("Asia/Shanghai", "America/Los_Angeles")
SHANGHAI = ZoneInfo("Asia/Shanghai")

TASKS = """
[[tasks]]
id = "apply"
title = "“一会一品”特色项目申报, 第1轮; \\\\n 😀"
when = "三月"
goals = ["activities"]
for = "branches"
remind = ["7d", "1d"]

[[tasks]]
id = "review"
title = "特色项目评比（很长的标题，用来折行，用来折行，用来折行，用来折行）"
when = "六月"
on = "2023-06-16 14:00-16:30"
place = "报告厅"
needs = [{ task = "apply", lag = "7d" }]
goals = ["activities"]
remind = ["7d", "2h"]
note = "第一行\\n  第二行  \\n\\n"
links = ["https://example.org/通知?a=1,2"]

[[tasks]]
id = "early"
title = "清早出发"
on = "2023-05-06 00:30"

[[tasks]]
id = "days"
title = "两天的培训"
on = "2023-05-18/2023-05-19"
remind = ["1d"]

[[tasks]]
id = "meetings"
title = "集中学习"
when = "3-5月"
times = { every = "month", least = 2 }
"""


def understood(content: bytes, folder: Path, zone: str) -> dict[str, list[dict[str, Any]]]:
    """What each reader makes of a file on a machine in that time zone."""
    path = folder / "read.ics"
    path.write_bytes(content)
    environment = {**os.environ, "TZ": zone, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, str(READ_BACK), str(path)],
        capture_output=True,
        env=environment,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
    return {reader: sorted(found, key=lambda part: part["uid"]) for reader, found in result.items()}


def test_three_readers_in_two_time_zones_agree(tmp_path: Path) -> None:
    content = whole(read_plan(tmp_path, TASKS), "full")
    everything = [found for zone in ZONES for found in understood(content, tmp_path, zone).values()]
    assert len(everything) == 6
    assert len(everything[0]) == 21
    assert all(found == everything[0] for found in everything[1:])


def test_what_readers_understand_is_what_the_plan_says(tmp_path: Path) -> None:
    plan = read_plan(tmp_path, TASKS)
    found = {part["uid"]: part for part in understood(whole(plan), tmp_path, ZONES[1])["vobject"]}
    review = found["e.review@2023-spring-k3f9"]
    task = plan.task_by_id["review"]
    assert review["summary"] == task.title
    assert review["location"] == task.place
    assert datetime.fromisoformat(review["dtstart"]).astimezone(SHANGHAI).strftime("%F %T") == "2023-06-16 14:00:00"
    assert review["alarms"] == [-7 * 86400, -2 * 3600]
    assert "备注：第一行\n第二行\n链接：https://example.org/%E9%80%9A%E7%9F%A5?a=1,2" in review["description"]
    assert "前置：“一会一品”特色项目申报, 第1轮; \\n 😀（完成后至少隔7天）" in review["description"]
    assert found["e.days@2023-spring-k3f9"]["dtstart"] == "2023-05-18"
    assert found["e.days@2023-spring-k3f9"]["dtend"] == "2023-05-20"


@pytest.mark.parametrize("zone", ZONES)
def test_todoman_reads_the_todos(tmp_path: Path, zone: str) -> None:
    """It wants one to-do a file, and answers in the time zone of its machine."""
    content = whole(read_plan(tmp_path, TASKS), "todos")
    folder = tmp_path / "todos"
    folder.mkdir()
    head, *bodies = content.removesuffix(b"END:VCALENDAR\r\n").split(b"BEGIN:VTODO\r\n")
    for n, body in enumerate(bodies):
        (folder / f"{n}.ics").write_bytes(head + b"BEGIN:VTODO\r\n" + body + b"END:VCALENDAR\r\n")
    code = """
import datetime as dt, json, sys
from todoman.model import Database
todos = Database([sys.argv[1]], sys.argv[2]).todos()
day = lambda v: v.astimezone(dt.UTC).isoformat() if isinstance(v, dt.datetime) else v and v.isoformat()
print(json.dumps({t.uid: [t.summary, day(t.start), day(t.due), t.is_completed] for t in todos}))
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, str(folder), str(tmp_path / "cache.sqlite3")],
        capture_output=True, env={**os.environ, "TZ": zone}, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    todos = json.loads(done.stdout)
    assert len(todos) == len(bodies) == 10
    assert todos["t.review@2023-spring-k3f9"][2:] == ["2023-06-16T06:00:00+00:00", False]
    assert todos["t.apply@2023-spring-k3f9"][0] == "“一会一品”特色项目申报, 第1轮; \\n 😀"
    assert [value and value[:10] for value in todos["t.days@2023-spring-k3f9"][1:3]] == [
        "2023-05-18",
        "2023-05-19",
    ]


def plainly(plan: Plan) -> bytes:
    """The plan's decided items by `Component.add`, property by property, as one writes it without a care for time."""
    calendar = icalendar.Calendar()
    stamp = NOW
    for item in items_of(plan):
        assert item.days is not None
        event = icalendar.Event()
        event.add("uid", f"e.{item.key}@{plan.id}")
        for name in ("dtstamp", "created", "last-modified"):
            event.add(name, stamp)
        event.add("sequence", 0)
        if item.begins and item.ends:
            event.add("dtstart", datetime.combine(item.days.start, item.begins, SHANGHAI))
            event.add("dtend", datetime.combine(item.days.end, item.ends, SHANGHAI))
        event.add("summary", item.title)
        event.add("status", "CONFIRMED")
        event.add("categories", ["工会本部"])
        event.add("location", item.place)
        hours = f"{item.begins:%H:%M}—{item.ends:%H:%M}"
        event.add("description", f"时间：2023年6月16日（星期五）{hours}\n承办：工会本部\n备注：{item.note}")
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", item.title)
        alarm["trigger"] = "-PT2H"
        event.add_component(alarm)
        calendar.add_component(event)
    return calendar.to_ical(sorted=False)


def test_the_librarys_own_way_gives_the_same_bytes(tmp_path: Path) -> None:
    """Our lines are put together by hand because that is many times faster; this holds them to the slow way."""
    tasks = "".join(
        f'\n[[tasks]]\nid = "t{n}"\ntitle = "{title}"\non = "2023-06-16 14:00-16:30"\nplace = "{title}"\n'
        f'remind = ["2h"]\nnote = "{title}\\n{title}"\n'
        for n, title in enumerate(["评比", "逗号, 分号; 冒号: 反斜杠\\\\n", "😀" * 40, "长" * 90, "“引号”\\\"与'"])
    )
    plan = read_plan(tmp_path, tasks)
    ours = whole(plan)
    slow = plainly(plan)
    begin = b"BEGIN:VEVENT"
    assert ours[ours.index(begin) :].replace(b"\r\n ", b"") == slow[slow.index(begin) :].replace(b"\r\n ", b"")


@pytest.mark.parametrize("zone", ["Asia/Hong_Kong", "Asia/Macau", "Asia/Taipei"])
def test_other_zones_of_the_format_mean_what_they_say(tmp_path: Path, zone: str) -> None:
    head = HEAD.replace("organization", f'timezone = "{zone}"\norganization')
    event = only(
        whole(read_plan(tmp_path, '\n[[tasks]]\nid = "t"\ntitle = "x"\non = "2023-06-16 14:00-15:00"\n', head=head))
    )
    assert event["DTSTART"].params["TZID"] == zone
    assert event["DTSTART"].dt == datetime(2023, 6, 16, 14, tzinfo=ZoneInfo(zone))
    assert parts(whole(read_plan(tmp_path, "", head=head))) == {}
