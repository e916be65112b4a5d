"""`planner schema`: the format of plan files, for editors (JSON Schema) and for people (field reference)."""

from __future__ import annotations

import json
from pathlib import Path

import click

from planner.files import write_atomically
from planner.i18n import _
from planner.output import echo, say
from planner.plan.schema import plan_schema
from planner.session import Session
from planner.views.field_reference import field_reference


@click.command(
    help=_("Write the format of plan files: as JSON Schema for editors, or as a field reference for people.")
)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help=_("Write to this file"))
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "markdown"]),
    default="json",
    show_default=True,
    help=_("Form of the output"),
)
@click.pass_obj
def schema(session: Session, output: Path | None, form: str) -> None:
    """Print the schema, with the tables of all plugins that are on."""
    schema = plan_schema(session.tables)
    text = field_reference(schema) if form == "markdown" else json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    if output is None:
        echo(text.rstrip("\n"))
    else:
        write_atomically(output, text.encode())
        say(_("Written: {path}").format(path=output))
