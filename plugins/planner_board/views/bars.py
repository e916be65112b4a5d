"""What stands in the bars of the board: the plan and its numbers, the views, what is wrong, and hints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from planner.api import Diagnostic, PlanError, PlannerError, Standing, _, printable, short_day, shorten, weekday
from planner_board.actions import VIEWS as VIEW_GROUP, Action, key_name
from planner_board.board import Board
from planner_board.views.registry import View
from planner_board.widgets.bar import Item


def top(board: Board, words: str = "", *, counted: bool = True) -> list[Item]:
    """The plan, the `words` of the filter, today, and how far the work is.

    To count that takes 10 ms for 10 000 tasks: before it is `counted` there is the rest of it.
    """
    plan, today = board.plan, board.today
    week = plan.term.teaching_week_number(today)
    day = f"{short_day(today)} {weekday(today)}"
    if week is not None:
        day += " " + _("week {n}").format(n=week)
    said = _(" only {words}: {n} (Esc: all) ").format(words=shorten(printable(words), 20), n=len(board.tasks))
    shown = [Item(said, "tab-on", "run('clear')")] if words else []
    return [
        Item(f" {plan.title or plan.organization or plan.id}  ", "strong"),
        *(Item(item.text, item.roles, item.action, right=True) for item in shown),
        Item(f" {day} ", "heading", "run('today')", right=True),
        *(_numbers(board.standing) if counted else ()),
    ]


def _numbers(standing: Standing) -> Iterator[Item]:
    done = _("done {done}/{all}").format(done=standing.done, all=standing.all)
    behind = _("expected {expected}, behind {late}").format(expected=standing.expected, late=standing.late)
    yield Item(f" {done}", "", right=True)
    yield Item(f" {behind} ", "late" if standing.late else "good", right=True)


def tabs(views: Sequence[View], shown: View) -> list[Item]:
    """The views with their numbers. That which is shown is always there; the others can be gone to by key as well."""
    return [
        Item(
            f" {n} {view.title} ", "tab-on" if view is shown else "tab", f"run('view-{view.name}')",
            brief=f"{n} {view.title} ", stays=view is shown,
        )
        for n, view in enumerate(views, 1)
    ]  # fmt: skip


def hints(actions: Iterable[Action]) -> list[Item]:
    """The keys that are wanted most; each can be clicked."""
    return [*_hints(actions)]


def _hints(actions: Iterable[Action]) -> Iterator[Item]:
    first = ("help", "palette")
    known = sorted((a for a in actions if a.hint and a.group != VIEW_GROUP), key=lambda a: a.name not in first)
    for action in known:
        yield Item(f" {key_name(action.keys[0])}", "key", f"run('{action.name}')", leads=True)
        yield Item(f" {action.hint} ", "", f"run('{action.name}')")


def trouble(error: PlannerError) -> list[Item]:
    """Where the plan is wrong, or why it cannot be read; what is shown is its last good state."""
    problems = error.problems if isinstance(error, PlanError) else ()
    older = _(" The last good state is shown. ")
    if not problems:
        return [Item(f" {error.message} {error.hint or ''} ", "error", "tell_mistakes()"), Item(older, "error")]
    first = problems[0]
    said = _("The file of the plan has an error{place}: {message}")
    said = said.format(place=_place(first), message=first.message)
    more = _(" (and {n} more)").format(n=len(problems) - 1) if len(problems) > 1 else ""
    mend = _(" The last good state is shown; Ctrl+E to mend it. ")
    return [Item(f" {said}{more} ", "error", "run('editor')"), Item(mend, "error", brief=older)]


def _place(problem: Diagnostic) -> str:
    """Where that is, for people who do not count lines by colons."""
    if problem.source is None:
        return ""
    return _(" in line {line}, column {column}").format(line=problem.source.line, column=problem.source.column)


def mistakes(problems: Sequence[Diagnostic], *, lost: bool = False) -> list[Item]:
    """What is wrong in the dates and order of the plan that is shown; it is shown all the same.

    Before that: that the journal is `lost`, and with it everything that was recorded.
    """
    if lost:
        return [
            Item(
                _(" ! The journal has gone, and what was recorded with it: put the file back beside the plan. "),
                "error",
            )
        ]
    if not problems:
        return []
    said = _("The plan has errors in its dates or order{place}: {message}")
    said = said.format(place=_place(problems[0]), message=problems[0].message)
    more = _(" (and {n} more)").format(n=len(problems) - 1) if len(problems) > 1 else ""
    return [Item(f" ! {said}{more} ", "error", "tell_mistakes()")]
