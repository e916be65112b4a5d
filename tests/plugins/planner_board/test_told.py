"""What people are told before and after an act: in their words, and in time."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.api import DONE, PLANNED, JournalError, _
from planner_board.acts.changing import read_task
from planner_board.acts.reading import read_time, when_words
from planner_board.dialogs.panel import MOST
from planner_board.drawing.sheet import Ref
from tests.plugins.planner_board.pilot import Hands, drive, journal, read, status, task


def test_what_was_recorded_is_told_without_keys_and_brackets_of_the_file(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("end")
        await hands.press("w")
        await hands.write("6月下旬")
        await hands.press("enter")
        assert _("the time is “{when}”").format(when="6月下旬").replace("“", '"').replace("”", '"') in hands.toasts[-1]
        await hands.press("g", "space", "enter")
        assert "自身建设" in hands.toasts[-1]
        assert "[" not in hands.toasts[-1]

    drive(plan, script)


def test_putting_off_tells_the_new_time_too_and_taking_back_names_the_task_once(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("end")
        await hands.press("ctrl+o")
        await hands.write("7月上旬")
        await hands.press("enter")
        assert "7月上旬" in hands.toasts[-1]
        await hands.press("ctrl+z")
        assert hands.toasts[-1].count("教代会换届") == 1

    drive(plan, script)


def test_only_the_last_message_stays_over_the_view(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("plan")
        hands.app.tell("当心", "warning")
        await hands.press("space", "space", "space")
        assert hands.toasts[0] == "当心"
        assert len(hands.toasts) == 2

    drive(plan, script)


@pytest.mark.parametrize("key", ["w", "ctrl+o"])
def test_a_time_outside_of_the_term_is_refused_while_it_is_typed(plan: Path, key: str) -> None:
    before = plan.read_bytes()

    async def script(hands: Hands) -> None:
        await hands.go("end")
        await hands.press(key)
        await hands.write("明年3月" if key == "ctrl+o" else "2024年3月")
        assert "2024" in hands.shown("reading"), "the year is what makes it plain"
        await hands.press("enter")
        assert hands.dialog == "Ask"

    drive(plan, script)
    assert plan.read_bytes() == before


def test_what_is_recorded_already_does_not_make_a_bad_time_good(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("end")
        await hands.press("ctrl+b", "w")
        await hands.write("2024年3月")
        await hands.press("enter")
        assert hands.dialog == "Ask"

    drive(plan, script)


def test_putting_off_to_a_time_that_is_over_is_warned_of(plan: Path) -> None:
    snapshot = read(plan)
    answer = read_time("3月", snapshot.plan.task_by_id["end"], snapshot)
    assert answer.ok
    assert _("That time is over.") in answer.text
    assert when_words("六月", snapshot.plan).role == "good"


@pytest.mark.parametrize("key", ["ctrl+o", "delete", "ctrl+b"])
def test_what_is_done_is_not_asked_about_but_told_with_what_helps(plan: Path, key: str) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("plan")
        await hands.press("space", key)
        assert hands.dialog == "Message"
        assert any("Ctrl+X" in line for line in hands.screen())

    drive(plan, script)
    assert status(plan, "plan") == DONE


def test_pasting_several_lines_loses_nothing(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        from textual import events

        await hands.go("end")
        await hands.press("e", "ctrl+u")
        for text in ("\n教代会\t换届\r\n和工会", "换届 \x07\x1b]0;x\x07"):
            event = events.Paste(text)
            event.set_sender(hands.app)
            hands.app.post_message(event)
            await hands.settle()
        await hands.press("enter")

    drive(plan, script)
    assert task(plan, "end").title == "教代会 换届 和工会换届 ]0;x"


def test_a_page_that_is_pasted_leaves_the_words_of_the_panel_on_the_screen(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("end")
        await hands.press("ctrl+t")
        await hands.write("五月的安排 " * 1000)
        await hands.press("enter")
        assert hands.dialog == "PickDay"
        assert hands.app.screen.query_one("#reading").size.height <= MOST
        assert any(_("Leave (Esc)") in line for line in hands.screen())

    drive(plan, script, size=(80, 40))


def test_a_line_that_is_far_too_long_makes_no_task(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.press("f9")
        await hands.write("长文字 " * 3000)
        await hands.press("enter")
        assert hands.dialog == "Ask"

    drive(plan, script)
    assert not journal(plan)


def test_a_second_task_of_the_same_name_is_warned_of_and_two_titles_are_refused(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.press("f9")
        await hands.write("五月 教代会换届 @全部")
        assert _("There is a task of that name already: {when}").format(when="六月") in hands.shown("reading")
        assert _("all sub-unions, {n}").format(n=2) in hands.shown("reading")
        await hands.write("title=座谈会 茶话会")
        await hands.press("enter")
        assert hands.dialog == "Ask"

    drive(plan, script)
    assert not journal(plan)


def test_the_cursor_follows_a_task_into_a_folded_group(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.press("1")
        await hands.press(*["right"] * 2)
        assert hands.app.go(Ref("task", "end"))
        await hands.press("w", "ctrl+u", "enter")
        assert task(plan, "end").when is None
        assert hands.at == "end", "else the next key would be about another task"

    drive(plan, script)


def test_taking_back_goes_to_the_task_that_is_there_again(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("end")
        await hands.press("shift+delete", "down", "down", "enter")
        assert hands.at != "end"
        await hands.press("ctrl+z")
        assert hands.at == "end"

    drive(plan, script)


def test_doing_again_that_fails_can_be_tried_again(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("plan")
        await hands.press("space", "ctrl+z")
        with monkeypatch.context() as broken:
            broken.setattr(hands.app.session.store, "append", _full)
            await hands.press("ctrl+y")
            assert hands.dialog == "Message"
            await hands.press("escape")
            assert status(plan, "plan") == PLANNED
        await hands.press("ctrl+y")

    drive(plan, script)
    assert status(plan, "plan") == DONE


def _full(*_arguments: object) -> None:
    raise JournalError("磁盘满了")


def test_while_the_plan_is_broken_nothing_is_ticked_on_what_was_there_before(plan: Path) -> None:
    good = plan.read_bytes()

    async def script(hands: Hands) -> None:
        await hands.go("plan")
        plan.write_bytes(good.replace(b"[term]", b"[term"))
        hands.app.reload()
        await hands.press("space")
        assert hands.dialog == "Message"
        plan.write_bytes(good)

    drive(plan, script)
    assert not journal(plan)


def test_a_mistake_of_ours_in_a_dialog_costs_a_message(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_arguments: object, **_more: object) -> None:
        raise ZeroDivisionError("[red]")

    monkeypatch.setattr("planner_board.acts.marking.note_entry", wrong)
    monkeypatch.setattr("planner_board.acts.changing.read_task", wrong)

    async def script(hands: Hands) -> None:
        await hands.go("end")
        await hands.press("ctrl+k")
        await hands.write("一")
        await hands.press("enter")
        assert hands.dialog == "Ask"
        assert "ZeroDivisionError" in hands.shown("error")
        await hands.press("escape", "f9")
        await hands.write("二")
        assert "ZeroDivisionError" in hands.shown("reading")

    drive(plan, script)


def test_a_title_of_some_hundred_characters_is_one(plan: Path) -> None:
    assert read_task("长" * 400, read(plan), {})["title"] == "长" * 400
