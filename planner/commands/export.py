"""`planner export -o FILE`: the plan as another file format, chosen by the suffix."""

from __future__ import annotations

from pathlib import Path

import click

from planner.errors import UsageError
from planner.files import write_atomically
from planner.i18n import _
from planner.output import report, say
from planner.plugins import load_target
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
    exporters = {spec.suffix: spec for spec in session.call("planner_exporters")}
    spec = exporters.get(output.suffix.lower())
    if spec is None:
        known = _(", ").join(f"{s.suffix} ({s.title})" for s in exporters.values()) or "—"
        message = _("No plugin writes files that end in “{suffix}”.").format(suffix=output.suffix)
        raise UsageError(message, _("There are: {known}").format(known=known))
    snapshot = session.snapshot(report, faultless=True)
    content: bytes = load_target(spec.target, spec.title)(snapshot)
    if spec.tells:
        session.tell(snapshot, lambda: write_atomically(output, content))
    else:
        write_atomically(output, content)
    say(_("Written: {path}").format(path=output))
