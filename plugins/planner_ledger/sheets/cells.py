"""One cell of a file, whatever program wrote it: what a person sees in it, as text."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

Kind = Literal["text", "number", "day", "formula", "error"]
MOST_DIGITS = 15
"""Spreadsheets keep so many digits of a number; further ones are zeros."""


class Cell(NamedTuple):
    """What stands in a cell that is not empty."""

    kind: Kind
    text: str
    """A number in plain digits, a day as ISO text (2022-03 where only the month is shown), a formula with its =."""
    unit: str = ""
    """Of a number, what its format shows behind it: 人, %, 万元. A percentage is as it is shown: 88.9 and %."""
    about: str = ""
    """Of a number, what its format shows before it: 约, 近."""
    exact: bool = True
    """False for a number of more digits than spreadsheets keep."""


class Shape(NamedTuple):
    """What a number format shows around the number."""

    before: str = ""
    after: str = ""
    percent: bool = False
    zeros: int = 0
    """How many digits it fills up with zeros, where it does nothing else: 000."""


_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|(?P<digits>General|[#0?](?:[#0?,]*[#0?])?(?:\.[#0?]*)?)|(?P<scale>,+)|(?P<other>.)",
    re.DOTALL,
)
_CURRENCY = {"¥": "元", "￥": "元", "CNY": "元", "RMB": "元", "$": "$", "US$": "$", "HK$": "HK$", "€": "€", "£": "£"}
"""What stands before a number and says what it counts; other currencies are units that no ledger has."""
_ABOUT = frozenset(("约", "近", "大约", "将近"))


@lru_cache(maxsize=1_000)
def shape_of(number_format: str) -> Shape:
    """What a number format of a spreadsheet (its first section) shows around a number.

    A format that divides by thousands shows another number than the cell holds: then nothing of it counts.
    """
    texts, seen, digits = ["", ""], 0, ""
    for match in _TOKEN.finditer(_first_section(number_format)):
        if match["digits"]:
            if seen:
                return Shape()
            seen, digits = 1, match["digits"]
        elif match["scale"]:
            return Shape()
        else:
            escaped = match["escaped"] or ""
            if seen and escaped in {".", "!"}:
                return Shape()
            literal = match["quoted"] or escaped or match["other"] or ""
            texts[seen] += literal if match["money"] is None else match["money"]
    before, after = (text.strip() for text in texts)
    after = after or _CURRENCY.get(before, "")
    zeros = len(digits) if digits.strip("0") == "" and len(digits) > 1 and not after else 0
    return Shape(before if before in _ABOUT else "", after, after == "%", zeros)


def _first_section(number_format: str) -> str:
    """The part for positive numbers."""
    pieces = re.split(r'("[^"]*"|\\.|\[[^\]]*\])', number_format)
    for n in range(0, len(pieces), 2):
        if ";" in pieces[n]:
            return "".join(pieces[:n]) + pieces[n].partition(";")[0]
    return number_format


def number_cell(value: int | float, number_format: str) -> Cell:
    """The cell of a number, with what its format shows around it.

    Spreadsheets count in binary and show fifteen digits at most; those are the number that a person typed.
    """
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{MOST_DIGITS}g}")
    exact = len(str(abs(int(number)))) <= MOST_DIGITS
    shape = shape_of(number_format)
    text = plain(number.scaleb(2) if shape.percent else number)
    return Cell("number", text.zfill(shape.zeros) if shape.zeros else text, shape.after, shape.before, exact)


def plain(number: Decimal) -> str:
    """A number in plain digits, without zeros that say nothing: 1300, 0.5."""
    if number == int(number):
        return str(int(number))
    return f"{number.normalize():f}"


def day_cell(value: date | datetime | time | timedelta, number_format: str) -> Cell:
    """The cell of a day, as exactly as its format shows it: without day signs it is a month, whatever is behind it."""
    if not isinstance(value, date):
        return Cell("text", str(value))  # a time of day alone
    day = value.date() if isinstance(value, datetime) else value
    signs = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", _first_section(number_format)).lower()
    if "d" not in signs and "y" in signs:
        return Cell("day", f"{day:%Y-%m}" if "m" in signs else f"{day:%Y}年")
    if isinstance(value, datetime) and (value.hour or value.minute) and "h" in signs:
        return Cell("day", f"{value:%Y-%m-%d %H:%M}")
    return Cell("day", day.isoformat())
