"""The form that writes the calendars: a folder, and as what."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from planner.api import Form, FormField, UsageError, _, ngettext, printable
from planner_ical import note as notes
from planner_ical.publish import Published, publish_calendars, warn_of_edited
from planner_ical.settings import PROFILES, settings_of

if TYPE_CHECKING:
    from planner.api import Plan, Session, Snapshot, Task

FOLDER = "日历"
"""Where calendars are written unless somebody says otherwise, beside the plan."""


def calendar_form(snapshot: Snapshot) -> Form:
    """The form for a plan, filled in with its settings."""
    labels = {"events": _("events"), "todos": _("to-dos"), "full": _("events and to-dos")}
    return Form(
        "ical",
        _("Write the calendars"),
        (
            FormField(
                "folder",
                _("Folder"),
                value=FOLDER,
                required=True,
                hint=_("Beside the plan, or a whole path; it is made where it does not exist."),
            ),
            FormField(
                "profile",
                _("As"),
                "choice",
                choices=tuple((profile, labels[profile]) for profile in PROFILES),
                value=settings_of(snapshot.plan).profile,
                hint=_("Every calendar program shows events; few show to-dos."),
            ),
        ),
        write_calendars,
    )


def write_calendars(session: Session, _shown: Snapshot, _task: Task | None, answers: Mapping[str, str]) -> str:
    """Write the calendars of the plan as it is now, whatever was shown; a sentence on what was done.

    Raises PlanError for a plan with errors, UsageError for a folder that will not do, PlannerError where it cannot be
    written.
    """
    profile = answers.get("profile") or None
    if profile is not None and profile not in PROFILES:
        raise UsageError(
            _("There is no such kind of calendar: {name}").format(name=profile), _("Choose one of the list.")
        )
    snapshot = session.snapshot(faultless=True)
    folder = _folder(answers.get("folder", ""), snapshot.plan)
    published = publish_calendars(session, snapshot, folder, profile=profile)
    warn_of_edited(session, published.written)
    return _sentence(folder, published)


def _folder(answer: str, plan: Plan) -> Path:
    """The folder that was named; one without a path stands beside the plan. Raises UsageError for what is none."""
    name = answer.strip()
    if not name:
        raise UsageError(
            _("The folder for the calendars has no name."), _("Give it one, for example {name}.").format(name=FOLDER)
        )
    try:
        if printable(name) == name:
            return Path(plan.text.file).resolve().parent / Path(name).expanduser()
    except RuntimeError:  # ~ of somebody whom the system does not know
        pass
    message = _("{name} cannot be the name of a folder.").format(name=printable(name))
    raise UsageError(message, _("Give another name, for example {name}.").format(name=FOLDER))


def _sentence(folder: Path, published: Published) -> str:
    written, names, note = published
    changed = sum(name in written.changed for name in names)
    text = ngettext(
        "{n} calendar file in {folder}, {changed} of them new or changed.",
        "{n} calendar files in {folder}, {changed} of them new or changed.",
        len(names),
    ).format(n=len(names), folder=printable(str(folder)), changed=changed)
    if not note.changed:
        return text
    more = ngettext(
        "{n} task has changed since people were last told; {name} says it in words for their chat.",
        "{n} tasks have changed since people were last told; {name} says it in words for their chats.",
        note.changed,
    )
    return _("{one} {another}").format(one=text, another=more.format(n=note.changed, name=notes.NAME))
