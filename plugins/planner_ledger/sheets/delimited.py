"""Tables as text, .csv: written so that Excel reads them, and read from whatever program wrote them."""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from io import StringIO

from planner.api import UsageError, _, printable
from planner_ledger.sheets.cells import Cell
from planner_ledger.sheets.reading import Line, Table, save_as_xlsx

_ACTS = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
"""How text begins that spreadsheets take for a formula, with what makes it harmless already before it."""
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_SEPARATORS = ",;\t|"
_LONGEST = 1 << 24
"""Characters of one cell; a quotation mark that never ends would swallow all of a file."""


def to_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as a .csv: UTF-8 with a mark by which Excel knows that, lines ended as on Windows, no cell that acts."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerows([guarded(text) for text in row] for row in rows)
    return BOM_UTF8 + file.getvalue().encode("utf-8", "replace")


def guarded(text: str) -> str:
    """`text` so that no spreadsheet calculates with it: a ' before what would be a formula. A number is none."""
    return f"'{text}" if _ACTS.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text.startswith("'") and _ACTS.match(text) else text


def read_delimited(content: bytes, name: str) -> Table:
    """The table in a file of separated values. Raises UsageError for what is no text."""
    text = _decoded(content, name)
    return Table("", partial(_lines, text, name))


def _decoded(content: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030, which older versions of Excel and WPS write."""
    for mark, encoding in ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark):
            return _strictly(content[len(mark) :], (encoding,), name)
    if b"\0" in content[:4096]:
        before, after = (content[start:4096:2].count(0) for start in (0, 1))  # of each Latin letter, one is zero
        return _strictly(content, ("utf-16-be" if before > after else "utf-16-le",), name)
    return _strictly(content, ("utf-8", "gb18030"), name)


def _strictly(content: bytes, encodings: Sequence[str], name: str) -> str:
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    message = _("{path} is no text in UTF-8, UTF-16 or GB18030, and no workbook; it cannot be read.")
    raise UsageError(message.format(path=printable(name)), save_as_xlsx())


def _lines(text: str, name: str) -> Iterator[Line]:
    """The rows of the text that have something in them, numbered as spreadsheets would."""
    separator, rest = _separated(text)
    number = 0
    for number, row in enumerate(_records(rest, separator, name), 1):
        cells = {n: Cell("text", unguarded(cell)) for n, cell in enumerate(row, 1) if cell.strip()}
        if cells:
            yield number, cells


def _records(text: str, separator: str, name: str) -> Iterator[list[str]]:
    """The rows as lists of cells. Raises UsageError where the quotation marks do not fit."""
    limit = csv.field_size_limit(_LONGEST)
    number = 1
    try:
        for record in csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True):
            yield record
            number += 1
    except csv.Error as error:
        message = _('{path}: row {n} has a quotation mark " that does not end, or stands inside of a cell by itself.')
        hint = _(
            "A cell with a quotation mark in it stands in quotation marks, and its own is doubled. Or save as .xlsx."
        )
        raise UsageError(message.format(path=printable(name), n=number), hint) from error
    finally:
        csv.field_size_limit(limit)


def _separated(text: str) -> tuple[str, str]:
    """What separates the cells, by the first line that has any, and the text without a line that says so."""
    said = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    if said:
        return said[1], text[said.end() :]
    first = next((line for line in text.splitlines() if line.strip()), "")
    counts = Counter(sign for sign in re.sub(r'"[^"]*"', "", first) if sign in _SEPARATORS)
    return max(_SEPARATORS, key=lambda sign: counts[sign]), text
