"""What is wrong in the dates and order of a plan that can be shown all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.api import PlanError, _
from planner_board.dialogs.message import Message, Reading

if TYPE_CHECKING:
    from planner_board.app import BoardApp


async def show(app: BoardApp) -> None:
    """All of it, each with its line in the plan."""
    error = PlanError(_("The plan has errors in its dates or order."), None, app.live.mistakes)
    await app.push_screen_wait(Reading(_("Errors in the plan"), Message.about(error).lines))
