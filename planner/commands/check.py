"""`planner check`: everything that is wrong in a plan, in one run."""

from __future__ import annotations

import click

from planner.diagnostics import Diagnostic, Severity, has_errors, in_order
from planner.errors import PlanError
from planner.i18n import _, ngettext
from planner.output import echo, echo_json, rendered
from planner.session import Session


@click.command(
    help=_(
        "Check a plan: its format, ids, dates, order, and whether goals and months are served. Exit "
        "status 3 when there are errors; warnings leave it at 0."
    )
)
@click.option("--strict", is_flag=True, help=_("Warnings count as errors."))
@click.pass_obj
def check(session: Session, strict: bool) -> int:
    """Print all diagnostics; the data is their list."""
    loading = session.load()
    found = list(loading.diagnostics)
    if loading.plan is not None:
        from planner.graph import TaskGraph

        graph = TaskGraph(loading.plan.tasks)
        found += session.call("planner_check", plan=loading.plan, graph=graph)
    failed = has_errors(found) or (strict and any(d.severity is Severity.WARNING for d in found))
    if session.json:
        echo_json({"ok": not failed, "diagnostics": [d.to_json() for d in in_order(found)]})
        return PlanError.exit_code if failed else 0
    tasks = len(loading.plan.tasks) if loading.plan else 0
    echo(*rendered(found), _summary(found, tasks))
    return PlanError.exit_code if failed else 0


def _summary(found: list[Diagnostic], tasks: int) -> str:
    errors = sum(d.severity is Severity.ERROR for d in found)
    warnings = sum(d.severity is Severity.WARNING for d in found)
    checked = ngettext("{n} task checked", "{n} tasks checked", tasks).format(n=tasks)
    if not errors and not warnings:
        return _("{checked}: no errors, no warnings.").format(checked=checked)
    return _("{checked}: {errors} errors, {warnings} warnings.").format(
        checked=checked, errors=errors, warnings=warnings
    )
