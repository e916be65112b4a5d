"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from planner.errors import UsageError
from planner.i18n import _


def write_atomically(path: Path, content: bytes, *, replace: bool = True) -> None:
    """Write `content` to `path`: a temporary file beside it, flushed to disk, then put in its place.

    Symbolic links are followed. Raises UsageError when it cannot be written, or exists and `replace` is false.
    """
    target = path.resolve()
    temporary = None
    try:
        if not replace and target.exists():
            raise FileExistsError
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(target)
    except FileExistsError:
        message = _("{path} exists already; it was left as it is.").format(path=path)
        raise UsageError(message, _("Choose another name, or move the old file away.")) from None
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        reason = error.strerror or str(error)
        message = _("{path} cannot be written: {error}").format(path=path, error=reason)
        raise UsageError(message, _("Is the folder there, and is the file open in another program?")) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
