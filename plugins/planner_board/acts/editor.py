"""The plan in a person's own editor, at the line of the task. The board sees by itself what is saved there."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from planner.api import PlanError, PlannerError, _, printable, reason

if TYPE_CHECKING:
    from planner_board.app import BoardApp

_PLUS = frozenset(
    {"vi", "vim", "nvim", "view", "ex", "gvim", "mvim", "nano", "rnano", "pico", "emacs", "emacsclient", "mg", "kak"}
    | {"joe", "jed", "micro", "ne", "gedit", "xed", "pluma"}
)
"""EDITOR +LINE FILE"""
_COLON = frozenset(["subl", "sublime_text", "hx", "helix", "zed", "lapce"])
"""EDITOR FILE:LINE"""
_GOTO = frozenset(["code", "code-insiders", "codium", "vscodium", "code-oss", "cursor", "windsurf"])
"""EDITOR --goto FILE:LINE"""
_OPTION = {"notepad++": "-n{line}", "kate": "--line={line}", "kwrite": "--line={line}", "mousepad": "--line={line}"}
"""EDITOR OPTION FILE"""
_WINDOWED = frozenset(
    ["gvim", "mvim", "gedit", "xed", "pluma", "subl", "sublime_text", "zed", "lapce", "notepad", *_GOTO, *_OPTION]
)
"""Editors with a window of their own: the board stays where it is."""


async def open_editor(app: BoardApp) -> None:
    """Open the plan at the task of the cursor; a plan that cannot be read at the place of its mistake."""
    if app.is_web:
        raise PlannerError(_("In the browser no editor can be opened."), _("Open the file of the plan by hand."))
    if not app.session.plan_file.is_file():
        raise PlannerError(
            _("The file of the plan is not there."), _("An editor would begin an empty one: put the file back first.")
        )
    words = editor_words(app.session.environ)
    command = at_line(words, app.session.plan_file.absolute(), _line(app))
    if program(words) in _WINDOWED:
        _start(command)
        app.tell(_("The plan is open in the editor; what is saved there is shown here at once."))
        return
    code = _run(app, command)
    app.reload()
    if code:
        app.tell(_("The editor ended with the number {code}.").format(code=code), "warning")


def _line(app: BoardApp) -> int:
    trouble = app.live.trouble
    places = [p.source.line for p in trouble.problems if p.source] if isinstance(trouble, PlanError) else []
    if places:
        return places[0]
    task = app.selected
    return app.board.plan.text.key("tasks", task.position, "title").line if task else 1


def editor_words(
    environ: Mapping[str, str], find: Callable[[str], str | None] = shutil.which, system: str = os.name
) -> list[str]:
    """The command of the editor that a person wants, as words: VISUAL, EDITOR, else what there is.

    `find` gives the path of a program, `system` is "nt" for Windows. Raises PlannerError where there is no editor.
    """
    for name in ("VISUAL", "EDITOR"):
        if value := environ.get(name, "").strip():
            words = _words(value, system)
            # Windows starts code.cmd only by its whole name; elsewhere the name says enough.
            return [find(words[0]) or words[0], *words[1:]] if system == "nt" else words
    usual = ("notepad",) if system == "nt" else ("nano", "vim", "vi")
    for name in usual:
        if path := find(name):
            return [path]
    raise PlannerError(_("There is no editor on this computer."), _("Name one in the variable EDITOR."))


def _words(value: str, system: str) -> list[str]:
    if Path(value).is_file():
        return [value]  # a path with blanks, as Windows has them
    try:
        words = shlex.split(value, posix=system != "nt")
    except ValueError:
        message = _("The variable EDITOR cannot be read: {value}").format(value=printable(value))
        raise PlannerError(message, _("A quotation mark in it is not closed.")) from None
    return [word.strip('"') for word in words]


def program(words: Sequence[str]) -> str:
    """The name of the program that a command runs, without its folder: vim, notepad++."""
    return words[0].replace("\\", "/").rpartition("/")[2].lower().removesuffix(".exe").removesuffix(".cmd")


def at_line(words: Sequence[str], path: Path, line: int) -> list[str]:
    """The command that opens `path` at `line` (from 1), as this editor wants to be told."""
    name, file = program(words), str(path)
    if name in _PLUS:
        return [*words, f"+{line}", file]
    if name in _GOTO:
        return [*words, "--goto", f"{file}:{line}"]
    if name in _COLON:
        return [*words, f"{file}:{line}"]
    if name in _OPTION:
        return [*words, _OPTION[name].format(line=line), file]
    return [*words, file]


def _start(command: Sequence[str]) -> None:
    """Open an editor that has a window of its own."""
    with _explained(command):
        subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip


def _run(app: BoardApp, command: Sequence[str]) -> int:
    """Give the terminal to an editor until it ends; its exit code. Raises PlannerError where that is impossible."""
    from textual.app import SuspendNotSupported

    failure: PlannerError | None = None
    code = 0
    try:
        with app.suspend(), _no_interrupts():
            try:
                with _explained(command):
                    code = subprocess.run(command, check=False).returncode
            except PlannerError as error:  # raised in here it would keep the library from taking the terminal back
                failure = error
    except SuspendNotSupported:
        message = _("The board cannot lend its terminal to an editor here.")
        raise PlannerError(message, _("Open the file of the plan by hand.")) from None
    if failure is not None:
        raise failure
    return code


@contextmanager
def _explained(command: Sequence[str]) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        message = _("The editor “{name}” cannot be started: {error}")
        why = reason(error) if isinstance(error, OSError) else str(error)
        hint = _("Name another one in the variable EDITOR.")
        raise PlannerError(message.format(name=printable(command[0]), error=why), hint) from None


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Ctrl+C in the editor is the editor's; the terminal sends it to the board as well."""
    before = signal.signal(signal.SIGINT, lambda *_arguments: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
