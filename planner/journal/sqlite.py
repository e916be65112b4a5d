"""The journal as one SQLite file beside the plan: where entries are kept unless somebody asks for another store.

A rollback journal and no write-ahead log: between two runs there is one file, which can be copied with the plan, lies
on synchronized folders and network shares, and needs no server. The file is made with the first entry.
"""

from __future__ import annotations

import contextlib
import gc
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.errors import JournalError, reason
from planner.i18n import _
from planner.journal import database
from planner.journal.database import APPLICATION, beside, claim, connect, copied, migrate, pragma, publish, roll_back
from planner.journal.entry import STATUS, UNDO, Entry
from planner.journal.store import checked_data, last_of_each, part, same_id
from planner.journal.trouble import damaged, explained, is_empty, is_newer, no_file, not_ours, protected

if TYPE_CHECKING:
    import sqlite3  # 6 ms, and most runs find no journal: imported where there is one

_Row = tuple[Any, ...]
_COLUMNS = ", ".join(Entry._fields)
_DATA = Entry._fields.index("data")
_INSERT = f"INSERT INTO entry ({_COLUMNS}, part) VALUES ({', '.join('?' * len(Entry._fields))}, ?)"
_TIME_LENGTH = len("2023-03-08T06:00:00.000Z")
_LATEST = f"""
    SELECT {", ".join(f"entry.{name}" for name in Entry._fields)} FROM (
        SELECT max(time || id) AS last FROM entry WHERE kind = 'status' AND plan = ?1 AND part IS NOT NULL GROUP BY part
        UNION ALL
        SELECT time || id FROM entry WHERE kind = 'status' AND plan = ?1 AND part IS NULL
    ) JOIN entry ON entry.time = substr(last, 1, {_TIME_LENGTH}) AND entry.id = substr(last, {_TIME_LENGTH + 1})
"""
_EARLIER = f"""
    SELECT {_COLUMNS} FROM entry WHERE kind = 'status' AND plan = ?1 AND part = ?2 ORDER BY time DESC, id DESC
"""
_BATCH = 500
"""Ids asked for at once; SQLite takes 32 766 at most, older ones 999."""
_REMEMBERED = 10_000
"""Parsed data kept while reading: of 100 000 statuses nearly all are alike."""


