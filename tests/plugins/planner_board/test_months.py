"""The months side by side: which columns there are, what stands in them, and what folds."""

from __future__ import annotations

from datetime import date

import pytest

from planner.api import Badge
from planner.i18n import _
from planner_board.board import SIGNS, Board, Size
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref, Sheet
from planner_board.views.months import draw, home
from tests.conftest import HEAD, SPRING
from tests.plugins.planner_board.drawn import HOSTILE, SIZES, TINY, assert_exact, board, body, head, tasks

PAINT = Paint()
NOW = f"◂{_('now')}"
YEAR = HEAD.replace("2023-02-01", "2023-01-01").replace("2023-08-31", "2023-12-31")
AUTUMN = HEAD.replace("2023-02-01", "2023-09-01").replace("2023-08-31", "2024-01-31")


def keys(sheet: Sheet) -> list[list[str]]:
    """For each column the ids of its tasks, or what unfolds it."""
    return [[f"+{spot.ref.id}" if spot.ref.kind == "fold" else spot.ref.id for spot in c] for c in sheet.columns]


def spring(today: date) -> Board:
    text = SPRING.read_text(encoding="utf-8")
    return board(text, today=today, head="")


def test_every_month_is_a_column_and_that_of_today_is_marked() -> None:
    shown = board(
        tasks('when = "二月"', 'when = "3月中旬"', 'when = "四月"\non = "2023-04-12 14:00"', 'when = "四月"'),
        [("t0", "done", None, "")],
    )
    sheet = draw(shown, Size(77, 5), PAINT)
    assert head(sheet) == [f" 二月 1/1                  三月 0/1 !                四月 0/2 {NOW}"]
    assert body(sheet) == [
        " ✓ 甲甲甲                  ! 乙乙乙         3月中旬  ◦ 丙丙丙   4月12日 14:00",
        "                                                     ◦ 丁丁丁",
        "",
        "",
    ]


def test_a_title_has_two_lines_and_what_matters_one_below_it() -> None:
    shown = board(
        tasks(
            'title = "迎接区教育局2022年度工会工作目标考评"\nwhen = "四月"\non = "2023-04-12 14:00"',
            'title = "先做的事项"\nwhen = "四月"\nneeds = ["t2"]',
            'title = "要等的那一项"\nwhen = "四月"',
        )
    )
    sheet = draw(shown, Size(36, 9), PAINT)
    waits = _("waits for {title}").format(title="要等的那一项")
    assert body(sheet)[:6] == [
        "           ◦ 迎接区教育局2022年度工",
        "             会工作目标考评",
        "             4月12日 14:00",
        "           ↳ 先做的事项",
        f"             {waits}",
        "           ◦ 要等的那一项",
    ]
    assert [(spot.y, spot.height) for spot in sheet.columns[-1]][:2] == [(0, 3), (3, 2)]


def test_what_is_closed_takes_one_line() -> None:
    shown = board(tasks(f'title = "{"很长的事项" * 8}"\nwhen = "四月"\non = "2023-04-12"'), [("t0", "done", None, "")])
    assert draw(shown, Size(40, 9), PAINT).columns[-1][0].height == 1


def test_no_word_is_lost_where_no_day_is_decided() -> None:
    line = body(draw(board(tasks('when = "四月"')), Size(60, 5), PAINT))[0]
    assert line.split() == ["◦", "甲甲甲"]


def test_two_months_without_anything_of_their_own_are_one_column() -> None:
    shown = board(tasks('when = "六月"', 'when = "七、八月"', 'when = "7-8月"'), head=HEAD)
    sheet = draw(shown, Size(120, 20), PAINT)
    assert "七、八月 0/2" in head(sheet)[0]
    assert keys(sheet) == [["t0"], ["t1", "t2"]]


def test_two_months_of_which_one_has_something_of_its_own_stand_in_that_near_to_today() -> None:
    text = tasks('when = "七月"', 'when = "7-8月"', 'when = "八月"')
    assert keys(draw(board(text, head=HEAD), Size(120, 20), PAINT)) == [["t0", "t1"], ["t2"]]
    sheet = draw(board(text, head=HEAD, today=date(2023, 8, 20)), Size(120, 20), PAINT)
    assert keys(sheet) == [["t0"], ["t2", "t1"]]
    assert any("七、八月 1" in line for line in body(sheet))


