"""A plan file as text: read from bytes in whatever encoding an office program chose, with positions on demand."""

from __future__ import annotations

import re
import stat
from bisect import bisect_right
from functools import cached_property
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, NamedTuple

from planner.diagnostics import Diagnostic, Location, Severity
from planner.errors import UsageError
from planner.i18n import _

if TYPE_CHECKING:
    from planner.plan.positions import Path, Positions

MAX_BYTES = 32 * 1024 * 1024
"""A plan of 100 000 tasks takes 20 MiB; what is larger is no plan."""
_NOTHING = b"\xef\xbb\xbf\xff\xfe \t\r\n"
LINE_END = re.compile("\r*\n|\r")
"""Every way to end a line that is read as one."""


class Span(NamedTuple):
    """Characters `start` (inclusive) to `end` (exclusive) of a text."""

    start: int
    end: int


class PlanText:
    """The text of a plan file, its line ends a single character, and where everything in it stands."""

    def __init__(self, file: str, text: str, data: bytes = b"") -> None:
        self.file = file
        self.text = text
        self.data = data
        """The bytes of the file as they were read; empty for a text that comes from none."""
        self.mended = text
        """The same text with its mistakes in TOML mended, character for character in the same places."""

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def positions(self) -> Positions:
        """The finder of keys and values; made when the first diagnostic asks."""
        from planner.plan.positions import Positions  # 2 ms, and a good plan needs none

        return Positions(self.mended)

    def location(self, span: Span) -> Location:
        """Line and column of the characters at `span`."""
        line = bisect_right(self._line_starts, span.start)
        start = self._line_starts[line - 1]
        end = self.text.find("\n", start)
        text = self.text[start : end if end >= 0 else len(self.text)]
        column = span.start - start + 1
        length = max(1, min(span.end - span.start, len(text) - column + 1))
        return Location(self.file, line, column, length, text)

    def line_span(self, line: int) -> Span:
        """The characters of a line (from 1), without its end."""
        start = self._line_starts[line - 1]
        end = self.text.find("\n", start)
        return Span(start, end if end >= 0 else len(self.text))

    def key(self, *path: str | int) -> Location:
        """Where the key at `path` stands."""
        entry = self.positions.find(path)
        return self.location(entry.key if entry else Span(0, 0))

    def value(self, *path: str | int) -> Location:
        """Where the value at `path` stands."""
        return self.location(self._value(path))

    def within(self, words: str, *path: str | int) -> Location:
        """Where `words` first stand in the value at `path`; the whole value where they do not."""
        value = self._value(path)
        at = self.text.find(words, *value)
        return self.location(Span(at, at + len(words)) if at >= 0 else value)

    def _value(self, path: Path) -> Span:
        entry = self.positions.find(path)
        return entry.value if entry else Span(0, 0)


class Reading(NamedTuple):
    """What came of reading a file: its text, or None where there is none to work with, and what was noticed."""

    text: PlanText | None
    diagnostics: tuple[Diagnostic, ...]


def read_plan_text(path: FilePath) -> Reading:
    """Read and decode a plan file.

    Raises UsageError when there is no readable file at `path`; a file that is no text gives a diagnostic.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise OSError(_("it is no ordinary file"))  # a pipe would keep us waiting for ever
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UsageError(_("There is no plan file at {path}.").format(path=path)) from None
    except IsADirectoryError:
        raise _is_a_folder(path) from None
    except PermissionError:
        if path.is_dir():  # how Windows answers
            raise _is_a_folder(path) from None
        raise UsageError(
            _("The plan file {path} may not be read.").format(path=path),
            _("Ask for the right to read it, or close the program that has locked it."),
        ) from None
    except (OSError, ValueError) as error:
        raise UsageError(
            _("The plan file {path} cannot be read: {error}").format(path=repr(str(path))[1:-1], error=error)
        ) from None
    return decode(str(path), data)


def _is_a_folder(path: FilePath) -> UsageError:
    return UsageError(
        _("{path} is a folder, not a plan file.").format(path=path),
        _("Name the .toml file in it."),
    )


def decode(file: str, data: bytes) -> Reading:
    """Text from the bytes of a plan: UTF-8 by right; a BOM, UTF-16, GB18030 and CRLF by courtesy."""
    start = Location(file, 1, 1)
    if len(data) > MAX_BYTES:
        message = _("The file is larger than {limit} MiB; no plan is that large.")
        hint = _("Check that this is the right file.")
        return _refused("P005", message.format(limit=MAX_BYTES >> 20), start, hint)
    if not data[:1000].strip(_NOTHING) and not data.strip(_NOTHING):
        return _refused("P004", _("The file is empty."), start, _("`planner new` writes a plan to start from."))
    noticed: list[Diagnostic] = []
    text = _decoded(data, start, noticed)
    if text is None:
        return Reading(None, tuple(noticed))
    if "\r" in text:
        noticed.append(
            Diagnostic("P006", Severity.NOTE, _("The lines end as Windows writes them (CRLF); that is fine."), start)
        )
        text = LINE_END.sub("\n", text)
    return Reading(PlanText(file, text, data), tuple(noticed))


def _decoded(data: bytes, start: Location, noticed: list[Diagnostic]) -> str | None:
    encoding, text = guess_encoding(data)
    if text is None or "\0" in text:
        place, hint = _first_bad_byte(data, start), _("Open it in an editor and save it as UTF-8.")
        noticed += _refused("P001", _("This is not a text file, or its text is damaged."), place, hint).diagnostics
        return None
    if text.startswith("\ufeff"):
        text = text[1:]
        if encoding == "utf-8":
            message = _("The file begins with a byte order mark (BOM); it was read all the same.")
            noticed.append(Diagnostic("P003", Severity.WARNING, message, start, _("Save it as UTF-8 without BOM.")))
    if encoding != "utf-8":
        message = _("The file is encoded as {encoding}, not as UTF-8; it was read all the same.")
        hint = _("In Notepad choose “Save as” and the encoding UTF-8.")
        noticed.append(Diagnostic("P002", Severity.WARNING, message.format(encoding=encoding), start, hint))
    return text


def guess_encoding(data: bytes) -> tuple[str, str | None]:
    """The encoding (utf-8, UTF-16 or GB18030), and the text as decoded or None where no encoding fits."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16", _try(data, "utf-16")
    text = _try(data, "utf-8")
    if text is not None:
        return "utf-8", text
    # Damaged UTF-8 is often valid GB18030, as nonsense. Text that is GB18030 fails as UTF-8 almost at once.
    if len(re.findall("[一-鿿]", data[: _utf8_error(data)].decode("utf-8", "ignore"))) >= 8:
        return "utf-8", None
    return "GB18030", _try(data, "gb18030")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _utf8_error(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _first_bad_byte(data: bytes, start: Location) -> Location:
    """Line and column of the first byte that is no text; the beginning of the file where none stands out."""
    before = data[: min(_utf8_error(data), data.find(b"\0") % (len(data) + 1))]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    return start._replace(line=line, column=column)


def _refused(code: str, message: str, place: Location, hint: str) -> Reading:
    return Reading(None, (Diagnostic(code, Severity.ERROR, message, place, hint),))
