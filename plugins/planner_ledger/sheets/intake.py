"""A sheet against the rows that there are: what is new in it, what it changes, and all that is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from planner.api import _
from planner_ledger.rows import Row
from planner_ledger.sheets.findings import Findings, Place, letters, quoted
from planner_ledger.sheets.headings import ROW, Heading, match
from planner_ledger.sheets.meaning import KEEP, Meaning, Value, WrongRowError
from planner_ledger.sheets.taken import WrongCellError
from planner_ledger.typed import Said, lacking

if TYPE_CHECKING:
    from planner.api import Plan
    from planner_ledger.model import Ledger
    from planner_ledger.sheets.cells import Cell
    from planner_ledger.sheets.reading import Line, Table

_TITLES = 5
"""Rows above the headings in which people write titles; further down nobody looks for headings."""


class Change(NamedTuple):
    """Values that a sheet gives a row which there is already."""

    row: Row
    line: int
    """The row of the sheet."""
    cells: Mapping[str, Value]
    """By the id of the column or the key of RESERVED; "" or () for what is emptied. Never empty itself."""
    names: Mapping[str, tuple[str, str]]
    """The same as people read it: what was there, and what will be."""


@dataclass
class Intake:
    """What one sheet brings."""

    ledger: Ledger
    sheet: str
    """Its name; "" for a file without sheets."""
    new: list[tuple[int, Said]] = field(default_factory=list)
    """Each with its row in the sheet."""
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    missing: int = 0
    """So many rows of the ledger are not in a sheet that came from it; they stay as they are."""
    again: list[int] = field(default_factory=list)
    """Rows of the sheet that are new and say the same as another row."""

    @property
    def has_rows(self) -> bool:
        """Whether the sheet has any rows below its headings."""
        return bool(self.new or self.changes or self.unchanged)


def take(table: Table, ledger: Ledger, plan: Plan, rows: Iterable[Row], file: str, findings: Findings) -> Intake:
    """Read a sheet of `ledger`, whose rows are `rows`. What is wrong in it goes to `findings`, all of it at once."""
    reader = _Reader(table, ledger, plan, rows, Place(file, table.name), findings)
    reader.read()
    return reader.intake


class _Reader:
    """Goes through one sheet from above to below."""

    def __init__(
        self, table: Table, ledger: Ledger, plan: Plan, rows: Iterable[Row], place: Place, findings: Findings
    ) -> None:
        self._table, self._ledger, self._place, self._findings = table, ledger, place, findings
        self._meaning = Meaning(plan, ledger, rows, table.epoch)
        self._headings: dict[int, Heading] = {}
        self._unusable: set[int] = set()
        """Columns of which it was told already that nothing of them can be taken."""
        self._seen: dict[str, int] = {}
        """Rows that were met, by their id, each with its row in the sheet."""
        self._said = {_content(r.values, r.task, r.branch, r.goals) for r in self._meaning.rows.values()}
        self._top = 0
        self._has_new = False
        self.intake = Intake(ledger, table.name)

    def read(self) -> None:
        """Read the headings, then row by row."""
        lines = self._table.lines()
        first = next(lines, None)
        if first is None:
            self._findings.warn(self._place, _("There is nothing in it."))
            return
        if not self._take_headings(first, lines):
            return
        last = self._top
        for last, cells in lines:
            self._line(last, cells)
        self._tell_missing_headings()
        self._tell_merged(last)
        self._tell_hidden(last)
        if self._seen:
            self.intake.missing = len(self._meaning.rows) - len(self._seen)

    # The first row --------------------------------------------------------------------------------------------------

    def _take_headings(self, line: Line, rest: Iterator[Line]) -> bool:
        """Whether the first row has headings; if not, that is told instead of each cell of it."""
        self._top, cells = line
        self._headings, wrong = match(cells, self._ledger)
        if self._headings:
            for column, message, hint in wrong:
                self._mistake(self._top, column, message, hint)
                self._unusable.add(column)
            return True
        message = _("This row holds no headings of the ledger “{ledger}”.").format(ledger=self._ledger.name)
        below = next((n for n, other in islice(rest, _TITLES) if match(other, self._ledger)[0]), 0)
        hint = _("The headings stand in row {n}; delete the rows above them.").format(n=below)
        if not below:
            hint = _("`planner ledger export --template {ledger} -o FILE.xlsx` writes a sheet with all headings.")
            hint = hint.format(ledger=self._ledger.name)
        self._mistake(self._top, 0, message, hint)
        return False

    def _tell_missing_headings(self) -> None:
        """Rows that are new need all columns that must be filled in."""
        there = {heading.key for heading in self._headings.values()}
        for column in lacking({}, self._ledger) if self._has_new else ():
            if column.id not in there:
                message = _("The column “{name}” is missing; it must be filled in.").format(name=column.name)
                self._mistake(self._top, 0, message, _("Add a column with this heading."))

    # Row by row -----------------------------------------------------------------------------------------------------

    def _line(self, number: int, cells: Mapping[int, Cell]) -> None:
        self._refuse_stray(number, cells)
        before = self._findings.mistakes
        row = self._row(number, cells)
        values: dict[str, Value] = {}
        for column, heading in self._headings.items():
            if heading.key == ROW:
                continue
            value = self._value(number, column, cells.get(column), row)
            if value is not KEEP:
                values[heading.key] = value
        if row is None:
            values = {key: value for key, value in values.items() if value}
            if not values and before == self._findings.mistakes:
                return
            self._has_new = True
        self._refuse_empty(number, values, row)
        if before == self._findings.mistakes:
            self._keep(number, row, values)

    def _keep(self, number: int, row: Row | None, values: dict[str, Value]) -> None:
        """Note what a row without mistakes says, and what is strange in it."""
        for key, message in self._meaning.strange(values, row):
            self._findings.warn(self._at(number, self._column_of(key)), message)
        if row is None:
            said = self._meaning.said(values)
            self.intake.new.append((number, said))
            content = _content(said.values, said.task, said.branch, said.goals)
            if content in self._said:
                self.intake.again.append(number)
            self._said.add(content)
        elif values:
            names = {key: self._meaning.names(key, value, row) for key, value in values.items()}
            self.intake.changes.append(Change(row, number, values, names))
        else:
            self.intake.unchanged += 1

    def _row(self, number: int, cells: Mapping[int, Cell]) -> Row | None:
        """The row that a line of the sheet is about; None for a new one, and where it is not clear which."""
        column = self._column_of(ROW)
        cell = cells.get(column)
        if cell is None:
            return None
        try:
            row = self._meaning.row(cell)
        except WrongRowError as error:
            self._mistake(number, column, str(error), error.hint)
            return None
        if row.id in self._seen:
            message = _("This row is in row {n} already.").format(n=self._seen[row.id])
            self._mistake(number, column, message, _("For a row of its own clear this cell; else delete the row."))
            return None
        self._seen[row.id] = number
        return row

    def _value(self, number: int, column: int, cell: Cell | None, row: Row | None) -> Value:
        """What a cell changes in a row, or says of a new one; KEEP for nothing, and for what is wrong."""
        try:
            return self._meaning.value(cell, self._headings[column], row)
        except WrongCellError as error:
            self._mistake(number, column, str(error), error.hint)
        except ValueError as error:
            self._mistake(number, column, str(error))
        return KEEP

    def _refuse_empty(self, number: int, values: Mapping[str, Value], row: Row | None) -> None:
        """Tell of each cell that must be filled in and is not."""
        for column in lacking({}, self._ledger):
            place = self._column_of(column.id)
            is_empty = values.get(column.id) == "" if row else not values.get(column.id)
            if place and is_empty and not self._is_told(number, place):
                self._mistake(number, place, _("“{name}” must be filled in.").format(name=column.name))
        for key, message in self._meaning.refused(values, row):
            self._mistake(number, self._column_of(key), message)

    def _is_told(self, row: int, column: int) -> bool:
        """Whether a cell has a mistake already, or is merged with another, which is told of all of them together."""
        merged = (top <= row <= bottom and left <= column <= right for top, left, bottom, right in self._table.merged)
        return self._findings.has(self._at(row, column)) or any(merged)

    def _refuse_stray(self, number: int, cells: Mapping[int, Cell]) -> None:
        """Tell of cells that have no heading, once for each column."""
        for column in cells.keys() - self._headings.keys() - self._unusable:
            self._unusable.add(column)
            message = _("“{text}” stands in a column without a heading.").format(text=quoted(cells[column].text))
            self._mistake(number, column, message, _("Give the column a heading in the first row, or clear it."))

    # The sheet as a whole -------------------------------------------------------------------------------------------

    def _tell_merged(self, last: int) -> None:
        """Tell of merged cells: only the first of them holds a value, and of the others nobody knows what they mean."""
        most = max(self._headings)
        for top, left, bottom, right in self._table.merged:
            if top <= last and bottom >= self._top and left <= most and (top, left) != (bottom, right):
                cells = f"{letters(left)}{top}:{letters(right)}{bottom}"
                message = _("The cells {cells} are merged.").format(cells=cells)
                hint = _("Take the merging off (取消单元格合并) and fill in each row by itself.")
                self._mistake(top, left, message, hint)

    def _tell_hidden(self, last: int) -> None:
        """Say that what cannot be seen in the sheet was read all the same."""
        if self._table.hidden:
            self._findings.warn(self._place, _("The sheet is hidden. It was read all the same."))
        rows = sorted(row for row in self._table.hidden_rows if self._top < row <= last)
        if rows:
            shown = _(", ").join(map(str, rows[:10])) + ("…" if len(rows) > 10 else "")
            message = _("Hidden rows were read as well: {rows}.").format(rows=shown)
            self._findings.warn(self._place, message)

    def _column_of(self, key: str) -> int:
        """Where a column of the ledger stands in the sheet, from 1; 0: nowhere."""
        return next((n for n, heading in self._headings.items() if heading.key == key), 0)

    def _at(self, row: int, column: int) -> Place:
        return self._place._replace(row=row, column=column)

    def _mistake(self, row: int, column: int, message: str, hint: str = "") -> None:
        self._findings.mistake(self._at(row, column), message, hint)


def _content(
    values: Mapping[str, str], task: str | None, branch: str | None, goals: tuple[str, ...] | None
) -> tuple[object, ...]:
    """What a row says, to be compared with others."""
    return frozenset(values.items()), task or "", branch or "", goals or ()
