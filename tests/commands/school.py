"""A union office that plans and tells: for the tests of what people are told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

from planner.journal.entry import STATUS, new_entry
from planner.session import Session
from tests.conftest import Outcome

Run = Callable[..., Outcome]
Write = Callable[..., Path]

BRANCHES = """
    [[branches]]
    id = "a"
    name = "甲分工会"
    [[branches]]
    id = "b"
    name = "乙分工会"
    [[branches]]
    id = "c"
    name = "丙分工会"
"""
HERS = """
[[tasks]]
id = "apply"
title = "特色项目申报"
when = "三月"
for = ["a"]
"""
ALL = """
[[tasks]]
id = "trip"
title = "一日游"
when = "三月"
"""
QUOTA = """
[[tasks]]
id = "study"
title = "集中学习"
when = "3-5月"
times = { every = "month", least = 1 }
"""
DAY = "2023-02-27"


class School:
    """A union office at work: it edits its plan, and tells people."""

    def __init__(self, planner: Run, write: Write) -> None:
        self._planner = planner
        self._write = write
        self.plan = write(BRANCHES)

    def plans(self, tasks: str) -> None:
        self._write(dedent(BRANCHES) + tasks)

    def tells(self, *arguments: str, day: str = DAY) -> str:
        """Calendars are written; what the note beside them says."""
        outcome = self._planner("-p", self.plan, "--today", day, "ical", "-o", "out", *arguments)
        assert outcome.code == 0, outcome.err
        return Path("out/变更说明.txt").read_bytes().decode("utf-8-sig").replace("\r\n", "\n")

    def changes(self, *arguments: str, day: str = "2023-03-06") -> str:
        """What the command says."""
        outcome = self._planner("-p", self.plan, "--today", day, "changes", *arguments)
        assert outcome.code == 0, outcome.err
        return outcome.out

    def json(self, *arguments: str) -> Any:
        return json.loads(self.changes("--json", *arguments))

    def marks(self, task: str, status: str, occurrence: str | None = None) -> None:
        """Somebody marks a task in the journal."""
        session = Session(print, {})
        session.plan_path = str(self.plan)
        plan = session.load().plan
        assert plan is not None
        data = {"status": status, "branches": list(plan.task_by_id[task].branches)}
        session.record(
            [new_entry(session.now(plan.timezone), "x", plan.id, STATUS, data, task=task, occurrence=occurrence)]
        )
        session.store.close()

    def sections(self) -> dict[str, list[str]]:
        """Heading and lines of each section."""
        found: dict[str, list[str]] = {}
        for line in self.changes().splitlines():
            if line.startswith("【"):
                found[line[1 : line.index("】")]] = lines = []
            elif found and line:
                lines.append(line)
        return found
