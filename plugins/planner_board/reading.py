"""How words for a time are read, told in a line while they are typed."""

from __future__ import annotations

from datetime import date

from planner.api import (
    Appointment,
    Plan,
    Snapshot,
    Task,
    When,
    Window,
    _,
    clipped,
    day_name,
    decided,
    must_decide,
    printable,
    read_words,
    recurrence_words,
    resolve,
    short_days,
    weekday,
)
from planner_board.dialogs.ask import Answer


def day_words(appointment: Appointment, plan: Plan) -> str:
    """2023-05-18 Thu 14:00 ∙ week 14 ∙ working day."""
    day = appointment.start
    text = f"{day} {weekday(day)}"
    if appointment.end != day:
        text += f" - {appointment.end} {weekday(appointment.end)}"
    if appointment.begins:
        text += f" {appointment.begins:%H:%M}" + (f"-{appointment.ends:%H:%M}" if appointment.ends else "")
    week = plan.term.teaching_week_number(day)
    parts = [text, _("week {n}").format(n=week) if week is not None else "", kind_of_day(day, plan)]
    return " ∙ ".join(filter(None, parts))


def kind_of_day(day: date, plan: Plan) -> str:
    """Whether people work on a day, and what gives it off."""
    name = day_name(day, plan.calendar, plan.term.breaks)
    if name.makes_up:
        return _("make-up working day")
    if not name.is_rest:
        text = _("working day")
        return f"{text} ∙ {name.festival}" if name.festival else text
    reason = name.rest or (_("weekend") if day.weekday() > 4 else _("day off"))
    return _("no working day: {reason}").format(reason=printable(reason))


def must_read_day(words: str, task: Task, snapshot: Snapshot) -> Answer:
    """The day that `words` decide. Raises UsageError with the reason where they decide none."""
    plan = snapshot.plan
    appointment = must_decide(words, task, plan, snapshot.today)
    return _day_answer(appointment, task, snapshot)


def read_day(words: str, task: Task, snapshot: Snapshot) -> Answer | None:
    """The day that `words` decide; None where they decide none. Raises UsageError for one outside of the term."""
    appointment = decided(words, task, snapshot.plan, snapshot.today)
    return _day_answer(appointment, task, snapshot) if appointment else None


def _day_answer(appointment: Appointment, task: Task, snapshot: Snapshot) -> Answer:
    text = day_words(appointment, snapshot.plan)
    works = snapshot.plan.calendar.is_workday(appointment.start)
    if appointment.end < snapshot.today:
        text += "\n" + _("That day is over.")
        works = False
    windows = task.windows
    if windows and not any(w.start <= appointment.start <= w.end for w in windows):
        text += "\n" + _("The plan says {when}: {days}.").format(when=printable(task.when or ""), days=listed(windows))
        works = False
    return Answer(text, "good" if works else "warning")


def read_time(words: str, task: Task, snapshot: Snapshot) -> Answer:
    """A longer time, said today, that something is put off to."""
    reading = read_words(words, task, snapshot.plan, snapshot.today)
    if not reading.windows or not reading.certain or reading.recurs:
        message = _("“{words}” names no time to put it off to: {reason}")
        text = message.format(words=printable(words), reason=printable(reading.reason))
        return Answer(text, "bad", ok=False)
    return Answer(_("{days} - no day is decided yet.").format(days=listed(reading.windows)), "good")


def when_words(words: str, plan: Plan) -> Answer:
    """What the words of a plan mean: windows, how often, and why where it is not certain."""
    reading = resolve(words, plan.term)
    days = clipped(reading.windows, plan.term.window)
    parts = [listed(days), *map(recurrence_words, reading.recurs)]
    text = " ∙ ".join(filter(None, parts))
    if not text:
        message = _("“{when}” gives no certain date: {reason}")
        return Answer(message.format(when=printable(words), reason=printable(reading.reason)), "warning")
    if outside(reading, days):
        return Answer(_("{days} - a part lies outside of the term.").format(days=text), "warning")
    if not reading.certain:
        return Answer(f"{text}\n{printable(reading.reason)}", "warning")
    return Answer(text, "good")


def outside(reading: When, days: tuple[Window, ...]) -> bool:
    """Whether the term does not hold all of a reading."""
    return sum(window.days for window in reading.windows) != sum(window.days for window in days)


def listed(windows: tuple[Window, ...]) -> str:
    """Days as 03-01…03-31, the first six."""
    shown = _(", ").join(map(short_days, windows[:6]))
    return shown + (" ..." if len(windows) > 6 else "")
