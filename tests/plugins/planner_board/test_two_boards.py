"""Two boards on one plan: each shows what the other did, and neither writes over it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from planner.api import DONE
from tests.plugins.planner_board.boards import TWO_TASKS, opened, run, session_of, until

Write = Callable[..., Path]


def statuses(plan: Path) -> dict[str, str]:
    session = session_of(plan)
    snapshot = session.snapshot()
    found = {task.id: snapshot.statuses.task(task) for task in snapshot.plan.tasks}
    session.close()
    return found


def test_what_one_ticks_the_other_shows_and_both_are_recorded(write: Write) -> None:
    plan = write(TWO_TASKS)

    async def scene() -> None:
        async with opened(plan) as (one, pilot), opened(plan) as (other, _second):
            assert one.canvas.cursor
            ticked = one.canvas.cursor.id
            await pilot.press("space")
            await until(lambda: one.board.standing.done == 1)
            await until(lambda: other.board.standing.done == 1)
            assert statuses(plan)[ticked] == DONE

    run(scene())


def test_an_act_on_a_plan_that_changed_a_moment_ago_keeps_the_change(write: Write) -> None:
    plan = write(TWO_TASKS)

    async def scene() -> None:
        async with opened(plan) as (one, pilot):
            text = plan.read_text(encoding="utf-8").replace("第二件事", "改过的事")
            plan.write_text(text, encoding="utf-8")
            await pilot.press("space")  # before the board looked again
            await until(lambda: one.board.standing.done == 1)
            assert one.board.plan.task_by_id["second"].title == "改过的事"
            assert plan.read_text(encoding="utf-8") == text

    run(scene())
