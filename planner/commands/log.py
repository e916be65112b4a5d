"""`planner log`: what happened, who did it, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import click

from planner.find import find_branch, find_task
from planner.i18n import _, ngettext
from planner.journal.entry import EDIT, NOTE, REVISION, ROW, STATUS, UNDO, Entry, listed, undone
from planner.journal.lines import entry_json
from planner.output import echo, echo_json, terminal_width
from planner.parameters import Day, Number, Text, Word
from planner.session import Session
from planner.snapshot import Snapshot
from planner.text import hanging, printable, shorten
from planner.views.journal import kind_name, short_id, what, whom, why

KINDS = {kind: kind_name(kind) for kind in (STATUS, NOTE, ROW, EDIT, REVISION, UNDO)}


@click.command(help=_("What happened: when, who, what, why; the latest last."))
@click.argument("task", metavar="[TASK]", required=False)
@click.option("--branch", metavar="NAME", help=_("Only what concerns this sub-union"))
@click.option("--kind", "kinds", metavar="KIND", type=Word(KINDS), multiple=True, help=_("Only entries of this kind"))
@click.option("--by", metavar="NAME", type=Text(), help=_("Only what this person recorded"))
@click.option("--since", type=Day(), metavar="DATE", help=_("From this day on"))
@click.option("--until", type=Day(), metavar="DATE", help=_("Up to this day (included)"))
@click.option("--find", "words", metavar="TEXT", help=_("Only entries that hold this text"))
@click.option("-n", "most", type=Number(1, 1_000_000), default=50, show_default=True, help=_("The last so many"))
@click.pass_obj
def log(session: Session, /, task: str | None, branch: str | None, most: int, **filters: Any) -> None:
    """Print the entries that match."""
    snapshot = session.snapshot()
    plan = snapshot.plan
    known = list(session.store.entries(plan=plan.id))
    gone = undone(known)
    wanted = _filter(known, snapshot, task, find_branch(branch, plan).id if branch is not None else None, **filters)
    found = [entry for entry in known if wanted(entry)]
    if session.json:
        echo_json([{**entry_json(entry), "undone": entry.id in gone} for entry in found[-most:]])
        return
    if not found:
        echo(_("No entry matches.") if known else _nothing(session))
    else:
        echo(*_lines(found, most, gone, snapshot))


def _nothing(session: Session) -> str:
    others = session.store.count()
    if not others:
        return _("Nothing is recorded.")
    text = ngettext(
        "Nothing is recorded for this plan; the journal has {n} entry of a plan with another id.",
        "Nothing is recorded for this plan; the journal has {n} entries of plans with another id.",
        others,
    )
    return text.format(n=others)


class _Filter:
    """Which entries are wanted."""

    def __init__(self, snapshot: Snapshot, tasks: set[str] | None, branch: str | None, **rest: Any) -> None:
        self._snapshot, self._tasks, self._branch = snapshot, tasks, branch
        self._kinds: tuple[str, ...] = rest["kinds"]
        self._by: str | None = rest["by"]
        self._since: date = rest["since"] or date.min
        self._until: date = rest["until"] or date.max
        self._words: str | None = rest["words"]
        self._zone = ZoneInfo(snapshot.plan.timezone)

    def __call__(self, entry: Entry) -> bool:
        """Whether `entry` is wanted. What people were told is many entries, and only shown when asked for."""
        return (
            (entry.kind in self._kinds if self._kinds else entry.kind != REVISION)
            and (self._tasks is None or entry.task in self._tasks)
            and (self._branch is None or self._branch in (entry.branch, *listed(entry.data, "branches")))
            and (self._by is None or entry.author == self._by)
            and self._since <= entry.instant.astimezone(self._zone).date() <= self._until
            and (self._words is None or self._words in self._text(entry))
        )

    def _text(self, entry: Entry) -> str:
        """All that is told of an entry."""
        said = what(entry, snapshot=self._snapshot)
        return f"{said} {whom(entry, self._snapshot.plan)} {why(entry)}"


def _filter(known: list[Entry], snapshot: Snapshot, task: str | None, branch: str | None, **rest: Any) -> _Filter:
    if task is None:
        return _Filter(snapshot, None, branch, **rest)
    plan = snapshot.plan
    is_gone = task not in plan.task_by_id and any(entry.task == task for entry in known)
    return _Filter(snapshot, {task if is_gone else find_task(task, plan).id}, branch, **rest)


def _lines(found: list[Entry], most: int, gone: set[str], snapshot: Snapshot) -> Iterator[str]:
    if len(found) > most:
        yield _("The last {n} of {all} entries; -n shows more.").format(n=most, all=len(found))
    plan = snapshot.plan
    zone = ZoneInfo(plan.timezone)
    rows = []
    for entry in found[-most:]:
        text = "  ".join(filter(None, (what(entry, snapshot=snapshot), whom(entry, plan), why(entry))))
        if entry.id in gone:
            text = _("[taken back] {text}").format(text=text)
        when = f"{entry.instant.astimezone(zone):%Y-%m-%d %H:%M}"
        rows.append((when, short_id(entry), shorten(printable(entry.author), 16), text))
    yield from hanging(rows, terminal_width())
