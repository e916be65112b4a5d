"""Writing an .xlsx: one sheet for each ledger, lists to choose from, and nothing in it that calculates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from planner.api import _, cell_width
from planner_ledger.sheets.headings import CHOICES, GUIDE, ROW, Heading
from planner_ledger.sheets.written import TEXT, Shown, as_seen, format_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from planner_ledger.sheets.pages import Page

_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in the file as the time of its making: equal ledgers give equal files."""
_SPARE = 500
"""Rows below the last one that have lists to choose from, for what is added."""
_NARROW, _WIDE = 6, 50
"""Cells; what is wider is broken into lines."""
_LONGEST_LIST = 255
"""Signs of a list that a cell can carry with itself."""
_A4 = 9
_LINE, _MOST_LINES = 15, 12
"""Points of a line, and lines of a row that are shown; of a longer text the rest is there, too."""
_LOOKED_AT = 2_000
"""Rows by which the width of a column is chosen."""


def to_bytes(pages: Sequence[Page], guide: Sequence[Sequence[str]] = ()) -> bytes:
    """The pages as a workbook; with a `guide` as one more sheet, its first row the headings."""
    from xlsxwriter import Workbook

    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(file, options) as workbook:
        workbook.set_properties({"created": _CREATED.replace(tzinfo=None)})
        book = _Book(workbook)
        sheets = [(page, workbook.add_worksheet(page.name)) for page in pages]
        if guide:
            book.write_guide(guide)
        for page, sheet in sheets:
            book.write_page(page, sheet)
        book.write_choices()
    return file.getvalue()


class _Book:
    """A workbook that is being written."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._formats: dict[tuple[str, ...], Format] = {}
        self._lists: dict[tuple[str, ...], int] = {}
        """Long lists of words, each with its column on the hidden sheet, from 0."""

    def write_page(self, page: Page, sheet: Worksheet) -> None:
        """Write the sheet of one ledger."""
        widths = [_wide(heading.name) for heading in page.headings]
        looks = ["grey" if heading.key == ROW else "" for heading in page.headings]
        for number, row in enumerate(page.cells(), 1):
            self._write_row(sheet, number, row, looks)
            if number <= _LOOKED_AT:
                widths = [max(wide, _wide(as_seen(cell))) for wide, cell in zip(widths, row, strict=True)]
        for column, heading in enumerate(page.headings):
            wide = 12 if heading.key == ROW else min(max(widths[column] + 2, _NARROW), _WIDE)
            sheet.set_column(column, column, wide, self._format(format_of(heading.column), looks[column]))
            sheet.write_string(0, column, heading.name, self._format(TEXT, "needed" if _is_needed(heading) else "head"))
            self._offer(page, sheet, column, heading)
        sheet.autofilter(0, 0, len(page.rows), len(page.headings) - 1)
        sheet.print_area(0, 0, len(page.rows), len(page.headings) - 2)  # who reads on paper needs no ROW
        _lay_out(sheet)

    def _write_row(self, sheet: Worksheet, number: int, row: Sequence[Shown], looks: Sequence[str]) -> None:
        """Write one row, as high as its longest text needs it."""
        lines = 1
        for column, cell in enumerate(row):
            if cell.kind == "number":
                sheet.write_number(number, column, float(cell.text), self._format(cell.format))
            elif cell.kind == "day":
                sheet.write_datetime(number, column, date.fromisoformat(cell.text), self._format(cell.format))
            elif cell.text:
                sheet.write_string(number, column, cell.text, self._format(cell.format, looks[column]))
                lines = max(lines, 1 if looks[column] else _lines(cell.text))
        if lines > 1:
            sheet.set_row(number, _LINE * min(lines, _MOST_LINES))

    def _offer(self, page: Page, sheet: Worksheet, column: int, heading: Heading) -> None:
        """Let people choose where there is something to choose from."""
        words = page.choices(heading)
        if not words:
            return
        is_closed = heading.column is not None and not heading.column.open and heading.column.type == "choice"
        sheet.data_validation(
            1, column, len(page.rows) + _SPARE, column,
            {
                "validate": "list",
                "source": self._source(words),
                "error_type": "stop" if is_closed else "information",
                "error_title": heading.name[:32],
                "error_message": _("Please choose from the list.") if is_closed else _("This is not in the list."),
            },
        )  # fmt: skip

    def _source(self, words: Sequence[str]) -> list[str] | str:
        """A list for a cell: in the cell itself, or where it is long on the hidden sheet."""
        fits = len(",".join(words)) <= _LONGEST_LIST and not any("," in word or word[:1] in "=" for word in words)
        if fits:
            return list(words)
        column = self._lists.setdefault(tuple(words), len(self._lists))
        from xlsxwriter.utility import xl_range_abs

        return f"='{CHOICES}'!{xl_range_abs(0, column, len(words) - 1, column)}"

    def write_choices(self) -> None:
        """Write the long lists."""
        if not self._lists:
            return
        sheet = self._workbook.add_worksheet(CHOICES)
        sheet.hide()
        for words, column in self._lists.items():
            for row, word in enumerate(words):
                sheet.write_string(row, column, word)

    def write_guide(self, rows: Sequence[Sequence[str]]) -> None:
        """Write what the columns mean."""
        sheet = self._workbook.add_worksheet(GUIDE)
        cells = [[Shown("text", text) for text in row] for row in rows]
        looks = [""] * len(rows[0])
        for number, row in enumerate(cells):
            self._write_row(sheet, number, row, looks if number else ["head"] * len(looks))
        for column in range(len(looks)):
            widest = max(_wide(row[column]) for row in rows)
            sheet.set_column(column, column, min(max(widest + 2, _NARROW), _WIDE))
        _lay_out(sheet)

    def _format(self, number_format: str, look: str = "") -> Format:
        key = number_format, look
        if key not in self._formats:
            looks: Mapping[str, dict[str, Any]] = {
                "": {"text_wrap": number_format == TEXT},
                "grey": {"font_color": "#808080"},
                "head": {"bold": True, "bg_color": "#DDEBF7", "text_wrap": True},
                "needed": {"bold": True, "bg_color": "#FCE4D6", "text_wrap": True},
            }
            properties = {"num_format": number_format, "valign": "top", **looks[look]}
            self._formats[key] = self._workbook.add_format(properties)
        return self._formats[key]


def _lay_out(sheet: Worksheet) -> None:
    """Keep the headings in view, and print all columns on one page of A4 across."""
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _is_needed(heading: Heading) -> bool:
    return heading.column is not None and heading.column.required and not heading.column.default


def _lines(text: str) -> int:
    """How many lines a text takes in a column of the greatest width."""
    if len(text) * 2 < _WIDE and "\n" not in text:
        return 1
    return sum(1 + cell_width(line) // _WIDE for line in text.splitlines())


def _wide(text: str) -> int:
    """Cells of the longest line."""
    return max((cell_width(line) for line in text.splitlines()), default=0)
