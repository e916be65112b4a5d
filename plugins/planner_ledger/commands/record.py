"""`planner record`: a new row in a ledger, said in key=value words or asked for column by column."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from planner.api import Text, UsageError, _, acting, echo, printable, say, terminal_width
from planner_ledger import acts
from planner_ledger.asking import Asker, numbered
from planner_ledger.commands.changing import told
from planner_ledger.ledgers import find_ledger, ledgers_of
from planner_ledger.model import RESERVED, Ledger
from planner_ledger.typed import Pair, pairs_of

if TYPE_CHECKING:
    from planner.api import Session, Snapshot


@click.command(
    help=_(
        "Add a row to a ledger: planner record 慰问 类别=生病住院 人数=39人 金额=13.0989万元. LEDGER and KEY are ids "
        "or names; KEY may also be 事项, 分工会, 目标 or 阶段. On a terminal, without values, it asks for each column."
    )
)
@click.argument("ledger", metavar="LEDGER", required=False)
@click.argument("words", metavar="[KEY=VALUE]...", nargs=-1, type=Text())
@click.option("--task", metavar="TASK", default="", help=_("The task that it belongs to"))
@click.option("--branch", metavar="NAME", default="", help=_("The sub-union that it belongs to (id or name)"))
@click.option(
    "--goal", "goals", metavar="GOAL", multiple=True,
    help=_("A goal that it serves, if not that of its task or ledger; may be repeated"),
)  # fmt: skip
@click.option("--stage", metavar="NAME", default="", help=_("The stage at which it stands, if not at the first"))
@acting
@click.pass_obj
def record(
    session: Session,
    ledger: str | None,
    words: Sequence[str],
    task: str,
    branch: str,
    goals: Sequence[str],
    stage: str,
    by: str | None,
    message: str,
) -> None:
    """Record what was said, or ask for it first."""
    snapshot = session.snapshot(checked=False)
    meant = find_ledger(_asked_ledger(snapshot) if ledger is None else ledger, snapshot.plan)
    pairs: Sequence[Pair] | None = pairs_of(words)
    if not words:
        given = {"task": task, "branch": branch, "goals": ",".join(goals), "stage": stage}
        pairs = _asked(meant, snapshot, {key: text for key, text in given.items() if text})
    if pairs is None:
        echo(_("Nothing was recorded."))
        return
    told(session, snapshot, acts.begin(session, snapshot, meant, pairs, task, branch, goals, stage, by, message))


def _is_at_a_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _ask(prompt: str) -> str:
    """A line from the terminal; Ctrl-C and the end of the input end the command."""
    answer: str = click.prompt(prompt, default="", show_default=False, err=True)
    return answer


def _asked_ledger(snapshot: Snapshot) -> str:
    """The words for a ledger that a person chooses from a list."""
    known = ledgers_of(snapshot.plan)
    names = tuple(ledger.name for ledger in known)
    if not known or not _is_at_a_terminal():
        find_ledger("", snapshot.plan)  # says which there are
    for n, name in enumerate(names, 1):
        say(f"  {n} {printable(name)}")
    chosen = numbered(_ask(_("Ledger")).strip(), names)
    return next((ledger.id for ledger in known if chosen == ledger.name), chosen)


def _asked(ledger: Ledger, snapshot: Snapshot, given: dict[str, str]) -> list[Pair] | None:
    """The cells that a person gives one by one; None for none. Raises UsageError where nobody can be asked."""
    if not _is_at_a_terminal():
        names = [f"{printable(c.name)}{'*' if c.required and not c.default else ''}" for c in ledger.columns]
        message = _("What does the row hold? Say it as KEY=VALUE; on a terminal you are asked for it.")
        known = _("It has: {names} (* must be filled in).").format(names=_(", ").join((*names, *RESERVED.values())))
        raise UsageError(message, known)
    return Asker(ledger, snapshot, _ask, say, terminal_width()).row(given)
