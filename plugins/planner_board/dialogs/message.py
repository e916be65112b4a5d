"""Something to read: what could not be done and why, or any lines with a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.widget import Widget

from planner.api import PlanError, PlannerError, _, rendered, wrap
from planner_board.board import Size
from planner_board.dialogs.panel import Dialog, Word, said
from planner_board.drawing.cells import cut, fitted, steady
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Row, Sheet
from planner_board.widgets.canvas import Canvas


class Said(NamedTuple):
    """A line to read."""

    text: str
    role: str = ""
    exact: bool = False
    """Its blanks matter: it is cut, and not broken."""
    label: str = ""
    """Stands before it; where there is one, all its lines begin behind the label."""


class Reading(Dialog[bool]):
    """Lines that are longer than the screen can be scrolled."""

    AUTO_FOCUS = "#lines"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "accept", show=False, priority=True)]

    def __init__(self, heading: str, lines: Sequence[Said]) -> None:
        super().__init__(heading)
        self.lines = lines

    def parts(self) -> Iterable[Widget]:
        """The lines."""
        yield Canvas(self.board_app.paint, self._draw, id="lines")

    def words(self) -> Iterable[Widget]:
        """There is but one way out."""
        yield Word(_("Close (Esc)"), "accept")

    def fit(self) -> None:
        """As high as the lines, as far as there is room."""
        width, height = self.room
        rows = draw(self.lines, Size(width - 1, height), self.board_app.paint).height
        self.query_one(Canvas).styles.height = min(rows, height)

    def _draw(self, size: Size, _opened: str) -> Sheet:
        return draw(self.lines, size, self.board_app.paint)

    def action_accept(self) -> None:
        """Read."""
        self.end(result=True)


class Message(Reading):
    """Why something could not be done."""

    @classmethod
    def about(cls, error: PlannerError) -> Message:
        """What is wrong, what helps, and where in the plan it is."""
        text, *more = said(error) or [_("The plan has errors.")]
        lines = [Said(text, "strong"), *(Said(line) for line in more)]
        problems = error.problems if isinstance(error, PlanError) else ()
        for problem in rendered(problems, _PROBLEM):
            lines.append(Said(""))
            first, *rest = problem.splitlines()
            lines += [Said(first, "warning"), *(Said(line, exact=True) for line in rest)]
        return cls(_("This could not be done"), lines)


LABEL = 22
"""Cells of a label."""
_PROBLEM = 52
"""Cells of a line of the plan that is shown; fits the smallest window."""


def draw(lines: Sequence[Said], size: Size, paint: Paint) -> Sheet:
    """Lines as a sheet as wide as `size`."""
    rows: list[tuple[str, str]] = []
    for line in lines:
        if line.exact:
            rows.append((cut(_steady_parts(line.text), size.width), line.role))
        elif line.label:
            parts = wrap(steady(line.text), max(size.width - LABEL - 1, 10))
            rows += [(f"{fitted('' if n else line.label, LABEL)} {part}", line.role) for n, part in enumerate(parts)]
        else:
            rows += [(part, line.role) for part in wrap(steady(line.text), size.width)]
    return Sheet(size.width, len(rows), lambda y: Row(paint, "bar").raw(*rows[y]).strip(size.width))


def _steady_parts(text: str) -> str:
    """`text` made steady with all its blanks."""
    return "".join(part if part.isspace() else steady(part) for part in re.split("( +)", text))
