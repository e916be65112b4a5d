"""Ids: each declared once, and each that is named somewhere declared."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from planner.diagnostics import Diagnostic, Severity
from planner.i18n import _
from planner.plan.model import Plan
from planner.text import nearest

_KINDS = ("goals", "branches", "tasks")
_FEW = 15
_COMPARISONS = 150_000
"""Half a second of work: hints for the first unknown ids of a large plan, for all of a usual one."""


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
    unknown = _Unknown(plan)
    for task in plan.tasks:
        if not goals.issuperset(task.goals):
            message = _("There is no goal with the id {id}.")
            yield from unknown.told(task.position, "goals", "P302", message, task.goals, goals)
        if not branches.issuperset(task.branches):
            message = _("There is no sub-union with the id {id}.")
            yield from unknown.told(task.position, "for", "P303", message, task.branches, branches)
        for need in task.needs:
            if need.task not in tasks:
                message = _("There is no task with the id {id}.")
                named = [need.task for need in task.needs]
                yield from unknown.told(task.position, "needs", "P304", message, named, tasks)
                break


class _Unknown:
    """Tells of unknown ids, and what was probably meant as long as looking for that does not take too long."""

    def __init__(self, plan: Plan) -> None:
        self._text = plan.text
        self._comparisons = _COMPARISONS

    def told(
        self, index: int, key: str, code: str, message: str, named: Sequence[str], known: Collection[str]
    ) -> Iterator[Diagnostic]:
        """A diagnostic for each of the ids `named` that is not `known`."""
        for n, name in enumerate(named):
            if name and name not in known:  # "" stands for what the schema has refused
                place = self._text.value("tasks", index, key, n, "task")
                yield Diagnostic(code, Severity.ERROR, message.format(id=name), place, self._hint(name, known))

    def _hint(self, name: str, known: Collection[str]) -> str | None:
        self._comparisons -= len(known)
        if self._comparisons > 0 and (likely := nearest(name, known)):
            return _("did you mean {word}?").format(word=likely)
        return _("They are: {names}.").format(names=" ".join(sorted(known))) if 0 < len(known) <= _FEW else None
