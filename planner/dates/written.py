"""Dates written in figures: 2023-03-08, 2023.3.8, 2024/03, 20230308, 2023-Q2, and bare pairs such as 3.5."""

from __future__ import annotations

from datetime import date

from planner.dates.festivals import FESTIVALS, NAMES, month_window
from planner.dates.lexer import Tokens
from planner.dates.spans import (
    FIRST_YEAR,
    LAST_YEAR,
    Note,
    Scope,
    Span,
    months_window,
    unknown,
    year_of_month,
)
from planner.dates.surroundings import NO_OCCASIONS
from planner.dates.window import Window

_POINTS = (".", "/", "-", "·")
# What is measured is no date: 3.5万元, 2.11件提案, 3.5分.
_UNITS = tuple("件元万亿人次名个场篇户项")
_MEASURED = (
    *_UNITS,
    *"倍分度%米公千kmg版小斤吨平级岁年月周天时折寸升毫厘点以成台张届条份组班页章本门支队套./*+-",
    "节课",
)
_NAMED_DAYS, _NAME_LENGTH = ("纪念日", "宣传日", "公祭日", "读书日"), 8


def is_year(tokens: Tokens, i: int) -> bool:
    """Whether token `i` is a number of four figures that can be a year."""
    return FIRST_YEAR <= tokens.value(i) <= LAST_YEAR and len(tokens.text(i)) == 4


def full_date(tokens: Tokens, i: int) -> Span | None:
    """A year in figures with month, day or quarter behind a point, stroke or hyphen."""
    text = tokens.text(i)
    if len(text) == 8 and text.isascii() and tokens.kind(i + 1) in ("end", "range", "other"):
        return _compact(tokens, i)
    if not is_year(tokens, i) or tokens.text(i + 1) not in _POINTS:
        return None
    year, point, j = tokens.value(i), tokens.text(i + 1), i + 2
    if tokens.kind(j) == "q":
        first = 3 * int(tokens.text(j)[1]) - 2
        return Span(j + 1, "period", (months_window(year, first, first + 2),), "season", year=year)
    month = tokens.value(j)
    if not 1 <= month <= 12 or len(tokens.text(j)) > 2:
        return None
    if tokens.text(j + 1) == point and 0 < tokens.value(j + 2) <= 99 and len(tokens.text(j + 2)) <= 2:
        stop = j + 3 + (tokens.kind(j + 3) == "day")
        return _day(stop, year, month, tokens.value(j + 2))
    if tokens.kind(j + 1) in ("month", "year") or tokens.ahead(j + 1, 1) in _UNITS:
        return None
    return Span(j + 1, "month", (month_window(year, month),), "month", month=month, year=year)


def _compact(tokens: Tokens, i: int) -> Span | None:
    digits = tokens.text(i)
    year = int(digits[:4])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    found = _day(i + 1, year, int(digits[4:6]), int(digits[6:]))
    return found if found.windows else None


def _day(stop: int, year: int, month: int, day: int) -> Span:
    try:
        found = date(year, month, day)
    except ValueError:
        return unknown(stop, "no_such_day", kind="day")
    return Span(stop, "day", (Window(found, found),), "day", month=month, year=year)


def short_date(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """3.8 or 3·8 or 三·八: a date where an occasion or 节/日 names it, else a number that a person must look at."""
    month, day = tokens.value(i), tokens.value(i + 2)
    if tokens.text(i + 1) not in (".", "·") or not _plausible(tokens, i, month, day):
        return None
    stop = i + 3
    if scope.year is not None and scope.stated:  # 2023.3.8-3.12
        return _day(stop + (tokens.kind(stop) == "day"), scope.year, month, day)
    if tokens.behind(i, 1) == "-":
        return None
    named = _named_festival(tokens, stop, month, day)
    if named:
        stop = named
    elif tokens.kind(stop) == "day" or (tokens.kind(stop) == "festive" and tokens.ahead(stop, 2) != "节课"):
        stop += 1
    elif not _names_occasion(tokens, i, stop):
        if tokens.ahead(stop, 2).startswith(_MEASURED) and not tokens.ahead(stop, 2).startswith("-"):
            return None
        return unknown(stop, "bare_number", f"{tokens.text(i)}.{tokens.text(i + 2)}")
    year, certain = year_of_month(scope._replace(stated=False), month)
    found = _day(stop, year, month, day)
    note = found.note if certain or not found.windows else Note("outside_term")
    key = next((name for name, rule in FESTIVALS.items() if rule[:3] == ("fixed", month, day)), None)
    festivals = ((key, found.first),) if key and found.windows else ()
    kind = "festival" if festivals else "day"
    return found._replace(kind=kind, certain=certain and found.certain, note=note, festivals=festivals, year=scope.year)


def _plausible(tokens: Tokens, i: int, month: int, day: int) -> bool:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return False
    if tokens.kind(i + 2) != "num" or len(tokens.text(i)) > 2 or len(tokens.text(i + 2)) > 2:
        return False
    # An item number and a date (2.11月9日), or part of a longer number (1.2.3).
    return tokens.kind(i + 3) not in ("month", "year") and tokens.behind(i, 1) not in tuple("./+*第")


def _named_festival(tokens: Tokens, i: int, month: int, day: int) -> int | None:
    """The token behind a festival that is held on this very day (3.8妇女节, 5·12国际护士节)."""
    i += tokens.kind(i) == "intl"
    rule = FESTIVALS.get(NAMES.get(tokens.text(i), ""))
    return i + 1 if rule and rule[:3] == ("fixed", month, day) else None


def _names_occasion(tokens: Tokens, i: int, stop: int) -> bool:
    following = tokens.ahead(stop, _NAME_LENGTH)
    if following.startswith("学雷锋"):
        return True
    if any(day in following for day in _NAMED_DAYS):
        return True  # 12·9运动纪念日
    chinese = not tokens.text(i).isascii()
    if not (tokens.quoted(i) or chinese) or not following:
        return chinese and not following
    return "\u4e00" <= following[0] <= "\u9fff" and not following.startswith(NO_OCCASIONS)
