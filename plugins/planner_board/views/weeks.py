"""What the timeline and the calendar share: a line of cells, and how days look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from textual.strip import Strip

from planner.api import CLOSED, DayKind, Plan, _
from planner_board.board import State
from planner_board.drawing.cells import cut, steady, width_of
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Row

ROLES: Mapping[DayKind, str] = {
    "work": "", "make-up": "make-up", "weekend": "rest", "holiday": "rest", "break": "break", "day-off": "rest",
}  # fmt: skip
"""The role of each kind of day."""


class Lane:
    """One line, cell by cell: each has a background of its own, and texts are laid over each other."""

    def __init__(self, roles: Sequence[str]) -> None:
        self.below = roles
        """The role of each cell before anything is drawn on it."""
        self._roles = list(roles)
        self._signs = [" "] * len(self._roles)

    @property
    def width(self) -> int:
        """Number of cells."""
        return len(self._signs)

    def text(self, x: int, text: str, roles: str = "", width: int | None = None) -> int:
        """Write `text` from cell `x` on, made steady and cut to `width` and to the line; the cell behind it.

        It gets its `roles` on top of those of each cell below.
        """
        room = self.width - x if width is None else min(width, self.width - x)
        if x < 0 or room <= 0:
            return x
        for sign in cut(steady(text), room):
            wide = width_of(sign)
            self._free(x, wide)
            self._signs[x : x + wide] = [sign, ""][:wide]
            self._roles[x : x + wide] = [f"{self.below[x]} {roles}"] * wide
            x += wide
        return x

    def fill(self, first: int, stop: int, sign: str, roles: str) -> None:
        """Put a sign of one cell into the cells from `first` up to `stop` (exclusive), as far as the line goes."""
        for x in range(max(first, 0), min(stop, self.width)):
            self._free(x, 1)
            self._signs[x] = sign
            self._roles[x] = f"{self.below[x]} {roles}"

    def mark(self, x: int, sign: str, roles: str, over: str = " ") -> None:
        """Put a sign into cell `x` where there is nothing, or one of the signs `over`, on top of the roles there."""
        if self._signs[x] == " " or self._signs[x] in [*over]:
            self._signs[x] = sign
            self._roles[x] += f" {roles}"

    def is_free(self, first: int, stop: int) -> bool:
        """Whether nothing is written in the cells from `first` up to `stop` (exclusive)."""
        return all(sign == " " for sign in self._signs[max(first, 0) : stop])

    def _free(self, x: int, width: int) -> None:
        """Make room: what stood half in these cells goes away whole."""
        if not self._signs[x]:
            self._signs[x - 1] = " "
        if x + width < self.width and not self._signs[x + width]:
            self._signs[x + width] = " "

    def put_on(self, row: Row) -> Row:
        """Add the line to a row."""
        x = 0
        for role, cells in groupby(self._roles):
            length = len(list(cells))
            row.raw("".join(self._signs[x : x + length]), role)
            x += length
        return row

    def strip(self, paint: Paint) -> Strip:
        """The line by itself."""
        return self.put_on(Row(paint)).strip(self.width)


def month_label(month: int) -> str:
    """4月."""
    return _("M{n}").format(n=month)


def provisional_note(plan: Plan) -> str:
    """Says so where the days off of a year of the term are not announced yet; else empty."""
    years = range(plan.term.start.year, plan.term.end.year + 1)
    unknown = [str(year) for year in years if plan.calendar.year_status(year) == "provisional"]
    if not unknown:
        return ""
    years_said = "-".join(dict.fromkeys((unknown[0], unknown[-1])))
    said = _("The days off of {years} are not announced yet; only the statutory days are marked.")
    return said.format(years=years_said)


def window_role(state: State, *, decided: bool) -> str:
    """The role of the cells of what is decided, or of a window in which the day will lie."""
    if decided:
        return "decided" if state in ("planned", "doing", "blocked") else state
    if state in CLOSED:
        return "window-done"
    return "window-late" if state == "late" else "window"
