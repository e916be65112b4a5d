"""`planner new --from`: the next term's draft."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import SPRING, Outcome

Run = Callable[..., Outcome]
Write = Callable[..., Path]

HEAD = """\
# 我的计划
id = "2023-spring-aaaa"
title = "2022—2023 学年第二学期工会工作计划"
organization = "某校工会"

[term]
start = 2023-02-01
end = 2023-08-31
week1 = 2023-02-13   # 开学
teaching-end = 2023-06-30
breaks = [ { title = "暑假", start = 2023-07-01, end = 2023-08-31 } ]
"""
TASKS = """
# 春天
[[tasks]]
id = "dragon-boat"
title = "端午慰问"
when = "端午节前"

[[tasks]]
id = "week"
title = "第八周检查"
when = "第8周"

[[tasks]]
id = "iso"
title = "2023年春游"      # 年份写在标题里
when = "2023-04"
on = "2023-04-15 09:00"

[[tasks]]
id = "founded"
title = "1921年以来的工运史学习"
when = "五月"

[[tasks]]
id = "dropped"
title = "取消的事"
when = "三月"

[[tasks]]
id = "follows"
title = "接着做的事"
when = "六月"
needs = ["dropped", { task = "founded", lag = "7d" }]

[[tasks]]
id = "monthly"
title = "委员会议"
when = "每月"
"""


def draft(planner: Run, plan: Path, term: str) -> tuple[Path, dict[str, list[str]]]:
    found = planner("--json", "--today", "2023-09-01", "new", "--from", plan, "--term", term)
    assert found.code == 0, found.err
    data = json.loads(found.out)
    notes: dict[str, list[str]] = {}
    for note in data["notes"]:
        notes.setdefault(note["kind"], []).append(note["text"])
    return Path(data["file"]), notes


def tasks(planner: Run, plan: Path) -> dict[str, Any]:
    return {task["id"]: task for task in json.loads(planner("-p", plan, "--json", "show").out)["tasks"]}


def test_the_next_year_has_new_days_for_the_old_words(planner: Run, write: Write) -> None:
    plan = write(TASKS, head=HEAD)
    planner("-p", plan, "--today", "2023-03-20", "cancel", "dropped")
    planner("-p", plan, "--today", "2023-05-20", "done", "founded")
    new, notes = draft(planner, plan, "2024-02-01..2024-08-31")
    found = tasks(planner, new)
    assert set(found) == {"dragon-boat", "week", "iso", "founded", "follows", "monthly"}
    assert found["dragon-boat"]["windows"][0][1] == "2024-06-09"  # the day before 10 June 2024
    assert found["dragon-boat"]["when"] == "端午节前"
    assert found["week"]["windows"] == []  # the new calendar is not known
    assert found["iso"] | {"title": "2024年春游", "when": "2024-04", "on": []} == found["iso"]
    assert found["founded"]["title"] == "1921年以来的工运史学习"
    assert found["follows"]["needs"] == [{"task": "founded", "lag": 7}]
    assert found["follows"]["tags"] == ["上期未完成"]
    assert found["founded"]["tags"] == found["monthly"]["tags"] == []
    assert any("week1" in text for text in notes["term"])
    assert any("04-15 09:00" in text for text in notes["day"])
    assert any("取消的事" in text for text in notes["left-out"])
    assert any("端午慰问" in text for text in notes["moved"])
    assert any("第八周检查" in text for text in notes["look"])


def test_the_draft_keeps_the_text_and_has_an_identity_of_its_own(planner: Run, write: Write) -> None:
    plan = write(TASKS, head=HEAD)
    before = plan.read_bytes()
    new, _notes = draft(planner, plan, "2024-02-01..2024-08-31")
    text = new.read_text(encoding="utf-8")
    assert plan.read_bytes() == before
    assert new.name == "2024-spring.toml"
    assert "# 春天" in text
    assert "# 年份写在标题里" in text
    assert 'id = "2024-spring-' in text
    assert "2023—2024 学年第二学期" in text
    assert planner("-p", new, "check").code == 0


def test_another_half_year_takes_what_fits_and_what_is_unfinished(planner: Run, write: Write) -> None:
    plan = write(TASKS, head=HEAD)
    planner("-p", plan, "--today", "2023-05-20", "done", "founded")
    planner("-p", plan, "--today", "2023-06-21", "done", "dragon-boat")
    new, notes = draft(planner, plan, "2023-09-01..2024-01-31")
    found = tasks(planner, new)
    assert set(found) == {"week", "iso", "dropped", "follows", "monthly"}
    assert found["follows"]["when"] is None
    assert found["follows"]["needs"] == [{"task": "dropped", "lag": 0}]
    assert "2023—2024 学年第一学期" in new.read_text(encoding="utf-8")
    assert planner("-p", new, "check").code == 0
    assert len(notes["left-out"]) == 2


def test_nothing_is_called_unfinished_where_nobody_ticks(planner: Run, write: Write) -> None:
    new, notes = draft(planner, write(TASKS, head=HEAD), "2024-02-01..2024-08-31")
    assert "unfinished" not in notes
    assert "上期未完成" not in new.read_text(encoding="utf-8")


def test_a_file_that_is_there_is_left_alone(planner: Run, write: Write, tmp_path: Path) -> None:
    plan = write(TASKS, head=HEAD)
    (tmp_path / "2024-spring.toml").write_text("mine", encoding="utf-8")
    found = planner("new", "--from", plan, "--term", "2024-02-01..2024-08-31")
    assert found.code == 2
    assert (tmp_path / "2024-spring.toml").read_text(encoding="utf-8") == "mine"


def test_the_real_plan_a_year_on(planner: Run, tmp_path: Path) -> None:
    plan = tmp_path / "2023-spring.toml"
    plan.write_bytes(SPRING.read_bytes())
    new, notes = draft(planner, plan, "2024-02-01..2024-08-31")
    assert len(tasks(planner, new)) == 52
    assert len(notes["title"]) == 7
    assert planner("-p", new, "check", "--strict").code == 0
