"""Runs whole processes and weighs them: wall time, processor time, peak memory."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MIB = 1024 * 1024
Command = Sequence[str]
Maker = Callable[[], Command]
"""Gives the command of the next run; a command that writes files gets a fresh folder each time."""


class BenchmarkError(Exception):
    """A process could not be measured: it failed, or did not do what it is measured for."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What one process cost."""

    wall: float  # seconds
    cpu: float  # seconds, user and system
    peak: float  # bytes


@dataclass(frozen=True, slots=True)
class Spread:
    """Several measurements of one thing."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """The spread of at least one value."""
        return cls(statistics.median(values), min(values), max(values))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Runs of two processes in turn; ratios are taken within a pair, so that slow minutes cancel out."""

    runs: tuple[tuple[Sample, Sample], ...]

    @property
    def wall(self) -> Spread:
        """Wall time, first over second."""
        return Spread.of([first.wall / second.wall for first, second in self.runs])

    @property
    def cpu(self) -> Spread:
        """Processor time, first over second."""
        return Spread.of([first.cpu / second.cpu for first, second in self.runs])

    @property
    def memory(self) -> Spread:
        """Peak memory, first over second."""
        return Spread.of([first.peak / second.peak for first, second in self.runs])

    @property
    def first_peak(self) -> Spread:
        """Peak memory of the first process, in MiB."""
        return Spread.of([first.peak / MIB for first, _ in self.runs])

    @property
    def first_wall(self) -> Spread:
        """Wall time of the first process, in seconds."""
        return Spread.of([first.wall for first, _ in self.runs])


def python(*arguments: str) -> list[str]:
    """A command for the interpreter that runs the benchmarks."""
    return [sys.executable, *arguments]


def planner(*arguments: str) -> list[str]:
    """A command for the planner, as it is started in daily use."""
    return python("-m", "planner", *arguments)


def same(*command: str) -> Maker:
    """A maker for a command that is the same in every run."""
    return lambda: command


def environment() -> dict[str, str]:
    """The caller's environment without what would change the planner or keep it from being compiled."""
    skipped = {"PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME", "PYTHONDEVMODE", "PYTHONTRACEMALLOC"}
    kept = {
        name: value for name, value in os.environ.items() if name not in skipped and not name.startswith("PLANNER_")
    }
    return kept | {"PLANNER_LANG": "en", "PYTHONUTF8": "1"}


def output(command: Command, folder: Path) -> str:
    """What a command prints, both streams; it must succeed."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise _failure(command, done.returncode, done.stdout)
    return done.stdout


def answer(command: Command, folder: Path) -> Any:
    """What a command says as JSON; it must succeed and say nothing else."""
    said = output(command, folder)
    try:
        return json.loads(said)
    except ValueError:
        raise BenchmarkError(f"no JSON from {' '.join(command)}: {said[:200].strip()}") from None


def measure(command: Command, folder: Path) -> Sample:
    """Run one process in `folder` to its end, started by a small process of its own: see `weigh.py`."""
    result = folder / "weighed.json"
    result.unlink(missing_ok=True)
    said = output(python("-I", "-S", str(Path(__file__).with_name("weigh.py")), str(result), *command), folder)
    wall, cpu, peak, status = json.loads(result.read_text(encoding="ascii"))
    if status != 0:
        raise _failure(command, status, said)
    return Sample(wall, cpu, peak)


def pairs(first: Maker, second: Maker, folder: Path, runs: int, *, warm_up: bool = True) -> Pairs:
    """Run two commands in turn, `runs` times each; before that once each, which compiles and does not count."""
    return rounds((first,), second, folder, runs, warm_up=warm_up)[0]


def rounds(makers: Sequence[Maker], other: Maker, folder: Path, runs: int, *, warm_up: bool = True) -> list[Pairs]:
    """Run several commands and another one in turn, as `pairs` does: each of them paired with the other one."""
    if warm_up:
        for maker in (*makers, other):
            measure(maker(), folder)
    samples = [[measure(maker(), folder) for maker in (*makers, other)] for _ in range(runs)]
    return [Pairs(tuple((row[place], row[-1]) for row in samples)) for place in range(len(makers))]


def _failure(command: Command, status: int, text: str) -> BenchmarkError:
    """The error for a process that ended badly, with the end of what it said."""
    tail = " | ".join(text.strip().splitlines()[-5:])
    return BenchmarkError(f"exit status {status} from {' '.join(command)}: {tail}")
