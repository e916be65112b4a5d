"""What an act is about: which occurrence of a task, and which branches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from planner.dates.when import resolve
from planner.errors import UsageError
from planner.find import find_branch
from planner.i18n import _
from planner.journal.status import CLOSED, PLANNED
from planner.plan.model import Appointment, Task
from planner.plan.occurrence import Occurrence, occurrences
from planner.snapshot import Snapshot
from planner.text import printable
from planner.views.wording import occurrence_name


class Target(NamedTuple):
    """One occurrence of a task, or all of them (None), for some branches ("" alone: the office)."""

    task: Task
    occurrence: Occurrence | None
    branches: tuple[str, ...]


def branches_of(task: Task, named: Sequence[str], snapshot: Snapshot) -> tuple[str, ...]:
    """The branches that are meant: those `named` by id or name, else all that do the task; ("",) for the office.

    Raises UsageError for one that has no part in the task.
    """
    if not named:
        return task.branches or ("",)
    found = dict.fromkeys(find_branch(name, snapshot.plan).id for name in named)
    if not task.branches:
        message = _("“{title}” is done by the union office; it has no status of its own for a sub-union.")
        raise UsageError(message.format(title=printable(task.title)), _("Leave out --branch."))
    for branch in found:
        if branch not in task.branches:
            names = _(", ").join(printable(snapshot.plan.branch_by_id[b].name) for b in task.branches)
            message = _("{branch} has no part in “{title}”.").format(branch=branch, title=printable(task.title))
            raise UsageError(message, _("They are: {names}.").format(names=names))
    return tuple(found)


def current_occurrence(task: Task, words: str | None, branches: Sequence[str], snapshot: Snapshot) -> Occurrence:
    """The occurrence that `words` name; without words the one that is open now.

    Of several that is the first open one whose days hold today, else the only open one. Raises UsageError with the
    list where it is not clear.
    """
    known = occurrences(task, snapshot.plan)
    if words is not None:
        return named_occurrence(task, words, snapshot)
    if len(known) == 1:
        return known[0]
    if not known:
        raise UsageError(_("“{title}” has no date on which it could be done.").format(title=printable(task.title)))
    is_open = [o for o in known if any(snapshot.statuses.cell(task, o.key, b) not in CLOSED for b in branches)]
    now = [o for o in is_open if o.days and snapshot.today in o.days]
    if now or len(is_open) == 1:
        return (now or is_open)[0]
    if not is_open:
        raise UsageError(_("“{title}” is done in all its parts.").format(title=printable(task.title)))
    raise unclear(task, is_open)


def named_occurrence(task: Task, words: str, snapshot: Snapshot) -> Occurrence:
    """The occurrence that `words` name: its key, its number where it has none, or a time (3月, 2023-03-08).

    Of several slots of that time it is the first that is open. Raises UsageError with the list where it is not clear.
    """
    known = occurrences(task, snapshot.plan)
    for occurrence in known:
        if words.strip() == (occurrence.key or "1"):
            return occurrence
    meant = resolve(words, snapshot.plan.term).windows
    found = [o for o in known if o.days and any(w.start <= o.days.end and o.days.start <= w.end for w in meant)]
    alike = len({o.days for o in found}) == 1 and all(o.kind == "slot" for o in found)
    is_open = [o for o in found if snapshot.statuses.occurrence(task, o.key) not in CLOSED]
    if len(found) == 1 or alike:
        return (is_open or found)[0]
    if not found:
        message = _("“{title}” has no {words}; there are:\n{names}")
        title, said = printable(task.title), printable(words)
        raise UsageError(message.format(title=title, words=said, names=_listed(known)))
    raise unclear(task, found)


def occurrence_for(task: Task, appointment: Appointment, words: str | None, snapshot: Snapshot) -> Occurrence:
    """The occurrence that a decided day belongs to: the one that `words` name, else by the day itself.

    Raises UsageError where that is not clear. Whether the plan can hold the day there is seen when it is written.
    """
    if words is not None:
        return named_occurrence(task, words, snapshot)
    plan = snapshot.plan
    now = {o.key: o for o in occurrences(task, plan)}
    if len(now) == 1:
        return next(iter(now.values()))
    # As the plan has them without any decided day: a slot keeps its whole period.
    whole = [o for o in occurrences(task._replace(on=()), plan) if o.key in now]
    holding = [o for o in whole if o.days and appointment.start in o.days]
    free = [o for o in holding if not now[o.key].appointment] or holding
    if len(free) == 1 or (free and free[0].kind == "slot"):
        return now[free[0].key]
    raise unclear(task, list(now.values()))


def changed_occurrences(task: Task, branches: Sequence[str], snapshot: Snapshot) -> list[Occurrence]:
    """The occurrences that the journal says something of for one of `branches`."""
    return [
        o
        for o in occurrences(task, snapshot.plan)
        if any(snapshot.statuses.cell(task, o.key, branch) != PLANNED for branch in branches)
    ]


def unclear(task: Task, candidates: Sequence[Occurrence]) -> UsageError:
    """The error that asks which of several occurrences is meant."""
    message = _("Which one of “{title}” is meant?\n{names}")
    message = message.format(title=printable(task.title), names=_listed(candidates))
    hint = _("Name it: --slot {key}").format(key=candidates[0].key or "1") if candidates else None
    return UsageError(message, hint)


def _listed(candidates: Sequence[Occurrence]) -> str:
    return "\n".join(f"  {o.key or '1'}  {occurrence_name(o)}" for o in candidates[:12])
