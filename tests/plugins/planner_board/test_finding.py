"""Searching while it is typed, and filters that are kept."""

from __future__ import annotations

import asyncio
from pathlib import Path

from planner_board.finding.find import Find
from tests.plugins.planner_board.pilot import Hands, drive


async def _wait(hands: Hands) -> None:
    """A little longer than the pause after which the view is filtered."""
    await asyncio.sleep(0.12)
    await hands.settle()


def _shown(hands: Hands) -> list[str]:
    return [task.id for task in hands.app.board.tasks]


def test_the_view_is_filtered_while_it_is_typed_and_enter_keeps_it(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.press("ctrl+f")
        assert isinstance(hands.app.screen, Find)
        await hands.write("yhyp")
        await _wait(hands)
        assert _shown(hands) == ["brand", "review"]
        assert hands.shown("found").startswith(("2", "6"))
        await hands.press("enter")
        assert not hands.dialog
        assert _shown(hands) == ["brand", "review"]
        assert hands.app.focused is hands.app.canvas
        await hands.press("escape")
        assert len(_shown(hands)) == 6

    drive(plan, script)


def test_enter_does_not_wait(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.press("ctrl+f")
        await hands.write("换届")
        await hands.press("down")
        assert _shown(hands) == ["end"]

    drive(plan, script)


def test_escape_brings_back_what_was_there(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        hands.app.memory.filter = "五月"
        hands.app.rebuild()
        await hands.press("ctrl+f")
        await hands.write("没有这样的")
        await _wait(hands)
        assert _shown(hands) == []
        await hands.press("escape")
        assert _shown(hands) == ["review", "study"]

    drive(plan, script)


def test_a_filter_is_kept_under_a_name_taken_again_and_thrown_away(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.press("ctrl+s")
        assert not hands.dialog, "there is none, and nothing to keep"
        hands.app.memory.filter = "@机电 -培训"
        hands.app.rebuild()
        await hands.press("ctrl+s", "enter")
        await hands.write("[red]机电")
        await hands.press("enter")
        assert hands.app.memory.filters == {"[red]机电": "@机电 -培训"}
        await hands.press("escape")
        assert len(_shown(hands)) == 6
        await hands.press("ctrl+s", "enter")
        assert _shown(hands) == ["brand"]
        await hands.press("ctrl+s", "end")
        await hands.press("down", "down", "down", "enter", "enter")
        assert hands.app.memory.filters == {}

    drive(plan, script)


def test_the_cursor_of_the_view_follows_what_is_found(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("plan")
        await hands.press("ctrl+f")
        await hands.write("换届")
        await hands.press("enter")
        assert hands.app.selected is not None
        assert hands.app.selected.id == "end"

    drive(plan, script)
