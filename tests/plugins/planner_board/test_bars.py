"""The lines at the top and the bottom: what stays on them where there is little room, and what a click does."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from planner.api import Diagnostic, JournalError, PlanError, Severity, _
from planner_board.actions import ACTIONS
from planner_board.drawing.paint import Paint
from planner_board.views.bars import hints, tabs, trouble
from planner_board.views.registry import VIEWS, OwnView
from planner_board.widgets.bar import Item, bar_line

PANE = OwnView("pane", "一个很长的插件页", "nowhere")


def shown(items: Iterable[Item], width: int) -> list[str]:
    """The texts of the items that have room."""
    strip, places = bar_line([*items], width, Paint())
    assert strip.cell_length == width
    return [item.text.strip() for _start, _end, item in places]


@pytest.mark.parametrize("width", [60, 66, 71, 80])
def test_the_view_that_is_shown_is_always_among_the_tabs(width: int) -> None:
    views = (*VIEWS, PANE)
    for view in views:
        assert any(text.endswith(view.title) for text in shown(tabs(views, view), width))


def test_tabs_move_together_before_one_of_them_is_left_out() -> None:
    views = (*VIEWS, OwnView("pane", "页", "nowhere"))
    roomy = bar_line(tabs(views, views[0]), 200, Paint())[1][-1][1]
    for width in range(roomy - len(views) + 1, roomy + 1):
        assert len(shown(tabs(views, views[0]), width)) == len(views)


def test_no_key_stands_without_what_it_does() -> None:
    for width in range(20, 130):
        assert len(shown(hints(ACTIONS), width)) % 2 == 0


SHORT, LONG = (
    _(said).strip()
    for said in (" The last good state is shown. ", " The last good state is shown; Ctrl+E to mend it. ")
)


def test_what_is_wrong_comes_before_the_remark_that_the_last_good_state_is_shown() -> None:
    items = trouble(JournalError("日志坏了，" * 10, "请换上好的副本。"))
    assert shown(items, 60) == [f"{'日志坏了，' * 10} 请换上好的副本。"]
    assert shown(items, 200)[1:] == [SHORT]  # no editor mends a journal
    assert items[0].action


def test_the_remark_on_a_broken_plan_is_shorter_where_there_is_less_room() -> None:
    items = trouble(PlanError("", None, [Diagnostic("P101", Severity.ERROR, "键的后面要有等号")]))
    assert shown(items, 200)[1:] == [LONG]
    assert shown(items, 70)[1:] == [SHORT]
