"""Lines of a pane: texts as a person typed them, wrapped to the width; links to what they are about.

Nothing stands to the right of a text, so that a sign which a terminal draws wider than expected pushes nothing away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from rich.cells import cell_len
from textual.strip import Strip

from planner.api import printable, wrap
from planner_board.drawing.cells import cut
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref, Row, Sheet, Spot

LABEL = 8
"""Cells for the name of a field, with a blank after it."""
_HANGING = 2
"""Cells by which wrapping lets punctuation stand out."""


class Part(NamedTuple):
    """A piece of a line; what a person typed is made harmless when it is drawn."""

    text: str
    roles: str = ""


Parts = tuple[Part, ...]


class Page:
    """Collects lines from top to bottom."""

    def __init__(self, width: int, paint: Paint) -> None:
        self.width = width
        """Cells of each line."""
        self.paint = paint
        self._lines: list[Parts | Callable[[], Parts]] = []
        self._spots: list[Spot] = []

    def heading(self, title: str, remark: str = "") -> None:
        """Begin a section, apart from what stands above."""
        if self._lines:
            self._lines.append(())
        self._lines.append((Part(title, "heading"), Part(f"  {remark}" if remark else "", "muted")))

    def line(self, *parts: Part, ref: Ref | None = None) -> None:
        """One line; what is too long is cut."""
        self._add(parts, ref)

    def lazy(self, make: Callable[[], Parts], ref: Ref) -> None:
        """One line that is made when it comes into sight: there may be thousands."""
        self._add(make, ref)

    def _add(self, parts: Parts | Callable[[], Parts], ref: Ref | None) -> None:
        if ref is not None:
            self._spots.append(Spot(len(self._lines), 0, self.width, ref))
        self._lines.append(parts)

    def text(self, text: str, roles: str = "", *, indent: int = 0, most: int = 0, ref: Ref | None = None) -> bool:
        """A text, wrapped; with `most` cut to so many lines. Whether all of it is shown."""
        lines = list(folded(text, self.width - 2 - indent))
        shown = lines[:most] if most else lines
        if len(shown) < len(lines):
            shown[-1] = cut(shown[-1] + " " * self.width, self.width - 2 - indent)
        if ref is not None:
            self._spots.append(Spot(len(self._lines), 0, self.width, ref, len(shown)))
        self._lines += [(Part(" " * indent), Part(line, roles)) for line in shown]
        return len(shown) == len(lines)

    def field(self, label: str, text: str, roles: str = "", *, ref: Ref | None = None) -> None:
        """A text with its name before it; further lines stand below the text."""
        name = label + " " * max(LABEL - cell_len(label), 1)
        indent = cell_len(name)
        first, *more = folded(text, max(self.width - 2 - indent, 8))
        if ref is not None:
            self._spots.append(Spot(len(self._lines), 0, self.width, ref, 1 + len(more)))
        self._lines.append((Part(name, "muted"), Part(first, roles)))
        self._lines += [(Part(" " * indent), Part(line, roles)) for line in more]

    def draw(self, y: int) -> Strip:
        """One line, exactly as wide as asked."""
        made = self._lines[y]
        row = Row(self.paint).raw(" ")
        for text, roles in made if isinstance(made, tuple) else made():
            text = _harmless(text)
            shown = cut(text, max(self.width - 1 - row.width, 0))
            row.raw(shown, roles)
            if shown != text:
                break
        return row.strip(self.width)

    def sheet(self) -> Sheet:
        """All lines."""
        return Sheet(self.width, len(self._lines), self.draw, [self._spots])


def folded(text: str, width: int) -> Iterator[str]:
    """`text` made harmless and wrapped into lines of at most `width` cells; at least one."""
    for line in wrap(printable(text), max(width - _HANGING, 4)):
        while cell_len(line) > width:  # signs that are measured in another way
            head = cut(line, width)[:-1] or line[0]
            yield head
            line = line[len(head) :]
        yield line


def _harmless(text: str) -> str:
    """`text` on one line, with the blanks at its ends."""
    if text.isprintable():
        return text
    inside = printable(text)
    left, right = len(text) - len(text.lstrip(" ")), len(text) - len(text.rstrip(" "))
    return " " * left + inside + " " * right