def test_what_belongs_to_no_month_stands_apart() -> None:
    sheet = draw(board(tasks('when = "本学期"', "", 'when = "四月"')), Size(100, 20), PAINT)
    assert keys(sheet) == [["t2"], ["t0", "t1"]]
    assert [line[-30:].strip() for line in body(sheet) if "1" in line] == ["整个学期 1", "无日期 1"]


def test_what_recurs_stands_once_in_each_of_its_months_with_how_often_it_was_done() -> None:
    shown = board(tasks('when = "每周五"'), [("t0", "done", "2023-w14", "")])
    sheet = draw(shown, Size(100, 20), PAINT)
    assert [column[0].ref.id for column in sheet.columns] == ["t0", "t0", "t0"]
    first_open = sheet.columns[-1][0].ref.occurrence
    assert first_open == "2023-w15"
    assert _("{done}/{all} times").format(done=1, all=3) in body(sheet)[0]


def test_the_week_in_which_a_month_ends_belongs_to_it() -> None:
    sheet = draw(board(tasks("times = { every = 'week', least = 1 }")), Size(100, 20), PAINT)
    counts = [_("{done}/{all} times").format(done=0, all=n) for n in (3, 4, 3)]
    assert [count in body(sheet)[0] for count in counts] == [True] * 3
    assert len(sheet.columns) == 3


def test_a_task_of_several_windows_is_done_in_each_by_itself() -> None:
    shown = board(tasks('when = "二月、四月"'), [("t0", "done", "", "")])
    sheet = draw(shown, Size(80, 20), PAINT)
    assert [spot.ref for column in sheet.columns for spot in column] == [Ref("task", "t0", ""), Ref("task", "t0", "2")]
    assert body(sheet)[0].count("✓") == 1
    assert head(sheet)[0].split()[1] == "1/1"


def test_how_many_branches_are_done_is_said() -> None:
    branches = '\n[[branches]]\nid = "b1"\nname = "一"\n[[branches]]\nid = "b2"\nname = "二"\n'
    shown = board(tasks('when = "四月"\nfor = "branches"') + branches, [("t0", "done", None, "b1")])
    assert _("{done}/{all} sub-unions").format(done=1, all=2) in body(draw(shown, Size(80, 20), PAINT))[0]


def test_months_in_order_of_their_days_and_of_the_hour() -> None:
    shown = board(
        tasks(
            'when = "四月"',
            'when = "四月"\non = "2023-04-12 14:00"',
            'when = "4月上旬"',
            'when = "四月"\non = "2023-04-12 09:00"',
        )
    )
    assert keys(draw(shown, Size(80, 20), PAINT)) == [["t2", "t3", "t1", "t0"]]


def test_badges_and_tags_stand_where_there_is_room() -> None:
    plain = board(tasks('when = "四月"\ntags = ["评选"]'))
    shown = Board(plain.snapshot, badges=[Badge("t0", "台账缺 2"), Badge("t0", "很长的说明" * 9)])
    assert "甲甲甲  台账缺 2" in body(draw(shown, Size(80, 20), PAINT))[0]
    assert "#评选" in body(draw(plain, Size(80, 20), PAINT))[0]
    assert "台账" not in draw(shown, Size(20, 4), PAINT).text()


def test_at_80_columns_the_months_far_from_today_fold_to_counts_and_signs() -> None:
    sheet = draw(spring(date(2023, 4, 10)), Size(80, 20), PAINT)
    opened = [column[0].ref.kind == "task" for column in sheet.columns]
    assert opened == [False, False, True, True, False, False, False]
    first = body(sheet)[0]
    assert first.startswith("0/5! 0/5!")
    assert body(sheet)[1].startswith("!!!! !!!!")


def test_the_column_to_which_a_person_goes_opens_and_all_columns_keep_their_order() -> None:
    shown = spring(date(2023, 4, 10))
    before = draw(shown, Size(80, 20), PAINT)
    for n, column in enumerate(before.columns):
        ref = column[0].ref
        if ref.kind == "fold":
            after = draw(shown, Size(80, 20), PAINT, ref.id)
            assert len(after.columns) == len(before.columns)
            assert after.columns[n][0].ref.kind == "task"
            assert after.first() == after.columns[n][0]


def test_the_cursor_begins_in_the_month_of_today() -> None:
    first = draw(spring(date(2023, 5, 10)), Size(200, 50), PAINT).first()
    assert first is not None
    assert home(spring(date(2023, 5, 10)), first.ref) == "2023-05"


