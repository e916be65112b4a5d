"""Putting a task off to another time: a status for the journal and the new time for the plan, in one act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.actions.editing import edit_plan
from planner.actions.marking import status_entry
from planner.actions.scheduling import decided, read_words, set_on
from planner.actions.target import Target, branches_of, current_occurrence
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

    Returns the entries, of one act. Raises UsageError where the words name no time that can be kept.
    """
    branches = branches_of(task, (), snapshot)
    occurrence = current_occurrence(task, slot, branches, snapshot)
    status = status_entry(session, snapshot, Target(task, occurrence, branches), POSTPONED, by=by, message=message)

    def edit(editor: PlanEditor) -> None:
        _new_time(editor, snapshot, task, occurrence, words)

    return edit_plan(session, snapshot, edit, by=by, message=message, also=[status])


def _new_time(editor: PlanEditor, snapshot: Snapshot, task: Task, occurrence: Occurrence, words: str) -> None:
    appointment = decided(words, task, snapshot.plan, snapshot.today)
    if appointment is not None:
        set_on(editor, task, occurrence, appointment)
        return
    reading = read_words(words, task, snapshot.plan, snapshot.today)
    if not reading.windows or not reading.certain or reading.recurs:
        message = _("“{words}” names no time to put it off to: {reason}")
        raise UsageError(message.format(words=printable(words), reason=printable(reading.reason)))
    if len(occurrences(task, snapshot.plan)) > 1:
        message = _("“{title}” happens several times; put one of them off to a day.")
        raise UsageError(message.format(title=printable(task.title)), _("For example: --to 2023-05-18"))
    editor.set("tasks", task.id, "when", words.strip())
    if task.on:
        editor.unset("tasks", task.id, "on")
