"""The stores of the core keep the contract; the file of SQLite, and what other programs do to it."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from planner.errors import JournalError
from planner.journal import database, sqlite
from planner.journal.sqlite import SqliteStore, write_copy
from planner.journal.store import MemoryStore, Store
from tests.journal.conftest import At, Start
from tests.journal.contract import StoreContract, entry


class TestMemoryStore(StoreContract):
    @pytest.fixture
    def store(self) -> Store:
        return MemoryStore()


class TestSqliteStore(StoreContract):
    @pytest.fixture
    def other(self, journal: Path, at: At) -> Store:
        return at(journal)


class TestSqliteStoreOverASymbolicLink(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path, at: At) -> Iterator[Store]:
        (tmp_path / "real").mkdir()
        link = tmp_path / "link.sqlite"
        link.symlink_to(tmp_path / "real" / "50% off?#计划 a.sqlite")
        yield at(link)
        assert link.is_symlink()


def sql(path: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def test_reading_makes_no_file(store: SqliteStore, journal: Path) -> None:
    assert list(store.entries(plan="p", task="t")) == []
    assert (store.count(), dict(store.about())) == (0, {})
    store.append([], lambda: None)
    assert list(journal.parent.iterdir()) == []


def test_the_first_entry_makes_one_file_that_colleagues_may_read(store: SqliteStore, journal: Path) -> None:
    before = os.umask(0o027)
    try:
        store.append([entry()])
    finally:
        os.umask(before)
    assert list(journal.parent.iterdir()) == [journal]
    assert stat.S_IMODE(journal.stat().st_mode) == 0o640


def test_the_file_is_an_ordinary_database(store: SqliteStore, journal: Path) -> None:
    store.append([entry(1), entry(2, occurrence="2023-03")])
    store.close()
    assert sql(journal, "SELECT task, occurrence, data FROM entry ORDER BY time") == [
        ("health-check", None, '{"status":"done"}'),
        ("health-check", "2023-03", '{"status":"done"}'),
    ]
    assert sql(journal, "PRAGMA application_id") == [(sqlite.APPLICATION,)]
    assert sql(journal, "PRAGMA user_version") == [(1,)]
    assert sql(journal, "PRAGMA journal_mode") == [("delete",)]
    assert dict(store.about()) == {"schema": 1, "bytes": journal.stat().st_size}


def test_what_another_store_adds_is_seen(store: SqliteStore, journal: Path, at: At) -> None:
    store.append([entry(1)])
    at(journal).append([entry(2)])
    assert store.count() == 2


@pytest.mark.parametrize("is_new", [True, False])
def test_while_something_else_is_done_meanwhile_nobody_writes(
    store: SqliteStore, journal: Path, at: At, is_new: bool
) -> None:
    known, other = entry(1), at(journal)
    store.append([known])

    def write() -> None:
        assert list(other.entries()) == [known]
        with pytest.raises(JournalError):
            other.append([entry(3)])

    store.append([entry(2) if is_new else known], write)
    assert other.append([entry(4)]) != []


def test_the_entries_of_one_task_are_found_by_an_index_and_none_are_sorted(store: SqliteStore, journal: Path) -> None:
    store.append([entry()])
    plans = [
        sql(journal, f"EXPLAIN QUERY PLAN SELECT * FROM entry WHERE {where} ORDER BY time, id")
        for where in ("plan = 'p' AND task = 't'", "plan = 'p' AND +kind IN ('status')", "1")
    ]
    assert "entry_by_task" in str(plans[0])
    assert "TEMP B-TREE" not in str(plans)


def test_a_file_that_was_replaced_is_opened_anew(store: SqliteStore, journal: Path) -> None:
    store.append([entry(1)])
    theirs = entry(2)
    write_copy([theirs], journal.with_name("theirs.sqlite"))
    journal.with_name("theirs.sqlite").replace(journal)
    assert list(store.entries()) == [theirs]
    mine = entry(3)
    store.append([mine])
    store.close()
    assert list(store.entries()) == [theirs, mine]


def test_its_version_tells_of_a_file_that_was_replaced_or_removed(store: SqliteStore, journal: Path) -> None:
    seen = [store.version()]
    store.append([entry(1)])
    write_copy([entry(2)], journal.with_name("theirs.sqlite"))
    seen.append(store.version())
    journal.with_name("theirs.sqlite").replace(journal)
    assert store.version() not in seen
    seen.append(store.version())
    journal.unlink()
    assert store.version() not in seen[1:]


def test_a_file_that_is_replaced_at_the_last_moment_is_not_written_for_nothing(
    store: SqliteStore, journal: Path
) -> None:
    store.append([entry(1)])
    theirs = entry(2)
    write_copy([theirs], journal.with_name("theirs.sqlite"))

    def synchronize() -> None:
        journal.with_name("theirs.sqlite").replace(journal)
        assert store.count() == 2

    with pytest.raises(JournalError, match=journal.name):
        store.append([entry(3)], synchronize)
    assert list(store.entries()) == [theirs]


def test_a_file_that_was_removed_is_made_anew(store: SqliteStore, journal: Path) -> None:
    store.append([entry(1)])
    journal.unlink()
    assert list(store.entries()) == []
    assert not journal.exists()
    store.append([entry(2)])
    assert store.count() == 1


def test_the_rest_of_a_removed_journal_is_not_played_into_a_new_one(store: SqliteStore, journal: Path) -> None:
    leftover = journal.with_name(journal.name + "-journal")
    leftover.write_bytes(b"old pages")
    assert list(store.entries()) == []
    with pytest.raises(JournalError, match="-journal"):
        store.append([entry()])
    assert leftover.read_bytes() == b"old pages"
    assert not journal.exists()


def test_a_write_ahead_log_of_another_program_goes(store: SqliteStore, journal: Path) -> None:
    store.append([entry(1)])
    store.close()
    assert sql(journal, "PRAGMA journal_mode=WAL") == [("wal",)]
    store.append([entry(2)])
    store.close()
    assert sql(journal, "PRAGMA journal_mode") == [("delete",)]
    assert list(journal.parent.iterdir()) == [journal]


def test_data_that_is_spelt_in_another_way_is_the_same_entry(store: SqliteStore, journal: Path) -> None:
    known = entry(data={"a": 1, "b": "二"})
    store.append([known])
    sql(journal, r"""UPDATE entry SET data = '{ "b": "\u4e8c", "a": 1 }'""")
    assert store.append([known]) == []
    sql(journal, """UPDATE entry SET data = '{"a":true,"b":"二"}'""")
    with pytest.raises(JournalError, match=known.id):
        store.append([known])


def test_equal_data_is_one_object_and_memory_stays_bounded(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.append([entry(n, data={"n": n % 3}) for n in range(30)])
    assert len({id(found.data) for found in store.entries()}) == 3
    monkeypatch.setattr(sqlite, "_REMEMBERED", 2)
    assert [found.data["n"] for found in store.entries()] == [n % 3 for n in range(30)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links on every drive")
def test_where_files_cannot_have_two_names_the_journal_is_made_all_the_same(
    store: SqliteStore, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError(1, "Operation not permitted")  # what FAT answers

    monkeypatch.setattr(os, "link", refuse)
    store.append([entry(1)])
    store.append([entry(2)])
    assert store.count() == 2
    assert list(journal.parent.iterdir()) == [journal]
    with pytest.raises(JournalError):
        write_copy([entry()], journal)
    assert store.count() == 2


MANY_AT_ONCE = """
import sys
from pathlib import Path
from planner.journal.sqlite import SqliteStore
from tests.journal.contract import entry
store = SqliteStore(Path(sys.argv[1]))
made = [entry(n) for n in range(5)]
print("ready", flush=True)
sys.stdin.readline()
for one in made:
    store.append([one])
