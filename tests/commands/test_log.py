"""`planner log`: found by task, person, kind, day and words; what is taken back is marked."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import SPRING, Outcome

Run = Callable[..., Outcome]


@pytest.fixture
def log(planner: Run, tmp_path: Path) -> Callable[..., Outcome]:
    plan = tmp_path / "2023-spring.toml"
    plan.write_bytes(SPRING.read_bytes())
    for day, *words in (
        ("03-01", "schedule", "womens-day", "3月8日", "--by", "主席"),
        ("03-08", "done", "womens-day", "--by", "女工委员", "-m", "八十人参加"),
        ("03-09", "done", "brand-apply", "--branch", "第一分工会", "--by", "主席"),
        ("03-10", "note", "day-trip", "等天气", "--by", "文体委员"),
        ("03-11", "cancel", "day-trip", "--by", "主席"),
        ("03-11", "undo", "--by", "主席"),
        ("03-12", "edit", "goal:rights", "weight=2", "--by", "主席"),
        ("03-13", "remove", "website-check", "--by", "主席"),
    ):
        assert planner("-p", plan, "--today", f"2023-{day}", *words).code == 0
    return lambda *words: planner("-p", plan, *words)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ((), ["01", "08", "09", "10", "11", "11", "12", "13"]),
        (("womens-day",), ["01", "08"]),
        (("--by", "女工委员"), ["08"]),
        (("--kind", "note"), ["10"]),
        (("--kind", "备注"), ["10"]),
        (("--kind", "改计划", "--kind", "undo"), ["01", "11", "12", "13"]),
        (("--since", "2023-03-10", "--until", "2023-03-11"), ["10", "11", "11"]),
        (("--branch", "第一"), ["09"]),
        (("--find", "八十人"), ["08"]),
        (("-n", "2"), ["12", "13"]),
        (("website-check",), ["13"]),
    ],
)
def test_entries_are_found(log: Callable[..., Outcome], words: tuple[str, ...], days: list[str]) -> None:
    times = [datetime.fromisoformat(entry["time"]) for entry in json.loads(log("--json", "log", *words).out)]
    assert [f"{time.astimezone(ZoneInfo('Asia/Shanghai')):%d}" for time in times] == days


def test_the_page_says_who_what_and_why(log: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    page = log("log").out
    assert "女工委员  完成  “三八”节庆祝活动  八十人参加" in page
    assert "〔已撤销〕取消  教职工一日游" in page
    assert "weight：1 → 2  goals rights" in page
    assert "从计划删去  工会网站宣传情况检查" in page


def test_what_is_not_there_is_told(log: Callable[..., Outcome]) -> None:
    assert "没有符合条件" in log("log", "--by", "无此人").out
    assert log("log", "no-such-task").code == 2
    assert log("log", "--kind", "什么").code == 2


def test_a_plan_with_another_id_is_told_where_its_entries_are(planner: Run, tmp_path: Path) -> None:
    plan = tmp_path / "p.toml"
    plan.write_bytes(SPRING.read_bytes())
    assert "还没有记录" in planner("-p", plan, "log").out
    planner("-p", plan, "done", "womens-day")
    plan.write_bytes(SPRING.read_bytes().replace(b"2023-spring-k3f9", b"2023-spring-other"))
    assert "id" in planner("-p", plan, "log").out
