"""The command that opens the board, where there is nothing to open it on or with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.conftest import Outcome
from tests.plugins.planner_board.boards import TWO_TASKS

Run = Callable[..., Outcome]
Write = Callable[..., Path]


def test_without_a_terminal_it_names_what_writes_plain_text(planner: Run, write: Write) -> None:
    result = planner("-p", write(TWO_TASKS), "board")
    assert result.code == 2
    assert "planner show" in result.err
    assert result.out == ""


def test_a_broken_plan_is_told_before_anything_is_served(planner: Run, write: Write) -> None:
    result = planner("-p", write("[[tasks]\n"), "board", "--web", "--port", "1")
    assert result.code == 3
    assert "plan.toml:" in result.err


def test_without_a_plan_the_error_is_that_of_every_command(planner: Run) -> None:
    assert planner("board", "--web").err == planner("show").err


def test_a_port_is_a_number_of_a_port(planner: Run) -> None:
    assert planner("board", "--web", "--port", "99999").code == 2
