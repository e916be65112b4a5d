"""What `planner check` says about duties, themes and targets. Every command asks, so it costs next to nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from planner.api import Diagnostic, Severity, _, month_name, months_of, nearest, printable

if TYPE_CHECKING:
    from planner.api import Plan


def check_progress(plan: Plan) -> Iterator[Diagnostic]:
    """Duties that nobody serves, months without a theme, targets that mean nothing."""
    table: Mapping[str, Any] = plan.tables.get("progress", {})
    if plan.whole:
        yield from _duties(plan)
        yield from _themes(plan, table.get("themes", {}))
    yield from _targets(plan, table.get("targets", ()))


def _duties(plan: Plan) -> Iterator[Diagnostic]:
    duties = plan.guiding.duties
    aimed = {goal for task in plan.tasks for goal in task.goals} if duties else set[str]()
    for n, name in enumerate(duties):
        goals = [goal for goal in plan.goals if name in goal.duties]
        if any(goal.id in aimed for goal in goals):
            continue
        message = _("The goals of the duty {name} have no task.") if goals else _("No goal serves the duty {name}.")
        hint = None if goals else _('Name it with a goal: duties = ["{name}"]').format(name=name)
        place = plan.text.value("guiding", "duties", n)
        yield Diagnostic("P604", Severity.WARNING, message.format(name=printable(name)), place, hint)


def _themes(plan: Plan, themes: Mapping[str, str]) -> Iterator[Diagnostic]:
    if not themes:
        return
    months = {f"{year}-{month:02}": (year, month) for year, month in months_of(plan.term.window)}
    if missing := [month for key, month in months.items() if key not in themes]:
        names = _(", ").join(month_name(month, plan.term) for month in missing)
        message = _("There is no theme for {month}.").format(month=names)
        yield Diagnostic("P605", Severity.WARNING, message, plan.text.key("progress", "themes"))
    for key in themes:
        if key not in months:
            message = _("The term has no month {month}; its theme is not used.").format(month=key)
            yield Diagnostic("P605", Severity.WARNING, message, plan.text.key("progress", "themes", key))


def _targets(plan: Plan, targets: Sequence[Mapping[str, Any]]) -> Iterator[Diagnostic]:
    if not targets:
        return
    from planner_progress.targets import WrongTargetError, read_target

    known = plan.goal_by_id
    for n, raw in enumerate(targets):
        if raw["goal"] not in known:
            message = _("There is no goal with the id {id}.").format(id=printable(raw["goal"]))
            likely = nearest(raw["goal"], known)
            hint = _("did you mean {word}?").format(word=likely) if likely else None
            place = plan.text.value("progress", "targets", n, "goal")
            yield Diagnostic("P606", Severity.ERROR, message, place, hint)
        try:
            read_target(raw)
        except WrongTargetError as error:
            place = plan.text.value("progress", "targets", n, *([error.key] if error.key else []))
            yield Diagnostic("P607", Severity.WARNING, str(error), place, _("Until then the target is not looked at."))
