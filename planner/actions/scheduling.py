"""Deciding a day: from a person's words to the value of `on`, put where the occurrence wants it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from planner.dates.relative import anchored
from planner.dates.when import When, mentions, resolve
from planner.errors import UsageError
from planner.i18n import _
from planner.plan.build import build_plan
from planner.plan.model import Appointment, Plan, Task
from planner.plan.occurrence import Occurrence, occurrences
from planner.text import printable
from planner.views.wording import full_day, occurrence_name

_TIME_OF_DAY = re.compile(
    "[\\d一二三四五六七八九十两] ?[:：点时]|[上中下正]午|午[前后间]|早[上晨]|清晨|凌晨|傍晚|夜|晚|课间|节课"
)
_CHOICE = re.compile("或|还是")
_LONGER = frozenset(("deadline", "before", "after", "around", "until", "from"))
"""Readings that are counted from a day, but do not decide one: 5月18日前."""
_Days = tuple[Appointment, ...]

if TYPE_CHECKING:
    from planner.plan.edit import PlanEditor


def read_words(words: str, task: Task | None, plan: Plan, today: date) -> When:
    """What `words` mean, said today: 下周三下午2点, 3月8日 14:00-16:00, 16日 in the month of the task."""
    return resolve(anchored(words, today), plan.term, _heading(task))


def _heading(task: Task | None) -> int | None:
    """The month that a task is in."""
    span = task.span if task else None
    return span.start.month if span and span.start.month == span.end.month else None


def is_all_time(words: str, plan: Plan, month: int | None = None) -> bool:
    """Whether nothing in `words` is left over when its times are read: what is not understood must not get lost."""
    end = 0
    for mention in mentions(words, plan.term, month):
        if words[end : mention.start].strip(" ，,"):
            return False
        end = mention.end
    return not words[end:].strip()


def decided(words: str, task: Task | None, plan: Plan, today: date) -> Appointment | None:
    """The day that all of `words` decide, or None.

    None where they name a longer time (三月, 5月18日前) or none at all, and where they say more than `on` can hold: a
    下午 without a clock time, a place. Raises UsageError for a day outside of the term.
    """
    appointment = _day_in(words, task, plan, today)
    return appointment if appointment and _is_understood(words, appointment, task, plan, today) else None


def wholly_decided(words: str, task: Task | None, plan: Plan, today: date) -> Appointment | None:
    """Like `decided`, but raises UsageError where `words` name a day and something more that would get lost."""
    appointment = _day_in(words, task, plan, today)
    if appointment is None or _is_understood(words, appointment, task, plan, today):
        return appointment
    message = _("“{words}” was understood only in part, as {day}.")
    if appointment.start != appointment.end:
        hint = _("Write the days alone, without a time of day: 2023-03-08/2023-03-09.")
    else:
        hint = _("Write the day alone or with a clock time (2023-03-08 14:00-16:00), and leave out the rest.")
    raise UsageError(message.format(words=printable(words), day=on_text(appointment)), hint)


def must_decide(words: str, task: Task, plan: Plan, today: date) -> Appointment:
    """Like `wholly_decided`; raises UsageError with the reason where the words decide no day."""
    appointment = wholly_decided(words, task, plan, today)
    if appointment is None:
        reading = read_words(words, task, plan, today)
        message = _("“{words}” names no single day: {reason}")
        hint = _("For example: planner schedule {id} 2023-03-08 14:00-16:00 or 下周三下午2点")
        raise UsageError(
            message.format(words=printable(words), reason=printable(reading.reason)), hint.format(id=task.id)
        )
    return appointment


def _day_in(words: str, task: Task | None, plan: Plan, today: date) -> Appointment | None:
    """The day that `words` name, whatever else they say. Raises UsageError for one outside of the term."""
    reading = read_words(words, task, plan, today)
    if reading.precision != "day" or not reading.certain or len(reading.windows) != 1 or reading.recurs:
        return None
    start, end = reading.windows[0]
    if (end - start).days > 14 or reading.note.code in _LONGER:
        return None
    if start < plan.term.start or end > plan.term.end:
        message = _("{day} lies outside of the term {start} to {end}.")
        raise UsageError(message.format(day=full_day(start), start=plan.term.start, end=plan.term.end))
    begins, ends = reading.time or (None, None)
    if begins and start != end:
        raise UsageError(_("Several days have no common time of day; name a single day, or leave the time out."))
    return Appointment(start, end, begins, ends)


def _is_understood(words: str, appointment: Appointment, task: Task | None, plan: Plan, today: date) -> bool:
    """Whether all of `words` is in the appointment."""
    said, month = anchored(words, today).strip(), _heading(task)
    clocks = {mention.when.time for mention in mentions(said, plan.term, month) if mention.when.time}
    if not is_all_time(said, plan, month) or len(clocks) > 1 or _CHOICE.search(said):
        return False
    return appointment.begins is not None or not _TIME_OF_DAY.search(said)


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


def set_on(editor: PlanEditor, plan: Plan, task: Task, occurrence: Occurrence, appointment: Appointment | None) -> None:
    """Write the decided day of one occurrence into `on`; None takes it back. All others keep their days and keys.

    Raises UsageError, with what can be done instead, where there is no such way: the journal and calendars would take
    one occurrence for another.
    """
    before = {o.key: o.appointment for o in occurrences(task, plan)}
    refused: dict[str, Appointment | None] = {}
    for on in _ways(task.on, occurrence.appointment, appointment):
        after = {o.key: o.appointment for o in occurrences(task._replace(on=_read_back(on, plan)), plan)}
        if after.get(occurrence.key) == appointment and _others(after, occurrence) == _others(before, occurrence):
            _write(editor, task, on)
            return
        refused = refused or after
    if appointment is None:
        raise _not_cleared(task, occurrence)
    raise _misplaced(task, plan, occurrence, appointment, refused)


def _others(found: dict[str, Appointment | None], occurrence: Occurrence) -> dict[str, Appointment | None]:
    return {key: day for key, day in found.items() if key != occurrence.key}


def _ways(on: _Days, old: Appointment | None, new: Appointment | None) -> Iterator[_Days]:
    """The values of `on` with `new` for `old`: in order of time, else in the place of the old one, else at the end."""
    if old is None:
        yield from _orders((*on, new) if new else on)
        return
    for n in (n for n, appointment in enumerate(on) if appointment == old):
        rest = (*on[:n], *on[n + 1 :])
        if new is None:
            yield rest
        else:
            yield from _orders((*on[:n], new, *on[n + 1 :]))
            yield (*rest, new)


def _orders(on: _Days) -> Iterator[_Days]:
    yield tuple(sorted(on, key=lambda a: (a.start, a.end, str(a.begins or ""))))
    yield on


def _read_back(on: _Days, plan: Plan) -> _Days:
    """`on` as the plan gives it back once it is written."""
    term = {"start": str(plan.term.start), "end": str(plan.term.end)}
    task = {"id": "x", "title": "x", "on": [on_text(appointment) for appointment in on]}
    return build_plan({"term": term, "tasks": [task]}, plan.text, frozenset()).plan.tasks[0].on


def _write(editor: PlanEditor, task: Task, on: _Days) -> None:
    if not on:
        editor.unset("tasks", task.id, "on")
    elif len(on) == 1:
        editor.set("tasks", task.id, "on", on_text(on[0]))
    else:
        editor.set("tasks", task.id, "on", [on_text(each) for each in on])


def _not_cleared(task: Task, occurrence: Occurrence) -> UsageError:
    message = _("Without {day}, what is recorded of “{title}” would belong to other days of it.")
    hint = _("Cancel that day instead: planner cancel {id} --slot {slot}")
    return UsageError(
        message.format(day=occurrence_name(occurrence), title=printable(task.title)),
        hint.format(id=task.id, slot=occurrence.key or "1"),
    )


def _misplaced(
    task: Task, plan: Plan, occurrence: Occurrence, appointment: Appointment, after: dict[str, Appointment | None]
) -> UsageError:
    """The error for a day that would not be that of `occurrence`, but of another one, or push another one away."""
    before = occurrences(task, plan)
    other = next((o for o in before if o.key != occurrence.key and after.get(o.key) != o.appointment), None)
    names = {"day": on_text(appointment), "title": printable(task.title), "id": task.id, "slot": occurrence.key or "1"}
    names["wanted"] = occurrence_name(occurrence)
    if other is None:
        message = _("{day} would be one more day of “{title}”, not the day for {wanted}.")
        hint = _("Choose a day within that time, or change the time in the plan: planner edit {id} when=…")
        return UsageError(message.format(**names), hint.format(**names))
    names |= {"other": occurrence_name(other), "key": other.key or "1"}
    message = _("{day} would not be the day for {wanted} of “{title}”, but change the one for {other}.")
    if other.kind == "window":
        hint = _("Decide that one first (planner schedule {id} DAY --slot {key}), or choose another day.")
    else:
        hint = _("Choose another day, or cancel this one (planner cancel {id} --slot {slot}) and use the other.")
    return UsageError(message.format(**names), hint.format(**names))
