"""`planner ledger list` and `show`: the rows of a ledger, and all that is known of one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import click

from planner.api import (
    _,
    echo,
    echo_json,
    entry_json,
    hanging,
    ngettext,
    printable,
    say,
    short_id,
    shorten,
    terminal_width,
    what,
    why,
)
from planner_ledger.as_json import row_json
from planner_ledger.commands.filtering import Wanted, filter_of, filtering
from planner_ledger.conditions import goals_of
from planner_ledger.fitting import Misfit, ledger_named, ledger_of, misfits
from planner_ledger.model import RESERVED
from planner_ledger.ordering import in_order
from planner_ledger.rows import Row, row_named, rows_of
from planner_ledger.tables import blocks, table
from planner_ledger.typed import key_name
from planner_ledger.wording import (
    branch_name,
    column_name,
    goal_titles,
    number_words,
    row_words,
    state_words,
    task_title,
    value_words,
)

if TYPE_CHECKING:
    from planner.api import Session, Snapshot
    from planner_ledger.model import Column, Ledger


@click.command("list", help=_("The rows of a ledger by day, awards by level and grade; only those that are wanted."))
@click.argument("ledger", metavar="LEDGER")
@filtering
@click.pass_obj
def list_(session: Session, /, ledger: str, **options: Any) -> None:
    """Print the rows that match."""
    from planner_ledger.totals import selection

    snapshot = session.snapshot(checked=False)
    meant = ledger_named(ledger, snapshot)
    known = rows_of(snapshot, meant.id)
    found = selection(known, meant, filter_of(Wanted(**options), meant, snapshot), snapshot)
    rows = in_order(found.rows, meant, snapshot.plan.term)
    if session.json:
        echo_json([row_json(row, meant, snapshot) for row in rows])
    elif not rows:
        echo(_("No row matches.") if known else _("There is no row yet: planner record {id}").format(id=meant.id))
    else:
        echo(*drawn(rows, meant, snapshot, _room()))
        echo(_counted(rows, known))
    if found.undated:
        message = _("{n} more have no date, so nobody knows whether they are of that time.")
        say(message.format(n=len(found.undated)))
    for line in misfit_words(rows, meant, snapshot):
        say(line)


def _room() -> int:
    """The width of the terminal in cells; a file has room for everything."""
    return terminal_width() if sys.stdout.isatty() or os.environ.get("COLUMNS") else 100_000


def _counted(rows: Sequence[Row], known: Sequence[Row]) -> str:
    """How many rows these are, of how many."""
    text = number_words(len(rows))
    if len(known) > len(rows):
        text = _("{rows} of {all}").format(rows=text, all=len(known))
    merged = sum(bool(row.into) for row in rows)
    return _("{rows}, {n} of them merged").format(rows=text, n=merged) if merged else text


class _Part(NamedTuple):
    """A column of the list."""

    heading: str
    cell: Callable[[Row], str]
    is_number: bool = False
    is_long: bool = False
    """Whether it may be cut."""


def drawn(rows: Sequence[Row], ledger: Ledger, snapshot: Snapshot, width: int) -> list[str]:
    """The rows as a table, or as blocks where that is too wide; only columns in which something stands."""
    parts = [part for part in _parts(rows, ledger, snapshot) if any(map(part.cell, rows))]
    headings = [part.heading for part in parts]
    texts = [[part.cell(row) for part in parts] for row in rows]
    numbers = {n for n, part in enumerate(parts) if part.is_number}
    lines = table(headings, texts, width, numbers=numbers, long=[n for n, part in enumerate(parts) if part.is_long])
    return lines if lines is not None else blocks(headings, texts, width)


def _parts(rows: Sequence[Row], ledger: Ledger, snapshot: Snapshot) -> Iterator[_Part]:
    """All columns that a list may have. Of a column with a default only what somebody said makes it one."""
    plan = snapshot.plan
    yield _Part(_("row"), lambda row: row.sign)
    for column in ledger.columns:
        if any(column.id in row.values for row in rows):
            is_long = column.type == "text" or column.open
            yield _Part(printable(column.name), _text_in(column), column.is_quantity, is_long)
    yield _Part(RESERVED["stage"], lambda row: state_words(row, ledger))
    yield _Part(RESERVED["branch"], lambda row: branch_name(row, plan), is_long=True)
    yield _Part(RESERVED["task"], lambda row: task_title(row, plan), is_long=True)
    yield _Part(RESERVED["goals"], lambda row: goal_titles(row, plan), is_long=True)


def _text_in(column: Column) -> Callable[[Row], str]:
    return lambda row: value_words(row.text(column), column)


def misfit_words(rows: Sequence[Row], ledger: Ledger, snapshot: Snapshot) -> Iterator[str]:
    """What is to be said of values that no longer fit their ledger."""
    found = {row.sign: misfits(row, ledger, snapshot.plan) for row in rows}
    signs = [sign for sign, wrong in found.items() if wrong]
    if signs:
        text = ngettext(
            "{n} row has values that the ledger no longer takes; they are kept: planner ledger show {id}",
            "{n} rows have values that the ledger no longer takes; they are kept: planner ledger show {id}",
            len(signs),
        )
        yield text.format(n=len(signs), id=signs[0])


@click.command(help=_("All that a row holds, with its history: who recorded what, and when."))
@click.argument("row", metavar="ROW")
@click.pass_obj
def show(session: Session, row: str) -> None:
    """Print one row."""
    snapshot = session.snapshot(checked=False)
    meant = row_named(row, snapshot)
    ledger = ledger_of(meant, snapshot)
    if session.json:
        echo_json({**row_json(meant, ledger, snapshot), "history": [entry_json(entry) for entry in meant.entries]})
        return
    width = terminal_width()
    wrong = misfits(meant, ledger, snapshot.plan)
    echo(_("{ledger}: {values}").format(ledger=printable(ledger.name), values=row_words(meant, ledger, snapshot.plan)))
    echo(*hanging(_fields(meant, ledger, snapshot, wrong), width))
    if wrong:
        echo("", _("Kept, although the ledger no longer takes it"))
        echo(*hanging(_misfit_lines(wrong, ledger), width))
    echo("", _("History"), *hanging(_history(meant, snapshot), width))


def _fields(row: Row, ledger: Ledger, snapshot: Snapshot, wrong: Sequence[Misfit]) -> Iterator[tuple[str, str]]:
    """Names and values of all that a row has, for people."""
    plan, odd = snapshot.plan, {misfit.key for misfit in wrong}
    yield "  " + _("row"), row.sign
    for column in ledger.columns:
        if row.text(column) and column.id not in odd:
            text = value_words(row.text(column), column)
            if column.id not in row.values:
                text = _("{title} ({extra})").format(title=text, extra=_("taken as said, where nothing is said"))
            yield f"  {column_name(column)}", text
    others = {"stage": state_words(row, ledger), "branch": branch_name(row, plan), "task": task_title(row, plan)}
    yield from (("  " + RESERVED[key], text) for key, text in others.items() if text)
    goals = [plan.goal_by_id[id_].title if id_ in plan.goal_by_id else id_ for id_ in goals_of(row, ledger, plan)]
    if goals:
        yield "  " + RESERVED["goals"], _(", ").join(map(printable, goals))
    merged = [other.sign for other in rows_of(snapshot, ledger.id) if other.into == row.id]
    if merged:
        yield "  " + _("merged into it"), " ".join(merged)


def _misfit_lines(wrong: Sequence[Misfit], ledger: Ledger) -> Iterator[tuple[str, str]]:
    for key, text, reason in wrong:
        said = _("{title} ({extra})").format(title=printable(text), extra=printable(reason))
        yield f"  {key_name(key, ledger)}", said


def _history(row: Row, snapshot: Snapshot) -> Iterator[tuple[str, ...]]:
    """When, which entry, who and what, of all that still counts."""
    zone = ZoneInfo(snapshot.plan.timezone)
    for entry in row.entries:
        text = "  ".join(filter(None, (what(entry, snapshot=snapshot), why(entry))))
        when = f"  {entry.instant.astimezone(zone):%Y-%m-%d %H:%M}"
        yield when, short_id(entry), shorten(printable(entry.author), 16), text
