"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import sys
import tempfile
import time
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
    temporary = None
    try:
        if not replace and target.exists():
            message = _("{path} exists already; it was left as it is.").format(path=path)
            raise UsageError(message, _("Choose another name, or move the old file away."))
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        Path(temporary).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        _put_in_place(Path(temporary), target)
    except OSError as error:
        message = _("{path} cannot be written: {error}").format(path=path, error=reason(error))
        hint = _("Is the folder there, is the disk full, or is the file open in another program?")
        raise PlannerError(message, hint) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


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
