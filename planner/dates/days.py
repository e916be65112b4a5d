"""Months, parts of months and days: 三月, 9-10月, 5月中、下旬, 5月18、19日, 2023-03-08."""

from __future__ import annotations

from datetime import date

from planner.dates.festivals import month_window, nth_weekday
from planner.dates.lexer import Tokens
from planner.dates.numerals import pair_of
from planner.dates.spans import (
    FIRST_YEAR,
    LAST_YEAR,
    Note,
    Scope,
    Span,
    months_window,
    note_of,
    plus,
    silent,
    unknown,
    year_of_month,
)
from planner.dates.surroundings import BUILT, NO_NAME_PARTS
from planner.dates.window import Window

LONGEST_LIST = 31
"""Numbers in one list (5月1、2、3日); more is not a date."""

# First and last day of a part; 0 is the month's last day.
_PARTS = {
    "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 0), "上中旬": (1, 20), "中上旬": (1, 20), "中下旬": (11, 0),
    "上半月": (1, 15), "下半月": (16, 0), "月初": (1, 10), "初": (1, 10), "月底": (21, 0), "月末": (21, 0),
    "底": (21, 0), "末": (21, 0), "月中": (11, 20),
}  # fmt: skip
_ENDS = frozenset(["月底", "月末", "底", "末"])
# 5月初赛 and 9月初中… do not mean the first days of the month.
_NOT_AN_EDGE = tuple("赛试审选稿步级中次心衷一二三四五六七八九十")
# What is counted is no day: 5日游, 3月15名教师, 8号楼.
_COUNTED = (
    "名个人位件次场篇户项元万千百岁班所支组队份届条部本套台辆块只张把间座栋层米里斤吨分秒%°℃度多余家类种批轮局盘岁-:+×*"
)
_NOT_A_DAY = (*"游捐制营谈行内", "之内", "以内", "志愿", "联赛", "计划")
_NOT_A_NUMBERED_DAY = (*"楼文线厅机位门店馆桌令院室台车公通球场选宿", "会议")

_HELD = ("召开", "举行", "开幕", "开始", "结束", "闭会", "闭幕", "开赛")
"""Before 15日前: so many days before it (职代会召开15日前), not the 15th."""
_NO_DAYS = range(32, 40)
_LENGTHS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "旬": 10, "月": 30, "月内": 30}

Group = tuple[int, int]


def numbers(tokens: Tokens, i: int, *, high: int, ordinal: bool = False) -> tuple[list[Group], int] | None:
    """Numbers up to `high` in a list with ranges: 3、5 or 18-20 or 七八; (first, last) pairs and the token after.

    With `ordinal`, 第 may stand before each number.
    """
    groups: list[Group] = []
    while len(groups) < LONGEST_LIST:
        j = i + 1 if ordinal and groups and tokens.kind(i) == "ordinal" else i
        value = tokens.value(j)
        pair = pair_of(tokens.text(j), high) if tokens.kind(j) == "num" else None
        if pair and pair[1] <= high and not groups:
            groups += [(pair[0], pair[0]), (pair[1], pair[1])]
        elif 0 < value <= high:
            groups.append((value, value))
        else:
            return None
        i = j + 1
        joint = tokens.kind(i)
        following = i + 2 if ordinal and tokens.kind(i + 1) == "ordinal" else i + 1
        if tokens.kind(following) != "num" or joint not in ("sep", "range"):
            return groups, i
        if joint == "range":
            last = tokens.value(following)
            if not 0 < last <= high:
                return None
            groups[-1] = (groups[-1][0], last)
            i = following + 1
            if tokens.kind(i) != "sep" or tokens.kind(i + 1) not in ("num", "ordinal"):
                return groups, i
        i += 1
    return None


