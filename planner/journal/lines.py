"""The journal as JSON Lines: one entry a line, for other programs, for people who look, and to carry it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.diagnostics import Diagnostic, Location, Severity
from planner.errors import UsageError, reason
from planner.i18n import _
from planner.journal.entry import Entry, wrong_in

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

FIELDS = ("id", "time", "author", "plan", "task", "occurrence", "branch", "kind", "data")
"""In the order of every line: what people look for first, and what is long last."""
_REQUIRED = ("id", "time", "author", "plan", "kind", "data")
_LONGEST = 1 << 20
"""Characters of a line. An entry has a few hundred; what is longer is no journal."""
_MOST = 50
"""Wrong lines to tell; after so many the file is another one."""
_HALF = re.compile("[\ud800-\udfff]")


class Reading(NamedTuple):
    """The entries of a file, each once and in its order, and what is wrong in it. Where anything is, take nothing."""

    entries: list[Entry]
    diagnostics: tuple[Diagnostic, ...]


def entry_json(entry: Entry) -> dict[str, Any]:
    """An entry as an object of JSON, its keys in the order of a line."""
    return {field: getattr(entry, field) for field in FIELDS}


def to_line(entry: Entry) -> str:
    """An entry as one line, without its end: equal entries give equal lines."""
    import json

    from planner.journal.data import data_text

    fields = {**entry_json(entry), "data": None}
    return f"{json.dumps(fields, ensure_ascii=False).removesuffix('null}')}{data_text(entry.data)}}}"


def to_bytes(entries: Iterable[Entry]) -> bytes:
    """A whole file: UTF-8, every line ended by a line feed."""
    return "".join(f"{to_line(entry)}\n" for entry in entries).encode()


def read_lines(path: Path) -> Reading:
    """Read a file of JSON Lines. A BOM, UTF-16 that begins with one, CRLF and blank lines are accepted.

    Raises UsageError when there is no readable file at `path`.
    """
    import io

    try:
        with path.open("rb") as raw:
            if raw.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff"):  # what `>` makes in Windows PowerShell
                encoding, errors = "utf-16", "surrogatepass"
            else:  # what is no UTF-8 becomes halves of characters, so that it can be told where it stands
                encoding, errors = "utf-8-sig", "surrogateescape"
            with io.TextIOWrapper(raw, encoding, errors) as file:
                return parse_lines(_lines(file), str(path))
    except (OSError, UnicodeError) as error:
        why = reason(error) if isinstance(error, OSError) else _("it is no text")
        raise UsageError(_("{path} cannot be read: {error}").format(path=path, error=why)) from None


def _lines(file: TextIO) -> Iterator[str | None]:
    """The lines without their ends; None for one that is too long to be looked at."""
    while line := file.readline(_LONGEST + 1):
        if len(line) <= _LONGEST or line.endswith("\n"):
            yield line.removesuffix("\n")
            continue
        while (more := file.readline(_LONGEST)) and not more.endswith("\n"):
            pass
        yield None


def parse_lines(lines: Iterable[str | None], file: str) -> Reading:
    """Read lines; `file` is named in what is wrong with them."""
    reader = _Reader(file)
    for number, line in enumerate(lines, 1):
        if line is None or line.strip():
            reader.read(number, line)
            if len(reader.diagnostics) > _MOST:
                break
    return Reading(list(reader.entries.values()), tuple(reader.diagnostics))


class _Reader:
    """Collects entries and mistakes, at most one a line."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._line_of: dict[str, int] = {}
        self.entries: dict[str, Entry] = {}
        self.diagnostics: list[Diagnostic] = []

    def read(self, number: int, line: str | None) -> None:
        """Read one line (numbers from 1)."""
        made = _read(line)
        if isinstance(made, Entry):
            known = self.entries.setdefault(made.id, made)
            first = self._line_of.setdefault(made.id, number)
            if known == made:
                return
            message = _("The entry of line {line} has the same id and other content.").format(line=first)
            made = _Wrong("J107", message, _("One of them was changed afterwards; ask who changed it."), "id")
        if len(self.diagnostics) == _MOST:
            made = _Wrong("J109", _("Too many lines are wrong; the rest was not read."), _("Is it the right file?"))
        column, length = made.place(line or "")
        place = Location(self._file, number, column, length, line or "")
        self.diagnostics.append(Diagnostic(made.code, Severity.ERROR, made.message, place, made.hint))


class _Wrong(NamedTuple):
    """A mistake of a line: at the value of a field, at a field that is none, or at a column (from 1)."""

    code: str
    message: str
    hint: str
    field: str = ""
    column: int = 1

    def place(self, line: str) -> tuple[int, int]:
        """Column and length of what is wrong."""
        found = re.search(rf'("{re.escape(self.field)}")\s*:\s*("(?:[^"\\]|\\.)*"|[^\s,}}]+)', line)
        if not self.field or not found:
            return self.column, 1
        start, end = found.span(1 if self.code == "J106" else 2)
        return start + 1, end - start


def _read(line: str | None) -> Entry | _Wrong:
    """The entry that a line is, or the first thing that is wrong with it."""
    again = _("Was it cut off, or changed by hand? Export it again, with -o.")
    if line is None:
        return _Wrong("J108", _("The line is longer than any entry."), _("Is it the right file?"))
    if not line.isascii() and (half := _HALF.search(line)):
        return _Wrong("J101", _("The line is not UTF-8 text."), again, column=half.start() + 1)
    from planner.journal.data import strict_json

    try:
        value = strict_json(line)
    except ValueError as error:
        # Without a place it is JSON that only some programs take.
        why, column = getattr(error, "msg", str(error)), getattr(error, "colno", 1)
        return _Wrong("J102", _("The line is not JSON: {error}").format(error=why), again, column=column)
    if not isinstance(value, dict):
        return _Wrong("J103", _("The line is no entry."), _("An entry is an object of JSON: {…}"))
    return _entry(value, may_hold_halves="\\u" in line)


def _entry(value: dict[str, Any], *, may_hold_halves: bool) -> Entry | _Wrong:
    """The entry with these fields. Escapes in its data may hide halves of characters."""
    if missing := [field for field in _REQUIRED if field not in value]:
        fields = ", ".join(missing)
        return _Wrong("J104", _("The entry lacks: {fields}").format(fields=fields), _("Every entry has them."))
    if unknown := next((field for field in value if field not in FIELDS), None):
        hint = _("If it was written by a newer planner, update this one.")
        return _Wrong("J106", _("An entry has no field “{field}”.").format(field=unknown), hint, unknown)
    entry = Entry(**value)
    field = wrong_in(entry)
    if not field and may_hold_halves:
        from planner.journal.data import data_text

        try:
            data_text(entry.data)
        except ValueError:
            field = "data"
    if not field:
        return entry
    return _Wrong("J105", _("This cannot be the “{field}” of an entry.").format(field=field), _form(field), field)


def _form(field: str) -> str:
    """How the value of a field is written."""
    match field:
        case "id":
            return _("A UUID of version 7, in small letters.")
        case "time":
            return _("In UTC, to the millisecond: 2023-03-08T06:00:00.000Z")
        case "data":
            return _("An object of JSON: {…}")
        case "occurrence":
            return _("Text, or null.")
        case _other:
            return _("Text, and not empty for plan and kind.")
