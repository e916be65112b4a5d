"""The steps of an election in calendar files, where the plan asks for them (`calendar = true`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.api import CalendarItem
from planner_progress.election import schedule_of
from planner_progress.election_rules import CUSTOM

if TYPE_CHECKING:
    from planner.api import Plan
    from planner_progress.election import Planned


def calendar_items(plan: Plan) -> Iterator[CalendarItem]:
    """An item for each step that no task of the plan serves: those that one does are in calendars as that task.

    Nothing in it depends on the day on which it is asked for, so that files of an unchanged plan stay the same.
    """
    found = schedule_of(plan)
    if found is None:
        return
    for step in found.steps:
        if step.match is None:
            is_set = step.step.name == "congress" and found.election.planned is not None
            yield CalendarItem(
                key=f"election.{step.step.name}",
                title=f"工会换届：{step.step.title}",
                kind="decided" if is_set else "window",
                days=step.window,
                note=_note(step),
                provisional=step.is_provisional,
            )


def _note(step: Planned) -> str:
    """Who does it, and why then."""
    days = f"留{step.days}个工作日" + (f"（{CUSTOM}）" if step.is_convention else "")
    return f"由{step.who}做。{step.step.remark}（{step.step.source or CUSTOM}）。最迟这几天完成，{days}。"
