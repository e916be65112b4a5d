"""`planner ledger change|move|merge|remove`: what a person does with rows that are there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from planner.api import Text, UsageError, _, acting, tell
from planner_ledger import acts
from planner_ledger.fitting import ledger_of
from planner_ledger.rows import row_named
from planner_ledger.typed import pairs_of

if TYPE_CHECKING:
    from planner.api import Session, Snapshot
    from planner_ledger.acts import Done

_row = click.argument("row", metavar="ROW")
_values = click.argument("words", metavar="[KEY=VALUE]...", nargs=-1, type=Text())


@click.command(help=_("Give a row other values. KEY= without a value empties it; 事项, 分工会 and 目标 are keys too."))
@_row
@click.argument("words", metavar="KEY=VALUE...", nargs=-1, type=Text())
@acting
@click.pass_obj
def change(session: Session, row: str, words: Sequence[str], by: str | None, message: str) -> None:
    """Record new values."""
    if not words:
        raise UsageError(_("There is nothing to change."), _("For example: planner ledger change ROW KEY=VALUE"))
    snapshot = session.snapshot(checked=False)
    meant = row_named(row, snapshot)
    ledger = ledger_of(meant, snapshot)
    told(session, snapshot, acts.change(session, snapshot, meant, ledger, pairs_of(words), by, message))


@click.command(
    help=_(
        "Let a row go on to another stage, with the values that belong to that step. Only the ways that the ledger "
        "allows are open; what a stage needs must be there."
    )
)
@_row
@click.argument("stage", metavar="STAGE")
@_values
@acting
@click.pass_obj
def move(session: Session, row: str, stage: str, words: Sequence[str], by: str | None, message: str) -> None:
    """Record the step."""
    snapshot = session.snapshot(checked=False)
    meant = row_named(row, snapshot)
    ledger = ledger_of(meant, snapshot)
    told(session, snapshot, acts.move(session, snapshot, meant, ledger, stage, pairs_of(words), by, message))


@click.command(
    help=_("Make several rows one case: those named are merged into the one after --into. `planner undo` parts them.")
)
@click.argument("rows", metavar="ROW...", nargs=-1, required=True)
@click.option("--into", metavar="ROW", required=True, help=_("The row that stands for all of them"))
@acting
@click.pass_obj
def merge(session: Session, rows: Sequence[str], into: str, by: str | None, message: str) -> None:
    """Record the merges as one act."""
    snapshot = session.snapshot(checked=False)
    case = row_named(into, snapshot)
    ledger = ledger_of(case, snapshot)
    meant = [row_named(row, snapshot) for row in rows]
    told(session, snapshot, acts.merge(session, snapshot, meant, case, ledger, by, message))


@click.command(help=_("Take a row out of its ledger. Its history stays in the journal; `planner undo` brings it back."))
@_row
@acting
@click.pass_obj
def remove(session: Session, row: str, by: str | None, message: str) -> None:
    """Record the removal."""
    snapshot = session.snapshot(checked=False)
    meant = row_named(row, snapshot)
    told(session, snapshot, acts.remove(session, snapshot, meant, ledger_of(meant, snapshot), by, message))


def told(session: Session, snapshot: Snapshot, done: Done) -> None:
    """Say what was recorded, with the id that takes it back, and what is strange about it."""
    tell(session, snapshot, done.entries)
    for warning in done.warnings:
        session.warn(warning)
