"""What calendars cost: the whole plan as one file, and all files of `planner ical`.

Writing them records in a journal what they tell. So each is measured twice: the first time, which records every event,
and again, when all of that is read and nothing is new.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.processes import BenchmarkError, Command, Maker, answer, output, planner, python, rounds
from benchmarks.report import Result

BUDGET = 0.2
TASKS = 10_000
SAME_SIZE = 0.8  # two exports with the same events differ less than this in their octets

Teller = Callable[[Path], Command]
"""Gives the command that tells the plan to people and records it in the journal at a path."""


def ics_cost(bench: Bench) -> Iterator[Result]:
    """Calendars over the same calendars written by the plain way of the icalendar library.

    The plain way writes an event again for every calendar that holds it, which takes it most of a minute: so the files
    of `planner ical` are left out of a quick run.
    """
    plan = str(bench.plan(TASKS))
    reference = str(Path(__file__).with_name("reference_ical.py"))

    def export(journal: Path) -> Command:
        target = bench.fresh_folder() / "plan.ics"
        return planner("-p", plan, "--journal", str(journal), "export", "-o", str(target))

    def export_plainly() -> Command:
        return python(reference, plan, str(bench.fresh_folder() / "plan.ics"))

    def feeds(journal: Path) -> Command:
        return planner("-p", plan, "--journal", str(journal), "ical", "-o", str(bench.fresh_folder()))

    def feeds_plainly() -> Command:
        return python(reference, plan, str(bench.fresh_folder()))

    yield from _twice(bench, f"export {TASKS:,} .ics", export, export_plainly)
    if not bench.quick:
        yield from _twice(bench, f"ical {TASKS:,}", feeds, feeds_plainly, slow=True)


def _twice(bench: Bench, name: str, ours: Teller, theirs: Maker, *, slow: bool = False) -> Iterator[Result]:
    """The rows of the first time and of the second; of a `slow` other way few runs, and none to warm up."""
    journal = bench.fresh_journal()
    _same_calendars(bench, ours(journal), ours(journal), theirs())
    told = _tellings(bench, journal)
    first, again = rounds(
        (lambda: ours(bench.fresh_journal()), lambda: ours(journal)),
        theirs,
        bench.folder,
        min(bench.runs, 3) if slow else bench.runs,
        warm_up=not slow,
    )
    in_the_end = _tellings(bench, journal)
    if not TASKS <= told == in_the_end:
        raise BenchmarkError(f"{name} recorded {told:,} tellings and, with nothing new, {in_the_end:,}")
    yield Result(f"{name} first / icalendar", first.wall, BUDGET, cpu=first.cpu)
    yield Result(f"{name} again / icalendar", again.wall, BUDGET, cpu=again.cpu)


def _tellings(bench: Bench, journal: Path) -> int:
    """How many entries of the journal say what calendars have told."""
    plan = str(bench.plan(TASKS))
    kinds = answer(planner("-p", plan, "--journal", str(journal), "--json", "journal", "info"), bench.folder)["kinds"]
    return int(kinds.get("revision", 0))


def _same_calendars(bench: Bench, *commands: Command) -> None:
    """All of them put the same events into as much text; each command ends with its file or folder."""
    found = []
    for command in commands:
        output(command, bench.folder)
        target = Path(command[-1])
        files = [path.read_bytes() for path in ([target] if target.is_file() else target.glob("*.ics"))]
        uids = Counter(re.findall(rb"^UID:(.+?)\r$", b"".join(files).replace(b"\r\n ", b""), re.MULTILINE))
        found.append((uids, sum(map(len, files))))
    *all_ours, (theirs, their_size) = found
    for ours, our_size in all_ours:
        if not ours or ours != theirs:
            missing = f"{(theirs - ours).total()} missing, {(ours - theirs).total()} too many"
            raise BenchmarkError(f"the calendars hold other events than the reference: {missing}")
        if not SAME_SIZE < our_size / their_size < 1 / SAME_SIZE:
            raise BenchmarkError(f"the calendars have {our_size:,} octets, those of the reference {their_size:,}")
