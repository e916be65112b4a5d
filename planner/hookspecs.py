"""The hooks of planner: what a plugin may answer. Kinds: register (a table of things), collect (values from a plan).

Every hook returns an iterable, or a single one of its results. A plugin that raises, or returns something else, costs
one warning and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from planner.diagnostics import Diagnostic
    from planner.graph import TaskGraph
    from planner.measure_specs import GoalMeasure
    from planner.pane_specs import Badge, Form, PaneSpec
    from planner.plan.model import Plan
    from planner.snapshot import CalendarItem, Snapshot
    from planner.specs import CommandSpec, ExporterSpec, StoreSpec

PROJECT = "planner"
RESULTS = {
    "planner_commands": "planner.specs:CommandSpec",
    "planner_exporters": "planner.specs:ExporterSpec",
    "planner_stores": "planner.specs:StoreSpec",
    "planner_schema": "builtins:tuple",
    "planner_check": "planner.diagnostics:Diagnostic",
    "planner_calendar_items": "planner.snapshot:CalendarItem",
    "planner_goal_measures": "planner.measure_specs:GoalMeasure",
    "planner_names": "builtins:tuple",
    "planner_panes": "planner.pane_specs:PaneSpec",
    "planner_badges": "planner.pane_specs:Badge",
    "planner_forms": "planner.pane_specs:Form",
}
"""What each hook's results are instances of."""
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def planner_commands() -> Iterable[CommandSpec]:
    """Register commands of the command line. A name that the core or an earlier plugin has is refused."""
    return ()


@hookspec
def planner_exporters() -> Iterable[ExporterSpec]:
    """Register file formats for `planner export`."""
    return ()


@hookspec
def planner_stores() -> Iterable[StoreSpec]:
    """Register places where a journal can be kept, by the scheme of their URL. The first of equal schemes wins."""
    return ()


@hookspec
def planner_schema() -> Iterable[tuple[str, Mapping[str, Any]]]:
    """Register tables of the plan file: name and JSON Schema (2020-12) of each table that belongs to the plugin."""
    return ()


@hookspec
def planner_check(plan: Plan, graph: TaskGraph) -> Iterable[Diagnostic]:
    """Collect problems of a plan for `planner check`. Places come from `plan.text.key(…)` and `plan.text.value(…)`."""
    return ()


@hookspec
def planner_calendar_items(snapshot: Snapshot) -> Iterable[CalendarItem]:
    """Collect what belongs into calendars."""
    return ()


@hookspec
def planner_goal_measures(snapshot: Snapshot) -> Iterable[GoalMeasure]:
    """Collect what was counted, row by row, so that whoever asks can total it for a goal, a branch or some days.

    What must not leave the office stands in no measure: numbers and kinds may, names may not.
    """
    return ()


@hookspec
def planner_names(snapshot: Snapshot) -> Iterable[tuple[str, str]]:
    """Collect the names of what rows in the journal hold, for people who read it: pairs of an id and a name.

    An id is that of a ledger (`visits`), of something in its rows (`visits.people`) or of a stage
    (`proposals.stage.replied`).
    """
    return ()


@hookspec
def planner_panes() -> Iterable[PaneSpec]:
    """Register what can be looked at beside the plan, or beside one of its tasks.

    What the target of a pane gives is asked for again after every change, but only while somebody looks.
    """
    return ()


@hookspec
def planner_badges(snapshot: Snapshot) -> Iterable[Badge]:
    """Collect short marks on tasks. Asked for again after every change, so it should take milliseconds."""
    return ()


@hookspec
def planner_forms(snapshot: Snapshot) -> Iterable[Form]:
    """Collect what can be done by answering a few questions. Asked for when somebody wants to act.

    A form's `submit` acts on the plan as it is by then, which need not be what `snapshot` shows.
    """
    return ()