def part(tokens: Tokens, i: int) -> tuple[int, int, str, int] | None:
    """A part of a month at token `i`: first day, last day (0 = end of month), its word, and the token after."""
    text = tokens.text(i)
    if tokens.kind(i) == "stem" and tokens.kind(i + 1) == "sep":
        if "part" not in (tokens.kind(i + 2), tokens.kind(i + 4)):
            return None
        rest = part(tokens, i + 2)  # 中、下旬
        if not rest or not rest[2].endswith("旬"):
            return None
        first, last = _PARTS[text + "旬"]
        last = 0 if 0 in (last, rest[1]) else max(last, rest[1])
        return min(first, rest[0]), last, "旬", rest[3]
    if tokens.kind(i) != "part":
        return None
    if text in ("初", "月初") and tokens.ahead(i + 1, 1) in _NOT_AN_EDGE:
        return None
    if text == "月中" and tokens.kind(i + 1) == "other" and tokens.ahead(i + 1, 1) not in tuple(",。;()"):
        return None
    first, last = _PARTS[text]
    return first, last, text, i + 1


def part_span(scope: Scope, found: tuple[int, int, str, int], year: int, month: int, *, certain: bool) -> Span:
    """The days of a part of a month."""
    first, last, word, stop = found
    whole = month_window(year, month)
    days = Window(date(year, month, first), date(year, month, last) if last else whole.end)
    kind = "end" if word in _ENDS else "part"
    return Span(stop, kind, (days,), "旬", certain, month=month, year=scope.year)


