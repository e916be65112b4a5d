"""Search: a line over the view that filters while it is typed; and filters kept under a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from planner.api import _, ngettext, printable
from planner_board.dialogs.ask import Answer, Ask
from planner_board.dialogs.choose import Option, choose_one
from planner_board.dialogs.panel import Dialog, Line, Lines

if TYPE_CHECKING:
    from planner_board.app import BoardApp

_PAUSE = 0.08
"""Seconds without a key before the view is filtered: with 10 000 tasks that takes a moment."""


class Find(Dialog[bool]):
    """Filters the view below it. Enter keeps the filter, Esc brings back the one before."""

    DEFAULT_CSS = """
    Find { background: transparent; padding: 0; }
    Find #panel { max-width: 100%; }
    Find #heading { display: none; }
    """
    AUTO_FOCUS = "#typed"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "accept", show=False)]

    def __init__(self, words: str) -> None:
        super().__init__(_("Search and filter"))
        self.before = words
        self._waiting: Timer | None = None

    def parts(self) -> Iterable[Widget]:
        """The line, and how many tasks it leaves."""
        yield Line(self.before, _("Words or pinyin initials, 三月, #goal, @sub-union, late, -not this"), id="typed")
        yield Lines(id="found")

    def on_mount(self) -> None:
        """How many there are now."""
        self._count()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._waiting:
            self._waiting.stop()
        self._waiting = self.set_timer(_PAUSE, self._filter)

    def _filter(self) -> None:
        """Show what fits the words that stand there now."""
        words = self.query_one("#typed", Line).value.strip()
        app = self.board_app
        if words != app.memory.filter:
            app.memory.filter = words
            app.rebuild()
        self._count()

    def _count(self) -> None:
        board = self.board_app.board
        n = len(board.tasks)
        text = ngettext("{n} task of {all}", "{n} tasks of {all}", n).format(n=n, all=len(board.plan.tasks))
        if not n:
            text += " - " + _("nothing fits; Esc brings back what was there")
        self.query_one("#found", Lines).show(text, "good" if n else "warning")

    def action_accept(self) -> None:
        """Enter, or down into the list: the filter stays."""
        self._end()
        self._filter()
        self.end(result=True)

    def action_leave(self) -> None:
        """Esc: as it was."""
        self._end()
        app = self.board_app
        if app.memory.filter != self.before:
            app.memory.filter = self.before
            app.rebuild()
        self.end(None)

    def _end(self) -> None:
        if self._waiting:
            self._waiting.stop()


async def find(app: BoardApp) -> None:
    """Filter while it is typed."""
    await app.push_screen_wait(Find(app.memory.filter))
    app.canvas.focus()


async def saved_filters(app: BoardApp) -> None:
    """Take a filter that was kept, keep the one of now, or throw one away."""
    kept, words = app.memory.filters, app.memory.filter
    options = [Option(f"use {name}", printable(name), printable(text)) for name, text in sorted(kept.items())]
    if words:
        options.append(Option("keep", _("Keep the filter of now under a name ..."), printable(words)))
        options.append(Option("none", _("Show everything again")))
    if kept:
        options.append(Option("drop", _("Throw one away ...")))
    if not options:
        app.tell(_("There is no saved filter. Filter first (Ctrl+F), then keep it here."))
        return
    key = await choose_one(app, _("Saved filters"), options)
    if key == "keep":
        await _keep(app, words)
    elif key == "drop":
        await _drop(app)
    elif key is not None:
        app.memory.filter = kept[key.removeprefix("use ")] if key != "none" else ""
        app.rebuild()


async def _keep(app: BoardApp, words: str) -> None:
    def live(name: str) -> Answer:
        if not name:
            return Answer(_("Give it a name."), "muted", ok=False)
        taken = app.memory.filters.get(name)
        return (
            Answer(_("That name is taken; it is replaced: {words}").format(words=taken), "warning")
            if taken
            else Answer("")
        )

    heading = _("Keep the filter: {words}").format(words=printable(words))
    found = await app.push_screen_wait(Ask(heading, _("Under which name?"), words, live))
    if found:
        app.memory.filters[found[0]] = words
        app.memory.save()
        app.tell(_("Kept: {name}").format(name=printable(found[0])))


async def _drop(app: BoardApp) -> None:
    kept = app.memory.filters
    options = [Option(name, printable(name), printable(text)) for name, text in sorted(kept.items())]
    name = await choose_one(app, _("Throw away which filter?"), options)
    if name:
        del kept[name]
        app.memory.save()
        app.tell(_("Thrown away: {name}").format(name=printable(name)))
