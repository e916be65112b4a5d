"""What the calendar plugin offers. Imported on every start of the program, so it names its parts and loads none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from planner.api import CommandSpec, ExporterSpec, _, hookimpl


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
