"""`planner ledger definitions`: the ready-made ledgers, and what a row of one can hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from planner.api import _, echo, echo_json, hanging, ngettext, printable, say, terminal_width
from planner_ledger.as_json import column_json, stage_json
from planner_ledger.ledgers import find_ready, ready_ledgers

if TYPE_CHECKING:
    from planner.api import Session
    from planner_ledger.model import Column, Ledger, Stage


@click.command(
    short_help=_("The ready-made ledgers"),
    help=_(
        "The ready-made ledgers, which a plan uses by their names. With NAME: the columns, stages and rates of one."
    ),
)
@click.argument("name", metavar="[NAME]", required=False)
@click.pass_obj
def definitions(session: Session, name: str | None) -> None:
    """Print the list, or one of it."""
    found = ready_ledgers() if name is None else (find_ready(name),)
    if session.json:
        echo_json([_as_json(ledger) for ledger in found])
    elif name is None:
        echo(*hanging(((ledger.name, _size(ledger), ledger.note) for ledger in found), terminal_width()))
        say(_("What one of them holds: planner ledger definitions {name}").format(name=found[0].name))
    else:
        echo(*_described(found[0], terminal_width()))
        say(_("To use it, write this into the plan’s file:"))
        say(f'\n[[ledgers]]\nid  = "{found[0].id}"\nuse = "{found[0].name}"')


def _size(ledger: Ledger) -> str:
    n = len(ledger.columns)
    return ngettext("{n} column", "{n} columns", n).format(n=n)


def _described(ledger: Ledger, width: int) -> list[str]:
    """All of a ledger: a line for each column, each stage and each rate, at most `width` cells wide."""
    rows = [(column.id, printable(column.name), _holds(column), _more(column)) for column in ledger.columns]
    lines = [f"{printable(ledger.name)}  {printable(ledger.note)}", "", *hanging(rows, width)]
    if ledger.stages:
        lines += ["", _("Stages"), *hanging(((s.id, s.name, _leads(s, ledger)) for s in ledger.stages), width)]
    if ledger.rates:
        lines += ["", _("Rates"), *hanging(((rate.id, rate.name) for rate in ledger.rates), width)]
    return lines


def _holds(column: Column) -> str:
    """What stands in a column, in a word: its units, else its type."""
    if column.units:
        return "/".join(column.units)
    names = {"text": _("text"), "date": _("date"), "choice": _("choice"), "level": _("level"), "grade": _("grade")}
    return names[column.type]


def _more(column: Column) -> str:
    """What else is to be known of a column."""
    return _("; ").join(_remarks(column))


def _remarks(column: Column) -> Iterator[str]:
    if column.required:
        yield _("required")
    if column.private:
        yield _("never leaves the office")
    if column.default:
        yield _("{value} where nothing is said").format(value=column.default)
    if column.choices:
        choices = "、".join(column.choices)
        yield _("{choices}, or another").format(choices=choices) if column.open else choices
    elif column.type == "choice":
        yield _("any word")


def _leads(stage: Stage, ledger: Ledger) -> str:
    """Where a stage leads, and what it needs."""
    ways = "、".join(ledger.stage_by_id[id_].name for id_ in stage.next)
    needs = "、".join(ledger.column_by_id[id_].name for id_ in stage.needs)
    parts = (f"→ {ways}" if ways else "", _("needs {columns}").format(columns=needs) if needs else "")
    return _("; ").join(filter(None, parts))


def _as_json(ledger: Ledger) -> dict[str, Any]:
    """A ready-made ledger as data: `use` is the name for a plan."""
    columns, stages = list(map(column_json, ledger.columns)), list(map(stage_json, ledger.stages))
    rates = [{"id": rate.id, "name": rate.name} for rate in ledger.rates]
    return {
        "use": ledger.name, "id": ledger.id, "note": ledger.note,
        "columns": columns, "stages": stages, "rates": rates,
    }  # fmt: skip
