"""Writing the plan as another file, from the board."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from planner.api import PlanError, UsageError, exporters
from planner_board.acts.exporting import Writing
from planner_board.app import BoardApp
from tests.conftest import Outcome
from tests.plugins.planner_board.boards import TWO_TASKS, opened, run, screen_text, session_of, until

Write = Callable[..., Path]
Run = Callable[..., Outcome]


def writing(plan: Path) -> Writing:
    session = session_of(plan)
    return Writing(session, next(s for s in exporters(session) if s.suffix == ".ics"), "春季“计划”/a")


async def ask_for_calendar(app: BoardApp, pilot: Pilot[None]) -> None:
    await pilot.press("ctrl+g")
    await until(lambda: len(app.screen_stack) == 2)
    await pilot.pause()
    await pilot.press("enter")  # the first format of all
    await until(lambda: type(app.screen).__name__ == "Ask")
    await pilot.pause()


def test_the_file_is_beside_the_plan_and_what_it_tells_is_recorded(planner: Run, write: Write, tmp_path: Path) -> None:
    plan = write(TWO_TASKS, "春.toml")

    async def scene() -> None:
        async with opened(plan) as (app, pilot):
            await ask_for_calendar(app, pilot)
            await pilot.press("enter")
            await until(lambda: (tmp_path / "测试计划.ics").exists())
            await until(lambda: len(app.screen_stack) == 1)

    run(scene())
    assert "BEGIN:VCALENDAR" in (tmp_path / "测试计划.ics").read_text(encoding="utf-8")
    assert planner("-p", plan, "export", "-o", tmp_path / "cli.ics").code == 0
    assert (tmp_path / "cli.ics").read_bytes() == (tmp_path / "测试计划.ics").read_bytes()


def test_leaving_the_dialog_writes_nothing(write: Write, tmp_path: Path) -> None:
    plan = write(TWO_TASKS)

    async def scene() -> None:
        async with opened(plan) as (app, pilot):
            await ask_for_calendar(app, pilot)
            await pilot.press("escape")
            await until(lambda: len(app.screen_stack) == 1)

    run(scene())
    assert [path.name for path in tmp_path.iterdir()] == ["plan.toml"]


def test_a_file_that_is_there_is_replaced_only_when_asked_twice(write: Write, tmp_path: Path) -> None:
    old = tmp_path / "a.ics"
    old.write_text("old")
    job = writing(write(TWO_TASKS))
    assert job.read("a").role == "warning"
    with pytest.raises(UsageError):
        job.write("a", "")
    assert old.read_text() == "old"
    job.write("a", "")
    assert old.read_text() != "old"


def test_a_plan_with_errors_does_not_leave_the_office(write: Write, tmp_path: Path) -> None:
    job = writing(write('[[tasks]]\nid = "a"\ntitle = "甲"\nwhen = "三月"\non = "2024-03-08"\n'))
    with pytest.raises(PlanError):
        job.write("a.ics", "")
    assert not (tmp_path / "a.ics").exists()


def test_names_are_completed_and_what_cannot_be_written_is_said(write: Write, tmp_path: Path) -> None:
    job = writing(write(TWO_TASKS))
    assert job.proposal == "春季“计划”_a.ics"
    assert job.path("日历") == tmp_path / "日历.ics"
    assert job.path("/tmp/x.ics") == Path("/tmp/x.ics")
    assert not job.read("").ok
    assert not job.read(".").ok
    with pytest.raises(UsageError) as caught:
        job.write("a.nonsense", "")
    assert ".ics" in (caught.value.hint or "")


def test_an_unknown_format_is_refused_in_the_dialog_and_nothing_typed_is_lost(write: Write, tmp_path: Path) -> None:
    async def scene() -> None:
        async with opened(write(TWO_TASKS)) as (app, pilot):
            await ask_for_calendar(app, pilot)
            await pilot.press("end", "full_stop", "x", "enter")
            await until(lambda: '".x"' in screen_text(app) and ".ics.x" in screen_text(app))

    run(scene())
