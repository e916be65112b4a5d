"""`planner new --from`: the next term's draft."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

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


AUTUMN = HEAD.replace("2023-spring-aaaa", "2023-autumn-aaaa").replace(
    "2022—2023 学年第二学期", "2023—2024 学年第一学期"
)
AUTUMN = AUTUMN[: AUTUMN.index("[term]")] + "[term]\nstart = 2023-09-01\nend = 2024-01-31\n"
NAMED = """
[[tasks]]
id = "assess"
title = "2023年度考核"

[[tasks]]
id = "school-year"
title = "2023-2024学年评优（2022—2023学年的不算）"

[[tasks]]
id = "short"
title = "2023-24学年和2023学年"

[[tasks]]
id = "five-years"
title = "2021—2025年规划"

[[tasks]]
id = "gala"
title = "2024年迎新晚会"
"""


def titles(planner: Run, write: Write, head: str, term: str) -> tuple[str, list[str], list[str]]:
    """The plan's new title, those of its tasks, and what is to be looked at."""
    plan = write(NAMED, head=head)
    new, notes = draft(planner, plan, term)
    shown = json.loads(planner("-p", new, "--json", "show").out)
    heading = next(line for line in new.read_text(encoding="utf-8").splitlines() if line.startswith("title"))
    return heading, [task["title"] for task in shown["tasks"]], notes["look"][1:]


def test_from_autumn_to_spring_is_the_same_school_year(planner: Run, write: Write) -> None:
    title, found, look = titles(planner, write, AUTUMN, "2024-02-01..2024-08-31")
    assert title == 'title = "2023—2024 学年第二学期工会工作计划"'
    assert found == [
        "2023年度考核",
        "2023-2024学年评优（2022—2023学年的不算）",
        "2023-24学年和2023学年",
        "2021—2025年规划",
        "2024年迎新晚会",
    ]
    (said,) = look
    assert said.startswith("2023年度考核")


def test_from_spring_to_autumn_school_years_move_and_calendar_years_stay(planner: Run, write: Write) -> None:
    title, found, look = titles(planner, write, HEAD, "2023-09-01..2024-01-31")
    assert title == 'title = "2023—2024 学年第一学期工会工作计划"'
    assert found[:3] == ["2023年度考核", "2024-2025学年评优（2023—2024学年的不算）", "2024-25学年和2024学年"]
    assert found[4] == "2024年迎新晚会"
    assert look == [], "2023 goes on, and the plan of five years is not this term's"


def test_the_same_season_a_year_on_moves_all_years_by_one(planner: Run, write: Write) -> None:
    title, found, look = titles(planner, write, AUTUMN, "2024-09-01..2025-01-31")
    assert title == 'title = "2024—2025 学年第一学期工会工作计划"'
    assert found == [
        "2024年度考核",
        "2024-2025学年评优（2023—2024学年的不算）",
        "2024-25学年和2024学年",
        "2021—2025年规划",
        "2025年迎新晚会",
    ]
    assert look == []


@pytest.mark.parametrize(
    ("title", "term", "new"),
    [
        ("工会工作要点", "2024-02-01..2024-08-31", "工会工作要点"),
        ("工会工作要点", "2023-09-01..2024-01-31", "工会工作要点"),
        ("第二学期工作要点", "2023-09-01..2024-01-31", "2023—2024 学年第一学期工会工作计划"),
        ("2023年春工作要点", "2024-02-01..2024-08-31", "2024年春工作要点"),
    ],
)
def test_a_title_that_names_no_year_fits_any_term(planner: Run, write: Write, title: str, term: str, new: str) -> None:
    plan = write(NAMED, head=HEAD.replace("2022—2023 学年第二学期工会工作计划", title))
    path, _notes = draft(planner, plan, term)
    assert f'title = "{new}"' in path.read_text(encoding="utf-8")


def test_a_task_that_had_a_day_and_no_words_is_left_out_with_its_day(planner: Run, write: Write) -> None:
    plan = write('\n[[tasks]]\nid = "a"\ntitle = "三月的会"\non = "2023-03-08 14:00"\n', head=HEAD)
    new, notes = draft(planner, plan, "2023-09-01..2024-01-31")
    (said,) = notes["left-out"]
    assert said.startswith("三月的会")
    assert "03-08 14:00" in said
    assert "None" not in said
    assert tasks(planner, new) == {}


def test_what_stands_between_the_tasks_stays_where_it_is(planner: Run, write: Write) -> None:
    """Text that only looks like a task, and goals between tasks, are no trouble."""
    text = """
# 甲的说明
[[tasks]]
id = "a"
title = "三月的事"
when = "三月"

[[goals]]   # 目标
id = "g"
title = "目标"

# 乙的说明
[[tasks]]
id = "b"
title = "十月的事"
when = "十月"
note = '''
[[tasks]]
'''
"""
    for source in (text, text.replace("\n[[tasks]]\n'''", "'''")):
        plan = write(source, head=HEAD)
        new, _notes = draft(planner, plan, "2023-09-01..2024-01-31")
        left = new.read_text(encoding="utf-8")
        assert "甲" not in left
        assert '[[goals]]   # 目标\nid = "g"' in left
        assert "# 乙的说明\n[[tasks]]" in left
        assert set(tasks(planner, new)) == {"b"}
        new.unlink()
