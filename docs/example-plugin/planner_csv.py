"""An example plugin: `planner export -o plan.csv`, and what it says of titles that do not fit into such a table."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from planner.api import Diagnostic, ExporterSpec, Plan, Severity, Snapshot, Task, hookimpl, printable

if TYPE_CHECKING:
    from planner.api import Badge, PaneLine, PaneSpec

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


def _too_long(plan: Plan) -> Iterator[Task]:
    return (task for task in plan.tasks if len(task.title) > LONGEST)


@hookimpl
def planner_check(plan: Plan) -> Iterable[Diagnostic]:
    """Warn about titles of more than 40 characters. (A hook may leave out arguments that it does not need.)"""
    for task in _too_long(plan):
        place = plan.text.value("tasks", task.position, "title")
        yield Diagnostic("CSV1", Severity.WARNING, f"标题超过 {LONGEST} 个字，表格里放不下。", place)


@hookimpl
def planner_badges(snapshot: Snapshot) -> Iterable["Badge"]:
    """The same as a word beside each such title on the board. (These types are imported where somebody looks.)"""
    from planner.api import Badge

    return [Badge(task.id, "标题长", "warning") for task in _too_long(snapshot.plan)]


@hookimpl
def planner_panes() -> Iterable["PaneSpec"]:
    """And as a list beside the plan; from each line one gets to the task."""
    from planner.api import PaneSpec

    return [PaneSpec("csv", "放不进表格的标题", "planner_csv:pane")]


def pane(snapshot: Snapshot) -> Iterable["PaneLine"]:
    """How many characters each has too many."""
    from planner.api import PaneLine

    for task in _too_long(snapshot.plan):
        yield PaneLine(f"多 {len(task.title) - LONGEST} 个字：{task.title}", "warning", task.id)
