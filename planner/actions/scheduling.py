"""Deciding a day: from a person's words to the value of `on`, put where the occurrence wants it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from planner.dates.relative import anchored
from planner.dates.when import When, mentions, resolve
from planner.errors import UsageError
from planner.i18n import _
from planner.plan.model import Appointment, Plan, Task
from planner.plan.occurrence import Occurrence
from planner.text import printable
from planner.views.wording import full_day

_BARE_DAY = re.compile(r"\d{1,2}[日号]")
_CLOCK = re.compile(r"[\d一二三四五六七八九十两] ?[:：点时]")

if TYPE_CHECKING:
    from planner.plan.edit import PlanEditor


def read_words(words: str, task: Task | None, plan: Plan, today: date) -> When:
    """What `words` mean, said today: 下周三下午2点, 3月8日 14:00-16:00, 16日 in the month of the task."""
    span = task.span if task else None
    heading = span.start.month if span and span.start.month == span.end.month else None
    return resolve(anchored(words, today), plan.term, heading)


def is_all_time(words: str, plan: Plan) -> bool:
    """Whether nothing in `words` is left over when its times are read: what is not understood must not get lost."""
    end = 0
    for mention in mentions(words, plan.term):
        if words[end : mention.start].strip(" ，,"):
            return False
        end = mention.end
    return not words[end:].strip()


def decided(words: str, task: Task | None, plan: Plan, today: date) -> Appointment | None:
    """The day that `words` decide, or None where they name a longer time (三月) or none at all.

    Raises UsageError for a day that does not exist or lies outside of the term.
    """
    reading = read_words(words, task, plan, today)
    if reading.precision != "day" or not reading.certain or len(reading.windows) != 1 or reading.recurs:
        return None
    start, end = reading.windows[0]
    if (end - start).days > 14:
        return None
    if start < plan.term.start or end > plan.term.end:
        message = _("{day} lies outside of the term {start} to {end}.")
        raise UsageError(message.format(day=full_day(start), start=plan.term.start, end=plan.term.end))
    begins, ends = reading.time or (None, None)
    if begins and start != end:
        raise UsageError(_("Several days have no common time of day; name a single day, or leave the time out."))
    return Appointment(start, end, begins, ends)


def must_decide(words: str, task: Task, plan: Plan, today: date) -> Appointment:
    """Like `decided`; raises UsageError with the reason where the words decide no day."""
    appointment = decided(words, task, plan, today)
    if appointment is not None and not _is_understood(words, appointment, plan, today):
        message = _("“{words}” was understood only in part, as {day}.")
        hint = _("Write the day and the time of day alone: 2023-03-08 14:00-16:00; several days have no time of day.")
        raise UsageError(message.format(words=printable(words), day=on_text(appointment)), hint)
    if appointment is None:
        reading = read_words(words, task, plan, today)
        message = _("“{words}” names no single day: {reason}")
        hint = _("For example: planner schedule {id} “2023-03-08 14:00-16:00” or 下周三下午2点")
        raise UsageError(
            message.format(words=printable(words), reason=printable(reading.reason)), hint.format(id=task.id)
        )
    return appointment


def _is_understood(words: str, appointment: Appointment, plan: Plan, today: date) -> bool:
    """Whether all of `words` is in the appointment. 16日, read with the month of its task, is no mention by itself."""
    said = anchored(words, today).strip()
    all_read = is_all_time(said, plan) or bool(_BARE_DAY.match(said))
    return all_read and (appointment.begins is not None or not _CLOCK.search(said))


def on_text(appointment: Appointment) -> str:
    """A decided day as the plan writes it: 2023-03-08 14:00-16:00."""
    days = str(appointment.start)
    if appointment.end != appointment.start:
        days += f"/{appointment.end}"
    if appointment.begins:
        days += f" {appointment.begins:%H:%M}"
        if appointment.ends:
            days += f"-{appointment.ends:%H:%M}"
    return days


def set_on(editor: PlanEditor, task: Task, occurrence: Occurrence, appointment: Appointment | None) -> None:
    """Write the decided day of one occurrence into `on`, and leave those of the others; None takes it back."""
    others = list(task.on)
    if occurrence.appointment in others:
        others.remove(occurrence.appointment)
    kept = sorted([*others, *([appointment] if appointment else [])], key=lambda a: (a.start, str(a.begins or "")))
    if not kept:
        editor.unset("tasks", task.id, "on")
    elif len(kept) == 1:
        editor.set("tasks", task.id, "on", on_text(kept[0]))
    else:
        editor.set("tasks", task.id, "on", [on_text(each) for each in kept])