class SqliteStore:
    """Entries in the file at `path`. See Store for what the methods promise."""

    def __init__(self, path: Path, url: str = "", *, patience: float = 10.0, read_only: bool = False) -> None:
        """`patience`: see Store. `read_only`: never touch the file."""
        self.path = path
        self.url = url or str(path)
        self.patience = patience
        self._read_only = read_only
        self._connection: sqlite3.Connection | None = None
        self._opened: tuple[int, int] | None = None
        self._times_opened = 0

    def append(self, entries: Iterable[Entry], meanwhile: Callable[[], object] | None = None) -> list[Entry]:
        """See Store."""
        given: dict[str, Entry] = {}
        rows: dict[str, _Row] = {}
        for entry in entries:
            row = (*entry[:_DATA], checked_data(entry), *entry[_DATA + 1 :])
            if rows.setdefault(entry.id, row) != row:
                raise same_id(entry)
            given.setdefault(entry.id, entry)
        if not rows:
            if meanwhile is not None:
                meanwhile()
            return []
        self.create()
        with self._transaction("BEGIN IMMEDIATE") as connection:
            for known in _with_ids(connection, list(rows)):
                if not _is_same(known, rows.pop(known[0])):
                    raise same_id(given[known[0]])
            connection.executemany(_INSERT, [(*row, part(given[id_])) for id_, row in rows.items()])
            if meanwhile is not None:
                meanwhile()
        return [given[id_] for id_ in rows]

    def entries(
        self, *, plan: str | None = None, kinds: Collection[str] | None = None, task: str | None = None
    ) -> Iterator[Entry]:
        """See Store. All rows are fetched at once: an open query would keep everybody else from writing."""
        if self._open() is None:
            return iter(())
        wanted = [("plan = ?", plan), ("task = ?", task)]
        terms = [term for term, value in wanted if value is not None]
        values = [value for _term, value in wanted if value is not None]
        if kinds is not None:
            # A kind with few entries is found by its index; for the others going through the rows in order is faster.
            column = "kind" if set(kinds) <= {UNDO} else "+kind"
            terms.append(f"{column} IN ({', '.join('?' * len(kinds))})")
            values += kinds
        where = " WHERE " + " AND ".join(terms) if terms else ""
        with self._transaction("BEGIN") as connection:
            query = f"SELECT {_COLUMNS} FROM entry{where} ORDER BY time, id"
            with contextlib.closing(connection.execute(query, values)) as rows:  # unclosed, it keeps its lock
                return iter(self._made(rows))

    def latest(self, plan: str, without: Collection[str] = (), *, task: str | None = None) -> Iterator[Entry]:
        """See Store."""
        if self._open() is None:
            return iter(())
        if task is not None:
            known = self.entries(plan=plan, kinds=(STATUS,), task=task)
            return last_of_each(entry for entry in known if entry.id not in without)
        with self._transaction("BEGIN") as connection:
            found = self._made(connection.execute(_LATEST, (plan,)).fetchall())
            kept = [entry for entry in found if entry.id not in without]
            for taken_back in (entry for entry in found if entry.id in without):
                if (of := part(taken_back)) is not None:
                    earlier = self._made(connection.execute(_EARLIER, (plan, of)).fetchall())
                    kept += [entry for entry in earlier if entry.id not in without][:1]
            return iter(sorted(kept, key=lambda entry: entry.order))

    def _made(self, rows: Iterable[_Row]) -> list[Entry]:
        data, new = _Parsed(), tuple.__new__  # as Entry(…) does it, without its 0.3 µs for the names
        was_enabled = gc.isenabled()
        gc.disable()  # many objects and no cycles: looking for some would cost as much as reading
        try:
            return [
                new(Entry, (id_, time, author, plan, kind, data[text], task, occurrence, branch))
                for id_, time, author, plan, kind, text, task, occurrence, branch in rows
            ]
        except (ValueError, TypeError, RecursionError) as error:
            raise damaged(self.path) from error
        finally:
            if was_enabled:
                gc.enable()

    def count(self) -> int:
        """See Store."""
        if self._open() is None:
            return 0
        with self._transaction("BEGIN") as connection:
            (number,) = connection.execute("SELECT count(*) FROM entry").fetchone()
            return int(number)

    def about(self) -> Mapping[str, str | int]:
        """`schema` (version) and `bytes`; nothing where there is no file yet."""
        if self._open() is None:
            return {}
        with self._transaction("BEGIN") as connection:
            return {"schema": pragma(connection, "user_version"), "bytes": self._file.stat().st_size}

    def version(self) -> object:
        """See Store: which file it is, and what SQLite counts of other connections' commits since it was opened."""
        connection = self._open()
        if connection is None:
            return None
        with explained(self.path):
            return self._opened, self._times_opened, pragma(connection, "data_version")

    def close(self) -> None:
        """See Store."""
        if self._connection is not None:
            self._connection.close()
        self._connection = self._opened = None

    def create(self) -> None:
        """Make the file, without entries, unless it is there."""
        if self._identity() is not None:
            return
        self._refuse_leftover()
        with beside(self._file) as temporary, explained(self.path):
            claim(temporary)
            with contextlib.closing(connect(temporary, "rw", self.patience)) as connection:
                migrate(connection)
            publish(temporary, self._file)  # where another process was faster, its file is as good

    def _refuse_leftover(self) -> None:
        """Raise JournalError where SQLite's own journal of a removed file would be played into a new one."""
        leftover = self._file.with_name(self._file.name + "-journal")
        if leftover.exists() and self._identity() is None:
            message = _("{file} belongs to a journal that is no longer there.").format(file=leftover)
            raise JournalError(message, _("Put the journal back beside it, or move this file away too."))

    @cached_property
    def _file(self) -> Path:
        """The file itself, behind all symbolic links."""
        try:
            return self.path.resolve()
        except (OSError, RuntimeError, ValueError) as error:
            raise no_file(self.path, str(error)) from error

    def _identity(self) -> tuple[int, int] | None:
        """What tells the file from one put in its place; None where there is none. Raises JournalError for no file."""
        try:
            status = self._file.stat()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise no_file(self.path, reason(error) if isinstance(error, OSError) else str(error)) from error
        if not stat.S_ISREG(status.st_mode):
            raise no_file(self.path, _("it is a folder") if self._file.is_dir() else _("it is no ordinary file"))
        if not status.st_size:
            raise is_empty(self.path)
        return status.st_dev, status.st_ino

    def _open(self) -> sqlite3.Connection | None:
        """The connection to the file that is there now, or None: programs that synchronize folders replace files."""
        if self._connection is not None and self._connection.in_transaction:
            return self._connection
        identity = self._identity()
        if identity != self._opened:
            self.close()
        if identity is not None and self._connection is None:
            mode = "ro" if self._read_only else "rw"
            with explained(self.path):
                self._connection = self._prepared(connect(self._file, mode, self.patience))
            self._opened = identity
            self._times_opened += 1
        if self._connection is not None:
            self._connection.execute(f"PRAGMA busy_timeout={round(self.patience * 1000)}")
        return self._connection

    def _prepared(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        """The connection, once it is sure that the file is a journal, of our schema version."""
        try:
            if pragma(connection, "application_id") != APPLICATION:
                raise not_ours(self.path)
            if pragma(connection, "page_count") * pragma(connection, "page_size") > self._file.stat().st_size:
                raise damaged(self.path)  # its end is missing; SQLite would notice only there
            version = pragma(connection, "user_version")
            if version > len(database.MIGRATIONS):
                raise is_newer(self.path)
            if version < len(database.MIGRATIONS):
                connection = copied(connection) if self._read_only else connection
                migrate(connection)
            # EXTRA: after FULL a power failure can bring the removed rollback journal back, and with it the old state.
            connection.execute("PRAGMA synchronous=EXTRA")
            connection.execute("PRAGMA trusted_schema=OFF")
            if not self._read_only and pragma(connection, "journal_mode") != "delete":
                connection.execute("PRAGMA journal_mode=DELETE")  # another program left a write-ahead log
        except BaseException as error:
            connection.close()
            if isinstance(error, UnicodeDecodeError):  # even SQLite's message about the damage is damaged
                raise damaged(self.path) from error
            raise
        return connection

    @contextlib.contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        """A transaction that is committed, or rolled back when anything is raised inside; reading may be nested."""
        connection = self._open()
        if connection is None:
            raise no_file(self.path, _("it was removed"))
        with explained(self.path):
            if connection.in_transaction and begin == "BEGIN":
                yield connection
                return
            if self._read_only and begin != "BEGIN":
                raise protected(self.path, _("it is write-protected"))
            connection.execute(begin)
            try:
                if pragma(connection, "user_version") > len(database.MIGRATIONS):
                    raise is_newer(self.path)
                yield connection
                if begin != "BEGIN" and self._identity() != self._opened:
                    raise no_file(self.path, _("another program put another file in its place"))
                connection.execute("COMMIT")
            except BaseException:
                roll_back(connection)
                raise


class _Parsed(dict[str, dict[str, Any]]):
    """Data by its text, parsed once."""

    def __init__(self) -> None:
        import json

        super().__init__()
        self._parse = json.JSONDecoder().decode

    def __missing__(self, text: str) -> dict[str, Any]:
        data = self._parse(text)
        if not isinstance(data, dict):
            raise ValueError("data is no object")
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = data
        return data


def _with_ids(connection: sqlite3.Connection, ids: list[str]) -> Iterator[_Row]:
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        query = f"SELECT {_COLUMNS} FROM entry WHERE id IN ({', '.join('?' * len(batch))})"
        yield from connection.execute(query, batch).fetchall()


def _is_same(known: _Row, row: _Row) -> bool:
    """Whether two rows are the same entry; its data may be spelt in another way."""
    if known == row:
        return True
    from planner.journal.data import data_text, strict_json

    try:
        respelt = data_text(strict_json(known[_DATA]))
    except (ValueError, TypeError):
        return False
    return (*known[:_DATA], respelt, *known[_DATA + 1 :]) == row


def write_copy(entries: Iterable[Entry], path: Path) -> int:
    """Write a new journal at `path` that holds `entries`; how many. Raises JournalError, also where `path` exists."""
    target = path.absolute()
    with beside(target) as temporary, contextlib.closing(SqliteStore(temporary)) as store:
        store.create()
        number = len(store.append(entries))
        store.close()
        if not publish(temporary, target):
            message = _("{path} exists already; it was left as it is.").format(path=path)
            raise JournalError(message, _("Choose another name, or move the old file away."))
    return number
