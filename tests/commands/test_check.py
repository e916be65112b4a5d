"""`planner check`: exit codes, and what is data."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import HEAD, SPRING, Outcome

Run = Callable[..., Outcome]
Write = Callable[..., Path]

UNSERVED = '[[goals]]\nid = "g"\ntitle = "没人做"\n'


def test_the_real_plan_is_good(planner: Run) -> None:
    checked = planner("-p", SPRING, "check")
    assert checked.code == 0
    assert "没有错误，没有警告" in checked.out


def test_warnings_leave_the_exit_code_unless_asked(planner: Run, write: Write) -> None:
    assert planner("-p", write(UNSERVED), "check").code == 0
    assert planner("-p", write(UNSERVED), "check", "--strict").code == 3


IMPOSSIBLE = '[[tasks]]\nid = "a"\ntitle = "甲"\nwhen = "十月"\n'


def test_wrong_dates_are_told_by_every_view_and_stop_what_leaves_the_office(planner: Run, write: Write) -> None:
    plan = write(IMPOSSIBLE)
    for view in ("show", "agenda", "graph", ""):
        shown = planner("-p", plan, *filter(None, [view]))
        assert shown.code == 0
        assert "planner check" in shown.err
    for command in (["ical", "-o", "out"], ["export", "-o", "x.ics"]):
        refused = planner("-p", plan, *command)
        assert refused.code == 3
        assert "P403" in refused.err
    assert list(plan.parent.iterdir()) == [plan]


def test_json_lists_the_diagnostics(planner: Run, write: Write) -> None:
    plan = write('[[tasks]]\nid = "a"\ntitel = "甲"\n')
    checked = planner("-p", plan, "--json", "check")
    assert checked.code == 3
    data = json.loads(checked.out)
    assert data["ok"] is False
    first = next(d for d in data["diagnostics"] if d["code"] == "P201")
    assert (first["line"], first["column"], first["severity"]) == (HEAD.count("\n") + 3, 1, "error")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", 3),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 3),
        (b"a = " + b"[" * 200 + b"]" * 200, 3),
        (b"a = " + b"[" * 100_000, 3),
        (b"\xff\xfe\x00", 3),
    ],
    ids=["empty", "binary", "nested", "nested deeper", "odd UTF-16"],
)
@pytest.mark.parametrize("command", ["check", "show", "ical"])
def test_a_file_that_is_no_plan(planner: Run, tmp_path: Path, content: bytes, code: int, command: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    result = planner("-p", path, command, *(["-o", "out"] if command == "ical" else []))
    assert result.code == code
    assert "Traceback" not in result.err
    assert "x.toml:1:" in result.out + result.err


def test_a_huge_file_is_refused_at_once(planner: Run, tmp_path: Path) -> None:
    path = tmp_path / "huge.toml"
    with path.open("wb") as file:
        file.truncate(50 << 20)
    assert planner("-p", path, "check").code == 3


def test_what_cannot_be_opened_is_a_mistake_of_the_command_line(planner: Run, tmp_path: Path) -> None:
    for path, word in ((tmp_path, "是文件夹"), (tmp_path / "none.toml", "找不到计划文件")):
        result = planner("-p", path, "check")
        assert result.code == 2
        assert word in result.err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom the system can refuse a file")
def test_an_unreadable_file(planner: Run, write: Write) -> None:
    plan = write()
    plan.chmod(0)
    result = planner("-p", plan, "check")
    assert result.code == 2
    assert "权限" in result.err


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_a_plan_saved_by_notepad_loads_with_a_warning(planner: Run, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(SPRING.read_text(encoding="utf-8").replace("\n", "\r\n").encode(encoding))
    checked = planner("-p", path, "check")
    assert checked.code == 0
    assert "warning P00" in checked.out
    assert "已检查 52 项任务" in checked.out
