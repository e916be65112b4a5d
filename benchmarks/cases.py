"""What is measured: the start, the check and its growth here, the rest in modules of their own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from benchmarks.acts import agenda_cost, done_cost, journal_cost
from benchmarks.bench import Bench
from benchmarks.boards import board_cost
from benchmarks.calendars import ics_cost
from benchmarks.ledgers import ledger_cost
from benchmarks.processes import BenchmarkError, Maker, output, pairs, planner, python, same
from benchmarks.report import Finding, Result, Row

HELP_BUDGET = 1.9
CHECK_BUDGETS = {1_000: 3.4, 10_000: 2.1, 100_000: 1.7}
MEMORY_BUDGET = 400.0  # MiB, for the check of 100 000 tasks
GROWTH = (10_000, 100_000)
TIME_GROWTH_BUDGET = 13.0
MEMORY_GROWTH_BUDGET = 10.0
SMALLEST = 50

HEAVY_MODULES = ("textual", "icalendar", "docx", "jinja2", "sqlite3")
"""What `planner --help` never loads."""

PARSE_ONLY = "import sys, tomli; tomli.loads(open(sys.argv[1], encoding='utf-8').read())"
HELP_AND_LIST = """
import runpy, sys
names = sys.argv[1:]
sys.argv = ["planner", "--help"]
try:
    runpy.run_module("planner", run_name="__main__")
except SystemExit as done:
    assert not done.code, done.code
print("loaded:", *(name for name in names if name in sys.modules))
"""


def help_cost(bench: Bench) -> Iterator[Row]:
    """`planner --help` over a process that only imports click, and what it may not load."""
    said = output(planner("--help"), bench.folder)
    if "check" not in said:
        raise BenchmarkError("the help names no commands")
    measured = pairs(same(*planner("--help")), same(*python("-c", "import click")), bench.folder, 3 * bench.runs)
    yield Result("help / import click", measured.wall, HELP_BUDGET, cpu=measured.cpu)
    said = output(python("-c", HELP_AND_LIST, *HEAVY_MODULES), bench.folder)
    loaded = said.rpartition("loaded:")[2].split()
    yield Finding("help loads no heavy module", f"loaded: {', '.join(loaded) or 'none'}", over=bool(loaded))


def check_cost(bench: Bench) -> Iterator[Row]:
    """`planner check` over a process that only parses the same file, and its peak memory."""
    try:
        output(planner("-p", str(bench.spoilt_plan(SMALLEST)), "check"), bench.folder)
    except BenchmarkError:
        pass
    else:
        raise BenchmarkError("the check accepts a plan with an error")
    for tasks, budget in CHECK_BUDGETS.items():
        if bench.quick and tasks == max(CHECK_BUDGETS):
            continue
        measured = pairs(_check(bench, tasks), _parse(bench, tasks), bench.folder, bench.runs)
        yield Result(f"check {tasks:>7,} / tomli", measured.wall, budget, cpu=measured.cpu)
        if tasks == max(CHECK_BUDGETS):
            yield Result(f"check {tasks:>7,} peak memory", measured.first_peak, MEMORY_BUDGET, "MiB")


def growth(bench: Bench) -> Iterator[Row]:
    """Ten times the tasks: how much more time and memory `planner check` takes."""
    small, large = GROWTH
    if bench.quick:
        return
    measured = pairs(_check(bench, large), _check(bench, small), bench.folder, bench.runs)
    name = f"check {large:,} / {small:,}"
    yield Result(f"{name} time", measured.wall, TIME_GROWTH_BUDGET, cpu=measured.cpu)
    yield Result(f"{name} memory", measured.memory, MEMORY_GROWTH_BUDGET)


CASES: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "help": help_cost,
    "check": check_cost,
    "done": done_cost,
    "agenda": agenda_cost,
    "journal": journal_cost,
    "ics": ics_cost,
    "growth": growth,
    "board": board_cost,
    "ledger": ledger_cost,
}


def run(name: str, bench: Bench) -> Iterator[Row]:
    """The rows of one case; a process that fails makes a row of its own and does not stop the others."""
    print(f"measuring {name} ...", file=sys.stderr, flush=True)
    try:
        yield from CASES[name](bench)
    except BenchmarkError as error:
        yield Finding(name, f"not measured: {error}", over=True)


def _check(bench: Bench, tasks: int) -> Maker:
    """The check of a plan of that many tasks."""
    return same(*planner("-p", str(bench.plan(tasks)), "check"))


def _parse(bench: Bench, tasks: int) -> Maker:
    """The least that any reader of the same plan must do."""
    return same(*python("-c", PARSE_ONLY, str(bench.plan(tasks))))
