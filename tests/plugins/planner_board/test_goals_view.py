"""How far the goals are: numbers, bars, the tasks below, what serves no goal, and the duties."""

from __future__ import annotations

import pytest

from planner.i18n import _, ngettext
from planner.views.standing import Standing, standing
from planner_board.board import Board, Size
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref
from planner_board.views.goals import draw
from planner_board.words.progress import Tally, bar
from tests.plugins.planner_board.drawn import HOSTILE, SIZES, TERM, TINY, assert_exact, board, body, head, tasks

PAINT = Paint()
GUIDED = TERM.replace("[term]", '[guiding]\ntext = "…"\nduties = ["维护", "参与", "教育"]\n[term]')
GOALS = """\
[[goals]]
id = "a"
title = "民主管理"
duties = ["维护"]
[[goals]]
id = "b"
title = "文体活动"
duties = ["教育", "维护"]
"""
WORK = tasks(
    'when = "四月"\ngoals = ["a"]',
    'when = "二月"\ngoals = ["a", "b"]',
    'when = "三月"\ngoals = ["a"]',
    'goals = ["b"]',
    'when = "三月"',
)
TOLD = [("t1", "done", None, "")]


def shown(board: Board, width: int = 80) -> list[str]:
    """The lines, each with single blanks."""
    return [" ".join(line.split()) for line in body(draw(board, Size(width, 24), PAINT))]


def due(n: int) -> str:
    return _("due by now {n}").format(n=n)


def late(n: int) -> str:
    return _("late {n}").format(n=n)


def test_each_goal_says_how_far_it_is_and_lists_its_tasks_in_order_of_time() -> None:
    lines = shown(board(GOALS + WORK, TOLD, head=GUIDED))
    assert lines[0] == "民主管理 维护"
    assert lines[1].startswith("[")
    assert lines[1].endswith(f"1/3 {due(2)} {late(1)}")
    assert [line.split()[1] for line in lines[2:5]] == ["乙乙乙", "丙丙丙", "甲甲甲"]
    assert [line[0] for line in lines[2:5]] == ["✓", "!", "◦"]
    assert lines[5] == ""
    assert lines[6] == "文体活动 教育、维护"


def test_a_wide_window_shows_title_bar_and_numbers_side_by_side() -> None:
    line = shown(board(GOALS + WORK, TOLD, head=GUIDED), 120)[0]
    assert line.startswith("民主管理 维护 [===")
    assert line.endswith(f"1/3 {due(2)} {late(1)}")


def test_what_serves_no_goal_and_duties_nobody_serves_are_not_left_out() -> None:
    lines = shown(board(GOALS + WORK, TOLD, head=GUIDED))
    apart = lines.index(_("Tasks that serve no goal"))
    assert lines[apart + 2].startswith("! 戊戊戊")
    duties = lines[lines.index(_("Duties")) + 1 :]
    assert duties[0].startswith("维护 [")
    assert duties[0].endswith(f"1/4 {due(2)} {late(1)} {ngettext('{n} goal', '{n} goals', 2).format(n=2)}")
    assert duties[1] == f"参与 ! {_('no goal serves it')}"
    assert "1/2" in duties[2]


def test_a_person_can_go_to_goals_tasks_and_duties() -> None:
    (column,) = draw(board(GOALS + WORK, head=GUIDED), Size(80, 24), PAINT).columns
    refs = [spot.ref for spot in column]
    assert refs[:4] == [Ref("goal", "a"), Ref("task", "t1"), Ref("task", "t2"), Ref("task", "t0")]
    assert refs[-3:] == [Ref("text", "维护"), Ref("text", "参与"), Ref("text", "教育")]
    assert [spot.y for spot in column] == sorted(spot.y for spot in column)


def test_the_top_line_counts_all_tasks_alike_where_the_goals_weigh_the_same() -> None:
    (line,) = head(draw(board(GOALS + WORK, TOLD), Size(100, 24), PAINT))
    assert f"1/5  {due(3)}  {late(2)}" in line
    assert line.endswith(_("{done}, due {expected}").format(done="20%", expected="60%"))


def test_goals_of_different_weight_count_by_their_weight() -> None:
    goals = GOALS.replace('id = "a"', 'id = "a"\nweight = 3')
    sheet = draw(board(goals + WORK, TOLD), Size(100, 24), PAINT)
    # (3 x 1/3 + 1 x 1/2) / 4 done, (3 x 2/3 + 1 x 1/2) / 4 expected
    words = _("by weight {done}, due {expected}").format(done="38%", expected="62%")
    assert head(sheet)[0].endswith(words)
    assert _("weight {n}").format(n=3) in body(sheet)[0]


def test_a_filter_hides_tasks_but_the_numbers_stay_those_of_the_plan() -> None:
    lines = shown(board(GOALS + WORK, TOLD, head=GUIDED, only=1), 120)
    assert f"1/3 {due(2)} {late(1)} {_('{n} shown').format(n=1)}" in lines[0]
    assert not any("丙丙丙" in line for line in lines)
    assert _("No task fits the filter; Esc shows all of them again.") in shown(board(GOALS + WORK, only=0))


def test_a_plan_without_goals_says_how_to_add_them_and_still_lists_the_tasks() -> None:
    lines = shown(board(tasks('when = "四月"')))
    assert lines[0] == _("The plan names no goals.")
    assert "[[goals]]" in lines[1]
    assert any("甲甲甲" in line for line in lines)
    assert _("There is no task in the plan yet. F9 adds one.") in shown(board(""))


@pytest.mark.parametrize(
    ("standing", "drawn"),
    [
        (Standing(0, 0, 0, 0), "[        ]"),
        (Standing(4, 1, 2, 1), "[==!!    ]"),
        (Standing(100, 99, 99, 0), "[======= ]"),
        (Standing(100, 1, 3, 2), "[=!      ]"),
        (Standing(3, 3, 3, 0), "[========]"),
        (Standing(100, 99, 100, 1), "[=======!]"),
    ],
)
def test_a_bar_is_full_only_when_all_is_done_and_shows_the_least_bit(standing: Standing, drawn: str) -> None:
    assert "".join(part.text for part in bar(standing, 10)) == drawn


def test_goals_are_counted_as_the_program_counts_everywhere() -> None:
    more = tasks(
        'when = "三月"\ntimes = { every = "week", most = 1 }',
        'when = "每周五"',
        'when = "三月、五月"',
        'on = "2023-04-09"',
        'when = "三月"',
        "",
        'when = "每月一次"\non = "2023-05-10"',
        'times = { every = "month", least = 1 }',
    )
    found = board(more, [("t4", "cancelled", None, ""), ("t3", "postponed", None, ""), ("t2", "done", "", "")])
    for task in found.plan.tasks:
        assert Tally(found).of([task]) == standing([task], found.plan, found.statuses, found.today)


@pytest.mark.parametrize("size", [*SIZES, *TINY])
def test_every_line_is_exactly_as_wide_as_the_window_whatever_the_titles(size: Size) -> None:
    goals = "".join(
        f'[[goals]]\nid = "g{n}"\ntitle = "{title}"\nduties = ["维护"]\nweight = {n + 1}\n'
        for n, title in enumerate(HOSTILE)
    )
    keys = (f'title = "{title}"\ngoals = ["g{n // 2}"]\nwhen = "{title}"' for n, title in enumerate(HOSTILE))
    assert_exact(size, draw(board(goals + tasks(*keys), head=GUIDED), size, PAINT))
