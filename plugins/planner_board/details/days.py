"""The days of a task: what the plan says, how that was read and why, what is decided, and how long there is time."""

from __future__ import annotations

from datetime import date

from planner.api import (
    Appointment,
    Plan,
    Quota,
    Recurrence,
    Task,
    TaskGraph,
    When,
    Window,
    _,
    day_kind,
    full_day,
    printable,
    recurrence_words,
)
from planner_board.board import Board
from planner_board.details.page import Page
from planner_board.words.tasks import day_words, days_words, left_words

_FREQUENCY = {
    "week": "weekly", "month": "monthly", "quarter": "quarterly", "semester": "semester", "year": "yearly",
}  # fmt: skip
_MOST_WINDOWS = 6


def draw_days(page: Page, board: Board, task: Task) -> None:
    """When it is, in words and days."""
    page.heading(_("When"))
    if task.when:
        page.field(_("as written"), f"“{printable(task.when)}”")
    _draw_reading(page, board, task)
    if task.times:
        page.field(_("how often"), _quota_words(task.times))
    for appointment in task.on_in_time:
        page.field(_("decided"), _decided(appointment, board.plan), "decided")
    names_a_day = task.timing is not None and task.timing.precision == "day"
    if not (task.on or names_a_day or board.statuses.is_closed(task)):
        page.field(_("decided"), _("no day yet"), "muted")
    _draw_leeway(page, board, task)


def _draw_reading(page: Page, board: Board, task: Task) -> None:
    """The windows and the reason; what only a person can decide."""
    year, timing = board.today.year, task.timing
    if task.windows:
        texts = [_window_words(window, board.plan, year) for window in task.windows[:_MOST_WINDOWS]]
        rest = len(task.windows) - len(texts)
        shown = _(", ").join(texts)
        shown = _("{text} and {n} more").format(text=shown, n=rest) if rest else shown
        precision = _precision(timing) if timing and not timing.recurs else ""
        page.field(_("read as"), _("{title} ({extra})").format(title=shown, extra=precision) if precision else shown)
    if timing is None:
        return
    for rule in timing.recurs if not task.times else ():
        page.field(_("how often"), recurrence_words(rule))
    if timing.note.code != "read" and timing.reason:  # else it says the days once more
        page.field(_("because"), timing.reason, "muted")
    if not timing.certain:
        page.field(_("unclear"), _("a person must decide what is meant"), "warning")
    if timing.provisional:
        page.field(_("unclear"), _("the days off of that year are not announced yet"), "warning")


def _window_words(window: Window, plan: Plan, year: int) -> str:
    """3月6日至12日 第4周."""
    first, last = (plan.term.teaching_week_number(day) for day in window)
    text = days_words(window, year)
    if first is None or last is None:
        return text
    weeks = _("week {n}").format(n=first) if first == last else _("weeks {n} to {m}").format(n=first, m=last)
    return f"{text} {weeks}"


def _precision(timing: When) -> str:
    """How exact the words are."""
    return {
        "day": _("to the day"), "week": _("to the week"), "旬": _("to a third of a month"), "month": _("to the month"),
        "season": _("to the season"), "half": _("to the half-year"), "semester": _("the whole semester"),
        "year": _("the whole year"),
    }.get(timing.precision or "", "")  # fmt: skip


def _quota_words(quota: Quota) -> str:
    rule = Recurrence(_FREQUENCY.get(quota.every, "count"), times=quota.exactly, min=quota.least, max=quota.most)
    return recurrence_words(rule)


def _decided(appointment: Appointment, plan: Plan) -> str:
    """2023-06-16 周五 14:00-16:30（第 18 教学周、工作日）."""
    start, end, begins, ends = appointment
    text = full_day(start) if start == end else _("{first} to {last}").format(first=full_day(start), last=full_day(end))
    if begins:
        text += f" {begins:%H:%M}" + (f"-{ends:%H:%M}" if ends else "")
    return _("{title} ({extra})").format(title=text, extra=_(", ").join(day_remarks(start, plan)))


def day_remarks(day: date, plan: Plan) -> list[str]:
    """Teaching week, and whether people work on a day."""
    week = plan.term.teaching_week_number(day)
    return [*([_("teaching week {n}").format(n=week)] if week is not None else []), work_words(day, plan)]


def work_words(day: date, plan: Plan) -> str:
    """Whether people work on a day, and what gives it off."""
    kind = day_kind(day, plan.calendar, plan.term.breaks)
    if kind in ("holiday", "break"):
        name = plan.calendar.rest_name(day) if kind == "holiday" else None
        name = name or next((found.title for found in plan.term.breaks if day in found.window), "")
        return _("day off: {name}").format(name=printable(name))
    return {
        "work": _("working day"), "make-up": _("working day in place of another"), "weekend": _("weekend"),
    }.get(kind, _("day off"))  # fmt: skip


def _draw_leeway(page: Page, board: Board, task: Task) -> None:
    """By when it must be over so that what waits for it finds time; only what hangs on it is looked at."""
    if board.statuses.is_closed(task) or not board.graph.dependents(task):
        return
    plan = board.plan
    after = TaskGraph(board.graph.consequences(task))
    found = after.leeway(plan.term.window, plan.calendar).get(task.id)
    if found is not None and found.latest < (task.span or plan.term.window).end:
        day = found.latest
        left = left_words(Window(day, day), board.today)
        text = _("{day} ({left}), or what comes after finds no time")
        page.field(_("latest"), text.format(day=day_words(day, board.today.year), left=left), "warning")
