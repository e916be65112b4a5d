"""What a sheet shows of a value: as a number or a day where that says exactly the same, else as text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from planner.api import PERCENT, YUAN, quantity_text
from planner_ledger.sheets.cells import MOST_DIGITS
from planner_ledger.values import quantity_of

if TYPE_CHECKING:
    from decimal import Decimal

    from planner_ledger.model import Column

_FIRST_DAY = date(1900, 3, 1)
"""Before it spreadsheets count a day that there never was."""
TEXT, MONEY, _DAY = "@", "#,##0.00", "yyyy-mm-dd"


class Shown(NamedTuple):
    """One cell as it is written."""

    kind: Literal["text", "number", "day"]
    text: str
    """A number in plain digits, a percentage as a fraction of one; a day as ISO text."""
    format: str = TEXT
    """The number format of spreadsheets."""


def shown(text: str, column: Column | None) -> Shown:
    """What is written for a value as it is kept; None: for what every row may have, which is text.

    A quantity is a number only if nothing of it is lost: its unit goes into the number format, so that there must be
    no other, and what is not exact stays in words (40余人).
    """
    if column is None:
        return Shown("text", text)
    if column.type == "date":
        return Shown("day", text, _DAY) if _is_day(text) else Shown("text", text)
    quantity = quantity_of(text, column) if len(column.units) == 1 else None
    if quantity is None or quantity.about or '"' in quantity.unit:
        return Shown("text", text)
    number, format_ = quantity.number, _format(quantity.number, quantity.unit)
    if quantity.unit == PERCENT:
        number = number.scaleb(-2)
    plain = f"{number.normalize():f}"
    is_same = text == quantity_text(quantity) and len(plain.strip("-0").replace(".", "")) <= MOST_DIGITS
    return Shown("number", plain, format_) if is_same else Shown("text", text)


def as_seen(cell: Shown) -> str:
    """What a spreadsheet shows of a cell, as far as its width goes."""
    if cell.kind != "number":
        return cell.text
    if cell.format == MONEY:
        from decimal import Decimal

        return f"{Decimal(cell.text):,.2f}"
    return cell.text + cell.format.lstrip("0.").strip('"')


def format_of(column: Column | None) -> str:
    """The number format of cells that are still empty, so that what is typed stays what was typed.

    Days too are text there: else Excel makes a day of every month.
    """
    if column is None or len(column.units) != 1 or '"' in column.units[0]:
        return TEXT
    unit = column.units[0]
    if unit == YUAN:
        return MONEY
    if unit == PERCENT:
        return "0.00%"
    return f'0"{unit}"' if column.type != "number" else f'General"{unit}"'


def _format(number: Decimal, unit: str) -> str:
    if unit == YUAN:
        return MONEY
    _sign, _digits, exponent = number.normalize().as_tuple()
    decimals = max(-int(exponent), 0)
    places = f".{'0' * decimals}" if decimals else ""
    return f"0{places}%" if unit == PERCENT else f'0{places}"{unit}"'


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text) >= _FIRST_DAY and len(text) == 10 and text[4] == "-"
    except ValueError:
        return False
