"""Dialogs: by arrows alone, by the mouse alone, on a small screen, and with titles that want to act."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.api import DONE, Form, FormField, PlanError, PlannerError, Session, UsageError, load_plan
from planner_board.actions import ACTIONS, key_name
from planner_board.acts.forms import fill
from planner_board.board import Size
from planner_board.dialogs.help import help_lines
from planner_board.dialogs.message import Message, Said, draw
from planner_board.dialogs.panel import Word, harmless
from planner_board.dialogs.pick_day import MonthGrid, month_line
from planner_board.drawing.cells import width_of
from planner_board.drawing.paint import Paint
from tests.plugins.planner_board.pilot import TODAY, Hands, drive, open_session, status, task

HOSTILE = ("[red]x[/] \x1b]0;pwned\x07 终", "“…①★” 一会一品", "👩‍👩‍👧‍👦 家庭日", "Ａ" * 300, "a\nb\tc", "‮abc")
KEYS = ("f8", "ctrl+p", "f1", "delete", "ctrl+o", "ctrl+k", "ctrl+t", "f9", "shift+delete", "ctrl+f", "g", "w", "e")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
def test_every_dialog_fits_the_screen_and_leaves_its_last_row_free(plan: Path, size: tuple[int, int]) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("hostile")
        for key in KEYS:
            await hands.press(key)
            assert hands.dialog, key
            panel = hands.app.screen.query_one("#panel").region
            assert panel.bottom < size[1], key
            assert panel.width <= max(76, size[0] if key == "ctrl+f" else 0), key
            lines = hands.screen()
            assert all(width_of(line) == size[0] for line in lines), key
            assert not any("\x1b" in line or "\x07" in line for line in lines), key
            words = hands.app.screen.query(Word)
            assert all(panel.contains_region(word.region) and word.region for word in words), key
            await hands.press("escape")
            assert not hands.dialog, key

    drive(plan, script, size=size)


def test_a_hostile_title_is_shown_and_not_obeyed(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("hostile")
        await hands.press("f8")
        assert "[red]x[/]" in hands.shown("heading")
        await hands.press("escape", "space")
        assert "[red]x[/]" in hands.toasts[-1]
        assert "\x1b" not in hands.toasts[-1]

    drive(plan, script)
    assert status(plan, "hostile") == DONE


def test_a_title_that_is_not_changed_stays_as_it_was(plan: Path) -> None:
    before = plan.read_bytes()

    async def script(hands: Hands) -> None:
        await hands.go("hostile")
        await hands.press("e", "enter")
        assert not hands.dialog

    drive(plan, script)
    assert plan.read_bytes() == before


def test_what_is_pasted_loses_its_control_characters(plan: Path) -> None:
    assert harmless("a\x1b]0;x\x07b\u3000c") == "a]0;xb\u3000c"

    async def script(hands: Hands) -> None:
        await hands.go("end")
        await hands.press("e")
        await hands.write("改\x1b[31m选\x07")
        await hands.press("enter")

    drive(plan, script)
    assert task(plan, "end").title == "改[31m选"


def test_all_is_done_by_the_mouse_alone(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("end")
        await hands.open("menu")
        await hands.click("#list", 3, 0)  # tick
        assert status(plan, "end") == DONE
        await hands.open("goals")
        await hands.click("#list", 3, 1)
        ok, _leave = hands.app.screen.query(Word)
        await hands.click(ok)
        await hands.open("schedule")
        await hands.click("#month", 2, 3)
        await hands.click(hands.app.screen.query(Word).first())
        await hands.open("cancel")
        await hands.click(hands.app.screen.query(Word).last())
        assert not hands.dialog

    drive(plan, script)
    found = task(plan, "end")
    assert found.goals == ("sport",)
    assert [str(a.start) for a in found.on] == ["2023-06-05"]


def test_the_list_is_thinned_by_text_and_by_initials(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.press("ctrl+p")
        await hands.write("jdh")
        choose = hands.app.screen
        assert [option.key for option in choose.shown] == ["go end"]
        await hands.write("没有这样的")
        assert choose.shown == []
        await hands.press("enter")
        assert hands.dialog == "Choose", "there is nothing to take"
        await hands.write("换届")
        await hands.press("enter")
        assert hands.app.canvas.cursor.id == "end"

    drive(plan, script)


def test_an_action_of_the_palette_is_done(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.press("ctrl+p")
        await hands.write(hands.app.actions["help"].title)
        await hands.press("enter")
        assert hands.dialog == "Help"
        await hands.press("end", "pagedown", "enter")
        assert hands.dialog == ""

    drive(plan, script)


def test_the_help_knows_every_key() -> None:
    text = "\n".join(f"{line.label} {line.text}" for line in help_lines(ACTIONS))
    for action in ACTIONS:
        assert action.title in text
        assert all(key_name(key) in text for key in action.keys)


@pytest.mark.parametrize("width", [30, 56, 72])
def test_lines_to_read_are_as_wide_as_asked(width: int) -> None:
    lines = [*(Said(title) for title in HOSTILE), *(Said(t, exact=True) for t in HOSTILE), Said("二" * 90, label="一")]
    sheet = draw(lines, Size(width, 10), Paint())
    assert {sheet.line(y).cell_length for y in range(sheet.height)} == {width}


def test_an_error_of_the_plan_shows_its_place_with_the_caret_below_it(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text('id = "x"\ntitle = ["“一会一品”", 5]\n', encoding="utf-8")
    _plan, found = load_plan(path)
    message = Message.about(PlanError("坏了", None, found))
    text = draw(message.lines, Size(72, 20), Paint()).text()
    assert "plan.toml:2:9" in text.replace("\n", "")
    lines = text.splitlines()
    n = next(n for n, line in enumerate(lines) if "title" in line and "|" in line)
    assert lines[n].index("[") == lines[n + 1].index("^"), text
    assert width_of(lines[n]) == len(lines[n + 1]), "the carets end where the value ends"


def test_advice_for_the_command_line_is_left_out() -> None:
    error: PlannerError = UsageError("不行", "planner reopen brand")
    assert [line.text for line in Message.about(error).lines] == ["不行"]
    assert len(Message.about(UsageError("不行", "换一个日子")).lines) == 2


def _grid(plan: Path, day: date, name: str = "review") -> MonthGrid:
    snapshot = open_session(plan).snapshot()
    return MonthGrid(Paint(), snapshot, snapshot.plan.task_by_id[name], day)


@pytest.mark.parametrize("width", [28, 56, 63, 72])
@pytest.mark.parametrize("day", [date(2023, 2, 1), date(2023, 4, 30), date(2023, 8, 31)])
def test_every_line_of_a_month_is_as_wide_as_asked(plan: Path, width: int, day: date) -> None:
    grid = _grid(plan, day)
    grid._size = Size(width, 8)  # type: ignore[assignment]  what the library sets when it lays out
    assert {month_line(grid, y, width).cell_length for y in range(8)} == {width}


def test_a_month_marks_today_festivals_and_days_on_which_people_work(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("review")
        await hands.press("ctrl+t")
        lines = hands.screen()
        week = next(line for line in lines if " 8 " in line and "14" in line)
        assert "母亲节" in week
        assert any("> 1 " in line for line in lines), "it opens where the task is"
        await hands.press("down", "pageup")
        assert any("*10 " in line for line in hands.screen())

    drive(plan, script)


def test_no_day_outside_of_the_term_is_reached(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("end")
        await hands.press("ctrl+t", "down", *["pagedown"] * 5)
        assert hands.shown("reading").startswith("2023-08-31") or "2023-08-01" in hands.shown("reading")
        await hands.press(*["pageup"] * 9, "enter")

    drive(plan, script)
    assert str(task(plan, "end").on[0].start) == "2023-02-01"


def test_a_time_of_day_stays_while_another_day_is_picked(plan: Path) -> None:
    async def script(hands: Hands) -> None:
        await hands.go("review")
        await hands.press("ctrl+t")
        await hands.write("5月18日 14:00-16:00")
        await hands.press("down", "right", "enter")

    drive(plan, script)
    [found] = task(plan, "review").on
    assert (str(found.start), str(found.begins)) == ("2023-05-19", "14:00:00")


def test_escape_changes_nothing(plan: Path) -> None:
    before = plan.read_bytes()

    async def script(hands: Hands) -> None:
        await hands.go("brand")
        for key in ("space", "ctrl+b", "ctrl+t", "ctrl+o", "delete", "ctrl+k", "f9", "e", "w", "g"):
            await hands.press(key, "escape")
            assert not hands.dialog, key

    drive(plan, script)
    assert plan.read_bytes() == before
    session: Session = open_session(plan, TODAY)
    assert not [*session.store.entries(plan=session.snapshot().plan.id)]


def test_however_much_is_wrong_in_a_form_its_words_can_be_pressed(plan: Path) -> None:
    fields = tuple(FormField(f"field{n}", f"第{n}项") for n in range(12))

    def refuse(*_answers: object) -> str:
        raise UsageError("\n".join(f"第{n}项不对：{'这一项写错了，' * 8}" for n in range(12)), "请逐项改正。")

    async def script(hands: Hands) -> None:
        hands.app.run_worker(fill(hands.app, Form("form", "很多项", fields, refuse), None))
        for _again in range(50):
            await hands.pilot.pause(0.02)
            if hands.dialog:
                break
        await hands.press("enter")
        await hands.pilot.pause(0.2)
        panel = hands.app.screen.query_one("#panel").region
        assert hands.app.screen.query_one("#error").region.height > 3
        for word in hands.app.screen.query(Word):
            assert word.region, "it is to be seen"
            assert panel.contains_region(word.region)
            assert panel.bottom < 24
        await hands.press("escape")

    drive(plan, script, size=(80, 24))
