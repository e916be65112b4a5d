"""The one widget that shows sheets: scrolls, carries the cursor, and tells where it goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size as Extent
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from planner_board.board import Size
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref, Sheet, Spot

Draw = Callable[[Size, str], Sheet]
"""Draws a sheet of a size, with one of its groups opened ("": the one that a view prefers)."""

NOTHING = Sheet(0, 0, Strip.blank)


class Canvas(ScrollView, can_focus=True):
    """Shows what `draw` draws, anew whenever its size changes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(0, -1)", show=False),
        Binding("down", "step(0, 1)", show=False),
        Binding("left", "step(-1, 0)", show=False),
        Binding("right", "step(1, 0)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "end(0)", show=False),
        Binding("end", "end(1)", show=False),
        Binding("enter", "choose", show=False),
    ]
    DEFAULT_CSS = """
    Canvas { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; width: 1fr; height: 1fr; }
    """

    class Moved(Message):
        """The cursor stands somewhere else now."""

        def __init__(self, canvas: Canvas) -> None:
            super().__init__()
            self.canvas = canvas

    class Chosen(Moved):
        """A person pressed Enter, or clicked on what the cursor stood on already."""

    class Asked(Moved):
        """A person wants to know what can be done here (right mouse button)."""

    def __init__(
        self,
        paint: Paint,
        draw: Draw,
        *,
        id: str,  # noqa: A002  the word of the library
        rests: bool = False,
    ) -> None:
        """With `rests` there is a cursor only while it has the focus; else it shows its beginning."""
        super().__init__(id=id)
        self._rests = rests
        self.paint = paint
        self._draw = draw
        self._sheet = NOTHING
        self._drawn = Size(0, 0)
        """The size that the sheet was drawn for."""
        self._wanted: tuple[Ref, ...] = ()
        self._opened = ""
        self.cursor: Ref | None = None
        """What the cursor stands on; None where there is nothing."""

    @property
    def sheet(self) -> Sheet:
        """What is shown."""
        return self._sheet

    @property
    def opened(self) -> str:
        """The group that is opened; "": the one that the view prefers."""
        return self._opened

    @property
    def extent(self) -> Size:
        """The room there is, in cells."""
        size = self.scrollable_content_region.size
        return Size(size.width, size.height)

    def show(self, draw: Draw, *wanted: Ref | None, opened: str = "") -> None:
        """Show something else, with the cursor on the first of `wanted` that is to be seen there."""
        self._draw, self._opened = draw, opened
        self._wanted = tuple(ref for ref in wanted if ref)
        self._sheet = NOTHING
        self.redraw()

    def redraw(self) -> None:
        """Draw anew; the cursor stays on what it stood on, else goes to the nearest place."""
        if not self.extent.width:
            return  # not laid out yet: drawn on the first resize
        self._drawn = self.extent
        before = self._sheet.find(self.cursor)
        self._sheet = self._draw(self.extent, self._opened)
        self.virtual_size = Extent(self._sheet.width, self._sheet.height + len(self._sheet.head))
        if self._rests and not self.has_focus:
            self.cursor = None
            self.scroll_to(y=0, animate=False)
        else:
            found = (self._sheet.find(ref) for ref in (*self._wanted, self.cursor))
            self._place(next(filter(None, found), None) or self._near(before) or self._sheet.first())
            if self._wanted and (spot := self._sheet.find(self.cursor)):
                self.scroll_to(y=max(spot.y - self.extent.height // 3, 0), animate=False)  # more of what follows
            self._wanted = ()
        self.refresh()

    def _near(self, before: Spot | None) -> Spot | None:
        """What stands now where the thing was that is gone."""
        if before is None:
            return None
        spots = [spot for column in self._sheet.columns for spot in column if spot.ref.kind != "fold"]
        return min(spots, key=lambda spot: (abs(spot.x - before.x), abs(spot.y - before.y)), default=None)

    def on_resize(self) -> None:
        """Draw for the new size, unless that was so urgent that it is done."""
        if self._drawn != self.extent:
            self.redraw()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part. The first picture comes before the message that there is a size, and is no empty one."""
        if self._drawn != self.extent:
            self.redraw()
        return super().render_lines(crop)

    def on_focus(self) -> None:
        """The cursor looks different, or appears."""
        if self._rests and self.cursor is None:
            self._place(self._sheet.first())
        self.refresh()

    def on_blur(self) -> None:
        """The cursor looks different."""
        self.refresh()

    def go(self, ref: Ref) -> bool:
        """Put the cursor on `ref`; whether it is to be seen on this sheet."""
        spot = self._sheet.find(ref)
        if spot is not None:
            self._place(spot)
        return spot is not None

    def _place(self, spot: Spot | None) -> None:
        if spot is not None and spot.ref.kind == "fold":
            self._unfold(spot)
            return
        moved = self.cursor != (spot.ref if spot else None)
        self.cursor = spot.ref if spot else None
        if spot is not None:
            self._scroll_to_spot(spot)
        if moved:
            self.refresh()
        self.post_message(self.Moved(self))

    def _unfold(self, fold: Spot) -> None:
        """Open the group that the cursor went to, and go to the row of it that is level with where it was."""
        columns = self._sheet.columns
        n = next(n for n, column in enumerate(columns) if fold in column)
        here = self._sheet.find(self.cursor)
        self._opened = fold.ref.id
        self._sheet = self._draw(self.extent, self._opened)
        self.virtual_size = Extent(self._sheet.width, self._sheet.height + len(self._sheet.head))
        column = [spot for spot in self._sheet.columns[min(n, len(self._sheet.columns) - 1)] if spot.ref.kind != "fold"]
        level = here.y if here else 0
        self.refresh()
        if column:
            self._place(min(column, key=lambda spot: abs(spot.y - level)))

    def _scroll_to_spot(self, spot: Spot) -> None:
        room = self.extent.height - len(self._sheet.head)
        top = round(self.scroll_y)
        if spot.y < top:
            # The heading above the first spot comes into sight with it.
            self.scroll_to(y=0 if spot.y < room // 2 else spot.y, animate=False)
        elif spot.y + spot.height > top + room:
            self.scroll_to(y=spot.y + spot.height - room, animate=False)

    def action_step(self, across: int, down: int) -> None:
        """Move the cursor; without one, scroll."""
        spot = self._sheet.step(self.cursor, across, down) if self.cursor else self._sheet.first()
        if spot is None:
            self.scroll_relative(y=down, animate=False)
        else:
            self._place(spot)

    def action_page(self, pages: int) -> None:
        """Move the cursor by a screenful."""
        here = self._sheet.find(self.cursor)
        if here is None:
            self.scroll_relative(y=pages * self.extent.height, animate=False)
            return
        level = here.y + pages * max(self.extent.height - len(self._sheet.head) - 1, 1)
        column = next(column for column in self._sheet.columns if here in column)
        self._place(min(column, key=lambda spot: abs(spot.y - level)))

    def action_end(self, last: int) -> None:
        """Go to the first or last place of the column."""
        if self.cursor and (ends := self._sheet.ends(self.cursor)):
            self._place(ends[last])

    def action_choose(self) -> None:
        """Tell that a person wants more of what the cursor stands on."""
        if self.cursor is not None:
            self.post_message(self.Chosen(self))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor there; a click on it chooses, the right button asks."""
        y = event.y - len(self._sheet.head)
        spot = self._sheet.at(event.x, y + round(self.scroll_y)) if y >= 0 else None
        if spot is None:
            return
        was_here = spot.ref == self.cursor
        self._place(spot)
        if event.button == 3:
            self.post_message(self.Asked(self))
        elif was_here:
            self.post_message(self.Chosen(self))

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.extent.width
        if y < len(self._sheet.head):
            return self._sheet.head[y].adjust_cell_length(width, self.paint.style())
        row = y - len(self._sheet.head) + round(self.scroll_y)
        if not 0 <= row < self._sheet.height:
            return Strip.blank(width, self.paint.style())
        strip = self._sheet.line(row).adjust_cell_length(width, self.paint.style())
        spot = self._sheet.find(self.cursor)
        return self._with_cursor(strip, spot) if spot and spot.y <= row < spot.y + spot.height else strip

    def _with_cursor(self, strip: Strip, spot: Spot) -> Strip:
        style = self.paint.style("cursor" if self.has_focus else "cursor-off")
        left, here, right = strip.divide([spot.x, spot.x + spot.width, max(strip.cell_length, spot.x + spot.width)])
        marked = Strip(list(Segment.apply_style(here, post_style=style)), here.cell_length)
        return Strip.join([left, marked, right])
