"""The detail pane: everything about what the cursor stands on. What a person needs first stands at the top."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from planner.api import PaneLine, Task, _
from planner_board.board import Board, Size
from planner_board.details.page import Page
from planner_board.details.task import draw_section, draw_task
from planner_board.details.things import draw_branch, draw_day, draw_goal, draw_text
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref, Sheet

Sections = Callable[[Task | None], Iterable[tuple[str, Iterable[PaneLine]]]]
"""Further sections about a task, from whoever knows more: title and lines of each."""


def none(task: Task | None) -> Iterable[tuple[str, Iterable[PaneLine]]]:  # noqa: ARG001  nobody knows more
    """No further sections."""
    return ()


def draw(board: Board, ref: Ref, size: Size, paint: Paint, more: Sections = none) -> Sheet:
    """All that is known about `ref`: the first four lines say what it is and how it stands."""
    page = Page(size.width, paint)
    _draw(page, board, ref, more)
    return page.sheet()


def _draw(page: Page, board: Board, ref: Ref, more: Sections) -> None:
    plan = board.plan
    if ref.kind == "task" and (task := plan.task_by_id.get(ref.id)):
        draw_task(page, board, task, ref.occurrence, more(task))
    elif ref.kind == "goal" and (goal := plan.goal_by_id.get(ref.id)):
        draw_goal(page, board, goal)
    elif ref.kind == "branch" and (branch := plan.branch_by_id.get(ref.id)):
        draw_branch(page, board, branch)
    elif ref.kind == "day" and (day := _day(ref.id)):
        draw_day(page, board, day)
    elif ref.kind == "text":
        draw_text(page, board, ref.id)
        for title, lines in more(None):
            draw_section(page, title, lines)
    elif ref.kind != "fold":
        page.text(_("This is no longer in the plan."), "muted")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
