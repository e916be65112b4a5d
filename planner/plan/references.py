"""Ids: each declared once, and each that is named somewhere declared."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from planner.diagnostics import Diagnostic, Severity
from planner.i18n import _
from planner.plan.model import Plan
from planner.text import nearest

_KINDS = ("goals", "branches", "tasks")
_FEW = 15


def check_references(plan: Plan, declared: Mapping[str, frozenset[str]] | None = None) -> Iterator[Diagnostic]:
    """Duplicate and unknown ids of a plan. `declared` holds, per kind, ids that stand in the file but were invalid."""
    ids = {kind: {entry.id for entry in getattr(plan, kind)} for kind in _KINDS}
    for kind in _KINDS:
        if len(ids[kind]) < len(getattr(plan, kind)):
            yield from _duplicates(plan, kind)
        ids[kind] |= declared[kind] if declared else set()
    yield from _unknown_duties(plan)
    yield from _unknown_in_tasks(plan, ids["goals"], ids["branches"], ids["tasks"])


def _duplicates(plan: Plan, kind: str) -> Iterator[Diagnostic]:
    first: dict[str, int] = {}
    for entry in getattr(plan, kind):
        if entry.id not in first:
            first[entry.id] = entry.position
            continue
        line = plan.text.value(kind, first[entry.id], "id").line
        message = _("The id {id} stands on line {line} already.").format(id=entry.id, line=line)
        place = plan.text.value(kind, entry.position, "id")
        yield Diagnostic("P301", Severity.ERROR, message, place, _("Every id may stand only once; choose another."))


def _unknown_duties(plan: Plan) -> Iterator[Diagnostic]:
    for goal in plan.goals:
        for n, duty in enumerate(goal.duties):
            if duty and plan.guiding.duties and duty not in plan.guiding.duties:
                message = _("The guiding thought does not name the duty {name}.").format(name=duty)
                hint = _("It names: {names}.").format(names=" ".join(plan.guiding.duties))
                yield Diagnostic(
                    "P305", Severity.ERROR, message, plan.text.value("goals", goal.position, "duties", n), hint
                )


def _unknown_in_tasks(plan: Plan, goals: set[str], branches: set[str], tasks: set[str]) -> Iterator[Diagnostic]:
    for task in plan.tasks:
        if not goals.issuperset(task.goals):
            message = _("There is no goal with the id {id}.")
            yield from _unknown(plan, task.position, "goals", "P302", message, task.goals, goals)
        if not branches.issuperset(task.branches):
            message = _("There is no sub-union with the id {id}.")
            yield from _unknown(plan, task.position, "for", "P303", message, task.branches, branches)
        for need in task.needs:
            if need.task not in tasks:
                message = _("There is no task with the id {id}.")
                named = [need.task for need in task.needs]
                yield from _unknown(plan, task.position, "needs", "P304", message, named, tasks)
                break


def _unknown(
    plan: Plan, index: int, key: str, code: str, message: str, named: Sequence[str], known: Collection[str]
) -> Iterator[Diagnostic]:
    for n, name in enumerate(named):
        if name and name not in known:  # "" stands for what the schema has refused
            hint = _what_there_is(name, known)
            place = plan.text.value("tasks", index, key, n, "task")
            yield Diagnostic(code, Severity.ERROR, message.format(id=name), place, hint)


def _what_there_is(name: str, known: Collection[str]) -> str | None:
    if likely := nearest(name, known):
        return _("did you mean {word}?").format(word=likely)
    return _("They are: {names}.").format(names=" ".join(sorted(known))) if 0 < len(known) <= _FEW else None
