"""A plugin that makes mistakes costs a message, and never the board."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from planner.api import Badge, Form, FormField, PaneLine, PaneSpec, Session
from planner_board.board import Board, Size
from planner_board.drawing.paint import Paint
from planner_board.views.panes import PaneView, lines_of
from planner_board.widgets.bar import Item, bar_line
from tests.plugins.planner_board.drawn import board, tasks
from tests.plugins.planner_board.pilot import Hands, drive

ASKED: list[object] = []
"""Of which snapshots the pane below was asked."""


def numbers(_snapshot: object) -> Iterable[Any]:
    return [1, 2]


def colourful(_snapshot: object) -> Iterable[Any]:
    return [PaneLine("甲", "red")]  # type: ignore[arg-type]


def told(snapshot: object) -> Iterable[PaneLine]:
    ASKED.append(snapshot)
    return [PaneLine("甲" * 100)]


@pytest.mark.parametrize("wrong", [{"role": "red"}, {"text": 3}])
def test_a_badge_and_a_line_say_at_once_what_they_cannot_be(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="want"):
        Badge(**{"task": "a", "text": "甲", **wrong})
    with pytest.raises(ValueError, match="want"):
        PaneLine(**{"text": "甲", **wrong})


@pytest.mark.parametrize("function", ["numbers", "colourful"])
def test_a_pane_with_lines_that_are_none_says_so_instead(function: str) -> None:
    warned: list[str] = []
    session = Session(warned.append)
    shown = board(tasks(""))
    (line,) = lines_of(PaneSpec("x", "甲", f"{__name__}:{function}"), session, shown.snapshot)
    assert line.role == "bad"
    assert warned == [line.text]


def test_a_pane_is_asked_once_for_a_snapshot_whatever_the_size() -> None:
    first = board(tasks(""))
    draw = PaneView("x", "甲", PaneSpec("x", "甲", f"{__name__}:told"), Session(print)).load()
    ASKED.clear()
    assert draw(first, Size(60, 20), Paint()).height > draw(first, Size(200, 60), Paint()).height
    draw(Board(first.snapshot, ()), Size(60, 20), Paint())
    assert len(ASKED) == 1
    draw(board(tasks("")), Size(60, 20), Paint())
    assert len(ASKED) == 2


def test_a_form_that_breaks_says_so_and_keeps_what_was_typed(plan: Path) -> None:
    def submit(*_arguments: object) -> NoReturn:
        raise ZeroDivisionError("甲")

    def prepare(session: Session) -> None:
        ask, form = session.call, Form("x", "表", (FormField("a", "问"),), submit)
        offered = {"planner_forms": [form]}
        session.call = lambda hook, **given: offered.get(hook) or ask(hook, **given)  # type: ignore[method-assign]

    async def script(hands: Hands) -> None:
        await hands.open("forms")
        await hands.write("乙")
        await hands.press("enter")
        assert hands.dialog == "FormDialog"
        assert "ZeroDivisionError" in hands.shown("error")
        assert hands.app.screen.query_one("#field-0").value == "乙"  # type: ignore[attr-defined]

    drive(plan, script, prepare=prepare)


def test_a_title_of_blanks_is_a_title() -> None:
    strip, _places = bar_line([Item("     "), Item(" 乙 ", right=True)], 20, Paint())
    assert strip.cell_length == 20
    assert strip.text.strip() == "乙"
