"""What can be wrong with a journal file, in the words of somebody who has to do something about it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import JournalError, reason
from planner.i18n import _

if TYPE_CHECKING:
    import sqlite3


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into a JournalError about the file at `path`."""
    import sqlite3

    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a mistake of ours
    except sqlite3.Error as error:
        raise _explanation(error, path) from error


def _explanation(error: sqlite3.Error, path: Path) -> JournalError:
    import sqlite3

    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)  # absent: text that is no UTF-8
    if code in (sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY_RECOVERY, sqlite3.SQLITE_READONLY_CANTLOCK):
        return _unfinished(path)
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return no_file(path, _("another program put another file in its place"))
    match code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            message = _("The journal {file} is in use by another program; nothing was changed.")
            hint = _("Try again in a moment. If it stays so, close the other planner and pause the synchronization.")
        case sqlite3.SQLITE_NOTADB:
            return not_ours(path)
        case sqlite3.SQLITE_FULL:
            message = _("The disk is full; nothing was added to the journal {file}.")
            hint = _("Make room on it, then try again.")
        case sqlite3.SQLITE_READONLY:
            return protected(path, _("it is write-protected"))
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return no_file(path, _why_not(path))
        case sqlite3.SQLITE_IOERR:
            message = _("The journal {file} cannot be read or written: its drive does not answer as it should.")
            hint = _("Is the drive or the network share still connected? Nothing was added.")
        case sqlite3.SQLITE_TOOBIG | sqlite3.SQLITE_NOMEM:
            message = _("That is too much for the journal {file}; nothing was added.")
            hint = _("Leave out what is large.")
        case _other:
            return damaged(path)
    return JournalError(message.format(file=path), hint)


def _why_not(path: Path) -> str:
    """Why the file cannot be opened; SQLite itself does not tell."""
    try:
        with path.open("rb"):
            return _("its folder is write-protected")
    except OSError as error:
        return reason(error)


def protected(path: Path, why: str) -> JournalError:
    """The journal can be looked at, but nothing can be recorded there."""
    message = _("Nothing was recorded: the journal {file} cannot be written: {error}").format(file=path, error=why)
    return JournalError(message, _("Ask for the right to write, or copy plan and journal into a folder of your own."))


def no_file(path: Path, why: str) -> JournalError:
    """The file cannot be worked with, for a reason that lies outside of it."""
    message = _("The journal {file} cannot be used: {error}").format(file=path, error=why)
    return JournalError(message, _("Nothing was changed. Is the path right, and may you read and write there?"))


def damaged(path: Path) -> JournalError:
    """The file is a database, but what stands in it makes no sense."""
    message = _("The journal {file} is damaged; nothing was changed.").format(file=path)
    return JournalError(message, _put_back())


def is_empty(path: Path) -> JournalError:
    """The file has no bytes at all. We never leave such a file, so something else did, and entries may be lost."""
    message = _("The journal {file} is empty (0 bytes): something cut it off.").format(file=path)
    return JournalError(message, _put_back() + _(" If there never were entries, delete the empty file."))


def not_ours(path: Path) -> JournalError:
    """The file is something else, or its beginning is damaged."""
    message = _("{file} is no journal of planner, or it is damaged.").format(file=path)
    return JournalError(message, _("Is it the right file? ") + _put_back())


def is_newer(path: Path) -> JournalError:
    """The file has a schema that we do not know."""
    message = _("The journal {file} was written by a newer planner; nothing was changed.").format(file=path)
    return JournalError(message, _("Update planner on this computer."))


def too_old_sqlite(version: str) -> JournalError:
    """The SQLite of this Python lacks what the file needs."""
    message = _("The journal needs SQLite 3.37 or newer; this Python has {version}.").format(version=version)
    return JournalError(message, _("Install a newer Python."))


def _unfinished(path: Path) -> JournalError:
    message = _("The last program that wrote the journal {file} was interrupted, and here it cannot be repaired.")
    hint = _("Open it once where you may write: copy it, together with the file {name}, into a folder of your own.")
    return JournalError(message.format(file=path), hint.format(name=f"{path.name}-journal"))


def _put_back() -> str:
    return _("Put back the last good copy, or a backup made by `planner journal backup`.")
