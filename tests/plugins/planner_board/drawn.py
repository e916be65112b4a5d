"""Boards for tests of drawing: a plan given as text, and what the journal tells of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from textwrap import dedent

from planner.graph import TaskGraph
from planner.journal.entry import new_entry
from planner.journal.history import History
from planner.journal.store import MemoryStore
from planner.plan.load import load_text
from planner.plan.source import PlanText
from planner.snapshot import Snapshot
from planner_board.board import Board, Size
from planner_board.drawing.sheet import Sheet

TODAY = date(2023, 4, 10)
TERM = """\
id = "test-1"
title = "测试计划"
[term]
start = 2023-02-13
end = 2023-04-23
"""
"""Ten weeks, from a Monday to a Sunday."""
HOSTILE = (
    "“一会一品”特色项目申报…①★", "👨‍👩‍👧 亲子活动 👍🏽 🇨🇳 1️⃣ ☀️", "ＡＢＣ１２３（全角）",
    "[red]x[/red] \\u001b]0;x\\u0007标题",
    "e\\u0301te\\u0301 \\u202eRTL\\u202c \\u200b零宽", "한국어 ｱｲｳ ①②③ Ⅳ 《》—— ·", "𠮷野家 \\U0001f9ff \\U0001fae8",
    "ظ العربية हिन्दी ไทย", "长" * 500, "a" * 500,
)  # fmt: skip
SIZES = (
    Size(60, 14),
    Size(61, 20),
    Size(79, 20),
    Size(80, 24),
    Size(97, 31),
    Size(120, 40),
    Size(143, 41),
    Size(200, 60),
)
TINY = (Size(20, 4), Size(37, 9))
"""Beside large details a view can be narrower than the window may be."""
Told = tuple[str, str, str | None, str]
"""Task, status, occurrence, branch."""


def tasks(*keys: str) -> str:
    """Tasks t0, t1 …, titled 甲, 乙 … where their keys name no title."""
    found = []
    for n, text in enumerate(keys):
        title = "" if "title" in text else f'title = "{"甲乙丙丁戊己庚辛壬癸"[n % 10] * 3}"'
        found.append(f'[[tasks]]\nid = "t{n}"\n{title}\n{dedent(text)}\n')
    return "\n".join(found)


def board(
    text: str, told: Iterable[Told] = (), today: date = TODAY, head: str = TERM, only: int | None = None
) -> Board:
    """A board of `head` and `text`; with `only` it shows so many of the tasks."""
    plan = load_text(PlanText("plan.toml", head + text)).plan
    assert plan is not None
    now = datetime(today.year, today.month, today.day, 1, tzinfo=UTC)
    entries = [
        new_entry(now, "我", plan.id, "status", {"status": status}, task=task, occurrence=key, branch=branch)
        for task, status, key, branch in told
    ]
    snapshot = Snapshot(
        plan, TaskGraph(plan.tasks), today, now, History(MemoryStore(entries), plan.id), lambda _snapshot: ()
    )
    return Board(snapshot, None if only is None else plan.tasks[:only])


def body(sheet: Sheet) -> list[str]:
    """The lines below the heading, without blanks at their ends."""
    return [sheet.line(y).text.rstrip() for y in range(sheet.height)]


def head(sheet: Sheet) -> list[str]:
    """The lines of the heading, without blanks at their ends."""
    return [line.text.rstrip() for line in sheet.head]


def assert_exact(size: Size, sheet: Sheet) -> None:
    """Every line is as wide as asked, and every spot lies on the sheet."""
    lines = [*sheet.head, *(sheet.line(y) for y in range(sheet.height))]
    assert {line.cell_length for line in lines} <= {size.width}
    assert lines
    for column in sheet.columns:
        for spot in column:
            assert 0 <= spot.x <= spot.x + spot.width <= size.width
            assert 0 <= spot.y <= spot.y + spot.height <= sheet.height
