"""Tasks by how far they are: the columns, what is marked in them, and who gets the room."""

from __future__ import annotations

import pytest

from planner.i18n import _
from planner_board.board import SIGNS, Size
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref
from planner_board.views.status import draw, home
from tests.plugins.planner_board.drawn import HOSTILE, SIZES, TINY, assert_exact, board, body, head, tasks

PAINT = Paint()


def test_each_status_is_a_column_and_an_empty_one_is_as_narrow_as_its_heading() -> None:
    shown = board(
        tasks('when = "四月"', 'when = "三月"', 'when = "四月"\non = "2023-04-20 14:00"', 'when = "二月"'),
        [("t0", "doing", None, ""), ("t1", "done", None, ""), ("t3", "cancelled", None, "")],
    )
    sheet = draw(shown, Size(84, 6), PAINT)
    assert head(sheet) == [" 未开始 1                  进行中 1         完成 1          推迟 0  取消 1"]
    assert body(sheet)[1:3] == [" ◦ 丙丙丙   4月20日 14:00", ""]
    below = f"{_('Later')} 1 ▸ 甲甲甲 四月 ✓ 乙乙乙 三月 ✗ 丁丁丁 二月"
    assert body(sheet)[0].split() == below.split()


def test_what_is_late_comes_first_then_by_days_and_the_undated_last() -> None:
    shown = board(
        tasks("", 'when = "4月下旬"', 'when = "4月中旬"', 'when = "四月"', 'when = "三月"', 'when = "本学期"')
    )
    sheet = draw(shown, Size(80, 20), PAINT)
    assert [spot.ref.id for spot in sheet.columns[0]] == ["t4", "t5", "t3", "t2", "t1", "t0"]
    sections = [line.strip() for line in body(sheet) if line.strip().endswith(tuple("123"))]
    assert sections == [f"{_('Late')} 1", f"{_('Now')} 2", f"{_('Later')} 2", "无日期 1"]


def test_late_and_waiting_tasks_are_counted_in_the_heading_and_marked() -> None:
    shown = board(tasks('when = "三月"', 'when = "四月"\nneeds = ["t0"]', 'when = "三月"'), [("t2", "doing", None, "")])
    sheet = draw(shown, Size(80, 20), PAINT)
    assert head(sheet)[0].startswith(" 未开始 2 !1 ↳1")
    assert "进行中 1 !1" in head(sheet)[0]
    text = sheet.text()
    assert "! 甲甲甲" in text
    assert "↳ 乙乙乙" in text
    assert _("waits for {title}").format(title="甲甲甲") in text


def test_when_is_only_said_where_there_is_room_but_a_decided_day_always() -> None:
    title = "很长的事项名称"
    shown = board(tasks(f'title = "{title}"\nwhen = "四月"', f'title = "{title}"\nwhen = "四月"\non = "2023-04-20"'))
    wide, narrow = (draw(shown, Size(width, 20), PAINT).text() for width in (80, 50))
    assert "四月" in wide
    assert "四月" not in narrow
    assert "4月20日" in narrow


def test_how_far_branches_and_times_are_is_said() -> None:
    branches = '\n[[branches]]\nid = "b1"\nname = "一"\n[[branches]]\nid = "b2"\nname = "二"\n'
    text = tasks('for = "branches"', "times = { every = 'month', least = 1 }") + branches
    shown = board(text, [("t0", "done", None, "b1"), ("t1", "done", "2023-02", "")])
    drawn = draw(shown, Size(80, 20), PAINT).text()
    assert _("{done}/{all} sub-unions").format(done=1, all=2) in drawn
    assert _("{done}/{all} times").format(done=1, all=3) in drawn


def test_a_column_that_folded_can_be_opened() -> None:
    statuses = ("planned", "doing", "done", "postponed", "cancelled")
    text = tasks(*(f'title = "{"很长的事项" * 8}"\nwhen = "四月"' for _status in statuses))
    shown = board(text, [(f"t{n}", status, None, "") for n, status in enumerate(statuses) if n])
    sheet = draw(shown, Size(60, 20), PAINT)
    assert [column[0].ref.kind for column in sheet.columns].count("fold") >= 2
    for n, status in enumerate(statuses):
        assert draw(shown, Size(60, 20), PAINT, status).columns[n][0].ref == Ref("task", f"t{n}")
        assert home(shown, Ref("task", f"t{n}")) == status


def test_an_empty_plan_and_an_empty_filter_say_which_it_is() -> None:
    assert _("There is no task in the plan yet. F9 adds one.") in draw(board(""), Size(80, 20), PAINT).text()
    hidden = draw(board(tasks("", ""), only=0), Size(80, 20), PAINT)
    assert _("No task fits the filter; Esc shows all of them again.") in hidden.text()


@pytest.mark.parametrize("size", [*SIZES, *TINY], ids=str)
def test_nothing_pushes_a_neighbour_out_of_its_place(size: Size) -> None:
    keys = (f'title = "{title}"\nwhen = "四月"\nneeds = ["t{(n + 1) % 10}"]' for n, title in enumerate(HOSTILE))
    shown = board(tasks(*keys), [("t1", "doing", None, ""), ("t2", "postponed", None, "")])
    sheet = draw(shown, size, PAINT)
    for column in sheet.columns:
        for spot in column:
            if spot.ref.kind == "task":
                assert sheet.line(spot.y).crop(spot.x, spot.x + 3).text in {f" {sign} " for sign in SIGNS.values()}
                assert not spot.x or sheet.line(spot.y + spot.height - 1).crop(spot.x - 1, spot.x + 1).text == "  "


@pytest.mark.parametrize("size", [*SIZES, *TINY], ids=str)
def test_every_line_is_as_wide_as_asked(size: Size) -> None:
    text = tasks(*(f'title = "{title}"\nwhen = "四月"\ntags = ["{title[:9]}"]' for title in HOSTILE))
    shown = board(text, [("t1", "doing", None, ""), ("t2", "done", None, ""), ("t3", "postponed", None, "")])
    for opened in ("", "done", "cancelled", "gone"):
        assert_exact(size, draw(shown, size, PAINT, opened))