def month_anchor(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """Months, and days or parts of the last of them, at token `i`."""
    if tokens.kind(i) == "named_month":
        if tokens.ahead(i + 1, 1) in BUILT and not tokens.ahead(i + 1, 2).startswith(NO_NAME_PARTS):
            return silent(i + 1)
        groups, j = [(1, 1)], i + 1
    else:
        found = numbers(tokens, i, high=12)
        if not found or tokens.kind(found[1]) != "month":
            return _damaged_month(tokens, i)
        groups, j = found[0], found[1] + 1
    month = groups[-1][1]
    inner = _inside_month(tokens, j, scope, month)
    if inner and len(groups) == 1 and groups[0][0] == month:
        return inner
    if inner and inner.kind == "day" and tokens.first_of_line(i) and tokens.text(i + 1) == "、":
        return inner  # 3、5月18日: item 3
    if inner and groups[-1][0] != month:
        return _months_to_part(scope, groups, inner)  # 3—5月底
    if inner and inner.kind in ("part", "end") and len(groups) > 1 and (piece := part(tokens, j)):
        return _part_of_each(scope, [first for first, _ in groups], piece)
    if inner:
        groups = groups[:-1]
    windows, certain = _month_windows(scope, groups)
    if inner:
        return inner._replace(windows=windows + inner.windows, certain=certain and inner.certain)
    note = note_of(certain=certain)
    return Span(j, "month", windows, "month", certain, note, month=month, year=scope.year)


def _months_to_part(scope: Scope, groups: list[Group], inner: Span) -> Span:
    """A range of months that ends inside the last of them."""
    windows, certain = _month_windows(scope, groups)
    if not inner.windows:
        return inner
    start, end = windows[-1].start, windows[-1].end
    last = Window(start, inner.last if inner.last >= start else end)
    return inner._replace(windows=(*windows[:-1], last), certain=certain and inner.certain)


def _part_of_each(scope: Scope, months: list[int], found: tuple[int, int, str, int]) -> Span:
    """7、8月上旬: of both months? or July and the first days of August? To be looked at."""
    spans = [part_span(scope, found, year_of_month(scope, month)[0], month, certain=False) for month in months]
    windows = tuple(window for span in spans for window in span.windows)
    return spans[-1]._replace(windows=windows, note=Note("assumed"))


def _month_windows(scope: Scope, groups: list[Group]) -> tuple[tuple[Window, ...], bool]:
    windows, sure = [], True
    for first, last in groups:
        year, certain = year_of_month(scope, first)
        windows.append(months_window(year, first, last if last >= first else last + 12))
        sure = sure and certain
    return tuple(windows), sure


def _damaged_month(tokens: Tokens, i: int) -> Span | None:
    """20226月 has lost its 年: say so."""
    digits = tokens.text(i)
    if tokens.kind(i + 1) != "month" or not digits.isascii() or len(digits) not in (5, 6):
        return None
    year, month = int(digits[:4]), int(digits[4:])
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return None
    return Span(i + 2, "month", (month_window(year, month),), "month", certain=False, note=Note("damaged"))


def _inside_month(tokens: Tokens, j: int, scope: Scope, month: int) -> Span | None:
    """What stands behind 5月: a part, days, a week or an n-th weekday; also in brackets."""
    open_bracket = tokens.text(j) == "("
    k = j + 1 if open_bracket or tokens.kind(j) == "de" else j
    year, certain = year_of_month(scope, month)
    inner = scope._replace(year=year, month=month, stated=True)
    found = part(tokens, k)
    span = (
        part_span(scope, found, year, month, certain=certain)
        if found
        else days(tokens, k, inner, loose=tokens.text(j - 1) == "月" and k == j) or week_of_month(tokens, k, inner)
    )
    if span is None:
        return None
    span = span._replace(year=scope.year, month=month, certain=span.certain and certain)
    if not certain and span.note.code == "read":
        span = span._replace(note=Note("outside_term"))
    if open_bracket:
        return span._replace(stop=span.stop + 1) if tokens.text(span.stop) == ")" else None
    return span


def days(tokens: Tokens, i: int, scope: Scope, *, loose: bool = False) -> Span | None:
    """Days of the scope's month at token `i`: 18、19日; with `loose` one day may lack its 日."""
    found = numbers(tokens, i, high=31)
    too_high = tokens.value(i) in _NO_DAYS and tokens.text(i + 1) == "日"
    if too_high and scope.month is not None and _is_day(tokens, i, i + 1):
        return unknown(i + 2, "no_such_day", kind="day")
    if found and tokens.kind(found[1]) == "day" and _is_day(tokens, i, found[1]):
        groups, stop = found[0], found[1] + 1
    elif loose and 0 < tokens.value(i) <= 31 and (loosely := _loose_days(tokens, i, found)):
        groups, stop = loosely
    else:
        return None
    if tokens.kind(stop) == "before" and not scope.stated and tokens.behind(i, 2) in _HELD:
        return unknown(stop + 1, "event")
    if scope.month is None:
        return unknown(stop, "no_month")
    year, certain = year_of_month(scope, scope.month)
    windows: list[Window] = []
    for first, last in groups:
        made = _day_range(year, scope.month, first, last)
        if made is None:
            return unknown(stop, "no_such_day", kind="day")
        windows.append(made)
    note = note_of(certain=certain)
    return Span(stop, "day", tuple(windows), "day", certain, note, month=scope.month, year=scope.year)


def _is_day(tokens: Tokens, i: int, unit: int) -> bool:
    behind = tokens.behind(i, 1)
    if tokens.text(unit) == "号":
        return behind not in tuple(")路街巷弄道") and not tokens.ahead(unit + 1, 2).startswith(_NOT_A_NUMBERED_DAY)
    if behind == "第" or (tokens.text(i) == "一" and tokens.ahead(unit + 1, 1) in ("游", "捐", "行", "三")):
        return False
    return not tokens.ahead(unit + 1, 2).startswith(_NOT_A_DAY)


def _loose_days(tokens: Tokens, i: int, found: tuple[list[Group], int] | None) -> tuple[list[Group], int] | None:
    """Days whose 日 was left out (10月15, 5月18-20), unless something is counted (3月15名教师)."""
    if found and _ends_loose_day(tokens, found[1]) and tokens.kind(found[1]) != "month":
        return found
    return ([(tokens.value(i), tokens.value(i))], i + 1) if _ends_loose_day(tokens, i + 1) else None


def _ends_loose_day(tokens: Tokens, i: int) -> bool:
    if tokens.kind(i) in (
        "times",
        "week",
        "ge",
        "session",
        "year",
        "time_unit",
        "quarter",
        "num",
        "event_unit",
        "x",
    ):
        return False
    if tokens.kind(i) in ("range", "sep"):
        return tokens.kind(i) == "range"
    return tokens.ahead(i, 1) not in tuple(_COUNTED) and tokens.ahead(i, 1) not in tuple("./·天周月年节")


def _day_range(year: int, month: int, first: int, last: int) -> Window | None:
    whole = month_window(year, month)
    if max(first, last) > whole.end.day or last < first:
        return None
    return Window(date(year, month, first), date(year, month, last))


def weekday(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A weekday at token `i` (周三, 星期日, 礼拜天): Monday 1 … Sunday 7, and the token after."""
    if tokens.kind(i) != "week":
        return None
    if tokens.text(i + 1) in ("日", "天"):
        return 7, i + 2
    text = tokens.text(i + 1)
    if tokens.kind(i + 1) == "num" and len(text) == 1 and 0 < tokens.value(i + 1) <= (7 if text.isascii() else 6):
        return tokens.value(i + 1), i + 2
    return None


def length(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """一周, 3天, 两个月 at token `i`: days and the token after."""
    number = tokens.value(i)
    j = i + 1 + (tokens.kind(i + 1) == "ge")
    unit = _LENGTHS.get(tokens.text(j))
    if unit is None or not 0 < number <= 60 or (unit == 30 and j == i + 1) or weekday(tokens, j):
        return None
    return number * unit, j + 1 + (tokens.kind(j + 1) == "inside")


def measure(tokens: Tokens, i: int) -> int | None:
    """The token behind what is counted from a day: 一周, 15日内, 3个工作日, 第二天, 最后一个工作日."""
    i += tokens.kind(i) in ("de", "least", "most") or tokens.text(i) == "各"
    counted = length(tokens, i)
    if counted:
        return counted[1]
    found = nth(tokens, i)
    if found is None and tokens.kind(i) == "num":
        found = tokens.value(i), i + 1 + (tokens.kind(i + 1) == "ge")
    if found is None or tokens.kind(found[1]) not in ("workday", "week", "tian", "day"):
        return None
    named = weekday(tokens, found[1])
    stop = named[1] if named else found[1] + 1
    return stop + (tokens.kind(stop) == "inside")


def nth(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """第二, 第二个, 最后一个, 倒数第二个, 首个 at token `i`: the ordinal (-1 the last) and the token after."""
    if tokens.kind(i) == "ordinal" and 0 < tokens.value(i + 1) <= 6:
        number, j = tokens.value(i + 1), i + 2
    elif tokens.kind(i) == "from_end":
        from_start = nth(tokens, i + 1) if tokens.kind(i + 1) == "ordinal" else None
        return (-from_start[0], from_start[1]) if from_start else None
    elif tokens.kind(i) == "last":
        number, j = -1, i + 1
        j += tokens.text(j) in ("一", "1")
    elif tokens.text(i) == "首":
        number, j = 1, i + 1
    else:
        return None
    return number, j + (tokens.kind(j) == "ge")


def week_of_month(tokens: Tokens, i: int, scope: Scope) -> Span | None:
    """第2周, 最后一周, 第二个星期日, 最后一个周五 of the scope's month and year."""
    i += tokens.kind(i) == "de"
    found = nth(tokens, i)
    if not found or scope.month is None:
        return None
    number, j = found
    year, certain = year_of_month(scope, scope.month)
    day = weekday(tokens, j)
    if day:
        date_ = nth_weekday(year, scope.month, day[0], number)
        if date_ is None:
            return unknown(day[1], "no_such_day")
        return Span(day[1], "day", (Window(date_, date_),), "day", certain, month=scope.month, year=scope.year)
    if tokens.kind(j) != "week":
        return None
    whole = month_window(year, scope.month)
    if number < 0:
        monday = plus(whole.end, 1 - whole.end.isoweekday() + 7 * (number + 1))
        week = Window(monday, plus(monday, 6))  # over the month's end: its middle may lie behind it
    else:
        # "The second week": counted from the week that holds the 1st, or from the first full one. Both are meant.
        monday = plus(whole.start, 1 - whole.start.isoweekday() + 7 * (number - 1))
        full = monday if whole.start.isoweekday() == 1 else plus(monday, 7)
        week = Window(max(monday, whole.start), min(plus(full, 6), max(whole.end, plus(monday, 6))))
    return Span(j + 1, "week", (week,), "week", certain, month=scope.month, year=scope.year)
