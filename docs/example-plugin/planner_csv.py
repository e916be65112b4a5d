"""An example plugin: `planner export -o plan.csv`, and a check that titles fit into a table."""

import csv
import io
from collections.abc import Iterable

from planner.api import Diagnostic, ExporterSpec, Plan, Severity, Snapshot, hookimpl, printable

LONGEST = 40


@hookimpl
def planner_exporters() -> Iterable[ExporterSpec]:
    """The format. Its target is imported only when somebody exports; here it stands in the same module."""
    return [ExporterSpec(".csv", "表格（CSV）", "planner_csv:export")]


def export(snapshot: Snapshot) -> bytes:
    """One row a task. UTF-8 with BOM, because Excel takes anything else for the local encoding."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["编号", "事项", "时间"])
    for task in snapshot.plan.tasks:
        if not task.private:
            rows.writerow([task.id, _harmless(task.title), _harmless(task.when or "")])
    return out.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    """A cell that a spreadsheet shows and never runs as a formula."""
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else printable(text)


@hookimpl
def planner_check(plan: Plan) -> Iterable[Diagnostic]:
    """Warn about titles of more than 40 characters. (A hook may leave out arguments that it does not need.)"""
    for task in plan.tasks:
        if len(task.title) > LONGEST:
            place = plan.text.value("tasks", task.position, "title")
            yield Diagnostic("CSV1", Severity.WARNING, f"标题超过 {LONGEST} 个字，表格里放不下。", place)
