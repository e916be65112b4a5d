"""Everything about a task: what matters at first sight on four lines, then its days, goals, needs, doers, history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from rich.cells import cell_len

from planner.api import (
    CLOSED,
    DOING,
    DONE,
    PLANNED,
    POSTPONED,
    Occurrence,
    PaneLine,
    Task,
    _,
    ngettext,
    printable,
    status_name,
)
from planner_board.board import SIGNS, Board, State
from planner_board.details.days import draw_days
from planner_board.details.history import draw_history
from planner_board.details.page import Page, Part, Parts
from planner_board.drawing.cells import cut
from planner_board.drawing.sheet import Ref
from planner_board.words.tasks import (
    current,
    last_recorded,
    left_words,
    missing_words,
    occurrence_words,
    part_state,
    progress_words,
    recorded_words,
    reminder_words,
    state_words,
    waits_words,
    when_words,
)

_TITLE = 16
"""Cells that a title in a list keeps."""
_BEGUN = (DOING, POSTPONED)
"""Statuses that are told even of what is late."""
TITLE_LINES = 2
"""So many lines of the title stand at the top; a longer one is shown in full further below."""


def draw_task(
    page: Page, board: Board, task: Task, key: str | None, more: Iterable[tuple[str, Iterable[PaneLine]]]
) -> None:
    """All of a task; `key` names the occurrence that is looked at, None: whichever matters now."""
    now = current(board, task, key)
    is_whole = _draw_summary(page, board, task, now if key is not None else None)
    if not is_whole:
        page.heading(_("Full title"))
        page.text(task.title)
    if now is not None:
        _draw_branches(page, board, task, now)
    _draw_occurrences(page, board, task)
    draw_days(page, board, task)
    _draw_facts(page, task)
    _draw_goals(page, board, task)
    _draw_order(page, board, task)
    draw_history(page, board, task)
    for title, lines in more:
        draw_section(page, title, lines)


def task_parts(board: Board, task: Task, width: int) -> Parts:
    """A task as a line of a page of `width` cells: sign, title, when, and badges."""
    badges = "".join(f"  [{printable(badge.text)}]" for badge in board.badges(task))
    return link_parts(task, board.state(task), when_words(board, task), width, badges)


def link_parts(task: Task, state: State, remark: str, width: int, badges: str = "") -> Parts:
    """Sign, title and a remark on a line of a page of `width` cells; the title gives way."""
    room = width - 6 - cell_len(remark) - cell_len(badges)
    title = cut(printable(task.title), max(room, min(_TITLE, width - 4)))
    return Part(SIGNS[state] + " ", state), Part(title, state), Part(f"  {remark}", "muted"), Part(badges, "warning")


def draw_section(page: Page, title: str, lines: Iterable[PaneLine]) -> None:
    """What a plugin has to say."""
    page.heading(printable(title))
    for line in lines:
        ref = Ref("task", line.task) if line.task else None
        page.text(line.text, f"{line.role} link" if ref else line.role, ref=ref)


# The summary ---------------------------------------------------------------------------------------------------------


def _draw_summary(page: Page, board: Board, task: Task, asked: Occurrence | None) -> bool:
    """The first lines; whether the whole title stands there."""
    is_whole = page.text(task.title, "strong", most=TITLE_LINES)
    page.line(*_state_parts(board, task, asked))
    if about := _about(board, task):
        page.line(*(Part(text + "  ", "muted") for text in about))
    if ties := list(_ties(board, task, asked)):
        page.line(*ties)
    return is_whole


def _state_parts(board: Board, task: Task, asked: Occurrence | None) -> Iterator[Part]:
    year = board.today.year
    several = asked is not None and len(board.occurrences(task)) > 1
    state = board.state(task, asked if several else None)
    now = asked if several else current(board, task)
    yield Part(f"{SIGNS[state]} {_how(board, task, now, state)}", state)
    is_one = several or (now is not None and now.kind == "slot" and state not in CLOSED)
    yield Part("  " + (occurrence_words(now, year) if now and is_one else when_words(board, task)))
    if parts := progress_words(board, task):
        yield Part(f"  {parts}", "strong")
    if task.private:
        yield Part("  " + _("not sent out"), "warning")
    for badge in board.badges(task):
        yield Part(f"  [{printable(badge.text)}]", "warning")


def _how(board: Board, task: Task, now: Occurrence | None, state: State) -> str:
    """The state with what goes with it: how late, how long still, by whom and when."""
    days = board.statuses.days(task, now) if now else None
    if state in CLOSED:
        entry = last_recorded(board, task, only_done=state == "done")
        recorded = recorded_words(entry, board.plan, board.today.year) if entry else ""
        return f"{state_words(state)} {recorded}".rstrip()
    if days is None:
        return state_words(state) + ("  " + _("no new date") if state == "postponed" else "")
    left = left_words(days, board.today)
    if state != "late":
        return f"{state_words(state)}  {left}"
    status = board.statuses.occurrence(task, now.key) if now else PLANNED
    return f"{left}  {status_name(status)}" if status in _BEGUN else left


def _about(board: Board, task: Task) -> list[str]:
    """Place, who leads, goals."""
    known = board.plan.goal_by_id
    goals = _(", ").join(printable(known[goal].title) for goal in task.goals if goal in known)
    return [printable(text) for text in (task.place, task.lead, goals) if text]


def _ties(board: Board, task: Task, asked: Occurrence | None) -> Iterator[Part]:
    """Who and what it waits for, and what waits for it."""
    now = asked or current(board, task)
    missing = board.statuses.missing(task, now.key) if now and task.branches else ()
    if missing:
        yield Part(missing_words(missing, board.plan) + "  ", "warning")
    if board.statuses.is_closed(task):
        return
    if waits_for := board.blockers(task):
        yield Part(waits_words(waits_for) + "  ", "blocked")
    if waiting := board.graph.dependents(task):
        yield Part(
            ngettext("{n} task waits for it", "{n} tasks wait for it", len(waiting)).format(n=len(waiting)), "need"
        )


# Sections ------------------------------------------------------------------------------------------------------------


def _draw_facts(page: Page, task: Task) -> None:
    """What the plan says besides."""
    facts = [
        (_("place"), task.place),
        (_("lead"), task.lead),
        *((_expected(name), value) for name, value in task.expect.items()),
        (_("reminders"), _(", ").join(map(reminder_words, task.remind))),
        (_("tags"), _(", ").join(task.tags)),
        (_("remark"), task.note),
        *((_("link"), link) for link in task.links),
        (_("private"), _("not sent out: neither calendars nor reports have it") if task.private else ""),
    ]
    if any(value for _name, value in facts):
        page.heading(_("Particulars"))
        for name, value in facts:
            if value:
                page.field(name, value)


def _expected(name: str) -> str:
    """What a number that is expected counts."""
    return {"people": _("people"), "attendances": _("attendances"), "budget": _("budget")}.get(name, printable(name))


def _draw_goals(page: Page, board: Board, task: Task) -> None:
    known = [board.plan.goal_by_id[goal] for goal in dict.fromkeys(task.goals) if goal in board.plan.goal_by_id]
    if not known:
        return
    page.heading(_("Serves"))
    for goal in known:
        duties = _(", ").join(map(printable, goal.duties))
        page.line(Part(printable(goal.title), "link"), Part(f"  {duties}", "muted"), ref=Ref("goal", goal.id))


def _draw_order(page: Page, board: Board, task: Task) -> None:
    """What comes before and after."""
    lags = {need.task: need.lag for need in task.needs}
    groups = ((_("Before it"), board.graph.needs(task)), (_("After it"), board.graph.dependents(task)))
    for title, others in groups:
        if others:
            page.heading(title, ngettext("{n} task", "{n} tasks", len(others)).format(n=len(others)))
        for other in others:
            lag = lags.get(other.id, 0) if title == groups[0][0] else 0
            between = "  " + ngettext("{n} day between", "{n} days between", lag).format(n=lag) if lag else ""
            parts = task_parts(board, other, page.width - cell_len(between))
            page.line(*parts, Part(between, "need"), ref=Ref("task", other.id))


def _draw_occurrences(page: Page, board: Board, task: Task) -> None:
    """Its times, where there are several."""
    known = board.occurrences(task)
    if len(known) < 2:
        return
    closed = sum(board.statuses.occurrence(task, o.key) in CLOSED for o in known)
    page.heading(_("Times"), f"{closed}/{len(known)}")
    for occurrence in known:
        page.lazy(partial(_occurrence_parts, board, task, occurrence), Ref("task", task.id, occurrence.key))


def _occurrence_parts(board: Board, task: Task, occurrence: Occurrence) -> Parts:
    state = board.state(task, occurrence)
    days = board.statuses.days(task, occurrence)
    remark = state_words(state)
    if state in CLOSED:
        entries = (board.statuses.entry(task, occurrence.key, branch) for branch in task.branches or ("",))
        last = max((e for e in entries if e), key=lambda e: e.order, default=None)
        remark = recorded_words(last, board.plan, board.today.year) if last else remark
    elif days:
        remark = left_words(days, board.today)
    if task.branches:
        open_ones = len(board.statuses.missing(task, occurrence.key))
        remark += f"  {len(task.branches) - open_ones}/{len(task.branches)}"
    when = occurrence_words(occurrence, board.today.year)
    return Part(SIGNS[state] + " ", state), Part(when, state), Part(f"  {remark}", "muted")


def _draw_branches(page: Page, board: Board, task: Task, now: Occurrence) -> None:
    """Each sub-union that does it, for one of its times; what stands there can be ticked."""
    if not task.branches:
        return
    closed = len(task.branches) - len(board.statuses.missing(task, now.key))
    several = len(board.occurrences(task)) > 1
    which = f"{occurrence_words(now, board.today.year)}  " if several else ""
    page.heading(_("Sub-unions"), f"{which}{closed}/{len(task.branches)}")
    for branch in task.branches:
        page.lazy(partial(_branch_parts, board, task, now, branch), Ref("task", task.id, now.key, branch))


def _branch_parts(board: Board, task: Task, now: Occurrence, branch: str) -> Parts:
    entry = board.statuses.entry(task, now.key, branch)
    status = board.statuses.cell(task, now.key, branch)
    state = part_state(status, board.state(task, now))
    known = board.plan.branch_by_id.get(branch)
    name = printable(known.name if known else branch)
    remark = [] if status == DONE else [state_words(state)]
    if state == "late" and status in _BEGUN:
        remark.append(status_name(status))
    if entry is not None:
        message = entry.data.get("message")
        remark += [recorded_words(entry, board.plan, board.today.year), message if isinstance(message, str) else ""]
    return Part(SIGNS[state] + " ", state), Part(name, state), Part("  " + printable("  ".join(remark)), "muted")
