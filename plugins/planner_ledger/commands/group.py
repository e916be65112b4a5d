"""`planner ledger`: the ledgers of the plan, and the commands that look after them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from planner.api import _, columns, echo, echo_json, load_target, nearest, printable, say

if TYPE_CHECKING:
    from planner.api import Session
    from planner_ledger.model import Ledger
    from planner_ledger.rows import Row

_PARTS = {
    "list": ("listing:list_", _("The rows of a ledger")),
    "show": ("listing:show", _("All of a row, and its history")),
    "change": ("changing:change", _("Give a row other values")),
    "move": ("changing:move", _("Let a row go on to its next stage")),
    "merge": ("changing:merge", _("Make several rows one case")),
    "remove": ("changing:remove", _("Take a row out of its ledger")),
    "totals": ("totals:totals", _("Totals by kind, month, sub-union or goal")),
    "rates": ("rates:rates", _("Rates, with what they are counted from")),
    "check": ("checking:check", _("What goes against the rules, and what is missing")),
    "import": ("sheets:import_", _("Take in the rows of a sheet (xlsx, csv)")),
    "export": ("sheets:export", _("Write the rows as a sheet (xlsx, csv)")),
    "definitions": ("definitions:definitions", _("The ready-made ledgers")),
}
"""Where each command is, and its line of help; only the one that runs is imported."""


class _Group(click.Group):
    """A group whose commands are imported when they run, and which look and behave like those of `planner` itself."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  as click calls it
        """In the order of help."""
        return list(_PARTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command, which takes the global options as well. Raises PluginError."""
        if cmd_name not in _PARTS:
            return None
        command = load_target(f"planner_ledger.commands.{_PARTS[cmd_name][0]}", cmd_name)
        assert isinstance(command, click.Command), cmd_name
        command.context_class = type(ctx)
        command.options_metavar = _("[OPTIONS]")
        command.epilog = self.epilog
        mine = {option for param in command.params for option in param.opts}
        command.params += [p for p in self.params if p.param_type_name == "option" and not mine & {*p.opts}]
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with a hint for a misspelt name, or for a ledger that stands in its place."""
        name = args[0]
        if name not in _PARTS and not name.startswith("-") and not ctx.resilient_parsing:
            message = _("There is no command {name}.").format(name=printable(f"ledger {name}"))
            likely = nearest(name, _PARTS)
            rows = _("To see its rows: planner ledger list {name}").format(name=printable(name))
            ctx.fail(f"{message} {_('did you mean {word}?').format(word=likely) if likely else rows}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  as above
        """The list of commands in help, without importing them."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, text) for name, (_target, text) in _PARTS.items()])


@click.group(
    "ledger",
    cls=_Group,
    invoke_without_command=True,
    subcommand_metavar=_("[COMMAND] [ARGUMENTS]"),
    help=_(
        "Ledgers keep what was done, for whom, how many and how much, a row each; `planner record` adds one. "
        "Without a command: which ledgers the plan has. LEDGER is the id or the name of one; ROW are the last signs "
        "of a row's id, as `planner ledger list` and `planner log` show them."
    ),
)
@click.pass_context
def ledger(ctx: click.Context) -> None:
    """Without a command, the ledgers of the plan."""
    if ctx.invoked_subcommand is None:
        overview(ctx.find_root().obj)


def overview(session: Session) -> None:
    """Print which ledgers there are, with the number of their rows."""
    from planner_ledger.fitting import stranger_words, strangers
    from planner_ledger.ledgers import ledgers_of
    from planner_ledger.rows import rows_of

    snapshot = session.snapshot(checked=False)
    rows: dict[str, list[Row]] = {ledger.id: [] for ledger in ledgers_of(snapshot.plan)}
    for row in rows_of(snapshot):
        rows.setdefault(row.ledger, []).append(row)
    unknown = strangers(snapshot)
    if session.json:
        known = [_as_json(ledger, rows[ledger.id]) for ledger in ledgers_of(snapshot.plan)]
        echo_json({"ledgers": known, "unknown": [{"ledger": id_, "rows": n} for id_, n in unknown.items()]})
        return
    if ledgers_of(snapshot.plan):
        echo(*columns(_line(ledger, rows[ledger.id]) for ledger in ledgers_of(snapshot.plan)))
    else:
        echo(_("This plan has no ledger."))
        say(_('In the plan\'s file [[ledgers]] with use = "慰问" adds one; `planner ledger definitions` lists them.'))
    for line in stranger_words(snapshot):
        say(line)


def _line(ledger: Ledger, rows: list[Row]) -> tuple[str, ...]:
    from planner_ledger.wording import number_words

    extras = [_("private") if ledger.private else "", *_standing(ledger, rows)]
    return printable(ledger.id), printable(ledger.name), number_words(len(rows)), _(", ").join(filter(None, extras))


def _standing(ledger: Ledger, rows: list[Row]) -> Iterator[str]:
    """How many rows stand at each stage, and how many are merged."""
    if ledger.stages:
        first = ledger.stages[0].id
        counted = Counter(row.stage or first for row in rows if not row.into)
        names = {**{id_: id_ for id_ in sorted(counted)}, **{stage.id: stage.name for stage in ledger.stages}}
        in_order = dict.fromkeys((*ledger.stage_by_id, *names))  # what is no stage any more comes last
        yield from (f"{printable(names[id_])} {counted[id_]}" for id_ in in_order if counted[id_])
    if merged := sum(bool(row.into) for row in rows):
        yield _("{n} merged").format(n=merged)


def _as_json(ledger: Ledger, rows: list[Row]) -> dict[str, Any]:
    """A ledger as data: what it is, and how many rows it has."""
    from planner_ledger.as_json import column_json, stage_json

    return {
        "id": ledger.id,
        "name": ledger.name,
        "goal": ledger.goal or None,
        "private": ledger.private,
        "rows": len(rows),
        "merged": sum(bool(row.into) for row in rows),
        "columns": [column_json(column) for column in ledger.columns],
        "stages": [stage_json(stage) for stage in ledger.stages],
    }
