"""Draws the pictures of the board in docs/images from the program itself: `python docs/screenshots.py`.

Pictures that terminals' own exports make squeeze Chinese, because they trust the viewer's font to be half as wide for
Latin letters as for Chinese characters. Here every character stands at its cell. A test compares the pictures.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from pathlib import Path
from typing import NamedTuple

os.environ["PLANNER_LANG"] = "zh_CN"

from planner.i18n import use_language

use_language("zh_CN")

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from planner.actions.marking import mark
from planner.session import Session
from planner_board.app import BoardApp
from planner_board.memory import Memory

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
TODAY = date(2023, 4, 10)
CELL, LINE, SIZE = 8, 18, 14
"""Width of a cell, height of a line and of a character, in pixels."""
FONTS = "'Sarasa Mono SC','Noto Sans Mono CJK SC','Cascadia Mono','Microsoft YaHei Mono',Consolas,monospace"
DONE = (
    "term-plan", "farewell-2022-autumn", "ethics-inspection", "influential-teachers", "school-documents-study",
    "womens-day", "day-trip", "staff-home-women",
)  # fmt: skip
BEGUN = ("annual-assessment", "charity-day")


class Picture(NamedTuple):
    """What a picture shows: the size of the window in cells, and the keys that lead there."""

    name: str
    columns: int
    rows: int
    keys: tuple[str, ...]
    theme: str = "dark"


PICTURES = (
    Picture("months-120x40", 120, 40, ("1",)),
    Picture("months-80x24", 80, 24, ("1",)),
    Picture("timeline-120x40", 120, 40, ("4",)),
    Picture("agenda-80x24", 80, 24, ("5",), "light"),
    Picture("calendar-120x40", 120, 40, ("6",)),
)


def lines_of(picture: Picture) -> list[Strip]:
    """The screen, after the term was worked on up to the middle of April."""
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(shutil.copy(ROOT / "plans" / "2023-spring.toml", folder))
        session = Session(lambda _message: None, {"PLANNER_AUTHOR": "王老师"})
        session.plan_path, session.today_asked = str(plan), TODAY
        work_on(session)
        try:
            return asyncio.run(_play(session, picture))
        finally:
            session.close()


def work_on(session: Session) -> None:
    """What is recorded by then."""
    snapshot = session.snapshot()
    tasks = snapshot.plan.task_by_id
    for name in DONE:
        mark(session, snapshot, tasks[name], "done")
    for name in BEGUN:
        mark(session, snapshot, tasks[name], "doing")
    some = [branch.id for branch in snapshot.plan.branches[:5]]
    mark(session, snapshot, tasks["brand-apply"], "done", branches=some)


async def _play(session: Session, picture: Picture) -> list[Strip]:
    memory = Memory(theme=picture.theme)
    memory.greeted = True
    app = BoardApp(session, memory)
    async with app.run_test(size=(picture.columns, picture.rows)) as pilot:
        await pilot.pause()
        await pilot.press(*picture.keys)
        await app.workers.wait_for_complete()
        await pilot.pause(0.2)
        return list(app.screen._compositor.render_strips())


def svg(lines: Iterable[Strip], columns: int) -> str:
    """Lines as a picture in which every character stands in its cell."""
    rows = list(lines)
    width, height = columns * CELL, len(rows) * LINE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f'<g font-family="{FONTS}" font-size="{SIZE}">',
    ]
    for y, row in enumerate(rows):
        x = 0
        for segment in Segment.simplify(row):
            parts += _segment(segment, x, y)
            x += segment.cell_length
    return "\n".join([*parts, "</g>", "</svg>", ""])


def _segment(segment: Segment, x: int, y: int) -> Iterator[str]:
    style = segment.style
    ink = style.color.get_truecolor().hex if style and style.color else "#d8dee9"
    paper = style.bgcolor.get_truecolor().hex if style and style.bgcolor else "#1b1f27"
    if style and style.reverse:
        ink, paper = paper, ink
    width = segment.cell_length * CELL
    yield f'<rect x="{x * CELL}" y="{y * LINE}" width="{width}" height="{LINE}" fill="{paper}"/>'
    places = []
    for character in segment.text:
        if character != " ":
            places.append(str(x * CELL))
        x += cell_len(character)
    if places:
        bold = ' font-weight="bold"' if style and style.bold else ""
        line = ' text-decoration="underline"' if style and style.underline else ""
        strike = ' text-decoration="line-through"' if style and style.strike else ""
        where = f'x="{" ".join(places)}" y="{y * LINE + SIZE}"'
        # Viewers fold blanks, and with them the list of places: only what is to be seen is written.
        yield f'<text {where} fill="{ink}"{bold}{line or strike}>{escape(segment.text.replace(" ", ""))}</text>'


def pictures(names: Iterable[str] = ()) -> dict[str, str]:
    """Each picture's text by its name, all of them or those named."""
    wanted = set(names)
    return {p.name: svg(lines_of(p), p.columns) for p in PICTURES if not wanted or p.name in wanted}


if __name__ == "__main__":
    IMAGES.mkdir(exist_ok=True)
    for name, text in pictures(sys.argv[1:]).items():
        (IMAGES / f"{name}.svg").write_text(text, encoding="utf-8")
