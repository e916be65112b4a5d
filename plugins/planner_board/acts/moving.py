"""Going about the board: views, panes, back, today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner_board.actions import Action
from planner_board.drawing.paint import THEMES
from planner_board.drawing.sheet import Ref

if TYPE_CHECKING:
    from planner_board.app import BoardApp


async def show_view(app: BoardApp, action: Action) -> None:
    """The view that the action names."""
    app.show_view(next(view for view in app.views if f"view-{view.name}" == action.name))
    app.canvas.focus()


async def next_view(app: BoardApp) -> None:
    """The view to the right."""
    _turn(app, 1)


async def previous_view(app: BoardApp) -> None:
    """The view to the left."""
    _turn(app, -1)


def _turn(app: BoardApp, by: int) -> None:
    app.show_view(app.views[(app.views.index(app.view) + by) % len(app.views)])


async def other_pane(app: BoardApp) -> None:
    """From the view to the details, and back."""
    target = app.canvas if app.focused is app.detail or not app.detail.display else app.detail
    target.focus()


async def choose(app: BoardApp) -> None:
    """Enter: from the view into the details; there, follow the link or tick the branch."""
    ref = app.current
    if app.focused is not app.detail or ref is None:
        if app.memory.detail == "off":
            await details(app)
        app.detail.focus()
        return
    here = app.canvas.cursor
    if ref.kind == "task" and here and here.kind == "task" and ref.id == here.id:
        app.action_run("tick")
    elif not app.go(ref):
        app.tell_hidden(ref)


async def back(app: BoardApp) -> None:
    """Escape: out of the details; else out of the filter."""
    if app.focused is app.detail:
        app.canvas.focus()
    elif app.memory.filter:
        app.memory.filter = ""
        app.rebuild()


async def reload(app: BoardApp) -> None:
    """Read plan and journal again, whatever the files' times say."""
    app.live.forget()
    app.reload()


async def go_to_today(app: BoardApp) -> None:
    """The group of today, and the day itself where the view shows days."""
    app.canvas.cursor = None
    app.canvas.show(app.draw_view, Ref("day", app.board.today.isoformat()))


async def details(app: BoardApp) -> None:
    """Details small, large, away; and small again."""
    sizes = ("small", "large", "off")
    app.memory.detail = sizes[(sizes.index(app.memory.detail) + 1) % len(sizes)]
    app.arrange_again()
    if app.memory.detail == "off" and app.focused is app.detail:
        app.canvas.focus()


async def next_theme(app: BoardApp) -> None:
    """Dark, light, high contrast."""
    names = list(THEMES)
    app.repaint(names[(names.index(app.paint.theme) + 1) % len(names)])


async def leave(app: BoardApp) -> None:
    """Close the board."""
    app.memory.save()
    app.exit()
