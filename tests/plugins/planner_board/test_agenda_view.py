"""What is open, by how it stands to today: who stands where, and what a line says."""

from __future__ import annotations

from datetime import date

import pytest

from planner.dates.window import Window
from planner.i18n import _, ngettext
from planner.snapshot import CalendarItem
from planner_board.board import Board, Size
from planner_board.details.draw import draw as draw_detail
from planner_board.details.things import UNDATED
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref
from planner_board.views.agenda import draw
from planner_board.words.tasks import days_words
from tests.plugins.planner_board.drawn import HOSTILE, SIZES, TINY, assert_exact, board, body, head, tasks

PAINT = Paint()
BRANCHES = "".join(f'[[branches]]\nid = "b{n}"\nname = "{name}分工会"\n' for n, name in enumerate("一二三四"))
LONG = 'id = "test-1"\ntitle = "测试计划"\n[term]\nstart = 2023-02-01\nend = 2023-08-31\n'


def shown(board: Board, width: int = 80) -> list[str]:
    """The lines, each with single blanks."""
    return [" ".join(line.split()) for line in body(draw(board, Size(width, 24), PAINT))]


def spots(board: Board) -> list[Ref]:
    (column,) = draw(board, Size(80, 24), PAINT).columns
    return [spot.ref for spot in column]


def count(n: int) -> str:
    return ngettext("{n} task", "{n} tasks", n).format(n=n)


def days(month: int, first: int, last: int) -> str:
    return days_words(Window(date(2023, month, first), date(2023, month, last)), 2023)


def over(n: int) -> str:
    return ngettext("{n} day over", "{n} days over", n).format(n=n)


def test_what_is_open_stands_under_headings_in_the_order_in_which_it_presses() -> None:
    plan = tasks(
        'when = "五月"',
        "",
        'when = "四月"\nneeds = ["t5"]',
        'when = "四月"',
        'on = "2023-04-14 14:00-16:00"',
        'when = "三月"',
        'when = "六月"',
        'when = "四月"',
    )
    found = board(plan, [("t7", "postponed", None, "")], head=LONG)
    assert spots(found) == [
        Ref("task", "t5", ""),
        Ref("task", "t4", ""),
        Ref("task", "t3", ""),
        Ref("task", "t0", ""),
        Ref("task", "t2", ""),
        Ref("task", "t7", ""),
        Ref("text", UNDATED),
    ]
    lines = shown(found)
    assert lines[0] == f"{_('Past its last day, still open')} {count(1)}"
    assert lines[1] == f"! {days(3, 1, 31)} {over(10)} 己己己"
    assert lines[2] == ""
    headings = [line for line in lines if line.endswith(count(1))]
    assert len(headings) == 6


def test_a_day_of_this_week_is_not_called_coming_and_one_of_next_week_is() -> None:
    found = board(tasks('on = "2023-04-16"', 'on = "2023-04-17"'))
    lines = shown(found)
    assert lines[1].startswith("◦ 04-16 周日")
    assert _("coming") not in head(draw(board(tasks('on = "2023-04-16"')), Size(80, 24), PAINT))[0]
    assert lines[2] == ""
    assert lines[4].startswith("◦ 04-17 周一")


def test_a_line_says_what_and_until_when_in_the_narrowest_window_too() -> None:
    found = board(tasks('title = "慈善一日捐"\nwhen = "四月"', 'title = "气排球比赛"\non = "2023-04-12 14:00-16:00"'))
    for width in (60, 80, 200):
        text = "\n".join(shown(found, width))
        assert "慈善一日捐" in text
        assert ngettext("{n} day left", "{n} days left", 13).format(n=13) in text
        assert "04-12 周三 14:00" in text
    assert "14:00-16:00" in "\n".join(shown(found, 120))


def test_the_branches_that_are_missing_are_named_and_many_are_counted() -> None:
    plan = BRANCHES + tasks('when = "四月"\nfor = "branches"')
    some = board(plan, [("t0", "done", "", "b0"), ("t0", "done", "", "b3")])
    assert _("missing {branches}").format(branches="二、三分工会") in shown(some, 130)[1]
    everybody = _("missing {branches}").format(branches=ngettext("{n} sub-union", "{n} sub-unions", 4).format(n=4))
    assert everybody in shown(board(plan), 130)[1]
    assert everybody in shown(board(plan), 80)[1]


