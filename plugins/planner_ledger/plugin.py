"""What the ledger plugin offers. Imported on every start of the program, so it names its parts and loads none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from planner.api import CommandSpec, ExporterSpec, _, hookimpl

if TYPE_CHECKING:
    from planner.api import CalendarItem, Diagnostic, Form, GoalMeasure, PaneSpec, Plan, Snapshot


@hookimpl
def planner_commands() -> Iterable[CommandSpec]:
    """The commands `planner record` and `planner ledger`."""
    yield CommandSpec("record", _("Add a row to a ledger"), "planner_ledger.commands.record:record")
    yield CommandSpec("ledger", _("Ledgers: rows, totals, sheets"), "planner_ledger.commands.group:ledger")


@hookimpl
def planner_exporters() -> Iterable[ExporterSpec]:
    """All ledgers as one workbook, without what must not leave the office."""
    yield ExporterSpec(".xlsx", _("Ledgers (Excel)"), "planner_ledger.export:export")


@hookimpl
def planner_schema() -> Iterable[tuple[str, Mapping[str, Any]]]:
    """The tables `[[ledgers]]` of a plan."""
    from planner_ledger.settings import SCHEMA

    yield "ledgers", SCHEMA


@hookimpl
def planner_check(plan: Plan) -> Iterable[Diagnostic]:
    """What is wrong in the tables `[[ledgers]]` beyond their form."""
    if "ledgers" not in plan.tables:
        return ()
    from planner_ledger.check import check

    return check(plan)


@hookimpl
def planner_names(snapshot: Snapshot) -> Iterable[tuple[str, str]]:
    """The names of ledgers, their columns and stages."""
    from planner_ledger.wording import names_in

    return names_in(snapshot.plan)


@hookimpl
def planner_calendar_items(snapshot: Snapshot) -> Iterable[CalendarItem]:
    """What must be answered by a day, such as proposals."""
    if "ledgers" not in snapshot.plan.tables or snapshot.only:
        return ()
    from planner_ledger.due import due_items

    return due_items(snapshot)


@hookimpl
def planner_goal_measures(snapshot: Snapshot) -> Iterable[GoalMeasure]:
    """What the rows count, and the rates."""
    if "ledgers" not in snapshot.plan.tables:
        return ()
    from planner_ledger.measures import measures_of

    return measures_of(snapshot)


@hookimpl
def planner_panes() -> Iterable[PaneSpec]:
    """The ledgers of the plan, and the rows of a task."""
    from planner.api import PaneSpec

    yield PaneSpec("ledgers", _("Ledgers"), "planner_ledger.panes:ledgers")
    yield PaneSpec("rows", _("Ledger rows"), "planner_ledger.panes:of_task", about="task")


@hookimpl
def planner_forms(snapshot: Snapshot) -> Iterable[Form]:
    """Adding a row to a ledger, about a task or about the plan."""
    from planner_ledger.form import row_forms

    return row_forms(snapshot)
