"""`planner board`: opens the board, on the terminal or in a browser on this computer."""

from __future__ import annotations

import gc
import os
import sys

import click

from planner.api import Session, UsageError, _


@click.command(
    "board",
    help=_("Open the board: months, status, goals, timeline, agenda and calendar of the plan, in the terminal."),
)
@click.option("--web", is_flag=True, help=_("Open it in the browser of this computer instead; nobody else can see it"))
@click.option("--port", metavar="NUMBER", type=click.IntRange(1, 65535), default=8000, help=_("For --web"))
@click.pass_obj
def board(session: Session, web: bool = False, port: int = 8000) -> None:
    """Open it, and stay until it is closed."""
    if web:
        gc.enable()  # a start goes without; what is open for weeks does not (the board turns it on by itself)
        from planner_board.web.site import serve

        serve(session, port)
        return
    is_page = "TEXTUAL_DRIVER" in os.environ  # a browser shows it: there are pipes, and no terminal
    if not is_page and not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise UsageError(_("The board needs a terminal."), _("`planner show` and `planner agenda` write plain text."))
    sys.setswitchinterval(0.0005)  # so soon the thread that writes gets its turn; with 5 ms frames come 5 ms later
    gc.set_threshold(1_000_000)  # the board looks for garbage itself, while nobody waits
    session.read_ahead()
    from planner_board.staying import stay

    stay(session)
