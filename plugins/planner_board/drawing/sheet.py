"""What a view shows at one size: lines that are drawn when they come into sight, and the spots a cursor can stand on.

Views are functions that return a sheet. They know neither widgets nor terminals, so a test can draw any of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from planner_board.drawing.cells import fitted, steady, width_of
from planner_board.drawing.paint import Paint

Kind = Literal["task", "day", "goal", "branch", "fold", "text"]


class Ref(NamedTuple):
    """What a spot is about."""

    kind: Kind
    id: str
    """Of a task, goal or branch its id; a day as 2023-03-08; of a fold the group that opens."""
    occurrence: str | None = None
    """Of a task: which time; None: the task as a whole."""
    branch: str | None = None
    """Of a task: for which branch ("" is the office); None: for all."""


class Spot(NamedTuple):
    """A place in the body of a sheet, in cells: its row, first column, and extent."""

    y: int
    x: int
    width: int
    ref: Ref
    height: int = 1


class Sheet:
    """Lines of exactly `width` cells. `head` stays at the top; the body below it, `height` lines, can be scrolled."""

    def __init__(
        self,
        width: int,
        height: int,
        line: Callable[[int], Strip],
        columns: Sequence[Sequence[Spot]] = (),
        head: Sequence[Strip] = (),
        begin: Spot | None = None,
    ) -> None:
        self.width = width
        self.height = height
        self.line = line
        """Draws a line of the body: 0 is the first."""
        self.columns = [column for column in columns if column]
        """Spots from left to right, those of each column from top to bottom; down and up stay within a column."""
        self.head = head
        self._begin = begin
        """Where a cursor begins that stood on nothing to be seen here; None: at the first spot."""

    @cached_property
    def _places(self) -> dict[Ref, tuple[int, int]]:
        """Column and number in it of the first spot about each thing."""
        places: dict[Ref, tuple[int, int]] = {}
        for c, column in enumerate(self.columns):
            for n, spot in enumerate(column):
                places.setdefault(spot.ref, (c, n))
        return places

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Ref]:
        """For each thing, the first spot about any part of it."""
        found: dict[tuple[str, str], Ref] = {}
        for ref in self._places:
            found.setdefault((ref.kind, ref.id), ref)
        return found

    def find(self, ref: Ref | None) -> Spot | None:
        """The spot about `ref`, else about the same task as a whole or another part of it; None where there is none."""
        if ref is None:
            return None
        place = self._places.get(ref)
        if place is None:
            twin = self._by_id.get((ref.kind, ref.id))
            place = self._places[twin] if twin else None
        return self.columns[place[0]][place[1]] if place else None

    def first(self) -> Spot | None:
        """Where a cursor begins: the first spot of all that can be acted on, unless the sheet names another."""
        if self._begin is not None:
            return self._begin
        spots = (spot for column in self.columns for spot in column)
        return min((s for s in spots if s.ref.kind != "fold"), key=lambda s: (s.y, s.x), default=None) or next(
            (column[0] for column in self.columns), None
        )

    def at(self, x: int, y: int) -> Spot | None:
        """The spot at a cell of the body."""
        for column in self.columns:
            n = bisect_right(column, y, key=lambda spot: spot.y) - 1
            for spot in column[max(n - 1, 0) : n + 1]:
                if spot.y <= y < spot.y + spot.height and spot.x <= x < spot.x + spot.width:
                    return spot
        return None

    def step(self, ref: Ref, across: int, down: int) -> Spot | None:
        """The spot to which a cursor on `ref` moves: so many columns `across`, and spots `down` (both may be < 0)."""
        here = self.find(ref)
        if here is None:
            return self.first()
        c, n = self._places[here.ref]
        if across:
            c = min(max(c + across, 0), len(self.columns) - 1)
            column = self.columns[c]
            n = min(bisect_left(column, here.y, key=lambda spot: spot.y), len(column) - 1)
        column = self.columns[c]
        return column[min(max(n + down, 0), len(column) - 1)]

    def ends(self, ref: Ref) -> tuple[Spot, Spot] | None:
        """The first and last spot of the column in which `ref` is."""
        here = self.find(ref)
        if here is None:
            return None
        column = self.columns[self._places[here.ref][0]]
        return column[0], column[-1]

    def text(self) -> str:
        """All of it as plain text, lines without blanks at their end: for tests and people."""
        lines = [*self.head, *(self.line(y) for y in range(self.height))]
        return "\n".join(line.text.rstrip() for line in lines)


class Row:
    """Builds one line of a sheet from left to right."""

    def __init__(self, paint: Paint, base: str = "") -> None:
        self.paint = paint
        self.base = base
        """Roles of the whole line, below those of its parts."""
        self.width = 0
        self._segments: list[Segment] = []

    def put(self, text: str, roles: str = "", width: int | None = None, *, right: bool = False) -> Row:
        """Add `text`, made steady; with `width` exactly so many cells of it, cut or filled, at the `right` if asked."""
        text = steady(text) if width is None else fitted(text, max(width, 0), right=right)
        return self.raw(text, roles)

    def raw(self, text: str, roles: str = "") -> Row:
        """Add text that is steady already, with its blanks."""
        if text:
            style = self.paint.style(f"{self.base} {roles}")
            self._segments.append(Segment(text, style))
            self.width += width_of(text)
        return self

    def to(self, x: int, roles: str = "") -> Row:
        """Fill with blanks up to cell `x`."""
        return self.raw(" " * (x - self.width), roles) if x > self.width else self

    def strip(self, width: int) -> Strip:
        """The line, exactly `width` cells wide: what is too long is cut."""
        self.to(width)
        strip = Strip(self._segments, self.width)
        return strip if self.width == width else strip.crop(0, width)
