"""What goes on while nobody presses a key: looking at the files, asking plugins, checking the plan, clearing up."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from textual.timer import Timer

from planner.api import Badge, CalendarItem, PaneLine, Snapshot, Task
from planner_board.views.panes import sections

if TYPE_CHECKING:
    from planner_board.app import BoardApp

REST = 0.25
"""Seconds that the cursor rests before plugins are asked about what it stands on."""
POLL = 1.0
"""Seconds between two looks at the files."""
FULL = 600
"""After so many of those, garbage is looked for everywhere: 40 ms with 10 000 tasks."""


class Background:
    """Timers of a board. What fails in them is told, and the board goes on."""

    def __init__(self, app: BoardApp) -> None:
        self.app = app
        self.badges: Sequence[Badge] = ()
        """What plugins remark on tasks, as of the last time that they were asked."""
        self.dates: Sequence[CalendarItem] = ()
        """What plugins put into calendars beside the tasks, as of then."""
        self._polls = 0
        self._sections: tuple[tuple[Snapshot, str] | None, Sequence[tuple[str, Sequence[PaneLine]]]] = (None, ())
        """What plugins say, and of what: of a task in a snapshot."""
        self._resting: Timer | None = None

    def begin(self) -> None:
        """After the first picture: whatever can wait comes then."""
        gc.enable()  # the start goes without, which saves a fifth of it; a program that is open for weeks does not
        self.app.set_interval(POLL, self._guarded(self.poll))
        self.look_closer()

    def look_closer(self) -> None:
        """Begin what takes longer than people want to wait for a picture."""
        self.app.set_timer(0.05, self._guarded(self._ask_plugins))
        self.app.set_timer(0.2, self._guarded(self._check))

    def sections(self, task: Task | None) -> Iterable[tuple[str, Iterable[PaneLine]]]:
        """What plugins say of a task, as soon as the cursor rests on it: to find it may take longer than a picture."""
        of = (self.app.snapshot, task.id if task else "")
        if self._sections[0] != of:
            self._sections = (of, [])
            if self._resting is not None:
                self._resting.stop()
            self._resting = self.app.set_timer(REST, self._guarded(self._collect_sections))
        return self._sections[1]

    def poll(self) -> None:
        """Read what others wrote; keep what the person has on the screen; begin a new day."""
        app = self.app
        self._polls += 1
        gc.collect(1 if self._polls % FULL else 2)  # now, and not while a picture is drawn
        app.memory.save()  # so that a window that is closed, or a computer that fails, costs a second of it at most
        if app.live.has_changed() or app.session.today(app.board.plan.timezone) != app.board.today:
            app.reload()

    def _check(self) -> None:
        if self.app.live.check() and self.app.live.trouble is None:
            self.app.show_trouble(None)

    def _ask_plugins(self) -> None:
        badges = tuple(self.app.session.call("planner_badges", snapshot=self.app.snapshot))
        dates = self.app.snapshot.dates
        if badges != self.badges or dates != self.dates:
            self.badges, self.dates = badges, dates
            self.app.rebuild()

    def _collect_sections(self) -> None:
        of = self._sections[0]
        task = self.app.snapshot.plan.task_by_id.get(of[1]) if of else None
        self._sections = (of, list(sections(self.app.session, self.app.snapshot, task)))
        if self._sections[1]:
            self.app.detail.redraw()

    def _guarded(self, function: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            if not self._is_closing:
                with self.app.surviving():
                    function()

        return run

    @property
    def _is_closing(self) -> bool:
        """Whether the screen is being taken away: timers go off even then."""
        screen = next(iter(self.app.screen_stack), None)
        return screen is None or len(screen.query("#top, #tabs, #trouble, #view, #detail")) < 5
