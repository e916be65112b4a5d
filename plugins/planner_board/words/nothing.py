"""What stands where there is nothing to see: why, and what helps."""

from __future__ import annotations

from planner.api import _
from planner_board.board import Board


def nothing_note(board: Board) -> str:
    """Says why a view is empty; empty where there is something to show."""
    if board.tasks:
        return ""
    if board.is_filtered:
        return _("No task fits the filter; Esc shows all of them again.")
    return no_task_yet()


def no_task_yet() -> str:
    """What is said of a plan without tasks."""
    return _("There is no task in the plan yet. F9 adds one.")
