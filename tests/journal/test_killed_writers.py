"""Writers that are killed while they write: what was recorded is there, whole, and the journal opens."""

from __future__ import annotations

import random
import signal
import sqlite3
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from planner.journal.sqlite import SqliteStore
from tests.journal.conftest import Start

WRITER = """
import itertools, sys, time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from planner.journal.entry import new_entry
from planner.journal.sqlite import SqliteStore
store = SqliteStore(Path(sys.argv[1]))
for n in itertools.count():
    now = datetime(2023, 3, 8, tzinfo=UTC) + timedelta(seconds=n)
    data = {"act": f"{sys.argv[2]}.{n}", "text": "字" * 1500}
    act = [new_entry(now, sys.argv[2], "p", "note", data) for _ in range(3)]
    store.append(act)
    print(*(entry.id for entry in act), flush=True)
    time.sleep(0.004)  # lets the other one in
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_two_writers_killed_at_any_moment_leave_every_recorded_act_whole(
    store: SqliteStore, journal: Path, start: Start
) -> None:
    chance, recorded = random.Random(), set[str]()
    for n in range(10):
        writers = [start(WRITER, journal, f"{n}{name}") for name in "ab"]
        outputs = [writer.stdout for writer in writers if writer.stdout]
        lines = [output.readline() for output in outputs]  # by then both are at work
        time.sleep(chance.uniform(0, 0.08))
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
        lines += [line for output in outputs for line in output]
        recorded.update(id_ for line in lines if line.endswith("\n") for id_ in line.split())

        with closing(sqlite3.connect(journal)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = list(store.entries())
        store.close()
        assert recorded <= {entry.id for entry in found}
        assert set(Counter(entry.data["act"] for entry in found).values()) == {3}
    assert len(recorded) > 60
