"""Plans and measures for these tests: a plan is a file, its journal a real one beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from planner.api import GoalMeasure, Session, Snapshot, Window, read_quantity

GOALS = """
[guiding]
duties = ["维护", "参与", "教育"]

[[goals]]
id = "rights"
title = "民主管理"
duties = ["维护"]

[[goals]]
id = "care"
title = "送温暖"
duties = ["维护", "教育"]
"""
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
APRIL_10 = "2023-04-10"


def task(id_: str, when: str = "三月", *more: str, goals: str = "") -> str:
    """A task as a plan writes it; without `when` it has no date."""
    lines = [f'[[tasks]]\nid = "{id_}"\ntitle = "事项{id_}"', *([f'when = "{when}"'] if when else []), *more]
    if goals:
        lines.append(f"goals = {str(goals.split()).replace(chr(39), chr(34))}")
    return "\n" + "\n".join(lines) + "\n"


def open_session(path: Path, today: str = APRIL_10) -> Session:
    """A session on a plan, on a day."""
    session = Session(print, {})
    session.plan_path = str(path)
    session.today_asked = date.fromisoformat(today)
    return session


def snapshot_of(path: Path, today: str = APRIL_10, measures: Iterable[GoalMeasure] = ()) -> Snapshot:
    """The plan at `path` with what its journal tells; `measures` are what ledgers count."""
    session = open_session(path, today)
    snapshot = session.snapshot()
    known = tuple(measures)

    def answers(hook: str, _snapshot: Snapshot) -> tuple[Any, ...]:
        return known if hook == "planner_goal_measures" else ()

    vars(snapshot)["statuses"] = snapshot.statuses  # read before the file is let go
    session.close()
    return replace_answers(snapshot, answers)


def replace_answers(snapshot: Snapshot, answers: Any) -> Snapshot:
    """The same snapshot with other answers of plugins."""
    made = replace(snapshot, _ask=answers)
    vars(made)["statuses"] = snapshot.statuses
    return made


def measure(name: str, text: str, days: str = "", **more: Any) -> GoalMeasure:
    """Something that was counted: measure("meetings.times", "1次", "2023-03-08", goals=("rights",))."""
    first, _slash, last = days.partition("/")
    window = Window(date.fromisoformat(first), date.fromisoformat(last or first)) if days else None
    unit = text.lstrip("0123456789.余多近约")
    about = {"goals": ("rights",), "source": f"row-{name}-{text}-{days}", **more}
    return GoalMeasure(name, f"台账 {name}", read_quantity(text, (unit,)), days=window, **about)