def test_what_a_task_waits_for_is_named_beside_it() -> None:
    found = board(tasks('title = "筹备"\nwhen = "四月"', 'title = "换届"\nwhen = "四月"\nneeds = ["t0"]'))
    line = next(line for line in shown(found) if "换届" in line)
    assert line.startswith("↳")
    assert line.endswith(_("after {title}").format(title="筹备"))


def test_a_title_gives_way_so_that_what_it_waits_for_can_be_read() -> None:
    found = board(tasks('title = "筹备工作"\nwhen = "四月"', f'title = "{"长" * 99}"\nwhen = "四月"\nneeds = ["t0"]'))
    line = next(line for line in shown(found) if "长长" in line)
    assert line.endswith(_("after {title}").format(title="筹备工作"))


def test_a_step_waits_no_more_once_one_sub_union_can_go_on() -> None:
    steps = (
        'title = "申报"\nwhen = "四月"\nfor = "branches"',
        'title = "评比"\nwhen = "四月"\nfor = "branches"\nneeds = ["t0"]',
    )
    plan = BRANCHES + tasks(*steps)
    waiting, going = board(plan), board(plan, [("t0", "done", "", "b0")])
    review = waiting.plan.task_by_id["t1"]
    assert [found.state(review) for found in (waiting, going)] == ["blocked", "planned"]
    lines = ["".join(line for line in shown(found, 130) if "评比" in line) for found in (waiting, going)]
    after = _("after {title}").format(title="申报")
    assert [after in line for line in lines] == [True, False]


def test_missed_times_of_a_task_take_one_line_that_leads_to_the_first() -> None:
    found = board(tasks('title = "每周例会"\nwhen = "每周五"'))
    lines = [line for line in shown(found) if "每周例会" in line]
    assert lines[0].startswith("! 02-17 周五")
    assert _("{n} times missed").format(n=8) in lines[0]
    assert sum(line.startswith("!") for line in lines) == 1
    assert f"{_('Past its last day, still open')} {count(1)}" in shown(found)
    assert found.occurrences(found.plan.tasks[0])[0].key == spots(found)[0].occurrence


def test_slots_of_a_period_stand_apart_with_how_many_are_still_to_do() -> None:
    quota = 'title = "集中学习"\nwhen = "本学期"\ntimes = { every = "month", least = 2 }'
    done = [("t0", "done", f"2023-0{m}{n}", "") for m in (2, 3) for n in ("", ".2")]
    found = board(tasks(quota), done, head=LONG)
    lines = shown(found)
    assert lines[0] == f"{_('Not often enough yet')} {count(1)}"
    assert lines[1].startswith(f"◦ {days(4, 1, 30)} ")
    assert _("{n} times still to do").format(n=2) in lines[1]
    assert lines[1].endswith("已做 4/14 次")
    assert spots(found) == [Ref("task", "t0", "2023-04")]


def test_done_and_cancelled_tasks_are_not_there_and_then_it_says_so() -> None:
    plan = tasks('when = "三月"', 'when = "四月"')
    found = board(plan, [("t0", "done", None, ""), ("t1", "cancelled", None, "")])
    assert shown(found) == ["近期没有到期或将开始的任务。"]


def test_the_line_at_the_top_counts_each_group() -> None:
    found = board(tasks('when = "三月"', 'when = "二月"', 'on = "2023-04-11"'))
    assert head(draw(found, Size(80, 24), PAINT)) == [f" {_('past')} 2   {_('this week')} 1"]


def test_only_what_passes_the_filter_is_shown() -> None:
    plan = tasks('when = "四月"', 'when = "四月"', "")
    assert spots(board(plan, only=1)) == [Ref("task", "t0", "")]
    nothing = draw(board(plan, only=0), Size(80, 24), PAINT)
    assert body(nothing) == [" " + _("No task fits the filter; Esc shows all of them again.")]
    assert nothing.columns == []


def test_a_plan_without_tasks_and_a_day_outside_the_term_say_so() -> None:
    assert shown(board("")) == [_("There is no task in the plan yet. F9 adds one.")]
    one = tasks('when = "四月"')
    assert shown(board(one, today=date(2023, 1, 1)))[0] == _("The term begins on {day}.").format(day="2023-02-13")
    assert shown(board(one, today=date(2023, 7, 1)))[0] == _("The term ended on {day}.").format(day="2023-04-23")


