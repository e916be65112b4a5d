"""What all tests share: plans written as text, and the command line run in this process."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest
from hypothesis import settings

os.environ["PLANNER_LANG"] = "zh_CN"
for name in ("PLANNER_PLAN", "PLANNER_JOURNAL", "PLANNER_AUTHOR", "PLANNER_PLUGINS", "PLANNER_DEBUG"):
    os.environ.pop(name, None)

from planner.i18n import use_language

use_language("zh_CN")
# On the machine that decides, the same examples every time; everywhere else new ones are tried.
settings.register_profile("planner", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("planner")

ROOT = Path(__file__).parent.parent
# A copy of the real plan: whoever lives with it has a journal beside it.
_folder = tempfile.mkdtemp(prefix="planner-plans-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
SPRING = Path(shutil.copy(ROOT / "plans" / "2023-spring.toml", _folder))

# What the board remembers of a person must not leak into a test, nor out of one.
STATE = Path(_folder) / "state"
os.environ["PLANNER_STATE"] = str(STATE)

HEAD = """\
id = "test-1"
title = "测试计划"
organization = "某校工会"

[term]
start = 2023-02-01
end = 2023-08-31
"""


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """What one test records about the real plan, or what a board remembers, is not there for the next."""
    yield
    SPRING.with_suffix(".journal.sqlite").unlink(missing_ok=True)
    if STATE.exists():
        shutil.rmtree(STATE, ignore_errors=True)


class Outcome(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def planner(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Outcome]:
    """Run the command line in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run_planner(*arguments: str | Path) -> Outcome:
        from planner.cli import run

        code = run([str(argument) for argument in arguments])
        return Outcome(code, *capfd.readouterr())

    return run_planner


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a plan: the usual head, and what the test adds."""

    def write_plan(tables: str = "", name: str = "plan.toml", head: str = HEAD) -> Path:
        path = tmp_path / name
        path.write_text(head + dedent(tables), encoding="utf-8")
        return path

    return write_plan
