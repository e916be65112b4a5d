"""The rows of ledgers as the cells of sheets, before they become a file: what is shown, and what is kept back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from planner_ledger.awards import PLACE
from planner_ledger.masking import MASK, is_masked
from planner_ledger.sheets.headings import ROW, Heading, headings_of
from planner_ledger.sheets.labels import Labels
from planner_ledger.sheets.workbook import LONGEST
from planner_ledger.sheets.written import MONEY, Shown, as_seen, shown

if TYPE_CHECKING:
    from planner.api import Plan
    from planner_ledger.model import Ledger
    from planner_ledger.rows import Row


class Page(NamedTuple):
    """The sheet of one ledger."""

    ledger: Ledger
    name: str
    headings: Sequence[Heading]
    rows: Sequence[Row]
    labels: Labels
    plan: Plan
    with_private: bool
    """True: what must not leave the office stands there too."""

    def cells(self) -> Iterator[list[Shown]]:
        """The rows, cell by cell."""
        for row in self.rows:
            yield [self._cell(row, heading) for heading in self.headings]

    def _cell(self, row: Row, heading: Heading) -> Shown:
        text = self.labels.text(row, heading.key)
        is_open = self.with_private or heading.key == ROW or not text
        if not is_open and is_masked(heading.column or heading.key, self.ledger, row, self.plan):
            return Shown("text", MASK)
        return shown(text, heading.column)

    def choices(self, heading: Heading) -> list[str]:
        """The words to choose from under a heading; empty: anything can stand there.

        The tasks that are private are among them only where private things may be.
        """
        if heading.column:
            return [word for word in heading.column.choices if word != PLACE]
        if heading.key not in ("task", "branch", "goals", "stage"):
            return []
        hidden = () if self.with_private else (task.id for task in self.plan.tasks if task.private)
        return self.labels[heading.key].listed(hidden if heading.key == "task" else ())

    def masked(self) -> int:
        """How many values are kept back."""
        if self.with_private:
            return 0
        return sum(cell.text == MASK for cells in self.cells() for cell in cells)

    def cut(self) -> int:
        """How many texts are longer than a cell of a spreadsheet can be; people cannot record such, programs can."""
        return sum(
            len(text.encode("utf-16-le", "replace")) > 2 * LONGEST for row in self.rows for text in row.values.values()
        )


def page_of(ledger: Ledger, name: str, rows: Iterable[Row], plan: Plan, *, with_private: bool) -> Page:
    """The sheet of a ledger with some of its rows."""
    known = tuple(rows)
    headings = headings_of(ledger, plan, known)
    return Page(ledger, name, headings, known, Labels(plan, ledger), plan, with_private)


def text_rows(page: Page) -> Iterator[list[str]]:
    """The sheet as text: the headings, then the rows. What has only one unit is the number alone, of money with fen."""
    yield [heading.name for heading in page.headings]
    for row in page.cells():
        yield [_plain(cell) for cell in row]


def _plain(cell: Shown) -> str:
    if cell.kind != "number":
        return cell.text
    if cell.format.endswith("%"):
        from decimal import Decimal

        return f"{Decimal(cell.text).scaleb(2).normalize():f}%"
    return as_seen(cell).replace(",", "") if cell.format == MONEY else cell.text
