"""Conditions of rates, rules and stages: which rows fulfil them, and how they are called in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from planner.api import _, printable
from planner_ledger.stages import stage_of
from planner_ledger.typed import key_name
from planner_ledger.values import known_days

if TYPE_CHECKING:
    from planner.api import Plan, Term, Window
    from planner_ledger.model import Condition, Ledger
    from planner_ledger.rows import Row

ANY = "*"
"""Stands for every value but none."""
_YES_OR_NO = frozenset(("是", "否"))


def texts_of(row: Row, key: str, ledger: Ledger) -> tuple[str, ...]:
    """What a row has in a column (its id) or by a key of `RESERVED`: no text for nothing, several for goals alone."""
    column = ledger.column_by_id.get(key)
    if column:
        text = row.text(column)
    elif key == "stage":
        stage = stage_of(row, ledger)
        text = stage.id if stage else row.stage
    elif key == "goals":
        return row.goals
    else:
        text = {"task": row.task, "branch": row.branch, "into": row.into}.get(key, "")
    return (text,) if text else ()


def goals_of(row: Row, ledger: Ledger, plan: Plan) -> tuple[str, ...]:
    """Ids of the goals that a row serves: its own, else those of its task, else that of its ledger."""
    if row.goals:
        return row.goals
    task = plan.task_by_id.get(row.task)
    if task and task.goals:
        return task.goals
    return (ledger.goal,) if ledger.goal else ()


def row_days(row: Row, ledger: Ledger, term: Term) -> Window | None:
    """The days that the row's date covers, inclusive; None for none, and for words that name no time any more."""
    return known_days(row.text(ledger.day), term) if ledger.day else None


def fulfils(row: Row, condition: Condition, ledger: Ledger) -> bool:
    """Whether a row has in each column one of the values that the condition wants there."""
    for key, wanted in condition.items():
        texts = texts_of(row, key, ledger)
        if not (any(text in wanted for text in texts) or (ANY if texts else "") in wanted):
            return False
    return True


def counts(row: Row, conditions: Iterable[Condition], ledger: Ledger) -> bool:
    """Whether a row fulfils one of `conditions`, as rates and stated totals count.

    A row that was merged into another is no case of its own, whatever stands in it: it counts only where everything
    counts (a condition without any column), or where the condition speaks of `into`.
    """
    for condition in conditions:
        if (not row.into or not condition or "into" in condition) and fulfils(row, condition, ledger):
            return True
    return False


def condition_words(condition: Condition, ledger: Ledger, without: Iterable[str] = (), *, named: bool = False) -> str:
    """A condition in words: 立案, 满意或基本满意; "" for none. The columns in `without` go without saying.

    With `named` each of the others is named: 审核结果“立案”.
    """
    passed_over = frozenset(without)
    parts = (_wanted(key, wanted, ledger, named=named) for key, wanted in condition.items() if key not in passed_over)
    return _(", ").join(parts)


def conditions_words(
    conditions: Sequence[Condition], ledger: Ledger, without: Iterable[str] = (), *, named: bool = False
) -> str:
    """Several conditions, of which one is wanted, in words; "" where one of them wants nothing."""
    words = [condition_words(condition, ledger, without, named=named) for condition in conditions]
    return _("; or ").join(dict.fromkeys(words)) if all(words) else ""


def _wanted(key: str, wanted: Sequence[str], ledger: Ledger, *, named: bool) -> str:
    """立案, with a 满意度, without an answer day: 材料齐全 for what alone says nothing."""
    column, name = ledger.column_by_id.get(key), key_name(key, ledger)
    if ANY in wanted:
        return _("{column} filled in").format(column=name)
    if not any(wanted):
        return _("{column} empty").format(column=name)
    values = _(" or ").join(value_name(key, text, ledger) for text in wanted if text)
    alone = not named and column is not None and bool(column.choices) and not _YES_OR_NO & {*wanted}
    return values if alone else _("{column} {values}").format(column=name, values=values)


def value_name(key: str, text: str, ledger: Ledger) -> str:
    """A value for people: the name of a stage, else as it is kept."""
    stage = ledger.stage_by_id.get(text) if key == "stage" else None
    return printable(stage.name if stage else text)