@pytest.mark.parametrize(("today", "month"), [(date(2022, 1, 1), "2023-02"), (date(2024, 1, 1), "2023-07")])
def test_before_and_after_the_term_the_nearest_month_is_open(today: date, month: str) -> None:
    shown = spring(today)
    sheet = draw(shown, Size(60, 20), PAINT)
    opened = {home(shown, spot.ref) for column in sheet.columns for spot in column if spot.ref.kind == "task"}
    assert month in opened
    assert NOW not in sheet.text()


def test_where_a_year_does_not_fit_every_month_can_still_be_reached() -> None:
    shown = board(tasks(*(f'when = "{n}月"' for n in range(1, 13))), head=YEAR, today=date(2023, 1, 5))
    opened = ""
    for n in range(12):
        sheet = draw(shown, Size(60, 20), PAINT, opened)
        assert len(sheet.columns) == 12
        spot = sheet.columns[n][0]
        opened = spot.ref.id if spot.ref.kind == "fold" else opened
    assert head(sheet)[0].startswith("◂")
    assert head(draw(shown, Size(60, 20), PAINT))[0].endswith("▸")


def test_months_of_the_next_year_say_so() -> None:
    shown = board(tasks('when = "九月"', 'when = "12月-1月"', 'when = "一月"'), head=AUTUMN, today=date(2023, 9, 10))
    text = draw(shown, Size(200, 20), PAINT).text()
    assert "2024年一月 0/1" in text
    assert "十二月、2024年一月 1" in text


def test_a_folded_column_opens_wherever_it_is_clicked() -> None:
    sheet = draw(spring(date(2023, 4, 10)), Size(80, 20), PAINT)
    assert sheet.at(0, sheet.height - 1) == sheet.columns[0][0]


def test_an_empty_plan_and_an_empty_filter_say_which_it_is() -> None:
    assert _("There is no task in the plan yet. F9 adds one.") in draw(board(""), Size(80, 20), PAINT).text()
    hidden = draw(board(tasks("", ""), only=0), Size(80, 20), PAINT)
    assert _("No task fits the filter; Esc shows all of them again.") in hidden.text()


@pytest.mark.parametrize("size", [*SIZES, *TINY], ids=str)
def test_nothing_pushes_a_neighbour_out_of_its_place(size: Size) -> None:
    lines = (
        f'title = "{title}"\nwhen = "{(2, 3, 4)[n % 3]}月"\nneeds = ["t{(n + 1) % 10}"]'
        for n, title in enumerate(HOSTILE)
    )
    shown = board(tasks(*lines))
    sheet = draw(shown, size, PAINT)
    for column in sheet.columns:
        for spot in column:
            if spot.ref.kind == "task":
                assert sheet.line(spot.y).crop(spot.x, spot.x + 3).text in {f" {sign} " for sign in SIGNS.values()}
                assert not spot.x or sheet.line(spot.y + spot.height - 1).crop(spot.x - 1, spot.x + 1).text == "  "


@pytest.mark.parametrize("size", [*SIZES, *TINY], ids=str)
def test_every_line_is_as_wide_as_asked(size: Size) -> None:
    whens = ("四月", "四月上旬", "三月、四月", "3-4月", "", "本学期", "每周五", "二月", "四月", "三月")
    text = tasks(*(f'title = "{t}"\nwhen = "{w}"\ntags = ["{t[:9]}"]' for t, w in zip(HOSTILE, whens, strict=True)))
    shown = board(text)
    for opened in ("", "2023-02", "any", "gone"):
        assert_exact(size, draw(shown, size, PAINT, opened))


def test_a_crowd_of_tasks_takes_a_line_each() -> None:
    shown = board(tasks(*(f'title = "{"很长的事项" * 8}"\nwhen = "四月"' for _n in range(70))))
    sheet = draw(shown, Size(60, 20), PAINT)
    assert {spot.height for spot in sheet.columns[-1]} == {1}


def test_the_mark_of_this_month_and_of_what_is_late_outlast_a_large_count() -> None:
    days = [f'when = "{month}月"' for month in "二三五六七八"] + ['when = "四月"'] * 120 + ['on = "2023-04-03"']
    sheet = draw(board(tasks(*days), head=HEAD), Size(120, 20), PAINT)
    april = next(part for part in head(sheet)[0].split("  ") if part.strip().startswith("四月"))
    assert "◂" in april
    assert "0/121" in april
    assert "!" in april
    assert "⋯" not in april
