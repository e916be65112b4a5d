"""All that is known about what the cursor stands on: the first lines, the links, and texts as they were typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from planner.api import DOING, Badge, PaneLine, status_name
from planner.dates.window import Window
from planner.errors import JournalError
from planner.i18n import _, ngettext
from planner.journal.entry import Entry, new_entry
from planner.journal.history import History
from planner.journal.store import MemoryStore
from planner.plan.model import Task
from planner_board.board import Board, Size
from planner_board.details.draw import draw, none
from planner_board.details.things import UNDATED
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref, Sheet
from planner_board.words.tasks import day_words, days_words
from tests.plugins.planner_board.drawn import HOSTILE, SIZES, TERM, TINY, assert_exact, board, body, tasks

PAINT = Paint()
BRANCHES = "".join(f'[[branches]]\nid = "b{n}"\nname = "{name}分工会"\n' for n, name in enumerate("一二三"))
GOALS = '[[goals]]\nid = "a"\ntitle = "民主管理"\nduties = ["维护"]\nnote = "说明"\n'
GUIDED = TERM.replace("[term]", '[guiding]\ntext = "…"\nduties = ["维护", "参与"]\n[term]')
TAUGHT = TERM.replace("end = 2023-04-23", "end = 2023-04-23\nweek1 = 2023-02-13")
NOON = datetime(2023, 4, 3, 4, tzinfo=UTC)


def of(found: Board, ref: Ref = Ref("task", "t0"), width: int = 60) -> Sheet:  # noqa: B008  a Ref never changes
    return draw(found, ref, Size(width, 20), PAINT)


def lines(found: Board, ref: Ref = Ref("task", "t0"), width: int = 60) -> list[str]:  # noqa: B008  a Ref never changes
    """The lines, each with single blanks."""
    return [" ".join(line.split()) for line in body(of(found, ref, width))]


def links(sheet: Sheet) -> list[tuple[Ref, str]]:
    """What can be gone to, and what stands there."""
    return [(spot.ref, " ".join(sheet.line(spot.y).text.split())) for column in sheet.columns for spot in column]


def below(found: list[str], heading: str) -> list[str]:
    """The lines of a section."""
    start = next(n for n, line in enumerate(found) if line.startswith(heading)) + 1
    return found[start : found.index("", start)] if "" in found[start:] else found[start:]


def days(month: int, first: int, last: int) -> str:
    return days_words(Window(date(2023, month, first), date(2023, month, last)), 2023)


def with_journal(found: Board, *entries: Entry) -> Board:
    return Board(replace(found.snapshot, journal=History(MemoryStore(entries), found.plan.id)))


def entry(n: int, kind: str, data: dict[str, Any], **about: Any) -> Entry:
    return new_entry(NOON + timedelta(days=n), "王芳", "test-1", kind, data, task="t0", **about)


def test_the_first_four_lines_say_what_when_where_and_what_is_missing() -> None:
    plan = GOALS + BRANCHES + tasks(
        'title = "“一会一品”申报"\nwhen = "三月"\nfor = "branches"\ngoals = ["a"]\nplace = "报告厅"\nneeds = ["t1"]',
        'title = "筹备"\nwhen = "二月"',
    )  # fmt: skip
    found = lines(board(plan, [("t0", "done", "", "b1")]))
    assert found[0] == "“一会一品”申报"
    over = ngettext("{n} day over", "{n} days over", 10).format(n=10)
    assert found[1] == f"! {over} {status_name(DOING)} {days(3, 1, 31)} 1/3"
    assert found[2] == "报告厅 民主管理"
    missing = _("missing {branches}").format(branches="一、三分工会")
    assert found[3] == f"{missing} {_('after {title}').format(title='筹备')}"


def test_the_state_is_said_in_words() -> None:
    states = {
        "planned": f"◦ {_('not begun')} {ngettext('{n} day left', '{n} days left', 13).format(n=13)} {days(4, 1, 23)}",
        "cancelled": f"✗ {_('called off')} 我 {day_words(date(2023, 4, 10), 2023)} {days(4, 1, 23)}",
        "done": f"✓ {_('is done')} 我 {day_words(date(2023, 4, 10), 2023)} {days(4, 1, 23)}",
        "postponed": f"» {_('put off')} {_('no new date')} "
        + _("planned for {days} at first").format(days=days(4, 1, 23)),
    }
    for status, line in states.items():
        told = [("t0", status, None, "")] if status != "planned" else []
        assert lines(board(tasks('when = "四月"'), told))[1] == line


def test_a_title_is_shown_as_it_was_typed_and_in_full_where_it_is_long() -> None:
    title = "“一会一品”…①★ 👍"
    assert lines(board(tasks(f'title = "{title}"')))[0] == title
    found = lines(board(tasks(f'title = "{"长" * 300}终"')))
    assert "终" not in "".join(found[:2])
    assert found[2].startswith("◦")
    assert "".join(below(found, _("Full title"))) == "长" * 300 + "终"


def test_nothing_that_was_typed_acts() -> None:
    plan = tasks('title = "\\u001b]0;pwned\\u0007[red]x"\nnote = "\\u001b[2J一\\n二"\nplace = "\\u202e反"')
    text = of(board(plan)).text()
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "[red]x" in text
    assert "一 二" in text


def test_each_branch_has_a_line_to_tick_with_who_did_it_and_when() -> None:
    plan = BRANCHES + tasks('when = "三月"\nfor = "branches"')
    message = {"status": "done", "message": "补交"}
    found = with_journal(board(plan), entry(0, "status", message, occurrence="", branch="b1"))
    assert links(of(found))[:3] == [
        (Ref("task", "t0", "", "b0"), f"! 一分工会 {_('late')}"),
        (Ref("task", "t0", "", "b1"), f"✓ 二分工会 王芳 {day_words(date(2023, 4, 3), 2023)} 补交"),
        (Ref("task", "t0", "", "b2"), f"! 三分工会 {_('late')}"),
    ]


def test_branches_are_those_of_the_time_that_is_looked_at_else_of_the_one_that_presses() -> None:
    plan = BRANCHES + tasks('when = "2月、4月"\nfor = "branches"')
    found = board(plan, [("t0", "done", "", branch) for branch in ("b0", "b1", "b2")])
    assert {ref.occurrence for ref, _text in links(of(found)) if ref.branch} == {"2"}
    asked = of(found, Ref("task", "t0", ""))
    assert {ref.occurrence for ref, _text in links(asked) if ref.branch} == {""}
    assert asked.line(1).text.startswith(f" ✓ {_('is done')}")
    april = lines(board(tasks('when = "2月、4月"')), Ref("task", "t0", "2"))
    assert april[1].startswith(f"◦ {_('not begun')} {ngettext('{n} day left', '{n} days left', 13).format(n=13)}")


def test_each_of_several_times_has_its_own_line() -> None:
    found = board(tasks('when = "2月、4月"'), [("t0", "done", "", "")])
    shown = links(of(found))
    assert [ref for ref, _text in shown] == [Ref("task", "t0", ""), Ref("task", "t0", "2")]
    assert shown[0][1].startswith(f"✓ {days(2, 13, 28)} 我")
    assert shown[1][1].startswith(f"◦ {days(4, 1, 23)}")
    assert of(board(tasks('when = "四月"'))).columns == []


def test_what_comes_before_and_after_can_be_gone_to() -> None:
    plan = tasks(
        'when = "三月"\nneeds = [{ task = "t1", lag = "7d" }]', 'when = "二月"', 'when = "四月"\nneeds = ["t0"]'
    )
    found = board(plan, [("t1", "done", None, "")])
    between = ngettext("{n} day between", "{n} days between", 7).format(n=7)
    before, after = links(of(found))
    assert before == (Ref("task", "t1"), f"✓ 乙乙乙 {days(2, 13, 28)} {between}")
    assert after == (Ref("task", "t2"), f"↳ 丙丙丙 {days(4, 1, 23)}")


def test_a_long_title_leaves_room_for_the_days_beside_it() -> None:
    found = board(tasks('when = "四月"\nneeds = ["t1"]', f'title = "{"长" * 200}"\nwhen = "三月"'))
    ((_ref, text),) = links(of(found))
    assert text.endswith(f"⋯ {days(3, 1, 31)}")
    goal = f'[[goals]]\nid = "a"\ntitle = "{"长" * 200}"\n'
    assert links(of(board(goal + tasks('goals = ["a"]'))))[0][1].endswith("长⋯")


def test_the_words_of_the_plan_stand_beside_what_was_read_from_them_and_why() -> None:
    found = below(lines(board(tasks('when = "4月中旬"'), head=TAUGHT), width=100), _("When"))
    weeks = _("weeks {n} to {m}").format(n=9, m=10)
    precision = _("to a third of a month")
    assert found[0] == f"{_('as written')} “4月中旬”"
    assert found[1] == f"{_('read as')} {days(4, 11, 20)} {weeks}（{precision}）"
    assert f"{_('decided')} {_('no day yet')}" in found
    why = lines(board(tasks('when = "清明前后"')))
    assert any(line.startswith(_("because")) for line in why)
    assert not any(line.startswith(_("because")) for line in found)


def test_what_only_a_person_can_decide_says_so() -> None:
    found = below(lines(board(tasks('when = "适时"'))), _("When"))
    assert f"{_('unclear')} {_('a person must decide what is meant')}" in found
    assert not any(line.startswith(_("unclear")) for line in lines(board(tasks('when = "四月"'))))


def test_a_decided_day_says_the_teaching_week_and_whether_people_work() -> None:
    texts = {"2023-04-14 14:00-16:30": _("working day"), "2023-04-05": "清明", "2023-04-15": _("weekend")}
    texts["2023-04-23"] = _("working day in place of another")
    for day, kind in texts.items():
        found = " ".join(below(lines(board(tasks(f'on = "{day}"'), head=TAUGHT), width=120), _("When")))
        assert day[:10] in found
        assert "教学周" in found
        assert kind in found
    assert "14:00-16:30" in lines(board(tasks('on = "2023-04-14 14:00-16:30"')))[1]


def test_the_latest_day_is_said_where_what_comes_after_needs_it_earlier() -> None:
    close = tasks('when = "四月"', 'on = "2023-04-14"\nneeds = ["t0"]')
    latest = _("{day} ({left}), or what comes after finds no time")
    left = ngettext("in {n} day", "in {n} days", 3).format(n=3)
    expected = latest.format(day=day_words(date(2023, 4, 13), 2023), left=left)
    assert f"{_('latest')} {expected}" in lines(board(close), width=100)
    far = tasks('when = "三月"', 'when = "4月下旬"\nneeds = ["t0"]')
    assert not any(line.startswith(_("latest")) for line in lines(board(far)))


def test_notes_come_in_full_and_acts_newest_first_without_what_was_taken_back() -> None:
    note = "很长的备注，" * 30
    wrong = entry(3, "status", {"status": "cancelled"})
    undo = new_entry(NOON + timedelta(days=4), "王芳", "test-1", "undo", {"entries": [wrong.id]})
    acts = [entry(1, "status", {"status": "doing"}), entry(2, "status", {"status": "done", "message": "提前"})]
    found = lines(with_journal(board(tasks("")), entry(0, "note", {"text": note}), *acts, wrong, undo))
    assert "".join(below(found, _("Notes"))[:-1]) == note
    history = below(found, _("History"))
    assert history[0] == f"04-05 12:00 王芳 {_('{text}, because {reason}').format(text='完成', reason='提前')}"
    assert history[1] == "04-04 12:00 王芳 进行中"
    assert len(history) == 2


def test_what_was_changed_in_the_plan_is_not_called_by_the_keys_of_the_file() -> None:
    change = {"key": "on", "old": None, "new": '"2023-04-20"'}
    found = with_journal(board(tasks('when = "四月"')), entry(0, "edit", {"change": change}))
    (line,) = below(lines(found), _("History"))
    assert line.endswith(_("{key}: {old} → {new}").format(key=_("decided"), old=_("nothing"), new='"2023-04-20"'))


def test_many_acts_are_counted_beyond_the_newest() -> None:
    acts = [entry(n, "status", {"status": "doing"}) for n in range(20)]
    found = lines(with_journal(board(tasks("")), *acts))
    assert found[-1] == ngettext("{n} earlier entry", "{n} earlier entries", 8).format(n=8)


def test_a_journal_that_cannot_be_read_costs_its_section_only() -> None:
    class Broken(MemoryStore):
        def entries(self, **_what: Any) -> Any:
            raise JournalError("盘不见了", "提示")

    found = board(tasks('when = "四月"'))
    found.statuses  # noqa: B018  read before the journal was lost
    object.__setattr__(found.snapshot, "journal", History(Broken(), found.plan.id))
    assert below(lines(found), _("History")) == ["盘不见了"]


def test_sections_of_plugins_stand_below_and_their_lines_lead_to_tasks() -> None:
    def more(task: Task | None) -> Iterable[tuple[str, Iterable[PaneLine]]]:
        assert task is not None
        yield "台账", [PaneLine(f"{task.title} [b]三条"), PaneLine("乙", "warning", "t1")]

    sheet = draw(board(tasks("", "")), Ref("task", "t0"), Size(60, 20), PAINT, more)
    text = sheet.text()
    assert "台账\n 甲甲甲 [b]三条\n 乙" in text
    assert links(sheet) == [(Ref("task", "t1"), "乙")]


def test_particulars_private_tasks_and_badges_are_shown() -> None:
    plan = tasks('private = true\nremind = ["7d"]\nexpect = { people = "120人" }\ntags = ["评选", "迎检"]')
    found = lines(Board(board(plan).snapshot, badges=[Badge("t0", "超长")]))
    assert _("not sent out") in found[1]
    assert "[超长]" in found[1]
    for line in (
        f"{_('tags')} 评选、迎检",
        f"{_('people')} 120人",
        f"{_('reminders')} {_('{n} days before').format(n=7)}",
    ):
        assert line in found


def test_a_goal_says_how_far_it_is_and_lists_its_tasks() -> None:
    found = board(GOALS + tasks('when = "三月"\ngoals = ["a"]', "", 'goals = ["a"]'), [("t2", "done", None, "")])
    shown = lines(found, Ref("goal", "a"))
    assert shown[0] == "民主管理"
    assert f"1/2 {_('due by now {n}').format(n=1)} {_('late {n}').format(n=1)}" in shown[1]
    assert shown[2] == "维护"
    assert "说明" in shown
    assert [ref for ref, _text in links(of(found, Ref("goal", "a")))] == [Ref("task", "t0"), Ref("task", "t2")]


def test_a_duty_lists_its_goals_or_says_that_there_are_none() -> None:
    found = board(GOALS + tasks('goals = ["a"]'), head=GUIDED)
    assert links(of(found, Ref("text", "维护"))) == [(Ref("goal", "a"), "民主管理")]
    assert _("No goal serves this duty.") in lines(found, Ref("text", "参与"))


def test_a_branch_lists_what_it_has_to_do_with_its_own_states() -> None:
    plan = BRANCHES + tasks('when = "三月"\nfor = "branches"', 'when = "四月"\nfor = ["b1"]', "")
    found = board(plan, [("t0", "done", "", "b1")])
    shown = links(of(found, Ref("branch", "b1")))
    assert [ref for ref, _text in shown] == [Ref("task", "t0", None, "b1"), Ref("task", "t1", None, "b1")]
    assert shown[0][1].startswith("✓")
    assert shown[1][1].startswith("◦")
    assert "1/2" in lines(found, Ref("branch", "b1"))[1]


def test_a_day_says_what_it_is_called_and_what_belongs_to_it() -> None:
    found = board(tasks('when = "四月"', 'on = "2023-04-05 14:00"', 'when = "三月"', 'when = "第8周"'), head=TAUGHT)
    shown = lines(found, Ref("day", "2023-04-05"))
    assert shown[0].startswith("2023-04-05 周三")
    assert "清明" in shown[0] + shown[1]
    assert "闰二月十五" in shown[1]
    assert [ref.id for ref, _text in links(of(found, Ref("day", "2023-04-05")))] == ["t1", "t3", "t0"]
    assert _("Nothing is decided for this day.") in lines(found, Ref("day", "2023-03-08"))
    assert _("Outside the term.") in lines(found, Ref("day", "2024-01-01"))


def test_the_tasks_without_a_date_can_be_gone_to() -> None:
    found = board(tasks("", 'when = "四月"', 'when = "适时"', ""), [("t3", "done", None, "")])
    assert [ref.id for ref, _text in links(of(found, Ref("text", UNDATED)))] == ["t0", "t2"]


@pytest.mark.parametrize("kind", ["task", "goal", "branch", "day"])
def test_what_is_no_longer_there_says_so(kind: Any) -> None:
    assert lines(board(""), Ref(kind, "gone")) == [_("This is no longer in the plan.")]


@pytest.mark.parametrize("size", [*SIZES, *TINY, Size(38, 50)])
@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_every_line_is_exactly_as_wide_as_the_pane_whatever_was_typed(size: Size, number: int) -> None:
    text = HOSTILE[number]
    plan = f'[[goals]]\nid = "a"\ntitle = "{text}"\n[[branches]]\nid = "b0"\nname = "{text}"\n' + tasks(
        f'title = "{text}"\nnote = "{text}"\nplace = "{text}"\nlead = "{text}"\nlinks = ["{text}"]\ntags = ["{text}"]\n'
        f'goals = ["a"]\nneeds = ["t1"]\nfor = "branches"\nwhen = "2月、4月"',
        f'title = "{text}"\nwhen = "{text}"',
    )
    found = board(plan)
    note = entry(0, "note", {"text": found.plan.tasks[0].title})
    found = with_journal(found, note, entry(1, "status", {"status": "done", "message": "x" * 99}, branch="b0"))
    for ref in (Ref("task", "t0"), Ref("task", "t1"), Ref("goal", "a"), Ref("branch", "b0"), Ref("text", text)):
        assert_exact(size, draw(found, ref, size, PAINT, none))


def test_what_is_said_to_be_late_stands_beside_the_days_that_are_over() -> None:
    monthly = board(tasks('when = "本学期"\ntimes = { every = "month", least = 1 }'))
    over = ngettext("{n} day over", "{n} days over", 41).format(n=41)
    assert lines(monthly)[1] == f"! {over} {days(2, 13, 28)} 0/3"


def test_what_was_begun_and_is_late_says_both() -> None:
    plan = BRANCHES + tasks('when = "三月"\nfor = "branches"')
    found = lines(board(plan, [("t0", "doing", "", "b1")]))
    over = ngettext("{n} day over", "{n} days over", 10).format(n=10)
    assert found[1].startswith(f"! {over} {status_name(DOING)} ")
    second = found[found.index(f"! 一分工会 {_('late')}") + 1]
    assert second.startswith(f"! 二分工会 {_('late')} {status_name(DOING)} 我")


def test_the_old_days_of_what_was_put_off_are_not_taken_for_its_days() -> None:
    plan = GOALS + tasks('when = "四月"\ngoals = ["a"]')
    once = _("planned for {days} at first").format(days=days(4, 1, 23))
    put_off = board(plan, [("t0", "postponed", "", "")])
    assert lines(put_off)[1].endswith(once)
    assert links(of(put_off, Ref("goal", "a")))[0][1].endswith(once)
    assert once not in of(board(plan, [("t0", "cancelled", "", "")])).text()


def test_words_that_name_the_day_need_no_decision() -> None:
    open_day = _("no day yet")
    assert open_day in of(board(tasks('when = "四月"'))).text()
    for when in ("三八节", "4月20日", "每周五下午"):
        text = of(board(tasks(f'when = "{when}"'))).text()
        assert open_day not in text
    assert _("to the day") not in text


def test_a_day_tells_apart_what_the_plan_puts_there_and_what_may_be_there() -> None:
    plan = tasks('when = "每周五下午"', 'when = "第10周"', 'when = "四月"', 'when = "四月"', 'on = "2023-04-21"')
    found = board(plan, [("t3", "done", "", "")], head=TAUGHT)
    text = of(found, Ref("day", "2023-04-21")).text()
    places = [text.index(_(heading)) for heading in ("On this day", "On this day by the words of the plan")]
    places += [text.index(_(heading)) for heading in ("Some day around it", "May be any day of a longer time")]
    titles = [text.index(title) for title in ("戊戊戊", "甲甲甲", "乙乙乙", "丙丙丙")]
    assert sorted(places + titles) == [place for pair in zip(places, titles, strict=True) for place in pair]
    assert "丁丁丁" not in text  # done: it will be on no day any more


def test_a_lunar_day_is_told_with_its_month() -> None:
    found = board(tasks('when = "四月"'))
    assert _("lunar calendar {day}").format(day="闰二月十五") in of(found, Ref("day", "2023-04-05")).text()
    assert _("lunar calendar {day}").format(day="三月初一") in of(found, Ref("day", "2023-04-20")).text()
