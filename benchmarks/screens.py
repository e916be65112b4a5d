"""Runs full-screen programs on a terminal of their own, and times what they draw.

The terminal is a real one (a pty), and it answers as the usual ones do: it knows synchronised frames. What it is told
is neither drawn nor kept, so that it costs the measured program nothing.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import struct
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from benchmarks.processes import MIB, BenchmarkError, Command, environment

COLUMNS, ROWS = 120, 40
PATIENCE = 20.0
"""Seconds after which something that is waited for will not come."""
QUIET = 0.15
"""Seconds without a byte after which a frame and all that follows from it is drawn; ten frames of the library."""
ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y"}
"""What programs ask a terminal for, and what it says: frames can be synchronised."""
CONTROL = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P_^][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_a-z=>])|[\x00-\x1f]")
"""What no person sees: sequences that move the cursor or change colours."""


class Screen:
    """A program that runs on a terminal of 120 by 40. As a context, it is ended at the end."""

    def __init__(self, command: Command, folder: Path, variables: Mapping[str, str]) -> None:
        """Start `command` in `folder`, `variables` added to the environment of all benchmarks."""
        import fcntl  # not at the top: Windows has none of them, and its users are told so by whoever runs this
        import pty
        import termios

        self._shown = b""
        told = {**environment(), "TERM": "xterm-256color", "COLORTERM": "truecolor", **variables}
        self._started = time.perf_counter()
        self._process, self._terminal = pty.fork()
        if self._process == 0:
            _become(command, folder, told)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def __enter__(self) -> Screen:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.kill()

    def first(self, words: re.Pattern[str]) -> float:
        """Seconds from the start until `words` can be read. Raises BenchmarkError where they never are."""
        return self._until(words, self._started)

    def wait(self, words: re.Pattern[str]) -> None:
        """Go on until `words` can be read among what is drawn from now on. Raises BenchmarkError if they never are."""
        self._shown = b""
        self._until(words, time.perf_counter())

    def press(self, key: bytes) -> tuple[float, float]:
        """Seconds from a key press until its first frame is drawn, and until all is that follows from it.

        Raises BenchmarkError where the key draws nothing.
        """
        self._shown = b""
        start = last = time.perf_counter()
        first = None
        os.write(self._terminal, key)
        while time.perf_counter() - last < (PATIENCE if first is None else QUIET):
            if self._read(QUIET if first is not None else PATIENCE):
                last = time.perf_counter()
                if first is None and b"\x1b[?2026l" in self._shown:
                    first = last
        if first is None:
            raise BenchmarkError(f"the key {key!r} drew nothing: {self._tail()}")
        return first - start, last - start

    def settle(self, seconds: float) -> None:
        """Let the program do what it does after its first picture, until it was still for so long."""
        deadline = time.perf_counter() + PATIENCE
        while time.perf_counter() < deadline and self._read(seconds):
            pass

    def end(self, key: bytes) -> tuple[float, int]:
        """Press the key that leaves; its peak memory in MiB, and its exit status."""
        before = _high_water(self._process)
        os.write(self._terminal, key)
        with contextlib.suppress(OSError):  # how the end of a terminal is told
            while os.read(self._terminal, 1 << 16):
                pass
        _, status, usage = os.wait4(self._process, 0)
        self._close()
        unit = 1 if sys.platform == "darwin" else 1024
        peak = before if before is not None else usage.ru_maxrss * unit / MIB
        return peak, os.waitstatus_to_exitcode(status)

    def kill(self) -> None:
        """End it at once, if it still runs."""
        if self._process:
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            self._close()

    def _close(self) -> None:
        self._process = 0
        os.close(self._terminal)

    def _until(self, words: re.Pattern[str], start: float) -> float:
        while not words.search(self._text()):
            if time.perf_counter() - start > PATIENCE or not self._read(PATIENCE):
                raise BenchmarkError(f"the screen does not show {words.pattern}: {self._tail()}")
        return time.perf_counter() - start

    def _read(self, seconds: float) -> bool:
        """Take what the program draws next; whether it drew anything within `seconds`."""
        ready, _, _ = select.select([self._terminal], [], [], seconds)
        if not ready:
            return False
        try:
            piece = os.read(self._terminal, 1 << 16)
        except OSError:
            raise BenchmarkError(f"the program ended: {self._tail()}") from None
        for question, said in ANSWERS.items():
            if question in piece:
                os.write(self._terminal, said)
        self._shown += piece
        return True

    def _text(self) -> str:
        return CONTROL.sub(b"", self._shown).decode("utf-8", "ignore")

    def _tail(self) -> str:
        return " ".join(self._text().split())[-400:]


def _become(command: Command, folder: Path, variables: Mapping[str, str]) -> None:
    """Turn the new process into the program; never returns."""
    try:
        os.chdir(folder)
        os.execve(command[0], list(command), dict(variables))
    finally:
        os._exit(127)


def _high_water(process: int) -> float | None:
    """The peak memory of a process in MiB so far; None on a system that does not say.

    The figure that comes with its end counts from the fork on, and so holds the peak of whoever measures as well.
    """
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return None
