"""The board itself: opens a plan, shows one of its views with the details beside it, and hands keys to the actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.strip import Strip
from textual.widgets import Static
from textual.worker import WorkerFailed

from planner.api import Entry, PlannerError, Session, Snapshot, Task, _, printable
from planner_board import look
from planner_board.actions import ACTIONS, Action, view_actions
from planner_board.background import Background
from planner_board.board import Board, Size
from planner_board.drawing.cells import steady
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref, Sheet
from planner_board.live import Live
from planner_board.memory import Memory
from planner_board.typed_ahead import InOrder
from planner_board.views.bars import hints, mistakes, tabs, top, trouble
from planner_board.views.panes import pane_views
from planner_board.views.registry import VIEWS, DrawView, View
from planner_board.widgets.bar import Bar
from planner_board.widgets.canvas import Canvas

SMALLEST = Size(60, 20)
"""Below that there is no room for a view."""
WIDE = 150
"""From so many columns on the details stand beside the view."""
TALL = 32
"""From so many rows on there are more than six lines of details below it."""


class BoardApp(InOrder):
    """The program that a union chair keeps open all term."""

    CSS = look.CSS
    TITLE = "planner"
    ENABLE_COMMAND_PALETTE = False
    NOTIFICATION_TIMEOUT = 4
    AUTO_FOCUS: ClassVar[str | None] = "#view"

    def __init__(self, session: Session, memory: Memory | None = None) -> None:
        """Opens the plan. Raises PlannerError where it cannot be read."""
        super().__init__()
        self.session = session
        self.live = Live(session)
        self.snapshot: Snapshot = self.live.snapshot()
        self.memory = memory or Memory.of(session, self.snapshot.plan)
        self.paint = Paint(self.memory.theme)
        self.views: tuple[View, ...] = (*VIEWS, *pane_views(session))
        self.view = next((view for view in self.views if view.name == self.memory.view), self.views[0])
        self.actions = {a.name: a for a in (*view_actions([(v.name, v.title) for v in self.views]), *ACTIONS)}
        self.undone: list[Entry] = []
        """Undos of this session that can be taken back, the last one at the end."""
        self.background = Background(self)
        self._kept: tuple[tuple[str, str | None], ...] = ()
        """Times of tasks on which something was done since the view was opened: they stay in sight; see Board."""
        self._kept_for = ("", "")
        """The view and filter for which that is so."""
        self._task_before = ""
        """Id of the last task that the cursor stood on when the view changed: some views show days."""
        self._draw: DrawView = self.view.load()
        self.board = Board(self.snapshot)
        self.board = self._board()
        for theme in look.themes():
            self.register_theme(theme)
        self.theme = look.theme_name(self.paint.theme)
        for action in self.actions.values():
            for key in action.keys:
                self.bind(key, f"run('{action.name}')", description=action.title, show=False)

    # What stands on the screen

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Bar(self.paint, top(self.board, self.memory.filter, counted=False), id="top")
        yield Bar(self.paint, tabs(self.views, self.view), id="tabs")
        yield Bar(self.paint, id="trouble")
        yield Container(
            Canvas(self.paint, self.draw_view, id="view"),
            Canvas(self.paint, self._draw_nothing, id="detail", rests=True),
            id="middle",
        )
        yield Bar(self.paint, hints(self.actions.values()), id="hints")
        yield Static(_("The window is too small; make it at least 60 wide and 20 high."), id="small", markup=False)

    @property
    def canvas(self) -> Canvas:
        """The view."""
        return self.screen_stack[0].query_one("#view", Canvas)

    @property
    def detail(self) -> Canvas:
        """The details of what the cursor stands on."""
        return self.screen_stack[0].query_one("#detail", Canvas)

    def on_mount(self) -> None:
        """The first picture is the view; whatever can wait comes after it."""
        self.session.warn = lambda message: self.tell(message, "warning")
        self.canvas.show(
            self.draw_view, self.memory.cursor, Ref("day", str(self.board.today)), opened=self.memory.opened
        )
        self.call_after_refresh(self._after_first_picture)

    def _after_first_picture(self) -> None:
        self.screen_stack[0].query_one("#top", Bar).show(top(self.board, self.memory.filter))
        self.detail.show(self._draw_detail)
        self.background.begin()
        self._start("planner_board.acts.welcome:greet")

    def on_resize(self, event: events.Resize) -> None:
        """Put the details where there is room for them."""
        self.arrange(Size(event.size.width, event.size.height))

    def arrange(self, size: Size) -> None:
        """Lay out the screen for that size and the wishes of the person."""
        screen = self.screen_stack[0]
        screen.set_class(size.width < SMALLEST.width or size.height < SMALLEST.height, "-small")
        screen.set_class(size.width >= WIDE, "-wide")
        screen.set_class(size.height >= TALL, "-tall")
        screen.set_class(self.memory.detail == "large", "-large")
        screen.set_class(self.memory.detail == "off", "-without")

    def arrange_again(self) -> None:
        """Lay out the screen after the person wished something else."""
        self.arrange(Size(self.size.width, self.size.height))

    def draw_view(self, size: Size, opened: str) -> Sheet:
        """The view of now."""
        return self._draw(self.board, size, self.paint, opened)

    def _draw_nothing(self, size: Size, _opened: str) -> Sheet:
        return Sheet(size.width, 0, Strip.blank)

    def _draw_detail(self, size: Size, opened: str) -> Sheet:
        from planner_board.details.draw import draw

        if self.canvas.cursor is None:
            return self._draw_nothing(size, opened)
        return draw(self.board, self.canvas.cursor, size, self.paint, self.background.sections)

    # What the cursor stands on

    @property
    def current(self) -> Ref | None:
        """What an action is about: the link or branch in the details that has the cursor, else what the view shows."""
        if self.focused is self.detail and self.detail.cursor and self.detail.cursor.kind != "text":
            return self.detail.cursor
        return self.canvas.cursor

    @property
    def selected(self) -> Task | None:
        """The task among that."""
        ref = self.current
        return self.board.plan.task_by_id.get(ref.id) if ref and ref.kind == "task" else None

    @on(Canvas.Moved)
    def _moved(self, event: Canvas.Moved) -> None:
        if event.canvas is self.canvas:
            self.memory.cursor, self.memory.opened = self.canvas.cursor, self.canvas.opened
            if self.detail.display:
                self.detail.redraw()

    @on(Canvas.Chosen)
    def _chosen(self, _event: Canvas.Chosen) -> None:
        self._start("planner_board.acts.moving:choose")

    @on(Canvas.Asked)
    def _asked(self, _event: Canvas.Asked) -> None:
        self.run_worker(self._run(self.actions["menu"]))

    # Doing

    def action_run(self, name: str) -> None:
        """Do the action of that name."""
        self.run_worker(self._run(self.actions[name]))

    async def _run(self, action: Action) -> None:
        if len(self.screen_stack) > 1:
            return  # a dialog is open already: the key came before it did
        function = self._load(action.target)
        with self.surviving():
            await (function(self, action) if action.name.startswith("view-") else function(self))

    @contextmanager
    def surviving(self) -> Iterator[None]:
        """What fails inside is told. A mistake of ours costs a message, and not the board that is open for weeks."""
        try:
            yield
        except PlannerError as error:
            self.fail(error)
        except Exception as error:
            if self.session.environ.get("PLANNER_DEBUG"):
                raise
            said = _("This is a mistake in planner itself: {error}").format(error=f"{type(error).__name__}: {error}")
            self.fail(PlannerError(said, _("The board goes on. With PLANNER_DEBUG=1 it tells more.")))

    def _load(self, target: str) -> Callable[..., Any]:
        module, attribute = target.split(":")
        function: Callable[..., Any] = getattr(import_module(module), attribute)
        return function

    def _start(self, target: str) -> None:
        async def run() -> None:
            with self.surviving():
                await self._load(target)(self)

        self.run_worker(run())

    def perform(self, act: Callable[[Session, Snapshot], str]) -> bool:
        """Like `attempt`, but says why it failed in a panel of its own; returns whether it did not."""
        try:
            self.attempt(act)
        except PlannerError as error:
            self.fail(error)
            return False
        return True

    def attempt(self, act: Callable[[Session, Snapshot], str]) -> None:
        """Let `act` write to plan or journal, on what is there now, and show what came of it.

        `act` returns what to tell the person. Where it raises PlannerError so does this, and nothing was changed.
        """
        snapshot = self._fresh()
        with self.live.patient():
            said = act(self.session, snapshot)
        here = self.canvas.cursor
        if here and here.kind == "task":
            self._kept = (*self._kept, (here.id, here.occurrence))
        self.reload()
        if here and here.id in self.snapshot.plan.task_by_id and self.canvas.cursor != here:
            self.go(here)  # it went to a group that is folded; with the cursor left behind the next key hits another
        if said:
            self.tell(said)

    def _fresh(self) -> Snapshot:
        """The snapshot to act on: what is on disk, and not what was there a second ago. Raises PlannerError."""
        changed = self.live.trouble is not None or self.live.has_changed()
        if changed and not self.reload() and self.live.trouble is not None:
            raise self.live.trouble
        return self.snapshot

    def tell(self, message: str, severity: str = "information") -> None:
        """Say something that needs no answer."""
        level: Any = severity
        for told in [n for n in self._notifications if n.severity == "information"]:
            self._unnotify(told, refresh=False)  # only the last one: several in a row would cover the view
        self.notify(steady(message), severity=level, markup=False)

    def tell_hidden(self, ref: Ref) -> None:
        """Say that a task is not to be seen here, and how it can be."""
        task = self.board.plan.task_by_id.get(ref.id)
        if task is not None:
            message = _("“{title}” is not shown in this view, or the filter hides it (Esc).")
            self.tell(message.format(title=printable(task.title)))

    def fail(self, error: PlannerError) -> None:
        """Say what could not be done, why, and what helps."""
        from planner_board.dialogs.message import Message

        self.push_screen(Message.about(error))

    # What is on disk

    def reload(self) -> bool:
        """Read what has changed; a plan that cannot be read leaves everything as it was and says where it is wrong."""
        try:
            self.snapshot = self.live.snapshot()
        except PlannerError as error:
            self.show_trouble(error)
            return False
        if self.snapshot.plan.id != self.board.plan.id:
            self._remember_another()
        self.show_trouble(None)
        self.rebuild()
        self.background.look_closer()
        return True

    def _remember_another(self) -> None:
        """Another plan stands in the file: what a person had on the board belongs to the old one."""
        self.memory.save()
        self.memory = Memory.of(self.session, self.snapshot.plan)
        self.undone.clear()
        self.canvas.cursor = self.memory.cursor

    def rebuild(self) -> None:
        """Show the snapshot that there is now, through the filter of now."""
        self.board = self._board()
        self.screen_stack[0].query_one("#top", Bar).show(top(self.board, self.memory.filter))
        self.canvas.redraw()
        if self.detail.display:
            self.detail.redraw()

    def _board(self) -> Board:
        if self._kept_for != (self.view.name, self.memory.filter):
            self._kept_for = (self.view.name, self.memory.filter)
            self._kept = ()
        if not self.memory.filter:
            badges, dates = self.background.badges, self.background.dates
            return Board(self.snapshot, None, badges, self.board, self._kept, dates)
        from planner_board.finding.filter import Filter

        everything = Board(self.snapshot, before=self.board)
        passing, kept = Filter.parse(self.memory.filter).tasks(everything), {id_ for id_, _key in self._kept}
        if kept:
            passing = tuple(task for task in everything.tasks if task in passing or task.id in kept)
        return Board(self.snapshot, passing, self.background.badges, everything, self._kept)

    def show_trouble(self, error: PlannerError | None) -> None:
        """Say why what is on disk cannot be shown; without `error`, what else is wrong with it, if anything is."""
        items = trouble(error) if error else mistakes(self.live.mistakes, lost=self.live.has_lost_journal)
        self.screen_stack[0].set_class(bool(items), "-trouble")
        self.screen_stack[0].query_one("#trouble", Bar).show(items)

    def show_view(self, view: View) -> None:
        """Show another view, with the cursor on the same task where it has it."""
        self.view, self._draw = view, view.load()
        self.memory.view = view.name
        if self._kept:
            self.board = self._board()
        self.screen_stack[0].query_one("#tabs", Bar).show(tabs(self.views, view))
        ref, today = self.canvas.cursor, Ref("day", str(self.board.today))
        task = self.board.plan.task_by_id.get(ref.id) if ref and ref.kind == "task" else None
        self._task_before = task.id if task else self._task_before
        if view.starts_at_top:
            self.canvas.cursor = None
            self.canvas.show(self.draw_view)
            return
        decided = Ref("day", str(task.on[0].start)) if task and task.on else today
        here = Ref("task", self._task_before)
        opened = view.home(self.board, ref or here) or view.home(self.board, here)
        self.canvas.show(self.draw_view, ref, here, decided, today, opened=opened)

    def go(self, ref: Ref) -> bool:
        """Put the cursor of the view on `ref`, unfolding its group; whether this view shows it."""
        if self.canvas.go(ref):
            return True
        opened = self.view.home(self.board, ref)
        if opened:
            self.canvas.show(self.draw_view, ref, opened=opened)
        return bool(opened)

    def repaint(self, theme: str) -> None:
        """Take another set of looks."""
        self.memory.theme = theme
        self.paint = Paint(theme)
        self.theme = look.theme_name(theme)
        screen = self.screen_stack[0]
        for widget in (*screen.query(Bar), *screen.query(Canvas)):
            widget.paint = self.paint
            widget.refresh()
        self.rebuild()

    @property
    def failure(self) -> BaseException | None:
        """The mistake that ended the app, where one did."""
        error = self._exception
        return error.error if isinstance(error, WorkerFailed) else error

    def _fatal_error(self) -> None:
        """No traceback: whoever ran the app raises what ended it, and the one error boundary explains it."""
        self._close_messages_no_wait()

    def action_tell_mistakes(self) -> None:
        """What the bar says in short."""
        self._start("planner_board.acts.mistakes:show")

    def action_help_quit(self) -> None:
        """Ctrl+C: copying in other programs, so it must not end this one."""
        self.tell(_("Leave with Ctrl+Q."))
