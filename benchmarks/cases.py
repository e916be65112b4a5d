"""What is measured, and the budgets."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.plans import write_plan
from benchmarks.processes import BenchmarkError, Command, Spread, output, pairs, planner, python
from benchmarks.report import Finding, Result, Row

MIB = 1024 * 1024
HELP_BUDGET = 1.9
CHECK_BUDGETS = {1_000: 3.4, 10_000: 2.1, 100_000: 1.7}
MEMORY_BUDGET = 400.0  # MiB, for the check of 100 000 tasks
ICS_BUDGET = 0.2
ICS_TASKS = 10_000
SAME_SIZE = 0.8  # two exports with the same events differ less than this in their octets
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


@dataclass(slots=True)
class Bench:
    """The workshop: a folder for plans and exports, how often everything is run, and whether all of it."""

    folder: Path
    runs: int
    quick: bool
    _made: int = field(default=0, init=False)

    def plan(self, tasks: int) -> Path:
        """A plan of that many tasks, made once and checked once: it has no errors and no warnings."""
        path = self.folder / f"plan-{tasks}.toml"
        if not path.exists():
            write_plan(path, tasks)
            said = output(planner("-p", str(path), "check", "--strict"), self.folder)
            if str(tasks) not in said:
                raise BenchmarkError(f"the check does not speak of {tasks} tasks: {said.strip()}")
        return path

    def spoilt_plan(self, tasks: int) -> Path:
        """The same plan with a need that points nowhere: a check that does its work refuses it."""
        path = self.folder / "spoilt.toml"
        text = self.plan(tasks).read_text(encoding="utf-8")
        path.write_text(text.replace("needs = [", 'needs = ["nowhere", ', 1), encoding="utf-8")
        return path

    def fresh_folder(self) -> Path:
        """A new empty folder."""
        self._made += 1
        path = self.folder / f"out-{self._made}"
        path.mkdir()
        return path


def help_cost(bench: Bench) -> Iterator[Row]:
    """`planner --help` over a process that only imports click, and what it may not load."""
    said = output(planner("--help"), bench.folder)
    if "check" not in said:
        raise BenchmarkError("the help names no commands")
    measured = pairs(lambda: planner("--help"), lambda: python("-c", "import click"), bench.folder, 3 * bench.runs)
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
            peak = measured.first_peak
            mib = Spread(peak.median / MIB, peak.low / MIB, peak.high / MIB)
            yield Result(f"check {tasks:>7,} peak memory", mib, MEMORY_BUDGET, "MiB")


def ics_cost(bench: Bench) -> Iterator[Row]:
    """Calendars over the same calendars written by the plain way of the icalendar library.

    First the whole plan as one file, then all files of `planner ical`. The plain way writes an event again for
    every calendar that holds it, which takes it most of a minute: so the second is left out of a quick run.
    """
    plan = str(bench.plan(ICS_TASKS))
    reference = str(Path(__file__).with_name("reference_ical.py"))

    def export() -> Command:
        return planner("-p", plan, "export", "-o", str(bench.fresh_folder() / "plan.ics"))

    def export_plainly() -> Command:
        return python(reference, plan, str(bench.fresh_folder() / "plan.ics"))

    def feeds() -> Command:
        return planner("-p", plan, "ical", "-o", str(bench.fresh_folder()))

    def feeds_plainly() -> Command:
        return python(reference, plan, str(bench.fresh_folder()))

    _same_calendars(bench, export(), export_plainly())
    measured = pairs(export, export_plainly, bench.folder, bench.runs)
    yield Result(f"export {ICS_TASKS:,} .ics / icalendar", measured.wall, ICS_BUDGET, cpu=measured.cpu)
    if not bench.quick:
        _same_calendars(bench, feeds(), feeds_plainly())
        measured = pairs(feeds, feeds_plainly, bench.folder, min(bench.runs, 3), warm_up=False)
        yield Result(f"ical {ICS_TASKS:,} / icalendar", measured.wall, ICS_BUDGET, cpu=measured.cpu)


def _same_calendars(bench: Bench, *commands: Command) -> None:
    """Both ways put the same events into as much text; each command ends with its file or folder."""
    found = []
    for command in commands:
        output(command, bench.folder)
        target = Path(command[-1])
        files = [path.read_bytes() for path in ([target] if target.is_file() else target.glob("*.ics"))]
        uids = Counter(re.findall(rb"^UID:(.+?)\r$", b"".join(files).replace(b"\r\n ", b""), re.MULTILINE))
        found.append((uids, sum(map(len, files))))
    (ours, our_size), (theirs, their_size) = found
    if not ours or ours != theirs:
        missing = f"{(theirs - ours).total()} missing, {(ours - theirs).total()} too many"
        raise BenchmarkError(f"the calendars hold other events than the reference: {missing}")
    if not SAME_SIZE < our_size / their_size < 1 / SAME_SIZE:
        raise BenchmarkError(f"the calendars have {our_size:,} octets, those of the reference {their_size:,}")


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
    "ics": ics_cost,
    "growth": growth,
}


def run(name: str, bench: Bench) -> Iterator[Row]:
    """The rows of one case; a process that fails makes a row of its own and does not stop the others."""
    print(f"measuring {name} ...", file=sys.stderr, flush=True)
    try:
        yield from CASES[name](bench)
    except BenchmarkError as error:
        yield Finding(name, f"not measured: {error}", over=True)


def _check(bench: Bench, tasks: int) -> Callable[[], Command]:
    """The check of a plan of that many tasks."""
    path = str(bench.plan(tasks))
    return lambda: planner("-p", path, "check")


def _parse(bench: Bench, tasks: int) -> Callable[[], Command]:
    """The least that any reader of the same plan must do."""
    path = str(bench.plan(tasks))
    return lambda: python("-c", PARSE_ONLY, path)
