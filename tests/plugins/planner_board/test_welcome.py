"""What the board says when it opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from planner.api import full_day
from planner_board.acts.welcome import about
from planner_board.board import Board
from tests.plugins.planner_board.boards import TWO_TASKS, opened, run, screen_text, session_of, until

Write = Callable[..., Path]


@pytest.mark.parametrize("key", ["space", "escape", "down", "x", "f9", "enter"])
def test_a_newcomer_sees_a_hint_once_and_any_key_closes_it(write: Write, key: str) -> None:
    plan = write(TWO_TASKS)

    async def scene() -> None:
        async with opened(plan, greeted=False) as (app, pilot):
            await until(lambda: len(app.screen_stack) == 2)
            await pilot.pause()
            assert "F9" in screen_text(app)
            await pilot.press(key)
            await until(lambda: len(app.screen_stack) == 1)
            await pilot.pause()
            assert app.is_running
            assert app.board.standing.done == 0
        async with opened(plan, greeted=False) as (app, pilot):
            await pilot.pause(0.1)
            assert len(app.screen_stack) == 1

    run(scene())


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
def test_the_hint_fits_on_every_screen(write: Write, size: tuple[int, int]) -> None:
    async def scene() -> None:
        async with opened(write(), greeted=False, today=date(2024, 1, 1), size=size) as (app, pilot):
            await until(lambda: len(app.screen_stack) == 2)
            await pilot.pause()
            text = screen_text(app)
            assert "F8" in text
            assert "Ctrl+Q" in text

    run(scene())


def remarks(plan: Path, today: date) -> str:
    return "\n".join(about(Board(session_of(plan, today).snapshot())))


def test_what_is_unusual_about_a_plan_is_said(write: Write) -> None:
    full, empty = write(TWO_TASKS), write("", "empty.toml")
    assert remarks(full, date(2023, 2, 1)) == ""
    assert remarks(full, date(2023, 8, 31)) == ""
    assert "F9" in remarks(empty, date(2023, 4, 10))
    assert full_day(date(2023, 2, 1)) in remarks(full, date(2023, 1, 27))
    assert "5" in remarks(full, date(2023, 1, 27)).replace("2023", "")
    assert "planner new --from" in remarks(full, date(2023, 9, 1))


@pytest.mark.parametrize("today", [date(2023, 1, 1), date(2023, 4, 10), date(2024, 1, 1)])
@pytest.mark.parametrize("tables", ["", TWO_TASKS])
def test_every_view_opens_on_an_empty_plan_and_out_of_term(write: Write, tables: str, today: date) -> None:
    async def scene() -> None:
        async with opened(write(tables), today=today, size=(80, 24)) as (app, pilot):
            for n, view in enumerate(app.views[:6], 1):
                await pilot.press(str(n))
                await pilot.pause()
                assert app.view is view
                assert app.is_running
                assert screen_text(app).strip()

    run(scene())
