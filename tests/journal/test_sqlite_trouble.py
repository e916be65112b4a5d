"""A journal that is damaged, locked, full, write-protected or something else: a clear message, and nothing lost."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from planner.errors import JournalError
from planner.i18n import _
from planner.journal.entry import Entry
from planner.journal.sqlite import SqliteStore, write_copy
from planner.journal.trouble import damaged, is_empty, protected
from tests.conftest import ROOT
from tests.journal.conftest import At, Start
from tests.journal.contract import entry

KNOWN = [entry(n, data={"text": f"第 {n} 条" * 20}) for n in range(120)]


@pytest.fixture
def filled(journal: Path) -> Path:
    """A journal of some pages."""
    write_copy(KNOWN, journal)
    assert journal.stat().st_size > 40_000
    return journal


def refusal(store: SqliteStore, *, writing: bool = False) -> JournalError:
    """How the store refuses to be read, or written: a message that names the file, and a hint."""
    act = partial(store.append, [entry(1000)]) if writing else lambda: list(store.entries())
    with pytest.raises(JournalError) as caught:
        act()
    assert caught.value.exit_code == 4
    assert caught.value.hint
    assert store.path.name in caught.value.message
    return caught.value


@pytest.mark.parametrize(
    "length", [0, 1, 15, 16, 17, 40, 99, 100, 511, 512, 1024, 4095, 4096, 4097, 8192, 20_000, 0.5, -4096, -1]
)
def test_a_file_that_was_cut_off_is_never_taken_for_a_shorter_journal(
    store: SqliteStore, filled: Path, length: float
) -> None:
    whole = filled.read_bytes()
    cut = whole[: int(length if length == int(length) else len(whole) * length)]
    filled.write_bytes(cut)
    read, written = refusal(store), refusal(store, writing=True)
    if not cut:
        assert read.message == written.message == is_empty(filled).message
    assert filled.read_bytes() == cut


def test_flipped_bytes_are_told_or_harmless_and_never_a_crash(store: SqliteStore, filled: Path) -> None:
    whole, chance, told = filled.read_bytes(), random.Random(3), 0
    for _round in range(150):
        damaged = bytearray(whole)
        for _byte in range(20):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        filled.write_bytes(damaged)
        store.close()
        try:
            list(store.entries())
            list(store.entries(task="health-check"))
            store.append([entry(1000)])
        except JournalError:
            told += 1
    assert told > 10


OTHER_FILES = {
    "random bytes": random.Random(1).randbytes(8192),
    "text": "这是总结，不是数据库。\n".encode() * 500,
    "zeros": b"\0" * 8192,
    "only the head of a database": b"SQLite format 3\0" + b"\0" * 4080,
}


@pytest.mark.parametrize("what", OTHER_FILES)
def test_a_file_that_is_something_else_is_left_alone(store: SqliteStore, journal: Path, what: str) -> None:
    journal.write_bytes(OTHER_FILES[what])
    refusal(store)
    refusal(store, writing=True)
    assert journal.read_bytes() == OTHER_FILES[what]


def test_the_database_of_another_program_is_left_alone(store: SqliteStore, journal: Path) -> None:
    with sqlite3.connect(journal) as other:
        other.execute("CREATE TABLE entry (id, time, author, plan, kind, data, task, occurrence, branch)")
    other.close()
    before = journal.read_bytes()
    refusal(store)
    refusal(store, writing=True)
    assert journal.read_bytes() == before


def test_tables_and_texts_that_are_not_as_they_were_are_damage(store: SqliteStore, filled: Path) -> None:
    def change(statement: str) -> None:
        with sqlite3.connect(filled) as connection:
            connection.execute(statement)
        connection.close()

    for data in ("x", "[]", "{", "[" * 100_000, "1"):
        change(f"UPDATE entry SET data = '{data}' WHERE time = (SELECT min(time) FROM entry)")
        refusal(store)
    change("UPDATE entry SET data = '{}', author = CAST(x'ff' AS TEXT)")
    refusal(store)
    change("ALTER TABLE entry RENAME TO something")
    refusal(store)
    refusal(store, writing=True)


def test_a_newer_journal_is_refused_and_not_touched(store: SqliteStore, filled: Path) -> None:
    connection = sqlite3.connect(filled, isolation_level=None)
    connection.execute("PRAGMA user_version=99")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    before = filled.read_bytes()
    read, written = refusal(store), refusal(store, writing=True)
    assert "升级" in (read.hint or "")
    assert "升级" in (written.hint or "")
    assert filled.read_bytes() == before


def test_while_another_program_writes_one_can_read_but_not_write(store: SqliteStore, filled: Path) -> None:
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert list(store.entries()) == KNOWN
    assert refusal(store, writing=True).message != damaged(filled).message
    other.execute("ROLLBACK")
    store.append([entry(1000)])
    other.execute("BEGIN EXCLUSIVE")
    refusal(store)
    other.close()
    assert store.count() == len(KNOWN) + 1


def test_a_short_wait_is_no_error(filled: Path, start: Start) -> None:
    code = """
