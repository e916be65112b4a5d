"""Goals, duties, branches and days: what stands there, with links to the tasks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from planner.api import (
    CLOSED,
    Appointment,
    Branch,
    CalendarItem,
    Goal,
    Standing,
    Task,
    Window,
    _,
    branch_names,
    day_name,
    full_day,
    lunar_date,
    ngettext,
    printable,
)
from planner_board.board import SIGNS, Board
from planner_board.days import Dated, DayTasks, tasks_on
from planner_board.details.days import day_remarks
from planner_board.details.page import Page, Part, Parts
from planner_board.details.task import link_parts, task_parts
from planner_board.drawing.sheet import Ref
from planner_board.words.progress import Tally, bar, numbers, of_duty
from planner_board.words.tasks import (
    appointment_words,
    goal_words,
    left_words,
    occurrence_words,
    part_state,
    when_words,
)

_DATE = "\x00date "
_BAR = 22
"""Cells of a bar."""


def draw_goal(page: Page, board: Board, goal: Goal) -> None:
    """A goal: how far it is, what it is for, and its tasks."""
    tasks = [task for task in board.plan.tasks if goal.id in task.goals]
    page.text(goal.title, "strong", most=2)
    page.line(*_standing_parts(board, tasks))
    if words := goal_words(goal):
        page.line(Part(words, "muted"))
    if goal.note:
        page.heading(_("Remark"))
        page.text(goal.note)
    draw_tasks(page, board, _("Tasks"), tasks)


def draw_duty(page: Page, board: Board, duty: str) -> None:
    """A duty: the goals that serve it."""
    goals = of_duty(duty, board.plan)
    ids = {goal.id for goal in goals}
    tasks = [task for task in board.plan.tasks if not ids.isdisjoint(task.goals)]
    page.text(duty, "strong", most=2)
    page.line(*_standing_parts(board, tasks))
    if goals:
        page.heading(_("Goals"), str(len(goals)))
    else:
        page.text(_("No goal serves this duty."), "warning")
    for goal in goals:
        page.line(Part(printable(goal.title), "link"), ref=Ref("goal", goal.id))


def draw_branch(page: Page, board: Board, branch: Branch) -> None:
    """A branch: what it has to do, and how far it is."""
    tasks = [task for task in board.plan.tasks if branch.id in task.branches]
    closed = sum(board.statuses.branch(task, branch.id) in CLOSED for task in tasks)
    page.text(branch.name, "strong", most=2)
    page.line(*bar(Standing(len(tasks), closed, 0, 0), _BAR), Part(f"  {closed}/{len(tasks)}", "strong"))
    if branch.lead:
        page.field(_("lead"), branch.lead)
    if branch.note:
        page.field(_("remark"), branch.note)
    if tasks:
        page.heading(_("Tasks"), str(len(tasks)))
    for task in tasks:
        page.lazy(partial(_branch_parts, board, task, branch, page.width), Ref("task", task.id, None, branch.id))


def _branch_parts(board: Board, task: Task, branch: Branch, width: int) -> Parts:
    status = board.statuses.branch(task, branch.id)
    state = part_state(status, board.state(task))
    return link_parts(task, state, when_words(board, task), width)


def draw_text(page: Page, board: Board, about: str) -> None:
    """What else a view can stand on: a duty, a date of a plugin's own, or the tasks without a date."""
    item = next((item for item in board.dates if about == date_name(item)), None)
    if item:
        draw_date(page, board, item)
    elif about == UNDATED:
        page.text(_("Without a date"), "strong")
        draw_tasks(page, board, _("Still to do"), undated(board))
    elif about in board.plan.guiding.duties:
        draw_duty(page, board, about)
    elif about.startswith(_DATE):
        page.text(_("This is no longer in the plan."), "muted")
    else:
        page.text(about)


def date_name(item: CalendarItem) -> str:
    """Names a date that comes from no task. No duty is called so."""
    return _DATE + item.key


