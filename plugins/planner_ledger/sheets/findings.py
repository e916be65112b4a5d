"""What is wrong in a sheet, or worth telling: values with a place, all of them told in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from planner.api import Severity, _, printable, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 60
"""Cells of what a person typed that a message repeats."""


class Place(NamedTuple):
    """Where in a file. Rows and columns count from 1; 0: none in particular."""

    file: str
    """Its name, without the folder."""
    sheet: str = ""
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str:
        """As spreadsheets name it: D7; only the row or the column where it is about the whole of it."""
        return f"{letters(self.column) if self.column else ''}{self.row or ''}"

    def __str__(self) -> str:
        file, sheet = printable(self.file), printable(self.sheet)
        place = _("{file}: sheet “{sheet}”").format(file=file, sheet=sheet) if sheet else file
        return f"{place} {self._part()}".rstrip()

    def _part(self) -> str:
        if self.column and not self.row:
            return _("column {letters}").format(letters=letters(self.column))
        return self.cell if self.column or not self.row else _("row {n}").format(n=self.row)


class Finding(NamedTuple):
    """One thing that a reader of a sheet met."""

    severity: Severity
    place: Place
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """One line, and one more for what helps."""
        line = _("{place}: {message}").format(place=self.place, message=printable(self.message))
        return f"{line}\n    {_('hint: {hint}').format(hint=printable(self.hint))}" if self.hint else line

    def to_json(self) -> dict[str, Any]:
        """The finding as language-free keys; what does not apply is null."""
        place = self.place
        return {
            "severity": str(self.severity),
            "message": self.message,
            "file": place.file,
            "sheet": place.sheet or None,
            "cell": place.cell or None,
            "row": place.row or None,
            "column": place.column or None,
            "hint": self.hint or None,
        }


class Findings:
    """Collects findings; of very many only the first are kept in full."""

    def __init__(self, most: int = 50) -> None:
        self.most = most
        """How many mistakes are kept to be told, and how many warnings."""
        self.mistakes = 0
        """How many there are, told or not."""
        self.warnings = 0
        self._kept: list[Finding] = []
        self._wrong: set[Place] = set()

    def mistake(self, place: Place, message: str, hint: str = "") -> None:
        """Something for which nothing of the file is taken in."""
        self.mistakes += 1
        self._wrong.add(place)
        if self.mistakes <= self.most:
            self._kept.append(Finding(Severity.ERROR, place, message, hint))

    def has(self, place: Place) -> bool:
        """Whether a mistake was found there."""
        return place in self._wrong

    def warn(self, place: Place, message: str, hint: str = "") -> None:
        """Something that a person should know of."""
        self.warnings += 1
        if self.warnings <= self.most:
            self._kept.append(Finding(Severity.WARNING, place, message, hint))

    def told(self, severity: Severity) -> list[Finding]:
        """Those of a severity that are told, sheet by sheet in the order in which they were met, then by row."""
        found = [finding for finding in self._kept if finding.severity is severity]
        sheets = {place.sheet: n for n, (_severity, place, *_rest) in enumerate(reversed(found))}
        return sorted(found, key=lambda f: (-sheets[f.place.sheet], f.place.row, f.place.column))

    def lines(self, severity: Severity) -> Iterable[str]:
        """The same as text, and how many more there are."""
        told = self.told(severity)
        yield from (str(finding) for finding in told)
        number = self.mistakes if severity is Severity.ERROR else self.warnings
        if number > len(told):
            yield _("… and {n} more").format(n=number - len(told))


def letters(column: int) -> str:
    """The letters of a column, from 1: A, Z, AA."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def quoted(text: str) -> str:
    """What stands in a cell, for a message: on one line, and not all of a novel."""
    return shorten(printable(text), _LONGEST)
