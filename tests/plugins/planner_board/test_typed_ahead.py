"""Keys that come faster than dialogs open: over a slow line, from a quick hand, from an input method."""

from __future__ import annotations

from pathlib import Path

from textual import events

from planner.api import DONE, PLANNED
from tests.plugins.planner_board.pilot import Hands, drive, journal, read, status, task

_NAMES = {" ": "space", "\r": "enter"}


async def burst(hands: Hands, *keys: str) -> None:
    """Keys and pieces of text, all in the queue before the first is dealt with."""
    driver = hands.app._driver
    assert driver is not None
    for key in keys:
        for name in (key,) if key.isascii() and len(key) > 1 and " " not in key else key:
            character = name if len(name) == 1 else None
            event = events.Key(_NAMES.get(name, name), character)
            event.set_sender(hands.app)
            driver.send_message(event)
    for _n in range(40):
        await hands.settle()


def test_words_that_come_with_the_key_of_their_dialog_are_words_for_it(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("plan")
        await burst(hands, "f9", "4月中旬 教工 x s t 比赛", "enter")
        assert hands.dialog == ""

    drive(plan, script)
    assert [t.title for t in read(plan).plan.tasks if t.when == "4月中旬"] == ["教工 x s t 比赛"]
    assert status(plan, "plan") == PLANNED, "the letters and blanks were no keys of the view"
    assert len(journal(plan)) == 1


def test_a_day_typed_ahead_goes_to_the_task_that_was_meant(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("review")
        await burst(hands, "ctrl+t", "5月18日14点", "enter", "down", "space")

    drive(plan, script)
    assert str(task(plan, "review").on[0].start) == "2023-05-18"
    assert status(plan, "review") == PLANNED


def test_many_ticks_at_once_are_each_recorded_once_and_in_order(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("plan")
        await burst(hands, *["space"] * 21)

    drive(plan, script)
    assert len(journal(plan)) == 21
    assert status(plan, "plan") == DONE


def test_two_dialogs_one_after_the_other_get_their_own_words(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("end")
        await burst(hands, "ctrl+k", "第一条", "enter", "ctrl+k", "第二条", "enter")

    drive(plan, script)
    assert [entry.data["text"] for entry in journal(plan)] == ["第一条", "第二条"]