import sqlite3, sys, time
other = sqlite3.connect(sys.argv[1], isolation_level=None)
other.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
time.sleep(0.3)
other.execute("ROLLBACK")
"""
    process = start(code, filled)
    assert process.stdout
    assert process.stdout.readline() == "locked\n"
    with closing(SqliteStore(filled, patience=10)) as patient:
        patient.append([entry(1000)])
        assert patient.count() == len(KNOWN) + 1


def test_how_long_to_wait_can_be_changed_while_it_is_open(filled: Path) -> None:
    other = sqlite3.connect(filled, isolation_level=None)
    with closing(SqliteStore(filled, patience=10)) as store, closing(other):
        assert store.count() == len(KNOWN)
        other.execute("BEGIN EXCLUSIVE")
        store.patience = 0.1
        begun = time.monotonic()
        refusal(store)
        assert time.monotonic() - begun < 5


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_what_is_no_file_at_all(store: SqliteStore, journal: Path) -> None:
    journal.mkdir()
    refusal(store)
    refusal(store, writing=True)
    journal.rmdir()
    os.mkfifo(journal)
    refusal(store)
    journal.unlink()
    journal.symlink_to(journal)
    refusal(store)


def test_a_folder_that_is_not_there(tmp_path: Path, at: At) -> None:
    store = at(tmp_path / "no" / "such" / "a.sqlite")
    assert list(store.entries()) == []
    refusal(store, writing=True)
    (tmp_path / "no").write_text("a file")
    refusal(store)


def test_a_full_database_takes_all_of_an_act_or_nothing(store: SqliteStore, filled: Path) -> None:
    connection = store._open()
    assert connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages + 1}")
    with pytest.raises(JournalError) as caught:
        store.append([entry(1000 + n, data={"text": "字" * 2000}) for n in range(20)])
    assert caught.value.message != damaged(filled).message
    assert list(store.entries()) == KNOWN
    connection.execute("PRAGMA max_page_count=1000000")
    assert store.append([entry(1000)]) != []


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 128 KiB of its own."""
    folder = Path(tempfile.mkdtemp())
    made = shutil.which("mount") and hasattr(os, "geteuid") and os.geteuid() == 0
    if (
        not made
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", folder], capture_output=True, check=False
        ).returncode
    ):
        folder.rmdir()
        pytest.skip("only root may mount a disk, and not everywhere")
    yield folder
    subprocess.run(["umount", folder], check=True)
    folder.rmdir()


def remount_read_only(folder: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)


def fill(store: SqliteStore, recorded: list[Entry]) -> None:
    """Append acts of two entries until the store refuses."""
    for n in range(1000):
        recorded += store.append([entry(n, data={"text": "字" * 500}), entry(n, data={"text": "句" * 500})])


