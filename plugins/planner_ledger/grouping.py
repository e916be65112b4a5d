"""What rows have in common: a kind, a month, a branch, a goal, a task, a stage, or the value of a column."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from collections.abc import Mapping
from typing import NamedTuple

from planner.api import OFFICE, Snapshot, Term, UsageError, _, month_name, printable
from planner_ledger.awards import value_order
from planner_ledger.conditions import goals_of, row_days
from planner_ledger.model import Column, Ledger
from planner_ledger.rows import Row
from planner_ledger.stages import stage_of
from planner_ledger.values import known_days, quantity_of

ACROSS, UNDATED = "across", "undated"
"""Keys of rows that cover more than one period, and of those that say no day."""
BY: Mapping[str, str] = {
    "kind": "类别", "month": "月份", "quarter": "季度", "year": "年份", "branch": "分工会", "goal": "目标",
    "task": "事项", "stage": "阶段",
}  # fmt: skip
"""What rows can be grouped by besides columns, with the names that people may type."""
_PERIODS = ("month", "quarter", "year")
_SHORT: Mapping[str, str] = {"月": "month", "季": "quarter", "年": "year"}
_LAST = 1 << 30


class Key(NamedTuple):
    """What a row has in common with others."""

    order: tuple[int, int, str]
    """Sorts the groups."""
    key: str
    title: str
    """Printable."""


def grouping(words: str, ledger: Ledger) -> str:
    """A word of `BY` or the id of a column, as people type it. Raises UsageError, which lists them, for others."""
    plain = words.strip()
    if plain in ledger.column_by_id:
        return plain
    named = {**_SHORT, **{name: word for word, name in BY.items()}, **{c.name: c.id for c in ledger.columns}}
    word = plain if plain in BY else named.get(plain, "")
    if word in ledger.column_by_id or (word in BY and _has(word, ledger)):
        return word
    message = _("The ledger “{ledger}” cannot be grouped by “{words}”.")
    names = [name for word, name in BY.items() if _has(word, ledger)]
    names += [printable(c.name) for c in ledger.columns if c.name not in names]
    hint = _("They are: {names}.").format(names=_(", ").join(names))
    raise UsageError(message.format(ledger=printable(ledger.name), words=printable(words)), hint)


def _has(word: str, ledger: Ledger) -> bool:
    if word == "kind":
        return ledger.kind is not None
    if word in _PERIODS:
        return ledger.day is not None
    return word != "stage" or bool(ledger.stages)


def column_for(by: str, ledger: Ledger) -> Column | None:
    """The column that rows are grouped by; None for what is none."""
    return ledger.column_by_id.get(by) or (ledger.kind if by == "kind" else None)


def by_name(by: str, ledger: Ledger) -> str:
    """What rows are grouped by, for people: the name of the column where it is one."""
    column = column_for(by, ledger)
    return printable(column.name) if column else BY[by]


def keys_of(row: Row, ledger: Ledger, by: str, snapshot: Snapshot) -> list[Key]:
    """The groups in which a row stands: one, but for a row that serves several goals."""
    if column := column_for(by, ledger):
        return [_of_column(row, column, snapshot.plan.term)]
    if by in _PERIODS:
        return [_of_period(row, ledger, by, snapshot.plan.term)]
    if by == "goal":
        return _of_goals(row, ledger, snapshot)
    if by == "branch":
        return [_of_branch(row, snapshot)]
    return [_of_task(row, snapshot) if by == "task" else _of_stage(row, ledger)]


def _of_column(row: Row, column: Column, term: Term) -> Key:
    text = row.text(column)
    title = printable(text) if text else _("{column} empty").format(column=printable(column.name))
    if not text:
        return Key((_LAST, 0, ""), "", title)
    if column.choices:
        return Key(value_order(text, column), text, title)
    if column.type == "date":
        days = known_days(text, term)
        return Key((days.start.toordinal(), days.end.toordinal(), text) if days else (_LAST - 1, 0, text), text, title)
    number = quantity_of(text, column)
    return Key((int(number.number * 100) if number else 0, 0, text), text, title)


def _of_period(row: Row, ledger: Ledger, by: str, term: Term) -> Key:
    """The month, quarter or year in which all days of a row lie. Nothing is split, and no day is guessed."""
    days = row_days(row, ledger, term)
    if days is None:
        return Key((_LAST, 1, ""), UNDATED, _("no time given"))
    first, last = _period(days.start.year, days.start.month, by), _period(days.end.year, days.end.month, by)
    if first != last:
        titles = {"month": _("over several months"), "quarter": _("over several quarters")}
        return Key((_LAST, 0, ""), ACROSS, titles.get(by, _("over several years")))
    year, number = first
    if by == "month":
        return Key((year, number, ""), f"{year:04}-{number:02}", month_name((year, number), term))
    if by == "quarter":
        title = _("quarter {number} of {year}").format(number=number, year=year)
        return Key((year, number, ""), f"{year:04}-q{number}", title)
    return Key((year, 0, ""), f"{year:04}", _("year {year}").format(year=year))


def _period(year: int, month: int, by: str) -> tuple[int, int]:
    return year, {"month": month, "quarter": (month + 2) // 3}.get(by, 0)


def _of_goals(row: Row, ledger: Ledger, snapshot: Snapshot) -> list[Key]:
    known, found = snapshot.plan.goal_by_id, goals_of(row, ledger, snapshot.plan)
    if not found:
        return [Key((_LAST, 0, ""), "", _("no goal"))]
    return [
        Key((known[id_].position, 0, ""), id_, printable(known[id_].title))
        if id_ in known
        else Key((_LAST - 1, 0, id_), id_, _unknown(id_))
        for id_ in found
    ]


def _of_branch(row: Row, snapshot: Snapshot) -> Key:
    branch = snapshot.plan.branch_by_id.get(row.branch)
    if branch:
        return Key((branch.position + 1, 0, ""), branch.id, printable(branch.name))
    return Key((_LAST, 0, row.branch), row.branch, _unknown(row.branch)) if row.branch else Key((0, 0, ""), "", OFFICE)


def _of_task(row: Row, snapshot: Snapshot) -> Key:
    task = snapshot.plan.task_by_id.get(row.task)
    if task:
        return Key((task.position, 0, ""), task.id, printable(task.title))
    return (
        Key((_LAST - 1, 0, row.task), row.task, _unknown(row.task))
        if row.task
        else Key((_LAST, 0, ""), "", _("no task"))
    )


def _of_stage(row: Row, ledger: Ledger) -> Key:
    stage = stage_of(row, ledger)
    if stage:
        return Key((ledger.stages.index(stage), 0, ""), stage.id, printable(stage.name))
    return Key((_LAST, 0, row.stage), row.stage, _unknown(row.stage))


def _unknown(id_: str) -> str:
    """For what the plan no longer has."""
    return _("{id} (not in the plan)").format(id=printable(id_))
