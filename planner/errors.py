"""What cannot be served. Mistakes in a user's file are values instead: see `planner.diagnostics`."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from typing import TYPE_CHECKING

from planner.i18n import _

if TYPE_CHECKING:
    from planner.diagnostics import Diagnostic


class PlannerError(Exception):
    """Ends a command with a message for a person; `exit_code` names the family."""

    exit_code = 1

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def reason(error: OSError) -> str:
    """Why the system refused something, in the user's language where it is a common reason."""
    texts = {
        errno.EACCES: _("no permission"),
        errno.EPERM: _("no permission"),
        errno.EROFS: _("it is write-protected"),
        errno.ENOSPC: _("the disk is full"),
        errno.ENOENT: _("the folder is not there"),
        errno.ENOTDIR: _("a part of its path is no folder"),
        errno.EISDIR: _("it is a folder"),
        errno.ENAMETOOLONG: _("its name is too long"),
    }
    return texts.get(error.errno or 0) or error.strerror or str(error)


class UsageError(PlannerError):
    """The command line asks for something that is not there."""

    exit_code = 2


class PlanError(PlannerError):
    """The plan file has errors: those in `problems`, or the one in the message."""

    exit_code = 3

    def __init__(self, message: str, hint: str | None = None, problems: Iterable[Diagnostic] = ()) -> None:
        super().__init__(message, hint)
        self.problems = tuple(problems)


class JournalError(PlannerError):
    """The journal cannot be read or written."""

    exit_code = 4


class PluginError(PlannerError):
    """A plugin was asked for and cannot do its work."""

    exit_code = 5


class NetworkError(PlannerError):
    """A server did not do what was asked of it."""

    exit_code = 6
