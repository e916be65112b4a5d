"""Forms that plugins offer, about a task or about the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from planner.api import Form, PlannerError, PluginError, Session, Snapshot, Task, _, printable
from planner_board.acts.target import here, now
from planner_board.dialogs.choose import Option, choose_one
from planner_board.dialogs.form import FormDialog

if TYPE_CHECKING:
    from planner_board.app import BoardApp


async def record(app: BoardApp) -> None:
    """A form about the task."""
    task = here(app).task
    await _fill_one(app, task, _("There is no form for a task: no plugin offers one."))


async def plan_form(app: BoardApp) -> None:
    """A form about the plan."""
    await _fill_one(app, None, _("There is no form for the plan: no plugin offers one."))


async def _fill_one(app: BoardApp, task: Task | None, none: str) -> None:
    about = "plan" if task is None else "task"
    forms: list[Form] = [f for f in app.session.call("planner_forms", snapshot=app.snapshot) if f.about == about]
    if not forms:
        app.tell(none)
        return
    form: Form | None = forms[0]
    if len(forms) > 1:
        options = [Option(str(n), printable(form.title)) for n, form in enumerate(forms)]
        key = await choose_one(app, _("Which form?"), options)
        form = forms[int(key)] if key else None
    if form is not None:
        await fill(app, form, task)


async def fill(app: BoardApp, form: Form, task: Task | None) -> None:
    """Let a person fill in a form; what it does is shown when it is done."""

    def submit(answers: Mapping[str, str]) -> None:
        def act(session: Session, snapshot: Snapshot) -> str:
            about = now(task, snapshot) if task else None
            try:
                said = form.submit(session, snapshot, about, answers)
            except PlannerError:
                raise
            except Exception as error:  # a plugin may raise anything
                message = _("The form “{title}” failed: {error}")
                raise PluginError(
                    message.format(title=form.title, error=f"{type(error).__name__}: {error}"),
                    _("Tell whoever wrote the plugin. Ctrl+Z takes back what was recorded."),
                ) from error
            app.undone.clear()
            return said

        app.attempt(act)

    heading = printable(form.title)
    if task:
        heading = _("{label}: {text}").format(label=heading, text=printable(task.title))
    await app.push_screen_wait(FormDialog(heading, form, submit, app.snapshot))
