"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from planner.errors import PlannerError, UsageError, reason
from planner.i18n import _

_PATIENCE = (0.1, 0.2, 0.4, 0.8, 1.0)
"""Seconds to wait for a program that holds the file on Windows: a virus scanner, a synced folder."""


def write_atomically(path: Path, content: bytes, *, replace: bool = True, durable: bool = True) -> None:
    """Write `content` to `path`: a temporary file beside it, then put in its place.

    Symbolic links are followed. `durable` also waits until it is on the disk; what can be made again at any time does
    without. Raises UsageError when the file exists and `replace` is false, PlannerError when it cannot be written.
    """
    target = path.resolve()
    with _named(path):
        if not replace and target.exists():
            message = _("{path} exists already; it was left as it is.").format(path=path)
            raise UsageError(message, _("Choose another name, or move the old file away."))
        with _prepared(target, content, durable=durable) as temporary:
            _put_in_place(temporary, target)


def replace_files(contents: Mapping[Path, bytes | None]) -> None:
    """Make each path hold its content, or be gone (None): all of them or none.

    All contents are written under temporary names first, then put in place; where that fails at one, the files before
    it get their old contents back. Only a crash meanwhile, or a disk that takes nothing any more, leaves some changed.
    None is flushed to the disk: this is for what can be made again at any time. Raises PlannerError.
    """
    done: dict[Path, bytes | None] = {}
    with ExitStack() as stack:
        ready: list[tuple[Path, Path, Path | None]] = []
        for path, content in contents.items():
            target, temporary = path.resolve(), None
            if content is not None:
                with _named(path):
                    temporary = stack.enter_context(_prepared(target, content, durable=False))
            ready.append((path, target, temporary))
        try:
            for path, target, temporary in ready:
                with _named(path):
                    old = target.read_bytes() if target.exists() else None
                    if temporary:
                        _put_in_place(temporary, target)
                    else:
                        target.unlink(missing_ok=True)
                    done[target] = old
        except BaseException:
            _restore(done)
            raise


def _restore(contents: Mapping[Path, bytes | None]) -> None:
    for path, content in contents.items():
        with suppress(OSError, PlannerError):  # the first failure is the one to be told
            if content is None:
                path.unlink(missing_ok=True)
            else:
                write_atomically(path, content, durable=False)


@contextmanager
def _prepared(target: Path, content: bytes, *, durable: bool) -> Iterator[Path]:
    """`content` in a temporary file beside `target`, ready to be put in its place; gone at the end if it was not."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Say which file cannot be written."""
    try:
        yield
    except OSError as error:
        message = _("{path} cannot be written: {error}").format(path=path, error=reason(error))
        hint = _("Is the folder there, is the disk full, or is the file open in another program?")
        raise PlannerError(message, hint) from error


def _put_in_place(temporary: Path, target: Path) -> None:
    for pause in _PATIENCE if sys.platform == "win32" else ():
        try:
            temporary.replace(target)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    temporary.replace(target)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
