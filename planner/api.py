"""The only module that plugins import. Names are loaded on first use, so that a plugin.py costs next to nothing."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.dates.term import Policy as Policy
    from planner.dates.term import Term as Term
    from planner.dates.when import (
        Mention as Mention,
    )
    from planner.dates.when import (
        Recurrence as Recurrence,
    )
    from planner.dates.when import (
        When as When,
    )
    from planner.dates.when import (
        mentions as mentions,
    )
    from planner.dates.when import (
        resolve as resolve,
    )
    from planner.dates.window import Window as Window
    from planner.dates.window import clipped as clipped
    from planner.dates.window import merged as merged
    from planner.dates.workdays import WorkCalendar as WorkCalendar
    from planner.diagnostics import Diagnostic as Diagnostic
    from planner.diagnostics import Location as Location
    from planner.diagnostics import Severity as Severity
    from planner.errors import (
        JournalError as JournalError,
    )
    from planner.errors import (
        NetworkError as NetworkError,
    )
    from planner.errors import (
        PlanError as PlanError,
    )
    from planner.errors import (
        PlannerError as PlannerError,
    )
    from planner.errors import (
        PluginError as PluginError,
    )
    from planner.errors import (
        UsageError as UsageError,
    )
    from planner.files import write_atomically as write_atomically
    from planner.graph import Leeway as Leeway
    from planner.graph import TaskGraph as TaskGraph
    from planner.hookspecs import hookimpl as hookimpl
    from planner.i18n import _ as _
    from planner.i18n import ngettext as ngettext
    from planner.output import echo as echo
    from planner.output import echo_json as echo_json
    from planner.output import report as report
    from planner.plan.load import Loading as Loading
    from planner.plan.load import load_plan as load_plan
    from planner.plan.model import (
        Appointment as Appointment,
    )
    from planner.plan.model import (
        Branch as Branch,
    )
    from planner.plan.model import (
        Goal as Goal,
    )
    from planner.plan.model import (
        Guiding as Guiding,
    )
    from planner.plan.model import (
        Need as Need,
    )
    from planner.plan.model import (
        Plan as Plan,
    )
    from planner.plan.model import (
        Quota as Quota,
    )
    from planner.plan.model import (
        Task as Task,
    )
    from planner.plan.occurrence import Occurrence as Occurrence
    from planner.plan.occurrence import occurrences as occurrences
    from planner.session import Session as Session
    from planner.snapshot import CalendarItem as CalendarItem
    from planner.snapshot import Snapshot as Snapshot
    from planner.specs import CommandSpec as CommandSpec
    from planner.specs import ExporterSpec as ExporterSpec
    from planner.text import (
        cell_width as cell_width,
    )
    from planner.text import (
        columns as columns,
    )
    from planner.text import (
        file_name as file_name,
    )
    from planner.text import (
        nearest as nearest,
    )
    from planner.text import (
        pad as pad,
    )
    from planner.text import (
        printable as printable,
    )
    from planner.text import (
        shorten as shorten,
    )
    from planner.text import (
        wrap as wrap,
    )

_HOMES = {
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
    "planner.files": ("write_atomically",),
    "planner.graph": ("Leeway", "TaskGraph"),
    "planner.hookspecs": ("hookimpl",),
    "planner.i18n": ("_", "ngettext"),
    "planner.output": ("echo", "echo_json", "report"),
    "planner.plan.load": ("Loading", "load_plan"),
    "planner.plan.model": ("Appointment", "Branch", "Goal", "Guiding", "Need", "Plan", "Quota", "Task"),
    "planner.plan.occurrence": ("Occurrence", "occurrences"),
    "planner.session": ("Session",),
    "planner.snapshot": ("CalendarItem", "Snapshot"),
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
