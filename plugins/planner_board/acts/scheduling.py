"""Deciding the day of a task: in words, or from the month."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from planner.api import (
    Appointment,
    Occurrence,
    PlanEditor,
    Session,
    Snapshot,
    UsageError,
    _,
    edit_plan,
    must_decide,
    named_occurrence,
    occurrence_for,
    occurrences,
    on_text,
    set_on,
)
from planner_board.acts.reading import must_read_day
from planner_board.acts.target import Part, chosen_time, here, now, told
from planner_board.dialogs.ask import Answer
from planner_board.dialogs.pick_day import PickDay

if TYPE_CHECKING:
    from planner_board.app import BoardApp

_EXAMPLES = ("下周三下午2点", "5月18日 14:00-16:00")


async def schedule(app: BoardApp) -> None:
    """Decide the day, decide it anew, or take it back."""
    part = here(app)
    fixed = _decided(part, app.snapshot)
    unclear: list[str] = []

    def live(words: str) -> Answer:
        if words:
            return must_read_day(words, part.task, app.snapshot)
        if fixed and fixed.appointment:
            return Answer(_("Enter takes the decided day back."), "warning")
        return Answer(_("Say a day, or go down into the month."), "muted", ok=False)

    def submit(words: str, _also: str) -> None:
        if not words or not _is_unclear(part, words, app.snapshot):
            app.attempt(_deciding(app, part if words else part._replace(occurrence=fixed), words))
        else:
            unclear.append(words)

    value = on_text(fixed.appointment) if fixed and fixed.appointment else ""
    heading = _("The day of: {title}").format(title=part.name(app.snapshot))
    dialog = PickDay(
        heading,
        _("For example: {line}").format(line=_(", ").join(_EXAMPLES)),
        value,
        live,
        part,
        app.snapshot,
        submit=submit,
    )
    await app.push_screen_wait(dialog)
    if unclear:
        among = occurrences(part.task, app.snapshot.plan)
        chosen = await chosen_time(app, part, among, _("Which time of “{title}” is that?"))
        if chosen:
            app.perform(_deciding(app, chosen, unclear[0]))


def _decided(part: Part, snapshot: Snapshot) -> Occurrence | None:
    """The one occurrence that is meant and has a day; None where there is none, or several."""
    known = [part.occurrence] if part.occurrence else occurrences(part.task, snapshot.plan)
    fixed = [o for o in known if o and o.appointment]
    return fixed[0] if len(fixed) == 1 else None


def _is_unclear(part: Part, words: str, snapshot: Snapshot) -> bool:
    """Whether it takes a person to say which time a day is for."""
    if part.occurrence:
        return False
    appointment = must_decide(words, part.task, snapshot.plan, snapshot.today)
    try:
        occurrence_for(part.task, appointment, None, snapshot)
    except UsageError:
        return True
    return False


def _deciding(app: BoardApp, part: Part, words: str) -> Callable[[Session, Snapshot], str]:
    """An act that writes the day that `words` name into the plan; no words: that takes the decided one back."""

    def act(session: Session, snapshot: Snapshot) -> str:
        task = now(part.task, snapshot)
        appointment: Appointment | None = None
        if words:
            appointment = must_decide(words, task, snapshot.plan, snapshot.today)
            occurrence = occurrence_for(task, appointment, part.slot, snapshot)
        else:
            occurrence = named_occurrence(task, part.slot or "1", snapshot)

        def edit(editor: PlanEditor) -> None:
            set_on(editor, snapshot.plan, task, occurrence, appointment)

        said = told(app, edit_plan(session, snapshot, edit), snapshot)
        if snapshot.statuses.is_closed(task):
            said += " " + _("It is done or cancelled; open it again if it takes place after all.")
        return said

    return act
