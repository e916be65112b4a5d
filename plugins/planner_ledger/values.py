"""Values of cells: what a person typed, in the one way in which it is kept, and as something to count with."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from planner.api import Window, _, anchored, mentions, nearest, number_text, quantity_text, read_quantity, resolve
from planner_ledger.awards import PLACE, grade_name, is_grade, level_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from planner.api import Quantity, Term
    from planner_ledger.model import Column

LONGEST = 2000
"""Characters of a cell."""
_BLANK = re.compile(r"[\s\u2028\u2029]+")
_UNSEEN = re.compile("[\u200b\u2060\ufeff\xad]")
"""What sheets and web pages leave behind: characters without any width."""
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""What acts or is broken, and is no part of any text: control characters, halves of a character, turns of direction."""
_TICKS = {"√": "是", "✓": "是", "✔": "是", "☑": "是", "×": "否", "✗": "否", "✘": "否", "☒": "否"}
_YES_OR_NO = ("是", "否")
_WHOLE_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_BETWEEN = ' ,，、；;。和及与等至到-—–~～/（）()“”"：:日'
"""What may stand around the times of a date without saying anything more."""
_NUMERALS = frozenset("0123456789０１２３４５６７８９零〇一二三四五六七八九十百")
_WEEKDAY = re.compile("(?:周|星期|礼拜)[一二三四五六日天1-7](?!\\d)")
"""A day of the week by itself: for what was done it is the last one, for what is due the next."""
_MONTH_AND_DAY = re.compile(r"(0?[1-9]|1[0-2])[./-](0?[1-9]|[12]\d|3[01])")
_IMPOSSIBLE = frozenset(("no_such_day", "backwards", "weekday_conflict"))


def canonical(text: str, column: Column, term: Term) -> str:
    """The text that is kept for what was typed into a column; "" for nothing.

    Raises ValueError, with a sentence for people, for what cannot stand there.
    """
    plain = clean(text)
    if not plain:
        return ""
    if column.is_quantity:
        return _quantity(plain, column)
    if column.type == "date":
        return _date(plain, term)
    if column.type == "level":
        plain = _named(plain, level_name(plain), column)
    elif column.type == "grade":
        return _grade(plain, column)
    return _choice(plain, column) if column.choices else plain


def clean(text: str) -> str:
    """The text as one line without blanks around it and without what cannot be seen. Raises ValueError for no text."""
    plain = _UNSEEN.sub("", _BLANK.sub(" ", text)).strip()
    if found := _NO_TEXT.search(plain):
        message = _("There is a character in the text that is none (U+{code}). Type the text again.")
        raise ValueError(message.format(code=f"{ord(found[0]):04X}"))
    if len(plain) > LONGEST:
        message = _("The text has {length} characters; a cell may have {longest}.")
        raise ValueError(message.format(length=len(plain), longest=LONGEST))
    return plain


def quantity_of(text: str, column: Column) -> Quantity | None:
    """The quantity that is kept in a cell; None for none, and for what another program wrote there wrongly."""
    try:
        return read_quantity(text, column.units) if text and column.units else None
    except ValueError:
        return None


def _quantity(text: str, column: Column) -> str:
    quantity = read_quantity(text, column.units)
    if column.type == "count" and quantity.number != int(quantity.number):
        raise ValueError(_("“{text}” is no whole number.").format(text=text))
    if column.type == "percent" and 0 < quantity.number <= 1 and not {"%", "％"} & {*text}:
        whole = number_text(quantity._replace(number=quantity.number * 100))
        raise ValueError(_("{number} may be {number}% or {whole}%.").format(number=text, whole=whole))
    return quantity_text(quantity)


def said_on(text: str, today: date) -> str:
    """The words of a date as they are kept: days counted from `today` (昨天, 上周五) as dates, others as they are."""
    return text if _WEEKDAY.match(text.strip()) else anchored(text, today)


