"""Named days of the school year: fixed dates, moving weekdays, lunar days and solar terms."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from planner.dates.window import ONE_DAY, Window

FIRST_LUNAR_YEAR, LAST_LUNAR_YEAR = 1900, 2100
"""Years of the lunar tables; outside of them a lunar day has no date."""


class Rule(NamedTuple):
    """How a named day is found: `kind` is fixed, weekday, lunar, term or eve; the numbers depend on it.

    fixed and lunar: month, day. weekday: month, ISO weekday (Monday 1), n-th (-1 the last).
    term: the solar term is the day's own name. eve: the day before the first lunar month begins.
    """

    kind: str
    month: int = 0
    day: int = 0
    nth: int = 0


# The days a union plan names, by the date they are held on.
_FIXED = {
    "元旦": (1, 1), "爱耳日": (3, 3), "学雷锋纪念日": (3, 5), "妇女节": (3, 8), "植树节": (3, 12),
    "消费者权益日": (3, 15), "世界水日": (3, 22), "世界卫生日": (4, 7), "全民国家安全教育日": (4, 15),
    "世界地球日": (4, 22), "世界读书日": (4, 23), "劳动节": (5, 1), "青年节": (5, 4), "护士节": (5, 12),
    "防灾减灾日": (5, 12), "世界无烟日": (5, 31), "儿童节": (6, 1), "世界环境日": (6, 5), "爱眼日": (6, 6),
    "国际禁毒日": (6, 26), "建党节": (7, 1), "建军节": (8, 1), "全民健身日": (8, 8), "教师节": (9, 10),
    "九一八": (9, 18), "爱牙日": (9, 20), "烈士纪念日": (9, 30), "国庆节": (10, 1), "记者节": (11, 8),
    "消防日": (11, 9), "世界艾滋病日": (12, 1), "国家宪法日": (12, 4), "一二·九": (12, 9),
    "国家公祭日": (12, 13),
}  # fmt: skip
_WEEKDAY = {
    "安全教育日": (3, 1, -1), "母亲节": (5, 7, 2), "全国助残日": (5, 7, 3), "父亲节": (6, 7, 3),
    "感恩节": (11, 4, 4),
}  # fmt: skip
_LUNAR = {
    "春节": (1, 1), "元宵节": (1, 15), "端午节": (5, 5), "七夕": (7, 7), "中秋节": (8, 15),
    "重阳节": (9, 9), "腊八节": (12, 8), "小年": (12, 23),
}  # fmt: skip
_TERMS = ("清明", "冬至", "立春", "春分", "立夏", "夏至", "立秋", "秋分", "立冬")

FESTIVALS: dict[str, Rule] = (
    {name: Rule("fixed", *numbers) for name, numbers in _FIXED.items()}
    | {name: Rule("weekday", *numbers) for name, numbers in _WEEKDAY.items()}
    | {name: Rule("lunar", *numbers) for name, numbers in _LUNAR.items()}
    | {name: Rule("term") for name in _TERMS}
    | {"除夕": Rule("eve")}
)
"""Every named day, by its own name."""

_ALIASES = {
    "元旦": "元旦节 元旦日",
    "爱耳日": "全国爱耳日 国际爱耳日 世界听力日",
    "学雷锋纪念日": "学雷锋日 雷锋日 雷锋纪念日",
    "妇女节": "三八节 三八 国际妇女节 劳动妇女节 国际劳动妇女节 女神节",
    "植树节": "中国植树节 全民义务植树日",
    "消费者权益日": "国际消费者权益日",
    "全民国家安全教育日": "国家安全教育日 国家安全日",
    "世界地球日": "地球日",
    "世界读书日": "世界阅读日 读书日",
    "劳动节": "五一节 五一 国际劳动节",
    "青年节": "五四节 五四 中国青年节",
    "护士节": "国际护士节",
    "防灾减灾日": "全国防灾减灾日",
    "儿童节": "六一节 六一 国际儿童节",
    "世界环境日": "环境日",
    "爱眼日": "全国爱眼日",
    "国际禁毒日": "禁毒日 世界禁毒日",
    "建党节": "七一节 七一 党的生日 建党日 建党纪念日",
    "建军节": "八一节 八一 建军日",
    "全民健身日": "健身日",
    "九一八": "九·一八",
    "爱牙日": "全国爱牙日",
    "国庆节": "国庆 十一",
    "记者节": "中国记者节",
    "消防日": "全国消防日 消防宣传日 全国消防宣传日 消防安全日 119",
    "国家宪法日": "宪法日 宪法宣传日",
    "一二·九": "一二九",
    "国家公祭日": "公祭日",
    "安全教育日": "全国中小学生安全教育日 中小学生安全教育日 全国中小学安全教育日 中小学安全教育日 全国安全教育日",
    "全国助残日": "助残日",
    "春节": "大年初一 农历新年 新春佳节 农历春节",
    "元宵节": "元宵 上元节 灯节",
    "端午节": "端午 端阳节",
    "七夕": "七夕节",
    "中秋节": "中秋 仲秋节",
    "重阳节": "重阳 老年节 敬老节 老人节",
    "腊八节": "腊八",
    "清明": "清明节",
    "冬至": "冬至节",
    "除夕": "大年三十 除夕夜 大年夜 年三十 年三十晚 大年三十晚",
}

NAMES: dict[str, str] = {name: name for name in FESTIVALS} | {
    alias: name for name, aliases in _ALIASES.items() for alias in aliases.split()
}
"""Every name and alias → the day's own name."""

