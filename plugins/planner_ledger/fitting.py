"""What the journal holds and the plan no longer has a place for: ledgers, columns, choices. It is shown, never lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from planner.api import UsageError, _, ngettext, printable
from planner_ledger.ledgers import find_ledger, ledgers_of
from planner_ledger.model import Column, Ledger
from planner_ledger.rows import Row, changes_of, rows_of
from planner_ledger.values import canonical

if TYPE_CHECKING:
    from planner.api import Plan, Snapshot


class Misfit(NamedTuple):
    """A value that its ledger, as it is now, would not take."""

    key: str
    """Of the column, which need not exist."""
    text: str
    why: str
    """A sentence for people."""


def misfits(row: Row, ledger: Ledger, plan: Plan) -> list[Misfit]:
    """The values of a row that no longer fit, in the order in which they were recorded."""
    found = list(_no_texts(row))
    for key, text in row.values.items():
        column = ledger.column_by_id.get(key)
        if column is None:
            found.append(Misfit(key, text, _("The ledger has no such column any more.")))
        elif column.type != "text":
            try:
                canonical(text, column, plan.term)
            except ValueError as error:
                found.append(Misfit(key, text, str(error)))
    if row.stage and row.stage not in ledger.stage_by_id:
        found.append(Misfit("stage", row.stage, _("The ledger has no such stage any more.")))
    return found


def _no_texts(row: Row) -> Iterator[Misfit]:
    """What another program wrote as a number or a list: it counts nowhere, as nobody knows what it was to be."""
    said = {key: value for entry in row.entries for key, value in changes_of(entry)}
    for key, value in said.items():
        if value is not None and not isinstance(value, str) and key != "goals":
            yield Misfit(key, str(value), _("Another program wrote it, and not as a text; it does not count."))


def strangers(snapshot: Snapshot) -> Counter[str]:
    """The ids of ledgers that the plan does not have, with the number of their rows."""
    known = {ledger.id for ledger in ledgers_of(snapshot.plan)}
    return Counter(row.ledger for row in rows_of(snapshot) if row.ledger not in known)


def stranger_words(snapshot: Snapshot) -> Iterator[str]:
    """What is to be said of rows whose ledger the plan does not have."""
    for id_, number in strangers(snapshot).items():
        text = ngettext(
            "{n} row is of the ledger {id}, which the plan does not have; it is kept: planner ledger list {id}",
            "{n} rows are of the ledger {id}, which the plan does not have; they are kept: planner ledger list {id}",
            number,
        )
        yield text.format(n=number, id=printable(id_))


def ledger_of(row: Row, snapshot: Snapshot) -> Ledger:
    """The ledger of a row: the plan's, else one made of what its rows hold."""
    for ledger in ledgers_of(snapshot.plan):
        if ledger.id == row.ledger:
            return ledger
    return _made(row.ledger, rows_of(snapshot, row.ledger))


def ledger_named(words: str, snapshot: Snapshot) -> Ledger:
    """The ledger that `words` name; also one that only the journal knows, by its id. Raises UsageError."""
    try:
        return find_ledger(words, snapshot.plan)
    except UsageError:
        rows = rows_of(snapshot, words)
        if not rows:
            raise
        return _made(words, rows)


def _made(id_: str, rows: Iterable[Row]) -> Ledger:
    keys = dict.fromkeys(key for row in rows for key in row.values)
    return Ledger(id_, id_, tuple(Column(key, key) for key in keys))
