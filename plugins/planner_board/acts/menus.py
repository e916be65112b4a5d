"""What can be done, to choose from: with the task at the cursor, or anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from planner.api import _, printable, task_when
from planner_board.actions import TASK, Action, key_name
from planner_board.dialogs.choose import Option, choose_one
from planner_board.dialogs.help import Help
from planner_board.drawing.sheet import Ref
from planner_board.finding.initials import found_in
from planner_board.words.acts import status_words

if TYPE_CHECKING:
    from planner_board.app import BoardApp

_MOST = 50
"""Tasks that the palette offers at most."""
_GO = "go "


async def task_menu(app: BoardApp) -> None:
    """The actions on the task at the cursor; without a task all of them."""
    task = app.selected
    if task is None:
        await palette(app)
        return
    options = [_option(a) for a in app.actions.values() if a.group == TASK and a.name != "menu"]
    name = await choose_one(app, printable(task.title), options)
    if name:
        app.action_run(name)


async def palette(app: BoardApp) -> None:
    """All actions; and the tasks with what was typed in their titles, to go to."""
    options = [_option(a) for a in app.actions.values() if a.name not in ("palette", "menu")]
    name = await choose_one(app, _("All commands"), options, lambda typed: islice(_tasks(app, typed), _MOST))
    if name and name.startswith(_GO):
        ref = Ref("task", name.removeprefix(_GO))
        app.canvas.focus()
        if not app.go(ref):
            app.tell_hidden(ref)
    elif name:
        app.action_run(name)


async def show_help(app: BoardApp) -> None:
    """All keys."""
    await app.push_screen_wait(Help(app.actions.values()))


def _option(action: Action) -> Option:
    return Option(action.name, action.title, ", ".join(map(key_name, action.keys[:2])))


def _tasks(app: BoardApp, typed: str) -> Iterable[Option]:
    words = typed.split()
    statuses = app.snapshot.statuses
    for task in app.snapshot.plan.tasks:
        if all(found_in(task.title, word) for word in words):
            label = _("Go to: {title}").format(title=printable(task.title))
            yield Option(_GO + task.id, label, f"{task_when(task)} {status_words(statuses.task(task))}")
