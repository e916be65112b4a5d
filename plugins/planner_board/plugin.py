"""What the board offers. Imported on every start of the program, so it names its parts and loads none."""

from __future__ import annotations

from collections.abc import Iterable

from planner.api import CommandSpec, _, hookimpl


@hookimpl
def planner_commands() -> Iterable[CommandSpec]:
    """The command `planner board`, which the bare `planner` opens on a terminal."""
    yield CommandSpec("board", _("The semester on the screen"), "planner_board.command:board", opens=True)
