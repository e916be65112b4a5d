"""The timeline: bars where days are open, marks where they are decided, and nothing that is not in the plan."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, strategies as st
from rich.cells import cell_len

from planner.i18n import _
from planner.plan.model import Task
from planner.plan.occurrence import Occurrence
from planner_board.board import Board, Size
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref, Row, Sheet
from planner_board.views.timeline import draw
from planner_board.views.weeks import Lane
from tests.conftest import SPRING
from tests.plugins.planner_board.drawn import HOSTILE, SIZES, TERM, TINY, assert_exact, board, body, head, tasks

PAINT = Paint()
YEAR = TERM.replace("2023-02-13", "2023-01-01").replace("2023-04-23", "2023-12-31")
SCHOOL = (
    TERM
    + "week1 = 2023-02-20\nteaching-end = 2023-04-14\n"
    + 'breaks = [{ title = "春假", start = 2023-04-10, end = 2023-04-16 }]\n'
)


def sheet(shown: Board, width: int = 80, height: int = 20) -> Sheet:
    return draw(shown, Size(width, height), PAINT)


def cells(line: str, start: int = 0) -> str:
    """What stands in a line from cell `start` on, a sign of two cells twice."""
    return "".join(sign * cell_len(sign) for sign in line)[start:].rstrip()


def chart(shown: Board, width: int = 200) -> list[str]:
    """The weeks of the body: a plan of ten weeks has 70 cells for them at this width, one for each day."""
    drawn = sheet(shown, width)
    start = cells(drawn.head[-3].text).index(cells(_("M{n}").format(n=2)))
    return [cells(drawn.line(y).text, start) for y in range(drawn.height)]


def grounds(drawn: Sheet, y: int, start: int) -> list[str]:
    """The colour below each cell of a line from cell `start` on."""
    found = []
    for segment in drawn.line(y):
        assert segment.style is not None
        assert segment.style.bgcolor is not None
        found += [segment.style.bgcolor.name] * cell_len(segment.text)
    return found[start:]


def ground(role: str) -> str:
    colour = PAINT.style(role).bgcolor
    assert colour is not None
    return colour.name


def test_a_plan_on_ten_weeks() -> None:
    shown = board(
        tasks(
            'when = "三月"',
            'when = "2月20日至3月5日"\non = "2023-03-08 14:00"',
            'when = "4月"\nneeds = ["t1"]',
            'when = "4月10日至14日"',
            'title = "每月学习"\nwhen = "本学期"\ntimes = { every = "month", least = 1 }',
        ),
        told=[("t0", "done", None, "")],
    )
    assert body(sheet(shown)) == [
        "! 每月学习                0/3 !░░░░░░░░░░░!░░░░░░░░░░░░░░░░░░░░░◦░░░░░░░░░░░░░░░",
        "✓ 甲甲甲                                  ░░░░░░░░░░░░░░░░░░░░░░      ╎",
        "! 乙乙乙                                       ♦ 03-08 14:00          ╎",
        "↳ 丙丙丙                                        ╌╌╌╌╌╌ ↳ 乙乙乙 ░░░░░░░░░░░░░░░░",
        "◦ 丁丁丁                                                              ░░░░",
    ]


def test_a_month_is_a_bar_of_all_its_days_and_a_decided_day_one_mark() -> None:
    month = 'when = "三月"'
    window, decided = chart(board(tasks(month, f'{month}\non = "2023-03-15"'), today=date(2023, 1, 1)))[:2]
    assert window.strip() == "░" * 31
    assert decided.split() == ["♦", "03-15"]
    assert decided.index("♦") == date(2023, 3, 15).toordinal() - date(2023, 2, 13).toordinal()


def test_rows_go_by_their_first_day_and_what_has_no_date_comes_last_under_a_heading() -> None:
    drawn = sheet(board(tasks('when = "4月"', "", 'when = "三月"', 'when = "适时"', 'when = "三月"')))
    assert [spot.ref.id for spot in drawn.columns[0]] == ["t2", "t4", "t0", "t1", "t3"]
    lines = body(drawn)
    assert _("Without a date") in lines[4]
    assert "适时" in lines[6]
    assert drawn.find(Ref("task", "t1")) == (5, 0, 80, Ref("task", "t1"), 1)


def test_the_slots_of_a_quota_without_words_lie_in_the_term() -> None:
    assert chart(board(tasks('times = { every = "month", least = 1 }')))[0].count("░") > 60


def test_the_day_of_today_is_marked_in_the_heading_and_through_all_rows() -> None:
    shown = board(tasks('when = "二月"', 'when = "4月"', 'when = "4月10日"'))
    at = date(2023, 4, 10).toordinal() - date(2023, 2, 13).toordinal()
    rows = chart(shown)
    assert rows[0][at] == "╎"
    assert rows[1][at] == "░"  # a window goes on below it, and one of a single day is still to be seen
    assert rows[2].strip() == "░"
    start = cells(sheet(shown, 200).line(2).text).index("░") - at
    assert cells(head(sheet(shown, 200))[-1])[start + at] == "▾"


@pytest.mark.parametrize(("today", "sign", "at"), [(date(2023, 1, 1), "◂", 0), (date(2023, 9, 1), "▸", 69)])
def test_a_today_outside_of_the_term_stands_at_the_edge(today: date, sign: str, at: int) -> None:
    drawn = sheet(board(tasks('when = "本学期"'), today=today), 200)
    assert cells(head(drawn)[-1], cells(drawn.line(0).text).index("░"))[at] == sign
    assert "╎" not in drawn.text()


def test_a_day_outside_of_the_term_is_a_sign_at_the_edge() -> None:
    earlier, later = chart(board(tasks('on = "2023-01-04"', 'on = "2023-06-01"')), 80)
    assert earlier.startswith("◂")
    assert later.rstrip().endswith("▸")


def test_what_is_needed_first_is_named_and_linked_until_it_is_done() -> None:
    text = tasks('when = "2月"', 'when = "三月"', 'when = "4月17日"\nneeds = ["t0", "t1"]')
    blocked = chart(board(text))[2]
    assert "↳ 乙乙乙" in blocked.replace("乙乙", "乙")  # the one that ends last
    assert blocked.index("╌") == date(2023, 4, 1).toordinal() - date(2023, 2, 13).toordinal()
    told = [("t0", "done", None, ""), ("t1", "done", None, "")]
    assert "↳" not in chart(board(text, told))[2]
    assert "╌" in chart(board(text, told))[2]


def test_days_off_are_said_by_signs_and_shaded_through_all_rows() -> None:
    drawn = sheet(board(tasks('when = "2月13日"'), head=SCHOOL, today=date(2023, 3, 1)), 200)
    signs, start = head(drawn)[-1], cells(drawn.line(0).text).index("░")
    first = date(2023, 2, 13).toordinal()
    below = grounds(drawn, 0, start)
    for day, sign, role in [
        (date(2023, 4, 5), "*", "rest"), (date(2023, 4, 23), "+", "make-up"), (date(2023, 4, 16), "~", "break"),
        (date(2023, 4, 8), "", "rest"), (date(2023, 4, 4), "", ""),
    ]:  # fmt: skip
        at = day.toordinal() - first
        assert cells(signs, start)[at : at + 1].strip() == sign
        assert below[at] == ground(role)
    assert "春假" in signs
    for sign in ("* ", "+ ", "~ "):
        assert sign in signs


def test_the_name_of_a_break_leaves_room_for_today() -> None:
    for today, name in ((date(2023, 4, 10), "▾春假~~"), (date(2023, 4, 12), "~~▾春假"), (date(2023, 4, 14), "~~~~▾~~")):
        assert name in head(sheet(board("", head=SCHOOL, today=today), 200))[-1]


def test_weekends_are_shaded_only_where_each_day_has_a_cell() -> None:
    drawn = sheet(board(tasks("")), 80)
    assert ground("rest") not in grounds(drawn, 2, 40)[:8]


def test_weeks_are_numbered_as_the_school_does_else_by_their_mondays() -> None:
    school = head(sheet(board("", head=SCHOOL), 120))[-2]
    assert _("Teaching week") in school
    assert school.split()[-8:] == ["1", "2", "3", "4", "5", "6", "7", "8"]
    assert head(sheet(board(""), 120))[-2].split()[-10:] == ["13", "20", "27", "6", "13", "20", "27", "3", "10", "17"]


def test_each_of_several_times_begins_with_its_sign() -> None:
    told = [("t0", "done", "2023-02", "")]
    (row,) = chart(board(tasks('when = "本学期"\ntimes = { every = "month", least = 1 }'), told))
    assert [sign for sign in row if sign in "✓!◦"] == ["✓", "!", "◦"]


def test_the_sheets_of_all_branches_are_counted() -> None:
    two = '[[branches]]\nid = "a"\nname = "A"\n[[branches]]\nid = "b"\nname = "B"\n'
    shown = board(two + tasks('when = "4月"\nfor = "branches"'), [("t0", "done", None, "a")])
    assert " 1/2 " in body(sheet(shown))[0]


def test_what_was_put_off_has_no_bar() -> None:
    (row,) = body(sheet(board(tasks('when = "4月"'), [("t0", "postponed", None, "")])))
    assert "░" not in row
    assert _("put off, no new date yet") in row
    (late,) = body(sheet(board(tasks('when = "4月23日"'), [("t0", "postponed", None, "")])))
    assert late.endswith(_("put off, no new date yet"))


def test_an_empty_sheet_says_why() -> None:
    hidden = sheet(board(tasks('when = "4月"'), only=0))
    assert body(hidden)[1].strip() == _("No task fits the filter; Esc shows all of them again.")
    assert hidden.first() is None
    assert body(sheet(board("")))[1].strip() == _("There is no task in the plan yet. F9 adds one.")


def test_a_year_whose_days_off_are_not_announced_says_so() -> None:
    later = TERM.replace("2023", "2040")
    assert "2040" in head(sheet(board("", head=later, today=date(2040, 4, 1))))[0]
    assert len(sheet(board("")).head) == 3


@pytest.mark.parametrize("size", [*SIZES, *TINY], ids=str)
def test_every_line_is_as_wide_as_asked(size: Size) -> None:
    titles = [f'title = "{title}"\n' for title in HOSTILE]
    every = tasks(*(f'{title}when = "4月"\nneeds = ["t{n + 1}"]' for n, title in enumerate(titles[:-1])), titles[-1])
    terms = (TERM, SCHOOL, YEAR, TERM.replace("04-23", "02-14"), TERM.replace("2023-04-23", "2024-02-01"))
    for term in terms:
        shown = board(every, head=term)
        assert_exact(size, draw(shown, size, PAINT))


def test_the_whole_year_is_seen_at_sixty_columns() -> None:
    first, last = body(sheet(board(tasks('when = "1月"', 'when = "12月"'), head=YEAR), 60))
    assert first.count("░") == last.count("░") == 3  # two weeks a cell
    assert cells(last).index("░") - cells(first).index("░") == 24


def test_no_sign_of_ours_is_wide_in_some_terminals() -> None:
    from planner.session import Session

    session = Session(print)
    session.plan_path, session.today_asked = str(SPRING), date(2023, 4, 10)
    drawn = sheet(Board(session.snapshot()), 120)
    assert not {sign for sign in drawn.text() if unicodedata.east_asian_width(sign) == "A"}


class Counting(Board):
    """Counts how often the times of a task are worked out."""

    asked = 0

    def occurrences(self, task: Task) -> tuple[Occurrence, ...]:
        self.asked += 1
        return super().occurrences(task)


def test_only_lines_that_come_into_sight_cost_something() -> None:
    shown = Counting(board(tasks(*['when = "4月"'] * 300)).snapshot)
    drawn = sheet(shown)
    assert shown.asked == 0
    drawn.line(250)
    assert 0 < shown.asked < 10


@given(st.lists(st.tuples(st.integers(-2, 22), st.text("ab字全 ♦", max_size=6))))
def test_texts_over_each_other_leave_no_half_signs(texts: list[tuple[int, str]]) -> None:
    lane = Lane([""] * 20)
    for x, text in texts:
        lane.text(x, text)
        lane.fill(x + 3, x + 4, "░", "window")
    assert lane.put_on(Row(PAINT)).width == 20