def test_a_full_disk_loses_nothing_that_was_recorded(small_disk: Path, at: At) -> None:
    store = at(small_disk / "a.sqlite")
    recorded: list[Entry] = []
    with pytest.raises(JournalError) as caught:
        fill(store, recorded)
    assert caught.value.hint
    assert len(recorded) > 10
    assert list(store.entries()) == sorted(recorded, key=lambda e: e.order)
    with pytest.raises(JournalError):
        write_copy(recorded, small_disk / "b.sqlite")
    with pytest.raises(JournalError):
        at(small_disk / "b.sqlite").append(recorded)
    assert at(small_disk / "b.sqlite").count() == 0
    assert {path.name for path in small_disk.iterdir()} <= {"a.sqlite", "b.sqlite"}
    with sqlite3.connect(small_disk / "a.sqlite") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def test_a_write_protected_disk_can_be_read(small_disk: Path, at: At) -> None:
    store = at(small_disk / "a.sqlite")
    store.append(KNOWN[:3])
    store.close()
    remount_read_only(small_disk)
    assert list(store.entries()) == KNOWN[:3]
    assert refusal(store, writing=True).message == protected(store.path, _("it is write-protected")).message
    refusal(at(small_disk / "new.sqlite"), writing=True)


def interrupted(path: Path, start: Start) -> None:
    """Leave a journal as a process does that is killed while it writes: half of its pages are new."""
    code = """
import sqlite3, sys, os
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size=1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE entry SET author = author || 'half written'")
print("now", flush=True)
os.kill(os.getpid(), 9)
"""
    assert start(code, path).wait() == -9
    assert path.with_name(path.name + "-journal").stat().st_size > 512
    assert b"half written" in path.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_what_was_half_written_is_taken_back(store: SqliteStore, filled: Path, start: Start) -> None:
    interrupted(filled, start)
    assert list(store.entries()) == KNOWN
    assert list(filled.parent.iterdir()) == [filled]


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_where_it_cannot_be_taken_back_the_message_tells_what_to_copy(small_disk: Path, at: At, start: Start) -> None:
    path = small_disk / "a.sqlite"
    write_copy(KNOWN[:60], path)
    interrupted(path, start)
    remount_read_only(small_disk)
    for store in (at(path), at(path, read_only=True)):
        assert "a.sqlite-journal" in (refusal(store).hint or "")


AS_SOMEBODY = """
import json, os, sqlite3, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import planner.journal.data
from planner.errors import JournalError
from planner.journal.entry import *
from planner.journal.sqlite import SqliteStore, write_copy
from datetime import UTC, datetime
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
store = SqliteStore(Path(sys.argv[1]) / "a.sqlite")
new = new_entry(datetime(2023, 3, 8, tzinfo=UTC), "", "p", "note", {})
def attempt(act):
    try:
        print(act())
    except JournalError as error:
        print("refused", error.message, error.hint)
attempt(lambda: len(list(store.entries())))
attempt(lambda: len(store.append([new])))
attempt(lambda: len(SqliteStore(Path(sys.argv[1]) / "new.sqlite").append([new])))
"""


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no such permissions here")
@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "answers"),
    [
        (0o755, 0o444, ["2", "refused", "refused"]),
        (0o555, 0o666, ["2", "refused", "refused"]),
        (0o777, 0o444, ["2", "refused", "1"]),
        (0o777, 0o666, ["2", "1", "1"]),
        (0o777, 0o000, ["refused", "refused", "1"]),
        (0o000, 0o666, ["refused", "refused", "refused"]),
    ],
)
def test_permissions_that_are_missing(start: Start, folder_mode: int, file_mode: int, answers: list[str]) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        write_copy(KNOWN[:2], folder / "a.sqlite")
        (folder / "a.sqlite").chmod(file_mode)
        folder.chmod(folder_mode)
        out, err = start(AS_SOMEBODY, folder, ROOT).communicate(timeout=20)
        assert "Traceback" not in err, err
        assert [line.split()[0] for line in out.splitlines()] == answers, out
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)
