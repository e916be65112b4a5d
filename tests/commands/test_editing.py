"""`planner add|edit|remove|schedule`: the plan's file changes where it was asked to, and nowhere else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SPRING, Outcome

Run = Callable[..., Outcome]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "2023-spring.toml"
    path.write_bytes(SPRING.read_bytes())
    return path


def lines_changed(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    """Lines that went and lines that came, in order; everything around them is equal."""
    old, new = before.decode().splitlines(keepends=True), after.decode().splitlines(keepends=True)
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return old[start : len(old) - end], new[start : len(new) - end]


def task(planner: Run, plan: Path, id_: str) -> Any:
    return next(t for t in json.loads(planner("-p", plan, "--json", "show").out)["tasks"] if t["id"] == id_)


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("2023-03-08 14:00-16:00", "2023-03-08 14:00-16:00"),
        ("三八节下午两点", "2023-03-08 14:00"),
        ("3月8日", "2023-03-08"),
        ("下周三14:00", "2023-03-08 14:00"),
        ("3月8日下午2点到4点", "2023-03-08 14:00-16:00"),
        ("3月8日（周三）14时", "2023-03-08 14:00"),
        ("明天", "2023-03-02"),
        ("16日上午9点", "2023-03-16 09:00"),
        ("3月16日至18日", "2023-03-16/2023-03-18"),
    ],
)
def test_schedule_writes_one_line(planner: Run, plan: Path, words: str, on: str) -> None:
    before = plan.read_bytes()
    assert planner("-p", plan, "--today", "2023-03-01", "schedule", "womens-day", words).code == 0
    gone, come = lines_changed(before, plan.read_bytes())
    assert gone == []
    assert come == [f'on    = "{on}"\n']


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("三月", "定不下"),
        ("适时", "定不下"),
        ("2023-09-08", "不在学期"),
        ("3月16日至18日 9:00", "只读懂"),
        ("胡话", "定不下"),
        ("3月8日 胡话", "只读懂"),
    ],
)
def test_what_is_no_day_is_refused(planner: Run, plan: Path, words: str, said: str) -> None:
    before = plan.read_bytes()
    found = planner("-p", plan, "schedule", "womens-day", words)
    assert found.code == 2
    assert said in found.err
    assert plan.read_bytes() == before


def test_a_decided_day_can_be_moved_and_cleared(planner: Run, plan: Path) -> None:
    before = plan.read_bytes()
    planner("-p", plan, "schedule", "womens-day", "2023-03-08")
    planner("-p", plan, "schedule", "womens-day", "2023-03-10")
    assert [on["start"] for on in task(planner, plan, "womens-day")["on"]] == ["2023-03-10"]
    assert planner("-p", plan, "schedule", "womens-day", "--clear").code == 0
    assert plan.read_bytes() == before
    assert planner("-p", plan, "schedule", "womens-day", "--clear").code == 2


def test_the_slots_of_a_quota_are_scheduled_one_by_one(planner: Run, plan: Path) -> None:
    planner("-p", plan, "edit", "committee-meetings", "when=本学期", 'times={ every = "month", least = 1 }')
    for day in ("2023-03-08", "2023-05-10", "2023-03-09"):
        assert planner("-p", plan, "schedule", "committee-meetings", day).code == 0
    found = task(planner, plan, "committee-meetings")
    assert [on["start"] for on in found["on"]] == ["2023-03-09", "2023-05-10"]
    wrong = planner("-p", plan, "schedule", "committee-meetings", "2023-04-12", "--slot", "6月")
    assert wrong.code == 2
    assert "2023-04-12" in wrong.err


def test_add_reads_time_who_and_goal(planner: Run, plan: Path) -> None:
    before = plan.read_bytes()
    said = planner("-p", plan, "add", "4月中旬 教职工气排球赛 @全部 #文体")
    assert said.code == 0
    gone, come = lines_changed(before, plan.read_bytes())
    assert gone == []
    lines = [line.strip() for line in come if line.strip()]
    assert re.fullmatch(r'id    = "jiao-zhi-gong-qi-pai-qiu-sai-[a-z2-9]{3}"', lines.pop(1))
    assert lines == [
        "[[tasks]]",
        'title = "教职工气排球赛"',
        'when  = "4月中旬"',
        'goals = ["activities"]',
        'for   = "branches"',
    ]
    titles = [t["id"] for t in json.loads(planner("-p", plan, "--json", "show", "--month", "4").out)["tasks"]]
    assert titles[-1] == "staff-home"
    assert titles[-2].startswith("jiao-zhi-gong")


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("3月15日14:00 座谈会", {"title": "座谈会", "when": None}),
        ("三八节庆祝活动", {"title": "三八节庆祝活动", "when": "三八节"}),
        ("每月至少1次 支部学习", {"title": "支部学习", "when": "每月至少1次"}),
        ("适时 走访", {"title": "走访", "when": "适时"}),
        ("4月中旬教职工气排球赛@全部#文体", {"title": "教职工气排球赛", "when": "4月中旬", "goals": ["activities"]}),
        ("４月中旬，跳绳比赛　＠第一分工会", {"title": "跳绳比赛", "when": "４月中旬", "for": ["branch-01"]}),
        ("6月 期末总结", {"title": "期末总结", "when": "6月"}),
        ("四月 走访 note=先电话联系 private=是", {"title": "走访", "note": "先电话联系", "private": True}),
        ("劳模报告会 5月", {"title": "劳模报告会", "when": "5月"}),
        ("五一劳动奖章推荐", {"title": "五一劳动奖章推荐", "when": None}),
        ("2023年度考评 @第一分工会 #考评", {"title": "2023年度考评", "for": ["branch-01"], "tags": ["考评"]}),
        ("“168”行动 ＃师德引领", {"title": "“168”行动", "goals": ["ethics"]}),
    ],
)
def test_quick_add_in_words(planner: Run, plan: Path, words: str, made: dict[str, Any]) -> None:
    assert planner("-p", plan, "add", words, "id=new").code == 0
    found = task(planner, plan, "new")
    assert {key: found[key] for key in made} == made


def test_a_day_named_by_its_number_is_decided(planner: Run, plan: Path) -> None:
    planner("-p", plan, "--today", "2023-03-01", "add", "下周三下午2点", "工会委员座谈", "id=new")
    assert task(planner, plan, "new")["on"] == [
        {"start": "2023-03-08", "end": "2023-03-08", "begins": "14:00", "ends": None}
    ]


@pytest.mark.parametrize(
    "words",
    [
        "4月中旬",
        "  ",
        "4月 @无此分工会 走访",
        "4月 @全部 @无此分工会 走访",
        "走访 id=womens-day",
        "走访 colour=red #建设",
        "4/15 讲座",
    ],
)
def test_a_line_that_makes_no_task_changes_nothing(planner: Run, plan: Path, words: str) -> None:
    before = plan.read_bytes()
    assert planner("-p", plan, "add", *words.split(" ")).code == 2
    assert planner("-p", plan, "add", words).code == 2
    assert plan.read_bytes() == before


def test_edit_sets_and_takes_away(planner: Run, plan: Path) -> None:
    before = plan.read_bytes()
    assert (
        planner("-p", plan, "edit", "brand-apply", "place=线上", "needs=term-plan，womens-day", "private=否").code == 0
    )
    found = task(planner, plan, "brand-apply")
    assert found["place"] == "线上"
    assert [need["task"] for need in found["needs"]] == ["term-plan", "womens-day"]
    assert planner("-p", plan, "edit", "brand-apply", "place=", "needs=", "private=").code == 0
    assert plan.read_bytes() == before


def test_edit_takes_names_as_other_commands_do(planner: Run, plan: Path) -> None:
    assert planner("-p", plan, "edit", "charity-day", "for=第一分工会、第三分工会", "goals=文体，健康").code == 0
    found = task(planner, plan, "charity-day")
    assert found["for"] == ["branch-01", "branch-03"]
    assert found["goals"] == ["activities", "care"]
    assert planner("-p", plan, "edit", "charity-day", "for=全部", "title=[重要] 慈善", "note={待定}").code == 0
    found = task(planner, plan, "charity-day")
    assert len(found["for"]) == 8
    assert found["title"] == "[重要] 慈善"
    assert found["note"] == "{待定}"


def test_a_day_stays_a_day_of_toml(planner: Run, plan: Path) -> None:
    assert planner("-p", plan, "edit", "term", "start=2023-02-06").code == 0
    assert "start = 2023-02-06\n" in plan.read_text(encoding="utf-8")
    assert planner("-p", plan, "edit", "term", "start=2023-02-30").code == 2


def test_what_is_private_is_not_named_in_its_id(planner: Run, plan: Path) -> None:
    planner("-p", plan, "add", "4月 困难职工某某慰问", "private=true")
    made = json.loads(planner("-p", plan, "--json", "show", "--month", "4").out)["tasks"]
    (private,) = [found for found in made if found["title"] == "困难职工某某慰问"]
    assert re.fullmatch("private-[a-z2-9]{3}", private["id"])


def test_changing_the_time_of_what_is_ticked_is_told(planner: Run, plan: Path) -> None:
    assert planner("-p", plan, "edit", "health-check", "when=5月中旬").err == ""
    planner("-p", plan, "--today", "2023-05-15", "start", "health-check")
    assert "核对" in planner("-p", plan, "edit", "health-check", "when=5月下旬").err


def test_edit_reaches_goals_branches_term_and_plan(planner: Run, plan: Path) -> None:
    assert planner("-p", plan, "edit", "branch:第一分工会", "lead=某老师").code == 0
    assert planner("-p", plan, "edit", "goal:rights", "weight=2").code == 0
    assert planner("-p", plan, "edit", "term", "week1=2023-02-13").code == 0
    assert planner("-p", plan, "edit", "plan", "title=新标题").code == 0
    data = json.loads(planner("-p", plan, "--json", "show").out)
    assert data["branches"][0]["lead"] == "某老师"
    assert data["goals"][0]["weight"] == 2
    assert data["plan"]["title"] == "新标题"
    assert planner("-p", plan, "when", "第8周").code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("womens-day", "place"), 2, "键=值"),
        (("womens-day", "plase=x"), 2, "place"),
        (("womens-day", "id=x"), 2, "永久"),
        (("womens-day", "when=九月"), 3, "P403"),
        (("womens-day", "goals=nowhere"), 2, "nowhere"),
        (("womens-day", "needs=brand-review"), 3, "P502"),
        (("womens-day", "times=x"), 2, "times"),
        (("womens-day", "private=maybe"), 2, "private"),
        (("branch:无", "lead=x"), 2, "无"),
    ],
)
def test_an_edit_that_would_break_the_plan_changes_nothing(
    planner: Run, plan: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    before = plan.read_bytes()
    found = planner("-p", plan, "edit", *words)
    assert found.code == code
    assert said in found.err
    assert plan.read_bytes() == before
    assert not plan.with_suffix(".journal.sqlite").exists()


def test_a_removed_task_comes_back_whole(planner: Run, plan: Path) -> None:
    before = plan.read_bytes()
    assert planner("-p", plan, "remove", "website-check").code == 0
    assert b"website-check" not in plan.read_bytes()
    assert planner("-p", plan, "undo").code == 0
    assert plan.read_bytes() == before


def test_what_others_need_is_not_removed(planner: Run, plan: Path) -> None:
    said = planner("-p", plan, "remove", "brand-apply")
    assert said.code == 2
    assert "brand-review" in said.err


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_the_file_keeps_its_encoding_and_line_ends(planner: Run, plan: Path, encoding: str) -> None:
    text = plan.read_text(encoding="utf-8").replace("\n", "\r\n")
    plan.write_bytes(text.encode(encoding))
    assert planner("-p", plan, "schedule", "womens-day", "2023-03-08").code == 0
    wanted = text.replace('when  = "三月"                            # 原', "\0", 1)
    start = wanted.index("\0")
    end = wanted.index("\r\n", start) + 2
    wanted = (wanted[:end] + 'on    = "2023-03-08"\r\n' + wanted[end:]).replace(
        "\0", 'when  = "三月"                            # 原'
    )
    assert plan.read_bytes() == wanted.encode(encoding)


def test_the_encoding_changes_when_it_is_asked_for(planner: Run, plan: Path) -> None:
    text = plan.read_text(encoding="utf-8").replace("\n", "\r\n")
    plan.write_bytes(text.encode("gb18030"))
    assert planner("-p", plan, "edit", "plan", "--utf-8").code == 0
    assert plan.read_bytes() == text.encode("utf-8")
    assert planner("-p", plan, "edit", "plan").code == 2


def test_a_plan_that_may_not_be_written_is_told(plan: Path, planner: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)  # a read-only file means nothing to an administrator
    before = plan.read_bytes()
    said = planner("-p", plan, "schedule", "womens-day", "2023-03-08")
    monkeypatch.undo()
    assert said.code == 1
    assert "没有权限" in said.err
    assert plan.read_bytes() == before
    assert json.loads(planner("-p", plan, "--json", "log").out) == []


def test_two_people_editing_at_once_lose_nothing(plan: Path) -> None:
    """Every edit that is acknowledged is in the file; one that is not says so."""
    command = [sys.executable, "-m", "planner", "-p", str(plan), "edit"]
    environment = {**os.environ, "PLANNER_LANG": "zh_CN"}
    ids = ["womens-day", "day-trip", "staff-home-women", "ethics-speech", "charity-day", "health-check"]
    running = [
        subprocess.Popen(
            [*command, id_, f"place=地点{n}"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for n, id_ in enumerate(ids)
    ]
    acknowledged = [n for n, process in enumerate(running) if process.communicate() and process.returncode == 0]
    text = plan.read_text(encoding="utf-8")
    assert acknowledged == list(range(len(ids)))
    assert [n for n in range(len(ids)) if f"地点{n}" in text] == acknowledged


def test_two_people_deciding_days_of_one_task_lose_nothing(planner: Run, plan: Path) -> None:
    assert (
        planner("-p", plan, "edit", "committee-meetings", "when=本学期", 'times={ every="month", least=1 }').code == 0
    )
    command = [sys.executable, "-m", "planner", "-p", str(plan), "schedule", "committee-meetings"]
    days = ["2023-03-08", "2023-04-12", "2023-05-10", "2023-06-14"]
    environment = {**os.environ, "PLANNER_LANG": "zh_CN"}
    running = [subprocess.Popen([*command, day], env=environment, stdout=subprocess.PIPE) for day in days]
    assert [process.communicate() and process.returncode for process in running] == [0, 0, 0, 0]
    assert [on["start"] for on in task(planner, plan, "committee-meetings")["on"]] == days
    for _undo in days:
        assert planner("-p", plan, "undo").code == 0
    assert task(planner, plan, "committee-meetings")["on"] == []
