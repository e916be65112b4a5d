"""Choosing from a list: one thing, or several. Typing thins the list, by text or pinyin initials."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual import events, on
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from planner.api import _
from planner_board.board import Size
from planner_board.dialogs.panel import Dialog, Line
from planner_board.drawing.cells import cut, steady, width_of
from planner_board.drawing.sheet import Ref, Row, Sheet, Spot
from planner_board.finding.initials import found_in
from planner_board.widgets.canvas import Canvas

if TYPE_CHECKING:
    from planner_board.app import BoardApp


class Option(NamedTuple):
    """Something that can be chosen."""

    key: str
    label: str
    detail: str = ""
    """Stands at the right: a key, a status."""
    chosen: bool = False
    """Of several: whether it is at first."""


class Picks(Canvas, can_focus=False):
    """The list. The keys come from the line above it, so its cursor always shows; one click chooses."""

    def _with_cursor(self, strip: Strip, spot: Spot) -> Strip:  # noqa: ARG002  each option is a whole line
        style = self.paint.style("cursor")
        return Strip(list(Segment.apply_style(strip, post_style=style)), strip.cell_length)

    def on_click(self, event: events.Click) -> None:
        """Choose what is under the mouse."""
        event.stop()
        event.prevent_default()  # the library would do what the class above does as well
        if spot := self.sheet.at(event.x, event.y + round(self.scroll_y)):
            self.go(spot.ref)
            self.post_message(self.Chosen(self))


class Search(Line):
    """The line to type in. Where several are chosen the space bar is not for typing."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key is text."""
        several = isinstance(self.screen, Choose) and self.screen.multiple
        return super().check_consume_key(key, character) and not (several and key == "space")


class Choose(Dialog[list[str]]):
    """Gives the keys of what was chosen, in the order of the list."""

    AUTO_FOCUS = "#typed"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("space", "turn", show=False, priority=True),
    ]

    def __init__(
        self,
        heading: str,
        options: Sequence[Option],
        *,
        multiple: bool = False,
        more: Callable[[str], Iterable[Option]] | None = None,
    ) -> None:
        """`more` gives further options for what was typed."""
        super().__init__(heading)
        self.options = options
        self.multiple = multiple
        self._more_for = more
        self.chosen = {option.key for option in options if option.chosen}
        self.shown: list[Option] = [*options]

    def parts(self) -> Iterable[Widget]:
        """The line to type in, and the list."""
        hint = _("Type to search; Space takes or leaves one") if self.multiple else _("Type to search")
        yield Search("", hint, id="typed")
        yield Picks(self.board_app.paint, self._draw, id="list")

    def fit(self) -> None:
        """As high as the list, as far as there is room."""
        rows = max(len(self.options), 6 if self._more_for else 1)
        self.query_one(Picks).styles.height = min(rows, self.room[1] - 1)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        words = event.value.split()
        self.shown = [o for o in self.options if all(found_in(o.label, word) for word in words)]
        if self._more_for and words:
            self.shown += self._more_for(event.value)
        picks = self.query_one(Picks)
        picks.cursor = None
        picks.redraw()

    def _draw(self, size: Size, _opened: str) -> Sheet:
        spots = [Spot(y, 0, size.width, Ref("text", option.key)) for y, option in enumerate(self.shown)]
        return Sheet(size.width, len(self.shown) or 1, lambda y: self._line(y, size.width), [spots])

    def _line(self, y: int, width: int) -> Strip:
        row = Row(self.board_app.paint, "bar").raw(" ")
        if not self.shown:
            return row.put(_("Nothing fits."), "muted").strip(width)
        option = self.shown[y]
        if self.multiple:
            row.raw("[x] " if option.key in self.chosen else "[ ] ", "good")
        detail = cut(steady(option.detail), width // 2)
        row.put(option.label, "", width - row.width - width_of(detail) - 2).raw(" ")
        return row.raw(detail, "muted").strip(width)

    def action_step(self, down: int) -> None:
        """The option above or below."""
        self.query_one(Picks).action_step(0, down)

    def action_page(self, pages: int) -> None:
        """A list further."""
        self.query_one(Picks).action_page(pages)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Space is a blank where one thing is chosen, and presses a word that has the focus."""
        if action == "turn":
            return self.multiple and isinstance(self.focused, Line)
        return super().check_action(action, parameters)

    def action_turn(self) -> None:
        """Take the option with the cursor, or leave it."""
        cursor = self.query_one(Picks).cursor
        if cursor is not None:
            self.chosen ^= {cursor.id}
            self.query_one(Picks).refresh()

    @on(Canvas.Chosen)
    def _clicked(self, event: Canvas.Chosen) -> None:
        event.stop()
        if self.multiple:
            self.action_turn()
        else:
            self.action_accept()

    @on(Canvas.Moved)
    def _moved(self, event: Canvas.Moved) -> None:
        event.stop()

    def action_accept(self) -> None:
        """Enter."""
        cursor = self.query_one(Picks).cursor
        if self.multiple:
            self.end([option.key for option in self.options if option.key in self.chosen])
        elif cursor is not None and self.shown:
            self.end([cursor.id])


async def choose_one(
    app: BoardApp,
    heading: str,
    options: Sequence[Option],
    more: Callable[[str], Iterable[Option]] | None = None,
) -> str | None:
    """The key of what a person chose; None where they left."""
    found = await app.push_screen_wait(Choose(heading, options, more=more))
    return found[0] if found else None
