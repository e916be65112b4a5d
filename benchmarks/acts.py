"""What an act costs, and what a long journal adds to it: ticking a task, the agenda, the journal as a whole."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.bench import ENTRIES, Bench
from benchmarks.processes import (
    BenchmarkError,
    Command,
    Maker,
    Pairs,
    answer,
    output,
    pairs,
    planner,
    python,
    same,
)
from benchmarks.report import Finding, Result, Row

TASKS = 10_000
TODAY = dt.date(2026, 4, 15)
SPRING_TODAY = dt.date(2023, 4, 14)
DONE_BUDGET = 1.8
DONE_LATE_BUDGET = 2.0
AGENDA_BUDGET = 2.0
MEMORY_BUDGET = 400.0  # MiB, for taking 100 000 entries in
IMPORT_BUDGET, LOG_BUDGET, EXPORT_BUDGET = 16.0, 3.0, 7.0
"""Over reading the same lines as JSON. Nobody waits for these: about half as much again as first measured, so
that it is noticed when they become slow."""
LAST = 50
AUTHOR = "benchmark"

PARSE_FOR_CLICK = "import sys, click, pluggy, tomli; tomli.loads(open(sys.argv[1], encoding='utf-8').read())"
PARSE_LINES = "import json, sys\nfor line in open(sys.argv[1], encoding='utf-8'): json.loads(line)"


def done_cost(bench: Bench) -> Iterator[Row]:
    """`planner done TASK` over a process that imports what every command needs and parses the same plan.

    Into a journal that holds only what the runs before recorded, and into one that is long. The tasks are from the
    second half of the plan: most need others, and a tick looks whether those are done.
    """
    plan = bench.plan(TASKS)
    store, made = bench.journal(plan, TODAY)
    copy = shutil.copyfile(store, bench.fresh_journal())
    for name, journal, budget in (
        (f"done {TASKS:,} / tomli", bench.fresh_journal(), DONE_BUDGET),
        (f"done {TASKS:,} + journal / tomli", copy, DONE_LATE_BUDGET),
    ):
        measured = _ticking(bench, plan, journal, made.open[len(made.open) // 2 :])
        yield Result(name, measured.wall, budget, cpu=measured.cpu)


def _ticking(bench: Bench, plan: Path, journal: Path, tasks: Sequence[str]) -> Pairs:
    """Tick another task in every run. Raises BenchmarkError unless each of them is in the journal afterwards."""
    on_plan = ("-p", str(plan), "--today", str(TODAY), "--journal", str(journal))
    ticked: list[str] = []
    parse = same(*python("-c", PARSE_FOR_CLICK, str(plan)))

    def tick() -> Command:
        ticked.append(tasks[len(ticked)])
        return planner(*on_plan, "done", ticked[-1], "--by", AUTHOR)

    runs = min(bench.runs, len(tasks) - 1)  # one more to warm up
    measured = pairs(tick, parse, bench.folder, runs)
    log = planner(*on_plan, "--json", "log", "--by", AUTHOR, "-n", str(2 * len(ticked)))
    recorded = [(entry["task"], entry["data"]["status"]) for entry in answer(log, bench.folder)]
    if recorded != [(task, "done") for task in ticked]:
        raise BenchmarkError(f"{len(ticked)} tasks were ticked, and recorded is {recorded}")
    return measured


def agenda_cost(bench: Bench) -> Iterator[Row]:
    """`planner agenda` with a long journal over the same agenda without one; of a large plan and of a real one."""
    for name, plan, today in (
        (f"{TASKS:,}", bench.plan(TASKS), TODAY),
        ("2023-spring", bench.spring(), SPRING_TODAY),
    ):
        store, made = bench.journal(plan, today)
        with_journal = ("-p", str(plan), "--today", str(today), "--journal", str(store))
        without = ("-p", str(plan), "--today", str(today), "--journal", str(bench.fresh_journal()))
        open_before, still_open = _open_tasks(bench, without), _open_tasks(bench, with_journal)
        if made.closed not in open_before or made.closed in still_open:
            raise BenchmarkError(f"the agenda does not go by the journal: see {made.closed}")
        if not open_before.intersection(made.open) <= still_open:
            raise BenchmarkError("the agenda lacks tasks that are only begun")
        ours, theirs = same(*planner(*with_journal, "agenda")), same(*planner(*without, "agenda"))
        measured = pairs(ours, theirs, bench.folder, bench.runs)
        yield Result(f"agenda {name} + journal / without", measured.wall, AGENDA_BUDGET, cpu=measured.cpu)


def _open_tasks(bench: Bench, on_plan: Sequence[str]) -> set[str]:
    """Ids of all tasks in the agenda."""
    found = answer(planner(*on_plan, "--json", "agenda"), bench.folder)
    return {entry["task"] for entries in found.values() if isinstance(entries, list) for entry in entries}


def journal_cost(bench: Bench) -> Iterator[Row]:
    """Taking in, showing and writing out 100 000 entries of a real plan, over reading the same lines as JSON.

    Taking them in is left out of a quick run.
    """
    plan = bench.spring()
    store, made = bench.journal(plan, SPRING_TODAY)
    on_plan = ("-p", str(plan), "--journal", str(store))
    written = bench.fresh_folder() / "export.jsonl"
    log = planner(*on_plan, "log", "-n", str(LAST))
    export = planner(*on_plan, "journal", "export", "-o", str(written))
    _same_entries(bench, made.file, planner(*on_plan, "--json", "log", "-n", str(LAST)), export, written)
    if not bench.quick:
        yield from _import_cost(bench, plan, made.file)
    for name, command, budget in ((f"log -n {LAST}", log, LOG_BUDGET), ("journal export", export, EXPORT_BUDGET)):
        measured = pairs(same(*command), _parse_lines(made.file), bench.folder, bench.runs)
        yield Result(f"{name} / json", measured.wall, budget, cpu=measured.cpu)


def _same_entries(bench: Bench, lines: Path, log: Command, export: Command, written: Path) -> None:
    """The log shows the last entries, and what is written out are the lines that were taken in, byte for byte."""
    known = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    last = [entry["id"] for entry in known if entry["kind"] != "revision"][-LAST:]
    if [entry["id"] for entry in answer(log, bench.folder)] != last:
        raise BenchmarkError("the log shows other entries than the last ones")
    output(export, bench.folder)
    if written.read_bytes() != lines.read_bytes():
        raise BenchmarkError("what is written out is not what was taken in")


def _import_cost(bench: Bench, plan: Path, lines: Path) -> Iterator[Row]:
    """Time and memory of taking the lines into a journal that is not there yet."""

    def take_in() -> Command:
        return planner("-p", str(plan), "--journal", str(bench.fresh_journal()), "journal", "import", str(lines))

    measured = pairs(take_in, _parse_lines(lines), bench.folder, bench.runs)
    name = f"journal import {ENTRIES:,}"
    yield Result(f"{name} / json", measured.wall, IMPORT_BUDGET, cpu=measured.cpu)
    yield Result(f"{name} peak memory", measured.first_peak, MEMORY_BUDGET, "MiB")
    yield Finding(f"{name} here", f"takes {measured.first_wall.median:.1f} s", over=False)


def _parse_lines(lines: Path) -> Maker:
    """The least that any reader of the same lines must do."""
    return same(*python("-c", PARSE_LINES, str(lines)))
