"""One board that is shown in a browser: the process that draws it, and what goes between the two."""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from planner.api import _

PATIENCE = 3.0
"""Seconds that a board has to close by itself."""


class Served(AppService):
    """The library's service, started without a shell, and ended for certain."""

    def __init__(self, command: Sequence[str], socket: web.WebSocketResponse) -> None:
        super().__init__(
            " ".join(command),
            write_bytes=self._show,
            write_str=socket.send_str,
            close=self._close,
            download_manager=DownloadManager(),
        )
        self._words = command
        self._socket = socket
        self._has_shown = False

    async def start(self, width: int, height: int) -> None:
        """Open the board, as large as the page has room for, in cells."""
        await super().start(width, height)
        assert self._task is not None
        self._task.add_done_callback(lambda _task: asyncio.ensure_future(self._close()))

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        environment = self._build_environment(width, height)
        self._process = process = await asyncio.create_subprocess_exec(
            *self._words, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
        )
        assert process.stdin is not None
        self._stdin = process.stdin
        return process

    async def _show(self, data: bytes) -> None:
        self._has_shown = True
        await self._socket.send_bytes(data)

    async def _close(self) -> None:
        with suppress(ConnectionError, RuntimeError):  # the page is gone already
            if not self._has_shown and not self._socket.closed:
                said = _("The board could not be opened; the window in which it was started tells why.")
                await self._show(said.encode())
                return
            await self._socket.close()

    async def take(self, text: str) -> None:
        """Do what the page sent: keys, its size, its focus. What makes no sense is left."""
        try:
            kind, *values = json.loads(text)
            await self._take(str(kind), *values)
        except (ValueError, TypeError, KeyError, RecursionError):
            return

    async def _take(self, kind: str, value: Any = None) -> None:
        match kind:
            case "stdin":
                await self.send_bytes(value.encode("utf-8", "replace") if isinstance(value, str) else b"")
            case "resize":
                await self.set_terminal_size(_within(value["width"]), _within(value["height"]))
            case "ping":
                await self._socket.send_json(["pong", value])
            case "focus":
                await self.focus()
            case "blur":
                await self.blur()

    async def stop(self) -> None:
        """Close the board; one that does not close is ended."""
        with suppress(ConnectionError, TimeoutError, AssertionError):
            await asyncio.wait_for(super().stop(), PATIENCE)
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()


def _within(number: object) -> int:
    """Cells that a window can have. Raises TypeError and ValueError for what is no number."""
    return min(max(int(str(number)), 1), 2000)
