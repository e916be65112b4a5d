"""One stretch of time at a token: the rules for its kinds, and the years that may stand before it."""

from __future__ import annotations

from planner.dates import days, occasions, periods, weeks, written
from planner.dates.lexer import Tokens
from planner.dates.numerals import DIGITS
from planner.dates.periods import Rule, is_adverbial, school_year_window, semester_of
from planner.dates.spans import Scope, Span, months_window, silent, unknown, year_of_month

_YEARS = ("this_year", "next_year", "last_year")
_PRIZES = ("评选", "评比", "表彰", "考核", "考评")
_COARSE = frozenset(("half", "year", "semester", "season"))


def anchor(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """The stretch of time that begins at token `i`, without what modifies it; None if none begins there."""
    rule = _RULES.get(tokens.kind(i))
    return rule(tokens, i, scope) if rule else None


def _number(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    following = tokens.kind(i + 1)
    if following in ("session", "ge"):
        return None
    return (
        written.full_date(tokens, i)
        or _school_years(tokens, i, scope)
        or _year_in_figures(tokens, i, scope)
        or occasions.festival(tokens, i, scope)
        or written.short_date(tokens, i, scope)
        or occasions.colloquial_lunar(tokens, i, scope)
        or days.month_anchor(tokens, i, scope)
        or periods.quarter(tokens, i, scope)
        or days.days(tokens, i, scope)
        or weeks.bare_weeks(tokens, i, scope)
    )


def _ordinal(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    number = i + 1
    if tokens.kind(number + 1) == "session" or tokens.kind(number + 1) == "times":
        return silent(number + 2)
    workday = _workday_of_heading(tokens, i, scope)
    if workday:
        return workday
    named = days.weekday(tokens, number + 2) if tokens.kind(number + 1) == "ge" else None
    if named:  # 第二个星期日: of a month
        return days.week_of_month(tokens, i, scope) or unknown(named[1], "no_month")
    return (
        weeks.teaching_weeks(tokens, i, scope)
        or periods.quarter(tokens, i, scope)
        or days.week_of_month(tokens, i, scope)
    )


def _workday_of_heading(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """第一个工作日 by itself: of the heading's month (counted from this span of no tokens), else of none."""
    found = days.nth(tokens, i)
    if not found or tokens.text(found[1]) != "工作日":
        return None
    if scope.month is None:
        return unknown(found[1] + 1, "no_month")
    year, certain = year_of_month(scope, scope.month)
    return Span(i, "month", (months_window(year, scope.month, scope.month),), "month", certain, year=scope.year)


def _last_week(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    workday = _workday_of_heading(tokens, i, scope)
    if workday:
        return workday
    found = days.nth(tokens, i)
    if scope.month is None and found and tokens.kind(found[1]) == "week":
        named = days.weekday(tokens, found[1])
        return unknown(named[1] if named else found[1] + 1, "no_month")
    return days.week_of_month(tokens, i, scope)


def _part_of_heading(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """下旬, 月底 under a heading, or behind a month that was named."""
    if tokens.text(i) in ("初", "底", "末", "上", "中", "下") and tokens.kind(i) != "stem":
        return None
    found = days.part(tokens, i)
    if found is None:
        return None
    if scope.month is None:
        return unknown(found[3], "no_month")
    year, certain = year_of_month(scope, scope.month)
    return days.part_span(scope, found, year, scope.month, certain=certain)


def _heading_month(tokens: Tokens, i: int, scope: Scope) -> Span:
    """本月, 当月, 月内: the month of the heading."""
    if scope.month is None:
        return unknown(i + 1, "no_month")
    year, certain = year_of_month(scope, scope.month)
    found = days.part(tokens, i + 1)
    if found and tokens.text(i).endswith("月"):
        return days.part_span(scope, found, year, scope.month, certain=certain)
    inner = days.week_of_month(tokens, i + 1, scope) or days.days(tokens, i + 1, scope)
    whole = Span(i + 1, "month", (months_window(year, scope.month, scope.month),), "month", certain)
    return inner or whole


def _year_in_figures(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """2023年…, 二〇二三年…, 23年3月…."""
    if tokens.kind(i + 1) not in ("year", "year_suffix", "whole_year", "year_part"):
        if tokens.kind(i + 1) == "school_year":
            return _school_years(tokens, i, scope)
        return None
    if written.is_year(tokens, i):
        year = tokens.value(i)
    elif (short := _two_figures(tokens.text(i))) and tokens.kind(i + 1) == "year" and tokens.kind(i + 3) == "month":
        year = 2000 + short
    else:
        return None
    suffix = tokens.kind(i + 1)
    if suffix in ("whole_year", "year_part"):
        return anchor(tokens, i + 1, scope._replace(year=year))
    return _in_year(tokens, i + 2, scope, year, alone=suffix == "year_suffix")


def _two_figures(text: str) -> int:
    if len(text) != 2:
        return 0
    if text.isascii():
        return int(text)
    return DIGITS[text[0]] * 10 + DIGITS[text[1]] if all(char in DIGITS for char in text) else 0


def _in_year(tokens: Tokens, i: int, scope: Scope, year: int, *, alone: bool = False) -> Span:
    """What stands behind a year: something inside it, else the year itself; both may be only an attribute."""
    inner_scope = scope._replace(year=year, month=None, stated=True)
    if tokens.kind(i) == "year_suffix":
        i, alone = i + 1, True
    j = i + (tokens.kind(i) in ("de", "inside"))
    if alone and tokens.ahead(i, 2) in _PRIZES:
        return silent(i)
    bare = alone or tokens.kind(j) in ("other", *_YEARS) or written.is_year(tokens, j)
    inner = None if bare else anchor(tokens, j, inner_scope)
    if inner and inner.kind == "silent":
        return inner
    if inner and (inner.windows or not inner.certain) and tokens.kind(j) not in ("term", "opening_phase"):
        inner = inner._replace(year=year)
        coarse = inner.precision in _COARSE and tokens.kind(j) not in ("summer", "winter", "whole_year")
        return silent(inner.stop) if coarse and not is_adverbial(tokens, inner.stop) else inner
    if not is_adverbial(tokens, i) or tokens.kind(i) == "x":
        return silent(i)
    return Span(i, "year", (months_window(year, 1, 12),), "year", year=year)


def _school_years(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """2022-2023学年第二学期, 2022—2023学年, 2023学年, and spans of years (2018-2020年…)."""
    if not written.is_year(tokens, i):
        return None
    year, j = tokens.value(i), i + 1
    j += tokens.kind(j) == "year"
    if tokens.kind(j) == "range" and (written.is_year(tokens, j + 1) or len(tokens.text(j + 1)) == 2):
        if tokens.kind(j + 2) in ("year", "year_suffix"):
            if tokens.kind(j + 3) in ("num", "year_part", "half", "named_month", "season"):
                return None
            return _years(tokens, j + 3, year, tokens.value(j + 1))
        j += 2
    if tokens.kind(j) != "school_year":
        return None
    j += 1
    if tokens.kind(j) == "semester":
        word = tokens.text(j)
        autumn = word[0] == "秋" or word in ("第一学期", "第1学期", "上学期")
        span = semester_of(j + 1, scope, year if autumn else year + 1, autumn=autumn)
    else:
        span = Span(j, "period", (school_year_window(year),), "year", year=year)
    return span if is_adverbial(tokens, span.stop) else silent(span.stop)


def _years(tokens: Tokens, stop: int, first: int, last: int) -> Span:
    last = last if last > 99 else first // 100 * 100 + last
    if last < first or not is_adverbial(tokens, stop):
        return silent(stop)
    return Span(stop, "year", (months_window(first, 1, 12 * (last - first + 1)),), "year")


def _relative_year(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """今年3月, 次年1月, 去年; alone only 今年 has a date."""
    step = {"this_year": 0, "next_year": 1, "last_year": -1}[tokens.kind(i)]
    year = min(max((scope.year or scope.term.start.year) + step, 1), 9990)
    inner_scope = scope._replace(year=year, month=None, stated=True)
    inner = None if tokens.kind(i + 1) in _YEARS else anchor(tokens, i + 1, inner_scope)
    if inner and inner.kind != "silent" and tokens.kind(i + 1) != "term":
        return inner._replace(year=year)
    if step:
        return unknown(i + 1, "relative")
    if tokens.text(i) == "当年":
        return None
    return Span(i + 1, "year", (months_window(year, 1, 12),), "year", year=year)


_RULES: dict[str, Rule] = {
    **periods.RULES,
    "num": _number,
    "ordinal": _ordinal,
    "last": _last_week,
    "from_end": _last_week,
    "named_month": days.month_anchor,
    "part": _part_of_heading,
    "stem": _part_of_heading,
    "in_month": _heading_month,
    "this_year": _relative_year,
    "next_year": _relative_year,
    "last_year": _relative_year,
    "festival": occasions.festival,
    "double": occasions.double_festival,
    "lunar": occasions.lunar,
    "lunar_month": occasions.lunar,
    "leap": occasions.lunar,
}
