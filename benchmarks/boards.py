"""What the board costs: until the first task can be read, from a key to its frame, and memory.

Times are those of a person before a terminal: from the start of the process, or from the key, until the bytes have
arrived that show it. Each run has a journal and a memory of the board of its own; a newcomer's greeting is seen before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.plans import ACTIVITIES
from benchmarks.processes import BenchmarkError, Command, Spread, answer, output, planner, python
from benchmarks.report import Finding, Result, Row
from benchmarks.screens import Screen

SMALL, LARGE = 50, 10_000
TODAY = "2026-04-15"
FIRST_BUDGETS = {SMALL: 1.6, LARGE: 1.9}
KEY_BUDGET = 60.0
MEMORY_BUDGET = 60.0
KEYS = 20
"""Presses of the same key in one board: enough to go off the screen, so that it scrolls."""
BREATH = 0.6
"""Seconds in which a board looks for what takes longer, after its first picture or after something was written."""

SMALLEST_APP = """
from textual.app import App, ComposeResult
from textual.widgets import Static

class Smallest(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("readable")

Smallest().run()
"""
READABLE = re.compile("readable")
A_TASK = re.compile("|".join(re.escape(title[:5]) for _name, title in ACTIVITIES if title.isalpha()))
"""How titles of tasks begin, as much of them as columns show; no goal, branch or plan has such a name."""
VIEWS = ("months", "status", "goals", "timeline", "agenda", "calendar")
DOWN, SPACE, LEAVE = b"\x1b[B", b" ", b"\x11"

RUN_AND_LIST = """
import runpy, sys
sys.argv = ["planner", *sys.argv[1:]]
try:
    runpy.run_module("planner", run_name="__main__")
except SystemExit as done:
    assert not done.code, done.code
print("loaded:", *(name for name in ("textual", "rich", "asyncio") if name in sys.modules))
"""


def board_cost(bench: Bench) -> Iterator[Row]:
    """Everything about the board."""
    yield from _first_pictures(bench)
    yield from _keys(bench)
    yield _ticks(bench)
    yield _memory(bench)
    yield from _imports(bench)


def _first_pictures(bench: Bench) -> Iterator[Row]:
    """Until the first task can be read, over a word in the smallest app of the same library; run in turn."""
    ratios: dict[int, list[float]] = {tasks: [] for tasks in FIRST_BUDGETS}
    for n in range(2 * bench.runs + 1):
        smallest = _first(bench, python("-c", SMALLEST_APP), READABLE)
        for tasks, found in ratios.items():
            ratio = _first(bench, _board(bench, bench.plan(tasks)), A_TASK) / smallest
            if n:  # the first run compiles
                found.append(ratio)
    for tasks, found in ratios.items():
        yield Result(f"board {tasks:,} first task / smallest app", Spread.of(found), FIRST_BUDGETS[tasks])


def _keys(bench: Bench) -> Iterator[Row]:
    """From a key to all that is drawn because of it."""
    with _opened(bench, _board(bench, bench.plan(LARGE))) as screen:
        for n, view in enumerate(VIEWS, 1):
            if n > 1:
                first, _last = screen.press(str(n).encode())
                yield Finding(f"board {LARGE:,} opens {view}", f"in {first * 1000:.0f} ms", over=False)
                again = screen.press(b"1")[0], screen.press(str(n).encode())[0]
                yield Finding(f"board {LARGE:,} opens {view} again", f"in {again[1] * 1000:.0f} ms", over=False)
            screen.settle(BREATH)
            yield _times(f"board {LARGE:,} Down in {view}", [screen.press(DOWN)[1] for _ in range(KEYS)])


def _ticks(bench: Bench) -> Result:
    """From Space to the frame that shows the tick, which is in the journal by then."""
    plan, journal = _without_branches(bench), bench.fresh_journal()
    with _opened(bench, _board(bench, plan, journal)) as screen:
        ticks = []
        for _ in range(bench.runs):
            ticks.append(screen.press(SPACE)[0])
            screen.settle(BREATH)
            screen.press(DOWN)
            screen.settle(BREATH)
    ticked = answer(planner("-p", str(plan), "--journal", str(journal), "--json", "log", "-n", "100"), bench.folder)
    if len({entry["task"] for entry in ticked if entry["data"].get("status") == "done"}) != bench.runs:
        raise BenchmarkError(f"{bench.runs} tasks were ticked on the board, and recorded is {ticked}")
    return _times(f"board {LARGE:,} Space: ticked, written, shown", ticks)


def _times(name: str, seconds: list[float]) -> Result:
    return Result(name, Spread.of([1000 * second for second in seconds]), KEY_BUDGET, "ms")


def _memory(bench: Bench) -> Result:
    """Peak of a board of many tasks on which every view was shown, over that of one without any."""
    peaks = []
    for _ in range(max(bench.runs // 2, 1)):
        large, empty = (_peak(bench, plan) for plan in (bench.plan(LARGE), _empty_plan(bench)))
        peaks.append(large - empty)
    return Result(f"board {LARGE:,} peak memory over an empty one", Spread.of(peaks), MEMORY_BUDGET, "MiB")


def _peak(bench: Bench, plan: Path) -> float:
    with _opened(bench, _board(bench, plan)) as screen:
        for n in range(2, len(VIEWS) + 1):
            screen.press(str(n).encode())
        screen.settle(BREATH)
        peak, status = screen.end(LEAVE)
    if status:
        raise BenchmarkError(f"the board ended with exit status {status}")
    return peak


def _without_branches(bench: Bench) -> Path:
    """The same plan, all done by the office: for a branch the board would ask which."""
    path = bench.folder / "office.toml"
    text = bench.plan(LARGE).read_text(encoding="utf-8")
    path.write_text(re.sub("^for = .*\n", "", text, flags=re.MULTILINE), encoding="utf-8")
    return path


def _empty_plan(bench: Bench) -> Path:
    """The same plan without a task."""
    path = bench.folder / "empty.toml"
    text = bench.plan(SMALL).read_text(encoding="utf-8")
    path.write_text(text[: text.index("[[tasks]]")], encoding="utf-8")
    return path


def _imports(bench: Bench) -> Iterator[Finding]:
    """That nothing but the board pays for its library."""
    plan = bench.plan(SMALL)
    task = answer(planner("-p", str(plan), "--json", "show"), bench.folder)["tasks"][0]["id"]
    on_plan = ("-p", str(plan), "--journal", str(bench.fresh_journal()))
    for name, arguments in (
        ("--help", ("--help",)),
        ("check", (*on_plan, "check")),
        ("done", (*on_plan, "done", task)),
    ):
        loaded = output(python("-c", RUN_AND_LIST, *arguments), bench.folder).rpartition("loaded:")[2].split()
        yield Finding(f"{name} loads nothing of the board", f"loaded: {', '.join(loaded) or 'none'}", over=bool(loaded))


def _board(bench: Bench, plan: Path, journal: Path | None = None) -> Command:
    """The command that opens a board, with a journal that is not there yet unless one is given."""
    store = journal or bench.fresh_journal()
    return planner("-p", str(plan), "--today", TODAY, "--journal", str(store), "board")


def _first(bench: Bench, command: Command, words: re.Pattern[str]) -> float:
    """Seconds until `words` can be read."""
    with Screen(command, bench.folder, _state(bench)) as screen:
        return screen.first(words)


def _opened(bench: Bench, command: Command) -> Screen:
    """A board that has done all it does after its first picture."""
    screen = Screen(command, bench.folder, _state(bench))
    screen.settle(3 * BREATH)
    return screen


def _state(bench: Bench) -> dict[str, str]:
    """Where the board keeps what it remembers: nothing, but that the greeting for newcomers was seen."""
    folder = bench.fresh_folder()
    (folder / "board.json").write_text(json.dumps({"format": 1, "greeted": True}), encoding="utf-8")
    return {"PLANNER_STATE": str(folder)}
