"""Keys that come before the board is ready for them: each waits until what the one before it began is done or asks.

Over a slow line, or from a quick hand, F9 and the words for its dialog arrive at once. Without this the words would be
keys of the view, where letters and blanks do things.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import cached_property

from textual import events
from textual.app import App
from textual.dom import DOMNode

_ROUNDS = 2
"""A key goes from the widget with the focus up to the app, and so does the message that it makes there."""
_PATIENCE = 3.0
"""Seconds after which the next key gets its turn, whatever became of the one before."""
_PAUSE = 0.005
"""Seconds between two looks at a dialog that is being opened."""

Deliver = Callable[[events.Event], Awaitable[None]]


class Ahead:
    """The keys that wait, in order."""

    def __init__(self, app: App[None]) -> None:
        self.app = app
        self._waiting: deque[events.Event] = deque()
        self._follower: asyncio.Task[None] | None = None

    async def take(self, event: events.Event, deliver: Deliver) -> None:
        """Let `deliver` have a key or a pasted text, at once where nothing is going on, else in its turn."""
        if self._follower is not None:
            self._waiting.append(event)
            return
        node = self.app.focused or self.app.screen
        await deliver(event)
        if not _is_text(event, node):
            self._follower = asyncio.create_task(self._follow(node, deliver))

    async def _follow(self, node: DOMNode, deliver: Deliver) -> None:
        """Wait for the end of what a key at `node` began, then go on with the next one."""
        try:
            await self._is_done(node)
            while self._waiting and self.app.is_running:
                event = self._waiting.popleft()
                node = self.app.focused or self.app.screen
                await deliver(event)
                if not _is_text(event, node):
                    await self._is_done(node)
        finally:
            self._follower = None

    async def _is_done(self, node: DOMNode) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                for _n in range(_ROUNDS):
                    await _passed(node)
                while not self._is_ready:
                    await asyncio.sleep(_PAUSE)

    @property
    def _is_ready(self) -> bool:
        """Whether the next key finds what it is meant for: the view and no act going on, or a dialog that listens."""
        if len(self.app.screen_stack) > 1:
            return self.app.screen.focused is not None
        return all(worker.is_finished for worker in self.app.workers)


class InOrder(App[None]):
    """An app whose keys come in their order: each when what the one before it began is done, or asks for it."""

    async def on_event(self, event: events.Event) -> None:
        """What the driver sends; a key that comes up from a widget is none of that."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self._ahead.take(event, super().on_event)
        else:
            await super().on_event(event)

    @cached_property
    def _ahead(self) -> Ahead:
        return Ahead(self)


def _is_text(event: events.Event, node: DOMNode) -> bool:
    """Whether a line just takes it in: that begins nothing, and is in order anyway."""
    if isinstance(event, events.Key):
        return bool(node.check_consume_key(event.key, event.character))
    return False


async def _passed(node: DOMNode) -> None:
    """Wait until what stands in the queues from `node` up to the app has been dealt with."""
    done = asyncio.Event()

    def step(here: DOMNode | None) -> None:
        above = here.parent if here is not None else None
        if above is None or not above.call_later(step, above):
            done.set()

    if node.call_later(step, node):
        await done.wait()
