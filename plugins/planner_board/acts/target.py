"""What an act is about: the task, its time and the sub-unions under the cursor; asked for where it is not clear."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from planner.api import (
    CLOSED,
    PLANNED,
    Entry,
    Occurrence,
    Snapshot,
    Task,
    UsageError,
    _,
    branch_names,
    occurrence_name,
    occurrences,
    printable,
)
from planner_board.dialogs.choose import Choose, Option, choose_one
from planner_board.words.acts import acts_words, status_words

if TYPE_CHECKING:
    from planner_board.app import BoardApp


class Part(NamedTuple):
    """A task, or a part of it."""

    task: Task
    occurrence: Occurrence | None
    """None: the task as a whole."""
    branch: str | None
    """Id of the one sub-union that is meant; None: all that do it."""

    @property
    def slot(self) -> str | None:
        """The occurrence as the acts want it named."""
        return (self.occurrence.key or "1") if self.occurrence else None

    @property
    def branches(self) -> tuple[str, ...]:
        """As the acts want them named; none: all that do it."""
        return (self.branch,) if self.branch else ()

    def name(self, snapshot: Snapshot) -> str:
        """The title, with which part of it is meant."""
        several = self.occurrence is not None and len(occurrences(self.task, snapshot.plan)) > 1
        extras = [branch_names(self.branches, snapshot.plan) if self.branch else ""]
        extras.append(occurrence_name(self.occurrence) if several and self.occurrence else "")
        shown, title = _(", ").join(filter(None, extras)), printable(self.task.title)
        return _("{title} ({extra})").format(title=title, extra=shown) if shown else title


def here(app: BoardApp) -> Part:
    """What the cursor stands on. Raises UsageError where that is no task."""
    ref, task = app.current, app.selected
    if ref is None or task is None:
        raise UsageError(_("There is no task at the cursor."), _("Go to a task first."))
    known = {o.key: o for o in occurrences(task, app.snapshot.plan)}
    branch = ref.branch if ref.branch in task.branches else None
    return Part(task, known.get(ref.occurrence) if ref.occurrence is not None else None, branch)


def now(task: Task, snapshot: Snapshot) -> Task:
    """The task as it is in `snapshot`. Raises UsageError where somebody took it out of the plan meanwhile."""
    found = snapshot.plan.task_by_id.get(task.id)
    if found is None:
        message = _("“{title}” is no longer in the plan: somebody took it out.")
        raise UsageError(message.format(title=printable(task.title)))
    return found


def cells(part: Part, snapshot: Snapshot, occurrence: Occurrence) -> list[str]:
    """The statuses of one occurrence of it, for the branches that are meant."""
    branches = part.branches or part.task.branches or ("",)
    return [snapshot.statuses.cell(part.task, occurrence.key, branch) for branch in branches]


async def one_time(app: BoardApp, part: Part, fits: Callable[[Sequence[str]], bool], question: str) -> Part | None:
    """`part` with one occurrence: that of the cursor, the only one whose statuses fit, or the one that a person
    chooses. None where they left.

    Where one that fits is going on today, that is the one.
    """
    snapshot = app.snapshot
    known = occurrences(part.task, snapshot.plan)
    if part.occurrence or len(known) == 1:
        return part._replace(occurrence=part.occurrence or known[0])
    fitting = [o for o in known if fits(cells(part, snapshot, o))] or list(known)
    today = [o for o in fitting if o.days and snapshot.today in o.days]
    if today or len(fitting) == 1:
        return part._replace(occurrence=(today or fitting)[0])
    return await chosen_time(app, part, fitting, question)


async def chosen_time(app: BoardApp, part: Part, among: Sequence[Occurrence], question: str) -> Part | None:
    """`part` with the occurrence that a person chooses; None where they left."""
    statuses = app.snapshot.statuses
    options = [
        Option(o.key or "1", occurrence_name(o), status_words(statuses.occurrence(part.task, o.key))) for o in among
    ]
    key = await choose_one(app, question.format(title=printable(part.task.title)), options)
    return part._replace(occurrence=next((o for o in among if (o.key or "1") == key), None)) if key else None


_ALL, _SEVERAL = " all", " several"
"""Answers that are no ids."""


async def some_branches(
    app: BoardApp, part: Part, question: str, chosen: Callable[[str], bool]
) -> tuple[str, ...] | None:
    """The sub-unions that a person chooses among those that do it: one, several, or all that are `chosen` (by status).

    ("",) for the office; None where they left, or chose none.
    """
    task, occurrence = part.task, part.occurrence
    if part.branch or len(task.branches) < 2:
        return part.branches or task.branches or ("",)
    assert occurrence is not None
    cells = {branch: app.snapshot.statuses.cell(task, occurrence.key, branch) for branch in task.branches}
    options = [Option(branch, _name(branch, app), status_words(status)) for branch, status in cells.items()]
    everybody = tuple(branch for branch, status in cells.items() if chosen(status))
    first = [Option(_ALL, _("All of these {n}").format(n=len(everybody)))] if everybody else []
    heading = question.format(title=part.name(app.snapshot))
    found = await choose_one(app, heading, [*first, *options, Option(_SEVERAL, _("Several of them ..."))])
    if found == _ALL:
        return everybody
    if found != _SEVERAL:
        return (found,) if found else None
    several: list[str] | None = await app.push_screen_wait(Choose(heading, options, multiple=True))
    return tuple(several) if several else None


def _name(branch: str, app: BoardApp) -> str:
    return branch_names((branch,), app.snapshot.plan)


def is_open(statuses: Collection[str]) -> bool:
    """Whether something is left to do."""
    return any(status not in CLOSED for status in statuses)


def is_changed(statuses: Collection[str]) -> bool:
    """Whether something was recorded."""
    return any(status != PLANNED for status in statuses)


def told(app: BoardApp, entries: Sequence[Entry], snapshot: Snapshot, before: Sequence[Task] = ()) -> str:
    """What to say of what was recorded; `before` should have come first. What was taken back before stays so."""
    if not entries:
        return _("Nothing was changed.")
    app.undone.clear()
    words, name = acts_words(entries, snapshot)[0]
    said = _("Recorded: {what} - {whom} (Ctrl+Z takes it back)").format(what=words, whom=name)
    if before:
        names = _(", ").join(printable(task.title) for task in before)
        said += " " + _("What comes before is not done: {titles}.").format(titles=names)
    return said
