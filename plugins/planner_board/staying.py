"""A board from its opening to its end, however it ends: by a key, by the window being closed, by a signal."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress

from planner.api import Session
from planner_board.app import BoardApp

ORPHANED = 2.0
"""Seconds between two looks whether the server of a board in a browser is still there."""


def stay(session: Session) -> None:
    """Open the board and stay until it is closed. Raises PlannerError for what ended it, if anything did."""
    app = BoardApp(session)
    try:
        asyncio.run(_run(app))
    finally:
        app.memory.save()
    if app.failure is not None:
        raise app.failure


async def _run(app: BoardApp) -> None:
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError, AttributeError):  # Windows knows none of them
        loop.add_signal_handler(signal.SIGTERM, app.exit)
        if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:  # one who said nohup means it
            loop.add_signal_handler(signal.SIGHUP, _hang_up, app)
    watcher = loop.create_task(_leave_with_server(app)) if "TEXTUAL_DRIVER" in os.environ else None
    await app.run_async()
    if watcher is not None:
        watcher.cancel()


def _hang_up(app: BoardApp) -> None:
    """The window was closed: nothing can be shown any more, so end at once, as the signal would have."""
    app.memory.save()
    app.session.close()
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGHUP)


async def _leave_with_server(app: BoardApp) -> None:
    """Close the board where the server that shows it was killed: nobody will ever see it again."""
    server = os.getppid()
    while sys.platform == "win32" or os.getppid() == server:
        await asyncio.sleep(ORPHANED)
    app.exit()
