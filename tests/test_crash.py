"""A process that dies in the middle of changing the plan: no half state, and nothing that was acknowledged is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SPRING, Outcome

Run = Callable[..., Outcome]

DIES = """
import os, sys
from planner.actions import editing
real, times = editing.save, []
def interrupt():
    raise KeyboardInterrupt
def save(*arguments):
    {before}
    real(*arguments)
    {after}
editing.save = save
from planner.cli import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "2023-spring.toml"
    path.write_bytes(SPRING.read_bytes())
    return path


def schedule(plan: Path, *, before: str = "pass", after: str = "pass") -> int:
    code = DIES.format(before=before, after=after)
    words = ["-p", str(plan), "schedule", "womens-day", "2023-03-08"]
    return subprocess.run([sys.executable, "-c", code, *words], capture_output=True, check=False).returncode


def test_before_the_plan_is_written_nothing_happened(planner: Run, plan: Path) -> None:
    before = plan.read_bytes()
    assert schedule(plan, before="os._exit(9)") == 9
    assert plan.read_bytes() == before
    assert json.loads(planner("-p", plan, "--json", "log").out) == []


def test_after_the_plan_is_written_it_is_whole_and_the_journal_opens(planner: Run, plan: Path) -> None:
    assert schedule(plan, after="os._exit(9)") == 9
    assert planner("-p", plan, "check").code == 0
    assert json.loads(planner("-p", plan, "--json", "log").out) == []  # it was not acknowledged
    assert planner("-p", plan, "schedule", "womens-day", "2023-03-09").code == 0
    assert planner("-p", plan, "undo").code == 0


def test_an_interrupt_puts_the_plan_back(planner: Run, plan: Path) -> None:
    before = plan.read_bytes()
    assert schedule(plan, after="times.append(1) or len(times) == 1 and interrupt()") != 0
    assert plan.read_bytes() == before
    assert json.loads(planner("-p", plan, "--json", "log").out) == []
