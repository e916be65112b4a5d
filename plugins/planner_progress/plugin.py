"""What the progress plugin offers. Imported on every start of the program, so it names its parts and loads none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from planner.api import CommandSpec, _, hookimpl

if TYPE_CHECKING:
    from planner.api import CalendarItem, Diagnostic, PaneSpec, Plan, Snapshot, TaskGraph


@hookimpl
def planner_commands() -> Iterable[CommandSpec]:
    """The command `planner progress`."""
    yield CommandSpec("progress", _("How far the plan is on its goals"), "planner_progress.command:progress")
    yield CommandSpec("chain", _("How far each sub-union is, step by step"), "planner_progress.chain_command:chain")
    yield CommandSpec("election", _("Countdown to the next election"), "planner_progress.election_command:election")


@hookimpl
def planner_schema() -> Iterable[tuple[str, Mapping[str, Any]]]:
    """The tables `[progress]` and `[election]` of a plan."""
    from planner_progress.election_settings import SCHEMA as ELECTION
    from planner_progress.settings import SCHEMA

    yield "progress", SCHEMA
    yield "election", ELECTION


@hookimpl
def planner_check(plan: Plan, graph: TaskGraph) -> Iterable[Diagnostic]:  # noqa: ARG001  the signature of the hook
    """Duties that nobody serves, odd targets; an election that nobody prepares, or with odd settings."""
    if plan.guiding.duties or "progress" in plan.tables:
        from planner_progress.check import check_progress

        yield from check_progress(plan)
    if "election" in plan.tables:
        from planner_progress.election_rules import check_election

        yield from check_election(plan)


@hookimpl
def planner_calendar_items(snapshot: Snapshot) -> Iterable[CalendarItem]:
    """The steps of an election, where the plan asks for them."""
    if snapshot.only is None and snapshot.plan.tables.get("election", {}).get("calendar"):
        from planner_progress.election_calendar import calendar_items

        yield from calendar_items(snapshot.plan)


@hookimpl
def planner_panes() -> Iterable[PaneSpec]:
    """How far the plan is, with its chains and the election where there are any."""
    from planner.api import PaneSpec

    yield PaneSpec("progress", _("Progress"), "planner_progress.panes:progress")
