"""The plan in a person's own editor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from planner.api import PlannerError, _
from planner_board.acts import editor
from planner_board.acts.editor import at_line, editor_words
from tests.plugins.planner_board.boards import TWO_TASKS, opened, run, screen_text, until

Write = Callable[..., Path]
FILE = Path("/计划/春 季.toml")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["vim"], ["vim", "+12", str(FILE)]),
        (["/usr/bin/nvim", "-u", "NONE"], ["/usr/bin/nvim", "-u", "NONE", "+12", str(FILE)]),
        (["nano"], ["nano", "+12", str(FILE)]),
        (["emacsclient", "-t"], ["emacsclient", "-t", "+12", str(FILE)]),
        (["kak"], ["kak", "+12", str(FILE)]),
        (["code", "--wait"], ["code", "--wait", "--goto", f"{FILE}:12"]),
        ([r"C:\Programs\VSCodium\codium.CMD"], [r"C:\Programs\VSCodium\codium.CMD", "--goto", f"{FILE}:12"]),
        (["subl"], ["subl", f"{FILE}:12"]),
        (["hx"], ["hx", f"{FILE}:12"]),
        ([r"C:\Notepad++\notepad++.exe"], [r"C:\Notepad++\notepad++.exe", "-n12", str(FILE)]),
        (["my-editor"], ["my-editor", str(FILE)]),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(words: list[str], expected: list[str]) -> None:
    assert at_line(words, FILE, 12) == expected


def test_the_person_chooses_the_editor_and_else_there_is_a_usual_one() -> None:
    assert editor_words({"VISUAL": "code --wait", "EDITOR": "vi"}) == ["code", "--wait"]
    assert editor_words({"VISUAL": " ", "EDITOR": "'/opt/my editor/e' -x"}) == ["/opt/my editor/e", "-x"]
    assert editor_words({"EDITOR": r'"C:\Program Files\e.exe" -x'}, system="nt") == [r"C:\Program Files\e.exe", "-x"]
    found = {"code": r"C:\Code\bin\code.cmd"}.get
    assert editor_words({"EDITOR": "code -w"}, found, "nt") == [r"C:\Code\bin\code.cmd", "-w"]
    assert editor_words({}, {"vim": "/bin/vim"}.get, "posix") == ["/bin/vim"]
    assert editor_words({}, {"notepad": "notepad"}.get, "nt") == ["notepad"]


@pytest.mark.parametrize("environ", [{}, {"EDITOR": "vim 'x"}])
def test_without_an_editor_it_says_how_to_name_one(environ: dict[str, str]) -> None:
    with pytest.raises(PlannerError) as caught:
        editor_words(environ, lambda _name: None, "posix")
    assert "EDITOR" in f"{caught.value.message} {caught.value.hint}"


@contextmanager
def lent(self: object) -> Iterator[None]:
    """A terminal that can be lent to an editor; tests have none."""
    yield


def test_what_is_saved_in_the_editor_is_on_the_board_when_it_closes(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = write(TWO_TASKS)
    script = tmp_path / "vim"
    script.write_text('#!/bin/sh\necho "$1" > "$(dirname "$2")/line"\nsed -i s/第一件事/改好的事/ "$2"\n')
    script.chmod(0o755)
    monkeypatch.setattr("textual.app.App.suspend", lent)
    monkeypatch.setattr("planner_board.background.POLL", 999.0)

    async def scene() -> None:
        async with opened(plan, EDITOR=str(script)) as (app, pilot):
            assert app.canvas.cursor
            assert app.canvas.cursor.id == "first"
            await pilot.press("ctrl+e")
            await until(lambda: "改好的事" in screen_text(app))
        line = int((tmp_path / "line").read_text().strip().removeprefix("+"))
        assert "改好的事" in plan.read_text(encoding="utf-8").splitlines()[line - 1]

    run(scene())


def test_no_editor_begins_an_empty_plan_where_the_file_has_gone(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = write(TWO_TASKS)
    commands: list[list[str]] = []
    monkeypatch.setattr(editor, "_start", commands.append)

    async def scene() -> None:
        async with opened(plan, EDITOR="code") as (app, pilot):
            plan.unlink()
            await pilot.press("ctrl+e")
            await until(lambda: "计划文件不见了" in screen_text(app))

    run(scene())
    assert commands == []


def test_a_broken_plan_is_opened_where_it_is_broken(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = write(TWO_TASKS)
    commands: list[list[str]] = []
    monkeypatch.setattr(editor, "_start", commands.append)

    async def scene() -> None:
        async with opened(plan, EDITOR="subl") as (app, pilot):
            plan.write_text(plan.read_text(encoding="utf-8") + "\n\n[[tasks\n", encoding="utf-8")
            app.background.poll()
            await pilot.press("ctrl+e")
            await until(lambda: commands)
        line = int(commands[0][-1].rpartition(":")[2])
        assert plan.read_text(encoding="utf-8").splitlines()[line - 1] == "[[tasks"

    run(scene())


@pytest.mark.parametrize("words", ["vim", "/nowhere/an-editor", "/nowhere/subl"])
def test_where_no_editor_can_run_it_is_said_in_words(write: Write, words: str) -> None:
    async def scene() -> None:
        async with opened(write(TWO_TASKS), EDITOR=words) as (app, pilot):
            await pilot.press("ctrl+e")
            await until(lambda: len(app.screen_stack) == 2)
            await pilot.pause()
            mistake = _("This is a mistake in planner itself: {error}").partition("{")[0]
            assert mistake[:8] not in screen_text(app)

    run(scene())


def test_the_board_comes_back_where_the_editor_cannot_be_started(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = []

    @contextmanager
    def lent(_app: object) -> Iterator[None]:
        """Like the library's own: what is raised inside keeps it from taking the terminal back."""
        steps.append("lent")
        yield
        steps.append("taken back")

    monkeypatch.setattr("textual.app.App.suspend", lent)

    async def scene() -> None:
        async with opened(write(TWO_TASKS), EDITOR="/nowhere/vi") as (app, pilot):
            await pilot.press("ctrl+e")
            await until(lambda: "/nowhere/vi" in screen_text(app))

    run(scene())
    assert steps == ["lent", "taken back"]
