"""What all dialogs share: a panel near the top of the screen, lines of our own, and words that can be pressed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from planner.api import PlanError, PlannerError, _, wrap
from planner_board.drawing.cells import cut, steady

if TYPE_CHECKING:
    from planner_board.app import BoardApp

Result = TypeVar("Result")
WIDEST = 76
"""Columns of a panel at most."""
MOST = 8
"""Rows that a text in a panel takes at most: with two of them the words at the end are still to be seen."""
_MARGIN = 4
"""Columns of a panel that are left free at its sides, together."""
_AROUND = 4
"""Rows that no panel takes: one above it, its heading and its words, and the last one, where input methods write."""


class Dialog(ModalScreen[Result | None]):
    """A panel with a heading and words at its end. Gives None where a person leaves it."""

    DEFAULT_CSS = """
    Dialog { align: center top; }
    Dialog #panel { margin: 1 1 1 1; width: 100%; max-width: 76; height: auto; max-height: 100%; background: $surface; }
    Dialog #heading { background: $primary; color: $background; text-style: bold; height: 1; padding: 0 2; }
    Dialog #body { height: auto; padding: 0 2; }
    Dialog #error { display: none; padding: 0 2; height: auto; background: $error; color: #ffffff; text-style: bold; }
    Dialog #error.-shown { display: block; }
    Dialog #words { height: 1; padding: 0 1; }
    Dialog Toast.-information { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.heading = heading

    @property
    def board_app(self) -> BoardApp:
        """The program."""
        return cast("BoardApp", self.app)

    @property
    def room(self) -> tuple[int, int]:
        """Columns and rows that there are for the body, in cells."""
        size = self.app.size
        return min(WIDEST, size.width - 2) - _MARGIN, max(size.height - _AROUND - 1, 3)

    def compose(self) -> ComposeResult:
        """Heading, body, what went wrong, words."""
        with Vertical(id="panel"):
            yield Static(id="heading", markup=False)
            with Vertical(id="body"):
                yield from self.parts()
            yield Static(id="error", markup=False)
            with Horizontal(id="words"):
                yield from self.words()

    def parts(self) -> Iterable[Widget]:
        """The widgets of the body."""
        return ()

    def words(self) -> Iterable[Widget]:
        """The words at the end."""
        yield Word(_("OK (Enter)"), "accept")
        yield Word(_("Leave (Esc)"), "leave")

    def on_resize(self, _event: events.Resize) -> None:
        """Lay out for the size of now."""
        self.query_one("#heading", Static).update(cut(steady(self.heading), self.room[0]))
        self.fit()

    def fit(self) -> None:
        """Draw what hangs on the size; for those who have such."""

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_accept()

    def end(self, result: Result | None) -> None:
        """Close with a result; a second key that came before the first one had closed it does nothing."""
        if self.is_current:
            self.dismiss(result)

    def action_accept(self) -> None:
        """Enter."""
        self.end(None)

    def action_leave(self) -> None:
        """Esc."""
        self.end(None)

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do `act`, and say in the panel why it failed; whether it did not. What was typed stays."""
        try:
            act()
        except PlannerError as error:
            self.refuse(error)
            return False
        except Exception as error:  # a mistake of ours: the board, open for weeks, outlives it
            if self.board_app.session.environ.get("PLANNER_DEBUG"):
                raise
            text = _("This is a mistake in planner itself: {error}").format(error=f"{type(error).__name__}: {error}")
            self.refuse(PlannerError(text, _("The board goes on. With PLANNER_DEBUG=1 it tells more.")))
            return False
        return True

    def refuse(self, error: PlannerError) -> None:
        """Say what could not be done; problems of the plan in a panel of their own."""
        if isinstance(error, PlanError) and error.problems:
            self.board_app.fail(error)
        else:
            self.complain(*said(error))

    def complain(self, *lines: str) -> None:
        """Show lines as what is wrong; none: nothing is."""
        error = self.query_one("#error", Static)
        error.set_class(bool(lines), "-shown")
        error.update(folded(lines, self.room[0]))


def said(error: PlannerError) -> list[str]:
    """The message of an error and its hint, without advice for another place: names of commands help nobody here."""
    hint = error.hint or ""
    advice = "" if "planner " in hint or "--" in hint else hint
    return [line for line in (*error.message.splitlines(), advice) if line]


def folded(lines: Iterable[str], width: int, most: int = MOST) -> str:
    """Lines made steady and broken at `width` cells, the first `most` of them: what follows must not be pushed away."""
    # A cell for each character at least, so that of a book that was pasted only its beginning is broken into lines.
    parts = [part for line in lines for part in wrap(steady(line[: width * most]), width)]
    return "\n".join(parts if len(parts) <= most else [*parts[: most - 1], "⋯"])


class Lines(Static):
    """Some lines of text in one look."""

    DEFAULT_CSS = "Lines { height: auto; }"

    def __init__(self, text: str = "", role: str = "", *, id: str | None = None) -> None:  # noqa: A002  as in the library
        super().__init__(id=id, markup=False)
        self.text, self.role = text, role

    def on_resize(self) -> None:
        """Break the lines for the width of now."""
        self.show(self.text, self.role)

    def show(self, text: str, role: str = "") -> None:
        """Show another text; a line feed begins a new line."""
        self.text, self.role = text, role
        width = cast("Dialog[object]", self.screen).room[0]
        style = cast("BoardApp", self.app).paint.style(f"bar {role}")
        self.update(Text(folded(text.splitlines(), width), style))


class Line(Input):
    """A line that a person types. One row high, and nothing in it can act."""

    DEFAULT_CSS = """
    Line, Line:focus { border: none; height: 1; padding: 0 1; background: $background; background-tint: transparent; }
    Line:focus { text-style: none; }
    """

    def __init__(self, value: str = "", hint: str = "", *, id: str | None = None) -> None:  # noqa: A002  as in the library
        super().__init__(harmless(value), steady(hint), id=id, select_on_focus=False)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """Without what is no writing: pasted text may hold anything."""
        return harmless(value)

    def _on_paste(self, event: events.Paste) -> None:
        """All that was pasted, on one line: the library would drop everything after the first line."""
        event.prevent_default()
        event.stop()
        self.replace(harmless(" ".join(event.text.strip().replace("\t", " ").splitlines())), *self.selection)


def harmless(text: str) -> str:
    """`text` without control characters; as long as it is typed, blanks stay where they are."""
    if text.isprintable():
        return text
    return "".join(c for c in text if c.isprintable() or unicodedata.category(c) == "Zs" or c in "\u200c\u200d")


class Word(Static, can_focus=True):
    """A word that can be pressed: by Enter, Space or the mouse."""

    DEFAULT_CSS = """
    Word { width: auto; height: 1; padding: 0 1; margin: 0 1 0 0; text-style: bold; color: $primary; }
    Word:hover, Word:focus { background: $primary; color: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "press", show=False),
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
    ]

    class Pressed(Message):
        """Somebody pressed it."""

    def __init__(self, label: str, action: str, *, id: str | None = None) -> None:  # noqa: A002  as in the library
        super().__init__(steady(label), id=id, markup=False)
        self.action = action

    async def on_click(self, event: events.Click) -> None:
        """The mouse."""
        event.stop()
        await self.action_press()

    async def action_press(self) -> None:
        """Do what the word says."""
        await self.run_action(f"screen.{self.action}")
