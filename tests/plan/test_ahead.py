"""A large plan is parsed by a second process, and says what it says otherwise."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from planner.plan.ahead import LARGE, Ahead
from planner.plan.load import Loading, load_plan
from planner.plan.model import Plan
from tests.conftest import SPRING

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork: a plan is parsed as ever")

TABLES: dict[str, dict[str, Any]] = {"ledgers": {}}
"""The one table of the real plan that is a plugin's."""


def loaded_ahead(path: Path) -> Loading:
    return load_plan(path, TABLES, Ahead.parsing(path.read_bytes(), TABLES))


def without_text(plan: Plan) -> dict[str, Any]:
    return {name: value for name, value in vars(plan).items() if name not in ("text", "calendar")}


def test_a_plan_parsed_ahead_is_the_same_plan() -> None:
    ahead, here = loaded_ahead(SPRING), load_plan(SPRING, TABLES)
    assert ahead.plan is not None
    assert here.plan is not None
    assert ahead.plan.text.data == SPRING.read_bytes()
    assert ahead.plan.calendar.count(*ahead.plan.term.window) == here.plan.calendar.count(*here.plan.term.window)
    assert without_text(ahead.plan) == without_text(here.plan)
    assert ahead.diagnostics == here.diagnostics


@pytest.mark.parametrize("text", ["id = 3\n", "[[tasks]\n", 'title = "一\n', "x = [" * 3000, "\0"])
def test_mistakes_are_explained_as_if_nothing_had_been_parsed_ahead(tmp_path: Path, text: str) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(text, encoding="utf-8")
    assert loaded_ahead(plan).diagnostics == load_plan(plan, {}).diagnostics != ()


def test_a_plan_written_meanwhile_is_read_as_it_is_now(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    before = SPRING.read_bytes()
    plan.write_bytes(before.replace("退休".encode(), "离休".encode()))
    ahead = Ahead.parsing(before, {})
    assert ahead is not None
    found = load_plan(plan, {}, ahead).plan
    assert found is not None
    assert any("离休" in task.title for task in found.tasks)


def test_no_process_is_left_behind() -> None:
    data = SPRING.read_bytes()
    for asked in (data, b"another", None):
        ahead = Ahead.parsing(data, TABLES)
        assert ahead is not None
        process = ahead._process
        if asked is None:
            ahead.close()
        else:
            assert (ahead.take(asked) is not None) == (asked == data)
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)


def test_a_small_plan_or_none_is_worth_no_process(tmp_path: Path) -> None:
    assert SPRING.stat().st_size < LARGE
    assert Ahead.of(SPRING, {}) is None
    assert Ahead.of(tmp_path / "missing.toml", {}) is None
