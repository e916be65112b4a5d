"""Going about the board by keys: views, panes, back, today, colours, and out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from planner_board.app import BoardApp
from planner_board.views.registry import VIEWS
from tests.conftest import SPRING
from tests.plugins.planner_board.boards import opened, run, screen_text

Write = Callable[..., Path]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_bytes(SPRING.read_bytes())
    return path


async def press(app: BoardApp, pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("keys", ["123456", ["f2", "f3", "f4", "f5", "f6", "f7"]])
def test_each_view_has_a_number_and_a_function_key(plan: Path, keys: list[str]) -> None:
    async def scene() -> None:
        async with opened(plan) as (app, pilot):
            seen = []
            for key in keys:
                await press(app, pilot, key)
                seen.append(app.view.name)
            assert seen == [view.name for view in VIEWS]

    run(scene())


def test_control_and_page_keys_turn_the_views_round(plan: Path) -> None:
    async def scene() -> None:
        async with opened(plan) as (app, pilot):
            await press(app, pilot, "1", "ctrl+pagedown")
            assert app.view.name == "status"
            await press(app, pilot, "ctrl+left", "ctrl+pageup")
            assert app.view is app.views[-1]
            await press(app, pilot, "ctrl+right")
            assert app.view.name == "months"

    run(scene())


def test_the_task_stays_chosen_when_the_view_changes(plan: Path) -> None:
    async def scene() -> None:
        async with opened(plan) as (app, pilot):
            await press(app, pilot, "1", "down", "down")
            chosen = app.selected
            assert chosen is not None
            for key in "43216":
                await press(app, pilot, key)
                assert key == "6" or app.selected == chosen
            assert app.canvas.cursor is not None
            assert app.canvas.cursor.id == str(app.board.today)  # no day of it is decided
            await press(app, pilot, "1")
            assert app.selected == chosen

    run(scene())


def test_tab_and_enter_go_into_the_details_and_escape_comes_back(plan: Path) -> None:
    async def scene() -> None:
        async with opened(plan) as (app, pilot):
            for key in ("tab", "enter"):
                await press(app, pilot, key)
                assert app.focused is app.detail
                await press(app, pilot, "escape")
                assert app.focused is app.canvas

    run(scene())


def test_a_link_in_the_details_leads_to_its_task(plan: Path) -> None:
    async def scene() -> None:
        async with opened(plan) as (app, pilot):
            app.go(next(ref for ref in [*_refs(app)] if ref.id == "reelection-prepare"))
            await press(app, pilot, "enter")
            links = [s.ref for column in app.detail.sheet.columns for s in column if s.ref.kind == "task"]
            assert "reelection-continue" in [ref.id for ref in links]
            app.detail.go(next(ref for ref in links if ref.id == "reelection-continue"))
            await press(app, pilot, "enter")
            assert app.canvas.cursor is not None
            assert app.canvas.cursor.id == "reelection-continue"

    def _refs(app: BoardApp):  # type: ignore[no-untyped-def]
        return (spot.ref for column in app.canvas.sheet.columns for spot in column)

    run(scene())


def test_escape_shows_everything_again(plan: Path) -> None:
    async def scene() -> None:
        async with opened(plan) as (app, pilot):
            app.memory.filter = "教代会"
            app.rebuild()
            await pilot.pause()
            assert app.board.is_filtered
            assert "教代会" in screen_text(app).splitlines()[0]
            await press(app, pilot, "escape")
            assert not app.board.is_filtered

    run(scene())


def test_the_details_grow_go_away_and_come_back(plan: Path) -> None:
    async def scene() -> None:
        async with opened(plan) as (app, pilot):
            small = app.detail.size.height
            await press(app, pilot, "f12")
            assert app.detail.size.height > small
            await press(app, pilot, "f12")
            assert not app.detail.display
            await press(app, pilot, "enter")
            assert app.detail.display
            assert app.focused is app.detail

    run(scene())


def test_today_is_found_again_in_the_calendar(plan: Path) -> None:
    async def scene() -> None:
        async with opened(plan) as (app, pilot):
            await press(app, pilot, "6", "home")
            assert app.canvas.cursor is not None
            assert app.canvas.cursor.id != str(app.board.today)
            await press(app, pilot, "ctrl+home")
            assert app.canvas.cursor.id == str(app.board.today)

    run(scene())


def test_the_colours_go_round_and_are_remembered(plan: Path) -> None:
    async def scene() -> None:
        async with opened(plan) as (app, pilot):
            seen = []
            for _ in range(3):
                app.action_run("theme")
                await app.workers.wait_for_complete()
                await pilot.pause()
                seen.append(app.memory.theme)
            assert sorted(seen) == ["contrast", "dark", "light"]

    run(scene())


def test_leaving_keeps_what_was_looked_at(plan: Path) -> None:
    async def scene() -> None:
        async with opened(plan) as (app, pilot):
            await press(app, pilot, "4")
            await pilot.press("q")
            await pilot.pause()
        async with opened(plan) as (app, _pilot):
            assert app.view.name == "timeline"

    run(scene())
