"""A line to type, with what the program reads in it below, while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from planner.api import PlannerError, _
from planner_board.dialogs.panel import Dialog, Line, Lines, said


class Answer(NamedTuple):
    """How something typed is read."""

    text: str
    role: str = ""
    ok: bool = True
    """Whether it can be taken so."""


Live = Callable[[str], Answer]
Submit = Callable[[str, str], None]


class Ask(Dialog[tuple[str, str]]):
    """Gives what was typed, and what was typed in the second line, where there is one (`also`: what it is for).

    `submit` does what is wanted with both; while it raises PlannerError the dialog stays, and nothing is lost.
    """

    AUTO_FOCUS = "#typed"

    def __init__(
        self,
        heading: str,
        prompt: str,
        value: str = "",
        live: Live | None = None,
        *,
        also: str = "",
        submit: Submit | None = None,
    ) -> None:
        super().__init__(heading)
        self.prompt, self.value, self.also = prompt, value, also
        self._live, self._submit = live, submit
        self.answer = Answer("")

    def parts(self) -> Iterable[Widget]:
        """Prompt, line, reading; and the second line."""
        yield Lines(self.prompt, "muted")
        yield Line(self.value, id="typed")
        yield Lines(id="reading")
        if self.also:
            yield Lines(self.also, "muted")
            yield Line(id="also")

    @property
    def typed(self) -> str:
        """What stands in the line."""
        return self.query_one("#typed", Line).value.strip()

    def on_mount(self) -> None:
        """Read what stands there at first."""
        self.read()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self.complain()
        if event.input.id == "typed":
            self.read()

    def read(self) -> None:
        """Show how what was typed is read."""
        if self._live is None:
            return
        try:
            self.answer = self._live(self.typed)
        except PlannerError as error:
            self.answer = Answer("\n".join(said(error)), "bad", ok=False)
        except Exception as error:  # a mistake of ours in reading words must not end the board
            if self.board_app.session.environ.get("PLANNER_DEBUG"):
                raise
            text = _("This is a mistake in planner itself: {error}").format(error=f"{type(error).__name__}: {error}")
            self.answer = Answer(text, "bad", ok=False)
        self.query_one("#reading", Lines).show(self.answer.text, self.answer.role)

    def action_accept(self) -> None:
        """Enter: only what can be taken."""
        self.read()
        if not self.answer.ok:
            self.complain(*self.answer.text.splitlines())
            return
        found = (self.typed, self.query_one("#also", Line).value.strip() if self.also else "")
        submit = self._submit
        if submit is None or self.attempt(lambda: submit(*found)):
            self.end(found)
