"""Forms that add a row: one for each ledger, about the plan or about a task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from planner.api import Form, FormField, UsageError, _, short_id, what
from planner_ledger import acts
from planner_ledger.ledgers import ledgers_of
from planner_ledger.model import RESERVED
from planner_ledger.rows import rows_of

if TYPE_CHECKING:
    from planner.api import Plan, Session, Snapshot, Task
    from planner_ledger.model import Column, Ledger

_OTHER = "-other"
"""Ends the name of the field that takes what no choice of an open column says."""
_MOST = 60
"""Choices of a field."""


def row_forms(snapshot: Snapshot) -> Iterator[Form]:
    """For each ledger a form about a task and one about the plan."""
    for ledger in ledgers_of(snapshot.plan):
        title = _("New row: {ledger}").format(ledger=ledger.name)
        columns = tuple(_fields(ledger, snapshot))
        adder = _Adder(ledger.id)
        yield Form(f"ledger-{ledger.id}", title, (*columns, *_of_branch(snapshot.plan)), adder.add, "task")
        yield Form(f"ledger-{ledger.id}", title, (*columns, *_of_plan(snapshot.plan)), adder.add)


class _Adder:
    """Adds rows to a ledger of a plan as it is by then."""

    def __init__(self, ledger: str) -> None:
        self._ledger = ledger

    def add(self, session: Session, snapshot: Snapshot, task: Task | None, answers: Mapping[str, str]) -> str:
        """Record the row; a sentence on what was done. Raises UsageError, which tells all that is wrong."""
        ledger = next((one for one in ledgers_of(snapshot.plan) if one.id == self._ledger), None)
        if ledger is None:
            raise UsageError(_("The plan no longer has the ledger {id}.").format(id=self._ledger))
        cells = {key: text for key, text in answers.items() if text.strip() and not key.endswith(_OTHER)}
        others = {key.removesuffix(_OTHER): text for key, text in answers.items() if key.endswith(_OTHER)}
        cells |= {key: text for key, text in others.items() if text.strip()}
        done = acts.begin(session, snapshot, ledger, cells, task=task.id if task else "")
        (entry,) = done.entries
        text = _("Recorded {id}: {what}").format(id=short_id(entry), what=what(entry, snapshot=snapshot))
        return "\n".join((text, *done.warnings))


def _fields(ledger: Ledger, snapshot: Snapshot) -> Iterator[FormField]:
    """A field for each column; an open one has a field for its choices, and one for what is none of them."""
    for column in ledger.columns:
        choices = _choices(column, ledger, snapshot)
        if not choices:
            yield FormField(
                column.id,
                column.name,
                "number" if column.is_quantity else "text",  # of a date often only the month is known
                value=column.default,
                required=column.required and not column.default,
                hint=_hint(column),
            )
            continue
        value = column.default if column.default in choices else ""
        pairs = tuple((choice, choice) for choice in choices)
        needed = column.required and not column.open
        label = f"{column.name} *" if column.required and column.open else column.name  # either of its two fields
        yield FormField(column.id, label, "choice", pairs, value, required=needed, hint=_hint(column))
        if column.open:
            yield FormField(column.id + _OTHER, _("{name}, if it is none of these").format(name=column.name))


def _choices(column: Column, ledger: Ledger, snapshot: Snapshot) -> tuple[str, ...]:
    """What can be chosen in a column; in an open one also what was typed there before, the latest first."""
    if not column.open:
        return column.choices
    typed = (row.values.get(column.id, "") for row in reversed(rows_of(snapshot, ledger.id)))
    return tuple(dict.fromkeys(filter(None, (*column.choices, *typed))))[:_MOST]


def _hint(column: Column) -> str:
    parts: list[str] = []
    if column.type == "date":
        parts.append(_("2023-03-08, 3月, 9-10月; as far as it is known"))
    elif column.type == "money":
        parts.append(_("元, or 13.0989万元"))
    elif column.units:
        parts.append(_(", ").join(column.units))
    if column.private:
        parts.append(_("stays in the office"))
    return _("; ").join(parts)


def _of_branch(plan: Plan) -> Iterable[FormField]:
    if plan.branches:
        pairs = tuple((branch.id, branch.name) for branch in plan.branches)
        yield FormField("branch", RESERVED["branch"], "choice", pairs)


def _of_plan(plan: Plan) -> Iterable[FormField]:
    yield from _of_branch(plan)
    yield FormField("task", RESERVED["task"], hint=_("its id, or a part of its title"))
    if plan.goals:
        pairs = tuple((goal.id, goal.title) for goal in plan.goals)
        yield FormField("goals", RESERVED["goals"], "choice", pairs)
