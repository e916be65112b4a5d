"""What a cell of a sheet says, in the words in which a person would have typed it."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from planner.api import _
from planner_ledger.sheets.cells import MOST_DIGITS, Cell
from planner_ledger.sheets.findings import quoted

if TYPE_CHECKING:
    from planner_ledger.model import Column
    from planner_ledger.sheets.headings import Heading

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_SERIALS = range(20_000, 80_000)
"""Days as spreadsheets count them, from 1954 to 2119."""
_YEARS = range(1900, 2200)
_TENTH = Decimal("0.1")
"""What stays of 2022.10 where it was typed as a number."""
_TYPED_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]0{1,2}:00(?::00)?)?")
"""A day as spreadsheets write it into text files."""
_CURRENCY = re.compile(r"^\s*(?:[¥￥]|RMB|CNY|人民币)\s*", re.IGNORECASE)
_WHOLE = re.compile(r"元\s*整\s*$")


class WrongCellError(ValueError):
    """A cell that cannot be taken as it is. Says so in a sentence; `hint` tells what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def text_of(cell: Cell, heading: Heading, epoch: datetime | None = None) -> str:
    """What a cell says under its heading; `epoch` is the day from which its file counts days.

    Raises WrongCellError for formulas, for what a formula could not calculate, and for what can be read in two ways.
    """
    if cell.kind == "formula":
        message = _("There is a formula: {formula}").format(formula=quoted(cell.text))
        raise WrongCellError(message, _("Copy the cells, then paste them as values (选择性粘贴 → 数值)."))
    if cell.kind == "error":
        message = _("There is what a formula could not calculate: {error}").format(error=quoted(cell.text))
        raise WrongCellError(message, _("Type the value, or clear the cell."))
    column = heading.column
    if column is not None and column.is_quantity:
        return _quantity(cell, column, heading.unit)
    if column is not None and column.type == "date":
        return _day(cell, epoch)
    return _number_as_text(cell) if cell.kind == "number" else cell.text


def _quantity(cell: Cell, column: Column, unit: str) -> str:
    """A number with what the sheet says that it counts: the cell's format, else the heading."""
    if cell.kind == "number":
        _refuse_two_readings(cell.text, cell.unit or unit, column)
        return f"{cell.about}{cell.text}{cell.unit or unit}"
    text = cell.text.strip()
    if column.type == "money":
        text = _WHOLE.sub("元", _CURRENCY.sub("", text))
    if _NUMBER.fullmatch(text.replace(",", "")):
        _refuse_two_readings(text, unit, column)
        return f"{text}{unit}"
    return text


def _refuse_two_readings(text: str, unit: str, column: Column) -> None:
    """Raise WrongCellError for a share without a sign, which may mean a hundred times as much."""
    if column.type != "percent" or unit or not 0 < abs(Decimal(text.replace(",", ""))) <= 1:
        return
    whole = f"{(Decimal(text) * 100).normalize():f}"
    message = _("{number} may be {number}% or {whole}%.").format(number=text, whole=whole)
    raise WrongCellError(message, _("Write it with the sign %."))


def _number_as_text(cell: Cell) -> str:
    """A number in a column of words, as a person sees it."""
    if not cell.exact:
        message = _(
            "The number {number} has more than {most} digits, of which Excel keeps no more; the rest are zeros now."
        )
        hint = _("Set the cell's format to text, and type all digits again.")
        raise WrongCellError(message.format(number=cell.text, most=MOST_DIGITS), hint)
    return f"{cell.about}{cell.text}{cell.unit}"


def _day(cell: Cell, epoch: datetime | None) -> str:
    """The words for a time; a whole day as ISO text however the spreadsheet writes it."""
    if cell.kind != "number":
        return iso_day(cell.text)
    number = Decimal(cell.text)
    if cell.unit or cell.about:
        return f"{cell.about}{cell.text}{cell.unit}"  # 3 with the format 0"月"
    if number == int(number) and int(number) in _YEARS:
        return f"{number}年"
    if epoch is not None and int(number) in _SERIALS:
        from openpyxl.utils.datetime import from_excel

        return str(from_excel(int(number), epoch).date().isoformat())
    if int(number) in _YEARS and number - int(number) == _TENTH:
        message = _("{number} is a number; a month 10 and a month 1 look alike in it.").format(number=cell.text)
        raise WrongCellError(message, _("Set the cell's format to text and type it like 2022-10."))
    return cell.text


@lru_cache(maxsize=10_000)
def iso_day(text: str) -> str:
    """A whole day that a spreadsheet wrote in its own way as ISO text; anything else as it is."""
    match = _TYPED_DAY.fullmatch(text.strip())
    if match is None:
        return text
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return text