def _date(text: str, term: Term) -> str:
    """The words of a date, which must name a time and say nothing else. Raises ValueError."""
    days_of(text, term)
    if whole := _WHOLE_DATE.fullmatch(text):
        _refuse_no_day(text, *map(int, whole.groups()))
        return text
    rest = _besides(text, term)
    if rest and _NUMERALS.issuperset(rest):
        message = _("“{text}” is no date that is understood: “{rest}” is left over.")
        raise ValueError(message.format(text=text, rest=rest))
    if rest:
        message = _("“{text}” says more than when; “{rest}” belongs into another column.")
        raise ValueError(message.format(text=text, rest=rest))
    return text


def _refuse_no_day(text: str, year: int, month: int, day: int) -> None:
    """Raise ValueError for a day that no calendar has: its words may hold a month that is understood."""
    from datetime import date

    try:
        date(year, month, day)
    except ValueError:
        raise ValueError(_("There is no such day: {day}.").format(day=text)) from None


def _besides(text: str, term: Term) -> str:
    """What a text says besides times."""
    rest, end = "", 0
    for mention in mentions(text, term):
        rest, end = rest + text[end : mention.start], mention.end
    return (rest + text[end:]).strip(_BETWEEN)


def days_of(text: str, term: Term) -> Window:
    """The days that the words of a date cover, inclusive; several windows count from the first to the last.

    Raises ValueError for words that name no time.
    """
    window = _days(text, term)
    if window is not None:
        return window
    read = resolve(text, term)
    if _WHOLE_DATE.fullmatch(text):
        raise ValueError(_("There is no such day: {day}.").format(day=text))
    if numbers := _MONTH_AND_DAY.fullmatch(text):
        message = _("“{text}” can be read in several ways; write {example}.")
        raise ValueError(message.format(text=text, example=f"{int(numbers[1])}月{int(numbers[2])}日"))
    if _WEEKDAY.match(text):
        message = _("“{text}” does not say of which week; write 上{text}, 本{text} or 下{text}.")
        raise ValueError(message.format(text=text))
    if read.certain:
        raise ValueError(_("“{text}” names no day, month or time that is understood.").format(text=text))
    raise ValueError(_("“{text}” is no date: {reason}.").format(text=text, reason=read.reason))


def known_days(text: str, term: Term) -> Window | None:
    """The same; None for no date, and for words that name no time."""
    return _days(text, term) if text else None


@lru_cache(maxsize=20_000)
def _days(text: str, term: Term) -> Window | None:
    read = resolve(text, term)
    if not read.windows or read.note.code in _IMPOSSIBLE:
        return None
    return Window(min(w.start for w in read.windows), max(w.end for w in read.windows))


def _named(text: str, name: str, column: Column) -> str:
    """`name`, where the column knows it and not `text` itself."""
    return name if text not in column.choices and name in column.choices else text


def _grade(text: str, column: Column) -> str:
    grade = grade_name(text)
    if grade == PLACE:
        raise ValueError(_("“{text}” says no place; write it with its number, such as 第8名.").format(text=text))
    if is_grade(grade, column.choices):
        return grade
    return _choice(text, column)


def _choice(text: str, column: Column) -> str:
    choices = column.choices
    if text in choices:
        return text
    if choices == _YES_OR_NO and text in _TICKS:
        return _TICKS[text]
    alike = [choice for choice in choices if folded(choice) == folded(text)]
    if len(alike) == 1:
        return alike[0]
    if column.open:
        return text
    raise ValueError(_none_of(text, choices))


def folded(text: str) -> str:
    """What is the same for two people who type or write a name differently: without blanks, case and wide letters."""
    return "".join(normalize("NFKC", text).split()).casefold()


def _none_of(text: str, choices: Sequence[str]) -> str:
    message = _("“{text}” is none of: {choices}.").format(text=text, choices=_(", ").join(choices))
    likely = nearest(text, choices)
    if likely is None:
        return message
    return _("{message} {hint}").format(message=message, hint=_("did you mean {word}?").format(word=likely))
