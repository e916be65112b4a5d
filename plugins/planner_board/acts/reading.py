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
    weekday,
)
from planner_board.dialogs.ask import Answer
from planner_board.words.tasks import days_words


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
    windows, year = task.windows, snapshot.today.year
    if windows and not any(w.start <= appointment.start <= w.end for w in windows):
        days = listed(windows, year)
        text += "\n" + _("The plan says {when}: {days}.").format(when=printable(task.when or ""), days=days)
        works = False
    return Answer(text, "good" if works else "warning")


def read_time(words: str, task: Task, snapshot: Snapshot) -> Answer:
    """A longer time, said today, that something is put off to."""
    reading = read_words(words, task, snapshot.plan, snapshot.today)
    if not reading.windows or not reading.certain or reading.recurs:
        message = _("“{words}” names no time to put it off to: {reason}")
        text = message.format(words=printable(words), reason=printable(reading.reason))
        return Answer(text, "bad", ok=False)
    days = clipped(reading.windows, snapshot.plan.term.window)
    if not days:
        return _out_of_term(reading.windows, snapshot.plan)
    text = _("{days} - no day is decided yet.").format(days=listed(days, snapshot.today.year))
    if days[-1].end < snapshot.today:
        return Answer(text + "\n" + _("That time is over."), "warning")
    return Answer(text, "good")


def when_words(words: str, plan: Plan) -> Answer:
    """What the words of a plan mean: windows, how often, and why where it is not certain."""
    reading = resolve(words, plan.term)
    days = clipped(reading.windows, plan.term.window)
    if reading.windows and not days:
        return _out_of_term(reading.windows, plan)
    parts = [listed(days, plan.term.start.year), *map(recurrence_words, reading.recurs)]
    text = " ∙ ".join(filter(None, parts))
    if not text:
        message = _("“{when}” gives no certain date: {reason}")
        return Answer(message.format(when=printable(words), reason=printable(reading.reason)), "warning")
    if outside(reading, days):
        return Answer(_("{days} - a part lies outside of the term.").format(days=text), "warning")
    if not reading.certain:
        return Answer(f"{text}\n{printable(reading.reason)}", "warning")
    return Answer(text, "good")


def _out_of_term(windows: tuple[Window, ...], plan: Plan) -> Answer:
    """What no plan takes; with the years, which may be why."""
    term = plan.term
    message = _("{days}: that is outside of the term, {start} to {end}.")
    return Answer(message.format(days=listed(windows, 0), start=term.start, end=term.end), "bad", ok=False)


def outside(reading: When, days: tuple[Window, ...]) -> bool:
    """Whether the term does not hold all of a reading."""
    return sum(window.days for window in reading.windows) != sum(window.days for window in days)


def listed(windows: tuple[Window, ...], year: int) -> str:
    """Days as 3月1日至31日, the first six; with their year where it is not `year`."""
    shown = _(", ").join(days_words(window, year) for window in windows[:6])
    return shown + (" ..." if len(windows) > 6 else "")
