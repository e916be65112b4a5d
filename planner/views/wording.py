"""Short texts about tasks for lists on a screen: when, who. A day that is not decided is never shown as one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from planner.dates.when import Recurrence
from planner.dates.window import Window
from planner.i18n import _, ngettext
from planner.journal.status import CANCELLED, DOING, PLANNED, Statuses, count
from planner.plan.model import Appointment, Plan, Task
from planner.plan.occurrence import Occurrence, occurrences
from planner.text import printable


def short_days(window: Window) -> str:
    """03-08, or 03-01…03-31."""
    first = f"{window.start:%m-%d}"
    return first if window.days == 1 else f"{first}…{window.end:%m-%d}"


def short_appointment(appointment: Appointment) -> str:
    """03-08 14:00-16:00."""
    text = short_days(appointment.window)
    if appointment.begins:
        text += f" {appointment.begins:%H:%M}" + (f"-{appointment.ends:%H:%M}" if appointment.ends else "")
    return text


def occurrence_name(occurrence: Occurrence) -> str:
    """When an occurrence is: its decided time, the days of its window, or — without a date."""
    if occurrence.appointment:
        return short_appointment(occurrence.appointment)
    return short_days(occurrence.days) if occurrence.days else "—"


def status_name(status: str) -> str:
    """A status for people."""
    return {
        "planned": _("planned"), "doing": _("in progress"), "done": _("done"),
        "postponed": _("postponed"), "cancelled": _("cancelled"),
    }[status]  # fmt: skip


def task_when(task: Task) -> str:
    """The decided days, else the words of the plan."""
    if task.on:
        return _(", ").join(map(short_appointment, task.on_in_time))
    return printable(task.when) if task.when else "—"


def task_days(task: Task) -> str:
    """The days that are decided or possible: 03-01…03-31."""
    return _(", ").join(map(short_days, task.days)) or "—"


def task_doers(task: Task, plan: Plan) -> str:
    """Who does it, for a list: empty for the union office, the names of few branches, the number of many."""
    if not task.branches:
        return ""
    if len(task.branches) == len(plan.branches):
        return _("each sub-union")
    if len(task.branches) <= 2:
        return _(", ").join(printable(plan.branch_by_id[b].name) for b in task.branches if b in plan.branch_by_id)
    return ngettext("{n} sub-union", "{n} sub-unions", len(task.branches)).format(n=len(task.branches))


def branch_names(branches: Sequence[str], plan: Plan) -> str:
    """The names of branches in their order; beyond a dozen only how many they are."""
    if len(branches) > 12:
        return ngettext("{n} sub-union", "{n} sub-unions", len(branches)).format(n=len(branches))
    known = plan.branch_by_id
    return _(", ").join(printable(known[b].name if b in known else b) for b in branches)


def task_status(task: Task, plan: Plan, statuses: Statuses) -> str:
    """The status in a word, with how many parts are done of a task that has several; empty for what is planned."""
    status = statuses.task(task)
    if status == PLANNED:
        return ""
    done = count(task, statuses, [o.key for o in occurrences(task, plan)])
    if done.all > 1 and (done.closed or status == DOING) and status != CANCELLED:
        return f"{status_name(status)} {done.closed}/{done.all}"
    return status_name(status)


def task_title(task: Task, plan: Plan) -> str:
    """The title in one line, with who does it where that is not the office, and a mark on what stays private."""
    extras = [task_doers(task, plan), _("private") if task.private else ""]
    shown = _(", ").join(filter(None, extras))
    title = printable(task.title)
    return _("{title} ({extra})").format(title=title, extra=shown) if shown else title


def counted(title: str, n: int) -> str:
    """A heading with the number of tasks below it: 三月（5 项）."""
    return _("{title} ({extra})").format(title=title, extra=ngettext("{n} task", "{n} tasks", n).format(n=n))


def weekday(day: date) -> str:
    """周三."""
    return [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")][day.weekday()]


def full_day(day: date) -> str:
    """2023-03-08 周三."""
    return f"{day} {weekday(day)}"


def recurrence_words(rule: Recurrence) -> str:
    """How often, in short words: every month, at least 1 time."""
    every = {
        "daily": _("every day"), "weekly": _("every week"), "monthly": _("every month"),
        "quarterly": _("every quarter"), "semester": _("every semester"), "yearly": _("every year"),
        "count": _("in all"), "on_holidays": _("on every holiday"),
    }[rule.freq]  # fmt: skip
    if rule.interval > 1 and not rule.parity and not rule.bymonth:
        units = {"daily": _("days"), "weekly": _("weeks"), "monthly": _("months")}
        every = _("every {n} {unit}").format(n=rule.interval, unit=units.get(rule.freq, _("periods")))
    days = [_weekday_words(name) for name in rule.byday] + [_("day {n}").format(n=n) for n in rule.bymonthday]
    parts = [
        every,
        {"odd": _("odd weeks"), "even": _("even weeks")}.get(rule.parity or "", ""),
        _("in months {months}").format(months=_(", ").join(map(str, rule.bymonth))) if rule.bymonth else "",
        _(", ").join(days),
        _("at the latest") if rule.bound == "before" else "",
        {"start": _("at its start"), "end": _("at its end")}.get(rule.part or "", ""),
        _("exactly {n} times").format(n=rule.times) if rule.times else "",
        _("at least {n} times").format(n=rule.min) if rule.min else "",
        _("at most {n} times").format(n=rule.max) if rule.max else "",
    ]
    return " ".join(filter(None, parts))


def _weekday_words(name: str) -> str:
    """WE, 2MO or -1FR in words."""
    day = weekday(date(2024, 1, 1 + ("MO", "TU", "WE", "TH", "FR", "SA", "SU").index(name[-2:])))
    number = int(name[:-2] or 0)
    if number == -1:
        return _("the last {day}").format(day=day)
    if number < 0:
        return _("{day} number {n} from the end").format(day=day, n=-number)
    return _("{day} number {n}").format(day=day, n=number) if number else day
