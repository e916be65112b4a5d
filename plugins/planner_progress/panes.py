"""How far the plan is, beside the plan: a line for each goal, and lines that lead to what is late and what is next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from planner.api import PaneLine, _, full_day
from planner_progress import chain_text, election_text
from planner_progress.chains import find_chains
from planner_progress.coverage import coverage
from planner_progress.election import schedule_of
from planner_progress.figures import Progress
from planner_progress.league import make_league
from planner_progress.targets import results
from planner_progress.words import (
    begun,
    due_title,
    fan_out_words,
    gaps,
    late_title,
    percent,
    reason,
    state_name,
    target_state_name,
    target_words,
)

if TYPE_CHECKING:
    from planner.api import Role, Snapshot
    from planner_progress.coverage import Coverage
    from planner_progress.figures import Figures, State
    from planner_progress.targets import TargetState

_STATES: Mapping[State, Role] = {
    "done": "good",
    "late": "bad",
    "on_track": "",
    "not_started": "muted",
    "empty": "muted",
}
_TARGETS: Mapping[TargetState, Role] = {"reached": "good", "missed": "bad", "open": ""}
_NEXT = 3
"""Tasks of a goal that are shown as the next ones."""


def progress(snapshot: Snapshot) -> Iterator[PaneLine]:
    """How far the plan is, its chains and the election: one page, because digits lead to nine only."""
    yield from _figures(snapshot)
    for lines in (chains(snapshot), election(snapshot)):
        for n, line in enumerate(lines):
            if not n:
                yield PaneLine("")
            yield line


def chains(snapshot: Snapshot) -> Iterator[PaneLine]:
    """How far each sub-union is on every chain of the plan; nothing where there is none."""
    for n, chain in enumerate(find_chains(snapshot.plan, snapshot.graph)):
        if n:
            yield PaneLine("")
        yield from chain_text.pane_lines(make_league(chain, snapshot), snapshot)


def election(snapshot: Snapshot) -> Iterator[PaneLine]:
    """The steps of the election and their days; nothing where the plan has no table `[election]`."""
    if found := schedule_of(snapshot.plan):
        yield from election_text.pane_lines(found, snapshot)


def _figures(snapshot: Snapshot) -> Iterator[PaneLine]:
    """How far the plan is; what is late leads to its task."""
    found = Progress(snapshot)
    whole = found.whole
    if not whole.tasks:
        yield PaneLine(_("There is no task here."), "muted")
        return
    text = _("{day}: done {done}, due {expected}; {state}").format(
        day=full_day(snapshot.today),
        done=percent(whole.weighted.done),
        expected=percent(whole.weighted.expected),
        state=state_name(whole.state),
    )
    yield PaneLine(text, "strong")
    yield PaneLine(_counts(whole), "muted")
    for each in found.goals:
        title = each.goal.title if each.goal else _("Tasks that serve no goal")
        yield PaneLine("")
        yield from _group(title, each.figures, snapshot)
    if not found.goals:
        yield from _tasks(whole, snapshot)
    yield from _targets(found)
    yield from _gaps(coverage(snapshot), snapshot)


def _counts(found: Figures) -> str:
    counts = found.counts
    numbers = {"done": counts.done, "all": counts.all, "due": counts.expected, "late": counts.late}
    return _("{done} of {all} done, {due} due, {late} late").format(**numbers)


def _group(title: str, found: Figures, snapshot: Snapshot) -> Iterator[PaneLine]:
    yield PaneLine(title, "heading")
    if not found.tasks:
        yield PaneLine(reason(found, snapshot.today), "warning")
        return
    shares = {"done": percent(found.shares.done), "expected": percent(found.shares.expected)}
    text = _("{state}: done {done}, due {expected}; {counts}")
    text = text.format(state=state_name(found.state), counts=_counts(found), **shares)
    yield PaneLine(text, _STATES[found.state])
    yield from _tasks(found, snapshot)


def _tasks(found: Figures, snapshot: Snapshot) -> Iterator[PaneLine]:
    """What is late, all of it; and what is next."""
    for figure in found.overdue:
        late = _("late: {title}").format(title=late_title(figure, snapshot.today))
        yield PaneLine(late, "bad", figure.task.id)
    for figure in found.coming[:_NEXT]:
        coming = _("next: {titles}").format(titles=due_title(figure, snapshot.today))
        yield PaneLine(coming, "", figure.task.id)


def _targets(found: Progress) -> Iterator[PaneLine]:
    if known := results(found):
        yield PaneLine("")
        yield PaneLine(_("Targets"), "heading")
    for each in known:
        text = f"{target_state_name(each.state)}  {target_words(each)}"
        yield PaneLine(text, _TARGETS.get(each.state, "warning"))


def _gaps(found: Coverage, snapshot: Snapshot) -> Iterator[PaneLine]:
    """What is missing; a fan-out leads to its task, and so does each task that nobody has begun."""
    plan, today = snapshot.plan, snapshot.today
    pairs = gaps(_without_tasks(found), plan, today)
    lines = [PaneLine(_("{what}: {text}").format(what=what, text=text), "warning") for what, text in pairs]
    for each in begun(found.fan_outs, today):
        lines.append(PaneLine(fan_out_words(each, plan, today), "bad" if each.overdue else "", each.task.id))
    if found.untouched:
        lines.append(PaneLine(_("without a date, not begun, no row"), "warning"))
        lines += [PaneLine(task.title, "", task.id) for task in found.untouched]
    if lines:
        yield from (PaneLine(""), PaneLine(_("What is missing"), "heading"), *lines)


def _without_tasks(found: Coverage) -> Coverage:
    return found._replace(fan_outs=(), untouched=())
