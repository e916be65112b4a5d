"""What is wrong in a user's file, as values: every problem of a file is collected and shown in one run."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple

from planner.i18n import _
from planner.text import cell_width, printable, shorten


class Severity(StrEnum):
    """How bad it is. Only errors make `planner check` fail."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Location(NamedTuple):
    """A place in a text file. `line` and `column` count characters from 1; `length` is at least 1."""

    file: str
    line: int
    column: int
    length: int = 1
    text: str = ""
    """The whole line, for showing it."""

    def __str__(self) -> str:
        return f"{printable(self.file)}:{self.line}:{self.column}"


class Diagnostic(NamedTuple):
    """One problem: a stable code, a message in the user's language, where it is and what may help."""

    code: str
    severity: Severity
    message: str
    source: Location | None = None
    hint: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The problem as language-free keys; `file`, `line`, `column` are null where it has no place."""
        file, line, column = self.source[:3] if self.source else (None, None, None)
        return {
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "file": file,
            "line": line,
            "column": column,
            "hint": self.hint,
        }


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """True when one of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted as a reader goes through the file; those without a place come last."""
    far = Location("", 1 << 60, 0)
    return sorted(diagnostics, key=lambda d: ((d.source or far)[1:3], d.code))


def render(diagnostic: Diagnostic, width: int = 80) -> str:
    """`file:line:column: error P102: …`, the line (at most `width` cells) with a caret, and the hint."""
    place = f"{diagnostic.source}: " if diagnostic.source else ""
    lines = [f"{place}{diagnostic.severity} {diagnostic.code}: {printable(diagnostic.message)}"]
    if diagnostic.source and diagnostic.source.text.strip():
        lines += _excerpt(diagnostic.source, width)
    if diagnostic.hint:
        lines.append("    " + _("hint: {hint}").format(hint=printable(diagnostic.hint)))
    return "\n".join(lines)


def _excerpt(source: Location, width: int) -> list[str]:
    """The source line, cut to the part around the column, and a caret below the place."""
    gutter = f"{source.line:5} | "
    room = max(width - len(gutter), 20)
    before, there = source.text[: source.column - 1][-2 * width :], source.text[source.column - 1 :][: 2 * width]
    while cell_width(_visible(before)) > room // 2:
        before = before[max(1, len(before) // 8) :]
    start = cell_width(_visible(before))
    shown = shorten(_visible(before) + _visible(there).rstrip(), room)
    marked = cell_width(_visible(there[: source.length]))
    carets = "^" * max(1, min(marked, room - start))
    return [gutter + shown, " " * (len(gutter) - 2) + "| " + " " * start + carets]


def _visible(text: str) -> str:
    """Every character one that stays in place: tabs become a blank, control characters �."""
    return "".join(c if c == " " else printable(c) or " " for c in text)
