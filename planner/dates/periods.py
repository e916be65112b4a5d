"""Spans of the year and of the semester: 上半年, 二季度, 秋季, 本学期, 期末, 暑假, 第8周周三."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from planner.dates import breaks
from planner.dates.days import length, nth, numbers
from planner.dates.lexer import Tokens
from planner.dates.spans import (
    READ,
    Note,
    Scope,
    Span,
    months_window,
    note_of,
    placed,
    placed_months,
    plus,
    silent,
    unknown,
)
from planner.dates.surroundings import ADVERBIAL
from planner.dates.weeks import nth_week, teaching_weeks
from planner.dates.window import Window

Rule = Callable[[Tokens, int, Scope], "Span | None"]

_SIGNS = tuple(",。;:、()\n")
_SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 14)}


def is_adverbial(tokens: Tokens, i: int) -> bool:
    """Whether what stands at token `i` leaves a coarse span before it a time, not an attribute of a noun."""
    kind, ahead = tokens.kind(i), tokens.ahead(i, 4)
    if kind in ("x", "other", "festival", "num", "occasion", "event_unit", "times", "season"):
        if ahead.lstrip(",").startswith(("是", "也是")):
            return False  # 2023年，是……之年
        return not ahead or not ("\u4e00" <= ahead[0] <= "\u9fff" or ahead[0] in "《") or ahead.startswith(ADVERBIAL)
    return kind not in ("semester", "summer", "winter", "de") or not ahead


def half(tokens: Tokens, i: int, scope: Scope) -> Span:
    """上半年, 下半年: flagged in a semester that only touches it at its end."""
    first = 1 if tokens.text(i) in ("上半年", "前半年") else 7
    found, certain = placed_months(scope, first, first + 5)
    assert found is not None
    stated = scope.year is not None or scope.term.is_calendar_year
    certain = certain and (stated or found.start <= scope.term.start)
    note = note_of(certain=certain)
    return Span(i + 1, "period", (found,), "half", certain, note, year=scope.year)


def whole_year(_tokens: Tokens, i: int, scope: Scope) -> Span:
    """全年, 年内: the calendar year, in a semester that of its first day."""
    year = scope.year or scope.term.start.year
    return Span(i + 1, "year", (months_window(year, 1, 12),), "year", year=scope.year)


def year_part(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """年初, 年底, 年终, 岁末年初."""
    word = tokens.text(i).removeprefix("今").removeprefix("本")
    if word == "年初" and tokens.ahead(i + 1, 1) in ("一", "二", "三", "中"):
        return None
    if word == "年终" and tokens.ahead(i + 1, 1) in ("奖", "绩"):
        return None
    if len(word) == 4:
        found, certain = placed(scope, lambda year: Window(date(year, 12, 15), date(year + 1, 1, 15)))
        return Span(i + 1, "period", (found,) if found else (), "month", certain, year=scope.year)
    if word == "年中":
        return unknown(i + 1, "vague")
    month = 1 if word in ("年初", "岁首") else 12
    found, certain = placed_months(scope, month, month)
    kind = "month" if month == 1 else "end"
    note = note_of(certain=certain)
    return Span(i + 1, kind, (found,) if found else (), "month", certain, note, year=scope.year, month=month)


def quarter(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """二季度, 第一季度, 一至三季度, 三季度末, 第一季."""
    j = i + (tokens.kind(i) == "ordinal")
    found = numbers(tokens, j, high=4, ordinal=True)
    sure = _quarter_unit(tokens, i, found[1]) if found else None
    if not found or sure is None:
        return None
    stop, windows = found[1] + 1, []
    note = READ if sure else Note("assumed")
    upto = tokens.text(i - 1) == "前" and j == i and len(found[0]) == 1  # 前三季度
    for first, last in [(1, found[0][0][1])] if upto else found[0]:
        placing = placed_months(scope, 3 * first - 2, 3 * last)
        if placing[0]:
            windows.append(placing[0])
        note = note if placing[1] else Note("outside_term")
        sure = sure and placing[1]
    if tokens.text(stop) in ("末", "底") and windows:
        days = Window(windows[-1].end.replace(day=21), windows[-1].end)
        return Span(stop + 1, "end", (days,), "旬", sure, note, year=scope.year)
    if tokens.text(stop) == "初" and windows:
        return Span(stop + 1, "part", (Window(windows[0].start, plus(windows[0].start, 9)),), "旬", sure, note)
    return Span(stop, "period", tuple(windows), "season", sure, note, year=scope.year)


def _quarter_unit(tokens: Tokens, i: int, unit: int) -> bool | None:
    """Whether token `unit` surely means a quarter; 第一季 may be the first season of a show, None: it is."""
    if tokens.kind(unit) == "quarter":
        return True
    if tokens.kind(unit) != "short_quarter" or tokens.kind(i) != "ordinal":
        return None
    if tokens.behind(i, 1) not in ("", *_SIGNS, "年", "度", "每"):
        return None
    following = tokens.ahead(unit + 1, 2)
    return True if following[:1] in ("", *_SIGNS) else False if following == "活动" else None


def season(tokens: Tokens, i: int, scope: Scope) -> Span:
    """春季 … 今冬: three months; an attribute (春季运动会) is no time."""
    word = tokens.text(i)
    if not word.startswith("今") and not is_adverbial(tokens, i + 1):
        return silent(i + 1)
    named = [char for char in word if char in _SEASONS]
    if word.startswith("春秋") or word[-2:] in ("两季", "二季"):
        return _seasons(i + 1, named, scope)
    first, last = _SEASONS[named[0]][0], _SEASONS[named[-1]][1]
    last += 12 * (last < first)  # 今冬明春
    found, certain = placed_months(scope, first, last)
    note = note_of(certain=certain)
    return Span(i + 1, "period", (found,) if found else (), "season", certain, note, year=scope.year)


def _seasons(stop: int, named: list[str], scope: Scope) -> Span:
    """春秋两季: each of them."""
    found = [placed_months(scope, *_SEASONS[char]) for char in named]
    certain = all(sure for _, sure in found)
    windows = tuple(sorted(window for window, _ in found if window))
    return Span(stop, "period", windows, "season", certain, note_of(certain=certain), year=scope.year)


def this_term(tokens: Tokens, i: int, scope: Scope) -> Span:
    """本学期: the plan's own span; 新学期第一个月, 本学期最后一周: counted inside it."""
    found = nth(tokens, i + 1 + (tokens.kind(i + 1) == "de"))
    if found and (tokens.text(found[1]) == "月" or (found[0] < 0 and tokens.text(found[1]) == "周")):
        return _edge_of_term(found, tokens.text(found[1]), scope)
    return Span(i + 1, "period", (scope.term.window,), "semester")


