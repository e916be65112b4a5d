"""A board on a real terminal: killed at any moment it loses nothing that it acknowledged; closed, it remembers."""

from __future__ import annotations

import os
import random
import re
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.api import DONE
from tests.conftest import STATE
from tests.plugins.planner_board.boards import session_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")
Write = Callable[..., Path]
NUMBER = 30
TASKS = "".join(f'[[tasks]]\nid = "t{n}"\ntitle = "任务{n}号"\nwhen = "四月"\n' for n in range(NUMBER))
_ESCAPES = re.compile(r"\x1b\[[0-9;?:<>=]*[ -/]*[@-~]|\x1b[P\]_].*?(\x1b\\|\x07)|\x1b.", re.DOTALL)


class Terminal:
    """A board in a terminal of its own, and what it wrote there."""

    def __init__(self, plan: Path, *arguments: str) -> None:
        import pty
        from fcntl import ioctl
        from struct import pack
        from termios import TIOCSWINSZ

        self.seen = ""
        self.pid, self.handle = pty.fork()
        if not self.pid:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", PLANNER_STATE=str(STATE))
            words = [sys.executable, "-m", "planner", "-p", str(plan), "--today", "2023-04-10", *arguments]
            os.execv(sys.executable, words)
        ioctl(self.handle, TIOCSWINSZ, pack("HHHH", 40, 100, 0, 0))

    def read(self, seconds: float) -> None:
        """Take in what was written, for at most so long."""
        if select.select([self.handle], [], [], seconds)[0]:
            try:
                self.seen += os.read(self.handle, 1 << 16).decode("utf-8", "replace")
            except OSError:
                time.sleep(0.01)  # it has ended

    def until(self, words: str, seconds: float = 15.0) -> None:
        """Read until `words` stand on the screen."""
        end = time.monotonic() + seconds
        while words not in _ESCAPES.sub("", self.seen):
            assert time.monotonic() < end, _ESCAPES.sub("", self.seen)[-2000:]
            self.read(0.2)

    def press(self, keys: str) -> None:
        os.write(self.handle, keys.encode())

    def end(self, number: int) -> int:
        """Send a signal and wait for the end; the exit status, negative for a signal."""
        os.kill(self.pid, number)
        end = time.monotonic() + 15
        while time.monotonic() < end:
            self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                os.close(self.handle)
                return os.waitstatus_to_exitcode(status)
        raise AssertionError("it does not end")


@pytest.fixture
def plan(write: Write) -> Path:
    STATE.mkdir(parents=True, exist_ok=True)
    (STATE / "board.json").write_text('{"format": 1, "greeted": true}')
    return write(TASKS)


def done(plan: Path) -> int:
    session = session_of(plan)
    snapshot = session.snapshot()
    number = sum(snapshot.statuses.task(task) == DONE for task in snapshot.plan.tasks)
    session.close()
    return number


def test_what_was_acknowledged_is_recorded_whenever_the_board_is_killed(plan: Path) -> None:
    chance = random.Random()
    for n in range(3):
        mine = plan.with_name(f"{n}.toml")
        mine.write_bytes(plan.read_bytes())
        board = Terminal(mine, "board")
        board.until("任务1号")
        board.press("\x1b[H")  # Home
        for acknowledged in range(1, 4):
            board.press(" ")
            board.until(f"{acknowledged}/{NUMBER}")  # the numbers at the top follow what is recorded
            board.press("\x1b[B")
            time.sleep(0.1)
        board.press(" ")  # and one that is perhaps recorded and perhaps not
        time.sleep(chance.uniform(0, 0.1))
        assert board.end(signal.SIGKILL) == -signal.SIGKILL
        assert done(mine) in (3, 4)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_window_that_is_closed_remembers_the_view(plan: Path, number: signal.Signals) -> None:
    board = Terminal(plan)  # the bare command, as people start it
    board.until("任务1号")
    board.press("\x1b[15~")  # F5
    time.sleep(0.3)
    assert board.end(number) in (0, -number)
    kept = (STATE / "board" / "test-1.json").read_text(encoding="utf-8")
    assert '"cursor"' in kept
