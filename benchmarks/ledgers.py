"""What rows in a journal cost: commands with a file of 5 000 rows of ten plans, over the same with an empty one."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.processes import BenchmarkError, Command, answer, output, pairs, planner, same
from benchmarks.report import Result, Row
from planner.journal.entry import ROW, Entry, new_id, time_text
from planner.journal.lines import to_bytes

TASKS = 1_000
ROWS, PLANS = 5_000, 10
TODAY = dt.date(2026, 4, 15)
BUDGET = 2.0
LEDGERS = """
[[ledgers]]
id = "visits"
use = "慰问"

[[ledgers]]
id = "activities"
use = "活动"

[[ledgers]]
id = "proposals"
use = "提案"
"""
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("check",),
    ("show",),
    ("agenda",),
    ("log",),
    ("progress",),
    ("ledger",),
    ("ledger", "list", "visits"),
    ("ledger", "totals", "visits", "--by", "kind"),
    ("ledger", "rates", "proposals"),
    ("ledger", "check"),
)


def ledger_cost(bench: Bench) -> Iterator[Row]:
    """Every command that shows something, one that records a row, and one that writes a sheet."""
    plan = _plan(bench)
    filled, empty = _filled(bench, plan), bench.fresh_journal()
    for command in COMMANDS:
        ours, theirs = (same(*_on(plan, journal, *command)) for journal in (filled, empty))
        measured = pairs(ours, theirs, bench.folder, bench.runs)
        yield Result(f"{' '.join(command)}, {ROWS:,} rows / none", measured.wall, BUDGET, cpu=measured.cpu)
    yield from _writing(bench, plan, filled)


def _writing(bench: Bench, plan: Path, filled: Path) -> Iterator[Row]:
    def record(journal: Path) -> Command:
        return _on(plan, journal, "record", "visits", "kind=结婚", "people=1")

    def export(journal: Path) -> Command:
        return _on(plan, journal, "ledger", "export", "-o", str(bench.fresh_folder() / "rows.xlsx"))

    for name, maker in (("record", record), ("ledger export", export)):
        ours, theirs = partial(maker, filled), partial(maker, bench.fresh_journal())
        measured = pairs(ours, theirs, bench.folder, bench.runs)
        yield Result(f"{name}, {ROWS:,} rows / none", measured.wall, BUDGET, cpu=measured.cpu)


def _on(plan: Path, journal: Path, *command: str) -> Command:
    return planner("-p", str(plan), "--today", str(TODAY), "--journal", str(journal), *command)


def _plan(bench: Bench) -> Path:
    """The plan of a thousand tasks, with three ledgers."""
    path = bench.fresh_folder() / "plan.toml"
    path.write_text(bench.plan(TASKS).read_text(encoding="utf-8") + LEDGERS, encoding="utf-8")
    return path


def _filled(bench: Bench, plan: Path) -> Path:
    """A journal that ten plans share, five hundred rows each. Raises BenchmarkError unless ours are all counted."""
    id_ = answer(planner("-p", str(plan), "--json", "show"), bench.folder)["plan"]["id"]
    lines, journal = bench.folder / "rows.jsonl", bench.fresh_journal()
    lines.write_bytes(to_bytes(_entries([id_, *(f"other-{n}" for n in range(1, PLANS))])))
    output(_on(plan, journal, "journal", "import", str(lines)), bench.folder)
    said = output(_on(plan, journal, "--json", "ledger"), bench.folder)
    share = ROWS // PLANS
    known = answer(_on(plan, journal, "--json", "ledger"), bench.folder)["ledgers"]
    if sum(ledger["rows"] for ledger in known) != share:
        raise BenchmarkError(f"not all of the {share} rows are counted: {said}")
    return journal


def _entries(plans: list[str]) -> Iterator[Entry]:
    """Rows as an office fills them in, evenly over the plans."""
    draw = random.Random(ROWS)
    instant = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    for n in range(ROWS):
        instant += dt.timedelta(minutes=17)
        ledger, values = _row(n, draw)
        data = {"ledger": ledger, "set": values}
        yield Entry(new_id(instant, draw.getrandbits), time_text(instant), "李老师", plans[n % len(plans)], ROW, data)


def _row(n: int, draw: random.Random) -> tuple[str, dict[str, str]]:
    day = str(dt.date(2026, 2, 1) + dt.timedelta(days=draw.randrange(70)))
    match n % 4:
        case 0:
            return "activities", {"date": day, "title": f"第{n}次活动", "people": f"{draw.randrange(10, 300)}人"}
        case 1:
            forms = {"number": f"{n:04}", "title": f"关于改善第{n}件事的提案", "due": "2026-04-20"}
            return "proposals", forms | {"date": day, "route": draw.choice(["立案", "意见建议", "不予立案"])}
        case _other:
            visit = {"kind": draw.choice(["生病住院", "结婚", "生育", "退休"]), "name": f"第{n}位"}
            money = draw.randrange(100, 2000) + draw.choice((0, 0.5))
            return "visits", visit | {"date": day, "people": "1人", "money": f"{money:.2f}元"}
