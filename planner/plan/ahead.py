"""A large plan, parsed and checked by a second process while this one is busy with something else.

Whoever opens a screen imports a library that takes as long as parsing 10 000 tasks. On two processors both take as
long as one of them.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from planner.plan.columns import Columns

LARGE = 200_000
"""Bytes of a plan, some thousand tasks, from which on a process more is less work than waiting."""


class Ahead:
    """What the second process is about to say. It is asked once, or closed; what goes wrong there costs time only."""

    def __init__(self, data: bytes, pipe: int, process: int) -> None:
        self._data = data
        self._pipe = pipe
        self._process = process

    @classmethod
    def of(cls, path: Path, tables: Mapping[str, Mapping[str, Any]]) -> Ahead | None:
        """Begin to parse the file at `path`; None where nothing would be gained, or it cannot be read."""
        with suppress(OSError, ValueError):
            if path.stat().st_size >= LARGE and _has_a_processor_more():
                return cls.parsing(path.read_bytes(), tables)
        return None

    @classmethod
    def parsing(cls, data: bytes, tables: Mapping[str, Mapping[str, Any]]) -> Ahead | None:
        """Begin to parse the bytes of a plan file; None on a system that cannot. For `tables` see `load_plan`."""
        if not hasattr(os, "fork"):
            return None
        reader, writer = os.pipe()
        try:
            process = os.fork()
        except OSError:  # too many of them, or too little memory
            os.close(reader)
            os.close(writer)
            return None
        if process == 0:
            _say(lambda: _parsed(data, tables), writer)
        os.close(writer)
        return cls(data, reader, process)

    def take(self, data: bytes) -> tuple[dict[str, Any], Columns] | None:
        """What these bytes say, without fault, and its tasks by columns; None where that is not known.

        Waits until it is there.
        """
        if data != self._data:
            self.close()
            return None
        with suppress(OSError, EOFError, ValueError, TypeError), os.fdopen(self._pipe, "rb", closefd=False) as pipe:
            said: tuple[dict[str, Any], Columns] = marshal.loads(pipe.read())  # from a process of our own
            self.close()
            return said
        self.close()
        return None

    def close(self) -> None:
        """Let go of the process; it ends when nobody listens."""
        if self._process:
            os.close(self._pipe)
            with suppress(OSError):
                os.waitpid(self._process, 0)
            self._process = 0


def _has_a_processor_more() -> bool:
    allowed = getattr(os, "sched_getaffinity", None)
    return (len(allowed(0)) if allowed else os.cpu_count() or 1) > 1


def _say(make: Callable[[], tuple[dict[str, Any], Columns]], pipe: int) -> NoReturn:
    """In the second process: write what `make` returns, or nothing at all, and end as if it had never been there."""
    try:
        with os.fdopen(pipe, "wb") as file:
            file.write(marshal.dumps(make()))
    except BaseException:  # noqa: BLE001  the first one parses itself, and explains what is wrong
        os._exit(1)
    os._exit(0)


def _parsed(data: bytes, tables: Mapping[str, Mapping[str, Any]]) -> tuple[dict[str, Any], Columns]:
    import tomli

    from planner.plan.columns import columns_of
    from planner.plan.schema import make_json, violations
    from planner.plan.source import decode

    text = decode("", data).text
    if text is None:
        raise ValueError
    said: dict[str, Any] = make_json(tomli.loads(text.text))
    if violations(said, tables):
        raise ValueError
    return said, columns_of(said.pop("tasks", ()))
