"""Which rows are wanted: the options that lists and totals share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from planner.api import Day, UsageError, _, find_branch, find_goal, find_task, printable
from planner_ledger.typed import Mistake, find_stage, key_name, key_of, pairs_of, read
from planner_ledger.values import days_of, said_on

if TYPE_CHECKING:
    from planner.api import Snapshot
    from planner_ledger.model import Column, Ledger
    from planner_ledger.totals import Filter

Command = Callable[..., Any]
_OFFICE = ("", "工会", "本级")


class Wanted(NamedTuple):
    """The options as they were typed."""

    where: Sequence[str] = ()
    since: date | None = None
    until: date | None = None
    branch: str | None = None
    task: str | None = None
    goal: str | None = None
    stage: str | None = None


def filtering(function: Command) -> Command:
    """The options --where, --from, --to, --branch, --task, --goal and --stage; `Wanted(**…)` takes their values."""
    texts = {
        "where": _("Only rows with this value: KEY=VALUE; KEY=* any, KEY= none; may be repeated"),
        "branch": _("Only rows of this sub-union (id or name; empty: of the union office)"),
        "task": _("Only rows of this task"),
        "goal": _("Only rows that serve this goal"),
        "stage": _("Only rows that stand at this stage"),
    }
    for option in (
        click.option("--stage", metavar="NAME", help=texts["stage"]),
        click.option("--goal", metavar="GOAL", help=texts["goal"]),
        click.option("--task", metavar="TASK", help=texts["task"]),
        click.option("--branch", metavar="NAME", help=texts["branch"]),
        click.option("--to", "until", type=Day(), metavar="DATE", help=_("Up to this day (included)")),
        click.option("--from", "since", type=Day(), metavar="DATE", help=_("From this day on")),
        click.option("--where", metavar="KEY=VALUE", multiple=True, help=texts["where"]),
    ):
        function = option(function)
    return function


def filter_of(wanted: Wanted, ledger: Ledger, snapshot: Snapshot) -> Filter:
    """What was typed, as ids and canonical values of a ledger. Raises UsageError."""
    from planner_ledger.totals import Filter

    plan = snapshot.plan
    branch = wanted.branch
    return Filter(
        where=_where(wanted.where, ledger, snapshot),
        since=wanted.since,
        until=wanted.until,
        branch=branch if branch is None else "" if branch.strip() in _OFFICE else find_branch(branch, plan).id,
        task=None if wanted.task is None else find_task(wanted.task, plan).id,
        goal=None if wanted.goal is None else find_goal(wanted.goal, plan).id,
        stage=None if wanted.stage is None else find_stage(wanted.stage, ledger).id,
    )


def _where(words: Iterable[str], ledger: Ledger, snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, text in pairs_of(words):
        key = key_of(name, ledger)
        if text is None:
            message = _("“{word}” is not of the form key=value, such as {example}.")
            raise UsageError(message.format(word=printable(name), example=f"{key_name(key, ledger)}=…"))
        found[key] = (*found.get(key, ()), *_value(key, text.strip(), ledger, snapshot))
    return found


def _value(key: str, text: str, ledger: Ledger, snapshot: Snapshot) -> tuple[str, ...]:
    """A value that is looked for, as rows keep it; of texts and days any part will do."""
    column = ledger.column_by_id.get(key)
    if text in ("", "*") or (column and column.type == "text"):
        return (text,)
    if column and column.type == "date":
        return (_days_said(text, column, snapshot),)
    said, wrong = read([(key, text)], ledger, snapshot)
    if wrong:
        raise _refused(wrong[0], ledger)
    value = said.values.get(key) if column else getattr(said, key)
    return value if isinstance(value, tuple) else (value or "",)


def _days_said(text: str, column: Column, snapshot: Snapshot) -> str:
    """The words of a date, as rows keep them. Raises UsageError for what is none."""
    said = said_on(text, snapshot.today)
    try:
        days_of(said, snapshot.plan.term)
    except ValueError as error:
        message = _("{name}: {message}").format(name=printable(column.name), message=error)
        raise UsageError(message) from None
    return said


def _refused(mistake: Mistake, ledger: Ledger) -> UsageError:
    text = _("{name}: {message}")
    return UsageError(text.format(name=key_name(mistake.key, ledger), message=mistake.message), mistake.hint or None)
