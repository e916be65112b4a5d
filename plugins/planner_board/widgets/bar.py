"""A line of words that can be clicked: the views at the top, the hints at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from planner_board.drawing.cells import steady, width_of
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Row


class Item(NamedTuple):
    """A word or two of a bar; `action`, where there is one, is what a click on it does."""

    text: str
    roles: str = ""
    action: str = ""
    right: bool = False
    """At the right end; those come first in the list of what must stay when there is no room."""
    brief: str = ""
    """Its text where there is no room for all of them."""
    stays: bool = False
    """Others are left out before it."""
    leads: bool = False
    """Says nothing without the item behind it."""


class Bar(Widget):
    """One line of items. What has no room is left out, from the last one on."""

    DEFAULT_CSS = "Bar { height: 1; width: 1fr; }"

    def __init__(self, paint: Paint, items: Sequence[Item] = (), *, id: str) -> None:  # noqa: A002  as in the library
        super().__init__(id=id)
        self.paint = paint
        self.items = items
        self._places: list[tuple[int, int, Item]] = []

    def show(self, items: Sequence[Item]) -> None:
        """Show other items."""
        if items != self.items:
            self.items = items
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  there is one line
        """The line."""
        strip, self._places = bar_line(self.items, self.size.width, self.paint)
        return strip

    async def on_click(self, event: events.Click) -> None:
        """Do what belongs to the word under the mouse."""
        for start, end, item in self._places:
            if start <= event.x < end and item.action:
                await self.run_action(f"app.{item.action}")


def bar_line(items: Sequence[Item], width: int, paint: Paint) -> tuple[Strip, list[tuple[int, int, Item]]]:
    """A line of exactly `width` cells, and where each item stands on it: first cell, the one after the last, item."""
    row = Row(paint, "bar")
    right = [item for item in items if item.right]
    room = width - sum(_width(item) for item in right)
    while right and room < 0:
        room += _width(right.pop())
    everything = [item for item in items if not item.right]
    left = _with_room(everything, room)
    places = []
    if everything and not left:
        row.raw(" ", everything[0].roles).put(everything[0].text, everything[0].roles, room - 1)
        places.append((0, row.width, everything[0]))
    for item in left:
        start = row.width
        row.raw(_shown(item), item.roles)
        places.append((start, row.width, item))
    row.to(room)
    for item in right:
        start = row.width
        row.raw(_shown(item), item.roles)
        places.append((start, row.width, item))
    return row.strip(width), places


def _with_room(items: Sequence[Item], room: int) -> list[Item]:
    """Those of `items` that fit into `room` cells: in brief where not all of them do, then without the last ones."""
    found = [*items]
    if sum(map(_width, found)) > room:
        found = [item._replace(text=item.brief) if item.brief else item for item in found]
    while found and sum(map(_width, found)) > room:
        found.pop(next((n for n in reversed(range(len(found))) if not found[n].stays), len(found) - 1))
    while found and found[-1].leads:
        found.pop()
    return found


def _shown(item: Item) -> str:
    """The text of an item, made steady, with the blanks around it."""
    behind = item.text.lstrip(" ")
    inner = behind.rstrip(" ")
    return " " * (len(item.text) - len(behind)) + steady(inner) + " " * (len(behind) - len(inner))


def _width(item: Item) -> int:
    return width_of(_shown(item))