print(*(one.id for one in made))
"""


def test_several_processes_make_and_fill_one_journal_at_once(store: SqliteStore, journal: Path, start: Start) -> None:
    processes = [start(MANY_AT_ONCE, journal) for _n in range(4)]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    ids = {id_ for process in processes for id_ in process.communicate(timeout=20)[0].split()}
    assert len(ids) == 20
    assert {found.id for found in store.entries()} == ids
    assert list(journal.parent.iterdir()) == [journal]


Update = Callable[..., None]
SECOND = (
    "ALTER TABLE entry ADD COLUMN mark TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX entry_by_mark ON entry (mark)",
)


@pytest.fixture
def update(monkeypatch: pytest.MonkeyPatch) -> Update:
    """Make this the planner of tomorrow, whose schema is one version newer."""

    def update(*statements: str) -> None:
        monkeypatch.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, statements))

    return update


class TestOlderFile:
    def test_it_is_brought_up_to_date_and_keeps_its_entries(
        self, store: SqliteStore, journal: Path, update: Update
    ) -> None:
        old, new = entry(1), entry(2)
        store.append([old])
        store.close()
        update(*SECOND)
        assert list(store.entries()) == [old]
        store.append([new])
        assert list(store.entries()) == [old, new]
        assert store.about()["schema"] == 2
        assert sql(journal, "SELECT mark FROM entry") == [("",), ("",)]

    def test_it_stays_as_it_was_when_that_fails(self, store: SqliteStore, journal: Path, update: Update) -> None:
        store.append([entry()])
        store.close()
        before = journal.read_bytes()
        update(*SECOND, "CREATE TABLE entry (id)")
        with pytest.raises(JournalError):
            store.count()
        assert journal.read_bytes() == before

    def test_two_programs_may_do_it_at_the_same_time(self, store: SqliteStore, journal: Path, update: Update) -> None:
        store.append([entry()])
        other = database.connect(journal, "rw", 1)
        update(*SECOND)
        assert store.count() == 1
        database.migrate(other)
        other.close()
        assert store.about()["schema"] == 2

    def test_a_copy_that_must_not_be_touched_is_read_in_memory(
        self, store: SqliteStore, journal: Path, at: At, update: Update
    ) -> None:
        old = entry()
        store.append([old])
        store.close()
        before = journal.read_bytes()
        update(*SECOND)
        copy = at(journal, read_only=True)
        assert list(copy.entries()) == [old]
        with pytest.raises(JournalError):
            copy.append([entry(1)])
        assert journal.read_bytes() == before

    def test_a_program_that_has_it_open_notices(self, store: SqliteStore, journal: Path) -> None:
        store.append([entry()])
        sql(journal, "PRAGMA user_version=2")
        with pytest.raises(JournalError):
            store.append([entry(1)])
        assert sql(journal, "SELECT count(*) FROM entry") == [(1,)]


def test_a_backup_is_complete_and_takes_nobodys_place(tmp_path: Path, at: At) -> None:
    many = [entry(n, plan=f"plan-{n % 2}") for n in range(20)]
    assert write_copy(many, tmp_path / "b.sqlite") == 20
    assert list(at(tmp_path / "b.sqlite").entries()) == many
    for taken in ("b.sqlite", "text.txt"):
        (tmp_path / "text.txt").write_text("notes")
        with pytest.raises(JournalError, match=taken):
            write_copy([entry()], tmp_path / taken)
    assert (tmp_path / "text.txt").read_text() == "notes"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.sqlite", "text.txt"]


def test_a_backup_of_nothing_is_an_empty_journal(tmp_path: Path, at: At) -> None:
    assert write_copy([], tmp_path / "b.sqlite") == 0
    copy = at(tmp_path / "b.sqlite")
    assert (copy.count(), copy.about()["schema"]) == (0, 1)
