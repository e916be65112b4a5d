"""The only module that plugins import. Names are loaded on first use, so that a plugin.py costs next to nothing."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    pass

_HOMES = {
    "planner.calendar_items": ("CalendarItem",),
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
    "planner.graph": ("Leeway", "TaskGraph"),
    "planner.hookspecs": ("hookimpl",),
    "planner.i18n": ("_", "ngettext"),
    "planner.output": ("echo", "echo_json", "report"),
    "planner.plan.load": ("Loading", "load_plan"),
    "planner.plan.model": ("Appointment", "Branch", "Goal", "Guiding", "Need", "Plan", "Quota", "Task"),
    "planner.plan.occurrence": ("Occurrence", "occurrences"),
    "planner.session": ("Session",),
    "planner.snapshot": ("Snapshot",),
    "planner.specs": ("CommandSpec", "ExporterSpec"),
    "planner.text": ("cell_width", "columns", "file_name", "nearest", "pad", "printable", "shorten", "wrap"),
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
