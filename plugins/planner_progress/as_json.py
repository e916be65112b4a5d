"""The report as JSON: stable, documented, language-free keys. Shares are percentages with one decimal at most."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from planner.api import quantity_text
from planner_progress.coverage import coverage
from planner_progress.evidence import evidence
from planner_progress.figures import one_decimal
from planner_progress.targets import results

if TYPE_CHECKING:
    from planner.api import GoalMeasure, Quantity, Window
    from planner_progress.coverage import FanOut, Month
    from planner_progress.evidence import Evidence, Total
    from planner_progress.figures import Figures, Progress, TaskFigure
    from planner_progress.report import Report
    from planner_progress.targets import Period, Result


def report_json(report: Report) -> dict[str, Any]:
    """The data of `planner progress --json`."""
    progress = report.progress
    plan, goal, branch = progress.plan, progress.goal, progress.branch
    points = [{"day": str(point.day), **_numbers(point.figures)} for point in report.points]
    return {
        "as_of": str(report.day),
        "forecast": report.is_forecast,
        "notes": list(report.notes),
        "goal": goal.id if goal else None,
        "branch": branch.id if branch else None,
        "plan": {
            "id": plan.id,
            "title": plan.title,
            "term": {"start": str(plan.term.start), "end": str(plan.term.end)},
            **_figures(progress.whole),
        },
        **_groups(progress),
        "tasks": [_task(figure) for figure in progress.tasks],
        "targets": [_target(result) for result in results(progress)] if branch is None else [],
        "coverage": _coverage(progress) if goal is None and branch is None else None,
        "evidence": [_evidence(each) for each in evidence(progress)],
        "history": {"every": report.every, "points": points} if report.every else None,
    }


def _groups(progress: Progress) -> dict[str, Any]:
    no_goal = [each for each in progress.goals if each.goal is None]
    return {
        "goals": [
            {
                "id": each.goal.id,
                "title": each.goal.title,
                "weight": each.goal.weight,
                "duties": list(each.goal.duties),
                **_figures(each.figures),
            }
            for each in progress.goals
            if each.goal is not None
        ],
        "no_goal": _figures(no_goal[0].figures) if no_goal else None,
        "duties": [
            {"name": each.name, "goals": [goal.id for goal in each.goals], **_figures(each.figures)}
            for each in progress.duties
        ],
        "branches": [
            {"id": each.branch.id, "name": each.branch.name, **_figures(each.figures)} for each in progress.branches
        ],
    }


# Figures -------------------------------------------------------------------------------------------------------------


def _numbers(found: Figures) -> dict[str, Any]:
    counts = found.counts
    return {
        "all": counts.all,
        "done": counts.done,
        "due": counts.expected,
        "late": counts.late,
        "percent": _percent(found.shares.done),
        "expected": _percent(found.shares.expected),
        "weighted": _percent(found.weighted.done),
        "weighted_expected": _percent(found.weighted.expected),
        "state": found.state if found.state != "empty" else None,
    }


def _figures(found: Figures) -> dict[str, Any]:
    return {
        **_numbers(found),
        "overdue": [
            {"task": f.task.id, "title": f.task.title, "ended": str(f.overdue_since), "parts": f.cells, "open": f.late}
            for f in found.overdue
        ],
        "next": [{"task": f.task.id, "title": f.task.title, "by": str(f.due)} for f in found.coming],
        "put_off": [figure.task.id for figure in found.put_off],
        "undated": [figure.task.id for figure in found.undated],
    }


def _task(figure: TaskFigure) -> dict[str, Any]:
    return {
        "id": figure.task.id,
        "parts": figure.cells,
        "done": figure.done,
        "due": figure.expected,
        "late": figure.late,
        "percent": _percent(Fraction(figure.done, figure.cells)) if figure.cells else None,
        "expected": _percent(Fraction(figure.expected, figure.cells)) if figure.cells else None,
    }


def _percent(share: Fraction | None) -> float | None:
    return None if share is None else one_decimal(share)


# Targets, gaps, evidence ---------------------------------------------------------------------------------------------


def _target(result: Result) -> dict[str, Any]:
    raw: Mapping[str, Any] = result.raw
    return {
        "goal": raw["goal"],
        "measure": raw["measure"],
        "title": result.title,
        "every": raw.get("every", "term"),
        "least": raw.get("least"),
        "exactly": raw.get("exactly"),
        "most": raw.get("most"),
        "state": result.state,
        "part": _quantity(result.part),
        "whole": _quantity(result.whole),
        "periods": [_period(period) for period in result.periods],
        "unplaced": result.unplaced,
        "remark": result.remark or None,
    }


def _period(period: Period) -> dict[str, Any]:
    total, days = quantity_text(period.total), _window(period.days)
    return {"key": period.key, "window": days, "total": total, "state": period.state}


def _coverage(progress: Progress) -> dict[str, Any]:
    found = coverage(progress.snapshot)
    return {
        "unserved_goals": [goal.id for goal in found.unserved_goals],
        "aimless_tasks": [task.id for task in found.aimless_tasks],
        "unserved_duties": list(found.unserved_duties),
        "idle_duties": list(found.idle_duties),
        "untouched": [task.id for task in found.untouched],
        "empty_months": [_month(month) for month in found.empty_months],
        "months_without_theme": [_month(month) for month in found.months_without_theme],
        "fan_outs": [_fan_out(each) for each in found.fan_outs],
    }


def _fan_out(each: FanOut) -> dict[str, Any]:
    return {
        "task": each.task.id,
        "occurrence": each.occurrence.key,
        "window": _window(each.occurrence.days) if each.occurrence.days else None,
        "overdue": list(each.overdue),
        "open": list(each.open),
        "wanted": each.wanted,
    }


def _evidence(each: Evidence) -> dict[str, Any]:
    goal = each.goal.id if each.goal else None
    return {"goal": goal, "rows": each.rows, "measures": [_total(total) for total in each.totals]}


def _total(total: Total) -> dict[str, Any]:
    return {
        "name": total.name,
        "title": total.title,
        "totals": [quantity_text(quantity) for quantity in total.sums],
        "shares": [_share(measure) for measure in total.shares],
        "rows": total.rows,
    }


def _share(measure: GoalMeasure) -> dict[str, str | None]:
    value, part, whole = quantity_text(measure.quantity), _quantity(measure.part), _quantity(measure.whole)
    return {"value": value, "part": part, "whole": whole}


def _quantity(quantity: Quantity | None) -> str | None:
    return quantity_text(quantity) if quantity else None


def _window(days: Window) -> list[str]:
    return [str(days.start), str(days.end)]


def _month(month: Month) -> str:
    return f"{month[0]}-{month[1]:02}"
