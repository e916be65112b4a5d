"""Reading an .xlsx: openpyxl reads the cells, row by row; what it does not tell is looked up in the package."""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import date, datetime, time, timedelta
from functools import partial
from io import BytesIO, StringIO
from itertools import islice
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from planner_ledger.sheets import packages
from planner_ledger.sheets.cells import Cell, day_cell, number_cell
from planner_ledger.sheets.reading import Line, Table

if TYPE_CHECKING:
    from openpyxl import Workbook

_FAILURES = (
    ArithmeticError, AttributeError, BadZipFile, EOFError, LookupError, NotImplementedError, OSError, ParseError,
    RuntimeError, TypeError, ValueError, zlib.error,
)  # fmt: skip
"""What openpyxl raises for files that are not as they should be: it names no errors of its own for that."""
_CHINESE_DAYS = {
    27: "yyyy-mm", 28: "m-d", 29: "m-d", 30: "m-d-yy", 31: "yyyy-m-d", 36: "yyyy-mm", 50: "yyyy-mm", 51: "m-d",
    52: "yyyy-mm", 53: "m-d", 54: "m-d", 57: "yyyy-mm", 58: "m-d",
}  # fmt: skip
"""Formats that are days by their number in Chinese Excel (ECMA-376 18.8.30) and that openpyxl does not know."""
LONGEST = 32_767
"""Units of UTF-16 in a cell, as spreadsheets have it."""
_LAST_ROW = 1_048_576
_AT_ONCE = 500
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|FFF[EF])_")


def read_workbook(content: bytes, name: str) -> list[Table]:
    """The sheets of a workbook. Raises UsageError for a file that is damaged, protected or none."""
    with packages.opened(content, name) as package, _or_damaged(name):
        from openpyxl import load_workbook

        workbook = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        tables = []
        for title in workbook.sheetnames:
            sheet = workbook[title]
            if not hasattr(sheet, "reset_dimensions"):
                continue  # a chart on a sheet of its own
            sheet.reset_dimensions()
            xml = package.read(sheet._worksheet_path)
            tables.append(
                Table(
                    title,
                    partial(_lines, workbook, title, name),
                    sheet.sheet_state != "visible",
                    packages.hidden_in(xml),
                    packages.merged_in(xml),
                    workbook.epoch,
                )
            )
        return tables


@contextmanager
def _or_damaged(name: str) -> Iterator[None]:
    """Say of a file that it is damaged, whatever openpyxl stumbles over."""
    try:
        # It prints and warns of what it passes over; both would stand between the lines of an answer.
        with warnings.catch_warnings(), redirect_stdout(StringIO()):
            warnings.simplefilter("ignore")
            yield
    except _FAILURES as error:
        raise packages.damaged(name) from error


def _lines(workbook: Workbook, title: str, name: str) -> Iterator[Line]:
    """The rows of a sheet that have something in them."""
    rows: Iterator[Any] = enumerate(workbook[title].iter_rows(), 1)
    while True:
        with _or_damaged(name):
            batch = [*islice(rows, _AT_ONCE)]
            found = [(number, _cells(row)) for number, row in batch]
        if not batch:
            return
        if batch[-1][0] > _LAST_ROW:  # a row may say that it is any: openpyxl would give all before it
            raise packages.damaged(name)
        yield from (line for line in found if line[1])


def _cells(row: Iterable[Any]) -> dict[int, Cell]:
    return {cell.column: read for cell in row if cell.value is not None and (read := _cell(cell))}


def _cell(cell: Any) -> Cell | None:
    """What stands in a cell of openpyxl; None for blanks alone."""
    value, kind = cell.value, cell.data_type
    if kind == "f":
        text = getattr(value, "text", None) or value
        return Cell("formula", text if isinstance(text, str) else "=")
    if kind == "e":
        return Cell("error", str(value))
    if isinstance(value, bool):
        return Cell("text", str(value).upper())
    if isinstance(value, int | float):
        return _number(cell, value)
    if isinstance(value, date | datetime | time | timedelta):
        return day_cell(value, cell.number_format or "")
    text = _unescaped(str(value))
    return Cell("text", text) if text.strip() else None


def _number(cell: Any, value: int | float) -> Cell:
    days = _CHINESE_DAYS.get(cell.style_array.numFmtId)
    if days is None:
        return number_cell(value, cell.number_format or "")
    from openpyxl.utils.datetime import from_excel

    try:
        return day_cell(from_excel(value, cell.parent.parent.epoch), days)
    except (OverflowError, ValueError):
        return Cell("error", "#####")


def _unescaped(text: str) -> str:
    """The text with the control characters that spreadsheets write as _x000D_."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def as_read(text: str) -> str:
    """What comes back of a text that was written into a sheet: control characters may not be as they were."""
    if len(text) * 2 > LONGEST:
        text = text.encode("utf-16-le", "replace")[: 2 * LONGEST].decode("utf-16-le", "ignore")
    return _unescaped(text.replace("x005F_", ""))
