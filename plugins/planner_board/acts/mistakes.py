"""What is wrong in the dates and order of a plan that can be shown all the same, and why nothing newer is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.api import PlanError, PlannerError, _
from planner_board.dialogs.message import Message, Reading

if TYPE_CHECKING:
    from planner_board.app import BoardApp


async def show(app: BoardApp) -> None:
    """All of it, each with its line in the plan."""
    error: PlannerError = PlanError(_("The plan has errors in its dates or order."), None, app.live.mistakes)
    heading = _("Errors in the plan")
    if app.live.trouble is not None:
        error, heading = app.live.trouble, _(" The last good state is shown. ").strip()
    await app.push_screen_wait(Reading(heading, Message.about(error).lines))
