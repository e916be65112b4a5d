"""Driving the board in tests: a plan in a folder of its own, keys and mouse, and what is on the disk afterwards."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Static

from planner.api import Entry, Session, Snapshot, Task
from planner_board.app import BoardApp
from planner_board.dialogs.panel import Line, Lines
from planner_board.drawing.sheet import Ref
from planner_board.memory import Memory

AUTHOR = "王主席"
TODAY = date(2023, 4, 10)
Script = Callable[["Hands"], Awaitable[None]]


class Hands:
    """A person at the board."""

    def __init__(self, app: BoardApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys one after another; each does what it does before the next."""
        for key in keys:
            event = events.Key(key, key if len(key) == 1 else None)
            event.set_sender(self.app)
            driver = self.app._driver
            assert driver is not None
            driver.send_message(event)
            await self.settle()

    async def write(self, text: str) -> None:
        """Write as an input method does: all at once, in place of what stands in the line."""
        line = self.app.screen.focused
        assert isinstance(line, Line), line
        line.value = text
        line.cursor_position = len(text)
        await self.settle()

    async def settle(self) -> None:
        """Wait until the program waits for the person."""
        for _n in range(2):
            await asyncio.sleep(0.015)  # the library waits much longer for each key
            if self.app.is_running:
                await self.pilot._wait_for_screen()

    async def go(self, task: str, occurrence: str | None = None, branch: str | None = None) -> None:
        """Put the cursor on a task, or on a part of it, whatever the view shows."""
        self.app.canvas.cursor = Ref("task", task, occurrence, branch)

    async def open(self, action: str) -> None:
        """Do an action that opens a dialog, as its entry in a menu would."""
        self.app.action_run(action)
        for _n in range(100):
            await self.settle()
            if self.dialog and self.app.screen.query("Word"):
                return

    async def click(self, widget: Widget | str, x: int = 1, y: int = 0) -> None:
        """Click on a cell of a widget of the dialog."""
        if isinstance(widget, str):
            widget = self.app.screen.query_one(widget)
        await self.pilot.click(widget, offset=(x, y))
        await self.settle()

    @property
    def at(self) -> str:
        """The id of what the cursor of the view stands on, or the empty text."""
        cursor = self.app.canvas.cursor
        return cursor.id if cursor else ""

    @property
    def dialog(self) -> str:
        """The name of the dialog on top, or the empty text."""
        return type(self.app.screen).__name__ if len(self.app.screen_stack) > 1 else ""

    def shown(self, name: str) -> str:
        """The text of a widget of the dialog."""
        widget = self.app.screen.query_one(f"#{name}", Static)
        return widget.text if isinstance(widget, Lines) else str(widget.render())

    @property
    def toasts(self) -> list[str]:
        """What was told so far, the last at the end."""
        return [note.message for note in self.app._notifications]

    def screen(self) -> list[str]:
        """The lines of the screen as a terminal has them."""
        lines = self.app.screen._compositor.render_strips()
        return [strip.text for strip in lines]


def open_session(path: Path, today: date = TODAY, **environ: str) -> Session:
    """A session on a plan with nobody else's settings."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PLANNER_")}
    session = Session(lambda _message: None, {**clean, "PLANNER_AUTHOR": AUTHOR, **environ})
    session.plan_path = str(path)
    session.today_asked = today
    return session


def drive(
    path: Path,
    script: Script,
    *,
    size: tuple[int, int] = (80, 24),
    today: date = TODAY,
    prepare: Callable[[Session], Any] = lambda _session: None,
) -> None:
    """Open the board of a plan, let a person do `script`, close it."""
    session = open_session(path, today)
    prepare(session)
    memory = Memory(path.parent / "state", session.snapshot().plan.id)
    memory.greeted = True
    memory.view = "timeline"  # folds nothing away

    async def run() -> None:
        app = BoardApp(session, memory)
        async with app.run_test(size=size) as pilot:
            hands = Hands(app, pilot)
            await hands.settle()
            await script(hands)

    asyncio.run(run())
    session.close()


def read(path: Path, today: date = TODAY) -> Snapshot:
    """The plan and its journal as another program finds them."""
    return open_session(path, today).snapshot()


def task(path: Path, name: str) -> Task:
    """A task as the file has it."""
    return read(path).plan.task_by_id[name]


def status(path: Path, name: str, key: str = "", branch: str = "") -> str:
    """The status of a part of a task as the journal has it."""
    snapshot = read(path)
    return snapshot.statuses.cell(snapshot.plan.task_by_id[name], key, branch)


def journal(path: Path) -> Sequence[Entry]:
    """All entries."""
    session = open_session(path)
    entries = list(session.store.entries(plan=session.snapshot().plan.id))
    session.close()
    return entries