def draw_date(page: Page, board: Board, item: CalendarItem) -> None:
    """A date that comes from no task: when, for whom, and what its plugin remarks."""
    page.text(item.title, "strong", most=2)
    if item.days:
        appointment = Appointment(*item.days, item.begins, item.ends)
        role = "late" if item.days.end < board.today else "muted"
        when = Part(appointment_words(appointment, board.today.year) + "  ", "decided" * (item.kind == "decided"))
        page.line(when, Part(left_words(item.days, board.today), role))
    doers = branch_names(item.branches, board.plan)
    for text in filter(None, (item.wording, doers, item.place, *item.note.splitlines())):
        page.text(text)
    if item.private:
        page.text(_("not sent out"), "muted")


UNDATED = "\x00undated"
"""Names the tasks without a date. No duty is called so."""


def undated(board: Board) -> list[Task]:
    """The shown tasks that are open and have neither days, nor words that give some, nor a number of times a month."""
    some = (task for task in board.tasks if not (task.windows or task.on or task.times))
    return [task for task in some if not board.statuses.is_closed(task)]


def draw_day(page: Page, board: Board, day: date) -> None:
    """A day: what it is called, and what belongs to it."""
    plan = board.plan
    name = day_name(day, plan.calendar, plan.term.breaks)
    festivals = "  ".join(name.festivals)
    page.line(Part(full_day(day), "strong"), Part(f"  {_away(day, board.today)}"), Part(f"  {festivals}", "festival"))
    lunar = _("lunar calendar {day}").format(day=lunar_date(day)) if name.lunar else ""
    page.line(Part("  ".join(filter(None, [*day_remarks(day, plan), lunar])), "muted"))
    if name.provisional:
        page.text(_("The days off of this year are not announced yet."), "warning")
    if day not in plan.term.window:
        page.text(_("Outside the term."), "muted")
    _draw_tasks_of_day(page, board, tasks_on(board, day))


def _draw_tasks_of_day(page: Page, board: Board, found: DayTasks) -> None:
    """What belongs to a day, the surest first. What is closed will not be on just any day of a longer time."""
    if not (found.decided or found.short):
        page.text(_("Nothing is decided for this day."), "muted")
    for title, dated in (
        (_("On this day"), found.decided),
        (_("On this day by the words of the plan"), [one for one in found.short if one.days.days == 1]),
        (_("Some day around it"), [one for one in found.short if one.days.days > 1]),
        (
            _("May be any day of a longer time"),
            [one for one in found.long if board.state(one.task, one.occurrence) not in CLOSED],
        ),
    ):
        if dated:
            page.heading(title, ngettext("{n} task", "{n} tasks", len(dated)).format(n=len(dated)))
        for one in dated:
            page.lazy(partial(_dated_parts, board, one), Ref("task", one.task.id, one.occurrence.key))


def _away(day: date, today: date) -> str:
    n = (today - day).days
    return ngettext("{n} day ago", "{n} days ago", n).format(n=n) if n > 0 else left_words(Window(day, day), today)


def _dated_parts(board: Board, dated: Dated) -> Parts:
    state = board.state(dated.task, dated.occurrence)
    when = occurrence_words(dated.occurrence, board.today.year)
    return Part(SIGNS[state] + " ", state), Part(f"{when}  ", "muted"), Part(printable(dated.task.title), state)


def _standing_parts(board: Board, tasks: Iterable[Task]) -> Parts:
    found = Tally(board).of(tasks)
    return *bar(found, _BAR), Part("  "), *numbers(found)


def draw_tasks(page: Page, board: Board, title: str, tasks: Iterable[Task]) -> None:
    """Tasks as links, in the order given."""
    known = list(tasks)
    if known:
        page.heading(title, ngettext("{n} task", "{n} tasks", len(known)).format(n=len(known)))
    for task in known:
        page.lazy(partial(task_parts, board, task, page.width), Ref("task", task.id))
