"""The one widget that shows sheets: its cursor goes by keys and by mouse, and stays where it was when things change."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from planner_board.board import Size
from planner_board.drawing.paint import Paint
from planner_board.drawing.sheet import Ref, Row, Sheet, Spot
from planner_board.widgets.canvas import Canvas

PAINT = Paint()
Script = Callable[["Shown", Pilot[None]], Awaitable[None]]


class Shown(App[None]):
    """Columns of numbered tasks below one line of heading; what the canvas tells is kept."""

    def __init__(self, columns: Sequence[Sequence[str]], folded: str = "") -> None:
        super().__init__()
        self.columns = columns
        self.folded = folded
        self.told: list[str] = []
        self.lines_drawn: list[int] = []

    def compose(self) -> ComposeResult:
        yield Canvas(PAINT, self.draw, id="view")

    @property
    def canvas(self) -> Canvas:
        return self.query_one(Canvas)

    def draw(self, size: Size, opened: str) -> Sheet:
        spots = []
        for x, column in enumerate(self.columns):
            if column and column[0].startswith("fold:") and column[0] != f"fold:{opened}":
                spots.append([Spot(0, 10 * x, 10, Ref("fold", column[0].removeprefix("fold:")))])
            else:
                names = [name for name in column if not name.startswith("fold:")]
                spots.append([Spot(y, 10 * x, 10, Ref("task", name)) for y, name in enumerate(names)])
        height = max((len(column) for column in spots), default=0)

        def line(y: int) -> object:
            self.lines_drawn.append(y)
            row = Row(PAINT)
            for column in spots:
                row.put(column[y].ref.id if y < len(column) else "", "", 10)
            return row.strip(size.width)

        return Sheet(size.width, height, line, spots, [Row(PAINT).put("head").strip(size.width)])  # type: ignore[arg-type]

    def on_canvas_chosen(self, event: Canvas.Chosen) -> None:
        self.told.append(f"chosen {event.canvas.cursor.id if event.canvas.cursor else ''}")

    def on_canvas_asked(self, event: Canvas.Asked) -> None:
        self.told.append(f"asked {event.canvas.cursor.id if event.canvas.cursor else ''}")


def play(app: Shown, script: Script, size: tuple[int, int] = (60, 12)) -> None:
    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            app.canvas.focus()
            await pilot.pause()
            await script(app, pilot)

    asyncio.run(run())


def at(app: Shown) -> str:
    return app.canvas.cursor.id if app.canvas.cursor else ""


def test_arrows_home_end_and_pages_move_the_cursor() -> None:
    async def script(app: Shown, pilot: Pilot[None]) -> None:
        seen = [at(app)]
        for key in ("down", "right", "left", "end", "up", "pageup", "home"):
            await pilot.press(key)
            seen.append(at(app))
        assert seen == ["a0", "a1", "b1", "a1", "a49", "a48", "a38", "a0"]

    play(Shown([[f"a{n}" for n in range(50)], ["b0", "b1"]]), script)


def test_what_is_below_comes_into_sight_and_the_heading_stays() -> None:
    async def script(app: Shown, pilot: Pilot[None]) -> None:
        await pilot.press("end")
        await pilot.pause()
        lines = [strip.text.strip() for strip in app.screen._compositor.render_strips()]
        assert lines[0] == "head"
        assert lines[-1].startswith("a49")

    play(Shown([[f"a{n}" for n in range(50)]]), script)


def test_a_key_press_draws_what_is_in_sight_and_not_ten_thousand_lines() -> None:
    async def script(app: Shown, pilot: Pilot[None]) -> None:
        app.lines_drawn.clear()
        await pilot.press("down")
        await pilot.pause()
        assert 0 < len(app.lines_drawn) <= 3 * 12
        assert max(app.lines_drawn) < 12

    play(Shown([[f"a{n}" for n in range(10_000)]]), script)


def test_a_click_goes_there_a_second_one_chooses_and_the_right_button_asks() -> None:
    async def script(app: Shown, pilot: Pilot[None]) -> None:
        await pilot.click(Canvas, offset=(12, 2))
        assert (at(app), app.told) == ("b1", [])
        await pilot.click(Canvas, offset=(12, 2))
        await pilot.click(Canvas, offset=(2, 1), button=3)
        assert app.told == ["chosen b1", "asked a0"]
        await pilot.click(Canvas, offset=(2, 0))
        await pilot.click(Canvas, offset=(50, 5))
        assert at(app) == "a0"

    play(Shown([["a0", "a1"], ["b0", "b1"]]), script)


def test_a_folded_group_opens_when_the_cursor_goes_to_it() -> None:
    async def script(app: Shown, pilot: Pilot[None]) -> None:
        await pilot.press("down", "right")
        assert at(app) == "b1"

    play(Shown([["a0", "a1"], ["fold:b", "b0", "b1", "b2"]]), script)


def test_the_cursor_stays_on_its_task_and_goes_to_a_neighbour_when_that_is_gone() -> None:
    async def script(app: Shown, pilot: Pilot[None]) -> None:
        await pilot.press("down", "down")
        app.columns = [["new", "a0", "a1", "a2", "a3"]]
        app.canvas.redraw()
        assert at(app) == "a2"
        app.columns = [["new", "a0", "a1", "a3"]]
        app.canvas.redraw()
        assert at(app) == "a3"
        app.columns = []
        app.canvas.redraw()
        assert at(app) == ""

    play(Shown([["a0", "a1", "a2", "a3"]]), script)


def test_it_follows_the_size_of_the_window() -> None:
    async def script(app: Shown, pilot: Pilot[None]) -> None:
        await pilot.resize_terminal(30, 8)
        await pilot.pause()
        assert app.canvas.sheet.width == 30 - 1  # the bar for scrolling

    play(Shown([["a0"]]), script)
