"""Saving an edited plan so that nobody's change is lost: one writer at a time, and never over what one has not read.

Editors take no locks, so the lock only keeps programs like this one apart; what everybody else does in between is
noticed by comparing the bytes.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import PlanError, PlannerError, reason
from planner.files import write_atomically
from planner.i18n import _
from planner.text import printable

if TYPE_CHECKING:
    from filelock import BaseFileLock


@contextmanager
def locked(path: Path, patience: float = 10.0) -> Iterator[None]:
    """Hold the lock of the plan at `path` (symbolic links are followed), to read, edit and save it in one go.

    May be nested. Raises PlanError when there is no file, PlannerError when the lock is not to be had in `patience`
    seconds.
    """
    from filelock import FileLock, Timeout  # 40 ms, and only those who write need it

    target = _target(path)
    # Long names are cut, lest that of the lock be too long: two plans with one lock only wait for each other.
    lock: BaseFileLock = FileLock(target.with_name(f".{target.name[:60]}.lock"), is_singleton=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # where the disk knows no locks, the lock file's being there must do
            lock.acquire(timeout=patience)
    except Timeout:
        message = _("{path} is being changed by another program; it did not finish within {n} seconds.")
        hint = _("Is another window of this program open, or is a colleague saving the plan? Wait, and try again.")
        raise PlannerError(message.format(path=printable(str(path)), n=round(patience)), hint) from None
    except OSError as error:
        raise _unwritable(path, reason(error)) from error
    try:
        yield
    finally:
        if lock.lock_counter == 1:
            _tidy_up(lock)
        lock.release()


def _tidy_up(lock: BaseFileLock) -> None:
    """Remove the lock file while the lock is still held, so that a plan's folder is not littered.

    That is safe where files are locked by flock: who waits for a file that has lost its name notices (it has no link
    any more; filelock since 3.29) and begins anew. Windows does not remove open files; there the library does it on
    release. So it does where the lock is nothing but the file, and there the file must stay until then.
    """
    from filelock import UnixFileLock

    if isinstance(lock, UnixFileLock):
        with suppress(OSError):
            Path(lock.lock_file).unlink()


def save(path: Path, before: bytes, after: bytes) -> None:
    """Write `after` to the plan at `path`, which must still hold `before`; the file is replaced as a whole.

    Raises PlanError when it holds something else or is gone, PlannerError when it cannot be written. Then nothing
    was written.
    """
    with locked(path):
        target = _target(path)
        try:
            now = target.read_bytes()
            is_protected = not os.access(target, os.W_OK) or not target.stat().st_mode & 0o222  # root may write all
        except FileNotFoundError:
            raise _gone(path) from None
        except OSError as error:
            raise _unwritable(path, reason(error)) from error
        if now != before:
            message = _("The plan was changed meanwhile by another program; nothing was written.")
            raise PlanError(message, _("Run the command again."))
        if is_protected:
            raise _unwritable(path, _("it is write-protected"))
        if after != before:
            write_atomically(target, after)


def _target(path: Path) -> Path:
    """The file that `path` leads to. Raises PlanError where there is none any more."""
    try:
        return path.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: symbolic links in a circle
        raise _gone(path) from None


def _gone(path: Path) -> PlanError:
    message = _("The plan file {path} is not there any more; nothing was written.")
    return PlanError(message.format(path=printable(str(path))), _("Was it moved or renamed?"))


def _unwritable(path: Path, why: str) -> PlannerError:
    message = _("Nothing was changed or recorded: {path} cannot be written: {error}")
    hint = _("Ask for the right to write in this folder, or close the program that has the file open.")
    return PlannerError(message.format(path=printable(str(path)), error=why), hint)
