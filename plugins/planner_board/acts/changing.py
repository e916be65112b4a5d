"""What a person changes in the plan itself: a new task, its title, time and goals, and taking it out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from planner.api import (
    Plan,
    PlanEditor,
    Session,
    Snapshot,
    Task,
    UsageError,
    _,
    assignments,
    branch_names,
    edit_plan,
    fields_of,
    make_task,
    place_for,
    printable,
    read_line,
    task_when,
)
from planner_board.acts.reading import when_words
from planner_board.acts.target import here, now, told
from planner_board.dialogs.ask import Answer, Ask
from planner_board.dialogs.choose import Choose, Option, choose_one
from planner_board.drawing.sheet import Ref

if TYPE_CHECKING:
    from planner_board.app import BoardApp

_EXAMPLES = ("三月", "4月中旬", "第8周", "每月一次", "教师节前后")
_LONGEST = 500
"""Characters of a line that makes a task. To look for a time in a page of words takes seconds."""
_PAIR = re.compile(r"[a-z-]+[=＝]")


def changed(app: BoardApp, task: Task, edit: Callable[[PlanEditor], None]) -> Callable[[Session, Snapshot], str]:
    """An act that edits the plan of a task that is still there."""

    def act(session: Session, snapshot: Snapshot) -> str:
        now(task, snapshot)
        return told(app, edit_plan(session, snapshot, edit), snapshot)

    return act


async def add(app: BoardApp) -> None:
    """A new task from a line of words."""
    made: list[str] = []

    def live(line: str) -> Answer:
        if not line:
            return Answer(_("First or last the time, then the title; @ who does it, # goal or tag."), "muted", ok=False)
        # With an id of its own no pinyin is needed, which takes a moment.
        return _told_task(read_task(line, app.snapshot, {"id": "new"}), app.snapshot.plan)

    def submit(line: str, _also: str) -> None:
        def act(session: Session, snapshot: Snapshot) -> str:
            task = read_task(line, snapshot, {})
            made.append(task["id"])
            behind = place_for(task, snapshot.plan)
            return told(
                app, edit_plan(session, snapshot, lambda editor: editor.add("tasks", task, after=behind)), snapshot
            )

        app.attempt(act)

    example = _("For example: {line}").format(line="4月中旬 教职工气排球比赛 @全部 #文体")
    if await app.push_screen_wait(Ask(_("Add a task"), example, live=live, submit=submit)):
        ref = Ref("task", made[-1])
        if not app.go(ref):
            app.tell_hidden(ref)


def read_task(line: str, snapshot: Snapshot, extra: dict[str, Any]) -> dict[str, Any]:
    """A line of words as a table of the plan. Raises UsageError where it cannot be one."""
    if len(line) > _LONGEST:
        message = _("A task of {n} characters is too long: give it a short title, and the rest as a note (Ctrl+K).")
        raise UsageError(message.format(n=len(line)))
    plan, words = snapshot.plan, line.split()
    said = " ".join(word for word in words if not _PAIR.match(word))
    typed = assignments([word for word in words if _PAIR.match(word)], fields_of("tasks"), plan)
    given = {key: value for key, value in typed.items() if value is not None}
    if given.get("id") in plan.task_by_id:
        raise UsageError(_("There is a task with the id {id} already.").format(id=given["id"]))
    line_read = read_line(said, plan, snapshot.today)
    if "title" in given and line_read.title:
        message = _("There are two titles: “{one}” and “{other}”.")
        raise UsageError(message.format(one=printable(str(given["title"])), other=printable(line_read.title)))
    return make_task(line_read, plan, snapshot.today, {**extra, **given})


def _told_task(task: dict[str, Any], plan: Plan) -> Answer:
    """How a new task is understood, a line for each thing."""
    reading, when = Answer("", "good"), ""
    if "when" in task:
        reading = when_words(task["when"], plan)
        when = f"{task['when']} > {reading.text}"
    doers = task.get("for", ())
    everybody = _("all sub-unions, {n}").format(n=len(plan.branches))
    who = everybody if doers == "branches" else branch_names(doers, plan)
    goals = _(", ").join(printable(plan.goal_by_id[goal].title) for goal in task.get("goals", ()))
    known = {"id", "title", "when", "on", "for", "goals", "tags"}
    rows = [
        (_("Title"), printable(task["title"])),
        (_("When"), task.get("on") or when or _("not said")),
        (_("Who"), who or _("the union office")),
        (_("Goals"), goals),
        (_("Tags"), _(", ").join(task.get("tags", ()))),
        *((key, str(value)) for key, value in task.items() if key not in known),
    ]
    lines = [_("{label}: {text}").format(label=label, text=text) for label, text in rows if text]
    if same := [other for other in plan.tasks if other.title == task["title"]]:
        lines.append(_("There is a task of that name already: {when}").format(when=task_when(same[0])))
        reading = reading._replace(role="warning" if reading.ok else reading.role)
    return reading._replace(text="\n".join(lines))


async def edit_title(app: BoardApp) -> None:
    """Another title; the id stays."""
    task = here(app).task
    title = printable(task.title)

    def live(text: str) -> Answer:
        return Answer("") if text else Answer(_("A task needs a title."), "bad", ok=False)

    def submit(text: str, _also: str) -> None:
        if text != title:
            app.attempt(changed(app, task, lambda editor: editor.set("tasks", task.id, "title", text)))

    prompt = _("Calendars and the journal go on knowing it as the same task.")
    await app.push_screen_wait(Ask(_("Change the title"), prompt, title, live, submit=submit))


async def edit_when(app: BoardApp) -> None:
    """The time in other words."""
    task = here(app).task
    words = task.when or ""

    def live(text: str) -> Answer:
        answer = when_words(text, app.snapshot.plan) if text else Answer(_("No time is said."), "muted")
        if not app.snapshot.statuses.is_told(task.id) or text == words:
            return answer
        recorded = _("Something is recorded of it already: see whether that still fits.")
        return answer._replace(text=f"{answer.text}\n{recorded}", role="warning" if answer.ok else answer.role)

    def edit(editor: PlanEditor, text: str) -> None:
        if text:
            editor.set("tasks", task.id, "when", text)
        else:
            editor.unset("tasks", task.id, "when")

    def submit(text: str, _also: str) -> None:
        if text != words:
            app.attempt(changed(app, task, lambda editor: edit(editor, text)))

    heading = _("When: {title}").format(title=printable(task.title))
    prompt = _("For example: {line}").format(line=_(", ").join(_EXAMPLES))
    await app.push_screen_wait(Ask(heading, prompt, words, live, submit=submit))


async def edit_goals(app: BoardApp) -> None:
    """The goals that it serves."""
    task, plan = here(app).task, app.snapshot.plan
    if not plan.goals:
        app.tell(_("The plan names no goals."))
        return
    options = [Option(goal.id, printable(goal.title), goal.id, goal.id in task.goals) for goal in plan.goals]
    heading = _("Goals of: {title}").format(title=printable(task.title))
    chosen = await app.push_screen_wait(Choose(heading, options, multiple=True))
    if chosen is None or set(chosen) == set(task.goals):
        return

    def edit(editor: PlanEditor) -> None:
        if chosen:
            editor.set("tasks", task.id, "goals", chosen)
        else:
            editor.unset("tasks", task.id, "goals")

    app.perform(changed(app, task, edit))


async def remove(app: BoardApp) -> None:
    """Out of the plan; its history stays."""
    task = here(app).task
    if waiting := app.snapshot.graph.dependents(task):
        names = "\n".join(printable(other.title) for other in waiting[:8])
        message = _("These tasks need “{title}”:\n{names}").format(title=printable(task.title), names=names)
        raise UsageError(message, _("Take it out of their needs first, in an editor (Ctrl+E)."))
    options = [
        Option("keep", _("Leave it in the plan")),
        Option("cancel", _("It does not take place: cancel it, and keep it for the report")),
        Option("remove", _("Take it out of the plan; its history stays")),
    ]
    answer = await choose_one(app, _("Take out: {title}").format(title=printable(task.title)), options)
    if answer == "cancel":
        app.action_run("cancel")
    elif answer == "remove":
        app.perform(changed(app, task, lambda editor: editor.remove("tasks", task.id)))
