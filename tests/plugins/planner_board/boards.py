"""A board that runs without a terminal, on a plan of the test's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from planner.session import Session
from planner_board.app import BoardApp
from planner_board.widgets.bar import Bar
from tests.conftest import STATE

TODAY = date(2023, 4, 10)
TWO_TASKS = """
[[tasks]]
id = "first"
title = "第一件事"
when = "四月"

[[tasks]]
id = "second"
title = "第二件事"
when = "五月"
"""


def session_of(plan: Path, today: date = TODAY, **environ: str) -> Session:
    session = Session(lambda _message: None, {"PLANNER_STATE": str(STATE), "PLANNER_AUTHOR": "主席", **environ})
    session.plan_path, session.today_asked = str(plan), today
    return session


@asynccontextmanager
async def opened(
    plan: Path, *, today: date = TODAY, greeted: bool = True, size: tuple[int, int] = (100, 30), **environ: str
) -> AsyncIterator[tuple[BoardApp, Pilot[None]]]:
    session = session_of(plan, today, **environ)
    app = BoardApp(session)
    app.memory.greeted = app.memory.greeted or greeted
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield app, pilot
    finally:
        session.close()


def run(scene: Coroutine[Any, Any, None]) -> None:
    asyncio.run(scene)


async def until(good: Callable[[], object], seconds: float = 5.0) -> None:
    """Wait for something to be so; fails where it never is."""
    for _ in range(round(seconds / 0.02)):
        if good():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never came about")


def screen_text(app: BoardApp) -> str:
    """What stands on the screen now."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def trouble_text(app: BoardApp) -> str:
    """What the bar says is wrong; empty where it is not shown."""
    bar = app.screen_stack[0].query_one("#trouble", Bar)
    return "".join(item.text for item in bar.items) if bar.display else ""
