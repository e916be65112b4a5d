"""A union office with ledgers: for the tests of rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from planner.api import Session, Snapshot
from tests.conftest import HEAD, Outcome

Run = Callable[..., Outcome]
TABLES = """
[[goals]]
id = "care"
title = "关心教职工生活"
[[goals]]
id = "rights"
title = "保障权利、民主管理"

[[branches]]
id = "mech"
name = "机电分工会"
[[branches]]
id = "elec"
name = "电子分工会"

[[tasks]]
id = "visit"
title = "五必访"
when = "本学期"
goals = ["care"]
[[tasks]]
id = "brand"
title = "“一会一品”申报"
when = "三月"
for = ["mech"]

[[ledgers]]
id = "visits"
use = "慰问"
goal = "care"
[[ledgers]]
id = "proposals"
use = "提案"
goal = "rights"
[[ledgers]]
id = "honours"
use = "荣誉"
"""
DAY = "2023-03-10"


class Office:
    """A plan with its journal in a folder, at which somebody works on the command line."""

    def __init__(self, run: Run, folder: Path, tables: str = TABLES) -> None:
        folder.mkdir(exist_ok=True)
        self._run = run
        self.plan, self.journal = folder / "plan.toml", folder / "plan.journal.sqlite"
        self.writes(tables)

    def writes(self, tables: str) -> None:
        """The plan is another one from now on."""
        self.plan.write_text(HEAD + tables, encoding="utf-8")

    def tries(self, *words: str | Path, day: str = DAY) -> Outcome:
        """A command, which may be refused."""
        return self._run("-p", self.plan, "--today", day, *words)

    def does(self, *words: str | Path, day: str = DAY) -> Outcome:
        """A command that succeeds."""
        done = self.tries(*words, day=day)
        assert done.code == 0, done.err
        return done

    def refused(self, *words: str) -> str:
        """What is said to a command that is refused, which records nothing."""
        before = self.entries()
        done = self.tries(*words)
        assert done.code == 2, done.out
        assert "Traceback" not in done.err
        assert self.entries() == before
        return done.err

    def json(self, *words: str) -> Any:
        return json.loads(self.does("--json", *words).out)

    def entries(self) -> list[dict[str, Any]]:
        """All entries of the journal."""
        found: list[dict[str, Any]] = self.json("log", "-n", "100000")
        return found

    def records(self, *words: str, day: str = DAY) -> str:
        """A new row; the signs by which people name it."""
        (entry,) = json.loads(self.does("--json", "record", *words, day=day).out)
        sign: str = entry["id"][-8:]
        return sign

    def rows(self, ledger: str = "visits", *words: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.json("ledger", "list", ledger, *words)
        return found

    def row(self, sign: str) -> dict[str, Any]:
        found: dict[str, Any] = self.json("ledger", "show", sign)
        return found

    def session(self) -> Session:
        """A session on this plan; warnings fail the test."""

        def warn(message: str) -> None:
            raise AssertionError(message)

        session = Session(warn, {"PLANNER_PLUGINS": "ledger", "PLANNER_AUTHOR": "主席"})
        session.plan_path = str(self.plan)
        return session

    def snapshot(self) -> Snapshot:
        return self.session().snapshot(checked=False)
