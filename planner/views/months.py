"""The plan month by month, as schools write it: a heading a month, 七、八月 together where a task takes both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from planner.dates.term import Term
from planner.dates.window import Window
from planner.i18n import _
from planner.plan.model import Plan, Task
from planner.plan.occurrence import occurrences

Month = tuple[int, int]
"""Year and month."""
_LONGEST = 3
"""A window over more months belongs to the term as a whole, not to a heading."""


class MonthGroup(NamedTuple):
    """Tasks under one heading. `months` is empty for the two groups apart: the whole term, and no date at all."""

    title: str
    months: tuple[Month, ...]
    tasks: tuple[Task, ...]


def months_of(window: Window) -> tuple[Month, ...]:
    """The months that a window touches, in order."""
    first, last = window.start.year * 12 + window.start.month - 1, window.end.year * 12 + window.end.month - 1
    return tuple((n // 12, n % 12 + 1) for n in range(first, last + 1))


def month_name(month: Month, term: Term) -> str:
    """二月; with the year where it is not that in which the term begins."""
    name = _names()[month[1] - 1]
    return name if month[0] == term.start.year else _("{month} {year}").format(month=name, year=month[0])


def _names() -> list[str]:
    return [
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"),
        _("July"), _("August"), _("September"), _("October"), _("November"), _("December"),
    ]  # fmt: skip


def _heading(months: tuple[Month, ...], term: Term) -> str:
    names = [month_name(month, term) for month in months]
    if len(names) == 1:
        return names[0]
    if len(names) == 2 and months[0][0] == months[1][0] == term.start.year and names[0].endswith("月"):
        return f"{names[0][:-1]}、{names[1]}"
    return _(", ").join(names) if len(names) == 2 else _("{first} to {last}").format(first=names[0], last=names[-1])


def days_of(task: Task, plan: Plan) -> tuple[Window, ...]:
    """The days under which a task is listed: of each occurrence those that are known; of a quota its whole time."""
    if not task.on or (len(task.windows) < 2 and not task.times and not (task.timing and task.timing.recurs)):
        return task.days
    known = occurrences(task, plan)
    if any(o.kind == "slot" for o in known):
        return task.windows or (plan.term.window,)
    return tuple(o.days for o in known if o.days)


def by_month(plan: Plan, tasks: Iterable[Task]) -> list[MonthGroup]:
    """`tasks` under their headings, in order of time; then those of the whole term; then those without a date.

    A task with several windows stands under each of their headings.
    """
    groups: dict[tuple[Month, ...], list[Task]] = {}
    whole: list[Task] = []
    undated: list[Task] = []
    for task in tasks:
        keys = dict.fromkeys(months_of(window) for window in days_of(task, plan))
        if not keys:
            undated.append(task)
        elif any(len(key) > _LONGEST for key in keys):
            whole.append(task)
        else:
            for key in keys:
                groups.setdefault(key, []).append(task)
    # A heading of several months comes after the single months that it begins with.
    in_order = sorted(groups, key=lambda months: (months[0], len(months)))
    result = [MonthGroup(_heading(months, plan.term), months, tuple(groups[months])) for months in in_order]
    if whole:
        result.append(MonthGroup(_("The whole term"), (), tuple(whole)))
    if undated:
        result.append(MonthGroup(_("Without a date"), (), tuple(undated)))
    return result
