"""`planner export -o FILE`: the plan as another file format, chosen by the suffix."""

from __future__ import annotations

from pathlib import Path

import click

from planner.actions.exporting import export_to
from planner.i18n import _
from planner.output import say
from planner.session import Session


@click.command(help=_("Write the plan to a file; its suffix chooses the format."))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    required=True,
    help=_("Write to this file"),
)
@click.pass_obj
def export(session: Session, output: Path) -> None:
    """Write one file."""
    export_to(session, output)
    say(_("Written: {path}").format(path=output))
