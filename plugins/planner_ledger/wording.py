"""Rows in words: a value, a row in one line, and the names by which the journal tells of rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.api import _, ngettext, printable, quantity_words
from planner_ledger.ledgers import ledgers_of
from planner_ledger.masking import is_masked
from planner_ledger.model import ORDERED, RESERVED
from planner_ledger.rows import SIGNS
from planner_ledger.stages import returns, stage_of
from planner_ledger.values import quantity_of

if TYPE_CHECKING:
    from planner.api import Plan
    from planner_ledger.model import Column, Ledger
    from planner_ledger.rows import Row


def names_in(plan: Plan) -> Iterator[tuple[str, str]]:
    """The names of ledgers, columns and stages by which the journal tells of rows; see the hook `planner_names`."""
    for ledger in ledgers_of(plan):
        yield ledger.id, ledger.name
        yield from ((f"{ledger.id}.{column.id}", column.name) for column in ledger.columns)
        yield from ((f"{ledger.id}.{key}", name) for key, name in RESERVED.items())
        yield from ((f"{ledger.id}.stage.{stage.id}", stage.name) for stage in ledger.stages)


def number_words(number: int) -> str:
    """How many rows."""
    return ngettext("{n} row", "{n} rows", number).format(n=number)


def column_name(column: Column) -> str:
    """The name of a column, with a mark on what stays private."""
    name = printable(column.name)
    return _("{title} ({extra})").format(title=name, extra=_("private")) if column.private else name


def value_words(text: str, column: Column) -> str:
    """A value for people: 130,989元; what does not fit the column stands there as it is."""
    quantity = quantity_of(text, column)
    return quantity_words(quantity) if quantity else printable(text)


def row_words(row: Row, ledger: Ledger, plan: Plan, *, private: bool = True) -> str:
    """A row in one line: 2023-03-08 生病住院 3人 1500元（机电分工会）. What must not leave the office is in it only
    if `private`.
    """
    shown = [c for c in _telling(ledger) if row.values.get(c.id) and (private or not is_masked(c, ledger, row, plan))]
    texts = [value_words(row.values[column.id], column) for column in shown]
    if not texts and private:
        texts = [printable(text) for text in list(row.values.values())[:3]]
    branch = branch_name(row, plan) if private or not is_masked("branch", ledger, row, plan) else ""
    extra = _(", ").join(filter(None, (branch, state_words(row, ledger))))
    title = " ".join(texts) or (_("an empty row") if private else row.sign)
    return _("{title} ({extra})").format(title=title, extra=extra) if extra else title


def _telling(ledger: Ledger) -> Iterator[Column]:
    """The columns that tell a row from the others: when, of which sort, what or who, which award, and how many."""
    person = next((c for c in ledger.columns if c.private and c.type == "text"), None)
    ordered = (column for column in ledger.columns if column.type in ORDERED)
    first = (ledger.day, ledger.kind, ledger.title, person, *ordered, *ledger.quantities)
    yield from {column.id: column for column in first if column}.values()


def branch_name(row: Row, plan: Plan) -> str:
    """The name of the row's sub-union; "" for the union office."""
    branch = plan.branch_by_id.get(row.branch)
    return printable(branch.name if branch else row.branch)


def task_title(row: Row, plan: Plan) -> str:
    """The title of the row's task; "" for none."""
    task = plan.task_by_id.get(row.task)
    return printable(task.title if task else row.task)


def goal_titles(row: Row, plan: Plan) -> str:
    """The titles of the goals that the row names itself."""
    known = plan.goal_by_id
    return _(", ").join(printable(known[id_].title if id_ in known else id_) for id_ in row.goals)


def state_words(row: Row, ledger: Ledger) -> str:
    """Where a row stands and how often it was taken up again, or what it was merged into; "" without stages."""
    if row.into:
        return _("merged into {id}").format(id=row.into[-SIGNS:])
    stage = stage_of(row, ledger)
    name = printable(stage.name if stage else row.stage)
    again = len(returns(row, ledger)) if len(row.entries) > 1 else 0
    if not again:
        return name
    times = ngettext("taken up again {n} time", "taken up again {n} times", again).format(n=again)
    return _(", ").join((name, times))
