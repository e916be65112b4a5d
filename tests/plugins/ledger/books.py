"""Sheets as people fill them in, for the tests of import and export, and ledgers to put them in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook
from xlsxwriter import Workbook

from tests.conftest import Outcome

Run = Callable[..., Outcome]
Write = Callable[..., Path]

PLAN = """
[[goals]]
id = "care"
title = "为职工办实事"
[[goals]]
id = "self"
title = "加强自身建设"
[[branches]]
id = "mech"
name = "机电分工会"
[[branches]]
id = "base"
name = "基础分工会"
[[tasks]]
id = "visit"
title = "慰问住院职工"
when = "本学期"
goals = ["care"]
[[tasks]]
id = "aid"
title = "困难职工帮扶甲乙丙"
when = "本学期"
private = true
[[ledgers]]
id = "visits"
use = "慰问"
goal = "care"
[[ledgers]]
id = "proposals"
use = "提案"
[[ledgers]]
id = "all"
name = "样样"
[[ledgers.columns]]
id = "title"
name = "名称"
required = true
[[ledgers.columns]]
id = "day"
name = "日期"
type = "date"
[[ledgers.columns]]
id = "kind"
name = "种类"
type = "choice"
choices = ["甲", "乙"]
[[ledgers.columns]]
id = "people"
name = "人数"
type = "people"
[[ledgers.columns]]
id = "attendances"
name = "人次"
type = "attendances"
[[ledgers.columns]]
id = "items"
name = "件数"
type = "count"
units = ["件"]
[[ledgers.columns]]
id = "things"
name = "数量"
type = "count"
units = ["场次", "篇"]
[[ledgers.columns]]
id = "length"
name = "时长"
type = "number"
units = ["天"]
[[ledgers.columns]]
id = "money"
name = "金额"
type = "money"
[[ledgers.columns]]
id = "share"
name = "比例"
type = "percent"
[[ledgers.columns]]
id = "level"
name = "级别"
type = "level"
[[ledgers.columns]]
id = "grade"
name = "等级"
type = "grade"
"""


class Told(NamedTuple):
    """What an import said, as data."""

    code: int
    data: dict[str, Any]

    @property
    def cells(self) -> list[str | None]:
        """Where the mistakes are."""
        return [error["cell"] for error in self.data["errors"]]

    @property
    def messages(self) -> str:
        """All that is said of mistakes."""
        return "\n".join(f"{e['message']} {e['hint']}" for e in self.data["errors"])

    @property
    def sheet(self) -> dict[str, Any]:
        """What came of the only sheet."""
        (sheet,) = self.data["sheets"]
        assert isinstance(sheet, dict)
        return sheet

    @property
    def counts(self) -> tuple[int, int, int]:
        """New, changed and unchanged rows of the only sheet."""
        return self.sheet["new"], self.sheet["changed"], self.sheet["unchanged"]


class Styled(NamedTuple):
    """A number or a day in a cell with a number format."""

    value: float | date
    format: str | int


class Formula(NamedTuple):
    """A formula in a cell, with what it came to when the file was saved."""

    text: str
    result: float | str = 0


def book(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], **options: Any) -> Path:
    """Write a workbook: each sheet as rows of texts, numbers, `Styled` and `Formula`; None leaves a cell out."""
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, **options}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for row, values in enumerate(rows):
                for column, value in enumerate(values):
                    _put(workbook, sheet, row, column, value)
    return path


def _put(workbook: Any, sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, Styled):
        look = workbook.add_format()
        look.set_num_format(value.format)
        if isinstance(value.value, date):
            sheet.write_datetime(row, column, value.value, look)
        else:
            sheet.write_number(row, column, value.value, look)
    elif isinstance(value, Formula):
        sheet.write_formula(row, column, value.text, None, value.result)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write(row, column, value)


class Office:
    """A union office with ledgers, which imports and exports them."""

    def __init__(self, planner: Run, folder: Path) -> None:
        self.planner = planner
        self.folder = folder

    def record(self, ledger: str, *values: str) -> None:
        """Record a row."""
        outcome = self.planner("record", ledger, *values)
        assert outcome.code == 0, outcome.err

    def take_in(self, file: Path | str, *arguments: str) -> Told:
        """Import a file; what is said of it."""
        outcome = self.planner("ledger", "import", file, *arguments, "--json")
        assert "Traceback" not in outcome.err
        return Told(outcome.code, json.loads(outcome.out))

    def refused(self, file: Path | str, *arguments: str) -> str:
        """Import a file that cannot be read; the message."""
        outcome = self.planner("ledger", "import", file, *arguments)
        assert outcome.code == 2
        assert "Traceback" not in outcome.err
        return outcome.err

    def export(self, name: str, *arguments: str) -> Path:
        """Export to a file."""
        outcome = self.planner("ledger", "export", "--replace", "-o", name, *arguments)
        assert outcome.code == 0, outcome.err
        return self.folder / name

    def rows(self, ledger: str) -> list[dict[str, Any]]:
        """The rows of a ledger, as data."""
        rows = json.loads(self.planner("ledger", "list", ledger, "--json").out)
        assert isinstance(rows, list)
        return rows

    def values(self, ledger: str) -> list[dict[str, str]]:
        """What the rows of a ledger say in its columns."""
        return [row["values"] for row in self.rows(ledger)]

    def entries(self) -> int:
        """How many entries the journal has."""
        number = json.loads(self.planner("journal", "info", "--json").out)["entries"]
        assert isinstance(number, int)
        return number


def cells_of(path: Path, sheet: str) -> list[list[Any]]:
    """The values of a sheet, row by row."""
    return [list(row) for row in load_workbook(path)[sheet].iter_rows(values_only=True)]


def change_cells(path: Path, sheet: str, cells: Mapping[str, Any]) -> Path:
    """Change cells of a workbook as a person would, in place."""
    workbook = load_workbook(path)
    for place, value in cells.items():
        workbook[sheet][place] = value
    workbook.save(path)
    return path


def column_of(path: Path, sheet: str, heading: str) -> str:
    """The letter of the column with a heading."""
    (first, *_rest) = load_workbook(path)[sheet].iter_rows()
    return next(cell.column_letter for cell in first if cell.value == heading)


def column(path: Path, sheet: str, heading: str) -> list[Any]:
    """What stands below a heading."""
    headings, *rows = cells_of(path, sheet)
    return [row[headings.index(heading)] for row in rows]


def texts(rows: Iterable[Sequence[Any]]) -> list[Any]:
    """All values of a sheet."""
    return [value for row in rows for value in row]
