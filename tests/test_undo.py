"""Taking back: every view is exactly as before, and taking the undo back is exactly as after."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Outcome

Run = Callable[..., Outcome]
Write = Callable[..., Path]

PLAN = """
    [[goals]]
    id = "sport"
    title = "文体活动"
    [[branches]]
    id = "north"
    name = "北校区分工会"
    [[branches]]
    id = "south"
    name = "南校区分工会"

    # 申报在先
    [[tasks]]
    id    = "apply"
    title = "特色项目申报"
    when  = "三月"    # 照原计划
    for   = "branches"

    [[tasks]]
    id = "meeting"
    title = "委员会议"
    when = "本学期"
    times = { every = "month", least = 1 }
    [[tasks]]
    id = "trip"
    title = "一日游"
    when = "四月"
    needs = ["apply"]
"""
ACTS = [
    ("done", "apply"),
    ("done", "apply", "--branch", "north"),
    ("start", "trip"),
    ("cancel", "meeting"),
    ("done", "meeting", "--slot", "3月"),
    ("postpone", "trip"),
    ("postpone", "trip", "--to", "5月中旬"),
    ("postpone", "trip", "--to", "4月20日"),
    ("schedule", "trip", "4月15日 9:00"),
    ("schedule", "meeting", "3月8日 14:00", "--place", "会议室"),
    ("edit", "apply", "when=", "title=申报"),
    ("edit", "trip", "needs=", "tags=户外,春季"),
    ("edit", "term", "week1=2023-02-13"),
    ("add", "5月 排球赛", "@全部", "#文体"),
    ("remove", "trip"),
    ("note", "trip", "记一笔"),
]


class Views:
    """Runs commands, and sees what everybody sees."""

    def __init__(self, planner: Run, plan: Path) -> None:
        self._planner, self.plan, self.minute = planner, plan, 0

    def run(self, *words: str) -> Outcome:
        return self._planner("-p", self.plan, "--today", "2023-04-10", *words)

    def seen(self) -> tuple[Any, ...]:
        views = (("show",), ("agenda",), ("graph",), ("check",), ("changes",))
        return (self.plan.read_bytes(), *(json.loads(self.run("--json", *words).out) for words in views))

    def undo(self, *ids: str) -> str:
        done = self.run("--json", "undo", *ids)
        assert done.code == 0, done.err
        return str(json.loads(done.out)["id"])


@pytest.fixture
def views(planner: Run, write: Write) -> Views:
    return Views(planner, write(PLAN))


@pytest.mark.parametrize("act", ACTS, ids=" ".join)
def test_undo_and_undo_of_undo_restore_every_view(views: Views, act: tuple[str, ...]) -> None:
    before = views.seen()
    assert views.run(*act).code == 0
    after = views.seen()
    assert act[0] == "note" or after != before
    first = views.undo()
    assert views.seen() == before
    second = views.undo(first)
    assert views.seen() == after
    views.undo(second)
    assert views.seen() == before


def test_many_acts_are_taken_back_one_by_one(views: Views) -> None:
    chance = random.Random(20230410)
    seen = [views.seen()]
    while len(seen) < 12:
        if views.run(*chance.choice(ACTS)).code == 0 and (now := views.seen()) != seen[-1]:
            seen.append(now)
    acts = json.loads(views.run("--json", "log", "-n", "1000").out)
    while len(seen) > 1:
        views.undo()
        if views.seen() != seen[-1]:  # an act that no view shows leaves them alone
            seen.pop()
            assert views.seen() == seen[-1]
    assert len(json.loads(views.run("--json", "log", "-n", "1000").out)) > len(acts)


def test_any_entry_can_be_taken_back_not_only_the_last(views: Views) -> None:
    views.run("done", "apply", "--branch", "north")
    (north,) = json.loads(views.run("--json", "log").out)
    views.run("done", "apply", "--branch", "south")
    views.undo(north["id"][-8:])
    task = json.loads(views.run("--json", "show").out)["tasks"][0]
    assert task["branches"] == {"north": "planned", "south": "done"}


def test_an_edit_that_was_changed_since_is_not_taken_back_blindly(views: Views) -> None:
    views.run("edit", "trip", "place=公园")
    text = views.plan.read_text(encoding="utf-8").replace("公园", "湖边")
    views.plan.write_text(text, encoding="utf-8")
    said = views.run("undo")
    assert said.code == 3
    assert "湖边" in said.err
    assert views.plan.read_text(encoding="utf-8") == text
    assert not any(entry["undone"] for entry in json.loads(views.run("--json", "log").out))


def test_only_ones_own_last_act_is_taken_back(views: Views) -> None:
    views.run("done", "apply", "--by", "甲")
    said = views.run("undo", "--by", "乙")
    assert said.code == 2
    assert "乙" in said.err
    assert views.run("undo", "--by", "甲").code == 0
    assert views.run("undo", "--by", "甲").code == 2


def test_what_people_were_told_cannot_be_taken_back(views: Views) -> None:
    views.run("ical", "-o", "out")
    (told, *_more) = json.loads(views.run("--json", "log", "--kind", "revision").out)
    assert views.run("undo", told["id"]).code == 2


def test_an_undo_that_would_break_the_plan_is_refused_and_not_recorded(views: Views) -> None:
    views.run("add", "4月 预备", "id=pre", "--by", "甲")
    views.run("add", "5月 颁奖", "id=post", "needs=pre", "--by", "乙")
    before, log = views.seen(), views.run("--json", "log", "-n", "1000").out
    said = views.run("undo", "--by", "甲")
    assert said.code == 3
    assert "pre" in said.err
    assert (views.seen(), views.run("--json", "log", "-n", "1000").out) == (before, log)


def test_of_an_act_that_made_many_entries_the_first_are_told_and_how_many_more(planner: Run, write: Write) -> None:
    plan = write('\n[[ledgers]]\nid = "visits"\nuse = "慰问"\n')
    sheet = plan.with_name("慰问.csv")
    sheet.write_text("类别,人数\n" + "".join(f"结婚,{n}人\n" for n in range(1, 31)), encoding="utf-8-sig")
    assert planner("-p", plan, "ledger", "import", sheet, "慰问").code == 0
    taken_back = planner("-p", plan, "undo")
    assert taken_back.code == 0
    assert len(taken_back.out.splitlines()) == 12
    assert "20" in taken_back.out.splitlines()[-2]
    assert "结婚" not in planner("-p", plan, "ledger", "list", "慰问").out
