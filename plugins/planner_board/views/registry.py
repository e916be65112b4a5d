"""The views of the board, by number. Each is imported when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple, Protocol

from planner.api import _
from planner_board.board import Board, Size
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref, Sheet


class DrawView(Protocol):
    """Draws a board. Pure: equal arguments give equal sheets."""

    def __call__(self, board: Board, size: Size, paint: Paint, opened: str = "") -> Sheet:
        """A sheet as wide as `size`; `opened` names the group that the cursor opened ("": the one of today)."""
        ...


class View(Protocol):
    """A way to look at the plan."""

    @property
    def name(self) -> str:
        """What it is remembered by."""
        ...

    @property
    def title(self) -> str:
        """What people read."""
        ...

    @property
    def starts_at_top(self) -> bool:
        """Whether people read it from its first line on, whatever they looked at before."""
        ...

    def load(self) -> DrawView:
        """The function that draws it."""
        ...

    def home(self, board: Board, ref: Ref) -> str:
        """The group in which something stands; "" for a view without groups, and for what it does not show."""
        ...


class OwnView(NamedTuple):
    """A view of the board's own."""

    name: str
    title: str
    module: str
    starts_at_top: bool = False

    def load(self) -> DrawView:
        """The function that draws it."""
        draw: DrawView = self._module.draw
        return draw

    def home(self, board: Board, ref: Ref) -> str:
        """See View; views whose groups fold have a function of that name."""
        home: Callable[[Board, Ref], str] | None = getattr(self._module, "home", None)
        return home(board, ref) if home else ""

    @property
    def _module(self) -> Any:
        return import_module(self.module)


VIEWS = (
    OwnView("months", _("Months"), "planner_board.views.months"),
    OwnView("status", _("Status"), "planner_board.views.status"),
    OwnView("goals", _("Goals"), "planner_board.views.goals"),
    OwnView("timeline", _("Timeline"), "planner_board.views.timeline"),
    OwnView("agenda", _("Agenda"), "planner_board.views.agenda", starts_at_top=True),
    OwnView("calendar", _("Calendar"), "planner_board.views.calendar"),
)