@pytest.mark.parametrize("size", [*SIZES, *TINY])
def test_every_line_is_exactly_as_wide_as_the_window_whatever_the_titles(size: Size) -> None:
    names = "".join(f'[[branches]]\nid = "b{n}"\nname = "{title}"\n' for n, title in enumerate(HOSTILE[:3]))
    rest = ('for = "branches"', 'needs = ["t0"]', 'on = "2023-04-12 09:00-11:00"', "private = true")
    keys = (f'title = "{title}"\nwhen = "四月"\n{rest[n % 4]}' for n, title in enumerate(HOSTILE))
    assert_exact(size, draw(board(names + tasks(*keys)), size, PAINT))


def test_every_count_at_the_top_has_room_in_a_narrow_window() -> None:
    several = '\nneeds = ["t0"]'
    plan = tasks(
        'when = "三月"',
        'on = "2023-04-14"',
        'when = "四月"',
        'when = "五月"',
        f'when = "四月"{several}',
        'when = "四月"',
        'when = "本学期"\ntimes = { every = "month", least = 1 }',
    )
    found = draw(board(plan, [("t5", "postponed", None, "")], head=LONG), Size(60, 20), PAINT)
    (line,) = head(found)
    for word in ("past", "this week", "running", "coming", "waiting", "put off", "too few times"):
        assert _(word) in line
    assert line.split()[-1].isdecimal()


def test_what_was_ticked_while_one_looks_stays_in_its_place() -> None:
    base = board(tasks('when = "三月"', 'when = "三月"', 'when = "四月"'), [("t0", "done", None, "")])
    ids = [spot.ref.id for column in draw(base, Size(80, 20), PAINT).columns for spot in column]
    kept = Board(base.snapshot, before=base, kept=[("t0", "")])
    ids_kept = [spot.ref.id for column in draw(kept, Size(80, 20), PAINT).columns for spot in column]
    assert ("t0" in ids, ids_kept[:2]) == (False, ["t0", "t1"])
    assert "✓ 3月1日至31日" in draw(kept, Size(80, 20), PAINT).text()


def test_dates_of_plugins_stand_among_the_tasks_in_order_of_time() -> None:
    found = board(tasks('when = "三月"', 'on = "2023-04-20"'), head=LONG)
    items = [
        CalendarItem("x-late", "过期的答复", "decided", Window(date(2023, 4, 1), date(2023, 4, 1))),
        CalendarItem("x-week", "本周的答复", "decided", Window(date(2023, 4, 12), date(2023, 4, 12)), private=True),
        CalendarItem("x-soon", "将到期的答复", "window", Window(date(2023, 4, 1), date(2023, 4, 30))),
        CalendarItem("x-done", "答复过的", "decided", Window(date(2023, 4, 12), date(2023, 4, 12)), status="done"),
        CalendarItem("x-far", "还早的答复", "decided", Window(date(2023, 8, 1), date(2023, 8, 1))),
    ]
    with_dates = Board(found.snapshot, dates=items)
    assert [ref.id.removeprefix("\x00date ") for ref in spots(with_dates)] == ["t0", "x-late", "x-week", "x-soon", "t1"]
    text = "\n".join(shown(with_dates))
    assert "本周的答复 " + _("not sent out") in text
    assert "答复过的" not in text
    for size in (*SIZES, *TINY):
        assert_exact(size, draw(with_dates, size, PAINT))


def test_a_date_of_a_plugin_can_be_looked_at_until_it_is_gone() -> None:
    found = board("", head=LONG)
    day = Window(date(2023, 4, 1), date(2023, 4, 1))
    item = CalendarItem("x-1", HOSTILE[3], "decided", day, note="主办部门：后勤处\n第二行", branches=("没有的",))
    with_dates = Board(found.snapshot, dates=[item])
    (ref,) = spots(with_dates)
    sheet = draw_detail(with_dates, ref, Size(40, 20), PAINT)
    text = "\n".join(body(sheet))
    assert "主办部门：后勤处" in text
    assert over(9) in text
    assert "\x1b" not in text
    gone = body(draw_detail(found, ref, Size(40, 20), PAINT))
    assert gone == [f" {_('This is no longer in the plan.')}"]
