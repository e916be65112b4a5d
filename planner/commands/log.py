"""`planner log`: what happened, who did it, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import click

from planner.find import find_branch
from planner.i18n import _
from planner.journal.entry import REVISION, Entry, undone
from planner.journal.lines import entry_json
from planner.output import echo, echo_json, report, terminal_width
from planner.parameters import Day
from planner.plan.model import Plan
from planner.session import Session
from planner.text import hanging, printable, shorten
from planner.views.journal import short_id, what, whom, why

_KINDS = ("status", "note", "row", "edit", "revision", "undo")


@click.command(help=_("What happened: when, who, what, why; the latest last."))
@click.argument("task", metavar="[TASK]", required=False)
@click.option("--branch", metavar="NAME", help=_("Only what concerns this sub-union"))
@click.option("--kind", "kinds", type=click.Choice(_KINDS), multiple=True, help=_("Only entries of this kind"))
@click.option("--by", metavar="NAME", help=_("Only what this person recorded"))
@click.option("--since", type=Day(), metavar="DATE", help=_("From this day on"))
@click.option("--until", type=Day(), metavar="DATE", help=_("Up to this day (included)"))
@click.option("--find", "words", metavar="TEXT", help=_("Only entries that hold this text"))
@click.option("-n", "most", type=click.IntRange(1), default=50, show_default=True, help=_("The last so many"))
@click.pass_obj
def log(session: Session, /, task: str | None, branch: str | None, most: int, **filters: Any) -> None:
    """Print the entries that match."""
    plan = session.snapshot(report).plan
    known = list(session.store.entries(plan=plan.id))
    gone = undone(known)
    wanted = _filter(plan, task, find_branch(branch, plan).id if branch is not None else None, **filters)
    found = [entry for entry in known if wanted(entry)]
    if session.json:
        echo_json([{**entry_json(entry), "undone": entry.id in gone} for entry in found[-most:]])
        return
    echo(*_lines(found, most, gone, plan))


class _Filter:
    """Which entries are wanted."""

    def __init__(self, plan: Plan, tasks: set[str] | None, branch: str | None, **rest: Any) -> None:
        self._plan, self._tasks, self._branch = plan, tasks, branch
        self._kinds: tuple[str, ...] = rest["kinds"]
        self._by: str | None = rest["by"]
        self._since: date = rest["since"] or date.min
        self._until: date = rest["until"] or date.max
        self._words: str | None = rest["words"]
        self._zone = ZoneInfo(plan.timezone)

    def __call__(self, entry: Entry) -> bool:
        """Whether `entry` is wanted. What people were told is many entries, and only shown when asked for."""
        return (
            (entry.kind in self._kinds if self._kinds else entry.kind != REVISION)
            and (self._tasks is None or entry.task in self._tasks)
            and (self._branch is None or self._branch in (entry.branch, *_listed(entry)))
            and (self._by is None or entry.author == self._by)
            and self._since <= entry.instant.astimezone(self._zone).date() <= self._until
            and (self._words is None or self._words in f"{what(entry)} {whom(entry, self._plan)} {why(entry)}")
        )


def _filter(plan: Plan, task: str | None, branch: str | None, **rest: Any) -> _Filter:
    return _Filter(plan, None if task is None else {_task_id(task, plan)}, branch, **rest)


def _task_id(words: str, plan: Plan) -> str:
    """A task of the plan; or a task that is no longer in it, by its id."""
    from planner.errors import UsageError
    from planner.find import find_task

    try:
        return find_task(words, plan).id
    except UsageError:
        if words.isascii() and words.replace("-", "").isalnum():
            return words
        raise


def _listed(entry: Entry) -> tuple[str, ...]:
    branches = entry.data.get("branches")
    return tuple(branches) if isinstance(branches, list) else ()


def _lines(found: list[Entry], most: int, gone: set[str], plan: Plan) -> Iterator[str]:
    if not found:
        yield _("Nothing is recorded.")
    if len(found) > most:
        yield _("The last {n} of {all} entries; -n shows more.").format(n=most, all=len(found))
    zone = ZoneInfo(plan.timezone)
    rows = []
    for entry in found[-most:]:
        text = "  ".join(filter(None, (what(entry), whom(entry, plan), why(entry))))
        if entry.id in gone:
            text = _("[taken back] {text}").format(text=text)
        when = f"{entry.instant.astimezone(zone):%Y-%m-%d %H:%M}"
        rows.append((when, short_id(entry), shorten(printable(entry.author), 16), text))
    yield from hanging(rows, terminal_width())
