"""The core's own answer to `planner_check`: what is wrong with a plan that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.dates.window import Window
from planner.diagnostics import Diagnostic, Severity
from planner.graph import TaskGraph
from planner.hookspecs import hookimpl
from planner.i18n import _
from planner.plan.model import Appointment, Plan, Task
from planner.views.months import month_name, months_of

_LONG_TERM = 400
"""Days; a term or a year has fewer."""


@hookimpl
def planner_check(plan: Plan, graph: TaskGraph) -> Iterator[Diagnostic]:
    """Order, dates, and what the planning itself leaves open."""
    yield from _cycles(plan, graph)
    yield from _conflicts(plan, graph)
    if plan.term.start > date.min:
        yield from _long_term(plan)
        yield from _dates(plan)
        yield from _provisional_years(plan)
    if plan.whole:
        yield from _empty_months(plan)
        yield from _goals(plan)


def _cycles(plan: Plan, graph: TaskGraph) -> Iterator[Diagnostic]:
    for cycle in graph.cycles():
        lines = [plan.text.value("tasks", task.position, "id").line for task in cycle]
        steps = [_("{id} (line {line})").format(id=t.id, line=n) for t, n in zip(cycle, lines, strict=True)]
        path = " → ".join([*steps, steps[0]])
        message = _("These tasks wait for each other: {path}").format(path=path)
        place = plan.text.value("tasks", cycle[0].position, "needs")
        yield Diagnostic("P501", Severity.ERROR, message, place, _("Take one of these needs out."))


def _conflicts(plan: Plan, graph: TaskGraph) -> Iterator[Diagnostic]:
    for task, need, ends, ready in graph.conflicts():
        message = _("It ends on {ends}, but {need} cannot be over before {ready}.")
        position = [n.task for n in task.needs].index(need.id)
        place = plan.text.value("tasks", task.position, "needs", position, "task")
        hint = _("Change one of the two dates, or take the need out.")
        yield Diagnostic("P502", Severity.ERROR, message.format(ends=ends, need=need.id, ready=ready), place, hint)


def _dates(plan: Plan) -> Iterator[Diagnostic]:
    for task in plan.tasks:
        timing = task.timing
        if timing is not None:
            if task.windows is not timing.windows:
                yield _outside(plan, task, timing.windows)
            elif not timing.certain or not (timing.windows or timing.recurs):
                yield _uncertain(plan, task)
        if task.times and (task.times.least or 0) > (task.times.most or 31):
            message = _("At least {least} times and at most {most} times cannot both be kept.")
            message = message.format(least=task.times.least, most=task.times.most)
            yield Diagnostic("P411", Severity.ERROR, message, plan.text.value("tasks", task.position, "times"))
        for appointment in task.on:
            if odd := _decided(plan, task, appointment):
                yield odd


def _decided(plan: Plan, task: Task, appointment: Appointment) -> Diagnostic | None:
    """What is odd about a decided day: outside of the term, against the words of `when`, or on a day off."""
    day, term = appointment.start, plan.term
    if day < term.start or appointment.end > term.end:
        severity, code, hint = Severity.ERROR, "P403", None
        message = _("The day {day} lies outside of the term.").format(day=day)
    elif task.windows and not any(window.start <= day <= window.end for window in task.windows):
        severity, code, hint = (
            Severity.WARNING,
            "P410",
            _("If the day is right, change the words, so that both say the same."),
        )
        message = _("The day {day} does not lie in “{when}”.").format(day=day, when=task.when)
    elif plan.calendar.is_workday(day) or any(map(plan.calendar.is_workday, appointment.window.each_day())):
        return None
    else:
        severity, code, hint = Severity.NOTE, "P406", _("That is fine if it is meant so.")
        message = _("{day} is a day off.").format(day=day)
    return Diagnostic(code, severity, message, plan.text.within(str(day), "tasks", task.position, "on"), hint)


def _long_term(plan: Plan) -> Iterator[Diagnostic]:
    """A plan may cover more than a year, as a report from congress to congress does; more often a year is mistyped."""
    days = plan.term.window.days
    if days > _LONG_TERM:
        message = _("The term has {days} days; check the years.").format(days=days)
        yield Diagnostic("P413", Severity.WARNING, message, plan.text.value("term", "end"))


def _provisional_years(plan: Plan) -> Iterator[Diagnostic]:
    for year in range(plan.term.start.year, plan.term.end.year + 1):
        if plan.calendar.year_status(year) == "provisional":
            message = _("The holidays of {year} are not announced yet; working days of that year are provisional.")
            place, hint = plan.text.key("term"), _("Check again when the State Council has announced them.")
            yield Diagnostic("P412", Severity.NOTE, message.format(year=year), place, hint)


def _outside(plan: Plan, task: Task, raw: tuple[Window, ...]) -> Diagnostic:
    place = plan.text.value("tasks", task.position, "when")
    days = _(", ").join(f"{w.start}…{w.end}" for w in raw)
    term = f"{plan.term.start}…{plan.term.end}"
    if task.windows:
        message = _("{days} lies partly outside of the term {term}; only the part inside counts.")
        return Diagnostic("P404", Severity.WARNING, message.format(days=days, term=term), place)
    message = _("{days} lies outside of the term {term}.")
    return Diagnostic(
        "P403", Severity.ERROR, message.format(days=days, term=term), place, _("Check the year and month.")
    )


_NO_SUCH_DAY = {"no_such_day", "backwards", "weekday_conflict"}
_SETTINGS = {"no_week1": "week1", "no_teaching_end": "teaching-end"}
_UNDECIDED = {"vague", "relative", "event", "count", "on_holidays"}
"""What a plan may well leave open: 适时. That is told, not complained about."""


def _uncertain(plan: Plan, task: Task) -> Diagnostic:
    """A `when` without a certain date: impossible, not understood, in want of a setting, or left open on purpose."""
    assert task.timing is not None
    place, why = plan.text.value("tasks", task.position, "when"), task.timing.note.code
    message = _("“{when}” gives no certain date: {reason}").format(when=task.when, reason=task.timing.reason)
    if why in _NO_SUCH_DAY:
        return Diagnostic("P407", Severity.ERROR, message, place, _("Check the date."))
    if task.timing.certain:
        message = _("“{when}” names no time that is understood.").format(when=task.when)
        return Diagnostic("P408", Severity.WARNING, message, place, _("`planner when` shows how words are read."))
    if key := _SETTINGS.get(why):
        return Diagnostic("P409", Severity.WARNING, message, place, _("Set {key} under [term].").format(key=key))
    severity = Severity.NOTE if why in _UNDECIDED else Severity.WARNING
    return Diagnostic("P405", severity, message, place)


def _goals(plan: Plan) -> Iterator[Diagnostic]:
    served = {goal for task in plan.tasks for goal in task.goals}
    for goal in plan.goals:
        if goal.id not in served:
            message = _("No task serves the goal {title}.").format(title=goal.title)
            yield Diagnostic("P601", Severity.WARNING, message, plan.text.value("goals", goal.position, "id"))
    if plan.goals:
        for task in plan.tasks:
            if not task.goals:
                message = _("The task {title} serves no goal.").format(title=task.title)
                hint = _('Name the goal: goals = ["{id}"]').format(id=plan.goals[0].id)
                yield Diagnostic("P602", Severity.WARNING, message, plan.text.value("tasks", task.position, "id"), hint)


def _empty_months(plan: Plan) -> Iterator[Diagnostic]:
    """Months of the term in which nothing is planned by name: work of the whole term does not count."""
    days = {w for windows in {task.days for task in plan.tasks} for w in windows}
    busy = {month for w in days if w.days <= 92 for month in months_of(w)}
    empty = [month_name(month, plan.term) for month in months_of(plan.term.window) if month not in busy]
    if empty:
        message = _("Nothing is planned for {month}.").format(month=_(", ").join(empty))
        yield Diagnostic("P603", Severity.WARNING, message, plan.text.key("term"))
