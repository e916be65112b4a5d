"""Words that choose tasks: 三月 #民主 @机电 逾期 -培训. All of them must fit; one with a minus must not."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from planner.api import CLOSED, DOING, STATUSES, Branch, Goal, Task, Window, _, status_name
from planner_board.board import Board
from planner_board.finding.initials import found_in

_Test = Callable[[Board, Task], bool]
_STATES: Mapping[str, tuple[str, ...]] = {
    "planned": ("未开始", "没开始", "计划", "计划中", "planned"),
    "doing": ("进行中", "已开始", "在做", "doing"),
    "done": ("完成", "已完成", "办结", "done"),
    "postponed": ("推迟", "已推迟", "延期", "已延期", "postponed"),
    "cancelled": ("取消", "已取消", "cancelled"),
    "late": ("逾期", "已逾期", "过期", "滞后", "late", "overdue"),
    "blocked": ("受阻", "等待", "blocked"),
    "open": ("未完成", "没完成", "open"),
}
"""What people call a state; the words of the interface come on top."""
_ALL_BRANCHES = frozenset(("全部", "全体", "各分工会", "所有分工会", "branches"))
_OFFICE = frozenset(("工会", "校工会", "本部", "工会本部", "office"))
_NUMBERS = "一二三四五六七八九十"
_MONTH = re.compile(r"(\d{1,2}|十[一二]?|[一二三四五六七八九])月份?")
_YEAR_MONTH = re.compile(r"(\d{4})[-.年/](\d{1,2})月?")


class _Term(NamedTuple):
    word: str
    negated: bool


class Filter(NamedTuple):
    """What a person typed, read."""

    terms: tuple[_Term, ...]

    @classmethod
    def parse(cls, text: str) -> Filter:
        """The words of `text`. Nothing is wrong: a word that means nothing else is looked for in titles."""
        words = text.split()
        terms = [_Term(word.lstrip("-－"), word[0] in "-－") for word in words]
        return cls(tuple(term for term in terms if term.word and term.word not in "#＃@＠"))

    def tasks(self, board: Board) -> tuple[Task, ...]:
        """Those of the board's tasks that fit, in the order of the file."""
        left: Iterable[Task] = board.tasks
        for word, negated in self.terms:
            test = _test(word, board)
            left = [task for task in left if test(board, task) != negated]
        return tuple(left)


def _test(word: str, board: Board) -> _Test:
    sign, name = word[0], word[1:].lower()
    if sign in "#＃":
        goals = frozenset(goal.id for goal in board.plan.goals if _is_goal(goal, name))
        return lambda _board, task: not goals.isdisjoint(task.goals) or any(found_in(tag, name) for tag in task.tags)
    if sign in "@＠":
        return _by_branch(name, board)
    tests: list[_Test] = [partial(_is_called, word), *_by_state(word.lower()), *_by_time(word, board)]
    return lambda board, task: any(test(board, task) for test in tests)


def _is_called(word: str, _board: Board, task: Task) -> bool:
    return found_in(task.title, word) or word.lower() in task.id


def _is_goal(goal: Goal, name: str) -> bool:
    return goal.id.lower() == name or found_in(goal.title, name)


def _by_branch(name: str, board: Board) -> _Test:
    if name in _ALL_BRANCHES:
        return lambda board, task: bool(task.branches) and len(task.branches) == len(board.plan.branches)
    if name in _OFFICE:
        return lambda _board, task: not task.branches
    branches = frozenset(branch.id for branch in board.plan.branches if _is_branch(branch, name))
    return lambda _board, task: not branches.isdisjoint(task.branches)


def _is_branch(branch: Branch, name: str) -> bool:
    return branch.id.lower() == name or found_in(branch.name, name)


def _by_state(word: str) -> Iterable[_Test]:
    for state, names in _STATES.items():
        own = (status_name(state).lower(),) if state in STATUSES else ()
        if word in (*names, *own):
            yield partial(_is_in, state)


def _is_in(state: str, board: Board, task: Task) -> bool:
    if state in ("late", "blocked"):
        return board.state(task) == state
    status = board.statuses.task(task)
    if state == "open":
        return status not in CLOSED
    # What is begun here and there and late all the same is in progress too.
    return status == state or (state == DOING and board.state(task) == DOING)


def _by_time(word: str, board: Board) -> Iterable[_Test]:
    if days := tuple(_days(word, board.today)):
        named = Window(days[0], days[-1])
        yield lambda _board, task: any(_meets(window, named) for window in task.days)
    elif month := _month_of(word):
        yield lambda _board, task: any(month in _months(window) for window in task.days)


def _meets(window: Window, other: Window) -> bool:
    return window.start <= other.end and other.start <= window.end


def _days(word: str, today: date) -> Iterable[date]:
    """The first and last day that a word names; nothing where it names none."""
    if word in (_("today"), "今天", "今日"):
        yield from (today, today)
    elif word in ("本周", "这周", "下周"):
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=word == "下周")
        yield from (monday, monday + timedelta(days=6))
    elif word in ("本月", "这个月", "下月", "下个月"):
        first = today.replace(day=1)
        if word.startswith("下"):
            first = (first + timedelta(days=31)).replace(day=1)
        yield from _month(first.year, first.month)
    elif (match := _YEAR_MONTH.fullmatch(word)) and 1 <= int(match[2]) <= 12 and int(match[1]) > 0:
        yield from _month(int(match[1]), int(match[2]))


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _month_of(word: str) -> int | None:
    """三月, 3月, 十二月份; None for what is no month."""
    match = _MONTH.fullmatch(word)
    if match is None:
        return None
    said = match[1]
    number = int(said) if said.isdecimal() else sum(_NUMBERS.index(sign) + 1 for sign in said)
    return number if 1 <= number <= 12 else None


def _months(window: Window) -> Iterable[int]:
    """The months that a window touches; some may come twice."""
    first, last = (day.year * 12 + day.month - 1 for day in window[:2])
    return (n % 12 + 1 for n in range(first, min(last, first + 11) + 1))