DOUBTFUL = {"小年": "小年（北方腊月二十三，南方腊月二十四）", "读书日": "世界读书日？"}
"""Names that may mean another day too → what a person is asked."""

# Days that people of a school mark; the rest is known but not worth a line in a calendar view.
_NOT_SHOWN = frozenset(("小年", "立春", "春分", "立夏", "夏至", "立秋", "秋分", "立冬"))
_SHOWN = tuple(name for name in FESTIVALS if name not in _NOT_SHOWN)


def lunar_day(year: int, month: int, day: int, *, leap: bool = False) -> date | None:
    """The Gregorian date of a day of lunar year `year`, with `leap` in its leap month; None if there is none."""
    if not FIRST_LUNAR_YEAR <= year <= LAST_LUNAR_YEAR:
        return None
    from borax.calendars.lunardate import LunarDate  # 8 ms: only where a lunar word occurs

    try:
        found: date = LunarDate(year, month, day, int(leap)).to_solar_date()
    except ValueError:
        return None
    return found


def lunar_month(year: int, month: int, *, leap: bool = False) -> Window | None:
    """First to last day of a month of lunar year `year`; the twelfth ends on the day before the new year."""
    first = lunar_day(year, month, 1, leap=leap)
    if leap:
        last = lunar_day(year, month, 30, leap=True) or (first and first + timedelta(days=28))
        return Window(first, last) if first and last else None
    following = lunar_day(year, month + 1, 1) if month < 12 else lunar_day(year + 1, 1, 1)
    if first is None or following is None:
        return None
    # A leap month between the two belongs to neither: a lunar month has at most 30 days.
    return Window(first, min(following - ONE_DAY, lunar_day(year, month, 30) or first + timedelta(days=28)))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The n-th `weekday` (Monday 1 … Sunday 7) of a month, counted from the end if negative; None if there is none."""
    whole = month_window(year, month)
    if nth < 0:
        found = whole.end - timedelta(days=(whole.end.isoweekday() - weekday) % 7 - 7 * (nth + 1))
    else:
        found = whole.start + timedelta(days=(weekday - whole.start.isoweekday()) % 7 + 7 * (nth - 1))
    return found if found.month == month else None


def month_window(year: int, month: int) -> Window:
    """First to last day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return Window(date(year, month, 1), following - ONE_DAY)


def _solar_term(name: str, year: int) -> date | None:
    if not FIRST_LUNAR_YEAR < year <= LAST_LUNAR_YEAR:
        return None
    from borax.calendars.lunardate import TermUtils

    index = TermUtils.name2index(name)
    return date(year, index // 2 + 1, TermUtils.parse_term_days(year)[index])


@lru_cache(maxsize=1024)
def festival_days(name: str, year: int) -> tuple[date, ...]:
    """The dates of a named day (own name, see `FESTIVALS`) in a Gregorian year: mostly one, none or two for 腊八."""
    rule = FESTIVALS[name]
    found: tuple[date | None, ...]
    if rule.kind == "fixed":
        found = (date(year, rule.month, rule.day),)
    elif rule.kind == "weekday":
        found = (nth_weekday(year, rule.month, rule.day, rule.nth),)
    elif rule.kind == "lunar":
        found = (lunar_day(year - 1, rule.month, rule.day), lunar_day(year, rule.month, rule.day))
    elif rule.kind == "term":
        found = (_solar_term(name, year),)
    else:
        new_year = lunar_day(year, 1, 1)
        found = (new_year and new_year - ONE_DAY,)
    return tuple(day for day in found if day and day.year == year)


def festivals_in(window: Window) -> list[tuple[date, str]]:
    """The named days of a date range (both ends inclusive) in order of date, each with its own name."""
    days = [
        (day, name)
        for year in range(window.start.year, window.end.year + 1)
        for name in _SHOWN
        for day in festival_days(name, year)
    ]
    return sorted((day, name) for day, name in days if day in window)
