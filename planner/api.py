"""The only module that plugins import. Names are loaded on first use, so that a plugin.py costs next to nothing."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.dates.placing import WARNING as WARNING, Place as Place, Placing as Placing
    from planner.dates.term import Policy as Policy, Term as Term
    from planner.dates.when import (
        Mention as Mention,
        Recurrence as Recurrence,
        When as When,
        mentions as mentions,
        resolve as resolve,
    )
    from planner.dates.window import Window as Window, clipped as clipped, merged as merged
    from planner.dates.workdays import WorkCalendar as WorkCalendar
    from planner.diagnostics import Diagnostic as Diagnostic, Location as Location, Severity as Severity
    from planner.errors import (
        JournalError as JournalError,
        NetworkError as NetworkError,
        PlanError as PlanError,
        PlannerError as PlannerError,
        PluginError as PluginError,
        UsageError as UsageError,
    )
    from planner.files import replace_files as replace_files, write_atomically as write_atomically
    from planner.find import find_branch as find_branch
    from planner.graph import Leeway as Leeway, TaskGraph as TaskGraph
    from planner.hookspecs import hookimpl as hookimpl
    from planner.i18n import _ as _, ngettext as ngettext
    from planner.journal.entry import Entry as Entry
    from planner.journal.history import History as History
    from planner.journal.revision import Earlier as Earlier, Revision as Revision, Revisions as Revisions
    from planner.journal.shown import (
        State as State,
        is_private as is_private,
        says_when as says_when,
        slot_numbers as slot_numbers,
    )
    from planner.journal.status import (
        CANCELLED as CANCELLED,
        DOING as DOING,
        DONE as DONE,
        PLANNED as PLANNED,
        Statuses as Statuses,
    )
    from planner.journal.store import (
        MemoryStore as MemoryStore,
        Store as Store,
        checked_data as checked_data,
        same_id as same_id,
    )
    from planner.output import echo as echo, echo_json as echo_json, report as report
    from planner.plan.load import Loading as Loading, load_plan as load_plan
    from planner.plan.model import (
        Appointment as Appointment,
        Branch as Branch,
        Goal as Goal,
        Guiding as Guiding,
        Need as Need,
        Plan as Plan,
        Quota as Quota,
        Task as Task,
    )
    from planner.plan.occurrence import Occurrence as Occurrence, occurrences as occurrences
    from planner.session import Session as Session
    from planner.snapshot import CalendarItem as CalendarItem, Snapshot as Snapshot
    from planner.specs import CommandSpec as CommandSpec, ExporterSpec as ExporterSpec, StoreSpec as StoreSpec
    from planner.text import (
        cell_width as cell_width,
        columns as columns,
        file_name as file_name,
        nearest as nearest,
        pad as pad,
        printable as printable,
        shorten as shorten,
        wrap as wrap,
    )
    from planner.views.changes import (
        EVERY_BRANCH as EVERY_BRANCH,
        OFFICE as OFFICE,
        Note as Note,
        make_note as make_note,
        note_lines as note_lines,
    )
    from planner.views.chinese import (
        long_day as long_day,
        long_days as long_days,
        short_day as short_day,
        window_name as window_name,
    )

_HOMES = {
    "planner.dates.placing": ("Place", "Placing", "WARNING"),
    "planner.dates.term": ("Policy", "Term"),
    "planner.dates.when": ("Mention", "Recurrence", "When", "mentions", "resolve"),
    "planner.dates.window": ("Window", "clipped", "merged"),
    "planner.dates.workdays": ("WorkCalendar",),
    "planner.diagnostics": ("Diagnostic", "Location", "Severity"),
    "planner.errors": (
        "JournalError",
        "NetworkError",
        "PlanError",
        "PlannerError",
        "PluginError",
        "UsageError",
    ),
    "planner.files": ("replace_files", "write_atomically"),
    "planner.find": ("find_branch",),
    "planner.graph": ("Leeway", "TaskGraph"),
    "planner.hookspecs": ("hookimpl",),
    "planner.i18n": ("_", "ngettext"),
    "planner.journal.entry": ("Entry",),
    "planner.journal.history": ("History",),
    "planner.journal.revision": ("Earlier", "Revision", "Revisions"),
    "planner.journal.shown": ("State", "is_private", "says_when", "slot_numbers"),
    "planner.journal.status": ("CANCELLED", "DOING", "DONE", "PLANNED", "Statuses"),
    "planner.journal.store": ("MemoryStore", "Store", "checked_data", "same_id"),
    "planner.output": ("echo", "echo_json", "report"),
    "planner.plan.load": ("Loading", "load_plan"),
    "planner.plan.model": ("Appointment", "Branch", "Goal", "Guiding", "Need", "Plan", "Quota", "Task"),
    "planner.plan.occurrence": ("Occurrence", "occurrences"),
    "planner.session": ("Session",),
    "planner.snapshot": ("CalendarItem", "Snapshot"),
    "planner.specs": ("CommandSpec", "ExporterSpec", "StoreSpec"),
    "planner.text": ("cell_width", "columns", "file_name", "nearest", "pad", "printable", "shorten", "wrap"),
    "planner.views.changes": ("EVERY_BRANCH", "OFFICE", "Note", "make_note", "note_lines"),
    "planner.views.chinese": ("long_day", "long_days", "short_day", "window_name"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [*_HOME_OF]


def __getattr__(name: str) -> Any:
    """Load a name from its home the first time that it is asked for."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value
