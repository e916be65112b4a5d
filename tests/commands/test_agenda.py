"""`planner agenda`: what is due, by dates as long as the journal says nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.conftest import SPRING, Outcome

Run = Callable[..., Outcome]
Write = Callable[..., Path]

PLAN = """
    [[tasks]]
    id = "over"
    title = "已过"
    when = "二月"
    [[tasks]]
    id = "due"
    title = "快到期"
    when = "3月上旬"
    [[tasks]]
    id = "running"
    title = "进行中"
    when = "三月"
    needs = ["over"]
    [[tasks]]
    id = "free"
    title = "随时可做"
    when = "三月"
    [[tasks]]
    id = "coming"
    title = "将开始"
    on = "2023-03-15 14:00-16:30"
    [[tasks]]
    id = "far"
    title = "还早"
    when = "六月"
    [[tasks]]
    id = "open"
    title = "没日期"
    when = "适时"
"""


def lists(found: Outcome) -> dict[str, list[str]]:
    data = json.loads(found.out)
    return {name: [e["task"] for e in data[name]] for name in ("overdue", "due", "running", "coming", "blocked")}


def test_every_task_is_in_the_list_of_its_dates(planner: Run, write: Write) -> None:
    found = planner("-p", write(PLAN), "--today", "2023-03-06", "--json", "agenda")
    assert lists(found) == {
        "overdue": ["over"], "due": ["due"], "running": ["free"], "coming": ["coming"], "blocked": ["running"],
    }  # fmt: skip


def test_the_horizon_can_be_chosen(planner: Run, write: Write) -> None:
    found = planner("-p", write(PLAN), "--today", "2023-03-06", "--json", "agenda", "--days", "0")
    assert lists(found) == {
        "overdue": ["over"], "due": [], "running": ["due", "free"], "coming": [], "blocked": ["running"],
    }  # fmt: skip


def test_the_page_says_what_comes_before(planner: Run, write: Write) -> None:
    page = planner("-p", write(PLAN), "--today", "2023-03-06", "agenda").out
    assert "今天是 2023-03-06 周一" in page
    assert "进行中  前置：已过" in page
    assert "03-15 14:00-16:30" in page


def test_a_quota_is_due_slot_by_slot(planner: Run, write: Write) -> None:
    plan = write('[[tasks]]\nid = "m"\ntitle = "月会"\nwhen = "本学期"\ntimes = { every = "month", least = 1 }\n')
    data = json.loads(planner("-p", plan, "--today", "2023-04-25", "--json", "agenda").out)
    assert [e["occurrence"] for e in data["overdue"]] == ["2023-02", "2023-03"]
    assert [e["occurrence"] for e in data["due"]] == ["2023-04"]
    assert [e["occurrence"] for e in data["coming"]] == ["2023-05"]


def test_the_real_plan_in_march(planner: Run) -> None:
    found = lists(planner("-p", SPRING, "--today", "2023-03-20", "--json", "agenda"))
    assert len(found["overdue"]) == 5
    assert {"womens-day", "brand-apply"} <= set(found["due"])
    assert "reelection-prepare" in found["coming"]
