"""The SQLite file of a journal: its schema, opening it, and putting a new one in its place."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.errors import JournalError, reason
from planner.i18n import _
from planner.journal.trouble import protected, too_old_sqlite

if TYPE_CHECKING:
    import sqlite3  # 6 ms, and most runs find no journal: imported where there is one

APPLICATION = 0x706C6E72
"""What `PRAGMA application_id` says of our files: "plnr"."""
_PLAIN = frozenset("/:._-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
"""Characters that stand for themselves in a URI."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        # The rows themselves lie in the order in which they are read: no sorting, and no second look-up by row number.
        """CREATE TABLE entry (
            time       TEXT NOT NULL,
            id         TEXT NOT NULL UNIQUE,
            author     TEXT NOT NULL,
            plan       TEXT NOT NULL,
            kind       TEXT NOT NULL,
            data       TEXT NOT NULL,
            task       TEXT NOT NULL,
            occurrence TEXT,
            branch     TEXT NOT NULL,
            part       TEXT,
            PRIMARY KEY (time, id)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX entry_by_task ON entry (task, plan)",
        # Follows the primary key too, so that the last entry of each part is found without reading the rows.
        "CREATE INDEX entry_by_part ON entry (kind, plan, part)",
    ),
)
"""What makes each schema version out of the one before; version 1 out of an empty file. Never changed once released."""


def connect(file: Path, mode: str, patience: float) -> sqlite3.Connection:
    """Open the file that is there (`mode`: "rw" or "ro"), waiting `patience` seconds for whoever is writing."""
    import sqlite3

    if sqlite3.sqlite_version_info < (3, 37):
        raise too_old_sqlite(sqlite3.sqlite_version)
    # As a URI, because only that can say: do not create it. (urllib would cost as much as SQLite itself, 5 ms.)
    name = "".join(chr(b) if chr(b) in _PLAIN else f"%{b:02x}" for b in os.fsencode(file.as_posix()))
    uri = f"file://{'' if name.startswith('/') else '/'}{name}?mode={mode}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=patience)


def copied(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A copy in memory of a database that must not be touched."""
    import sqlite3

    copy = sqlite3.connect(":memory:", isolation_level=None)
    connection.backup(copy)
    connection.close()
    return copy


def pragma(connection: sqlite3.Connection, name: str) -> Any:
    """The value of a setting of the database."""
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema to our version, all or nothing; another process may do the same at the same time."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statements in MIGRATIONS[pragma(connection, "user_version") :]:
            for statement in statements:
                connection.execute(statement)
        if pragma(connection, "user_version") < len(MIGRATIONS):
            connection.execute(f"PRAGMA application_id={APPLICATION}")
            connection.execute(f"PRAGMA user_version={len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise


def roll_back(connection: sqlite3.Connection) -> None:
    """Undo what is not committed. Where even that fails, SQLite does it when the file is opened next."""
    import sqlite3

    with contextlib.suppress(sqlite3.Error):
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextlib.contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A free name in the folder of `target`; what stands under it afterwards is removed. Raises JournalError."""
    temporary = target.with_name(f".planner-{os.urandom(6).hex()}.tmp")
    try:
        yield temporary
    except PermissionError as error:
        raise protected(target, reason(error)) from error
    except OSError as error:
        message = _("{path} cannot be written: {error}").format(path=target, error=reason(error))
        hint = _("Is the folder there, is the disk full, or is the file open in another program?")
        raise JournalError(message, hint) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def claim(path: Path) -> None:
    """Make an empty file. Raises FileExistsError; as any new file, colleagues may read it."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))


def publish(temporary: Path, target: Path) -> bool:
    """Give a finished file its name, unless that is taken: nobody ever sees half of it. False: it is taken."""
    try:
        target.hardlink_to(temporary)
    except FileExistsError:
        return False
    except OSError:  # no such links here (FAT, some network shares): claim the name, then put the file there
        try:
            claim(target)
        except FileExistsError:
            return False
        temporary.replace(target)
    return True