def _edge_of_term(found: tuple[int, int], unit: str, scope: Scope) -> Span:
    """Its first or last month, 30 days, to be looked at; its last week."""
    number, stop = found[0], found[1] + 1
    term = scope.term
    first, last = term.week1, term.teaching_end
    if number == 1 and first:
        return Span(stop, "period", (Window(first, plus(first, 29)),), "month", certain=False, note=Note("assumed"))
    if number == -1 and last and unit == "月":
        return Span(stop, "period", (Window(plus(last, -29), last),), "month", certain=False, note=Note("assumed"))
    if number == -1 and last:
        monday = plus(last, 1 - last.isoweekday())
        return Span(stop, "week", (Window(monday, plus(monday, 6)),), "week")
    return unknown(stop, "no_teaching_end" if number < 0 else "vague" if first else "no_week1")


def half_term(tokens: Tokens, i: int, scope: Scope) -> Span:
    """上半学期, 下半学期: half of the teaching weeks, the middle one belongs to the first."""
    first, last = scope.term.week1, scope.term.teaching_end
    if first is None or last is None or last <= first:
        return unknown(i + 1, "no_week1" if first is None else "no_teaching_end")
    weeks = (last - first).days // 7 + 1
    middle = plus(first, 7 * ((weeks + 1) // 2))
    upper = tokens.text(i)[0] in "上前"
    days = Window(first, min(plus(middle, -1), last)) if upper else Window(min(middle, last), last)
    return Span(i + 1, "period", (days,), "half")


def semester(tokens: Tokens, i: int, scope: Scope) -> Span:
    """春季学期, 第二学期: the plan's own span where it is that semester, else the usual months, to be looked at."""
    word = tokens.text(i)
    autumn = word[0] == "秋" or word in ("第一学期", "第1学期", "上学期")
    if word in ("上学期", "下学期") and scope.year is None and tokens.kind(i - 1) != "school_year":
        return unknown(i + 1, "relative")
    return semester_of(i + 1, scope, scope.year, autumn=autumn)


def semester_of(stop: int, scope: Scope, year: int | None, *, autumn: bool) -> Span:
    """The semester that begins in `year` (None: the context's)."""
    term = scope.term
    if not term.is_calendar_year and term.is_autumn == autumn and year in (None, term.start.year):
        return Span(stop, "period", (term.window,), "semester", year=year)
    months = (9, 13) if autumn else (2, 8)
    found, _ = placed_months(scope._replace(year=year), *months)
    sure = year is not None
    note = note_of(certain=sure)
    return Span(stop, "period", (found,) if found else (), "semester", sure, note, year=year)


def school_year_window(year: int) -> Window:
    """1 September of `year` to 31 August."""
    return months_window(year, 9, 20)


def this_school_year(_tokens: Tokens, i: int, scope: Scope) -> Span:
    """本学年: the school year the term begins in."""
    start = scope.term.start
    year = start.year if start.month >= 8 else start.year - 1
    return Span(i + 1, "period", (school_year_window(year),), "year")


def opening_phase(_tokens: Tokens, i: int, scope: Scope) -> Span:
    """学期初, 开学初: the first teaching weeks."""
    first = scope.term.teaching_week(1)
    if first is None or scope.year is not None:
        return unknown(i + 1, "no_week1")
    end = plus(first.start, 7 * scope.term.policy.opening_weeks - 1)
    return Span(i + 1, "period", (Window(first.start, end),), "week")


def opening(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """开学 with what says when: 开学前, 开学第一周, 开学后, 开学两周内."""
    following = tokens.kind(i + 1)
    lasting = length(tokens, i + 1 + (following == "after"))
    if lasting and (tokens.kind(lasting[1] - 1) == "inside" or tokens.text(lasting[1] - 1) == "月内"):
        return _from_opening(lasting, scope)
    number = nth_week(tokens, i + 1 + (following == "after"))
    if number is not None and tokens.kind(i + 2) != "last":
        return teaching_weeks(tokens, i + 1 + (following == "after"), scope, sure=True)
    if tokens.text(i + 1) == "季":
        return opening_phase(tokens, i + 1, scope)
    if _alone(tokens, i):
        week = scope.term.teaching_week(1)
        stop = i + 1 + (tokens.text(i + 1) == "时")
        found = Span(stop, "week", (week,), "week", certain=False, note=Note("assumed")) if week else None
        return found or unknown(stop, "no_week1")
    first = nth(tokens, i + 1 + (following == "de"))
    if first and first[0] == 1 and tokens.text(first[1]) == "月" and scope.year is None:
        return _edge_of_term(first, "月", scope)
    if first and first[0] == 1 and scope.year is None and tokens.text(first[1]) in ("周", "天", "日"):
        week = scope.term.teaching_week(1)
        if week is None:
            return unknown(first[1] + 1, "no_week1")
        days, precision = (week, "week") if tokens.text(first[1]) == "周" else (Window(week.start, week.start), "day")
        return Span(first[1] + 1, precision, (days,), precision)
    if following not in ("before", "after", "around", "eve", "at", "approach", "start", "since", "during"):
        return None
    monday = scope.term.week1
    if monday is None:
        return unknown(i + 2, "no_week1")
    return Span(i + 1, "opening", (Window(monday, monday),), "day")


def _alone(tokens: Tokens, i: int) -> bool:
    """Whether 开学 or 开学时 is all that its clause says; 开学典礼, 做好开学 is no time."""
    if tokens.text(i + 1) == "时":
        return True
    return tokens.behind(i, 1) in ("", *_SIGNS) and tokens.ahead(i + 1, 1) in ("", *_SIGNS)


def _from_opening(lasting: tuple[int, int], scope: Scope) -> Span:
    """So many days from the first day of teaching on, and the token behind them."""
    days, stop = lasting
    monday = scope.term.week1
    if monday is None:
        return unknown(stop, "no_week1")
    return Span(stop, "period", (Window(monday, plus(monday, days - 1)),), "week")


def midterm(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """期中: two teaching weeks in the middle; an examination is an event."""
    if tokens.ahead(i + 1, 1) in ("考", "测", "检", "试", "练"):
        return None
    first = scope.term.teaching_week(scope.term.policy.midterm_week)
    if first is None:
        return unknown(i + 1, "no_week1")
    return Span(i + 1, "period", (Window(first.start, plus(first.end, 7)),), "week")


def preparation_week(_tokens: Tokens, i: int, scope: Scope) -> Span:
    """预备周: the week before week 1."""
    week = scope.term.teaching_week(0)
    return Span(i + 1, "week", (week,), "week") if week else unknown(i + 1, "no_week1")


RULES: dict[str, Rule] = {
    "half": half, "whole_year": whole_year, "year_part": year_part, "season": season, "term": this_term,
    "semester": semester, "this_school_year": this_school_year, "opening_phase": opening_phase, "opening": opening,
    "midterm": midterm, "closing": breaks.closing, "holiday_start": breaks.holiday_start, "summer": breaks.summer,
    "winter": breaks.winter, "both_breaks": breaks.both_breaks, "break": breaks.named,
    "preparation_week": preparation_week, "half_term": half_term,
}  # fmt: skip
"""Rules by the kind of the token they begin with."""
