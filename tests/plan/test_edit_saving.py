"""Saving an edited plan: nobody's change is lost, nothing is half written, and nothing is left lying about."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.errors import PlanError, PlannerError
from planner.plan.edit import PlanEditor
from planner.plan.lock import locked, save

PLAN = b'# \xe8\xae\xa1\xe5\x88\x92\n[[tasks]]\nid = "a"\nweight = 0\n\n[[tasks]]\nid = "b"\nweight = 0\n'

COUNT_UNDER_LOCK = """
import sys
from pathlib import Path
from planner.plan.edit import PlanEditor
from planner.plan.lock import locked, save
path, task = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
for n in range(30):
    with locked(path):
        before = path.read_bytes()
        editor = PlanEditor(before, str(path))
        editor.set("tasks", task, "weight", editor.get("tasks", task)["weight"] + 1)
        save(path, before, editor.content)
print(30)
"""

COUNT_AND_TRY_AGAIN = """
import sys
from pathlib import Path
from planner.errors import PlanError
from planner.plan.edit import PlanEditor
from planner.plan.lock import save
path, task, done = Path(sys.argv[1]), sys.argv[2], 0
print("ready", flush=True)
sys.stdin.readline()
for n in range(60):
    before = path.read_bytes()
    editor = PlanEditor(before, str(path))
    editor.set("tasks", task, "weight", editor.get("tasks", task)["weight"] + 1)
    try:
        save(path, before, editor.content)
    except PlanError:
        continue
    done += 1
print(done)
"""

HOLD = """
import sys
from pathlib import Path
from planner.plan.lock import locked
with locked(Path(sys.argv[1])):
    print("ready", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_bytes(PLAN)
    return path


def start(code: str, *arguments: str | Path) -> subprocess.Popen[str]:
    """A program that has begun and waits for a line."""
    program = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    assert program.stdout is not None
    assert program.stdout.readline() == "ready\n"
    return program


def with_weight(content: bytes, weight: int) -> bytes:
    editor = PlanEditor(content, "plan.toml")
    editor.set("tasks", "a", "weight", weight)
    return editor.content


def files(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir())


# At the same time -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [COUNT_UNDER_LOCK, COUNT_AND_TRY_AGAIN])
def test_two_programs_that_edit_at_once_lose_no_change(plan: Path, code: str) -> None:
    programs = [start(code, plan, task) for task in "ab"]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    done = [int(program.communicate(timeout=60)[0]) for program in programs]
    assert [program.returncode for program in programs] == [0, 0]
    editor = PlanEditor(plan.read_bytes(), "plan.toml")
    weights = [entry["weight"] for task in "ab" if (entry := editor.get("tasks", task))]
    assert weights == done
    assert sum(done) >= 30
    assert files(plan) == ["plan.toml"]


def test_what_another_program_wrote_meanwhile_is_not_overwritten(plan: Path) -> None:
    mine, theirs = with_weight(PLAN, 1), with_weight(PLAN, 2)
    save(plan, PLAN, theirs)
    with pytest.raises(PlanError) as caught:
        save(plan, PLAN, mine)
    assert caught.value.hint
    assert plan.read_bytes() == theirs
    assert files(plan) == ["plan.toml"]


def test_a_program_that_does_not_let_go_is_told_after_a_while(plan: Path) -> None:
    holder = start(HOLD, plan)
    with pytest.raises(PlannerError) as caught, locked(plan, patience=0.1):
        raise AssertionError
    assert "plan.toml" in caught.value.message
    assert caught.value.hint
    holder.kill()
    holder.communicate()
    with locked(plan, patience=5):  # what a program left behind that was killed holds nobody up
        pass
    assert files(plan) == ["plan.toml"]


def test_a_lock_waits_for_the_one_before_and_may_be_held_twice(plan: Path) -> None:
    holder = start(HOLD, plan)
    with pytest.raises(PlannerError), locked(plan, patience=0.1):
        raise AssertionError
    holder.communicate("enough\n", timeout=10)
    with locked(plan), locked(plan):
        before = plan.read_bytes()
        save(plan, before, with_weight(before, 3))
        other = subprocess.run(
            [sys.executable, "-c", HOLD.replace("argv[1])", "argv[1]), 0.1"), str(plan)],
            capture_output=True, encoding="utf-8", input="\n", check=False,
        )  # fmt: skip
        assert "PlannerError" in other.stderr
    assert plan.read_bytes() == with_weight(PLAN, 3)
    assert files(plan) == ["plan.toml"]


# Where it cannot be written -------------------------------------------------------------------------------------------


def test_a_link_stays_a_link(plan: Path, tmp_path: Path) -> None:
    folder = tmp_path / "links"
    folder.mkdir()
    link = folder / "link.toml"
    link.symlink_to(plan)
    save(link, PLAN, with_weight(PLAN, 1))
    assert link.is_symlink()
    assert plan.read_bytes() == with_weight(PLAN, 1)
    assert files(link) == ["link.toml"]
    holder = start(HOLD, link)
    with pytest.raises(PlannerError), locked(plan, patience=0.1):
        raise AssertionError
    holder.communicate("\n", timeout=10)


def test_a_write_protected_plan_is_left_alone(plan: Path) -> None:
    plan.chmod(0o444)
    with pytest.raises(PlannerError) as caught:
        save(plan, PLAN, with_weight(PLAN, 1))
    assert "plan.toml" in caught.value.message
    assert caught.value.hint
    assert plan.read_bytes() == PLAN
    assert files(plan) == ["plan.toml"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write in every folder")
def test_a_write_protected_folder_is_told(plan: Path) -> None:
    plan.parent.chmod(0o555)
    try:
        with pytest.raises(PlannerError) as caught:
            save(plan, PLAN, with_weight(PLAN, 1))
    finally:
        plan.parent.chmod(0o755)
    assert "plan.toml" in caught.value.message
    assert plan.read_bytes() == PLAN


def test_a_plan_that_is_gone_is_not_made_again(plan: Path, tmp_path: Path) -> None:
    with locked(plan):
        plan.rename(tmp_path / "moved.toml")
        with pytest.raises(PlanError, match=r"plan\.toml"):
            save(plan, PLAN, with_weight(PLAN, 1))
    with pytest.raises(PlanError, match=r"nowhere"):
        save(tmp_path / "nowhere" / "plan.toml", PLAN, PLAN)
    assert files(plan) == ["moved.toml"]


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    try:
        made = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        made = False
    if not made:
        pytest.skip("only root can make a small disk here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_leaves_the_old_plan_whole(tiny_disk: Path) -> None:
    path = tiny_disk / "plan.toml"
    before = PLAN + b"#" * 40_000
    path.write_bytes(before)
    with pytest.raises(PlannerError) as caught:
        save(path, before, with_weight(before, 1))
    assert caught.value.hint
    assert path.read_bytes() == before
    assert files(path) == ["plan.toml"]


def test_equal_content_is_not_written_again(plan: Path) -> None:
    stamp = plan.stat().st_mtime_ns, plan.stat().st_ino
    save(plan, PLAN, PLAN)
    assert (plan.stat().st_mtime_ns, plan.stat().st_ino) == stamp


def test_a_long_name_can_be_locked(tmp_path: Path) -> None:
    path = tmp_path / f"{'计划' * 41}.toml"
    path.write_bytes(PLAN)
    save(path, PLAN, with_weight(PLAN, 1))
    assert path.read_bytes() == with_weight(PLAN, 1)
    assert files(path) == [path.name]
