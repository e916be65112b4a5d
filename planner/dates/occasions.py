"""Festivals, lunar days and names that only contain one: 三八节, 农历九月初九, 双节, 五一劳动奖章, 国庆路."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from planner.dates.festivals import DOUBTFUL, NAMES, festival_days, lunar_day, lunar_month
from planner.dates.lexer import Tokens
from planner.dates.numerals import CHINESE, DIGITS
from planner.dates.spans import Note, Scope, Span, silent, unknown
from planner.dates.surroundings import ADVERBIAL, HONOURS, NAME_PARTS, NO_NAME_PARTS, SURNAMES
from planner.dates.window import Window

_FULL = ("节", "日")
_CLAUSE_STARTS = ("", *",。;:、(\n")
_NUMBERED = {"38": "妇女节", "51": "劳动节", "54": "青年节", "61": "儿童节", "71": "建党节", "81": "建军节"}
_LUNAR_MONTHS = {"正月": 1, "冬月": 11, "腊月": 12}
_MEASURES = tuple("名人件项元条岁章节课班组队户万千亿多余年度届%")
"""Behind a number: it counts something."""
_SURE_BEHIND = ("occasion", "intl", "day", "num", "festival")
_COLLOQUIAL = frozenset(((2, 2), (3, 3), (5, 5), (7, 7), (9, 9), (8, 15)))


def festival(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """A festival by name or number at token `i`, with what may follow its name (“八一”建军节, 重阳敬老节)."""
    found = _name_at(tokens, i)
    if found is None:
        return None
    name, stop = found
    while (again := _name_at(tokens, stop + (tokens.kind(stop) == "intl"), bare=True)) and again[0] == name:
        stop = again[1]
    stop += tokens.kind(stop) == "festive" and tokens.ahead(stop, 2) not in ("节课",)
    if _is_name(tokens, i, stop, name) or _is_counted(tokens, i, stop):
        return silent(stop)
    asked = DOUBTFUL.get(tokens.text(i))
    span = dated_festival(stop, name, scope)
    if asked is None or (name != tokens.text(i) and _begins(tokens, i)):
        return span
    if name != tokens.text(i) and tokens.behind(i, 2) not in ADVERBIAL:
        return silent(stop)  # 校园读书日: the school's own
    return span._replace(certain=False, note=Note("festival", (asked,)) if span.certain else span.note)


def _begins(tokens: Tokens, i: int) -> bool:
    """Whether no word before token `i` can change whose day it names."""
    return tokens.behind(i, 1) in _CLAUSE_STARTS or tokens.kind(i - 1) in _SURE_BEHIND or tokens.quoted(i)


def _is_counted(tokens: Tokens, i: int, stop: int) -> bool:
    """从教多年三十人: figures before what they count; 每周读书日: not the festival of the year."""
    figures = tokens.kind(stop - 1) == "festival" and tokens.text(stop - 1)[-1] in CHINESE
    weekly = tokens.kind(i - 1) in ("week", "month") and tokens.kind(i - 2) == "every"
    return weekly or (figures and tokens.ahead(stop, 1) in _MEASURES)


def _name_at(tokens: Tokens, i: int, *, bare: bool = False) -> tuple[str, int] | None:
    """Own name of the festival at token `i` and the token behind; numbers must be named by what stands around."""
    if tokens.kind(i) == "festival":
        return NAMES[tokens.text(i)], i + 1
    if tokens.kind(i) != "num":
        return None
    text = tokens.text(i)
    if text == "一二" and tokens.text(i + 1) in ("·", ".", "-") and tokens.text(i + 2) == "九":
        return "一二·九", i + 3
    if text == "九" and tokens.ahead(i, 4) in ("九·一八", "九.一八"):
        return "九一八", i + 3
    if tokens.text(i + 1) in ("·", ".") and len(text + tokens.text(i + 2)) == 2:
        named = NAMES.get(text + tokens.text(i + 2))
        if named and not text.isascii():
            return named, i + 3
    named = NAMES.get(text) or _NUMBERED.get(text)
    if named is None or (not bare and not _stands_alone(tokens, i, text)):
        return None
    return named, i + 1


def _stands_alone(tokens: Tokens, i: int, text: str) -> bool:
    """Whether 三八, 十一 or 119 at token `i` is a day and not a number of something."""
    following = tokens.kind(i + 1)
    if tokens.behind(i, 1) in ("第", "届", "/", ".", "·", "-") or following in (
        "month", "day", "week", "year", "ge", "times", "session", "quarter", "event_unit", "time_unit", "x"
    ):  # fmt: skip
        return False
    if following == "num" and not tokens.quoted(i + 1):
        return False
    named = following in ("festive", "intl", "festival", "days_off", "double") or tokens.ahead(i + 1, 2) == "消防"
    if text in _NUMBERED:
        return (
            following == "festive"
            or (following in ("festival", "intl") and tokens.quoted(i))
            or (following == "festival" and NAMES[tokens.text(i + 1)] == _NUMBERED[text])
        )
    if text == "119":
        return named or tokens.quoted(i) or following == "end"
    if text == "十一":
        related = following in ("before", "after", "around", "eve", "during", "at", "approach", "end", "sep")
        if following == "sep" and tokens.kind(i + 3) == "month":
            return False  # 十一、十二月
        return named or related or tokens.quoted(i)
    return tokens.ahead(i + 1, 1) not in _MEASURES or tokens.ahead(i + 1, 2) == "组织"


def _is_place(tokens: Tokens, i: int, stop: int, name: str) -> bool:
    """Whether a place, school or person is named behind a short festival name, or the movement of that day."""
    ahead = tokens.ahead(stop, 4)
    if ahead.startswith("运动") and (tokens.kind(i - 1) == "occasion" or not name.endswith(_FULL)):
        return False  # 纪念五四运动, 一二·九运动: held on the day
    return ahead.startswith(NAME_PARTS) and not ahead.startswith(NO_NAME_PARTS)


def _is_name(tokens: Tokens, i: int, stop: int, name: str) -> bool:
    """Whether the festival is part of the name of an honour, place, school or person."""
    full = tokens.text(stop - 1).endswith(_FULL)
    ahead = tokens.ahead(stop, 4)
    if ahead.startswith("日") and tokens.text(stop - 1).endswith("节"):
        return True  # 新老教师节日的感悟
    if ahead.startswith(HONOURS) or (not full and _is_place(tokens, i, stop, name)):
        return True
    if tokens.behind(i, 1) not in SURNAMES or tokens.kind(i - 1) == "occasion" or tokens.quoted(i):
        return False
    if tokens.kind(stop) in ("before", "after", "around", "eve", "during", "days_off", "at", "approach"):
        return False
    # A full name or a number behind a surname that does not begin the clause: 感谢教师节…
    return (not full and tokens.kind(i) != "num") or tokens.behind(i, 2)[:-1] in _CLAUSE_STARTS


def dated_festival(stop: int, name: str, scope: Scope) -> Span:
    """The day of a festival in the context: inside the term, else the next one after its start, flagged."""
    term = scope.term
    if scope.year is not None:
        days: Iterable[date] = festival_days(name, scope.year)
    else:
        years = range(max(term.start.year, 1), min(term.end.year + 2, 9998))
        days = [day for year in years for day in festival_days(name, year)]
        inside = [day for day in days if term.start <= day <= term.end]
        if inside or term.is_calendar_year:
            days = inside
        else:
            coming = [day for day in days if day >= term.start][:1]
            return _festival_span(stop, name, coming, scope)._replace(certain=False, note=Note("festival_outside"))
    return _festival_span(stop, name, days, scope)


def _festival_span(stop: int, name: str, days: Iterable[date], scope: Scope) -> Span:
    found = tuple(days)
    if not found:
        return unknown(stop, "no_festival", name, kind="festival")
    note = Note("festival", (name,)) if len(found) == 1 else Note("festival_twice", (name,))
    windows = tuple(Window(day, day) for day in found)
    dates = tuple((name, day) for day in found)
    return Span(stop, "festival", windows, "day", len(found) == 1, note, year=scope.year, festivals=dates)


def double_festival(tokens: Tokens, i: int, scope: Scope) -> Span:
    """双节: 中秋 and 国庆 in autumn, 元旦 and 春节 in winter and spring."""
    month = scope.month or (scope.term.start.month if not scope.term.is_calendar_year else 9)
    autumn = 7 <= month <= 11
    names = ("中秋节", "国庆节") if autumn and tokens.text(i) == "双节" else ("元旦", "春节")
    spans = [dated_festival(i + 1, name, scope) for name in names]
    windows = tuple(w for span in spans for w in span.windows)
    dates = tuple(day for span in spans for day in span.festivals)
    certain = all(span.certain for span in spans) and not (scope.term.is_calendar_year and scope.month is None)
    note = Note("festival", ("、".join(names),))
    return Span(i + 1, "festival", windows, "day", certain, note, festivals=dates)


def lunar(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """农历九月初九, 正月十五, 腊月, 腊月二十三, 闰二月初一."""
    j = i + (tokens.kind(i) == "lunar")
    leap = tokens.kind(j) == "leap"
    j += leap
    if tokens.kind(j) == "lunar_month":
        month, j = _LUNAR_MONTHS[tokens.text(j)], j + 1
    elif j > i and tokens.kind(j) == "num" and tokens.kind(j + 1) == "month" and 0 < tokens.value(j) <= 12:
        month, j = tokens.value(j), j + 2
    else:
        return None
    first_ten = tokens.text(j) == "初"
    day = tokens.value(j + first_ten)
    if tokens.kind(j + first_ten) != "num" or not 0 < day <= 30:
        return _whole_lunar_month(j, month, scope, leap=leap)
    stop = j + first_ten + 1
    stop += tokens.kind(stop) == "day"
    return lunar_date(stop, month, day, scope, leap=leap)


def _whole_lunar_month(stop: int, month: int, scope: Scope, *, leap: bool) -> Span:
    found, certain = _placed_lunar(scope, lambda year: lunar_month(year, month, leap=leap))
    return (
        Span(stop, "period", found, "month", certain, Note("lunar"), year=scope.year)
        if found
        else unknown(stop, "no_such_day")
    )


def lunar_date(stop: int, month: int, day: int, scope: Scope, *, leap: bool = False) -> Span:
    """A day of the lunar calendar inside the context."""

    def of_year(year: int) -> Window | None:
        found = lunar_day(year, month, day, leap=leap)
        return Window(found, found) if found else None

    windows, certain = _placed_lunar(scope, of_year)
    if not windows:
        return unknown(stop, "no_such_day")
    return Span(stop, "day", windows, "day", certain, Note("lunar"), year=scope.year)


def _placed_lunar(scope: Scope, make: Callable[[int], Window | None]) -> tuple[tuple[Window, ...], bool]:
    """Like `placed`, where the lunar year before may reach into the context and a calendar year may hold two."""
    term = scope.term
    if scope.year is not None:
        found = make(scope.year)
        return ((found,) if found else ()), True
    made = [found for year in range(term.start.year - 1, term.end.year + 2) if (found := make(year))]
    inside = tuple(w for w in made if w.start <= term.end and w.end >= term.start)
    if inside:
        return inside, len(inside) == 1
    if term.is_calendar_year:
        return (), False
    return tuple(w for w in made if w.start >= term.start)[:1], False


def colloquial_lunar(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """三月三, 九月九, 八月十五: a lunar day by custom, to be looked at."""
    month, day = tokens.value(i), tokens.value(i + 2)
    if tokens.kind(i + 1) != "month" or (month, day) not in _COLLOQUIAL or tokens.text(i + 1) != "月":
        return None
    if (
        tokens.text(i).isascii()
        or tokens.text(i + 2)[0] not in {**DIGITS, "十": 10}
        or tokens.kind(i + 3) in ("day", "sep", "range")
    ):
        return None
    if tokens.kind(i + 3) in ("times", "ge", "session", "week", "month", "year") or scope.year is not None:
        return None
    return lunar_date(i + 3, month, day, scope)._replace(certain=False)
