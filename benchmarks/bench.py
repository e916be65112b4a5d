"""The workshop: plans, journals and folders to measure with, each made once."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.journals import Journal, write_journal
from benchmarks.plans import write_plan
from benchmarks.processes import BenchmarkError, answer, output, planner

SPRING = Path(__file__).parents[1] / "plans" / "2023-spring.toml"
ENTRIES = 100_000
"""What a journal holds: far more than a school writes in ten years."""


@dataclass(slots=True)
class Bench:
    """A folder for plans and exports, how often everything is run, and whether all of it."""

    folder: Path
    runs: int
    quick: bool
    _made: int = field(default=0, init=False)
    _journals: dict[Path, tuple[Path, Journal]] = field(default_factory=dict, init=False)

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

    def spring(self) -> Path:
        """A copy of a real plan: nothing is ever recorded beside the one of the repository."""
        path = self.folder / SPRING.name
        if not path.exists():
            shutil.copyfile(SPRING, path)
        return path

    def journal(self, plan: Path, today: dt.date) -> tuple[Path, Journal]:
        """A store of 100 000 entries about `plan`, up to the day `today`, and what stands in it. Made once a plan."""
        if plan not in self._journals:
            made = write_journal(self.folder / f"{plan.stem}.jsonl", plan, ENTRIES, today)
            store = self.fresh_journal()
            taking = planner("-p", str(plan), "--journal", str(store), "--json", "journal", "import", str(made.file))
            told = answer(taking, self.folder)
            if told["new"] != ENTRIES:
                raise BenchmarkError(f"of {ENTRIES:,} entries {told['new']:,} were taken in")
            self._journals[plan] = store, made
        return self._journals[plan]

    def fresh_folder(self) -> Path:
        """A new empty folder."""
        self._made += 1
        path = self.folder / f"out-{self._made}"
        path.mkdir()
        return path

    def fresh_journal(self) -> Path:
        """Where a journal can be made: there is none yet."""
        return self.fresh_folder() / "journal.sqlite"
