"""What is loaded, and what is not: start-up stays cheap, and plugins stay plugins."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SPRING

HEAVY = {
    "textual", "rich", "icalendar", "docx", "jinja2", "sqlite3", "wcwidth", "pypinyin", "borax", "chinese_calendar",
    "jsonschema_rs", "tomli", "importlib.metadata", "asyncio", "planner.plan", "planner_ical.command",
}  # fmt: skip


def loaded_by(*arguments: str, **environ: str) -> set[str]:
    code = """
import sys, json
from planner.cli import run
try:
    run(sys.argv[1:])
finally:
    sys.stderr.write("\\n" + json.dumps(sorted(sys.modules)))
"""
    import os

    result = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True, encoding="utf-8", check=True, env={**os.environ, **environ},
    )  # fmt: skip
    return set(json.loads(result.stderr.rsplit("\n", 1)[1]))


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["nonsense"], ["plugins"]])
def test_help_and_errors_load_nothing_heavy(arguments: list[str]) -> None:
    assert loaded_by(*arguments) & HEAVY == set()


def test_completion_loads_nothing_heavy() -> None:
    loaded = loaded_by(_PLANNER_COMPLETE="bash_complete", COMP_WORDS="planner ", COMP_CWORD="1")
    assert loaded & HEAVY == set()


def test_a_check_loads_no_plugin_target_and_no_calendar() -> None:
    loaded = loaded_by("-p", str(SPRING), "check")
    assert "planner.plan.load" in loaded
    assert (
        loaded & {"icalendar", "planner_ical.command", "pypinyin", "planner.plan.edit", "importlib.metadata"} == set()
    )


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check"], ["show"], ["agenda"], ["done", "体检"], ["show", "--json"]]
)
def test_what_is_typed_loads_nothing_of_the_board(arguments: list[str], tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_bytes(SPRING.read_bytes())
    loaded = loaded_by("-p", str(plan), *arguments)
    assert "planner_board.plugin" in loaded
    assert {name for name in loaded if name.startswith("planner_board.")} == {"planner_board.plugin"}
    assert {name.partition(".")[0] for name in loaded} & {"textual", "rich"} == set()


@pytest.mark.parametrize("arguments", [["--help"], ["check"], ["done", "体检"]])
def test_panes_and_forms_are_made_for_those_who_look(arguments: list[str], tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_bytes(SPRING.read_bytes())
    loaded = loaded_by("-p", str(plan), *arguments)
    assert loaded & {"planner.pane_specs", "planner_ical.panes", "planner_ical.form", "planner_ical.publish"} == set()
