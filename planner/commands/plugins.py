"""`planner plugins`: which plugins there are and how they fare."""

from __future__ import annotations

import click

from planner.i18n import _
from planner.output import echo, echo_json
from planner.session import Session
from planner.text import columns, printable


@click.command(help=_("List the plugins: whether each works, where it comes from, and which hooks it implements."))
@click.pass_obj
def plugins(session: Session) -> None:
    """Print one line a plugin."""
    manager = session.plugins
    if session.json:
        echo_json(
            [
                {
                    "name": p.entry.name,
                    "state": p.state,
                    "distribution": p.entry.distribution,
                    "version": p.entry.version,
                    "module": p.entry.module,
                    "hooks": manager.hooks_of(p),
                    "problem": p.problem or None,
                }
                for p in manager.plugins
            ]
        )
        return
    states = {"on": _("on"), "off": _("off"), "broken": _("broken")}
    head = (_("name"), _("state"), _("from"), _("hooks"))
    rows = [
        (
            p.entry.name,
            states[p.state],
            f"{p.entry.distribution} {p.entry.version}",
            p.problem or " ".join(manager.hooks_of(p)),
        )
        for p in manager.plugins
    ]
    echo(*columns([head, *(tuple(map(printable, row)) for row in rows)]))
