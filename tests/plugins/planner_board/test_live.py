"""The board shows what is on disk, whoever wrote it; and what cannot be read costs nothing that is on the screen."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from planner.api import DONE, PLANNED, JournalError, PlanError, PlannerError
from planner_board.live import Live
from tests.conftest import HEAD, Outcome
from tests.plugins.planner_board.boards import TWO_TASKS, opened, run, screen_text, session_of, trouble_text, until

Run = Callable[..., Outcome]
Write = Callable[..., Path]


@pytest.fixture
def plan(write: Write) -> Path:
    return write(TWO_TASKS)


def status(live: Live, task: str = "first") -> str:
    snapshot = live.snapshot()
    return snapshot.statuses.task(snapshot.plan.task_by_id[task])


def test_nothing_new_is_nothing_to_read(plan: Path) -> None:
    live = Live(session_of(plan))
    first = live.snapshot()
    assert not live.has_changed()
    assert live.snapshot().plan is first.plan


def test_a_journal_is_seen_when_it_comes_changes_goes_and_comes_back(planner: Run, plan: Path) -> None:
    live = Live(session_of(plan))
    journal = plan.with_suffix(".journal.sqlite")
    assert status(live) == PLANNED
    assert planner("-p", plan, "done", "first").code == 0
    assert live.has_changed()
    assert status(live) == DONE
    assert not live.has_changed()
    away = journal.rename(journal.with_name("away"))
    assert live.has_changed()
    assert status(live) == PLANNED
    away.rename(journal)
    assert live.has_changed()
    assert status(live) == DONE
    live.session.close()


def test_a_damaged_journal_is_told_once_and_the_mended_one_is_read(planner: Run, plan: Path) -> None:
    live = Live(session_of(plan))
    planner("-p", plan, "done", "first")
    assert status(live) == DONE
    journal = plan.with_suffix(".journal.sqlite")
    good = journal.read_bytes()
    journal.unlink()
    journal.write_bytes(b"no journal at all, but long enough to be one" * 50)
    assert live.has_changed()
    with pytest.raises(JournalError):
        live.snapshot()
    assert isinstance(live.trouble, JournalError)
    journal.unlink()
    journal.write_bytes(good)
    assert live.has_changed()
    assert status(live) == DONE
    assert live.trouble is None
    live.session.close()


def test_a_broken_plan_is_read_again_only_when_it_was_written_again(plan: Path) -> None:
    live = Live(session_of(plan))
    live.snapshot()
    good = plan.read_bytes()
    plan.write_bytes(good + b"[[tasks]\n")
    with pytest.raises(PlanError) as caught:
        live.snapshot()
    assert caught.value.problems[0].source
    assert not live.has_changed()
    plan.write_bytes(good)
    assert live.has_changed()
    assert live.snapshot().plan.id == "test-1"


def test_a_plan_that_is_gone_for_a_moment_comes_back_by_itself(plan: Path) -> None:
    live = Live(session_of(plan))
    live.snapshot()
    away = plan.rename(plan.with_name("away"))
    with pytest.raises(PlannerError):
        live.snapshot()
    assert live.has_changed()
    away.rename(plan)
    assert live.has_changed()
    assert live.snapshot().plan.id == "test-1"
    assert not live.has_changed()


def test_a_file_of_the_same_size_and_time_is_another_one(plan: Path) -> None:
    live = Live(session_of(plan))
    live.snapshot()
    times = plan.stat()
    plan.write_bytes(plan.read_bytes().replace("第一件事".encode(), "另一件事".encode()))
    os.utime(plan, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert live.has_changed()
    assert live.snapshot().plan.tasks[0].title == "另一件事"


def test_errors_in_dates_are_found_once_for_each_text_of_the_plan(write: Write) -> None:
    live = Live(session_of(write('[[tasks]]\nid = "a"\ntitle = "甲"\nwhen = "三月"\non = "2024-03-08"\n')))
    live.snapshot()
    assert live.mistakes == ()
    assert live.check()
    assert [mistake.code for mistake in live.mistakes] == ["P403"]
    assert not live.check()
    live.session.plan_file.write_text(HEAD + TWO_TASKS, encoding="utf-8")
    live.snapshot()
    assert live.mistakes == ()


def test_what_another_program_records_is_on_the_screen_before_one_looks_up(plan: Path) -> None:
    async def scene() -> None:
        async with opened(plan) as (app, _pilot):
            assert app.board.standing.done == 0
            words = [sys.executable, "-m", "planner", "-p", str(plan), "done", "first"]
            assert subprocess.run(words, capture_output=True, check=False).returncode == 0
            began = time.monotonic()
            await until(lambda: app.board.standing.done == 1)
            assert time.monotonic() - began < 3  # it looks each second; a busy machine has its time

    run(scene())


def test_a_half_written_plan_leaves_the_picture_and_says_where_it_is_wrong(plan: Path) -> None:
    async def scene() -> None:
        async with opened(plan) as (app, pilot):
            good = plan.read_bytes()
            assert "第一件事" in screen_text(app)
            plan.write_bytes(good[: good.index(b'when = "\xe4\xba\x94') + 9])
            app.background.poll()
            await pilot.pause()
            assert "第17行" in trouble_text(app)  # in the middle of a character
            assert "第一件事" in screen_text(app)
            plan.write_bytes(good.replace("第一件事".encode(), "头一件事".encode()))
            app.background.poll()
            await pilot.pause()
            assert trouble_text(app) == ""
            assert "头一件事" in screen_text(app)

    run(scene())


def test_the_files_are_watched_while_a_dialog_is_open(plan: Path) -> None:
    async def scene() -> None:
        async with opened(plan, greeted=False) as (app, pilot):
            await until(lambda: len(app.screen_stack) == 2)
            good = plan.read_bytes()
            plan.write_bytes(good + b"]")
            app.background.poll()
            assert trouble_text(app)
            plan.write_bytes(good.replace("第一件事".encode(), "头一件事".encode()))
            app.background.poll()
            assert trouble_text(app) == ""
            await pilot.press("escape")
            await pilot.pause()
            assert "头一件事" in screen_text(app)

    run(scene())


def test_another_plan_in_the_same_file_is_shown_with_what_belongs_to_it(plan: Path) -> None:
    async def scene() -> None:
        async with opened(plan) as (app, pilot):
            app.memory.filter = "第一"
            app.rebuild()
            other = HEAD.replace("test-1", "other-1") + TWO_TASKS.replace("第一件事", "别的事")
            plan.write_text(other, encoding="utf-8")
            app.background.poll()
            await pilot.pause()
            assert app.board.plan.id == "other-1"
            assert app.memory.filter == ""
            assert "别的事" in screen_text(app)
            plan.write_text(HEAD + TWO_TASKS, encoding="utf-8")
            app.background.poll()
            await pilot.pause()
            assert app.memory.filter == "第一"

    run(scene())


def test_a_plan_with_an_impossible_date_opens_and_says_so(write: Write) -> None:
    plan = write('[[tasks]]\nid = "a"\ntitle = "甲"\nwhen = "三月"\non = "2024-03-08"\n')

    async def scene() -> None:
        async with opened(plan) as (app, pilot):
            await until(lambda: "2024-03-08" in screen_text(app).partition("甲")[0])
            assert "甲" in screen_text(app)
            await pilot.click("#trouble", offset=(5, 0))
            await until(lambda: "P403" in screen_text(app))

    run(scene())


def test_a_journal_that_cannot_be_read_leaves_the_board_as_it_was(planner: Run, plan: Path) -> None:
    planner("-p", plan, "done", "first")

    async def scene() -> None:
        async with opened(plan) as (app, pilot):
            journal = plan.with_suffix(".journal.sqlite")
            good = journal.read_bytes()
            journal.unlink()
            journal.write_bytes(b"")
            app.background.poll()
            await pilot.pause()
            assert trouble_text(app)
            assert app.board.standing.done == 1
            journal.unlink()
            journal.write_bytes(good)
            app.background.poll()
            assert trouble_text(app) == ""

    run(scene())


def test_a_journal_that_another_program_holds_does_not_hold_up_the_board(planner: Run, plan: Path) -> None:
    assert planner("-p", plan, "done", "first").code == 0
    live = Live(session_of(plan))
    assert status(live) == DONE
    with closing(sqlite3.connect(plan.with_suffix(".journal.sqlite"), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        begun = time.monotonic()
        live.has_changed()
        with pytest.raises(JournalError):
            live.snapshot()
        assert time.monotonic() - begun < 3
    assert live.has_changed()
    assert status(live) == DONE
    live.session.close()


def test_a_journal_that_goes_away_is_missed_until_it_is_back(planner: Run, plan: Path) -> None:
    async def scene() -> None:
        journal = plan.with_suffix(".journal.sqlite")
        async with opened(plan) as (app, pilot):
            assert trouble_text(app).strip() == ""  # there was none: nothing is missed
            planner("-p", plan, "done", "first")
            app.background.poll()
            await pilot.pause()
            away = journal.rename(journal.with_name("away"))
            app.background.poll()
            await pilot.pause()
            assert "日志文件不见了" in trouble_text(app)
            away.rename(journal)
            app.background.poll()
            await pilot.pause()
            assert trouble_text(app).strip() == ""
            assert app.board.standing.done == 1

    run(scene())
