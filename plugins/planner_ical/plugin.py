"""What the calendar plugin offers. Imported on every start of the program, so it names its parts and loads none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from planner.api import CommandSpec, ExporterSpec, _, hookimpl

if TYPE_CHECKING:
    from planner.api import Form, PaneSpec, Snapshot


@hookimpl
def planner_commands() -> Iterable[CommandSpec]:
    """The command `planner ical`."""
    yield CommandSpec("ical", _("Write calendar files, one for each sub-union"), "planner_ical.command:ical")


@hookimpl
def planner_exporters() -> Iterable[ExporterSpec]:
    """The whole plan as one calendar file."""
    yield ExporterSpec(".ics", _("Calendar file (iCalendar)"), "planner_ical.export:export", tells=True)


@hookimpl
def planner_schema() -> Iterable[tuple[str, Mapping[str, Any]]]:
    """The table `[ical]` of a plan."""
    from planner_ical.settings import SCHEMA

    yield "ical", SCHEMA


@hookimpl
def planner_panes() -> Iterable[PaneSpec]:
    """What people have not been told: of the plan, and of a task."""
    from planner.api import PaneSpec

    yield PaneSpec("changes", _("Changes not told yet"), "planner_ical.panes:changes")
    yield PaneSpec("ical", _("Calendars"), "planner_ical.panes:told", about="task")


@hookimpl
def planner_forms(snapshot: Snapshot) -> Iterable[Form]:
    """Writing the calendars, for the office and for each sub-union."""
    from planner_ical.form import calendar_form

    yield calendar_form(snapshot)
