"""What the board remembers of a person, and that it never stands in anybody's way."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from planner_board.drawing.sheet import Ref
from planner_board.memory import FORMAT, Memory
from tests.plugins.planner_board.boards import TWO_TASKS, opened, run, session_of

Write = Callable[..., Path]


def test_what_was_on_the_board_is_there_again(tmp_path: Path) -> None:
    memory = Memory(tmp_path, "p-1")
    memory.view, memory.opened, memory.filter, memory.detail = "goals", "2023-05", "体检 -已完成", "large"
    memory.cursor = Ref("task", "check-up", "2023-05", "mechanical")
    memory.filters["我的"] = "@机电"
    memory.save()
    again = Memory(tmp_path, "p-1")
    assert (again.view, again.opened, again.filter, again.detail) == ("goals", "2023-05", "体检 -已完成", "large")
    assert again.cursor == Ref("task", "check-up", "2023-05", "mechanical")
    assert again.filters == {"我的": "@机电"}


def test_each_plan_has_its_own_view_and_all_share_the_colours(tmp_path: Path) -> None:
    memory = Memory(tmp_path, "p-1")
    memory.view, memory.theme, memory.greeted = "goals", "contrast", True
    memory.save()
    other = Memory(tmp_path, "p-2")
    assert (other.view, other.theme, other.greeted) == ("", "contrast", True)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b"\xff\xfe\x00", b"null", b'{"plan": "p-1", "view": 3}', b"[" * 200_000,
        b'{"plan": "p-1", "cursor": ["task"]}', b'{"plan": "p-1", "cursor": ["nothing", "a", null, null]}',
        b'{"plan": "p-1", "filters": {"a": 1}}', b'{"plan": "p-1", "detail": []}',
        b'{"plan": "somebody", "view": "goals"}',
    ],
)  # fmt: skip
def test_a_damaged_file_is_as_if_there_were_none_and_is_mended(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "board").mkdir()
    (tmp_path / "board" / "p-1.json").write_bytes(content)
    (tmp_path / "board.json").write_bytes(content)
    memory = Memory(tmp_path, "p-1")
    assert (memory.view, memory.cursor, memory.filters, memory.detail) == ("", None, {}, "small")
    memory.view = "agenda"
    memory.save()
    assert Memory(tmp_path, "p-1").view == "agenda"


def test_what_a_newer_program_keeps_is_neither_read_nor_overwritten(tmp_path: Path) -> None:
    (tmp_path / "board").mkdir()
    newer = json.dumps({"format": FORMAT + 1, "plan": "p-1", "view": "goals"})
    (tmp_path / "board" / "p-1.json").write_text(newer)
    memory = Memory(tmp_path, "p-1")
    assert memory.view == ""
    memory.view = "agenda"
    memory.save()
    assert (tmp_path / "board" / "p-1.json").read_text() == newer


def test_where_nothing_can_be_written_nobody_is_bothered(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", None):
        memory = Memory(folder, "p-1")
        memory.view = "goals"
        memory.save()
        assert memory.view == "goals"


def test_two_boards_keep_what_each_of_them_changed(tmp_path: Path) -> None:
    first, second = Memory(tmp_path, "p-1"), Memory(tmp_path, "p-1")
    first.filters["甲"] = "#文体"
    first.view = "goals"
    first.save()
    second.filters["乙"] = "@机电"
    second.detail = "off"
    second.save()
    both = Memory(tmp_path, "p-1")
    assert both.filters == {"甲": "#文体", "乙": "@机电"}
    assert (both.view, both.detail) == ("goals", "off")
    del first.filters["甲"]
    first.save()
    assert Memory(tmp_path, "p-1").filters == {"乙": "@机电"}


@pytest.mark.parametrize(
    ("terminal", "theme"),
    [({}, "dark"), ({"COLORFGBG": "15;0"}, "dark"), ({"COLORFGBG": "0;15"}, "light"),
     ({"COLORFGBG": "0;default"}, "dark"),
     ({"COLORFGBG": "12;7"}, "light"), ({"COLORFGBG": "0;²"}, "dark"), ({"NO_COLOR": "1"}, "dark")],
)  # fmt: skip
def test_the_paper_of_the_terminal_chooses_the_colours_until_a_person_does(
    write: Write, terminal: dict[str, str], theme: str
) -> None:
    session = session_of(write(TWO_TASKS), **terminal)
    memory = Memory.of(session, session.snapshot().plan)
    assert memory.theme == theme
    memory.theme = "contrast"
    memory.save()
    assert Memory.of(session, session.snapshot().plan).theme == "contrast"


def test_a_board_opens_where_it_was_left_even_when_it_was_not_closed(write: Write) -> None:
    plan = write(TWO_TASKS)

    async def scene() -> None:
        async with opened(plan) as (app, pilot):
            await pilot.press("5", "down")
            await pilot.pause()
            left = app.canvas.cursor
            app.background.poll()  # what the clock does each second; nobody says goodbye
            kept = Memory.of(app.session, app.board.plan)
            assert (kept.view, kept.cursor) == ("agenda", left)
        async with opened(plan) as (app, _pilot):
            assert app.view.name == "agenda"
            assert app.canvas.cursor == left

    run(scene())
