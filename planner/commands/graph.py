"""`planner graph`: what depends on what, and how much time there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import click

from planner.find import find_task
from planner.graph import Leeway
from planner.i18n import _
from planner.output import echo, echo_json, terminal_width
from planner.plan.model import Need, Task
from planner.session import Session
from planner.snapshot import Snapshot
from planner.text import pad, printable, shorten, wrap
from planner.views.waiting import waits_for
from planner.views.wording import task_days, task_status, task_title, task_when


@click.command(
    help=_(
        "Show the chains of tasks that depend on each other, with the latest day to start and the slack "
        "in working days. With TASK: only what leads to it and what waits for it."
    )
)
@click.argument("task", metavar="[TASK]", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "mermaid", "dot", "json"]),
    default="text",
    show_default=True,
    help=_("Form of the output"),
)
@click.pass_obj
def graph(session: Session, task: str | None, form: str) -> None:
    """Print the graph, or the part around one task."""
    snapshot = session.snapshot()
    chains = snapshot.graph.chains()
    if task is not None:
        wanted = find_task(task, snapshot.plan)
        near = {t.id for t in (*snapshot.graph.chain(wanted), *snapshot.graph.consequences(wanted))}
        chains = [[t for t in snapshot.graph.order() if t.id in near]]
    leeway = snapshot.graph.leeway(snapshot.plan.term.window, snapshot.plan.calendar)
    if session.json or form == "json":
        echo_json(_as_json(snapshot, chains, leeway))
    elif form == "text":
        echo(*_text(snapshot, chains, leeway, terminal_width()))
    else:
        echo(*_DRAWINGS[form](snapshot, [t for chain in chains for t in chain]))


def _text(snapshot: Snapshot, chains: list[list[Task]], leeway: dict[str, Leeway], width: int) -> Iterator[str]:
    if not any(chains):
        yield _("No task needs another one.")
    for number, chain in enumerate(chains, 1):
        if number > 1:
            yield ""
        yield _("Chain {n} ({count} tasks)").format(n=number, count=len(chain))
        depth = _depths(snapshot, chain)
        for above, task in zip([None, *chain], chain, strict=False):
            indent = "  " * depth[task.id] + ("└ " if depth[task.id] else "")
            yield shorten(f"  {indent}{pad(task_when(task), 8)}  {task_title(task, snapshot.plan)}", width)
            below = " " * (4 + 2 * depth[task.id])
            details = wrap(_details(task, snapshot, leeway.get(task.id)), max(width - len(below) - 2, 20))
            yield from (below + line for line in details)
            if task.needs and task.needs != (Need(above.id if above else ""),):  # more than the line above says
                needs = _("after: {titles}").format(titles=_(", ").join(map(_need_words, task.needs)))
                yield from (below + line for line in wrap(needs, max(width - len(below) - 2, 20)))
    yield from _provisional(snapshot)


def _details(task: Task, snapshot: Snapshot, room: Leeway | None) -> str:
    parts = [task.id, task_days(task), task_status(task, snapshot.plan, snapshot.statuses)]
    if snapshot.statuses.is_closed(task):
        return "  ".join(parts)  # how much time there was is of no use any more
    if snapshot.graph.needs(task):
        ready = not waits_for(task, snapshot.graph, snapshot.statuses)
        parts.append(_("ready") if ready else _("blocked"))
    if room:
        parts.append(_("start by {day}").format(day=f"{room.latest:%m-%d}"))
        parts.append(_("slack {n} working days").format(n=room.slack))
    else:
        parts.append(_("on a cycle"))
    return "  ".join(filter(None, parts))


def _need_words(need: Need) -> str:
    return _("{id} + {n} days").format(id=need.task, n=need.lag) if need.lag else need.task


def _provisional(snapshot: Snapshot) -> Iterator[str]:
    term = snapshot.plan.term
    years = [
        y for y in range(term.start.year, term.end.year + 1) if snapshot.plan.calendar.year_status(y) == "provisional"
    ]
    for year in years:
        yield ""
        yield _("The holidays of {year} are not announced yet; working days of that year are provisional.").format(
            year=year
        )


def _depths(snapshot: Snapshot, chain: list[Task]) -> dict[str, int]:
    """How many steps of needs lead to each task, at most eight (so that lines stay on the screen)."""
    depth: dict[str, int] = {}
    for task in chain:
        depth[task.id] = max((min(depth.get(need.id, -1) + 1, 8) for need in snapshot.graph.needs(task)), default=0)
    return depth


def _as_json(snapshot: Snapshot, chains: list[list[Task]], leeway: dict[str, Leeway]) -> dict[str, Any]:
    return {
        "chains": [[_node(task, snapshot, leeway.get(task.id)) for task in chain] for chain in chains],
        "cycles": [[task.id for task in cycle] for cycle in snapshot.graph.cycles()],
        "conflicts": [
            {"task": c.task.id, "need": c.need.id, "ends": str(c.ends), "ready": str(c.ready)}
            for c in snapshot.graph.conflicts()
        ],
    }


def _node(task: Task, snapshot: Snapshot, room: Leeway | None) -> dict[str, Any]:
    return {
        "id": task.id,
        "title": task.title,
        "private": task.private,
        "status": snapshot.statuses.task(task),
        "ready": not waits_for(task, snapshot.graph, snapshot.statuses),
        "needs": [{"task": need.task, "lag": need.lag} for need in task.needs],
        "dependents": [t.id for t in snapshot.graph.dependents(task)],
        "earliest": str(room.earliest) if room else None,
        "latest": str(room.latest) if room else None,
        "slack": room.slack if room else None,
    }


def _label(task: Task, snapshot: Snapshot) -> str:
    """What a node says. Drawings are made to be pasted elsewhere, so private work has no name there."""
    title = _("private") if task.private else task.title
    return printable(f"{title} {task_when(task)} {task_status(task, snapshot.plan, snapshot.statuses)}")


def _mermaid(snapshot: Snapshot, tasks: Iterable[Task]) -> Iterator[str]:
    """A flow chart. Nodes are numbered and labels quoted with entities, so that no title can act."""
    yield "flowchart LR"
    for task in tasks:
        label = "".join(c if c.isalnum() or c in " ，、。：；" else f"#{ord(c)};" for c in _label(task, snapshot))
        yield f'  t{task.position}["{label}"]'
        for need in snapshot.graph.needs(task):
            yield f"  t{need.position} --> t{task.position}"


def _dot(snapshot: Snapshot, tasks: Iterable[Task]) -> Iterator[str]:
    yield "digraph plan {"
    yield "  rankdir=LR; node [shape=box];"
    for task in tasks:
        label = _label(task, snapshot).replace("\\", "\\\\").replace('"', '\\"')
        yield f'  t{task.position} [label="{label}"];'
        for need in snapshot.graph.needs(task):
            yield f"  t{need.position} -> t{task.position};"
    yield "}"


_DRAWINGS: dict[str, Callable[[Snapshot, Iterable[Task]], Iterator[str]]] = {"mermaid": _mermaid, "dot": _dot}
