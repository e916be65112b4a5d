"""The command line: ``python -m benchmarks [--quick] [--runs N] [--only NAME]``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.cases import CASES, run
from benchmarks.report import table


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table; 1 if anything is over its budget, else 0."""
    options = _parser().parse_args(arguments)
    if sys.platform == "win32":
        print("The benchmarks need a POSIX system: Windows does not tell what a process cost.", file=sys.stderr)
        return 2
    names = options.only or list(CASES)
    runs = options.runs or (3 if options.quick else 7)
    with tempfile.TemporaryDirectory(prefix="planner-benchmarks-") as folder:
        bench = Bench(Path(folder), runs, options.quick)
        rows = [row for name in names for row in run(name, bench)]
    print(table(rows))
    return int(any(row.over for row in rows))


def _parser() -> argparse.ArgumentParser:
    """The options."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure the planner against its budgets, as ratios of whole processes run in turn.",
    )
    parser.add_argument("--quick", action="store_true", help="fewer runs, and nothing that takes a minute")
    parser.add_argument("--runs", type=_count, metavar="N", help="pairs of runs (7; with --quick 3)")
    parser.add_argument(
        "--only",
        action="append",
        choices=list(CASES),
        metavar="NAME",
        help=f"one of {', '.join(CASES)}; repeatable",
    )
    return parser


def _count(text: str) -> int:
    """A positive number."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
