"""The calendar: what days are called, what is decided on them, and no day that nobody decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from rich.cells import cell_len

from planner.dates.window import Window
from planner.i18n import _
from planner_board.board import Board, Size
from planner_board.days import Dated, Days, tasks_on
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref, Sheet
from planner_board.views.calendar import draw
from tests.plugins.planner_board.drawn import HOSTILE, SIZES, TERM, TINY, assert_exact, board, body, head, tasks

PAINT = Paint()
EARLY = date(2023, 3, 1)
SCHOOL = TERM.replace("04-23", "08-31") + (
    "week1 = 2023-02-20\nteaching-end = 2023-06-30\n"
    'breaks = [{ title = "暑假", start = 2023-07-01, end = 2023-08-31 }]\n'
)


def sheet(shown: Board, width: int = 80, height: int = 17) -> Sheet:
    """By default four lines a week, the first with the numbers of the days."""
    return draw(shown, Size(width, height), PAINT)


def week(drawn: Sheet, day: date) -> list[str]:
    """The lines of the week of a day."""
    spot = drawn.find(Ref("day", day.isoformat()))
    assert spot is not None
    return [drawn.line(y).text.rstrip() for y in range(spot.y, spot.y + spot.height)]


def cell(drawn: Sheet, day: date) -> list[str]:
    """What stands in the cell of a day."""
    spot = drawn.find(Ref("day", day.isoformat()))
    assert spot is not None
    lines = []
    for y in range(spot.y, spot.y + spot.height):
        wide = "".join(sign + "\0" * (cell_len(sign) - 1) for sign in drawn.line(y).text)
        lines.append(wide[spot.x : spot.x + spot.width].replace("\0", "").strip())
    return lines


def test_a_week_with_what_it_holds() -> None:
    shown = board(
        tasks(
            'on = "2023-03-22 14:00-16:00"',
            'when = "3月20日至22日"',
            'on = "2023-03-25/2023-03-28"',
            'when = "3月下旬"',
            'on = "2023-03-22"',
        ),
        told=[("t4", "done", None, "")],
        today=EARLY,
    )
    assert week(sheet(shown), date(2023, 3, 22)) == [
        "          20 廿九   21 三十   22 闰二月 23 初二   24 初三   25 初四   26 初五",
        "                              甲甲甲                        丙丙丙=============▸",
        "          乙乙乙░░░░░░░░░░░░░░░░░░░░░░░",
        "                              ✓ 戊戊戊",
    ]
    assert week(sheet(shown), date(2023, 3, 28))[1].endswith(" ◂丙丙丙============")


def test_a_time_of_day_is_shown_where_there_is_room() -> None:
    shown = board(tasks('on = "2023-03-22 14:00-16:00"'), today=EARLY)
    assert cell(sheet(shown, 120), date(2023, 3, 22))[1] == "14:00 甲甲甲"
    assert cell(sheet(shown, 80), date(2023, 3, 22))[1] == "甲甲甲"


def test_the_weeks_go_from_the_first_day_of_the_term_to_its_last_a_spot_for_each_day() -> None:
    drawn = sheet(board("", head=TERM.replace("02-13", "02-15").replace("04-23", "04-19")))
    days = [spot.ref.id for spots in zip(*drawn.columns, strict=True) for spot in spots]
    assert days == [(date(2023, 2, 13) + timedelta(n)).isoformat() for n in range(70)]
    assert drawn.height == 10 * 4
    spot = drawn.at(21, 6)
    assert spot is not None
    assert spot.ref == Ref("day", "2023-02-21")


@pytest.mark.parametrize(("height", "lines"), [(9, 2), (13, 3), (17, 4), (21, 5), (41, 6), (60, 6)])
def test_a_week_is_as_high_as_the_window_allows(height: int, lines: int) -> None:
    assert sheet(board(""), 80, height).height == 10 * lines


def test_what_does_not_fit_is_counted() -> None:
    shown = board(tasks(*['on = "2023-03-15"'] * 5, 'when = "3月13日至16日"'), [("t0", "done", None, "")], EARLY)
    first, *lines = cell(sheet(shown), date(2023, 3, 15))
    assert first.endswith("+3")
    assert [line[0] for line in lines] == ["乙", "丙", "丁"]  # what is done makes room
    assert cell(sheet(shown), date(2023, 3, 16))[0].endswith("+1")


def test_a_long_window_is_on_no_day_but_counted_at_its_month() -> None:
    shown = board(tasks('when = "4月"', 'when = "4月中旬"', 'when = "4月"'), told=[("t2", "done", None, "")])
    text = "\n".join(body(sheet(shown, 120)))
    assert "甲" not in text
    assert week(sheet(shown, 200), date(2023, 4, 1))[2] == _("{n} without a day").format(n=2)
    assert week(sheet(shown, 80), date(2023, 4, 1))[2] == _("{n} open").format(n=2)


def test_days_off_and_festivals_are_said_in_words() -> None:
    drawn = sheet(board("", head=SCHOOL), 200)

    def first(month: int, day: int) -> str:
        return cell(drawn, date(2023, month, day))[0]

    assert first(4, 5) == f"5{_('Off')} 清明 十五"
    assert first(4, 23) == f"23{_('Work')} 世界读书日 初四"
    assert first(7, 3) == f"3{_('Free')} 暑假 十六"
    assert first(7, 4) == f"4{_('Free')} 十七"
    assert first(4, 1) == f"{_('M{n}').format(n=4)} 十一"
    assert first(5, 12) == "12 护士节 廿三 防灾减灾日"
    assert first(6, 22) == f"22{_('Off')} 端午节 初五"


def test_where_there_is_little_room_the_festival_says_that_the_day_is_off() -> None:
    assert cell(sheet(board("", head=SCHOOL), 77), date(2023, 6, 22))[0] == "22 端午节"


def test_weeks_are_numbered_within_teaching_and_months_named_where_they_begin() -> None:
    drawn = sheet(board("", head=SCHOOL))
    assert week(drawn, date(2023, 2, 14))[0].startswith("  ")
    assert week(drawn, date(2023, 2, 21))[0].startswith(_("week {n}").format(n=1))
    assert week(drawn, date(2023, 3, 1))[1] == _("{year}-{month}").format(year=2023, month=3)
    assert week(drawn, date(2023, 7, 5))[0].startswith("  ")


def test_today_is_marked_in_its_cell_and_its_weekday_in_the_heading() -> None:
    drawn = sheet(board(""))
    assert cell(drawn, date(2023, 4, 10))[0].startswith("▾10")
    now = next(segment for segment in drawn.head[-1] if segment.text.strip() == "周一")
    assert now.style == PAINT.style(" head head-now")
    assert "▾" not in sheet(board("", today=date(2023, 9, 1))).text()


def test_days_before_and_after_the_term_are_only_numbers() -> None:
    drawn = sheet(board("", head=TERM.replace("04-23", "04-19")), 120)
    assert cell(drawn, date(2023, 4, 19))[0] == "19 廿九"
    assert cell(drawn, date(2023, 4, 20))[0] == "20"


def test_an_empty_calendar_says_why_and_still_shows_the_days() -> None:
    hidden = sheet(board(tasks('on = "2023-03-15"'), only=0))
    assert head(hidden)[0].strip() == _("No task fits the filter; Esc shows all of them again.")
    assert head(sheet(board("")))[0].strip() == _("There is no task in the plan yet. F9 adds one.")
    assert cell(hidden, date(2023, 3, 15)) == ["15 廿四", "", "", ""]


@pytest.mark.parametrize("size", [*SIZES, *TINY], ids=str)
def test_every_line_is_as_wide_as_asked(size: Size) -> None:
    days = ('on = "2023-03-15 08:00"', 'when = "3月13日至15日"', 'on = "2023-03-15/2023-03-28"', 'when = "3月15日"')
    every = tasks(*(f'title = "{title}"\n{days[n % 4]}' for n, title in enumerate(HOSTILE * 2)))
    terms = (
        TERM, SCHOOL, TERM.replace("2023-02-13", "2023-01-01").replace("2023-04-23", "2023-12-31"),
        TERM.replace("2023-04-23", "2024-02-01"), TERM.replace("04-23", "02-13"), TERM.replace("2023", "2040"),
    )  # fmt: skip
    for term in terms:
        assert_exact(size, draw(board(every, head=term), size, PAINT))


KINDS = (
    'on = "2023-03-15 14:00"', 'when = "三月"', 'when = "3月13日至15日"', "", 'when = "3月"\non = "2023-03-16"',
    'when = "本学期"\ntimes = { every = "month", least = 1 }', 'when = "每周三"',
    'when = "3月、4月"\non = "2023-04-12"',
    'times = { every = "week", least = 1 }', 'on = ["2023-03-14", "2023-03-15 09:00"]', 'when = "3月中旬"',
    'when = "3月、3月15日"',
)  # fmt: skip


def expected(shown: Board, day: date) -> list[Dated]:
    """The long way: every occurrence of every task."""
    found = []
    for task in shown.tasks:
        for occurrence in shown.occurrences(task):
            days = shown.statuses.days(task, occurrence)
            if days and day in days:
                found.append(Dated(task, occurrence, days))
    return found


def keys(found: Iterable[Dated]) -> list[tuple[str, str]]:
    return sorted((dated.task.id, dated.occurrence.key) for dated in found)


def test_a_day_holds_what_every_occurrence_of_every_task_says() -> None:
    told = [("t2", "done", None, ""), ("t10", "postponed", None, "")]
    shown = board(tasks(*KINDS), told)
    index = Days(shown)
    for day in Window(date(2023, 2, 6), date(2023, 4, 30)).each_day():
        decided, short, long = index.on(day)
        assert keys([*decided, *short, *long]) == keys(expected(shown, day))
        assert all(dated.is_decided for dated in decided)
        assert all(dated.days.days <= 7 and not dated.is_decided for dated in short)
        assert all(dated.days.days > 7 and not dated.is_decided for dated in long)


def test_what_belongs_to_a_day_is_in_order_of_time() -> None:
    shown = board(tasks('on = "2023-03-15 14:00"', 'on = "2023-03-15 09:00"', 'when = "三月"', 'when = "3月15日"'))
    decided, short, long = tasks_on(shown, date(2023, 3, 15))
    assert [dated.task.id for dated in (*decided, *short, *long)] == ["t1", "t0", "t3", "t2"]


def test_what_was_put_off_without_a_new_date_is_on_no_day() -> None:
    shown = board(
        tasks('when = "3月15日"', 'when = "三月"'), [("t0", "postponed", None, ""), ("t1", "postponed", None, "")]
    )
    assert tasks_on(shown, date(2023, 3, 15)) == ((), (), ())
