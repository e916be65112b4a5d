"""What the tests of the journal share: entries without a clock, and processes that work beside this one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.journal.contract")

from planner.journal.sqlite import SqliteStore

Start = Callable[..., "subprocess.Popen[str]"]
At = Callable[..., SqliteStore]


@pytest.fixture
def at() -> Iterator[At]:
    """A store at a path; closed in the end."""
    opened: list[SqliteStore] = []

    def store_at(path: Path, **options: bool) -> SqliteStore:
        opened.append(SqliteStore(path, patience=0.1, **options))
        return opened[-1]

    yield store_at
    for store in opened:
        store.close()


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Where a journal will be."""
    return tmp_path / "plan.journal.sqlite"


@pytest.fixture
def store(journal: Path, at: At) -> SqliteStore:
    """A store there; nothing has been written yet."""
    return at(journal)


@pytest.fixture
def start() -> Iterator[Start]:
    """Start Python on some code, with pipes; what still runs in the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def start_python(code: str, *arguments: str | Path, **options: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, arguments)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
            **options,  # type: ignore[call-overload]
        )  # fmt: skip
        started.append(process)
        return process

    yield start_python
    for process in started:
        process.kill()
        process.communicate()
