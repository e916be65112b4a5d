"""Runs one command and writes down what it cost: ``python -I -S weigh.py RESULT COMMAND...``.

The peak memory that the system reports for a process is never less than that of the process that started it.
So commands are started from here, from the smallest Python there is, and not from the benchmarks themselves.
"""

import json
import os
import sys
import time


def main() -> None:
    """Run the command, write seconds, seconds of processor time, peak and exit status."""
    result, *command = sys.argv[1:]
    before = time.perf_counter()
    _, status, usage = os.wait4(os.posix_spawn(command[0], command, os.environ), 0)
    wall = time.perf_counter() - before
    unit = 1 if sys.platform == "darwin" else 1024
    figures = (wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit, os.waitstatus_to_exitcode(status))
    with open(result, "w", encoding="ascii") as file:  # noqa: PTH123 - pathlib would make this process larger
        json.dump(figures, file)


if __name__ == "__main__":
    main()
