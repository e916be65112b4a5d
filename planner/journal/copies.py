"""Other copies of a journal: the file that a colleague or a synchronizing program left, of either form."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from planner.errors import UsageError, reason
from planner.i18n import _
from planner.journal.entry import wrong_in
from planner.journal.lines import Reading, read_lines
from planner.journal.trouble import damaged, is_empty

if TYPE_CHECKING:
    from pathlib import Path

_MAGIC = b"SQLite format 3\0"
_SUFFIXES = (".sqlite", ".sqlite3", ".db")


def is_database(path: Path) -> bool:
    """Whether the file is one of SQLite.

    Raises UsageError where it cannot be read, JournalError for a database that was cut to nothing.
    """
    try:
        with path.open("rb") as file:
            beginning = file.read(len(_MAGIC))
    except OSError as error:
        raise UsageError(_("{path} cannot be read: {error}").format(path=path, error=reason(error))) from None
    if not beginning and path.suffix.lower() in _SUFFIXES:
        raise is_empty(path)
    return beginning == _MAGIC


def read_copy(path: Path) -> Reading:
    """The entries of a copy: a file of SQLite, which stays as it is, or JSON Lines.

    Raises UsageError where there is no readable file, JournalError for a database that is no journal or damaged.
    """
    if not is_database(path):
        return read_lines(path)
    from planner.journal.sqlite import SqliteStore

    with contextlib.closing(SqliteStore(path, read_only=True)) as store:
        entries = list(store.entries())
    if any(map(wrong_in, entries)):
        raise damaged(path)
    return Reading(entries, ())
