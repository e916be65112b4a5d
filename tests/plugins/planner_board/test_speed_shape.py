"""What makes the board fast, as far as that can be told without a clock: what is loaded, drawn and worked out."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from planner.journal.entry import STATUS, new_entry
from planner.journal.status import STATUSES
from planner.plan.model import Task
from planner.plan.occurrence import Occurrence
from planner_board.app import BoardApp
from planner_board.board import Board, Size
from planner_board.drawing.sheet import Sheet
from planner_board.live import Live
from tests.conftest import SPRING
from tests.plugins.planner_board.boards import opened, run, session_of

NOT_YET = {"pypinyin", "borax", "jinja2", "aiohttp", "textual_serve", "icalendar", "docx"}
"""What the first picture can do without."""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return shutil.copyfile(SPRING, tmp_path / "plan.toml")


def test_the_first_picture_loads_nothing_that_only_later_ones_need() -> None:
    code = "import sys, planner_board.staying, planner_board.views.months; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True).stdout
    loaded = set(said.split())
    assert "textual.app" in loaded
    assert not loaded & NOT_YET
    assert not [name for name in loaded if name.startswith("planner_board.dialogs.")]


def test_a_key_press_draws_no_more_lines_than_are_in_sight(plan: Path) -> None:
    async def scene() -> None:
        async with opened(plan) as (app, pilot):
            sheet, drawn = app.canvas.sheet, list[int]()
            line = sheet.line

            def counted(y: int) -> object:
                drawn.append(y)
                return line(y)

            sheet.line = counted  # type: ignore[assignment]
            await pilot.press("down")
            await pilot.pause()
            assert app.canvas.sheet is sheet
            assert 0 < len(drawn) <= app.canvas.size.height

    run(scene())


def test_the_view_of_the_start_is_drawn_once(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Size] = []
    draw = BoardApp.draw_view

    def counted(app: BoardApp, size: Size, opened: str) -> Sheet:
        drawn.append(size)
        return draw(app, size, opened)

    monkeypatch.setattr(BoardApp, "draw_view", counted)

    async def scene() -> None:
        async with opened(plan) as (_app, pilot):
            await pilot.pause()

    run(scene())
    assert len(set(drawn)) == len(drawn) == 1


def test_what_is_taken_over_from_the_board_before_is_what_would_be_worked_out(plan: Path) -> None:
    session, chance = session_of(plan), random.Random(4)
    live = Live(session)
    before = Board(live.snapshot())
    for _ in range(40):
        assert before.standing
        assert all(before.state(task, some) for task, some in _parts(before))
        task = chance.choice(before.plan.tasks)
        told, branch = {"status": chance.choice(STATUSES)}, chance.choice(["", *task.branches])
        key = chance.choice([None, before.occurrences(task)[0].key])
        now, plan_id = before.snapshot.now, before.plan.id
        session.record([new_entry(now, "", plan_id, STATUS, told, task=task.id, occurrence=key, branch=branch)])
        after, anew = Board(live.snapshot(), before=before), Board(live.snapshot())
        assert after.standing == anew.standing
        assert [after.state(*part) for part in _parts(after)] == [anew.state(*part) for part in _parts(anew)]
        before = after
    session.close()


def _parts(board: Board) -> list[tuple[Task, Occurrence | None]]:
    return [(task, some) for task in board.plan.tasks for some in (None, *board.occurrences(task))]
