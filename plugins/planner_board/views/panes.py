"""What plugins show: panes about the plan as further views, panes about a task as sections of its details."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from planner.api import PaneLine, PaneSpec, Session, Snapshot, Task, _, load_target, printable, wrap
from planner_board.board import Board, Size
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref, Row, Sheet, Spot
from planner_board.views.registry import DrawView


class PaneView(NamedTuple):
    """A view that a plugin fills."""

    name: str
    title: str
    spec: PaneSpec
    session: Session
    starts_at_top: bool = True

    def load(self) -> DrawView:
        """The function that draws it: what the plugin says of a snapshot is asked for once, whatever the size."""
        known: tuple[Snapshot, list[PaneLine]] | None = None

        def draw(board: Board, size: Size, paint: Paint, opened: str = "") -> Sheet:  # noqa: ARG001  there are no groups
            nonlocal known
            if known is None or known[0] is not board.snapshot:
                known = board.snapshot, lines_of(self.spec, self.session, board.snapshot)
            return draw_lines(known[1], size, paint)

        return draw

    def home(self, board: Board, ref: Ref) -> str:  # noqa: ARG002  there are no groups
        """See View."""
        return ""


def pane_views(session: Session) -> Iterator[PaneView]:
    """One view for each pane about the plan."""
    for spec in session.call("planner_panes"):
        if spec.about == "plan":
            yield PaneView(f"pane-{spec.name}", spec.title, spec, session)


def sections(session: Session, snapshot: Snapshot, task: Task | None) -> Iterator[tuple[str, list[PaneLine]]]:
    """What plugins have to say about a task: title and lines of each; those that say nothing are left out."""
    for spec in session.call("planner_panes"):
        if spec.about == "task" and task is not None and (lines := lines_of(spec, session, snapshot, task)):
            yield spec.title, lines


def lines_of(spec: PaneSpec, session: Session, snapshot: Snapshot, *about: Task) -> list[PaneLine]:
    """The lines of a pane; one that fails costs a warning and says so itself."""
    try:
        function: Any = load_target(spec.target, spec.title)
        return [_checked(line) for line in function(snapshot, *about)]
    except Exception as error:  # noqa: BLE001  a plugin may raise anything
        message = _("The pane “{title}” failed: {error}").format(
            title=spec.title, error=f"{type(error).__name__}: {error}"
        )
        session.warn(message)
        return [PaneLine(message, "bad")]


def _checked(line: object) -> PaneLine:
    if not isinstance(line, PaneLine):
        raise TypeError(f"{line!r:.60} is no PaneLine")
    return line


def draw_lines(lines: Iterable[PaneLine], size: Size, paint: Paint) -> Sheet:
    """Lines of a plugin as a sheet; those with a task can be gone to."""
    rows: list[tuple[str, str]] = []
    spots = []
    for line in lines:
        start = len(rows)
        rows += [(text, line.role) for text in wrap(printable(line.text), max(size.width - 3, 10))]
        if line.task:
            spots.append(Spot(start, 0, size.width, Ref("task", line.task), len(rows) - start))
    rows = rows or [(_("There is nothing here."), "muted")]
    return Sheet(size.width, len(rows), lambda y: Row(paint).raw(" ").put(*rows[y]).strip(size.width), [spots])
