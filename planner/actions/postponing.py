"""Putting a task off to another time: a status for the journal and the new time for the plan, in one act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.actions.editing import edit_plan
from planner.actions.marking import status_entry
from planner.actions.scheduling import read_words, set_on, wholly_decided
from planner.actions.target import Target, branches_of, current_occurrence
from planner.dates.relative import anchored
from planner.dates.when import When, resolve
from planner.dates.window import clipped
from planner.errors import UsageError
from planner.i18n import _
from planner.journal.entry import Entry
from planner.journal.status import POSTPONED
from planner.plan.model import Task
from planner.plan.occurrence import Occurrence, occurrences
from planner.snapshot import Snapshot
from planner.text import printable

if TYPE_CHECKING:
    from planner.plan.edit import PlanEditor
    from planner.session import Session


def postpone_to(
    session: Session,
    snapshot: Snapshot,
    task: Task,
    slot: str | None,
    words: str,
    *,
    by: str | None = None,
    message: str = "",
) -> list[Entry]:
    """Put one occurrence off to `words`: a day goes into `on`, a longer time replaces `when` and a decided day.

    Returns the entries, of one act. Raises UsageError where the words name no time that can be
    kept, or the plan would take it for the time of another occurrence.
    """
    branches = branches_of(task, (), snapshot)
    occurrence = current_occurrence(task, slot, branches, snapshot)
    status = status_entry(session, snapshot, Target(task, occurrence, branches), POSTPONED, by=by, message=message)

    def edit(editor: PlanEditor) -> None:
        _new_time(editor, snapshot, task, occurrence, words)

    return edit_plan(session, snapshot, edit, by=by, message=message, also=[status])


def _new_time(editor: PlanEditor, snapshot: Snapshot, task: Task, occurrence: Occurrence, words: str) -> None:
    appointment = wholly_decided(words, task, snapshot.plan, snapshot.today)
    if appointment is not None:
        set_on(editor, snapshot.plan, task, occurrence, appointment)
        return
    reading = read_words(words, task, snapshot.plan, snapshot.today)
    if not reading.windows or not reading.certain or reading.recurs:
        message = _("“{words}” names no time to put it off to: {reason}")
        raise UsageError(message.format(words=printable(words), reason=printable(reading.reason)))
    if len(occurrences(task, snapshot.plan)) > 1:
        message = _("“{title}” happens several times; put one of them off to a day.")
        raise UsageError(message.format(title=printable(task.title)), _("For example: --to 2023-05-18"))
    editor.set("tasks", task.id, "when", _lasting(words, reading, snapshot, task, occurrence))
    if task.on:
        editor.unset("tasks", task.id, "on")


def _lasting(words: str, reading: When, snapshot: Snapshot, task: Task, occurrence: Occurrence) -> str:
    """`words` as the plan can keep them, days that count from today as dates.

    Raises UsageError where they would mean something else there, or make the task another one or several.
    """
    term = snapshot.plan.term
    written = anchored(words, snapshot.today).strip()
    timing = resolve(written, term)
    if not timing.certain or timing.windows != reading.windows:
        message = _("“{words}” would not mean the same in the plan, where neither today nor the month is known.")
        example = "2023-05-08/2023-05-31"
        raise UsageError(
            message.format(words=printable(words)), _("Write it like this: {example}").format(example=example)
        )
    later = task._replace(when=written, timing=timing, windows=clipped(timing.windows, term.window), on=())
    if [o.key for o in occurrences(later, snapshot.plan)] != [occurrence.key]:
        message = _("“{words}” would not be one other time of “{title}”, but make something else of it.")
        hint = _("Name a single time, or change the plan itself: planner edit {id} when=…").format(id=task.id)
        raise UsageError(message.format(words=printable(words), title=printable(task.title)), hint)
    return written
