"""The package that an .xlsx is: looked through before anything of it is believed."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from planner.api import UsageError, _, printable
from planner_ledger.sheets.reading import MOST_BYTES, save_as_xlsx, too_large

_MOST_PARTS = 10_000
_CHUNK = 1 << 16
_BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, LookupError)
"""What the standard library raises for packages that are none."""


class _DoctypeError(Exception):
    """An XML part declares entities, which no spreadsheet does and which can grow without end."""


@contextmanager
def opened(content: bytes, name: str) -> Iterator[ZipFile]:
    """The package of a workbook. Raises UsageError for what is none, is damaged, too large, or plays tricks."""
    try:
        package = ZipFile(BytesIO(content))
        parts = package.infolist()
    except _BROKEN as error:
        raise damaged(name) from error
    with package:
        if sum(part.file_size for part in parts) > MOST_BYTES or len(parts) > _MOST_PARTS:
            raise too_large(name)
        if any(part.flag_bits & 1 for part in parts):
            raise _protected(name)
        _refuse_other_documents({part.filename for part in parts}, name)
        _refuse_doctypes(package, name)
        yield package


def damaged(name: str) -> UsageError:
    """The error about a file that is not whole."""
    message = _("{path} is damaged or no workbook, and cannot be read.").format(path=printable(name))
    return UsageError(message, _("Open it in Excel or WPS, save it again, and copy the file anew."))


def _protected(name: str) -> UsageError:
    message = _("{path} is protected with a password and cannot be read.").format(path=printable(name))
    return UsageError(message, _("Open it, take the password off, and save it again."))


def _refuse_other_documents(parts: set[str], name: str) -> None:
    if "xl/workbook.xml" in parts:
        return
    kinds = {
        "word/document.xml": _("a text document (.docx)"),
        "ppt/presentation.xml": _("a presentation (.pptx)"),
        "xl/workbook.bin": _("a binary workbook (.xlsb)"),
        "content.xml": _("an OpenDocument file (.ods)"),
    }
    for part, kind in kinds.items():
        if part in parts:
            message = _("{path} is {kind}, not an .xlsx, and cannot be read.")
            raise UsageError(message.format(path=printable(name), kind=kind), save_as_xlsx())
    if not any(part.startswith("xl/") for part in parts):
        message = _("{path} is a packed folder (.zip), not an .xlsx, and cannot be read.")
        raise UsageError(message.format(path=printable(name)), _("Unpack it first, then import the files in it."))


def _refuse_doctypes(package: ZipFile, name: str) -> None:
    """Raise UsageError where a part that is read declares entities."""
    for part in package.namelist():
        if not part.lower().endswith((".xml", ".rels")):
            continue
        try:
            _read_prolog(package, part)
        except _DoctypeError as error:
            message = _("{path} holds instructions that no spreadsheet writes (a DOCTYPE); it is not read.")
            hint = _("Do not open it before you know where it comes from.")
            raise UsageError(message.format(path=printable(name)), hint) from error
        except (*_BROKEN, expat.ExpatError) as error:
            raise damaged(name) from error


def _read_prolog(package: ZipFile, part: str) -> None:
    """Read a part of the package up to its first element."""
    seen: list[str] = []

    def has_doctype(*_arguments: object) -> None:
        raise _DoctypeError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = has_doctype
    parser.StartElementHandler = lambda tag, _attributes: seen.append(tag)
    with package.open(part) as file:
        while not seen and (chunk := file.read(_CHUNK)):
            parser.Parse(chunk)


_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']""")
_HIDDEN = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\bhidden=["'](?:1|true)["'][^>]*>""")
_ROW_NUMBER = re.compile(rb"""\sr=["'](\d{1,7})["']""")


def merged_in(xml: bytes) -> tuple[tuple[int, int, int, int], ...]:
    """The merged cells of a sheet: first row, first column, last row, last column, inclusive, from 1."""
    found = (match.groups() for match in _MERGED.finditer(xml))
    return tuple((int(top), _number(left), int(bottom), _number(right)) for left, top, right, bottom in found)


def hidden_in(xml: bytes) -> frozenset[int]:
    """The numbers of the rows of a sheet that are hidden."""
    numbers = (_ROW_NUMBER.search(match.group()) for match in _HIDDEN.finditer(xml))
    return frozenset(int(number[1]) for number in numbers if number)


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number
