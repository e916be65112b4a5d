"""A file that somebody filled in, as tables of cells: what it is, told by what is in it and not by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from planner.api import UsageError, _, printable, reason

if TYPE_CHECKING:
    from planner_ledger.sheets.cells import Cell

Line = tuple[int, Mapping[int, "Cell"]]
"""A row with something in it: its number and its cells by column, both from 1."""
MOST_BYTES = 256 << 20
"""Of a file, unpacked: some hundred thousand rows."""
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OTHERS = (b"%pdf", b"{\\rtf", b"\x89png", b"\xff\xd8\xff", b"gif8", b"sqlite format", b"rar!", b"7z\xbc\xaf")
"""How other files begin that are taken for tables, in small letters."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Table(NamedTuple):
    """One sheet of a file. Its rows are read once, one after the other."""

    name: str
    """"" for a file that has no sheets."""
    lines: Callable[[], Iterator[Line]]
    """Gives the rows from above to below; each call reads from the beginning. Raises UsageError for a damaged file."""
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """First row, first column, last row, last column of merged cells, inclusive, from 1."""
    epoch: datetime | None = None
    """The day from which the file counts days; None: it keeps none so."""


def read_tables(path: Path) -> list[Table]:
    """The sheets of an .xlsx, or the one table of a .csv. Raises UsageError for anything else, with what to do."""
    content = _content(path)
    if content.startswith(b"PK\x03\x04"):
        from planner_ledger.sheets.workbook import read_workbook

        return read_workbook(content, path.name)
    _refuse_others(content, path.name)
    from planner_ledger.sheets.delimited import read_delimited

    return [read_delimited(content, path.name)]


def _content(path: Path) -> bytes:
    name = printable(str(path))
    if not path.exists():
        raise UsageError(_("There is no file {path}.").format(path=name), _("Is the name right, and the folder?"))
    try:
        if path.stat().st_size > MOST_BYTES:
            raise too_large(path.name)
        content = path.read_bytes()
    except OSError as error:
        message = _("{path} cannot be read: {error}").format(path=name, error=reason(error))
        raise UsageError(message, _("Is it a file, and not open in another program?")) from error
    if not content.strip():
        message = _("{path} is empty.").format(path=name)
        raise UsageError(message, _("`planner ledger export --template -o FILE.xlsx` writes a sheet to fill in."))
    return content


def too_large(name: str) -> UsageError:
    """The error about a file that would fill the memory."""
    message = _("{path} is too large to be read: unpacked it has more than {most} MiB.")
    hint = _("Split it into several files. A file of a few thousand rows has about one.")
    return UsageError(message.format(path=printable(name), most=MOST_BYTES >> 20), hint)


def _refuse_others(content: bytes, name: str) -> None:
    """Raise UsageError for what people take for a table and is none that can be read."""
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    shown = printable(name)
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            message = _("{path} is protected with a password and cannot be read.")
            raise UsageError(message.format(path=shown), _("Open it, take the password off, and save it again."))
        message = _("{path} is a file of an old format (.xls, .et, .doc) and cannot be read.")
        raise UsageError(message.format(path=shown), save_as_xlsx())
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"mime-version")):
        message = _("{path} is a web page or XML under another name and cannot be read.")
        raise UsageError(message.format(path=shown), save_as_xlsx())
    if start.startswith(_OTHERS):
        message = _("{path} is no table: it is another kind of file.")
        raise UsageError(message.format(path=shown), save_as_xlsx())


def save_as_xlsx() -> str:
    """What helps with files of other formats."""
    return _("Open it in Excel or WPS and save it as “Excel workbook (*.xlsx)”.")
