"""The only module that plugins import. Names are loaded on first use, so that a plugin.py costs next to nothing."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.actions.adding import (
        make_task as make_task,
        place_for as place_for,
        read_line as read_line,
    )
    from planner.actions.editing import (
        as_one_act as as_one_act,
        change_of as change_of,
        edit_plan as edit_plan,
        editing as editing,
    )
    from planner.actions.exporting import export_to as export_to, exporters as exporters
    from planner.actions.looking_back import EarlierPlans as EarlierPlans, plan_as_of as plan_as_of
    from planner.actions.marking import (
        Marking as Marking,
        mark as mark,
        note_entry as note_entry,
    )
    from planner.actions.postponing import (
        postpone_to as postpone_to,
    )
    from planner.actions.scheduling import (
        decided as decided,
        must_decide as must_decide,
        on_text as on_text,
        read_words as read_words,
        set_on as set_on,
    )
    from planner.actions.target import (
        Target as Target,
        branches_of as branches_of,
        named_occurrence as named_occurrence,
        occurrence_for as occurrence_for,
    )
    from planner.actions.undoing import (
        last_act as last_act,
        undo as undo,
        whole_act as whole_act,
    )
    from planner.actions.values import (
        assignments as assignments,
        fields_of as fields_of,
    )
    from planner.commands.acting import acting as acting, tell as tell
    from planner.dates.day_names import (
        DayKind as DayKind,
        DayName as DayName,
        day_kind as day_kind,
        day_name as day_name,
        lunar_date as lunar_date,
    )
    from planner.dates.festivals import month_window as month_window
    from planner.dates.placing import WARNING as WARNING, Place as Place, Placing as Placing
    from planner.dates.relative import anchored as anchored
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
    from planner.diagnostics import (
        Diagnostic as Diagnostic,
        Location as Location,
        Severity as Severity,
        has_errors as has_errors,
    )
    from planner.errors import (
        JournalError as JournalError,
        NetworkError as NetworkError,
        PlanError as PlanError,
        PlannerError as PlannerError,
        PluginError as PluginError,
        UsageError as UsageError,
        reason as reason,
    )
    from planner.files import replace_files as replace_files, write_atomically as write_atomically
    from planner.find import find_branch as find_branch, find_goal as find_goal, find_task as find_task
    from planner.graph import Leeway as Leeway, TaskGraph as TaskGraph
    from planner.hookspecs import hookimpl as hookimpl
    from planner.i18n import _ as _, ngettext as ngettext
    from planner.journal.entry import (
        ACTS as ACTS,
        EDIT as EDIT,
        NOTE as NOTE,
        REVISION as REVISION,
        ROW as ROW,
        STATUS as STATUS,
        UNDO as UNDO,
        Entry as Entry,
        after as after,
        new_entry as new_entry,
        time_text as time_text,
        undone as undone,
    )
    from planner.journal.history import History as History
    from planner.journal.lines import entry_json as entry_json
    from planner.journal.revision import (
        Earlier as Earlier,
        Known as Known,
        Revision as Revision,
        Revisions as Revisions,
    )
    from planner.journal.shown import (
        State as State,
        is_private as is_private,
        read_state as read_state,
        says_when as says_when,
        slot_numbers as slot_numbers,
    )
    from planner.journal.status import (
        CANCELLED as CANCELLED,
        CLOSED as CLOSED,
        DOING as DOING,
        DONE as DONE,
        PLANNED as PLANNED,
        POSTPONED as POSTPONED,
        STATUSES as STATUSES,
        Count as Count,
        Statuses as Statuses,
        count as count,
    )
    from planner.journal.store import (
        MemoryStore as MemoryStore,
        Store as Store,
        checked_data as checked_data,
        same_id as same_id,
    )
    from planner.measure_specs import GoalMeasure as GoalMeasure
    from planner.output import (
        echo as echo,
        echo_json as echo_json,
        rendered as rendered,
        report as report,
        say as say,
        terminal_width as terminal_width,
    )
    from planner.pane_specs import (
        Badge as Badge,
        Form as Form,
        FormField as FormField,
        PaneLine as PaneLine,
        PaneSpec as PaneSpec,
        Role as Role,
    )
    from planner.parameters import Day as Day, Number as Number, Text as Text, Word as Word
    from planner.plan.edit import (
        PlanEditor as PlanEditor,
    )
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
    from planner.plan.occurrence import (
        Occurrence as Occurrence,
        happens_once as happens_once,
        occurrences as occurrences,
    )
    from planner.plugins import load_target as load_target
    from planner.quantity import (
        PERCENT as PERCENT,
        SCORE as SCORE,
        YUAN as YUAN,
        Quantity as Quantity,
        UnlikeUnitsError as UnlikeUnitsError,
        add as add,
        by_unit as by_unit,
        in_wan as in_wan,
        number_text as number_text,
        quantity_text as quantity_text,
        quantity_words as quantity_words,
        read_quantity as read_quantity,
    )
    from planner.session import Session as Session
    from planner.snapshot import CalendarItem as CalendarItem, Snapshot as Snapshot
    from planner.specs import CommandSpec as CommandSpec, ExporterSpec as ExporterSpec, StoreSpec as StoreSpec
    from planner.text import (
        cell_width as cell_width,
        columns as columns,
        file_name as file_name,
        hanging as hanging,
        nearest as nearest,
        pad as pad,
        printable as printable,
        shorten as shorten,
        wrap as wrap,
    )
    from planner.views.agenda import (
        Agenda as Agenda,
        agenda as agenda,
        dates_of as dates_of,
        is_optional as is_optional,
        is_overdue as is_overdue,
        is_past as is_past,
    )
    from planner.views.changes import (
        EVERY_BRANCH as EVERY_BRANCH,
        OFFICE as OFFICE,
        Note as Note,
        Section as Section,
        make_note as make_note,
        note_lines as note_lines,
        section_lines as section_lines,
    )
    from planner.views.chinese import (
        long_day as long_day,
        long_days as long_days,
        short_day as short_day,
        window_name as window_name,
    )
    from planner.views.journal import (
        short_id as short_id,
        what as what,
        whom as whom,
        why as why,
    )
    from planner.views.months import (
        MonthGroup as MonthGroup,
        by_month as by_month,
        days_of as days_of,
        month_name as month_name,
        months_of as months_of,
    )
    from planner.views.standing import (
        Standing as Standing,
        is_expected as is_expected,
        standing as standing,
    )
    from planner.views.waiting import open_needs as open_needs, waits_for as waits_for
    from planner.views.wording import (
        branch_names as branch_names,
        full_day as full_day,
        occurrence_name as occurrence_name,
        recurrence_words as recurrence_words,
        short_appointment as short_appointment,
        short_days as short_days,
        status_name as status_name,
        task_days as task_days,
        task_doers as task_doers,
        task_status as task_status,
        task_when as task_when,
        weekday as weekday,
    )

_HOMES = {
    "planner.actions.editing": ("as_one_act", "change_of", "edit_plan", "editing"),
    "planner.actions.exporting": ("export_to", "exporters"),
    "planner.actions.looking_back": ("EarlierPlans", "plan_as_of"),
    "planner.actions.marking": ("Marking", "mark", "note_entry"),
    "planner.actions.postponing": ("postpone_to",),
    "planner.actions.scheduling": ("decided", "must_decide", "on_text", "read_words", "set_on"),
    "planner.actions.target": ("Target", "branches_of", "named_occurrence", "occurrence_for"),
    "planner.actions.undoing": ("last_act", "undo", "whole_act"),
    "planner.actions.adding": ("make_task", "place_for", "read_line"),
    "planner.actions.values": ("assignments", "fields_of"),
    "planner.commands.acting": ("acting", "tell"),
    "planner.dates.day_names": ("DayKind", "DayName", "day_kind", "day_name", "lunar_date"),
    "planner.dates.festivals": ("month_window",),
    "planner.dates.placing": ("Place", "Placing", "WARNING"),
    "planner.dates.relative": ("anchored",),
    "planner.dates.term": ("Policy", "Term"),
    "planner.dates.when": ("Mention", "Recurrence", "When", "mentions", "resolve"),
    "planner.dates.window": ("Window", "clipped", "merged"),
    "planner.dates.workdays": ("WorkCalendar",),
    "planner.diagnostics": ("Diagnostic", "Location", "Severity", "has_errors"),
    "planner.errors": (
        "JournalError",
        "NetworkError",
        "PlanError",
        "PlannerError",
        "PluginError",
        "UsageError",
        "reason",
    ),
    "planner.files": ("replace_files", "write_atomically"),
    "planner.find": ("find_branch", "find_goal", "find_task"),
    "planner.graph": ("Leeway", "TaskGraph"),
    "planner.hookspecs": ("hookimpl",),
    "planner.i18n": ("_", "ngettext"),
    "planner.journal.entry": (
        "ACTS",
        "EDIT",
        "NOTE",
        "REVISION",
        "ROW",
        "STATUS",
        "UNDO",
        "Entry",
        "after",
        "new_entry",
        "time_text",
        "undone",
    ),
    "planner.journal.history": ("History",),
    "planner.journal.lines": ("entry_json",),
    "planner.journal.revision": ("Earlier", "Known", "Revision", "Revisions"),
    "planner.journal.shown": ("State", "is_private", "read_state", "says_when", "slot_numbers"),
    "planner.journal.status": (
        "CANCELLED",
        "CLOSED",
        "DOING",
        "DONE",
        "PLANNED",
        "POSTPONED",
        "STATUSES",
        "Count",
        "count",
        "Statuses",
    ),
    "planner.journal.store": ("MemoryStore", "Store", "checked_data", "same_id"),
    "planner.measure_specs": ("GoalMeasure",),
    "planner.output": ("echo", "echo_json", "rendered", "report", "say", "terminal_width"),
    "planner.pane_specs": ("Badge", "Form", "FormField", "PaneLine", "PaneSpec", "Role"),
    "planner.parameters": ("Day", "Number", "Text", "Word"),
    "planner.plan.edit": ("PlanEditor",),
    "planner.plan.load": ("Loading", "load_plan"),
    "planner.plan.model": ("Appointment", "Branch", "Goal", "Guiding", "Need", "Plan", "Quota", "Task"),
    "planner.plan.occurrence": ("Occurrence", "happens_once", "occurrences"),
    "planner.plugins": ("load_target",),
    "planner.quantity": (
        "PERCENT",
        "SCORE",
        "YUAN",
        "Quantity",
        "UnlikeUnitsError",
        "add",
        "by_unit",
        "in_wan",
        "number_text",
        "quantity_text",
        "quantity_words",
        "read_quantity",
    ),
    "planner.session": ("Session",),
    "planner.snapshot": ("CalendarItem", "Snapshot"),
    "planner.specs": ("CommandSpec", "ExporterSpec", "StoreSpec"),
    "planner.text": ("cell_width", "columns", "file_name", "hanging", "nearest", "pad", "printable", "shorten", "wrap"),
    "planner.views.agenda": ("Agenda", "agenda", "dates_of", "is_optional", "is_overdue", "is_past"),
    "planner.views.changes": ("EVERY_BRANCH", "OFFICE", "Note", "Section", "make_note", "note_lines", "section_lines"),
    "planner.views.months": ("MonthGroup", "by_month", "days_of", "month_name", "months_of"),
    "planner.views.standing": ("Standing", "is_expected", "standing"),
    "planner.views.waiting": ("open_needs", "waits_for"),
    "planner.views.journal": ("short_id", "what", "whom", "why"),
    "planner.views.wording": (
        "branch_names",
        "full_day",
        "occurrence_name",
        "recurrence_words",
        "short_appointment",
        "short_days",
        "status_name",
        "task_days",
        "task_doers",
        "task_status",
        "task_when",
        "weekday",
    ),
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
